using System.Text.Json;

namespace DossierKit.Tests.Cli;

public sealed class DemoTests(DemoVault demo) : IClassFixture<DemoVault>
{
    [Fact]
    public void Demo_FirstRun_TellsEachCaseInOneLineAndWhatTheUnfinishedOneMisses()
    {
        using var program = demo.Copy();
        var text = demo.Answer.Out;
        foreach (var folder in Directory.GetDirectories(program.At("demo-out")))
        {
            var number = Path.GetFileName(folder);
            var made = Directory.GetFiles(folder, "*.docx").Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
            text.Split('\n').ShouldContain(line => line.Contains(number, StringComparison.Ordinal) && line.Split(' ', StringSplitOptions.None).Contains(made), number);
        }

        File.Exists(program.At("demo-out/WL-2026-0001/07-kennisgeving.docx")).ShouldBeTrue();
        Directory.Exists(program.At("demo-out/WL-2026-0002")).ShouldBeFalse();
        text.ShouldContain("Dossier WL-2026-0002, kennisgeving: kan nog niet.");
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

        (await program.RunAsync("dossierkit demo --no-serve")).Exit.ShouldBe(0);

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

        var answer = await program.RunAsync("dossierkit demo --data werk --no-serve");

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

        var answer = await program.RunAsync("dossierkit demo --no-serve");

        answer.Exit.ShouldBe(2, answer.ToString());
        answer.Error.ShouldContain(name);
        (await File.ReadAllTextAsync(program.At($"demo-data/{name}"))).ShouldBe("van mij");
        (await program.RunAsync("dossierkit list --data demo-data")).Exit.ShouldBe(0);
    }

    [Theory]
    [InlineData("dossierkit demo --data x --out x/brieven --no-serve")]
    [InlineData("dossierkit demo --data x --state x/state --no-serve")]
    [InlineData("dossierkit demo --data x/data --out x --no-serve")]
    public async Task Demo_FoldersInsideOneAnother_AreRefused(string line)
    {
        using var program = new DossierKitProcess();
        var answer = await program.RunAsync(line);
        answer.Exit.ShouldBe(2, answer.ToString());
        Directory.Exists(program.At("x")).ShouldBeFalse();
    }

    [Fact]
    public async Task Demo_Json_ClosedCasesHaveNothingOpenAndCommandsWorkWhenPasted()
    {
        using var program = new DossierKitProcess();
        var answer = await program.RunAsync("dossierkit demo --data voorbeeld --state toestand --out brieven --json --no-serve");
        answer.Exit.ShouldBe(0, answer.ToString());
        using var json = JsonDocument.Parse(answer.Out);
        var closed = json.RootElement.GetProperty("dossiers").EnumerateArray().Where(one => one.GetProperty("gesloten").GetBoolean()).ToList();
        closed.Count.ShouldBeGreaterThan(2);
        foreach (var one in closed) one.GetProperty("open").GetArrayLength().ShouldBe(0, one.GetProperty("nummer").GetString());
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
}
