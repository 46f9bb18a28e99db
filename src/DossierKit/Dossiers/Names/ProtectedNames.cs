namespace DossierKit.Dossiers;

/// <summary>
/// The name check: which names may not stand in a text for an addressee, and where they do. The one table of who is protected from whom stands here.
/// It is a help and no proof ("de enige beheerder" names someone too), so a person confirms the herleidbaarheidscheck all the same.
/// </summary>
internal static class ProtectedNames
{
    /// <summary>Looks for protected names.</summary>
    /// <param name="state">The dossier with every compartment: the names sought include those the asker may not know.</param>
    /// <param name="addressee">To whom the text goes; <see langword="null"/>: it stays inside the case.</param>
    /// <param name="allowed">Names that may stand there whatever they resemble, such as the signatory's.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="mayKnowMelder">Whether the asker may read the compartment <c>melder</c>; if not, a finding that could betray one is neutral.</param>
    /// <param name="mayBeNamed">Persons this addressee may know although they are protected from others; <see langword="null"/>: none.</param>
    public static NameCheck Check(
        DossierState state, CasePerson? addressee, IEnumerable<string> allowed, IReadOnlyList<CheckedText> texts, bool mayKnowMelder, IReadOnlyCollection<PersonId>? mayBeNamed = null)
    {
        var hidden = state.Persons.Where(person => IsProtected(person, addressee) && mayBeNamed?.Contains(person.Id) != true).ToList();
        if (hidden.Count == 0 || texts.Count == 0) return new NameCheck([], null);

        // Two people can share a surname. What also names someone who may be named proves nothing, so it is not sought; the fuller forms still are.
        var harmless = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in state.Persons.Except(hidden)) harmless.UnionWith(NameForms.Of(person, isStrict: true));
        foreach (var name in allowed) harmless.UnionWith(NameForms.OfDisplayName(name));

        var sought = new Dictionary<string, PersonId>(StringComparer.Ordinal);
        foreach (var person in hidden)
        {
            foreach (var form in NameForms.Of(person, BetraysMelder(person)).Where(form => !harmless.Contains(form))) sought.TryAdd(form, person.Id);
        }

        var findings = texts.SelectMany(text => FoldedText.Find(text.Text, sought).Select(person => new NameFinding(text.Place, person))).Distinct().ToList();
        if (findings.Count == 0) return new NameCheck([], null);
        var betraying = findings.Where(finding => BetraysMelder(hidden.Find(person => person.Id == finding.Person)!)).ToList();
        return mayKnowMelder || betraying.Count == 0
            ? new NameCheck(findings, Plain(findings))
            : new NameCheck([.. findings.Except(betraying), new NameFinding(null, null)], NeutralRefusal);
    }

    /// <summary>Looks for the name of anybody in the case, of whoever recorded something in it and of the staff: for a text that leaves the case without a single name.</summary>
    /// <param name="state">The dossier with every compartment.</param>
    /// <param name="staff">Display names of the staff.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="mayKnowMelder">Whether the asker may read the compartment <c>melder</c>; if not, a finding that could betray one is neutral.</param>
    public static NameCheck CheckAll(DossierState state, IEnumerable<string> staff, IReadOnlyList<CheckedText> texts, bool mayKnowMelder)
    {
        var sought = new Dictionary<string, PersonId>(StringComparer.Ordinal);
        // Those who would be betrayed first: who shares a surname with a melder is looked for as the melder.
        foreach (var person in state.Persons.OrderByDescending(BetraysMelder))
        {
            foreach (var form in NameForms.Of(person, isStrict: true)) sought.TryAdd(form, person.Id);
        }

        // Of the staff only the whole name is known, and the last word of it is the surname or the end of it.
        foreach (var name in staff)
        {
            var tokens = FoldedText.Tokens(name).ToList();
            for (var from = 0; from < tokens.Count; from++)
            {
                if (string.Concat(tokens.Skip(from)) is { Length: >= 5 } form) sought.TryAdd(form, Outsider.Id);
            }
        }

        var findings = texts.SelectMany(text => FoldedText.Find(text.Text, sought).Select(person => new NameFinding(text.Place, person))).Distinct().ToList();
        if (findings.Count == 0) return new NameCheck([], null);
        var betraying = findings.Where(finding => state.FindPerson(finding.Person!.Value) is { } person && BetraysMelder(person)).ToList();
        // Every name is forbidden here, so whoever may not know the melder hears the same of each: otherwise one could try name after name.
        return mayKnowMelder
            ? new NameCheck(findings, new Refusal(
                "Hier staat een naam.",
                $"De naam staat in: {string.Join("; ", findings.Select(finding => finding.Place).Distinct())}. Een kaart wordt gelezen door wie niet in het dossier mag, dus er staat van niemand een naam op.",
                "Schrijf het zonder naam op."))
            : new NameCheck([new NameFinding(null, null)], NeutralRefusal) { BetraysMelder = betraying.Count > 0 };
    }

    /// <summary>Somebody who is nobody in the case: an office that hears of it and has no task in it.</summary>
    public static CasePerson Outsider { get; } = new() { Id = new PersonId("buitenstaander"), Role = CaseRole.Overig };

    /// <summary>The answer that says nothing: the same whichever name was found and wherever it stood.</summary>
    public static Refusal NeutralRefusal { get; } = new(
        "Dit stuk kan nog niet worden vastgesteld.",
        "Bij de controle kwam iets naar voren waar de functionaris integriteit eerst naar moet kijken.",
        "U hoeft niets te doen: de functionaris integriteit ziet dit verzoek en neemt contact met u op.");

    /// <summary>Whether a finding would tell who the melder is.</summary>
    public static bool BetraysMelder(CasePerson person) => person.Role is CaseRole.Melder or CaseRole.Vertrouwenspersoon;

    /// <summary>Who is protected from whom (HRL 12.1, HVN 4.2, OMM 1019). Nobody is protected from himself, or from whoever acts for him.</summary>
    public static bool IsProtected(CasePerson person, CasePerson? addressee)
    {
        if (addressee is not null && (addressee.Id == person.Id || (addressee.Of == person.Id && addressee.Role is CaseRole.Raadsman or CaseRole.Gemachtigde))) return false;
        return person.Role switch
        {
            // Open means known inside the case, not agreed to be named to others.
            CaseRole.Melder => !(addressee is null && person.Form == MelderForm.Open) && !(addressee is { Role: CaseRole.Vertrouwenspersoon } && IsOwn(addressee, person)),
            CaseRole.Vertrouwenspersoon => addressee is not { Role: CaseRole.Melder },
            CaseRole.Getuige or CaseRole.Benadeelde or CaseRole.Verwant => addressee is not null,
            CaseRole.Betrokkene => addressee is { Role: CaseRole.Betrokkene } || (addressee is { Role: CaseRole.Raadsman or CaseRole.Gemachtigde or CaseRole.Leidinggevende, Of: { } other } && other != person.Id),
            _ => false,
        };
    }

    private static bool IsOwn(CasePerson vertrouwenspersoon, CasePerson melder) => vertrouwenspersoon.Of is null || vertrouwenspersoon.Of == melder.Id;

    private static Refusal Plain(List<NameFinding> findings) => new(
        "In dit stuk staat een naam die de geadresseerde niet mag lezen.",
        $"De naam staat in: {string.Join("; ", findings.Select(finding => finding.Place).Distinct())}.",
        "Haal de naam weg of schrijf het anders op, en maak het stuk opnieuw.");
}
