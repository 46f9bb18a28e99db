using System.Net;

using DossierKit.Tests.Dossiers;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web.Dossiers;

/// <summary>A recording added from the page of its conversation.</summary>
public sealed class RecordingPageTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Number = "WL-2026-0001";

    private static readonly Dictionary<string, string> Right = new() { ["gesprek"] = "gesprek-1", ["overlegd"] = "ja", ["vernietigingVerteld"] = "ja", ["reden"] = "", ["met"] = "", ["datum"] = "", ["titel"] = "" };

    [Theory]
    [InlineData("fi")]
    [InlineData("onderzoeker")]
    public async Task Recording_FromTheConversation_IsInTheDossier(string person)
    {
        var browsing = await Browsing.AsAsync(served, person, Number);
        var link = (await browsing.PageAsync($"/dossiers/{Number}/onderzoek")).Links().First(link => link.StartsWith($"/dossiers/{Number}/opnamen/nieuw?bij=", StringComparison.Ordinal));
        link.ShouldNotContain("gesprek");
        var page = await browsing.PageAsync(link);
        page.ShouldRunNothing();
        page.QuerySelector("select[name=gesprek] option[selected]")!.GetAttribute("value")!.ShouldStartWith("gesprek-");
        var form = new Dictionary<string, string>(Right) { ["verzoek"] = page.QuerySelector("form[data-upload] input[name=verzoek]")!.GetAttribute("value")! };
        var before = (await browsing.PageAsync($"/dossiers/{Number}/documenten?soort=opname")).QuerySelectorAll("tbody tr").Length;
        var (status, text) = await browsing.UploadAsync(Number, form, [($"recorder van {person}.dat", Sounds.Wav(person.Length))], to: "opnamen");
        status.ShouldBe(HttpStatusCode.OK, text);
        text.ShouldContain("De opname is toegevoegd en verzegeld.");
        (await browsing.PageAsync($"/dossiers/{Number}/documenten?soort=opname")).Text().ShouldContain("Opname van gesprek-1");

        // A second press of the button: the same request, the same recording.
        (status, text) = await browsing.UploadAsync(Number, form, [($"recorder van {person}.dat", Sounds.Wav(person.Length))], to: "opnamen");
        status.ShouldBe(HttpStatusCode.OK, text);
        (await browsing.PageAsync($"/dossiers/{Number}/documenten?soort=opname")).QuerySelectorAll("tbody tr").Length.ShouldBe(before + 1);
        if (person == "fi") (await browsing.PageAsync($"/bewaring/dossiers/{Number}")).Text().ShouldContain("Opname ");
    }

    [Fact]
    public async Task Recording_Refused_SaysWhyAtTheFieldAndKeepsWhatWasFilledIn()
    {
        var browsing = await Browsing.AsAsync(served, "fi", Number);
        var before = (await browsing.PageAsync($"/dossiers/{Number}/documenten?soort=opname")).QuerySelectorAll("tbody tr").Length;
        var (status, text) = await browsing.UploadAsync(Number, new Dictionary<string, string>(Right) { ["reden"] = "Veel bedragen." }, [("notitie.wav", "geen geluid"u8.ToArray())], to: "opnamen");
        status.ShouldBe(HttpStatusCode.BadRequest);
        var page = Browsing.Parse(text);
        page.Title!.ShouldStartWith("Fout: ");
        page.ShouldRunNothing();
        page.Text().ShouldContain("Dit is geen opname die hier past.");
        page.QuerySelector("input[type=file]")!.GetAttribute("aria-invalid").ShouldBe("true");
        page.QuerySelector("textarea[name=reden]")!.TextContent.ShouldBe("Veel bedragen.");
        (status, text) = await browsing.UploadAsync(Number, new Dictionary<string, string>(Right) { ["overlegd"] = "nee" }, [("gesprek.wav", Sounds.Wav(1))], to: "opnamen");
        status.ShouldBe(HttpStatusCode.BadRequest);
        Browsing.Parse(text).Text().ShouldContain("Waterlanden art. 7.6");
        (await browsing.PageAsync($"/dossiers/{Number}/documenten?soort=opname")).QuerySelectorAll("tbody tr").Length.ShouldBe(before);
    }

    [Fact]
    public async Task Recording_ByScript_AnswersForTheFile()
    {
        var browsing = await Browsing.AsAsync(served, "fi", Number);
        var (status, text) = await browsing.UploadAsync(Number, Right, [("gesprek.mp3", Sounds.Mp3(30))], asScript: true, to: "opnamen");
        status.ShouldBe(HttpStatusCode.Created);
        text.ShouldContain("\"naam\":\"gesprek.mp3\"");
        (status, text) = await browsing.UploadAsync(Number, new Dictionary<string, string>(Right) { ["vernietigingVerteld"] = "" }, [("gesprek.mp3", Sounds.Mp3(30))], asScript: true, to: "opnamen");
        status.ShouldBe(HttpStatusCode.BadRequest);
        text.ShouldContain("Zeg of is verteld dat de opname wordt vernietigd.");
    }

    [Fact]
    public async Task Recording_ByWhomMayNotHearThem_IsNotThere()
    {
        var browsing = await Browsing.AsAsync(served, "verantwoordelijke", Number);
        (await browsing.StatusAsync($"/dossiers/{Number}/opnamen/nieuw")).ShouldBe(HttpStatusCode.NotFound);
        (await browsing.UploadAsync(Number, Right, [("gesprek.wav", Sounds.Wav(1))], to: "opnamen")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browsing.PageAsync($"/dossiers/{Number}/onderzoek")).Links().ShouldNotContain(link => link.Contains("/opnamen/", StringComparison.Ordinal));
    }
}
