namespace DossierKit.Documents;

/// <summary>What a kind of document is by nature, whatever the protocol says of it.</summary>
/// <param name="Kind">The kind, one of <see cref="Protocols.DocumentKinds"/>.</param>
/// <param name="Reader">Who reads it when the protocol names nobody.</param>
internal sealed record DocumentTraits(string Kind, string Reader)
{
    /// <summary>Whether it is the account of one conversation, read by whoever was heard.</summary>
    public bool IsOfConversation { get; init; }

    /// <summary>Whether it is about one betrokkene also when an office reads it: it can end up in a personnel file, where no other betrokkene belongs.</summary>
    public bool IsOfBetrokkene { get; init; }

    private static readonly Dictionary<string, DocumentTraits> All = new DocumentTraits[]
    {
        new("ontvangstbevestiging", "melder"), new("intakeverslag", "melder"), new("niet-onderzoekswaardig", "melder"),
        new("onderzoeksopdracht", "onderzoeker"), new("aanvullende-opdracht", "onderzoeker"), new("besluit-directeurenteam", "verantwoordelijke"),
        new("kennisgeving", "betrokkene"), new("ordemaatregel", "betrokkene"), new("uitnodiging-gesprek", "betrokkene"),
        new("gespreksverslag", "betrokkene") { IsOfConversation = true }, new("voortgangsbericht", "verantwoordelijke"),
        new("wederhoor", "betrokkene"), new("feitenrapportage", "verantwoordelijke"), new("tenlastelegging", "betrokkene"), new("zienswijze", "betrokkene"),
        new("verantwoordingsverslag", "betrokkene"), new("beslisdocument", "verantwoordelijke") { IsOfBetrokkene = true }, new("strafbesluit", "betrokkene"),
        new("afsluitbericht", "betrokkene"), new("registratieformulier", "functionaris-integriteit") { IsOfBetrokkene = true }, new("bijlagenlijst", "verantwoordelijke"),
    }.ToDictionary(traits => traits.Kind, StringComparer.Ordinal);

    /// <summary>The nature of a kind.</summary>
    public static DocumentTraits Of(string kind) => All.GetValueOrDefault(kind) ?? new(kind, "verantwoordelijke");
}
