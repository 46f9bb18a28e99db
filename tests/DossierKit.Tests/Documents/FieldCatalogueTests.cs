using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Documents;

/// <summary>The catalogue of fields holds together: no name means two things, and what it promises of elements is so.</summary>
public class FieldCatalogueTests
{
    [Fact]
    public void Fields_NoPath_IsAlsoAnElement()
    {
        // Story: the field wederhoor.reactie was also an element. The reader might not know the field, so the passage with the same name,
        // which tells him how to respond, was left out of his letter without a word.
        var elements = ProtocolLibrary.Shipped.All.SelectMany(protocol => protocol.Documents).SelectMany(document => document.Elements).Select(element => element.Id);
        LetterField.All.Select(field => field.Path).Intersect(elements, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty();
    }

    [Fact]
    public void Sources_EveryField_IsInTheCatalogue()
        => ElementSource.All.SelectMany(source => source.Fields).Where(path => LetterField.Find(path) is null).ShouldBeEmpty();

    [Fact]
    public void Traits_EveryKind_HasAReader()
        => DocumentKinds.All.ShouldAllBe(kind => DocumentTraits.Of(kind).Kind == kind && AddresseeKind.Find(DocumentTraits.Of(kind).Reader) != null);

    [Fact]
    public void Compartments_WhatIsJudged_LiesWhereOnderzoekersDoNotRead()
    {
        foreach (var kind in new[] { "beslisdocument", "strafbesluit", "tenlastelegging", "zienswijze", "verantwoordingsverslag", "afsluitbericht", "registratieformulier" })
            DossierDocument.CompartmentOf(kind).ShouldBe(Compartment.Besluit, kind);
        foreach (var kind in new[] { "gespreksverslag", "wederhoor", "feitenrapportage", "bijlagenlijst", "kennisgeving" }) DossierDocument.CompartmentOf(kind).ShouldBe(Compartment.Onderzoek, kind);
    }

    [Theory]
    [InlineData("Vraag: Wat zag u?\nAntwoord: Een bon.", "Wat zag u?|", "|Een bon.")]
    [InlineData("V: Wat zag u?\n\nA: Een bon.", "Wat zag u?|", "|Een bon.")]
    public void Transcript_QuestionsAndAnswers_AreToldApart(string text, string first, string second)
    {
        var items = Transcript.Read(text).Items.Select(item => $"{item.Fields["vraag"].Raw}|{item.Fields["antwoord"].Raw}").ToList();
        items.ShouldBe([first, second]);
    }

    [Fact]
    public void Transcript_EveryWord_StaysInIt()
    {
        // Law: nothing of what was said gets lost, whatever marks stand before it.
        const string Text = "Inleiding.\nV:\nA: Ja\nVraag:  En toen?\nAchteraf: niets.\na: nee\n  - streepje";
        var shown = string.Join(' ', Transcript.Read(Text).Items.SelectMany(item => item.Fields.Values).Select(value => value.Raw as string));
        foreach (var word in new[] { "Inleiding.", "V:", "Ja", "En toen?", "Achteraf: niets.", "nee", "- streepje" }) shown.ShouldContain(word);
    }
}
