using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Web.Parts;
using DossierKit.Host.Web.Texts;
using DossierKit.Protocols;

using Microsoft.Extensions.Primitives;

namespace DossierKit.Host.Web.Vastleggen;

/// <summary>One field of the form of an event.</summary>
/// <param name="Name">Its name in the form and in the event.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Help">What to fill in.</param>
public sealed record FormField(string Name, string Label, string? Help)
{
    public FieldKind Kind { get; init; }

    public string Type { get; init; } = "text";

    public int Lines { get; init; } = 1;

    public IReadOnlyList<(string Value, string Text)>? Options { get; init; }

    public bool IsOptional { get; init; }

    /// <summary>What stands there before anybody filled it in.</summary>
    public string? Value { get; init; }
}

/// <summary>The form of an event, from the event's own shape: persons, files and references of the case to choose from, words of the protocol, days and times.</summary>
public sealed class EventForm
{
    private static readonly HashSet<string> LongTexts = new(StringComparer.Ordinal)
    {
        "omschrijving", "samenvatting", "motivering", "overwegingen", "voorwaarden", "aanleiding", "doelstelling", "gedraging", "bevoegdheden", "grenzen", "reden", "afweging", "reactie", "inhoud",
        "feiten", "plichtsverzuim", "omstandigheden", "handelingen", "uitkomst", "correcties", "aantekening", "voornemen", "toelichting", "actie", "advies", "stukken", "maatregel", "wat", "feit",
    };

    private static readonly string[] Extra = ["door", "kenmerk", "toelichting"];

    private readonly OpenDossier _dossier;
    private readonly IReadOnlyList<StaffPerson> _staff;
    private readonly DateOnly _today;

    internal EventForm(OpenDossier dossier, EventKind kind, IReadOnlyList<StaffPerson> staff, DateOnly today)
    {
        (_dossier, Kind, _staff, _today) = (dossier, kind, staff, today);
        var all = kind.Fields.SelectMany(field => Fields(field, field.Name, isPartRequired: true)).ToList();
        Main = [.. all.Where(field => !field.IsOptional || !Extra.Contains(field.Name)).OrderBy(field => field.Name == "datum" ? 0 : 1)];
        More = [.. all.Where(field => field.IsOptional && Extra.Contains(field.Name))];
    }

    /// <summary>The event.</summary>
    public EventKind Kind { get; }

    /// <summary>What the event is about.</summary>
    public IReadOnlyList<FormField> Main { get; }

    /// <summary>Who did it, a reference and an explanation: seldom needed.</summary>
    public IReadOnlyList<FormField> More { get; }

    /// <summary>Every field.</summary>
    public IEnumerable<FormField> All => Main.Concat(More);

    /// <summary>Reads what was filled in.</summary>
    /// <param name="form">The form.</param>
    /// <returns>The event, or every mistake, with the field as its subject.</returns>
    public Outcome<DossierEvent> Read(IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        var given = form.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        var pairs = new List<KeyValuePair<string, string>>();
        var missing = new List<Refusal>();
        foreach (var field in All)
        {
            var values = ValuesOf(field, given.GetValueOrDefault(field.Name)).ToList();
            pairs.AddRange(values.Select(value => KeyValuePair.Create(field.Name, value)));
            if (values.Count == 0 && !field.IsOptional) missing.Add(new Refusal($"Vul in: {field.Label.TrimEnd('?')}.", "Zonder dit kan het niet worden vastgelegd.", field.Help ?? "") { Subject = field.Name });
        }

        var read = EventInput.FromFields(Kind.Name, pairs);
        // What is missing was named above in the words of the form.
        var wrong = read.Refusals.Where(refusal => missing.Count == 0 || !refusal.What.EndsWith("ontbreekt.", StringComparison.Ordinal)).Select(InForm);
        return read.IsDone && missing.Count == 0 ? read : Outcome<DossierEvent>.Refused([.. missing, .. wrong]);
    }

