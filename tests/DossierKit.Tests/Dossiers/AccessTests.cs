using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Dossiers;

public sealed class AccessTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    /// <summary>Who gets what where in an open case in which everyone has the relation his role asks: N nothing, M metadata, R read, W write, in the order of <see cref="Compartment.All"/>.</summary>
    [Theory]
    [InlineData(StaffRole.Fi, "WWWWWWWR")]
    [InlineData(StaffRole.PlaatsvervangendFi, "WWWWWWWR")]
    [InlineData(StaffRole.OnderzoekerIntern, "RRMRWWNN")]
    [InlineData(StaffRole.OnderzoekerExtern, "RRMRWWNN")]
    [InlineData(StaffRole.Verantwoordelijke, "RRMWRMWR")]
    [InlineData(StaffRole.Directeur, "RNNRNNNN")]
    [InlineData(StaffRole.HoofdBi, "RNNRNNNN")]
    [InlineData(StaffRole.Vertrouwenspersoon, "RNRNNNNN")]
    [InlineData(StaffRole.Adviseur, "NNNNNNNN")]
    [InlineData(StaffRole.Fg, "RNNNMNNN")]
    [InlineData(StaffRole.Archivaris, "MNNNNNNN")]
    [InlineData(StaffRole.Medebeslisser, "MNNNNNNN")]
    [InlineData(StaffRole.Beheerder, "NNNNNNNN")]
    public void Access_InAnOpenCase_FollowsTheTable(StaffRole role, string expected) => Rights(role, Standing(Case())).ShouldBe(expected);

    [Theory]
    [InlineData(StaffRole.OnderzoekerIntern, "NNNNNNNN")]
    [InlineData(StaffRole.Adviseur, "RNNNMNRN")]
    [InlineData(StaffRole.Directeur, "RNNRNNNN")]
    [InlineData(StaffRole.Verantwoordelijke, "RRMWRMWR")]
    public void Access_InAClosedCase_FollowsTheTable(StaffRole role, string expected)
        => Rights(role, Standing([.. Case(), new DossierClosed { Date = Day.AddDays(40), Outcome = CaseOutcome.Completed }])).ShouldBe(expected);

    [Fact]
    public void Access_WithoutTheRelation_IsNothing()
    {
        var standing = Standing([.. Case().Where(happening => happening is not OnderzoekerAppointed and not OpdrachtSubmitted and not DataBreachReported)]) with { Offices = ["burgemeester"] };
        foreach (var role in new[] { StaffRole.OnderzoekerIntern, StaffRole.OnderzoekerExtern, StaffRole.Verantwoordelijke, StaffRole.Directeur, StaffRole.HoofdBi, StaffRole.Fg })
            Rights(role, standing).ShouldBe("NNNNNNNN", role.ToString());
    }

    [Fact]
    public void Access_BeforeOrAfterTheAppointment_IsNothing()
    {
        var person = Person(StaffRole.Fi) with { Appointments = [new Appointment(StaffRole.Fi, Day, Day.AddDays(10))] };
        foreach (var (day, may) in new[] { (Day.AddDays(-1), false), (Day, true), (Day.AddDays(10), true), (Day.AddDays(11), false) })
            DossierAccess.Of(person, Standing(Case()), day).MayOpen.ShouldBe(may);
    }

    [Fact]
    public void Table_ForWhoeverIsNotTheFi_NeverOpensTheMelderButToTheVertrouwenspersoonWhoBroughtOne()
        => AccessTable.Lines.Where(line => line.Compartment == Compartment.Melder && line.Right >= Right.Read).Select(line => (line.Role, line.Relation)).ShouldBe(
            [(StaffRole.Fi, Relation.Any), (StaffRole.PlaatsvervangendFi, Relation.Any), (StaffRole.Vertrouwenspersoon, Relation.Appointed)], ignoreOrder: true);

    [Fact]
    public void Table_ForExport_NeverAllowsARecordingNorWhatCannotBeRead()
    {
        AccessTable.Lines.Where(line => line.MayExport).ShouldAllBe(line => line.Right >= Right.Read && line.Compartment != Compartment.Opnamen);
        AccessTable.Lines.Where(line => line.MayExport).Select(line => line.Role).Distinct().ShouldBe(
            [StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.OnderzoekerIntern, StaffRole.Verantwoordelijke], ignoreOrder: true);
    }

    [Fact]
    public void Table_EveryLine_NamesItsSourceOrOwnsUp() => AccessTable.Lines.ShouldAllBe(line => line.Source.Length > 5);

    [Theory]
    [InlineData(CaseRole.Melder, true)]
    [InlineData(CaseRole.Betrokkene, true)]
    [InlineData(CaseRole.Getuige, true)]
    [InlineData(CaseRole.Benadeelde, true)]
    [InlineData(CaseRole.Verwant, true)]
    [InlineData(CaseRole.Raadsman, true)]
    [InlineData(CaseRole.Leidinggevende, false)]
    [InlineData(CaseRole.Onderzoeker, false)]
    public void Access_OfWhoeverIsPartOfTheFacts_IsNothingWhateverTheRole(CaseRole role, bool isOut)
    {
        foreach (var staffRole in Enum.GetValues<StaffRole>())
        {
            var standing = Standing([.. Case(), new PersonAdded { Date = Day, Person = Entries.Person("zelf", role, "Anders", Person(staffRole).Id.Value) }]);
            standing.Conflicts(Person(staffRole)).ShouldBe(isOut);
            if (isOut) Rights(staffRole, standing).ShouldBe("NNNNNNNN");
        }
    }

    [Theory]
    [InlineData("mevrouw Y. Kwelderhof", true)]
    [InlineData("mevrouw drs. Y.M. van Kwelderhof", true)]
    [InlineData("de heer B. Kwelderhof", false)]
    [InlineData("Kwelderhof", false)]
    [InlineData("", false)]
    [InlineData("Y. Kwelderhof", true)]
    [InlineData("Yfke Kwelderhof", true)]
    [InlineData("Yfke de Kwelderhof", true)]
    [InlineData("B. Kwelderhof", false)]
    [InlineData("Yfke Oesterput", false)]
    public void Conflicts_SomeoneWhoseNameResembles_MayBeTheSamePerson(string displayName, bool mayBe)
        => Standing([new PersonAdded { Date = Day, Person = Entries.Person("melder-1", CaseRole.Melder, "Kwelderhof") with { Initials = "Y." } }])
            .Conflicts(Person(StaffRole.Fi) with { DisplayName = displayName }).ShouldBe(mayBe);

    [Fact]
    public void Conflicts_AfterTheFileSaysItIsSomeoneElse_IsSortedOut()
        => Standing([new PersonAdded { Date = Day, Person = Entries.Person("melder-1", CaseRole.Melder, "Kwelderhof", "iemand-anders") }])
            .Conflicts(Person(StaffRole.Fi) with { DisplayName = "A. Kwelderhof" }).ShouldBeFalse();

    [Fact]
    public void Standing_OfACase_HoldsNoName()
    {
        var text = System.Text.Json.JsonSerializer.Serialize(Standing(Case()), RegisterJsonContext.Default.CaseStanding);
        foreach (var name in new[] { "Kwelderhof", "Schelpenwaard", "Griendhorster", "Lisdoddema" }) text.ShouldNotContain(name, Shouldly.Case.Insensitive);
    }

    [Fact]
    public void Vertrouwenspersoon_WhenAnotherMelderCameOtherwise_MayNotReadTheCompartment()
    {
        var second = new PersonAdded { Date = Day, Person = Entries.Person("melder-2", CaseRole.Melder, "Oesterput") };
        Rights(StaffRole.Vertrouwenspersoon, Standing([.. Case(), second])).ShouldBe("RNNNNNNN");
    }

    [Theory]
    [InlineData(Position.Medewerker, "gemeentesecretaris")]
    [InlineData(Position.Gemeentesecretaris, "burgemeester")]
    [InlineData(Position.Wethouder, "burgemeester")]
    public void Offices_ByPosition_ComeFromTheProtocol(Position position, string office)
    {
        var state = Entries.Fold(new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") with { Position = position } });
        var standing = CaseStanding.Of(state, ProtocolLibrary.Shipped.Find("waterlanden", null), Key);
        standing.Offices.ShouldContain(office);
        if (position == Position.Gemeentesecretaris) standing.Offices.ShouldNotContain("gemeentesecretaris");
    }

    [Fact]
    public void Offices_ARoleInOneCase_IsNoOfficeThatOpensEveryCase()
    {
        // In Heerlen the leidinggevende of the betrokkene may impose a measure. Whoever is appointed under that word must not get into every case.
        var heerlen = ProtocolLibrary.Shipped.Find("heerlen", null);
        heerlen!.FindAuthority("medewerker", AuthorityTask.Imposes, CaseFacts.None)!.Holders.ShouldContain("leidinggevende");
        var state = Entries.Fold(new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") with { Position = Position.Medewerker } });
        CaseStanding.Of(state, heerlen, Key).Offices.ShouldBe(["functionaris-integriteit", "gemeentesecretaris"]);
    }

    private static string Rights(StaffRole role, CaseStanding standing)
    {
        var access = DossierAccess.Of(Person(role), standing, Day.AddDays(50));
        return string.Concat(Compartment.All.Select(compartment => access.In(compartment).ToString()[0]));
    }

    private static StaffPerson Person(StaffRole role)
        => new(new PersonId($"p-{(int)role}"), "iemand", [], [new Appointment(role, new DateOnly(2020, 1, 1), null, role == StaffRole.Verantwoordelijke ? "gemeentesecretaris" : null)]);

    private static CaseStanding Standing(IEnumerable<DossierEvent> events) => CaseStanding.Of(Entries.Fold(events), ProtocolLibrary.Shipped.Find("waterlanden", null), Key);

    /// <summary>A case in which everyone of the staff who can be named is named.</summary>
    private static List<DossierEvent> Case() =>
    [
        new PersonAdded { Date = Day, Person = Entries.Person("melder-1", CaseRole.Melder, "Kwelderhof") },
        new PersonAdded { Date = Day, Person = Entries.Person("vertrouwenspersoon-1", CaseRole.Vertrouwenspersoon, "Waterdrieblad", Person(StaffRole.Vertrouwenspersoon).Id.Value) with { Of = new PersonId("melder-1") } },
        new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") with { Position = Position.Medewerker } },
        new PersonAdded { Date = Day, Person = Entries.Person("getuige-1", CaseRole.Getuige, "Lisdoddema") },
        new PersonAdded { Date = Day, Person = Entries.Person("onderzoeker-1", CaseRole.Onderzoeker, "Griendhorster", Person(StaffRole.OnderzoekerIntern).Id.Value) },
        new PersonAdded { Date = Day, Person = Entries.Person("onderzoeker-2", CaseRole.Onderzoeker, "Turfschipman", Person(StaffRole.OnderzoekerExtern).Id.Value) },
        new PersonAdded { Date = Day, Person = Entries.Person("adviseur-1", CaseRole.Adviseur, "Polderregel", Person(StaffRole.Adviseur).Id.Value) },
        new OpdrachtSubmitted { Date = Day.AddDays(5), To = [Person(StaffRole.Directeur).Id] },
        new OpdrachtGiven { Date = Day.AddDays(9), Opdrachtgever = Person(StaffRole.Verantwoordelijke).Id, Betrokkenen = [new PersonId("betrokkene-1")] },
        new OnderzoekerAppointed { Date = Day.AddDays(9), Onderzoeker = new PersonId("onderzoeker-1") },
        new OnderzoekerAppointed { Date = Day.AddDays(9), Onderzoeker = new PersonId("onderzoeker-2") },
        new DataBreachReported { Date = Day.AddDays(20), Description = "iets", To = Person(StaffRole.Fg).Id },
    ];
}
