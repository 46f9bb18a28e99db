using System.Globalization;
using System.Text;
using DossierKit.Documents;
using DossierKit.Dossiers;

namespace DossierKit.Tests.Documents;

public class ProjectionTests
{
    public static TheoryData<string> Addressees => [.. AddresseeKind.All.Select(kind => kind.Id)];

    [Theory]
    [MemberData(nameof(Addressees))]
    public async Task For_AnyAddressee_KnowsNoMelderButHimself(string addressee)
    {
        // Law: whoever reads, the data a template could show hold nothing of the melder, except for the melder.
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        var kind = AddresseeKind.Find(addressee)!;
        var person = sample.State.Persons.FirstOrDefault(person => person.Role.ToString().Equals(addressee, StringComparison.OrdinalIgnoreCase));
        var projected = Projection.For(sample.Source, new Addressee(kind, person?.Id), sample.State.Betrokkenen[0], "kennisgeving", DocumentAnswers.None);
        var everything = Encoding.UTF8.GetString(CanonicalData.Write(projected.Data));
        everything.Contains("Kwelderhof", StringComparison.Ordinal).ShouldBe(addressee == "melder");

        // The vertrouwenspersoon is the only address of this melder, so the home address is in nobody's data.
        everything.ShouldNotContain("Wierdijkje");
        everything.ShouldNotContain("9992 KL");
        everything.Contains("Waterdrieblad", StringComparison.Ordinal).ShouldBe(addressee is "melder" or "vertrouwenspersoon");
        projected.Withheld.Contains("melder.naam").ShouldBe(addressee != "melder");
    }

    [Theory]
    [InlineData("getuige", "onderzoek.gedraging")]
    [InlineData("melder", "ordemaatregelen")]
    [InlineData("voorzitter-or", "onderzoekers")]
    [InlineData("directeurenteam", "onderzoek.gedraging")]
    [InlineData("betrokkene", "onderzoek.vragen")]
    public async Task For_Addressee_LacksWhatHeMayNotKnow(string addressee, string path)
    {
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        var projected = Projection.For(sample.Source, new Addressee(AddresseeKind.Find(addressee)!, null), sample.State.Betrokkenen[0], "kennisgeving", DocumentAnswers.None);
        projected.Find(path).ShouldBeNull();
        var fi = Projection.For(sample.Source, new Addressee(AddresseeKind.Find("functionaris-integriteit")!, null), sample.State.Betrokkenen[0], "kennisgeving", DocumentAnswers.None);
        fi.Find(path).ShouldNotBeNull();
    }