    private static IEnumerable<string> ValuesOf(FormField field, StringValues given)
    {
        if (field.Kind == FieldKind.Lines) return given.ToString().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
        return given.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!.ReplaceLineEndings("\n").Trim());
    }

    /// <summary>A mistake in the shape, at its field, without the place in a file that nobody sees here.</summary>
    private static Refusal InForm(Refusal refusal) => refusal.Subject is { } path && path.StartsWith('$')
        ? new Refusal(refusal.What, "", refusal.WhatNow) { Subject = path.TrimStart('$', '.').Split('[')[0] }
        : refusal;

    private IEnumerable<FormField> Fields(EventField field, string path, bool isPartRequired)
    {
        if (field.Parts.Count > 0)
        {
            foreach (var part in field.Parts.SelectMany(part => Fields(part, $"{path}.{part.Name}", isPartRequired && field.IsRequired))) yield return part;
            yield break;
        }

        var (label, help) = EventLabels.Of(Kind, field, path);
        var plain = new FormField(path, label, help) { IsOptional = !(field.IsRequired && isPartRequired) };
        yield return Shape(field, plain);
    }

    private FormField Shape(EventField field, FormField plain)
    {
        var type = field.ValueType;
        if (field.Name == "datum") return plain with { Type = "date", Value = Nl.Iso(_today) };
        if (OptionsOf(field, plain.Name) is { } options)
        {
            // What may stay open must be possible to leave open again, and a radio button cannot be let go.
            var fits = field.IsList ? FieldKind.Checkboxes : options.Count <= 4 && !plain.IsOptional ? FieldKind.Radios : FieldKind.Input;
            return plain with { Kind = fits, Options = options, Value = !plain.IsOptional && !field.IsList && options.Count == 1 ? options[0].Value : Usual(field, plain.Name) is { } usual && options.Any(option => option.Value == usual) ? usual : null };
        }

        if (field.IsList) return plain with { Kind = FieldKind.Lines };
        if (type == typeof(bool)) return plain with { Kind = field.IsRequired || field.IsNullable ? FieldKind.YesNo : FieldKind.Checkbox };
        if (type == typeof(DateOnly)) return plain with { Type = "date" };
        if (type == typeof(TimeOnly)) return plain with { Type = "time" };
        if (type == typeof(int)) return plain with { Type = "number" };
        if (field.Name == "kenmerk") return plain with { Value = NextReference() };
        if (field.Name == "email") return plain with { Type = "email" };
        return plain with { Lines = LongTexts.Contains(field.Name) ? 4 : 1 };
    }

    /// <summary>What there is to choose from; <see langword="null"/> when it is free.</summary>
    private IReadOnlyList<(string Value, string Text)>? OptionsOf(EventField field, string path)
    {
        var type = field.ValueType;
        if (type == typeof(PersonId) && path != "persoon.id")
        {
            if (field.IsStaff || path == "persoon.medewerker") return StaffOptions(withCase: field.Name == "door");
            return [.. _dossier.State.Persons.Where(person => field.Role is { } role ? person.Role == role : Fits(path, person)).Select(person => (person.Id.Value, $"{PersonTexts.Of(person)}, {Labels.Of(person.Role).ToLowerInvariant()}"))];
        }

        if (type == typeof(FileId)) return [.. _dossier.State.Files.Select(file => (file.Id.ToString(), $"{file.Title}, {DutchText.Date(file.Date)}"))];
        if (type == typeof(Compartment)) return [.. Compartment.WithFiles.Where(place => _dossier.Access.MayWrite(place)).Select(place => (place.Name, place.Title))];
        if (type.IsEnum) return [.. field.Words.Select(word => (word, WordOf(type, word)))];
        if (type != typeof(string) || field.IsList) return null;
        return field.Name switch
        {
            "gesprek" => References(happening => happening is ConversationHeld or IntakeHeld or VerantwoordingGiven),
            "ordemaatregel" => References(happening => happening is OrdemaatregelImposed),
            "verzending" => References(happening => happening is DocumentSent),
            "kopie" => References(happening => happening is CopyKeptElsewhere),
            "bewijs" when Kind.Name == EventNames.BewijsTeruggegeven => References(happening => happening is EvidenceSecured),
            "stuk" => [.. DocumentKinds.All.Select(kind => (kind, Labels.Document(kind, _dossier.Protocol)))],
            "regel" when Kind.Name == EventNames.RegelNageleefd => [.. _dossier.Duties().Where(duty => duty.Rule.GuardedBy.Count == 0 && duty.State != DutyState.NotApplicable).Select(duty => (duty.Rule.Id, $"{duty.Rule.Title} ({duty.Rule.Article})")).Distinct()],
            "regel" => [.. Deviable()],
            "feit" when Kind.Name == EventNames.OmstandigheidVastgesteld => [.. FactNames.All.Where(fact => FactTexts.SourceOf(fact) is null).Select(fact => (fact, Nl.First(FactTexts.Meaning(fact)))).OrderBy(option => option.Item2, StringComparer.Ordinal)],
            "waarde" => [("ja", "Ja"), ("nee", "Nee")],
            _ => null,
        };
    }

    /// <summary>Whom a field can be about, where the shape of the event leaves it open: the intake is with the melder, and post goes by way of whoever stands in for somebody.</summary>
    private bool Fits(string path, CasePerson person) => path switch
    {
        "via" => person.Role is CaseRole.Gemachtigde or CaseRole.Vertrouwenspersoon,
        "bijgestaanDoor" => person.Role is not (CaseRole.Betrokkene or CaseRole.Melder),
        "met" or "aan" or "van" when Kind.Name is EventNames.IntakeGehouden or EventNames.IntakeverslagGecorrigeerd or EventNames.OntvangstBevestigd => person.Role == CaseRole.Melder,
        _ => true,
    };

    /// <summary>
    /// What nearly always is filled in: whoever has the authority over the betrokkene, and in the first melding the persons the dossier already names. Whoever fills in the form sees and can change it.
    /// </summary>
    private string? Usual(EventField field, string path)
    {
        if (path is "verantwoordelijke" or "opdrachtgever" or "gegevenDoor") return Verantwoordelijke;
        if (path == "aan" && field.IsStaff && Kind.Name is EventNames.FeitenrapportAangeboden or EventNames.BeslisdocumentOpgesteld) return Verantwoordelijke;
        return null;
    }

    /// <summary>The one of the staff who judges, when there is no doubt who that is.</summary>
    private string? Verantwoordelijke
    {
        get
        {
            var offices = _dossier.State.Betrokkenen.Select(betrokkene => _dossier.AuthorityOf(betrokkene.Id)?.Judging?.Holders ?? []).SelectMany(holders => holders).Distinct(StringComparer.Ordinal).ToList();
            var holders = _staff.Where(person => person.Appointments.Any(appointment => appointment.IsInForceOn(_today) && appointment.Office is { } office && offices.Contains(office, StringComparer.Ordinal))).ToList();
            return holders is [var only] ? only.Id.Value : null;
        }
    }

    private IReadOnlyList<(string, string)> StaffOptions(bool withCase)
    {
        var staff = _staff.Where(person => person.Appointments.Any(appointment => appointment.IsInForceOn(_today))).Select(person => (person.Id.Value, $"{person.DisplayName}, {person.Function}"));
        return withCase ? [.. staff, .. _dossier.State.Persons.Where(person => person.Role != CaseRole.Melder).Select(person => (person.Id.Value, PersonTexts.Of(person)))] : [.. staff];
    }

    private List<(string, string)> References(Func<DossierEvent, bool> fits)
        => [.. _dossier.State.Events.Select(recorded => recorded.Event).Where(happening => happening.Reference is not null && fits(happening)).Select(happening => (happening.Reference!, $"{happening.Reference}: {Labels.Event(happening.Name).ToLowerInvariant()}, {DutchText.Date(happening.Date)}"))];

    private IEnumerable<(string, string)> Deviable()
    {
        var protocol = _dossier.Protocol;
        foreach (var rule in protocol.Rules) yield return (rule.Id, $"{rule.Title} ({rule.Article})");
        foreach (var term in protocol.Terms) yield return (term.Id, $"Termijn: {term.Title} ({term.Article})");
        foreach (var document in protocol.Documents)
        {
            yield return (document.Kind, $"{document.Title} ({document.Article})");
            foreach (var element in document.Elements) yield return (element.Id, $"{document.Title}: {element.Title} ({element.Article})");
        }

        foreach (var access in protocol.Access) yield return (access.Id, $"Inzage: {access.Text} ({access.Article})");
    }

    /// <summary>A free reference for what others refer to; for other events none.</summary>
    private string? NextReference()
    {
        var stem = Kind.Name switch
        {
            EventNames.GesprekGehouden => "gesprek",
            EventNames.IntakeGehouden => "intake",
            EventNames.VerantwoordingAfgelegd => "verantwoording",
            EventNames.BewijsVeiliggesteld => "bewijs",
            EventNames.StukVerzonden => "verzending",
            EventNames.KopieElders => "kopie",
            EventNames.OrdemaatregelOpgelegd => "ordemaatregel",
            _ => null,
        };
        if (stem is null) return null;
        var number = 1;
        while (_dossier.State.FindReference($"{stem}-{DutchText.Number(number)}") is not null) number++;
        return $"{stem}-{DutchText.Number(number)}";
    }

    private static string WordOf(Type type, string word) => type == typeof(CaseRole) ? Labels.Of(Enum.GetValues<CaseRole>()[IndexOf(type, word)])
        : type == typeof(Position) ? Labels.Sentence(Labels.Of(Enum.GetValues<Position>()[IndexOf(type, word)]))
        : type == typeof(Delivery) ? Labels.Sentence(Labels.Of(Enum.GetValues<Delivery>()[IndexOf(type, word)]))
        : WordTexts.Of(word);

    private static int IndexOf(Type type, string word)
        => EventKind.All.SelectMany(kind => kind.Fields).SelectMany(Flat).First(field => field.ValueType == type).Words.ToList().IndexOf(word);

    private static IEnumerable<EventField> Flat(EventField field) => field.Parts.SelectMany(Flat).Prepend(field);
}

/// <summary>Words of the domain for people: with accents, without hyphens.</summary>
internal static class WordTexts
{
    private static readonly Dictionary<string, string> Better = new(StringComparer.Ordinal)
    {
        ["fi"] = "Functionaris integriteit",
        ["e-mail-en-internet"] = "E-mail en internet",
        ["lkog"] = "Landelijke klachtencommissie",
        ["coordinator"] = "Coördinator integriteit",
        ["financiele-schending"] = "Financiële schending",
        ["misbruik-positie-belangenverstrengeling"] = "Misbruik van positie of belangenverstrengeling",
        ["lekken-misbruik-informatie"] = "Lekken of misbruik van informatie",
        ["misbruik-bevoegdheden"] = "Misbruik van bevoegdheden",
        ["misbruik-bedrijfsmiddelen-interne-regels"] = "Misbruik van bedrijfsmiddelen, of interne regels overtreden",
        ["misdraging-privesfeer"] = "Misdraging in de privésfeer",
    };

    public static string Of(string word) => Better.GetValueOrDefault(word) ?? Labels.Sentence(word);
}
