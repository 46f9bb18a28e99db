using DossierKit.Dossiers;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Aanmelden;
using DossierKit.Protocols;

namespace DossierKit.Tests.SignIn;

public class HeldFormTextsTests
{
    [Fact]
    public void Lines_OfAnEvent_AreInTheWordsOfItsForm()
        => Lines("/dossiers/WL-2026-0001/vastleggen/omstandigheid-vastgesteld", ("datum", "2026-11-02"), ("feit", "datalek"), ("waarde", "nee"), ("toelichting", ""), ("versie", "abc"))
            .ShouldBe(["Wanneer was het?: 2 november 2026", "Wat stelt u vast?: datalek", "Is het zo?: nee"]);

    [Fact]
    public void Lines_OfALetter_AreUnderTheTitlesOfItsElements()
    {
        var title = Home[0].FindElement("kennisgeving.gedraging")!.Title;
        Lines("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving", ("antwoord:kennisgeving.gedraging@aan:betrokkene-1", "Het gebruik van de bus."), ("was:antwoord:kennisgeving.gedraging@aan:betrokkene-1", "0123"), ("actie", "bewaren"))
            .ShouldBe([$"{title}: Het gebruik van de bus."]);
    }

    [Fact]
    public void Lines_OfAPerson_AreUnderTheLabelsOfTheForm()
        => Lines("/dossiers/WL-2026-0001/personen", ("rol", "getuige"), ("adres.straat", "Rietkraag 2")).ShouldBe(["Rol: getuige", "Straat en huisnummer: Rietkraag 2"]);

    private static IReadOnlyList<Protocol> Home => [.. ProtocolLibrary.Shipped.All.Where(protocol => protocol.Id == "waterlanden")];

    private static IEnumerable<string> Lines(string path, params (string Name, string Value)[] fields)
        => HeldFormTexts.Lines(new HeldForm(new PersonId("fi"), path, [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))], null), Home).Select(line => $"{line.Name}: {line.Value}");
}
