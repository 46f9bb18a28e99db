using System.Text;
using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Tests.Documents;

namespace DossierKit.Tests.Dossiers;

/// <summary>What the protocol asks first is refused until it is done, in a real vault: events, documents, the closing; and never an import.</summary>
public sealed class DutyGateTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId Betrokkene = new("betrokkene-1");
    private static readonly PersonId Verantwoordelijke = new("verantwoordelijke");

    /// <summary>A protocol of four rules that can be seen to work.</summary>
    private const string Strict = """
        {
          "id": "streng", "versie": "1", "gemeente": "Waterlanden", "titel": "Streng protocol", "vanaf": "2020-01-01",
          "bronnen": [{ "id": "X", "titel": "Verzonnen regeling" }],
          "regels": [
            { "id": "melding.verantwoordelijke", "artikel": "Streng art. 1", "titel": "De verantwoordelijke hoort het", "tekst": "Vertel het.", "wie": "functionaris-integriteit",
              "kracht": "moet", "fase": "melding", "vervuldDoor": ["verantwoordelijke-geinformeerd"], "voor": ["opdracht-verstrekt"], "eigenKeuze": "Zo." },
            { "id": "opdracht.afwegen", "artikel": "Streng art. 2", "titel": "Afwegen of het past", "tekst": "Weeg af.", "wie": "verantwoordelijke",
              "kracht": "moet", "fase": "opdracht", "voor": ["opdracht-verstrekt"], "eigenKeuze": "Zo." },
            { "id": "aangifte", "artikel": "Streng art. 3", "titel": "Aangifte", "tekst": "Doe aangifte.", "wie": "verantwoordelijke",
              "kracht": "moet", "fase": "altijd", "als": "strafbaarFeit", "vervuldDoor": ["aangifte-gedaan"], "eigenKeuze": "Zo." },
            { "id": "afsluiting.nazorg", "artikel": "Streng art. 4", "titel": "Nazorg", "tekst": "Bied nazorg aan.", "wie": "functionaris-integriteit",
              "kracht": "in_de_regel", "fase": "afsluiting", "rollen": ["betrokkene"], "vervuldDoor": ["nazorg-aangeboden"], "eigenKeuze": "Zo." },
            { "id": "afsluiting.bloemen", "artikel": "Streng art. 5", "titel": "Bloemen", "tekst": "Stuur bloemen.", "wie": "functionaris-integriteit", "kracht": "kan", "fase": "afsluiting", "eigenKeuze": "Zo." }
          ],
          "bevoegdheden": [
            { "posities": ["medewerker"], "taken": ["ontvangt", "geeft_opdracht", "oordeelt", "legt_op"], "wie": ["gemeentesecretaris"], "artikel": "Streng art. 6", "eigenKeuze": "Zo." }
          ],
          "inzage": [
            { "id": "inzage.uitkomst", "wie": "betrokkene", "wat": "uitkomst", "antwoord": "ja", "artikel": "Streng art. 7", "tekst": "De betrokkene hoort de uitkomst.", "eigenKeuze": "Zo." },
            { "id": "inzage.uitkomst-or", "wie": "voorzitter-or", "wat": "uitkomst", "antwoord": "nee", "artikel": "Streng art. 7", "tekst": "De OR hoort alleen het domein.", "eigenKeuze": "Zo." }
          ]
        }
        """;

    [Fact]
    public async Task Record_BeforeWhatMustComeFirst_IsRefusedWithEveryArticleUntilItIsDone()
    {
        await using var vault = await CreateAsync();
        using var dossier = await OpenAsync(vault);
        var refusals = (await dossier.RecordAsync(Opdracht, default)).Refusals;
        refusals.Select(refusal => refusal.Subject).ShouldBe(["melding.verantwoordelijke", "opdracht.afwegen"]);
        refusals[0].ToString().ShouldBe("Dit moet eerst: de verantwoordelijke hoort het (melding.verantwoordelijke). Dat moet volgens Streng art. 1: Vertel het. Leg vast: verantwoordelijke-geinformeerd of regel-nageleefd (regel=melding.verantwoordelijke) met in de toelichting wat is gedaan. Of laat de verantwoordelijke een afwijking tekenen: protocol-afgeweken (regel=melding.verantwoordelijke).");
        refusals[1].WhatNow.ShouldStartWith("Leg vast: regel-nageleefd (regel=opdracht.afwegen)");
        dossier.State.All<OpdrachtGiven>().ShouldBeEmpty();

        await RecordAsync(dossier, new VerantwoordelijkeInformed { Date = Day, Verantwoordelijke = Verantwoordelijke });
        (await dossier.RecordAsync(Opdracht, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("opdracht.afwegen");
        await RecordAsync(dossier, new RuleKept { Date = Day, Rule = "opdracht.afwegen", Note = "Besproken en afgewogen." });
        await RecordAsync(dossier, Opdracht);
    }

    [Fact]
    public async Task Record_SignedDeviation_LetsItThroughAndStaysVisible()
    {
        await using var vault = await CreateAsync();
        using var dossier = await OpenAsync(vault);
        await RecordAsync(dossier, new VerantwoordelijkeInformed { Date = Day, Verantwoordelijke = Verantwoordelijke });
        await RecordAsync(dossier, Deviation("opdracht.afwegen", Verantwoordelijke));
        await RecordAsync(dossier, Opdracht);
        dossier.Duties().Single(duty => duty.Rule.Id == "opdracht.afwegen").State.ShouldBe(DutyState.Deviated);
    }

    [Theory]
    [InlineData("opdracht.afwegen", "fi", "'fi' is nu geen verantwoordelijke.")]
    [InlineData("opdracht.afwegen", "burgemeester", "'burgemeester' is in deze zaak niet bevoegd.")]
    [InlineData("opdracht.afwegen", "niemand", "'niemand' is nu geen verantwoordelijke.")]
    [InlineData("opdracht.afwege", "verantwoordelijke", "De regel 'opdracht.afwege' staat niet in dit protocol.")]
    public async Task Record_DeviationNobodyMaySignOrOfNoRule_IsRefused(string rule, string signatory, string what)
    {
        await using var vault = await CreateAsync();
        await vault.HireAsync("burgemeester", "de heer B. Zeggenwaard", StaffRole.Verantwoordelijke);
        using var dossier = await OpenAsync(vault);
        var refusal = (await dossier.RecordAsync(Deviation(rule, new PersonId(signatory)), default)).Refusals.ShouldHaveSingleItem();
        refusal.What.ShouldBe(what);
        if (rule == "opdracht.afwege") refusal.WhatNow.ShouldStartWith("Bedoelt u 'opdracht.afwegen'?");
    }

    [Fact]
    public async Task Record_RuleKeptThatIsNoRuleOrHoldsForAnother_IsRefused()
    {
        await using var vault = await CreateAsync();
        using var dossier = await OpenAsync(vault);
        (await dossier.RecordAsync(new RuleKept { Date = Day, Rule = "afsluiting.nazor", Note = "x" }, default)).Refusals.ShouldHaveSingleItem().WhatNow.ShouldStartWith("Bedoelt u 'afsluiting.nazorg'?");
        (await dossier.RecordAsync(new RuleKept { Date = Day, Rule = "opdracht.afwegen", Person = Betrokkene, Note = "x" }, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Deze regel geldt niet voor deze persoon.");
        (await dossier.RecordAsync(new RuleKept { Date = Day, Rule = "opdracht.afwegen" }, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Er staat niet bij hoe de regel is nageleefd.");
    }

    [Fact]
    public async Task Close_WithThingsLeft_IsRefusedWithTheWholeChecklistAndThenAllowed()
    {
        await using var vault = await CreateAsync();
        using var dossier = await OpenAsync(vault);
        var closing = new DossierClosed { Date = Day, Outcome = CaseOutcome.NoInquiry };
        var refusals = (await dossier.RecordAsync(closing, default)).Refusals;
        // No onderzoek began, so what belongs to an opdracht is not asked; flowers never are.
        refusals.Select(refusal => refusal.Subject).ShouldBe(["melding.verantwoordelijke", "aangifte", "afsluiting.nazorg"]);
        refusals[1].ToString().ShouldContain("omstandigheid-vastgesteld: strafbaarFeit (er is mogelijk een strafbaar feit)");
        refusals[2].What.ShouldBe("Dit staat nog open: nazorg (afsluiting.nazorg, voor betrokkene-1).");
        dossier.ClosingChecklist().Open.Select(refusal => refusal.Subject).ShouldBe(["melding.verantwoordelijke", "aangifte", "afsluiting.nazorg"]);

        await RecordAsync(dossier, new VerantwoordelijkeInformed { Date = Day, Verantwoordelijke = Verantwoordelijke });
        await RecordAsync(dossier, new FactEstablished { Date = Day, Fact = FactNames.StrafbaarFeit, Value = "nee", Note = "Besproken met de politie." });
        (await dossier.RecordAsync(closing, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("afsluiting.nazorg");
        await RecordAsync(dossier, new RuleKept { Date = Day, Rule = "afsluiting.nazorg", Person = Betrokkene, Note = "Niet nodig: de betrokkene weet van niets." });
        await RecordAsync(dossier, closing);
        dossier.State.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public async Task Close_FactThatHolds_AsksTheDuty()
    {
        await using var vault = await CreateAsync();
        using var dossier = await OpenAsync(vault);
        await RecordAsync(dossier, new FactEstablished { Date = Day, Fact = FactNames.StrafbaarFeit, Value = "ja", Note = "Er is geld weg." });
        (await dossier.RecordAsync(new DossierClosed { Date = Day, Outcome = CaseOutcome.NoInquiry }, default)).Refusals
            .ShouldContain(refusal => refusal.What == "Dit moet eerst: aangifte (aangifte).");
    }

    [Fact]
    public void Refuse_ARuleThatHoldsOnlySometimes_AsksAndTakesNoForAnAnswer()
    {
        var heerlen = ProtocolLibrary.Shipped.Find("heerlen", null)!;
        var duty = DossierKit.Protocols.Duties.Of([], heerlen, CaseFacts.None, []).Single(duty => duty.Rule.Id == "afsluiting.college");
        var refusal = DutyGate.Refuse(duty, heerlen);
        refusal.What.ShouldBe("Nog niet beantwoord of dit hier speelt: college of raad informeren (afsluiting.college).");
        refusal.Why.ShouldStartWith("Dat moet als het speelt, volgens Heerlen 2020 art. 11: ");
        refusal.WhatNow.ShouldBe("Leg vast: regel-nageleefd (regel=afsluiting.college) met in de toelichting wat is gedaan, of dat het hier niet speelt.");
    }

    [Theory]
    [InlineData("strafbaarFiet", "ja", "Het feit 'strafbaarFiet' bestaat niet.")]
    [InlineData("strafbaarFeit", "misschien", "Het feit 'strafbaarFeit' kent deze waarde niet.")]
    [InlineData("gegrond", "ja", "Het feit 'gegrond' legt u zo niet vast.")]
    public async Task Record_FactThatCannotBe_IsRefused(string fact, string value, string what)
    {
        await using var vault = await CreateAsync();
        using var dossier = await OpenAsync(vault);
        (await dossier.RecordAsync(new FactEstablished { Date = Day, Fact = fact, Value = value, Note = "x" }, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe(what);
    }

    [Fact]
    public async Task Checklist_AtTheEnd_SaysWhoHearsWhat()
    {
        await using var vault = await CreateAsync();
        using var dossier = await OpenAsync(vault);
        Hearings().ShouldBe("melder-1 - nog niet; betrokkene-1 Yes nog niet; voorzitter-or No nog niet");
        await RecordAsync(dossier, new PartiesInformed { Date = Day, To = [Betrokkene] });
        await RecordAsync(dossier, new OrInformed { Date = Day, Office = OrOffice.Chair, Domain = "dienstverlening" });
        // The melder is reached through the vertrouwenspersoon alone.
        await RecordAsync(dossier, new PersonAdded { Date = Day, Person = Entries.Person("vertrouwenspersoon-1", CaseRole.Vertrouwenspersoon, "Rietlander") with { Of = new PersonId("melder-1") } });
        await RecordAsync(dossier, new PartiesInformed { Date = Day.AddDays(1), To = [new PersonId("vertrouwenspersoon-1")] });
        Hearings().ShouldBe("melder-1 - 3-3; betrokkene-1 Yes 2-3; voorzitter-or No 2-3");

        string Hearings() => string.Join("; ", dossier.ClosingChecklist().Hearings.Select(hearing =>
            FormattableString.Invariant($"{hearing.Person?.Value ?? hearing.Role} {hearing.Answer?.ToString() ?? "-"} {(hearing.InformedOn is { } day ? $"{day.Day}-{day.Month}" : "nog niet")}")));
    }

    [Fact]
    public async Task Checklist_OfSomebodyWhoMayNotKnowTheEnd_ShowsNothingOfItAsOpen()
    {
        await using var vault = await CreateAsync();
        await vault.HireAsync("onderzoeker", "de heer G. Griendhorster", StaffRole.OnderzoekerIntern);
        using (var fi = await OpenAsync(vault))
        {
            await RecordAsync(fi, new PersonAdded { Date = Day, Person = Entries.Person("onderzoeker-1", CaseRole.Onderzoeker, "Griendhorster", "onderzoeker") });
            await RecordAsync(fi, new OnderzoekerAppointed { Date = Day, Onderzoeker = new PersonId("onderzoeker-1") });
        }

        using var dossier = await vault.OpenAsync("onderzoeker", new DossierNumber("WL-2026-0050"));
        var duties = dossier.Duties();
        duties.ShouldContain(duty => duty.Rule.Id == "melding.verantwoordelijke" && duty.State == DutyState.Open);
        duties.ShouldNotContain(duty => duty.Rule.Id == "afsluiting.nazorg");
        dossier.ClosingChecklist().Hearings.ShouldNotContain(hearing => hearing.Role == "melder");
    }

    [Fact]
    public async Task Switch_Signed_TheCaseFollowsTheOtherProtocolForEverybody()
    {
        await using var vault = await CreateAsync();
        var directeur = await vault.HireAsync("directeur", "mevrouw W. Oeverzegge", StaffRole.Directeur);
        using var dossier = await OpenAsync(vault);
        (await dossier.SwitchProtocolAsync(new("waterlanden", null), "De melding valt onder het nieuwe protocol.", new PersonId("fi"), Day, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("'fi' is nu geen verantwoordelijke.");
        (await dossier.SwitchProtocolAsync(new("waterlande", null), "x", Verantwoordelijke, Day, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("naar");
        (await dossier.SwitchProtocolAsync(new("streng", "1"), "x", Verantwoordelijke, Day, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Dit dossier volgt dat protocol al.");
        dossier.Protocol.Id.ShouldBe("streng");

        await RecordAsync(dossier, new OpdrachtSubmitted { Date = Day, To = [directeur.Id] });
        (await dossier.SwitchProtocolAsync(new("waterlanden", null), "De melding valt onder het nieuwe protocol.", Verantwoordelijke, Day, default)).Refusals.ShouldBeEmpty();
        dossier.Protocol.ToString().ShouldContain("(waterlanden 2025)");
        var switched = dossier.State.All<ProtocolSwitched>().ShouldHaveSingleItem();
        $"{switched.From} {switched.FromVersion} -> {switched.To} {switched.ToVersion}".ShouldBe("streng 1 -> waterlanden 2025");
        dossier.Duties().ShouldNotContain(duty => duty.Rule.Id == "opdracht.afwegen");

        // Whoever may read only part of the case is judged by the same protocol.
        using var elsewhere = await vault.OpenElsewhereAsync();
        using var seen = (await elsewhere.OpenAsync(dossier.Number, vault.As("directeur", elsewhere), "kijken", default)).ShouldNotBeNull();
        seen.Protocol.Id.ShouldBe("waterlanden");
        seen.State.ProtocolVersion.ShouldBe("2025");
    }

    [Fact]
    public async Task Assemble_BeforeWhatMustComeFirst_IsRefusedUntilItIsDoneAndADraftSaysSo()
    {
        await using var vault = await RegisterFixture.CreateAsync();
        await InstallAsync(vault, OverWaterlanden);
        using var dossier = await vault.OpenAsync("fi", await vault.ImportAsync(SampleCase.Complete));
        (await dossier.SwitchProtocolAsync(new("waterlanden-eerst", "1"), "Proef met een strengere regel.", Verantwoordelijke, Day, default)).Refusals.ShouldBeEmpty();

        var refusal = (await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", new AssemblyRequest { Checked = true }, default)).Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe("kennisgeving.eerst-bellen");
        refusal.Why.ShouldContain("Waterlanden art. 99.1");
        var draft = await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", new AssemblyRequest { Concept = true }, default);
        draft.Value.Remarks.ShouldContain(remark => remark.Contains("Waterlanden art. 99.1", StringComparison.Ordinal));

        await RecordAsync(dossier, new RuleKept { Date = Day, Rule = "kennisgeving.eerst-bellen", Person = Betrokkene, Note = "Gebeld op 2 maart." });
        (await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", new AssemblyRequest { Checked = true }, default)).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_OfAPastThatKeptNoRule_IsNeverRefusedAndShowsThemOpen()
    {
        await using var vault = await CreateAsync();
        using var folder = new Vault.Store.TempFolder();
        var json = File.ReadAllText(RepositoryFiles.Sample(SampleCase.Complete, "dossier.json"));
        var described = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
        described["protocol"] = new System.Text.Json.Nodes.JsonObject { ["id"] = "streng", ["versie"] = "1" };
        described["nummer"] = "WL-2026-0060";
        described.Remove("bestanden");
        var kept = described["gebeurtenissen"]!.AsArray().Where(happening => happening!["soort"]!.GetValue<string>() is "melding-ontvangen" or "opdracht-verstrekt").Select(happening => happening!.DeepClone()).ToArray();
        described["gebeurtenissen"] = new System.Text.Json.Nodes.JsonArray(kept);
        described.Remove("antwoorden");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, DossierImport.FileName), described.ToJsonString());

        var read = await DossierImport.ReadAsync(folder.Path, vault.Register.Protocols.Library, new DateOnly(2026, 11, 21), default);
        read.Refusals.ShouldBeEmpty();
        (await vault.Register.ImportAsync(vault.As("fi"), read.Value, null, default)).Refusals.ShouldBeEmpty();
        using var dossier = await vault.OpenAsync("fi", new DossierNumber("WL-2026-0060"));
        dossier.Duties().Where(duty => duty.IsUnsettled).Select(duty => duty.Rule.Id).ShouldContain("opdracht.afwegen");
    }

    [Fact]
    public async Task Import_DeviationOfNoRule_IsASlipOfThePen()
    {
        using var folder = new Vault.Store.TempFolder();
        const string Json = """
            {
              "nummer": "WL-2026-0061", "protocol": { "id": "waterlanden", "versie": "2025" }, "personen": [],
              "gebeurtenissen": [
                { "soort": "protocol-afgeweken", "datum": "2026-03-02", "regel": "kennisgeving.raadsma", "motivering": "m", "verantwoordelijke": "verantwoordelijke" },
                { "soort": "protocol-gewisseld", "datum": "2026-03-02", "naar": "atlantis", "naarVersie": "1", "motivering": "m", "verantwoordelijke": "verantwoordelijke" }
              ]
            }
            """;
        await File.WriteAllTextAsync(Path.Combine(folder.Path, DossierImport.FileName), Json);
        var refusals = (await DossierImport.ReadAsync(folder.Path, ProtocolLibrary.Shipped, new DateOnly(2026, 11, 21), default)).Refusals;
        refusals.Select(refusal => refusal.Subject).ShouldBe(["regel", "naar"]);
        refusals[0].WhatNow.ShouldStartWith("Bedoelt u 'kennisgeving.raadsman'?");
        refusals[0].Why.ShouldContain("$.gebeurtenissen[0]");
    }

    private const string OverWaterlanden = """
        {
          "id": "waterlanden-eerst", "versie": "1", "gemeente": "Waterlanden", "titel": "Waterlanden met een regel erbij", "vanaf": "2025-01-01",
          "bovenop": { "id": "waterlanden", "versie": "2025" },
          "bronnen": [{ "id": "X", "titel": "Verzonnen regeling" }],
          "regels": [
            { "id": "kennisgeving.eerst-bellen", "artikel": "Waterlanden art. 99.1", "titel": "Eerst bellen", "tekst": "Bel eerst.", "wie": "functionaris-integriteit",
              "kracht": "moet", "fase": "onderzoek", "rollen": ["betrokkene"], "voor": ["kennisgeving-gedaan"], "eigenKeuze": "Zo." }
          ]
        }
        """;

    private static OpdrachtGiven Opdracht => new() { Date = Day, Opdrachtgever = Verantwoordelijke, Betrokkenen = [Betrokkene] };

    private static ProtocolDeviated Deviation(string rule, PersonId signedBy) => new() { Date = Day, Rule = rule, Reasons = "Zwaarwegend belang.", SignedBy = signedBy };

    private static async Task<RegisterFixture> CreateAsync()
    {
        var vault = await RegisterFixture.CreateAsync();
        await InstallAsync(vault, Strict);
        return vault;
    }

    private static async Task InstallAsync(RegisterFixture vault, string protocol)
        => (await vault.Register.Protocols.InstallAsync(vault.As("fi"), "eigen.json", Encoding.UTF8.GetBytes(protocol), default)).Refusals.ShouldBeEmpty();

    /// <summary>A case under the strict protocol with a confidential melder and a betrokkene, opened by the FI.</summary>
    private static async Task<OpenDossier> OpenAsync(RegisterFixture vault)
    {
        var number = new DossierNumber("WL-2026-0050");
        (await vault.Register.CreateAsync(vault.As("fi"), number, new ProtocolReference("streng", "1"), Day, default)).Refusals.ShouldBeEmpty();
        var dossier = await vault.OpenAsync("fi", number);
        await RecordAsync(dossier, new PersonAdded { Date = Day, Person = Entries.Person("melder-1", CaseRole.Melder, "Kwelderhof") });
        await RecordAsync(dossier, new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") with { Position = Position.Medewerker } });
        return dossier;
    }

    private static async Task RecordAsync(OpenDossier dossier, DossierEvent happening) => (await dossier.RecordAsync(happening, default)).Refusals.ShouldBeEmpty(happening.Name);
}
