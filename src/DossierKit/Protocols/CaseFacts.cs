using System.Collections.Immutable;

namespace DossierKit.Protocols;

/// <summary>
/// The closed list of facts that conditions may speak of. Each fact has a closed list of values; a yes-or-no fact has <c>ja</c> and <c>nee</c>.
/// </summary>
public static class FactNames
{
#pragma warning disable CS1591 // The name is the documentation; README.md lists what each means.
    public const string Positie = "positie";
    public const string PolitiekAmbtsdrager = "politiekAmbtsdrager";
    public const string OrLid = "orLid";
    public const string OrVoorzitter = "orVoorzitter";
    public const string Vorm = "vorm";
    public const string MelderBekend = "melderBekend";
    public const string MelderVertrouwelijk = "melderVertrouwelijk";
    public const string MelderAnoniem = "melderAnoniem";
    public const string MelderStemtInMetBekendmaking = "melderStemtInMetBekendmaking";
    public const string ViaVertrouwenspersoon = "viaVertrouwenspersoon";
    public const string SoortMelding = "soortMelding";
    public const string Onderzoekswaardig = "onderzoekswaardig";
    public const string AndereIngang = "andereIngang";
    public const string IdentiteitNodig = "identiteitNodig";
    public const string Onderzoek = "onderzoek";
    public const string ExternVerzoek = "externVerzoek";
    public const string StrafbaarFeit = "strafbaarFeit";
    public const string BedreigingOfGeweld = "bedreigingOfGeweld";
    public const string ErnstigeSchending = "ernstigeSchending";
    public const string ZwareMethode = "zwareMethode";
    public const string Observatie = "observatie";
    public const string SystemenOnderzoek = "systemenOnderzoek";
    public const string EmailOnderzoek = "emailOnderzoek";
    public const string WerkplekOnderzoek = "werkplekOnderzoek";
    public const string AnoniemeVerklaring = "anoniemeVerklaring";
    public const string TweeBijElkGesprek = "tweeBijElkGesprek";
    public const string MailInVolgorde = "mailInVolgorde";
    public const string MailInhoud = "mailInhoud";
    public const string FgGetoetst = "fgGetoetst";
    public const string OrDomeinVerteld = "orDomeinVerteld";
    public const string MondelingeVerantwoording = "mondelingeVerantwoording";
    public const string Ingeleend = "ingeleend";
    public const string LichteSchending = "lichteSchending";
    public const string OpzettelijkOnjuist = "opzettelijkOnjuist";
    public const string ExternOnderzoek = "externOnderzoek";
    public const string EigenEenheid = "eigenEenheid";
    public const string TwijfelObjectiviteit = "twijfelObjectiviteit";
    public const string LeidinggevendeBetrokken = "leidinggevendeBetrokken";
    public const string GriffieOnderProtocol = "griffieOnderProtocol";
    public const string Spoed = "spoed";
    public const string Ordemaatregel = "ordemaatregel";
    public const string Opname = "opname";
    public const string OpnameOverlegd = "opnameOverlegd";
    public const string OpnameVernietigingVerteld = "opnameVernietigingVerteld";
    public const string Gemachtigde = "gemachtigde";
    public const string VerslagGemaakt = "verslagGemaakt";
    public const string AfwijkendeMening = "afwijkendeMening";
    public const string VerslagGeweigerd = "verslagGeweigerd";
    public const string Gegrond = "gegrond";
    public const string Plichtsverzuim = "plichtsverzuim";
    public const string RechtspositioneleProcedure = "rechtspositioneleProcedure";
    public const string OudAmbtenarenrecht = "oudAmbtenarenrecht";
    public const string Datalek = "datalek";
    public const string Akkoord = "akkoord";
#pragma warning restore CS1591

    private static readonly ImmutableArray<string> YesNo = [CaseFacts.Yes, CaseFacts.No];

    private static readonly Dictionary<string, ImmutableArray<string>> Values = Build();

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All => Values.Keys;

    /// <summary>Whether a name is one of them.</summary>
    /// <param name="name">A fact.</param>
    /// <returns><see langword="true"/> when it is known.</returns>
    public static bool IsKnown(string name) => Values.ContainsKey(name);

    /// <summary>The values a fact can have.</summary>
    /// <param name="name">A fact.</param>
    /// <returns>The values; empty when the fact is unknown.</returns>
    public static IReadOnlyList<string> ValuesOf(string name) => Values.TryGetValue(name, out var values) ? values : [];

    /// <summary>A fact with its value as a main clause, Dutch: <c>de melder is niet bekend</c>.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The clause, without capital and full stop.</returns>
    public static string InWords(string fact, string value)
        => IsYesNo(fact) && value == CaseFacts.No ? FactTexts.Clause(fact, CaseFacts.Yes, holds: false) : FactTexts.Clause(fact, value, holds: true);

    /// <summary>Whether a fact is one of yes or no.</summary>
    /// <param name="name">A fact.</param>
    /// <returns><see langword="true"/> for such a fact.</returns>
    public static bool IsYesNo(string name) => Values.TryGetValue(name, out var values) && values == YesNo;