    [Fact]
    public async Task Make_TemplateThatAsksForTheMelder_IsRefused()
    {
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).WithTemplate(xml => xml.Replace("Hoogachtend,", "Gemeld door {{melder.naam}}", StringComparison.Ordinal));
        var refusal = sample.Make().Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe("melder.naam");
        refusal.WhatNow.ShouldContain("mag dit niet weten");
        SampleCase.Text(sample.Make(new AssemblyRequest { Concept = true }).Value.Bytes).ShouldNotContain("Kwelderhof");
    }

    [Fact]
    public async Task Make_FieldOfTheMunicipalitysOwn_IsAskedAndFilled()
    {
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).WithTemplate(xml => xml.Replace("Hoogachtend,", "Loket: {{eigen.loket}}", StringComparison.Ordinal));
        sample.Make().Refusals.ShouldHaveSingleItem().Subject.ShouldBe("eigen.loket");
        DocumentQuestions.Of(sample.Prepare()).ShouldContain(question => question.Path == "eigen.loket" && question.IsOpen);
        SampleCase.Text(sample.Make(SampleCase.Answering(("eigen.loket", "Kamer 3"))).Value.Bytes).ShouldContain("Loket: Kamer 3");
    }

    [Fact]
    public async Task Make_WithoutDate_AsksOnceThoughItStandsInTextAndHeader()
    {
        var refusal = (await SampleCase.ReadAsync(SampleCase.Complete)).Changing<AnswersRecorded>(recorded => recorded with
        {
            Answers = recorded.Answers.Where(answer => answer.Key != "brief.datum").ToDictionary(),
        }).Make().Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe("brief.datum");
        refusal.WhatNow.ShouldContain("Welke datum komt op de brief?");
    }

    [Fact]
    public async Task For_Origins_SayWhereEachFieldCameFrom()
    {
        var origins = (await SampleCase.ReadAsync(SampleCase.Complete)).Prepare().Data.Origins.ToDictionary(origin => origin.Path);
        origins["geadresseerde.naam"].ShouldBe(new FieldOrigin("geadresseerde.naam", FieldSource.Person, "betrokkene-1"));
        origins["onderzoek.opdrachtdatum"].ShouldBe(new FieldOrigin("onderzoek.opdrachtdatum", FieldSource.Event, "opdracht-verstrekt"));
        origins["contact.telefoon"].ShouldBe(new FieldOrigin("contact.telefoon", FieldSource.Answer, "contact.telefoon"));
        origins["kennisgeving.gedraging"].ShouldBe(new FieldOrigin("kennisgeving.gedraging", FieldSource.Event, "opdracht-verstrekt"));
    }

    [Fact]
    public async Task Make_SeveralBetrokkenen_NeverMixesThem()
    {
        // Story: two betrokkenen in one case; the conduct typed for the first stood in the letter of the second.
        var second = new CasePerson
        {
            Id = new PersonId("betrokkene-2"),
            Role = CaseRole.Betrokkene,
            Salutation = "mevrouw",
            Initials = "E.",
            Surname = "Zeggewoude",
            Position = Position.Medewerker,
            Address = new PostalAddress { Street = "Biezenpad 4", PostalCode = "9994 BP", Town = "Waterlanden" },
        };
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).With(new PersonAdded { Date = new DateOnly(2026, 2, 19), Person = second })
            .Changing<OpdrachtGiven>(given => given with { Betrokkenen = [new PersonId("betrokkene-1"), second.Id] });
        sample.Make().Refusals.ShouldHaveSingleItem().WhatNow.ShouldContain("betrokkene-1, betrokkene-2");

        var answers = SampleCase.Answering(
            ("kennisgeving.gedraging", "Voor niemand in het bijzonder."), ("kennisgeving.gedraging@betrokkene-1", "Over de eerste."), ("kennisgeving.gedraging@betrokkene-2", "Over de tweede."),
            ("kennisgeving.ordemaatregel@betrokkene-2", "nee"), ("kennisgeving.vervolg@betrokkene-1", "U hoort van ons."), ("kennisgeving.vervolg@betrokkene-2", "U hoort van ons."),
            ("kennisgeving.uitstel@betrokkene-1", "Dat was nodig."));
        var made = sample.Make(answers with { Betrokkene = second.Id });
        made.Refusals.ShouldBeEmpty();
        made.Value.FileName.ShouldBe("WL-2026-0001-kennisgeving-2.docx");
        var text = SampleCase.Text(made.Value.Bytes);
        text.ShouldContain("Over de tweede.");
        text.ShouldContain("Geachte mevrouw Zeggewoude,");
        text.ShouldNotContain("Over de eerste.");
        text.ShouldNotContain("in het bijzonder");
        text.ShouldNotContain("Schelpenwaard");
        text.ShouldNotContain("Geen toegang tot systemen", Case.Sensitive, "the measure is the other's");
        ProtectedNames.Check(sample.State, second, [], DocumentRendering.TextsOf(made.Value), mayKnowMelder: true).Findings.ShouldBeEmpty();

        var unanswered = sample.Make(SampleCase.Answering(("kennisgeving.gedraging", "Voor niemand in het bijzonder.")) with { Betrokkene = second.Id });
        unanswered.Refusals.ShouldContain(refusal => refusal.Subject == "kennisgeving.gedraging");
    }

    [Fact]
    public async Task Make_WithGemachtigde_GoesToHisAddress()
    {
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).With(new PersonAdded
        {
            Date = new DateOnly(2026, 3, 7),
            Person = new CasePerson
            {
                Id = new PersonId("gemachtigde-1"),
                Role = CaseRole.Gemachtigde,
                Salutation = "mevrouw",
                Initials = "P.",
                Surname = "Krabbescheer",
                Of = new PersonId("betrokkene-1"),
                Address = new PostalAddress { Street = "Pleitweg 1", PostalCode = "9995 ZZ", Town = "Waterlanden" },
            },
        });
        var text = SampleCase.Text(sample.Make().Value.Bytes);
        text.ShouldContain("De heer J. van Schelpenwaard\np/a mevrouw P. Krabbescheer\nPleitweg 1\n9995 ZZ  Waterlanden");
        text.ShouldNotContain("Rietkraag");
    }

    [Theory]
    [InlineData("de heer", "van der", "Meer", "Geachte heer Van der Meer", "De heer J. van der Meer")]
    [InlineData("mw.", null, "Meer", "Geachte mevrouw Meer", "Mevrouw J. Meer")]
    [InlineData(null, "van", "Meer", "Geachte J. van Meer", "J. van Meer")]
    [InlineData("de heer", "'t", "Veen", "Geachte heer 't Veen", "De heer J. 't Veen")]
    [InlineData("mevrouw", "op 't", "Veen", "Geachte mevrouw Op 't Veen", "Mevrouw J. op 't Veen")]
    public void PersonNames_DutchCustom_IsFollowed(string? salutation, string? prefix, string surname, string greeting, string envelope)
    {
        var person = new CasePerson { Id = new PersonId("p"), Role = CaseRole.Betrokkene, Salutation = salutation, Initials = "J.", Prefix = prefix, Surname = surname };
        PersonNames.Salutation(person).ShouldBe(greeting);
        PersonNames.OnEnvelope(person).ShouldBe(envelope);
    }

    [Fact]
    public async Task Questions_OfTheIncompleteSample_AreWhatRefuses()
    {
        var sample = await SampleCase.ReadAsync(SampleCase.Incomplete);
        var open = DocumentQuestions.Of(sample.Prepare()).Where(question => question.IsOpen).ToList();
        open.Select(question => question.Path).ShouldBe(sample.Make().Refusals.Select(refusal => refusal.Subject), ignoreOrder: true);
        open.ShouldAllBe(question => question.Article != null && question.Question.EndsWith('?'));
        DocumentQuestions.Of((await SampleCase.ReadAsync(SampleCase.Complete)).Prepare()).ShouldNotContain(question => question.IsOpen);
    }

    [Fact]
    public async Task Questions_AnsweredFields_ShowWhatIsKnown()
    {
        var questions = DocumentQuestions.Of((await SampleCase.ReadAsync(SampleCase.Complete)).Prepare()).ToDictionary(question => question.Path);
        questions["brief.datum"].Current.ShouldBe("2026-03-09");
        questions["kennisgeving.wie-geinformeerd"].Current.ShouldBe("de gemeentesecretaris\nde functionaris integriteit\nuw leidinggevende");
        questions["kennisgeving.geen-contact"].Current.ShouldBe("ja");
    }

    [Fact]
    public void Answers_BadJson_SaysWhere()
    {
        DocumentAnswers.Read("{ \"a\": \"b\" \n \"c\": 1 }"u8.ToArray(), "antwoorden.json").Refusals.ShouldHaveSingleItem().Why.ShouldContain("regel 2");
        DocumentAnswers.Read("[1]"u8.ToArray(), "antwoorden.json").Refusals.ShouldHaveSingleItem();
        DocumentAnswers.Read("{ \"a\": {}, \"b\": \"x\", \"B\": \"y\" }"u8.ToArray(), "antwoorden.json").Refusals.Count.ShouldBe(2);
        DocumentAnswers.Read("{ \"a\": \"x\\ud800\", \"b\": [\"\\udc00\"], \"\\ud800\": 1 }"u8.ToArray(), "antwoorden.json").Refusals.Count.ShouldBe(3);
        DocumentAnswers.Read("\uFEFF{ \"a\": \"b\" }"u8.ToArray(), "antwoorden.json").Value.Find("a").ShouldBe("b", "Notepad writes a byte order mark.");
        var good = DocumentAnswers.Read("{ \"a\": true, \"b\": [\"x\", \"y\"], \"c\": null, \"d\": 12 }"u8.ToArray(), "antwoorden.json").Value;
        good.All.ShouldBe(new Dictionary<string, string> { ["a"] = "ja", ["b"] = "x\ny", ["d"] = "12" });
    }
}

