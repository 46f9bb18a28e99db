using DossierKit.Browser.Harness;
using DossierKit.Retention;

using Microsoft.Playwright;

namespace DossierKit.Browser.Walks;

/// <summary>A recording comes in at its conversation, and the dossier leaves as a bag without it; with scripts and without.</summary>
public sealed class ExportWalkTests(Chromium chromium)
{
    private const string Number = "WL-2026-0001";

    [Theory(Timeout = Patience.Walk)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Recording_AddedAndDossierExported_TheBagIsRightAndHoldsNoSound(bool scripts)
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var fi = await site.OpenAsync("fi", Look.Light with { Scripts = scripts });
        await fi.GoAsync($"/dossiers/{Number}/onderzoek", "Opname toevoegen");
        await fi.Page.Locator("main a[href*='/opnamen/nieuw?bij=']").First.ClickAsync();
        (await fi.Page.InputValueAsync("#veld-gesprek")).ShouldBe("gesprek-1");
        await fi.Page.CheckAsync("input[name=overlegd][value=ja]");
        await fi.Page.CheckAsync("input[name=vernietigingVerteld][value=ja]");
        await fi.Page.FillAsync("#veld-reden", "Veel bedragen en data.");
        await fi.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "recorder.bin", MimeType = "application/octet-stream", Buffer = Silence() });
        if (scripts) (await fi.Page.Locator("progress").CountAsync()).ShouldBe(1);
        await fi.ButtonAsync("Toevoegen");
        await fi.Page.WaitForURLAsync($"**/dossiers/{Number}/onderzoek");
        (await fi.Page.Locator("main").InnerTextAsync()).ShouldContain("De opname is toegevoegd en verzegeld.");

        await fi.GoAsync($"/bewaring/dossiers/{Number}");
        await fi.LinkAsync("Exporteren voor het archief");
        await fi.Page.FillAsync("#veld-doel", "Overdracht aan het archief");
        await fi.Page.CheckAsync("#veld-zonderPdf");
        await fi.ButtonAsync("Verder");
        (await fi.Page.Locator("main").InnerTextAsync()).ShouldContain("zonder wie de melder is");
        var download = await fi.Page.RunAndWaitForDownloadAsync(() => fi.ButtonAsync("Meenemen als zipbestand"));
        download.SuggestedFilename.ShouldBe($"{Number}.zip");
        var folder = Directory.CreateTempSubdirectory("dossierkit-export-");
        try
        {
            var path = Path.Combine(folder.FullName, "bag.zip");
            await download.SaveAsAsync(path);
            var report = await BagVerifier.VerifyAsync(path, default);
            report.Problems.ShouldBeEmpty();
            (await File.ReadAllBytesAsync(path)).AsSpan().IndexOf("WAVEfmt "u8).ShouldBe(-1);
            await fi.LinkAsync("deze pagina");
            (await fi.Page.Locator("main").InnerTextAsync()).ShouldContain(report.Sha256!);

            await using var archivaris = await site.OpenAsync("archivaris", Look.Light with { Scripts = scripts });
            await archivaris.GoAsync("/bewaring/export-controleren");
            await archivaris.Page.Locator("input[type=file]").SetInputFilesAsync(path);
            await archivaris.ButtonAsync("Controleren");
            (await archivaris.Page.Locator("main").InnerTextAsync()).ShouldContain(report.Sha256!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A minute of nothing, as a recorder writes it.</summary>
    private static byte[] Silence()
    {
        const int perSecond = 16_000, seconds = 60;
        using var wav = new MemoryStream();
        using (var writer = new BinaryWriter(wav))
        {
            writer.Write("RIFF"u8);
            writer.Write(36 + (seconds * perSecond));
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            foreach (var half in (short[])[1, 1]) writer.Write(half);
            foreach (var whole in (int[])[8_000, perSecond]) writer.Write(whole);
            foreach (var half in (short[])[2, 16]) writer.Write(half);
            writer.Write("data"u8);
            writer.Write(seconds * perSecond);
            writer.Write(new byte[seconds * perSecond]);
        }

        return wav.ToArray();
    }
}
