using System.Text;
using System.Text.Json;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Dossiers;

public sealed class EventTests
{
    [Fact]
    public void Table_AgainstTheNamesOfProtocols_HasEveryNameOnce()
    {
        EventKind.All.Select(kind => kind.Name).Order().ShouldBe(EventNames.All.Order());
        var records = typeof(DossierEvent).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(DossierEvent)) && !type.IsAbstract);
        EventKind.All.Select(kind => kind.Type.Name).Order().ShouldBe(records.Select(type => type.Name).Order());
    }

    [Fact]
    public void Fields_OfEveryKind_HaveADutchNameAndSayWhatToFillIn()
    {
        foreach (var kind in EventKind.All.Where(kind => !kind.IsWrittenByRegister))
        {
            kind.Fields.ShouldContain(field => field.Name == "datum" && field.IsRequired);
            foreach (var field in kind.Fields)
            {
                field.Description.ShouldNotBe(field.Name, $"{kind.Name}.{field.Name} says nothing");
                char.IsLower(field.Name[0]).ShouldBeTrue($"{kind.Name}.{field.Name}");
                field.Name.ShouldNotBeOneOf("soort", "Compartment", "Subject", "Subjects", "About");
            }
        }
    }

    [Fact]
    public void Write_AnEvent_HoldsItsFieldsAndNothingElse()
    {
        var happening = new VerslagSent { Date = new DateOnly(2026, 3, 2), Conversation = "gesprek-1", With = new PersonId("getuige-1"), Delivery = Delivery.Registered };
        Encoding.UTF8.GetString(EventJson.Write(happening)).ShouldBe(
            """{"soort":"verslag-verzonden","datum":"2026-03-02","wijze":"aangetekend","gesprek":"gesprek-1","met":"getuige-1"}""");
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSameForEveryKind()
    {
        foreach (var kind in EventKind.All)
        {
            var happening = Sample(kind);
            var bytes = EventJson.Write(happening);
            var back = EventJson.Read(kind, bytes);
            back.GetType().ShouldBe(kind.Type);
            EventJson.Write(back).ShouldBe(bytes, kind.Name);
        }
    }

    [Fact]
    public void Read_AnUnknownField_Throws()
        => Should.Throw<JsonException>(() => EventJson.Read(EventKind.Find("intake-gehouden")!, """{"soort":"intake-gehouden","datum":"2026-03-02","met":"melder-1","geheim":"x"}"""u8));

    [Fact]
    public void FromJson_WithEveryKindOfMistake_TellsAllWithLineAndPathAndNoValue()
    {
        var json = """
            {
              "soort": "ordemaatregel-opgelegd",
              "datum": "2026-02-30",
              "betrokkene": "Kwelderhof!",
              "maatregel": "schorsen",
              "redn": "x",
              "gehoord": "ja",
              "gehoord": true
            }
            """;
        var refusals = EventInput.FromJson(Encoding.UTF8.GetBytes(json), "velden.json").Refusals;
        refusals.Select(refusal => refusal.Why).ShouldBe(
            [
                "velden.json, regel 8, $.gehoord.",
                "velden.json, regel 3, $.datum.",
                "velden.json, regel 4, $.betrokkene.",
                "velden.json, regel 5, $.maatregel.",
                "velden.json, regel 6, $.redn.",
                "velden.json, regel 7, $.gehoord.",
                "velden.json, regel 1, $.",
            ],
            ignoreOrder: true);
        refusals.ShouldContain(refusal => refusal.WhatNow == "Bedoelt u 'reden'?");
        refusals.ShouldContain(refusal => refusal.WhatNow == "Bedoelt u 'schorsing'?");
        refusals.ShouldContain(refusal => refusal.What == "Het veld 'reden' ontbreekt.");
        string.Join(' ', refusals).ShouldNotContain("Kwelderhof");
    }

    [Theory]
    [InlineData("{ \"soort\": \"intake-gehouden\" ", "regel 1")]
    [InlineData("{\n\"soort\": \"intake-gehouden\",,\n}", "regel 2")]
    [InlineData("", "regel 1")]
    [InlineData("{} {}", "regel 1")]
    public void FromJson_NoJson_SaysWhere(string json, string where)
        => EventInput.FromJson(Encoding.UTF8.GetBytes(json), "v.json").Refusals.ShouldHaveSingleItem().Why.ShouldContain(where);

    [Fact]
    public void FromJson_BytesThatAreNoText_AreRefused()
        => EventInput.FromJson([(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}'], "v.json").IsDone.ShouldBeFalse();

    [Fact]
    public void FromJson_WhoRecordedIt_IsNotForPeopleToSay()
        => EventInput.FromJson("""{"soort":"kennisgeving-gedaan","datum":"2026-03-02","betrokkene":"betrokkene-1","vastgelegdDoor":"fi"}"""u8, "v.json")
            .Refusals.ShouldHaveSingleItem().What.ShouldBe("Het veld 'vastgelegdDoor' bestaat hier niet.");

    [Theory]
    [InlineData("dossier-aangemaakt")]
    [InlineData("bestand-toegevoegd")]
    [InlineData("stuk-opgemaakt")]
    [InlineData("meldingontvangen")]
    public void FromFields_ANameNobodyRecords_IsRefused(string name) => EventInput.FromFields(name, [new("datum", "2026-03-02")]).IsDone.ShouldBeFalse();

    [Fact]
    public void FromFields_ListsPartsAndYesAndNo_BecomeTheEvent()
    {
        var opdracht = EventInput.FromFields("opdracht-verstrekt",
        [
            new("datum", "2026-03-02"), new("opdrachtgever", "verantwoordelijke"), new("betrokkenen", "betrokkene-1"), new("betrokkenen", "betrokkene-2"),
            new("onderzoeksvragen", "Wat gebeurde er?"), new("methoden", "interviews"), new("extern", "ja"),
        ]).Value.ShouldBeOfType<OpdrachtGiven>();
        opdracht.Betrokkenen.ShouldBe([new PersonId("betrokkene-1"), new PersonId("betrokkene-2")]);
        opdracht.IsExternal.ShouldBeTrue();
        opdracht.Methods.ShouldBe([InquiryMethod.Interviews]);

        var person = EventInput.FromFields("persoon-toegevoegd",
            [new("datum", "2026-03-02"), new("persoon.id", "getuige-1"), new("persoon.rol", "getuige"), new("persoon.achternaam", "Lis"), new("persoon.adres.plaats", "Waterlanden")]);
        person.Refusals.Select(refusal => refusal.What).ShouldBe(["Het veld 'straat' ontbreekt.", "Het veld 'postcode' ontbreekt."], ignoreOrder: true);

        EventInput.FromFields("antwoorden-vastgelegd", [new("datum", "2026-03-02"), new("stuk", "kennisgeving"), new("antwoorden.kennisgeving.gedraging", "tekst")])
            .Value.ShouldBeOfType<AnswersRecorded>().Answers["kennisgeving.gedraging"].ShouldBe("tekst");
    }

    [Fact]
    public void FromJson_WithoutSoortButWithName_IsThatEvent()
        => EventInput.FromJson("""{"datum":"2026-03-02","betrokkene":"betrokkene-1"}"""u8, "v.json", "kennisgeving-gedaan").Value.ShouldBeOfType<KennisgevingGiven>();

    /// <summary>An event of a kind with every field filled.</summary>
    private static DossierEvent Sample(EventKind kind)
    {
        var json = new System.Text.Json.Nodes.JsonObject();
        foreach (var property in EventJson.TypeInfoOf(kind.Type).Properties.Where(property => property.Set is not null)) json[property.Name] = Value(property.PropertyType);
        return EventJson.Read(kind, Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static System.Text.Json.Nodes.JsonNode? Value(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "tekst";
        if (type == typeof(bool)) return true;
        if (type == typeof(int) || type == typeof(long)) return 3;
        if (type == typeof(DateOnly)) return "2026-03-02";
        if (type == typeof(TimeOnly)) return "14:05";
        if (type == typeof(PersonId)) return "iemand-1";
        if (type == typeof(FileId) || type == typeof(DossierKit.Vault.OpaqueId)) return new string('a', 32);
        if (type == typeof(Compartment)) return "onderzoek";
        if (type == typeof(DossierNumber)) return "WL-2026-0001";
        if (type.IsEnum) return JsonShape.WordsOf(type)[^1];
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return new System.Text.Json.Nodes.JsonArray(Value(type.GetGenericArguments()[0]));
        if (type.IsGenericType) return new System.Text.Json.Nodes.JsonObject { ["a"] = "b" };
        var part = new System.Text.Json.Nodes.JsonObject();
        foreach (var property in EventJson.Options.GetTypeInfo(type).Properties.Where(property => property.Set is not null)) part[property.Name] = Value(property.PropertyType);
        return part;
    }
}
