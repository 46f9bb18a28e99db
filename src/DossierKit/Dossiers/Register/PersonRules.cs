namespace DossierKit.Dossiers;

/// <summary>What holds for a person of a case.</summary>
internal static class PersonRules
{
    public static void Check(DossierState state, CasePerson person, List<Refusal> refusals)
    {
        if (person.Role == CaseRole.Melder && person.Form is null) Refuse("Bij een melder hoort een vorm.", "Van de vorm hangt af wie de melder mag kennen.", "Kies anoniem, vertrouwelijk of open.");
        if (person.Role != CaseRole.Melder && person.Form is not null) Refuse("Alleen een melder heeft een vorm.", "De vorm zegt hoe iemand meldt.", "Laat 'vorm' weg.");
        if (person.Form == MelderForm.Anoniem && (person.Surname ?? person.FirstName ?? person.Email) is not null)
            Refuse("Een anonieme melder heeft geen naam of e-mailadres.", "Wie een naam heeft is niet anoniem.", "Laat de naam weg, of kies de vorm vertrouwelijk.");
        if (person.Form != MelderForm.Anoniem && string.IsNullOrWhiteSpace(person.Surname)) Refuse("Deze persoon heeft geen achternaam.", "Brieven en de controle op namen hebben die nodig.", "Vul de achternaam in.");
        if (IsName(person)) Refuse("Deze aanduiding lijkt op een naam.", "Aanduidingen staan in logboeken en moeten niemand noemen.", "Kies een aanduiding zoals betrokkene-1 of melder-1.");
        if (person.Of == person.Id) Refuse("Iemand kan niet bij zichzelf horen.", "'van' noemt een ander.", "Noem de andere persoon of laat 'van' weg.");
        else if (person.Of is { } other && state.FindPerson(other) is null) Refuse("'van' noemt iemand die niet in het dossier staat.", "Een raadsman, gemachtigde of verwant hoort bij een persoon van de zaak.", "Voeg die persoon eerst toe.");
        if (state.FindPerson(person.Id) is { } known && known.Compartment != person.Compartment)
            Refuse("Deze aanduiding hoort al bij iemand met een andere plaats in het dossier.", "Gegevens van een melder blijven in hun eigen compartiment.", "Voeg de persoon toe onder een nieuwe aanduiding.");

        void Refuse(string what, string why, string whatNow) => refusals.Add(new Refusal(what, why, whatNow) { Subject = person.Id.Value });
    }

    /// <summary>Whether the handle is, or ends in, the surname or first name (4 letters or more); the words for roles are never a name here.</summary>
    private static bool IsName(CasePerson person)
    {
        var tokens = FoldedText.Tokens(person.Id.Value).Except(JsonShape.WordsOf(typeof(CaseRole)), StringComparer.Ordinal).ToList();
        var names = new[] { person.Surname, person.FirstName }.OfType<string>().Concat(person.OtherNames).Select(name => string.Concat(FoldedText.Tokens(name))).Where(name => name.Length >= 4).ToList();
        return names.Exists(name => string.Concat(tokens).Contains(name, StringComparison.Ordinal));
    }
}
