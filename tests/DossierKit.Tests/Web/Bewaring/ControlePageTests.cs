using System.Net;

using DossierKit.Tests.Serving;
using DossierKit.Tests.Web.Dossiers;

namespace DossierKit.Tests.Web.Bewaring;

/// <summary>A zip that is checked on the page.</summary>
public sealed class ControlePageTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Path = "/bewaring/export-controleren";

    /// <summary>Whoever changes a bag can seal it anew: the page claims no more than it can know.</summary>
    [Fact]
    public async Task Zip_ThatAgreesWithItsOwnLists_IsNotSaidToBeTheOneThatWasSent()
    {
        var fi = await served.CreateClientAsync("fi");
        using var wanted = new StringContent("{ \"doel\": \"Proef\", \"pdf\": false }", System.Text.Encoding.UTF8, "application/json");
        using var taken = await fi.PostAsync(new Uri("/v1/dossiers/WL-2026-0001/export", UriKind.Relative), wanted);
        var archivaris = await Browsing.AsAsync(served, "archivaris");
        (await archivaris.PageAsync(Path)).Text().ShouldContain("bij zijn eigen lijsten past"); // also what the form needs
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await taken.Content.ReadAsByteArrayAsync()), "bestand", "bag.zip" } };
        using var answer = await archivaris.Client.PostAsync(new Uri(Path, UriKind.Relative), form);
        var text = Browsing.Parse(await answer.Content.ReadAsStringAsync()).Text();
        text.ShouldContain("Deze export is in orde.");
        text.ShouldContain("past bij zijn eigen lijsten");
        text.ShouldContain("zegt alleen het kenmerk");
        text.ShouldNotContain("niets veranderd");
    }

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
