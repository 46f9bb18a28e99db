using System.Net;

using DossierKit.Tests.Serving;
using DossierKit.Tests.Web.Dossiers;

namespace DossierKit.Tests.Web.Bewaring;

/// <summary>A zip that is checked on the page.</summary>
public sealed class ControlePageTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Path = "/bewaring/export-controleren";

    [Fact]
    public async Task Zip_ThatIsNone_IsSaidToBeWrongAndNoZipAtAllIsAsked()
    {
        var archivaris = await Browsing.AsAsync(served, "archivaris");
        (await archivaris.PageAsync("/bewaring")).Links().ShouldContain(Path);
        (await archivaris.PageAsync(Path)).ShouldRunNothing();
        using var form = new MultipartFormDataContent { { new ByteArrayContent("<script>geen zip"u8.ToArray()), "bestand", "bag.zip" } };
        using var answer = await archivaris.Client.PostAsync(new Uri(Path, UriKind.Relative), form);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Browsing.Parse(await answer.Content.ReadAsStringAsync()).Text().ShouldContain("Deze export is niet in orde.");
        using var empty = new MultipartFormDataContent { { new StringContent(""), "niets" } };
        using var asked = await archivaris.Client.PostAsync(new Uri(Path, UriKind.Relative), empty);
        asked.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = Browsing.Parse(await asked.Content.ReadAsStringAsync());
        page.Title!.ShouldStartWith("Fout: ");
        page.Text().ShouldContain("Er is geen bestand gekozen.");
        (await (await Browsing.AsAsync(served, "onderzoeker")).StatusAsync(Path)).ShouldBe(HttpStatusCode.NotFound);
    }
}
