using System.Text.Json;
using DossierKit.Tests.Vault.Store;

namespace DossierKit.Tests.Cli;

/// <summary>What goes wrong in real life: each gives a clear text, its exit code, and leaves nothing half done.</summary>
public sealed class BadInputTests(DemoVault demo) : IClassFixture<DemoVault>
{
    private const string Assemble = "dossierkit assemble kennisgeving --dossier WL-2026-0001 --data demo-data --as fi --purpose \"Proef\" --checked --out";

    [Fact]
    public async Task Import_MalformedDossier_IsRefusedWithPlaceAndNothingIsStored()
    {
        using var program = demo.Copy();
        var folder = Sample(program);
        var json = await File.ReadAllTextAsync(Path.Combine(folder, "dossier.json"));
        await File.WriteAllTextAsync(Path.Combine(folder, "dossier.json"), json[..(json.Length / 2)]);
        var before = await ListAsync(program);

        var answer = await program.RunAsync($"dossierkit import {folder} --data demo-data --as fi");

        answer.Exit.ShouldBe(1, answer.ToString());
        answer.Error.ShouldContain("dossier.json");
        answer.Error.ShouldContain("regel");
        (await ListAsync(program)).ShouldBe(before);
    }

    [Fact]
    public async Task Import_OneOfTwoIsFaulty_StoresNeither()
    {
        using var program = demo.Copy();
        var good = Sample(program);
        var json = await File.ReadAllTextAsync(Path.Combine(good, "dossier.json"));
        await File.WriteAllTextAsync(Path.Combine(good, "dossier.json"), json.Replace("WL-2026-0001", "WL-2026-0088", StringComparison.Ordinal));
        var bad = program.At("in/zz-fout");
        Directory.CreateDirectory(bad);
        await File.WriteAllTextAsync(Path.Combine(bad, "dossier.json"), "{ \"nummer\": \"WL-2026-0099\", \"personeel\": [] }");
        var before = await ListAsync(program);

        var answer = await program.RunAsync("dossierkit import in --data demo-data --as fi --json");

        answer.Exit.ShouldBe(1, answer.ToString());
        answer.Error.ShouldContain("personeel");
        (await ListAsync(program)).ShouldBe(before);
    }

    [Fact]
    public async Task Import_NumberThatExists_IsRefused()
    {
        using var program = demo.Copy();
        var answer = await program.RunAsync($"dossierkit import {Sample(program)} --data demo-data --as fi");
        answer.Exit.ShouldBe(1, answer.ToString());
        answer.Error.ShouldContain("WL-2026-0001");
    }

    [Fact]
    public async Task Assemble_UnknownKind_IsRefusedAndNamesTheNearest()
    {
        using var program = demo.Copy();
        var answer = await program.RunAsync("dossierkit assemble kennisgevin --dossier WL-2026-0001 --data demo-data --as fi --purpose \"Proef\" --out x.docx");
        answer.Exit.ShouldBe(1, answer.ToString());
        answer.Error.ShouldContain("Bedoelt u 'kennisgeving'?");
        File.Exists(program.At("x.docx")).ShouldBeFalse();
    }

