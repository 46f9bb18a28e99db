using DossierKit.Documents;
using DossierKit.Dossiers;

namespace DossierKit.Tests.Documents;

/// <summary>With several betrokkenen each has an opdracht of its own, of another office and with other questions.</summary>
public class OpdrachtOfBetrokkeneTests
{
    [Theory]
    [InlineData("betrokkene-1", "burgemeester", "familielid")]
    [InlineData("betrokkene-2", "gemeentesecretaris", "taxatierapport")]
    public async Task Prepare_SeveralOpdrachten_LetterTellsThatOfItsBetrokkene(string about, string office, string conduct)
    {
        var sample = await SampleCase.ReadAsync("bouwkavel-noorderplas");
        sample = sample.Changing<OpdrachtGiven>(given => given with { Opdrachtgever = null, Office = given.Betrokkenen[0].Value == "betrokkene-1" ? "burgemeester" : "gemeentesecretaris" });
        var prepared = sample.Prepare("kennisgeving", new AssemblyRequest { Concept = true, Betrokkene = new PersonId(about) });
        prepared.Refusals.ShouldBeEmpty();
        (prepared.Value.Data.Find("onderzoek.opdrachtgever")?.Raw as string).ShouldBe(office);
        (prepared.Value.Data.Find("onderzoek.gedraging")?.Raw as string).ShouldNotBeNull().ShouldContain(conduct);
    }

    [Fact]
    public async Task Prepare_AboutOneBetrokkeneToAnother_IsRefused()
    {
        var sample = await SampleCase.ReadAsync("bouwkavel-noorderplas");
        var request = new AssemblyRequest { Concept = true, Betrokkene = new PersonId("betrokkene-1"), Addressee = "betrokkene", AddresseePerson = new PersonId("betrokkene-2") };
        sample.Prepare("kennisgeving", request).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("betrokkene-2");
    }

    // An answer for the gesprek was shared by whoever the verslag was made for.
    // A betrokkene could so be handed what a getuige had said.
    // A verslag is for the one who was heard.
    [Fact]
    public async Task Prepare_VerslagOfAnothersGesprek_IsRefused()
    {
        var sample = await SampleCase.ReadAsync("bouwkavel-noorderplas");
        var request = new AssemblyRequest
        {
            Concept = true,
            Conversation = "gesprek-1",
            Addressee = "betrokkene",
            AddresseePerson = new PersonId("betrokkene-2"),
            Answers = DocumentAnswers.None.With("gespreksverslag.weergave@gesprek-1", "Wat een ander zei."),
        };
        sample.Prepare("gespreksverslag", request).Refusals.ShouldHaveSingleItem().Why.ShouldContain("zijn eigen verslag");
        sample.Prepare("gespreksverslag", new AssemblyRequest { Concept = true, Conversation = "gesprek-1" }).Refusals.ShouldBeEmpty();
    }
}