/// <summary>Alone, because it changes the time zone and the culture of the whole process.</summary>
[CollectionDefinition(nameof(PlaceAndTime), DisableParallelization = true)]
public class PlaceAndTime;

[Collection(nameof(PlaceAndTime))]
public class DeterminismTests
{
    [Theory]
    [InlineData("tr-TR", "Pacific/Kiritimati")]
    [InlineData("ar-SA", "America/Anchorage")]
    [InlineData("", "Asia/Kathmandu")]
    public async Task Make_InAnotherPlace_GivesTheSameBytes(string culture, string zone)
    {
        var here = (await SampleCase.ReadAsync(SampleCase.Complete)).Make().Value;
        var (oldCulture, oldZone) = (CultureInfo.CurrentCulture, Environment.GetEnvironmentVariable("TZ"));
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
            TimeZoneInfo.Local.Id.ShouldBe(zone);
            var there = (await SampleCase.ReadAsync(SampleCase.Complete)).Make().Value;
            there.Bytes.Span.SequenceEqual(here.Bytes.Span).ShouldBeTrue();
            there.FileName.ShouldBe(here.FileName);
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = oldCulture;
            Environment.SetEnvironmentVariable("TZ", oldZone);
            TimeZoneInfo.ClearCachedData();
        }
    }
}
