using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DossierKit.Tests.Cli;

public sealed class DemoTests(DemoVault demo) : IClassFixture<DemoVault>
{
    [Fact]
    public void Demo_FirstRun_WritesTheCompleteLetterAndSaysWhatTheOtherMisses()
    {
        using var program = demo.Copy();
        Directory.GetFiles(program.At("demo-out")).Select(path => Path.GetFileName(path)).ShouldBe(["WL-2026-0001-kennisgeving.docx"]);
        var text = demo.Answer.Out;
        text.ShouldContain("De kennisgeving is volledig volgens het protocol");
        text.ShouldContain("De kennisgeving kan nog niet.");
        text.ShouldContain("Waterlanden art.");
        text.ShouldContain("Termijnen, bekeken op");
        demo.Answer.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Demo_Again_ReplacesItsOwnAndKeepsFilesOfOthersInOut()
    {
        using var program = demo.Copy();
        await File.WriteAllTextAsync(program.At("demo-out/eigen-aantekening.txt"), "van mij");
        var before = Directory.GetDirectories(program.At("demo-data/ring"));

        (await program.RunAsync("dossierkit demo")).Exit.ShouldBe(0);

        (await File.ReadAllTextAsync(program.At("demo-out/eigen-aantekening.txt"))).ShouldBe("van mij");
        Directory.GetDirectories(program.At("demo-data/ring")).ShouldNotBe(before);
        Directory.GetDirectories(program.At("demo-data.state")).Length.ShouldBe(1, "the state of the earlier demo is gone");
        (await program.RunAsync("dossierkit verify --data demo-data")).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task Demo_FolderOfOthers_IsRefusedAndLeftAsItIs()
    {
        using var program = new DossierKitProcess();
        Directory.CreateDirectory(program.At("werk"));
        await File.WriteAllTextAsync(program.At("werk/rapport.txt"), "jaren werk");

        var answer = await program.RunAsync("dossierkit demo --data werk");

        answer.Exit.ShouldBe(2, answer.ToString());
        answer.Error.ShouldContain("is not empty and is no demo vault");
        Directory.GetFileSystemEntries(program.At("werk")).ShouldBe([program.At("werk/rapport.txt")]);
        (await File.ReadAllTextAsync(program.At("werk/rapport.txt"))).ShouldBe("jaren werk");
    }

    [Theory]
    [InlineData("rapport.txt")]
    [InlineData("s2")]
    public async Task Demo_OwnFolderWithSomethingOfOthers_IsRefusedAndLeftAsItIs(string name)
    {
        using var program = demo.Copy();
        await File.WriteAllTextAsync(program.At($"demo-data/{name}"), "van mij");

        var answer = await program.RunAsync("dossierkit demo");

        answer.Exit.ShouldBe(2, answer.ToString());
        answer.Error.ShouldContain(name);
        (await File.ReadAllTextAsync(program.At($"demo-data/{name}"))).ShouldBe("van mij");
        (await program.RunAsync("dossierkit list --data demo-data")).Exit.ShouldBe(0);
    }

    [Theory]
    [InlineData("dossierkit demo --data x --out x/brieven")]
    [InlineData("dossierkit demo --data x --state x/state")]
    [InlineData("dossierkit demo --data x/data --out x")]
    public async Task Demo_FoldersInsideOneAnother_AreRefused(string line)
    {
        using var program = new DossierKitProcess();
        var answer = await program.RunAsync(line);
        answer.Exit.ShouldBe(2, answer.ToString());
        Directory.Exists(program.At("x")).ShouldBeFalse();
    }

    [Fact]
    public async Task Demo_CommandsItSuggests_WorkWhenPasted()
    {
        using var program = new DossierKitProcess();
        var answer = await program.RunAsync("dossierkit demo --data voorbeeld --state toestand --out brieven --json");
        answer.Exit.ShouldBe(0, answer.ToString());
        using var json = JsonDocument.Parse(answer.Out);
        var commands = json.RootElement.GetProperty("try").EnumerateArray().Select(item => item.GetString()!).ToList();
        commands.Count.ShouldBeGreaterThan(3);
        foreach (var command in commands)
        {
            // Up to the command stands how the program was started: here by 'dotnet …/DossierKit.Host.dll'.
            var words = DossierKitProcess.Words(command);
            words[1].ShouldEndWith("DossierKit.Host.dll", Case.Sensitive, command);
            var pasted = await program.RunAsync(words[2..]);
            pasted.Exit.ShouldBe(words.Contains("vreemde") ? 1 : 0, $"{command}\n{pasted}");
        }
    }

    // The first event of a dossier carries the key of its data hashes; 'show' printed it.
    // Whoever copied the screen could prove what a letter was made from, also after the dossier was destroyed.
    // Nothing that is a key leaves the program.
    [Theory]
    [InlineData("")]
    [InlineData(" --json")]
    public async Task Show_AnyDossier_PrintsNoKey(string form)
    {
        using var program = demo.Copy();
        var answer = await program.RunAsync($"dossierkit show WL-2026-0001 --data demo-data --as fi --purpose \"Proef\"{form}");
        answer.Exit.ShouldBe(0, answer.ToString());
        answer.Out.ShouldContain("dossier-aangemaakt");
        answer.Out.ShouldNotContain("sleutel:");
        answer.Out.ShouldNotContain("\"sleutel\"");
    }

    // Two municipalities, two machines, two days: the letter must be the same file, or nobody can prove that it was not touched.
    [Fact]
    public async Task Demo_OtherTimeZoneAndCulture_GivesTheSameBytes()
    {
        using var program = new DossierKitProcess();
        var answer = await program.RunAsync(["demo"], new Dictionary<string, string> { ["TZ"] = "Pacific/Kiritimati", ["LANG"] = "tr_TR.UTF-8", ["LC_ALL"] = "tr_TR.UTF-8" });
        answer.Exit.ShouldBe(0, answer.ToString());
        using var other = demo.Copy();
        var letter = "demo-out/WL-2026-0001-kennisgeving.docx";
        Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(program.At(letter))))
            .ShouldBe(Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(other.At(letter)))));
    }

    [Fact]
    public void Demo_EverythingOnDisk_HoldsNothingReadableOfTheSamples()
    {
        using var program = demo.Copy();
        var samples = Path.Combine(AppContext.BaseDirectory, "sample-dossiers");
        var words = SampleWords(samples);
        words.Count.ShouldBeGreaterThan(100);
        var needles = words.SelectMany(word => (byte[][])[Encoding.UTF8.GetBytes(word), Encoding.Unicode.GetBytes(word), Encoding.UTF8.GetBytes(word.ToUpperInvariant()), .. InBase64(word)]).ToList();
        var blocks = Directory.EnumerateFiles(samples, "*", SearchOption.AllDirectories).Where(file => Path.GetDirectoryName(file) != samples).SelectMany(Blocks).ToList();
        blocks.Count.ShouldBeGreaterThan(5000);
        foreach (var file in new[] { "demo-data", "demo-data.state" }.SelectMany(folder => Directory.EnumerateFiles(program.At(folder), "*", SearchOption.AllDirectories)))
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var needle in needles) bytes.AsSpan().IndexOf(needle).ShouldBe(-1, $"{file} holds '{Encoding.UTF8.GetString(needle)}'");
            foreach (var block in blocks) bytes.AsSpan().IndexOf(block.Span).ShouldBe(-1, $"{file} holds a piece of a sample file");
            foreach (var signature in (byte[][])[[0x50, 0x4B, 3, 4], "%PDF"u8.ToArray(), "RIFF"u8.ToArray()]) bytes.AsSpan().StartsWith(signature).ShouldBeFalse(file);
            foreach (var word in words) file[program.Folder.Length..].ShouldNotContain(word, Case.Insensitive);
        }
    }

    // What is left of a word inside base64, whatever stands before and after it.
    private static IEnumerable<byte[]> InBase64(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        for (var skip = 0; skip < 3; skip++)
        {
            var whole = bytes[((3 - skip) % 3)..];
            whole = whole[..(whole.Length / 3 * 3)];
            if (whole.Length >= 6) yield return Encoding.ASCII.GetBytes(Convert.ToBase64String(whole));
        }
    }

    // Every window of 64 bytes holds a whole block of 32 at a multiple of 32; silence and blank lines prove nothing.
    private static IEnumerable<ReadOnlyMemory<byte>> Blocks(string file)
    {
        var bytes = File.ReadAllBytes(file);
        for (var at = 0; at + 32 <= bytes.Length; at += 32)
        {
            if (bytes[at..(at + 32)].Distinct().Count() > 8) yield return bytes.AsMemory(at, 32);
        }
    }

    // Every text value of dossier.json, and every name of a file: words of 6 letters or more, and the numbers of the dossiers.
    private static HashSet<string> SampleWords(string samples)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in Directory.EnumerateFiles(samples, "*", SearchOption.AllDirectories).Where(file => Path.GetDirectoryName(file) != samples))
        {
            words.Add(Path.GetFileNameWithoutExtension(file));
            words.Add(Path.GetFileName(Path.GetDirectoryName(file)!));
            if (Path.GetFileName(file) != "dossier.json") continue;
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            Values(json.RootElement, words);
        }

        words.RemoveWhere(word => word.Length < 6 || word is "dossier");
        return words;

        static void Values(JsonElement element, HashSet<string> words)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject()) Values(property.Value, words);
                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray()) Values(item, words);
                    break;
                case JsonValueKind.String:
                    var text = element.GetString()!;
                    words.Add(text);
                    foreach (var word in text.Split([' ', '.', ',', ':', ';', '/', '(', ')', '?', '@', '-'], StringSplitOptions.RemoveEmptyEntries)) words.Add(word);
                    break;
                default:
                    break;
            }
        }
    }
}
