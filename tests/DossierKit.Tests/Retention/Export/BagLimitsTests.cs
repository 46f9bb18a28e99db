using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using DossierKit.Retention;

namespace DossierKit.Tests.Retention.Export;

/// <summary>What was sent to be checked may be made to fill the memory or to be read for days, or to be another bag for another program: that is told, and it stops there.</summary>
public sealed class BagLimitsTests : IAsyncLifetime
{
    private BagFixture _bags = null!;
    private string _number = null!;

    public async ValueTask InitializeAsync()
    {
        _bags = await BagFixture.CreateAsync();
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync("tip-over-een-controle"));
        _number = dossier.Number.Value;
        await _bags.ExportAsync(dossier, "bag");
    }

    public ValueTask DisposeAsync() => _bags.DisposeAsync();

    [Theory]
    [InlineData("manifest-sha256.txt")]
    [InlineData("bag-info.txt")]
    public async Task Verify_ListOfNothingButMistakes_StopsAfterAThousandAndSaysSo(string list)
    {
        File.WriteAllText(Path.Combine(_bags.At("bag"), list), string.Concat(Enumerable.Repeat("x\n", 300_000)));
        var problems = (await BagVerifier.VerifyAsync(_bags.At("bag"), default)).Problems;
        problems.Count.ShouldBe(1_001);
        problems[0].Text.ShouldContain("meer dan 1.000 problemen");
    }

    [Fact]
    public async Task Verify_SidecarFarLargerThanAny_IsNotRead()
    {
        var sidecar = Directory.EnumerateFiles(_bags.At("bag"), "*.bestand.MDTO.xml", SearchOption.AllDirectories).First();
        File.AppendAllText(sidecar, $"<!--{new string('x', 600 << 10)}-->");
        BagFixture.Reseal(_bags.At("bag"));
        (await BagVerifier.VerifyAsync(_bags.At("bag"), default)).Problems.ShouldContain(problem => problem.Text.Contains("te groot", StringComparison.Ordinal));
    }

    [Fact]
    public void SidecarOf_DossierWithMuchInIt_HasRoomToNameItAll()
    {
        BagLimits.SidecarOf(10).ShouldBeLessThan(300 << 10);
        BagLimits.SidecarOf(5_000).ShouldBeGreaterThan(5_000 / 4 * 600);
        BagLimits.SidecarOf(int.MaxValue).ShouldBe(8 << 20);
    }

    [Fact]
    public async Task ReadAsync_LinesOfEveryEnd_AreReadAndOneThatIsTooLongIsNot()
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes($"een\ntwee\r\ndrié\r\r{new string('x', BagLines.Longest + 1)}\n{new string('y', BagLines.Longest)}\nlaatste"));
        var lines = new List<string?>();
        await foreach (var line in BagLines.ReadAsync(text, default)) lines.Add(line);
        lines.ShouldBe(["een", "twee", "drié", "", null, new string('y', BagLines.Longest), "laatste"]);
    }

    [Fact]
    public async Task Verify_ZipThatUnpacksToFarMore_IsNotUnpacked()
    {
        await using (var file = File.Create(_bags.At("bom.zip")))
        {
            await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, default);
            await using var entry = await zip.CreateEntry($"{_number}/data/bom.bin", CompressionLevel.Fastest).OpenAsync(default);
            for (var i = 0; i < 72; i++) await entry.WriteAsync(new byte[1 << 20], default);
        }

        (await BagVerifier.VerifyAsync(_bags.At("bom.zip"), default)).Problems.ShouldHaveSingleItem().Text.ShouldContain("acht keer");
    }

    [Fact]
    public async Task Verify_ZipOfMoreFilesThanAny_IsNotLookedInto()
    {
        await using (var file = File.Create(_bags.At("veel.zip")))
        {
            await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, default);
            for (var i = 0; i <= BagLimits.MostEntries; i++) zip.CreateEntry($"x/{i}");
        }

        (await BagVerifier.VerifyAsync(_bags.At("veel.zip"), default)).Problems.ShouldHaveSingleItem().Text.ShouldContain("100.000");
        await using (var file = File.Create(_bags.At("diep.zip")))
        {
            await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, default);
            zip.CreateEntry(string.Concat(Enumerable.Repeat("a/", 300)) + "x");
        }

        (await BagVerifier.VerifyAsync(_bags.At("diep.zip"), default)).Problems.ShouldHaveSingleItem().Text.ShouldContain("100.000");
    }

    /// <summary>Where in what stands before the first file, after "PK": flags, checksum, packed and unpacked size. A program that unpacks from the start goes by those.</summary>
    [Theory]
    [InlineData(false, 7)]
    [InlineData(false, 14)]
    [InlineData(false, 18)]
    [InlineData(false, 22)]
    [InlineData(true, 7)]
    [InlineData(true, 14)]
    [InlineData(true, 18)]
    [InlineData(true, 22)]
    public async Task Verify_ZipThatTellsOtherwiseInFrontOfAFile_IsTwoBags(bool isStreamed, int at)
    {
        var zip = await ZipAsync(isStreamed);
        (await VerifyAsync(zip)).ShouldBeEmpty();
        zip[at] ^= 0x08;
        (await VerifyAsync(zip)).ShouldHaveSingleItem().Text.ShouldContain("twee plaatsen");
    }

    /// <summary>What is told behind a file when its sizes were not known before is held against the directory as well.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    public async Task Verify_ZipThatTellsOtherwiseBehindAFile_IsTwoBags(int at)
    {
        var zip = await ZipAsync(isStreamed: true);
        var mark = zip.AsSpan().IndexOf("PK\u0007\u0008"u8);
        mark.ShouldBeGreaterThan(0);
        zip[mark + at] ^= 0x01;
        (await VerifyAsync(zip)).ShouldHaveSingleItem().Text.ShouldContain("twee plaatsen");
    }

    private async Task<byte[]> ZipAsync(bool isStreamed)
    {
        using var bytes = new MemoryStream();
        // What goes to a browser cannot go back to fill in what was not known.
        await using var output = isStreamed ? PipeWriter.Create(bytes, new StreamPipeWriterOptions(leaveOpen: true)).AsStream() : bytes;
        await ZipFile.CreateFromDirectoryAsync(_bags.At("bag"), output, CompressionLevel.Fastest, includeBaseDirectory: true);
        await output.FlushAsync();
        return bytes.ToArray();
    }

    private static async Task<IReadOnlyList<BagProblem>> VerifyAsync(byte[] zip) => (await BagVerifier.VerifyAsync(new MemoryStream(zip), default)).Problems;
}
