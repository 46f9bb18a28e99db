using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Dossiers;

/// <summary>Who commissions, judges and imposes: by the position of each betrokkene and the protocol of the case, and nobody where the protocol is silent.</summary>
public sealed class AuthorityTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId Medewerker = new("betrokkene-1");
    private static readonly PersonId Wethouder = new("betrokkene-2");
    private static readonly PersonId Burgemeester = new("betrokkene-3");
    private static readonly PersonId Onbekend = new("betrokkene-4");
    private static readonly PersonId Inhuur = new("betrokkene-5");

    private static readonly StaffPerson[] Staff =
    [
        Person("gs", new Appointment(StaffRole.Verantwoordelijke, Day.AddYears(-1), null, "gemeentesecretaris")),
        Person("oud-gs", new Appointment(StaffRole.Verantwoordelijke, Day.AddYears(-3), Day.AddYears(-2), "gemeentesecretaris")),
        Person("bm", new Appointment(StaffRole.Verantwoordelijke, Day.AddYears(1), null, "burgemeester")), // entered in the register later than the case
        Person("fi", new Appointment(StaffRole.Fi, Day.AddYears(-1))),
        Person("directeur", new Appointment(StaffRole.Directeur, Day.AddYears(-1))),
    ];

    private static readonly DossierEvent[] Case =
    [
        .. Betrokkene(Medewerker, Position.Medewerker), .. Betrokkene(Wethouder, Position.Wethouder), .. Betrokkene(Burgemeester, Position.Burgemeester),
        .. Betrokkene(Onbekend, null), .. Betrokkene(Inhuur, Position.Extern),
        new PersonAdded { Date = Day, Person = Entries.Person("leidinggevende-1", CaseRole.Leidinggevende, "Schorrenveld", "chef") with { Of = Medewerker } },
    ];

    public static TheoryData<string, string, string?, DossierEvent> Cases => new()
    {
        { "gemeentesecretaris over een medewerker", "waterlanden", null, Opdracht(Medewerker) with { Opdrachtgever = new("gs") } },
        { "FI over een medewerker", "waterlanden", "Waterlanden art. 2.1", Opdracht(Medewerker) with { Opdrachtgever = new("fi") } },
        { "gemeentesecretaris over een wethouder", "waterlanden", "Waterlanden art. 2.3", Opdracht(Wethouder) with { Opdrachtgever = new("gs") } },
        { "burgemeester, later benoemd, over een wethouder", "waterlanden", null, Opdracht(Wethouder) with { Opdrachtgever = new("bm") } },
        { "gewezen gemeentesecretaris", "waterlanden", "Waterlanden art. 2.1", Opdracht(Medewerker) with { Opdrachtgever = new("oud-gs") } },
        { "twee betrokkenen, twee bevoegdheden", "waterlanden", "Waterlanden art. 2.3", Opdracht(Medewerker, Wethouder) with { Opdrachtgever = new("gs") } },
        { "commissaris over de burgemeester", "waterlanden", null, Opdracht(Burgemeester) with { Office = "commissaris-van-de-koning" } },
        { "burgemeester over de burgemeester", "waterlanden", "Waterlanden art. 2.5", Opdracht(Burgemeester) with { Opdrachtgever = new("bm") } },
        { "uitbreiding naar een wethouder", "waterlanden", "Waterlanden art. 2.3", new OpdrachtExtended { Date = Day, Reason = "r", Opdrachtgever = new("gs"), Betrokkenen = [Wethouder] } },
        { "uitbreiding zonder nieuwe mensen", "waterlanden", null, new OpdrachtExtended { Date = Day, Reason = "r", Opdrachtgever = new("gs") } },
        { "oordeel van de gemeentesecretaris", "waterlanden", null, Oordeel(Medewerker) with { JudgedBy = new("gs"), RecordedBy = new("fi") } },
        { "oordeel van wie het vastlegt", "waterlanden", "Waterlanden art. 2.1", Oordeel(Medewerker) with { RecordedBy = new("fi") } },
        { "oordeel van de FI in Heerlen", "heerlen", null, Oordeel(Medewerker) with { RecordedBy = new("fi") } },
        { "maatregel van de FI in Heerlen", "heerlen", "Heerlen 2020 art. 11", Maatregel(Medewerker) with { ImposedBy = new("fi") } },
        { "maatregel van de leidinggevende in Heerlen", "heerlen", null, Maatregel(Medewerker) with { ImposedBy = new("chef") } },
        { "maatregel van de leidinggevende in Waterlanden", "waterlanden", "Waterlanden art. 2.8", Maatregel(Medewerker) with { ImposedBy = new("chef") } },
        { "maatregel tegen een wethouder door de raad", "waterlanden", null, Maatregel(Wethouder) with { Office = "raad" } },
        { "maatregel tegen een wethouder door het college", "waterlanden", "Waterlanden art. 2.8", Maatregel(Wethouder) with { Office = "college" } },
        { "iets anders", "waterlanden", null, new WederhoorDone { Date = Day, Betrokkene = Medewerker } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_WhoDidIt_IsAllowedOrRefusedWithTheArticle(string name, string protocol, string? article, DossierEvent happening)
    {
        var refusals = Check(protocol, happening);
        if (article is null) refusals.ShouldBeEmpty(name);
        else refusals.ShouldHaveSingleItem(name).Why.ShouldStartWith($"{article}: ");
    }

    [Theory]
    [InlineData("heerlen", "betrokkene-3", "Het protocol zegt niet wie een maatregel oplegt bij betrokkene-3.")] // Heerlen names nobody who imposes on a burgemeester
    [InlineData("waterlanden", "betrokkene-4", "Van betrokkene-4 is de positie niet bekend.")]
    [InlineData("waterlanden", "betrokkene-5", "Het protocol zegt niet wie een maatregel oplegt bij betrokkene-5.")]
    public void Check_WhereTheProtocolIsSilent_NobodyIsAssumed(string protocol, string betrokkene, string what)
        => Check(protocol, Maatregel(new PersonId(betrokkene)) with { ImposedBy = new("gs") }).ShouldHaveSingleItem().What.ShouldBe(what);

    [Fact]
    public void Check_AfterASignedDeviation_IsAllowedForThatTaskOnly()
    {
        var deviation = new ProtocolDeviated { Date = Day, Rule = "bevoegdheid.legt_op", Reasons = "r", SignedBy = new("gs") };
        Check("heerlen", Maatregel(Burgemeester) with { ImposedBy = new("gs") }, deviation).ShouldBeEmpty();
        Check("heerlen", Opdracht(Burgemeester) with { Opdrachtgever = new("gs") }, deviation).ShouldNotBeEmpty();
        // A signature of whoever is no verantwoordelijke is none.
        Check("heerlen", Maatregel(Burgemeester) with { ImposedBy = new("gs") }, deviation with { SignedBy = new("fi") }).ShouldNotBeEmpty();
    }

    [Fact]
    public void Check_AnOfficeThatDoesNotExist_IsRefusedWithTheNearest()
        => Check("waterlanden", Opdracht(Burgemeester) with { Office = "commissaris-van-de-konig" }).ShouldHaveSingleItem().WhatNow.ShouldContain("commissaris-van-de-koning");

    [Fact]
    public void Of_TwoBetrokkenenInOneCase_AreTwoAuthorities()
    {
        var state = Entries.Fold(Case);
        var protocol = Protocol("waterlanden");
        var (one, two) = (CaseAuthority.Of(state, protocol, state.FindPerson(Medewerker)!), CaseAuthority.Of(state, protocol, state.FindPerson(Burgemeester)!));
        one.Commissioning!.Holders.ShouldBe(["gemeentesecretaris"]);
        one.Imposing!.Article.ShouldBe("Waterlanden art. 2.8");
        two.Receiving!.Holders.ShouldBe(["commissaris-van-de-koning"]);
        two.Imposing!.Holders.ShouldBe(["kroon"]);
        CaseAuthority.Of(state, protocol, state.FindPerson(Onbekend)!).Judging.ShouldBeNull();
    }

    [Fact]
    public async Task Record_AnOpdrachtByWhoHasNoAuthority_IsRefusedUntilADeviationIsSigned()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = (await fixture.Register.CreateAsync(fixture.As("fi"), null, null, Day, default)).Value;
        using var dossier = await fixture.OpenAsync("fi", number);
        (await dossier.RecordAsync(Betrokkene(Wethouder, Position.Wethouder)[0], default)).IsDone.ShouldBeTrue();
        dossier.AuthorityOf(Wethouder)!.Commissioning!.Holders.ShouldBe(["burgemeester"]);
        dossier.AuthorityOf(new PersonId("getuige-1")).ShouldBeNull();
        var opdracht = Opdracht(Wethouder) with { Opdrachtgever = new("verantwoordelijke") };
        (await dossier.RecordAsync(opdracht, default)).Refusals.ShouldContain(refusal => refusal.What == "Wie dit deed, gaat daar niet over bij betrokkene-2.");
        await fixture.HireAsync("bm", "de heer B. Burgerweeshuis", StaffRole.Verantwoordelijke);
        (await dossier.RecordAsync(new ProtocolDeviated { Date = Day, Rule = "bevoegdheid.geeft_opdracht", Reasons = "De burgemeester is ziek.", SignedBy = new("bm") }, default)).Refusals.ShouldBeEmpty();
        (await dossier.RecordAsync(opdracht, default)).Refusals.ShouldNotContain(refusal => refusal.What.StartsWith("Wie dit deed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ActsWithoutAuthority_OfAnImportedPast_AreShownAndNotRefused()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using (var dossier = await fixture.OpenAsync("fi", number)) dossier.ActsWithoutAuthority().ShouldBeEmpty();

        var folder = Directory.CreateTempSubdirectory("dossierkit-past-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "dossier.json"), """
                {
                  "nummer": "WL-2026-0088",
                  "personen": [{ "id": "betrokkene-1", "rol": "betrokkene", "achternaam": "Schelpenwaard", "positie": "wethouder" }],
                  "gebeurtenissen": [{ "soort": "opdracht-verstrekt", "datum": "2026-03-02", "opdrachtgever": "verantwoordelijke", "betrokkenen": ["betrokkene-1"] }]
                }
                """);
            var read = await DossierImport.ReadAsync(folder, fixture.Register.Protocols.Library, new DateOnly(2026, 4, 1), default);
            var imported = (await fixture.Register.ImportAsync(fixture.As("fi"), read.Value, null, default)).Value;
            using var past = await fixture.OpenAsync("fi", imported);
            past.ActsWithoutAuthority().ShouldHaveSingleItem().What.ShouldBe("opdracht-verstrekt 2026-03-02: Wie dit deed, gaat daar niet over bij betrokkene-1.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<Refusal> Check(string protocol, DossierEvent happening, params DossierEvent[] before)
        => [.. AuthorityRules.Check(Entries.Fold([.. Case, .. before]), Protocol(protocol), id => Array.Find(Staff, person => person.Id == id), happening)];

    private static Protocol Protocol(string id) => ProtocolLibrary.Shipped.All.First(protocol => protocol.Id == id);

    private static StaffPerson Person(string id, params Appointment[] appointments) => new(new PersonId(id), "iemand", [], appointments);

    private static DossierEvent[] Betrokkene(PersonId id, Position? position) => [new PersonAdded { Date = Day, Person = Entries.Person(id.Value, CaseRole.Betrokkene, "Schelpenwaard") with { Position = position } }];

    private static OpdrachtGiven Opdracht(params PersonId[] betrokkenen) => new() { Date = Day, Betrokkenen = betrokkenen };

    private static OordeelGiven Oordeel(PersonId betrokkene) => new() { Date = Day, Betrokkene = betrokkene, Oordeel = DossierKit.Dossiers.Oordeel.Gegrond, Reasons = "r" };

    private static MaatregelTaken Maatregel(PersonId betrokkene) => new() { Date = Day, Betrokkene = betrokkene, Measure = "m" };
}
