using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Dossiers;

/// <summary>Who may investigate and why not, under protocols that answer differently.</summary>
public sealed class InvestigatorsTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId Onderzoeker = new("onderzoeker-1");

    public static TheoryData<string, string, Position, DossierEvent[], string[]> Cases => new()
    {
        { "niets tegen", "heerenveen", Position.Medewerker, [], [] },
        { "zelf getuige", "heerenveen", Position.Medewerker, [Added("getuige-1", CaseRole.Getuige, "jansje")], ["is zelf bij de zaak betrokken"] },
        { "gewraakt", "heerenveen", Position.Medewerker, [Challenged(null)], ["is gewraakt; daar is nog niet op beslist", "dit onderzoek hoort bij een externe partij: er is twijfel aan de objectiviteit (betrokkene-1)"] },
        { "wraking toegewezen", "waterlanden", Position.Medewerker, [Challenged(true)], ["de wraking is toegewezen", "dit onderzoek hoort bij een externe partij: er is twijfel aan de objectiviteit (betrokkene-1)"] },
        { "wethouder", "heerenveen", Position.Wethouder, [], ["dit onderzoek hoort bij een externe partij: de betrokkene is politiek ambtsdrager (betrokkene-1)"] },
        { "wethouder, extern", "heerenveen", Position.Wethouder, [new OnderzoekerAppointed { Date = Day, Onderzoeker = Onderzoeker, IsExternal = true }], [] },
        { "wethouder in Heerlen", "heerlen", Position.Wethouder, [], [] },
        { "diensthoofd", "waterlanden", Position.Diensthoofd, [], ["dit onderzoek hoort bij een externe partij: de betrokkene is diensthoofd (betrokkene-1)"] },
        { "ernstig", "heerenveen", Position.Medewerker, [new FactEstablished { Date = Day, Fact = FactNames.ErnstigeSchending, Value = "ja", Note = "n" }], ["dit onderzoek hoort bij een externe partij: het is een ernstige schending (betrokkene-1)"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void MayInvestigate_SomeoneInACase_HasTheseObjections(string name, string protocol, Position position, DossierEvent[] events, string[] objections)
    {
        var standing = MayInvestigate(protocol, position, null, events);
        standing.Objections.Select(objection => objection.Text).ShouldBe(objections, name);
        standing.MayInvestigate.ShouldBe(objections.Length == 0);
    }

    [Fact]
    public void MayInvestigate_WhoWorksInTheSameDepartment_BelongsOutsideByTheArticle()
    {
        var objection = MayInvestigate("heerenveen", Position.Medewerker, "Inkoop ").Objections.ShouldHaveSingleItem();
        objection.Text.ShouldContain("de betrokkene werkt op de eigen afdeling");
        objection.Article.ShouldBe("Heerenveen 2011 § 2.3.2");
        objection.IsBlocking.ShouldBeFalse();
        MayInvestigate("heerenveen", Position.Medewerker, "Groen").MayInvestigate.ShouldBeTrue();
    }

    [Fact]
    public void MayInvestigate_OfWhoMayNotKnowTheMelder_SaysNothingOfHim()
    {
        // The onderzoeker is the melder himself: who may not know the melder must not learn it from the answer.
        var events = new DossierEvent[] { Added("melder-1", CaseRole.Melder, "jansje"), Added("betrokkene-1", CaseRole.Betrokkene), Added("onderzoeker-1", CaseRole.Onderzoeker, "jansje") };
        var entries = events.Select(happening => Entries.Of(happening)).ToList();
        var full = Entries.Fold(entries, DossierAccess.Everything);
        Standing(full, "waterlanden").Objections.ShouldHaveSingleItem().IsBlocking.ShouldBeTrue();
        var partial = Entries.Fold(entries, compartment => compartment == Compartment.Melder ? Right.Metadata : Right.Read);
        Standing(partial, "waterlanden").MayInvestigate.ShouldBeTrue();
    }

    [Fact]
    public void Lacking_OneOnderzoekerWhereTwoAreAsked_NamesTheArticle()
    {
        DossierEvent[] one = [Added("betrokkene-1", CaseRole.Betrokkene), Added("onderzoeker-1", CaseRole.Onderzoeker), Added("onderzoeker-2", CaseRole.Onderzoeker), Given(), new OnderzoekerAppointed { Date = Day, Onderzoeker = Onderzoeker }];
        Investigators.Lacking(Entries.Fold(one), Protocol("heerenveen")).ShouldHaveSingleItem().ShouldStartWith("Heerenveen 2011 § 2.3: minstens 2 onderzoekers");
        Investigators.Lacking(Entries.Fold([.. one, new OnderzoekerAppointed { Date = Day, Onderzoeker = new("onderzoeker-2") }]), Protocol("heerenveen")).ShouldBeEmpty();
        Investigators.Lacking(Entries.Fold([.. one.Take(3)]), Protocol("heerenveen")).ShouldBeEmpty(); // nothing was commissioned yet
        Investigators.Lacking(Entries.Fold(one), Protocol("heerlen")).ShouldBeEmpty(); // Heerlen asks no second person
    }

    private static InvestigatorStanding MayInvestigate(string protocol, Position position, string? department, params DossierEvent[] events)
        => Standing(Entries.Fold(
            [
                new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") with { Position = position, Department = "inkoop" } },
                new PersonAdded { Date = Day, Person = Entries.Person("onderzoeker-1", CaseRole.Onderzoeker, "Griendhorster", "jansje") with { Department = department } },
                Given(),
                .. events,
            ]), protocol);

    private static InvestigatorStanding Standing(DossierState state, string protocol) => Investigators.MayInvestigate(state, state.FindPerson(Onderzoeker)!, Protocol(protocol), _ => null);

    private static Protocol Protocol(string id) => ProtocolLibrary.Shipped.All.First(protocol => protocol.Id == id);

    private static OpdrachtGiven Given() => new() { Date = Day, Betrokkenen = [new("betrokkene-1")], Office = "gemeentesecretaris" };

    private static OnderzoekerChallenged Challenged(bool? upheld) => new() { Date = Day, Onderzoeker = Onderzoeker, Reason = "r", IsUpheld = upheld };

    private static PersonAdded Added(string id, CaseRole role, string? staff = null) => new() { Date = Day, Person = Entries.Person(id, role, "Lisdoddema", staff) };
}
