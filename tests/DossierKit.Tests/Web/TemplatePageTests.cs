using System.Net;
using System.Net.Http.Headers;

using DossierKit.Documents;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web;

public sealed class TemplatePageTests(ServedVault served) : IClassFixture<ServedVault>
{
    [Fact]
    public async Task Download_Shipped_IsTheTemplateItself()
    {
        var client = await served.CreateClientAsync("onderzoeker");
        var bytes = await client.GetByteArrayAsync(new Uri("/sjablonen/gespreksverslag/download", UriKind.Relative));
        bytes.ShouldBe(ShippedTemplates.Find("gespreksverslag"));
    }

    [Fact]
    public async Task Upload_LookedAtThenUsed_TakesThePlaceOfTheShipped()
    {
        var client = await served.CreateClientAsync("fi");
        var own = ShippedTemplates.Find("wederhoor")!;
        var looked = await UploadAsync(client, "voortgangsbericht", own, "onze brief.docx");
        looked.Status.ShouldBe(HttpStatusCode.OK);
        served.Register.Templates.Installed.ShouldNotContain(item => item.Kind == "voortgangsbericht");
        looked.Page.DutchText().ShouldContain("'onze brief.docx' in gebruik nemen?");
        var held = looked.Page.Named("input").Single(input => input["name"] == "sjabloon")["value"]!;

        // What one person sent, another does not put into use.
        (await UseAsync(await served.CreateClientAsync("plaatsvervanger"), "voortgangsbericht", held)).ShouldBe(HttpStatusCode.BadRequest);
        (await UseAsync(client, "kennisgeving", held)).ShouldBe(HttpStatusCode.BadRequest);
        (await UseAsync(client, "voortgangsbericht", held)).ShouldBe(HttpStatusCode.OK);
        (await client.GetByteArrayAsync(new Uri("/sjablonen/voortgangsbericht/download", UriKind.Relative))).ShouldBe(own);
        (await UseAsync(client, "voortgangsbericht", held)).ShouldBe(HttpStatusCode.BadRequest, "used twice");
    }

    [Fact]
    public async Task Upload_NoTemplate_SaysWhyAndChangesNothing()
    {
        var client = await served.CreateClientAsync("fi");
        var answer = await UploadAsync(client, "kennisgeving", [1, 2, 3], "brief.docx");
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        PageRules.Break(answer.Page, signedIn: true).ShouldBeEmpty();
        answer.Page.Named("div").ShouldContain(tag => tag["role"] == "alert");
        served.Register.Templates.Installed.ShouldNotContain(item => item.Kind == "kennisgeving");
    }

    [Theory]
    [InlineData("onderzoeker")]
    [InlineData("vreemde")]
    public async Task Upload_ByWhoMayNot_IsNotThere(string person)
    {
        var client = await served.CreateClientAsync(person);
        (await UploadAsync(client, "kennisgeving", ShippedTemplates.Find("kennisgeving")!, "kennisgeving.docx")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetStringAsync(new Uri("/sjablonen/kennisgeving", UriKind.Relative))).ShouldNotContain("multipart/form-data");
    }

    private static async Task<(HttpStatusCode Status, HtmlPage Page)> UploadAsync(HttpClient client, string kind, byte[] bytes, string name)
    {
        using var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent { { file, "bestand", name } };
        using var answer = await client.PostAsync(new Uri($"/sjablonen/{kind}", UriKind.Relative), form);
        return (answer.StatusCode, new HtmlPage(await answer.Content.ReadAsStringAsync()));
    }

    private static async Task<HttpStatusCode> UseAsync(HttpClient client, string kind, string held)
    {
        using var form = new FormUrlEncodedContent([new("sjabloon", held), new("bevestigd", "ja")]);
        using var answer = await client.PostAsync(new Uri($"/sjablonen/{kind}/gebruiken", UriKind.Relative), form);
        return answer.StatusCode;
    }
}