    private static Dictionary<string, ImmutableArray<string>> Build()
    {
        var values = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var name in typeof(FactNames).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!))
            values[name] = YesNo;
        values[Positie] = [.. PositionNames.All];
        values[Vorm] = ["open", "vertrouwelijk", "anoniem"];
        values[SoortMelding] = ["integriteitsschending", "misstand", "klacht"];
        return values;
    }
}

/// <summary>
/// What is known of a case, for conditions. Immutable. A fact that was never given is unknown, which is not the same as no.
/// Facts can differ per person (the position of a second betrokkene, a second melder who is anonymous): <see cref="For"/>.
/// </summary>
public sealed class CaseFacts
{
    /// <summary>The value of a yes-or-no fact that holds.</summary>
    public const string Yes = "ja";

    /// <summary>The value of a yes-or-no fact that does not hold.</summary>
    public const string No = "nee";

    private readonly ImmutableDictionary<string, string> _case;
    private readonly ImmutableDictionary<string, ImmutableDictionary<string, string>> _persons;

    private CaseFacts(ImmutableDictionary<string, string> facts, ImmutableDictionary<string, ImmutableDictionary<string, string>> persons)
    {
        _case = facts;
        _persons = persons;
    }

    /// <summary>Nothing is known.</summary>
    public static CaseFacts None { get; } = new(
        ImmutableDictionary.Create<string, string>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, ImmutableDictionary<string, string>>(StringComparer.Ordinal));

    /// <summary>The facts of the case as a whole, without what is known of single persons.</summary>
    public IReadOnlyDictionary<string, string> Known => _case;

    /// <summary>These facts and one more, of the whole case.</summary>
    /// <param name="name">One of <see cref="FactNames"/>.</param>
    /// <param name="value">One of its values. <c>positie</c> also settles <c>politiekAmbtsdrager</c>, and <c>vorm</c> what is known of the melder.</param>
    /// <returns>The facts together; a fact given before is replaced.</returns>
    /// <exception cref="ArgumentException">The name or the value is unknown.</exception>
    public CaseFacts With(string name, string value) => new(Put(_case, name, value), _persons);

    /// <summary>These facts and one yes-or-no fact more.</summary>
    /// <param name="name">One of <see cref="FactNames"/> that is yes or no.</param>
    /// <param name="value">Whether it holds.</param>
    /// <returns>The facts together.</returns>
    /// <exception cref="ArgumentException">The name is unknown or is not a yes-or-no fact.</exception>
    public CaseFacts With(string name, bool value) => With(name, value ? Yes : No);

    /// <summary>These facts and one that holds for one person.</summary>
    /// <param name="person">The person's id in the case.</param>
    /// <param name="name">One of <see cref="FactNames"/>.</param>
    /// <param name="value">One of its values.</param>
    /// <returns>The facts together.</returns>
    /// <exception cref="ArgumentException">The name or the value is unknown.</exception>
    public CaseFacts WithPerson(string person, string name, string value)
    {
        var own = _persons.GetValueOrDefault(person) ?? ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);
        return new(_case, _persons.SetItem(person, Put(own, name, value)));
    }

    /// <summary>These facts and one yes-or-no fact that holds for one person.</summary>
    /// <param name="person">The person's id in the case.</param>
    /// <param name="name">One of <see cref="FactNames"/> that is yes or no.</param>
    /// <param name="value">Whether it holds.</param>
    /// <returns>The facts together.</returns>
    /// <exception cref="ArgumentException">The name is unknown or is not a yes-or-no fact.</exception>
    public CaseFacts WithPerson(string person, string name, bool value) => WithPerson(person, name, value ? Yes : No);

    /// <summary>The facts as they are for one person: those of the case, replaced by the person's own where there are any.</summary>
    /// <param name="person">The person's id; <see langword="null"/> for the case as a whole.</param>
    /// <returns>Facts without persons of their own.</returns>
    public CaseFacts For(string? person)
        => person is not null && _persons.TryGetValue(person, out var own) ? new(_case.SetItems(own), None._persons) : new(_case, None._persons);

    /// <summary>The value of a fact.</summary>
    /// <param name="name">One of <see cref="FactNames"/>.</param>
    /// <returns>The value, or <see langword="null"/> when it is unknown.</returns>
    public string? Find(string name) => _case.GetValueOrDefault(name);

    private static ImmutableDictionary<string, string> Put(ImmutableDictionary<string, string> facts, string name, string value)
    {
        if (!FactNames.IsKnown(name)) throw new ArgumentException($"'{name}' is not a fact that conditions know.", nameof(name));
        if (!FactNames.ValuesOf(name).Contains(value, StringComparer.Ordinal))
            throw new ArgumentException($"Fact '{name}' has no value '{value}'.", nameof(value));
        facts = facts.SetItem(name, value);
        return name switch
        {
            FactNames.Positie => facts.SetItem(FactNames.PolitiekAmbtsdrager, PositionNames.IsPolitical(value) ? Yes : No),
            FactNames.Vorm => facts
                .SetItem(FactNames.MelderAnoniem, value == "anoniem" ? Yes : No)
                .SetItem(FactNames.MelderBekend, value == "anoniem" ? No : Yes)
                .SetItem(FactNames.MelderVertrouwelijk, value == "vertrouwelijk" ? Yes : No),
            _ => facts,
        };
    }
}