    [Fact]
    public async Task Assemble_WithoutCheck_IsRefusedAndWritesNothing()
    {
        using var program = demo.Copy();
        var answer = await program.RunAsync("dossierkit assemble kennisgeving --dossier WL-2026-0001 --data demo-data --as fi --purpose \"Proef\" --out x.docx");
        answer.Exit.ShouldBe(1, answer.ToString());
        answer.Error.ShouldContain("--checked");
        File.Exists(program.At("x.docx")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("show WL-2026-0001", "vreemde")]
    [InlineData("show WL-2026-0001", "beheerder")]
    [InlineData("show WL-2026-7777", "fi")]
    [InlineData("show ..", "fi")]
    [InlineData("show WL-2026-0001", "niemand")]
    public async Task Show_NoAccessOrNotThere_IsOneAnswer(string command, string person)
    {
        using var program = demo.Copy();
        var answer = await program.RunAsync($"dossierkit {command} --data demo-data --as {person} --purpose \"Proef\"");
        answer.Exit.ShouldBe(1, answer.ToString());
        answer.Out.ShouldBeEmpty();
        if (person != "niemand") answer.Error.ShouldBe((await program.RunAsync("dossierkit show WL-2026-5555 --data demo-data --as fi --purpose \"Proef\"")).Error);
    }

    [Fact]
    public async Task Show_WithoutPurpose_IsWrongUse()
    {
        using var program = demo.Copy();
        var answer = await program.RunAsync("dossierkit show WL-2026-0001 --data demo-data --as fi");
        answer.Exit.ShouldBe(2, answer.ToString());
        answer.Error.ShouldContain("--purpose");
    }

    [Fact]
    public async Task Assemble_OutputCannotBeWritten_StoresNoFinalDocument()
    {
        using var program = demo.Copy();
        await File.WriteAllTextAsync(program.At("bestand"), "geen map");
        var before = await DocumentsAsync(program);

        var answer = await program.RunAsync($"{Assemble} bestand/brief.docx");

        answer.Exit.ShouldBe(4, answer.ToString());
        (await DocumentsAsync(program)).ShouldBe(before);
    }

    [Fact]
    public async Task Assemble_FullDisk_SaysSoAndLeavesNothingHalf()
    {
        using var program = demo.Copy();
        await using var disk = await SmallDisk.MountAsync(program.At("klein"), "size=4k,mode=700");
        await File.WriteAllBytesAsync(program.At("klein/vol"), new byte[4096]);

        var answer = await program.RunAsync($"{Assemble} klein/brief.docx");

        answer.Exit.ShouldBe(4, answer.ToString());
        Directory.GetFiles(program.At("klein")).ShouldBe([program.At("klein/vol")]);
    }

    [Fact]
    public async Task Import_VaultOnAFullDisk_SaysSoAndTheVaultStaysWhole()
    {
        using var program = demo.Copy();
        await using var disk = await SmallDisk.MountAsync(program.At("klein"), "size=8m,mode=700");
        DemoVault.CopyFolder(program.At("demo-data"), program.At("klein/demo-data"));
        var folder = Sample(program);
        var json = await File.ReadAllTextAsync(Path.Combine(folder, "dossier.json"));
        await File.WriteAllTextAsync(Path.Combine(folder, "dossier.json"), json.Replace("WL-2026-0001", "WL-2026-0088", StringComparison.Ordinal));
        FillUp(program.At("klein/vol"));

        var answer = await program.RunAsync($"dossierkit import {folder} --data klein/demo-data --state demo-data.state --as fi");
        answer.Exit.ShouldBe(4, answer.ToString());

        File.Delete(program.At("klein/vol"));
        var verify = await program.RunAsync("dossierkit verify --data klein/demo-data --state demo-data.state");
        verify.Exit.ShouldBe(0, verify.ToString());
    }

    [Fact]
    public async Task Open_WrongUnlockFile_IsRefusedByTheSurroundings()
    {
        using var program = demo.Copy();
        await File.WriteAllBytesAsync(program.At("ander"), System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var answer = await program.RunAsync("dossierkit list --data demo-data --unlock-file ander");
        answer.Exit.ShouldBe(4, answer.ToString());
        answer.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_WrongPassphraseOrNone_IsRefusedByTheSurroundings()
    {
        using var program = demo.Copy();
        File.Delete(program.At("demo-data/demo.unlock"));
        foreach (var input in (string[])["een heel verkeerde wachtwoordzin\n", ""])
        {
            var answer = await program.RunAsync("dossierkit list --data demo-data --state demo-data.state", input);
            answer.Exit.ShouldBe(4, answer.ToString());
            answer.Error.ShouldNotContain("verkeerde");
        }
    }

    // A plaintext key laid in the ring was used by the framework as if it were ours: whoever could write there could read what came after.
    [Fact]
    public async Task Open_PlantedKeyInTheRing_IsDamage()
    {
        using var program = demo.Copy();
        var ring = Directory.GetDirectories(program.At("demo-data/ring")).ShouldHaveSingleItem();
        await File.WriteAllTextAsync(Path.Combine(ring, new string('a', 32)),
            "<key id=\"5f0c2f0e-0000-4000-8000-000000000001\" version=\"1\"><descriptor><descriptor><masterKey><value>AAAA</value></masterKey></descriptor></descriptor></key>");
        var answer = await program.RunAsync("dossierkit list --data demo-data --json");
        answer.Exit.ShouldBe(3, answer.ToString());
        answer.Error.ShouldContain("ring/");
    }

    [Fact]
    public async Task Open_NewerFormat_AsksForANewerProgram()
    {
        using var program = demo.Copy();
        var header = program.At("demo-data/vault");
        var bytes = await File.ReadAllBytesAsync(header);
        var at = bytes.AsSpan().IndexOf("DKV1"u8) + 4;
        bytes[at..(at + 4)].ShouldContain((byte)1, "the format number follows the magic");
        bytes[at + Array.IndexOf(bytes[at..(at + 4)], (byte)1)] = 99;
        await RewriteAsync(header, bytes);

        var answer = await program.RunAsync("dossierkit list --data demo-data");
        answer.Exit.ShouldBe(4, answer.ToString());
        answer.Error.ShouldContain("newer");
    }

    [Fact]
    public async Task Open_DataOfYesterdayPutBack_IsNoticed()
    {
        using var program = demo.Copy();
        DemoVault.CopyFolder(program.At("demo-data"), program.At("gisteren"));
        (await program.RunAsync("dossierkit new WL-2026-0055 --data demo-data --as fi")).Exit.ShouldBe(0);
        Directory.Delete(program.At("demo-data"), recursive: true);
        DemoVault.CopyFolder(program.At("gisteren"), program.At("demo-data"));

        foreach (var command in (string[])["list", "verify"])
        {
            var answer = await program.RunAsync($"dossierkit {command} --data demo-data");
            answer.Exit.ShouldBe(3, answer.ToString());
        }
    }

    [Fact]
    public async Task Verify_OneFlippedBit_NamesTheObject()
    {
        using var program = demo.Copy();
        var blob = Directory.EnumerateFiles(program.At("demo-data/s"), "*", SearchOption.AllDirectories).Where(path => path.Contains("/b/", StringComparison.Ordinal)).MaxBy(path => new FileInfo(path).Length)!;
        var bytes = await File.ReadAllBytesAsync(blob);
        bytes[bytes.Length / 2] ^= 1;
        await RewriteAsync(blob, bytes);

        var answer = await program.RunAsync("dossierkit verify --data demo-data --json");

        answer.Exit.ShouldBe(3, answer.ToString());
        using var json = JsonDocument.Parse(answer.Out);
        json.RootElement.GetProperty("clean").GetBoolean().ShouldBeFalse();
        json.RootElement.GetProperty("findings").EnumerateArray().ShouldContain(finding => finding.GetProperty("name").GetString()!.Contains(Path.GetFileName(blob), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("list --data nergens")]
    [InlineData("verify --data home")]
    public async Task Open_NoVaultThere_SaysSo(string command)
    {
        using var program = new DossierKitProcess();
        var answer = await program.RunAsync($"dossierkit {command}");
        answer.Exit.ShouldBe(4, answer.ToString());
        answer.Error.ShouldContain("vault");
    }

    private static string Sample(DossierKitProcess program)
    {
        var folder = program.At("in/nevenwerk");
        DemoVault.CopyFolder(Path.Combine(AppContext.BaseDirectory, "sample-dossiers", "nevenwerk-groenonderhoud"), folder);
        return folder;
    }

    private static async Task<string> ListAsync(DossierKitProcess program)
    {
        var answer = await program.RunAsync("dossierkit list --data demo-data --as fi --json");
        answer.Exit.ShouldBe(0, answer.ToString());
        return answer.Out;
    }

    private static async Task<int> DocumentsAsync(DossierKitProcess program)
    {
        var answer = await program.RunAsync("dossierkit show WL-2026-0001 --data demo-data --as fi --purpose \"Proef\" --json");
        answer.Exit.ShouldBe(0, answer.ToString());
        using var json = JsonDocument.Parse(answer.Out);
        return json.RootElement.GetProperty("stukken").GetArrayLength();
    }

    private static async Task RewriteAsync(string path, byte[] bytes)
    {
        File.Delete(path);
        await File.WriteAllBytesAsync(path, bytes);
    }

    private static void FillUp(string path)
    {
        using var file = File.Create(path);
        try
        {
            while (true) file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }
}
