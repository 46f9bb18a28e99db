using System.Globalization;
using System.Text.RegularExpressions;

namespace DossierKit.Protocols;

/// <summary>Turns a protocol file into a <see cref="Protocol"/>; README.md describes the fields.</summary>
internal sealed partial class ProtocolReader(JsonPlace root, ProtocolFaults faults)
{
    private readonly Dictionary<string, JsonPlace> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _actors = new(ActorNames.All, StringComparer.Ordinal);

    public Protocol Read()
    {
        var file = new ProtocolObject(root, faults);
        var overlay = file.Object("bovenop");
        var reference = overlay is null ? (ProtocolReference?)null : Below(overlay);
        overlay?.Done();
        var sources = file.Objects("bronnen", required: true).Select(Source).ToList();
        var functions = file.Objects("functies").Select(Function).ToList();
        var (moves, closed) = Calendar(file.Object("kalender"));
        var protocol = new Protocol
        {
            Id = file.Id("id"),
            Version = file.Text("versie"),
            Municipality = file.Text("gemeente"),
            Title = file.Text("titel"),
            InForceFrom = file.Date("vanaf"),
            InForceTo = file.OptionalDate("totEnMet"),
            Base = reference,
            Withdrawn = WithdrawnIds(file, reference is not null),
            SourceDocuments = sources,
            LocalActors = functions,
            Words = [.. file.Objects("woorden").Select(Word)],
            Rules = [.. file.Objects("regels").Select(ReadRule)],
            Documents = [.. file.Objects("stukken").Select(Document)],
            Terms = [.. file.Objects("termijnen").Select(Term)],
            Authorities = [.. file.Objects("bevoegdheden").SelectMany(Authority)],
            Access = [.. file.Objects("inzage").Select(Access)],
            Retention = [.. file.Objects("bewaring").Select(Retention)],
            LeftOut = [.. file.Objects("nietOvergenomen").Select(ReadLeftOut)],
            MovesToWorkday = moves,
            ClosedDays = closed,
        };
        protocol = protocol with { Choices = [.. file.Objects("keuzes").Select(choice => Choice(choice, reference is not null))] };
        if (protocol.InForceTo < protocol.InForceFrom)
            file.Fault(file.PlaceOf("totEnMet"), "De einddatum ligt voor de begindatum.", "Zet bij 'totEnMet' een dag op of na 'vanaf', of laat het veld weg.");
        UniqueAuthorities(protocol, file);
        UniqueKinds(protocol, file);
        file.Done();
        return protocol;
    }

    private static ProtocolReference Below(ProtocolObject overlay)
    {
        var reference = new ProtocolReference(overlay.Has("id") && overlay.PlaceOf("id").Text == ProtocolReference.Any ? ProtocolReference.Any : overlay.Id("id"), overlay.OptionalText("versie"));
        if (reference is { IsAny: true, Version: not null })
            overlay.Fault(overlay.PlaceOf("versie"), "Wie bovenop elk protocol past, kan geen versie noemen.", "Laat 'versie' weg, of noem bij 'id' één protocol.");
        return reference;
    }

    private SourceDocument Source(ProtocolObject item)
    {
        var source = new SourceDocument(item.Text("id"), item.Text("titel"), item.OptionalText("link"));
        if (source.Id.Length > 0 && !_sources.Add(source.Id)) item.Fault(item.PlaceOf("id"), $"De bron '{source.Id}' staat er twee keer.", "Geef elke bron een eigen korte naam.");
        item.Done();
        return source;
    }

    private LocalActor Function(ProtocolObject item)
    {
        var function = new LocalActor(item.Id("id"), item.Text("naam"));
        if (function.Id.Length > 0 && !_actors.Add(function.Id)) item.Fault(item.PlaceOf("id"), $"De functie '{function.Id}' bestaat al.", "Laat deze functie weg, of geef haar een andere naam.");
        item.Done();
        return function;
    }

    private static (bool Moves, IReadOnlyDictionary<DateOnly, string> Closed) Calendar(ProtocolObject? item)
    {
        var closed = new SortedDictionary<DateOnly, string>();
        if (item is null) return (true, closed);
        var moves = !item.Has("eindeOpVrijeDag") || item.Choice("eindeOpVrijeDag", ProtocolWords.EndMoves, otherwise: true);
        foreach (var day in item.Objects("vrijeDagen"))
        {
            var (date, name) = (day.Date("datum"), day.Text("naam"));
            if (date != default && !closed.TryAdd(date, name)) day.Fault(day.PlaceOf("datum"), "Deze vrije dag staat er twee keer.", "Laat de dag één keer staan.");
            day.Done();
        }

        item.Done();
        return (moves, closed);
    }

    private static IReadOnlyList<string> WithdrawnIds(ProtocolObject file, bool overlay)
    {
        if (file.Has("vervallen") && !overlay)
            file.Fault(file.PlaceOf("vervallen"), "Alleen een protocol dat bovenop een ander komt, kan iets laten vervallen.", "Laat 'vervallen' weg, of zet er 'bovenop' bij.");
        return file.FreeNames("vervallen");
    }

    private LocalWord Word(ProtocolObject item)
    {
        var word = new LocalWord(item.Name("begrip", "bekend begrip", [.. _actors, .. DocumentKinds.All]), item.Text("woord"));
        item.Done();
        return word;
    }

    private DocumentRule Document(ProtocolObject item)
    {
        var kind = item.Name("soort", "bekend soort stuk", DocumentKinds.All);
        var replacement = item.Object("vervanging");
        var document = new DocumentRule
        {
            Kind = kind,
            Title = item.Text("titel"),
            Article = item.Text("artikel"),
            Actor = item.Name("wie", "bekende actor", _actors),
            Strength = item.Choice("kracht", ProtocolWords.Strengths, Strength.May),
            Addressees = item.Names("aan", "bekende actor", _actors),
            When = item.Condition("als"),
            Replacement = replacement is null ? null : new DocumentReplacement(
                replacement.Condition("als"), replacement.Name("soort", "bekend soort stuk", DocumentKinds.All), replacement.Text("waarschuwing")),
            Origin = ReadOrigin(item),
            Elements = [.. item.Objects("elementen", required: true).Select(element => Element(element, kind))],
        };
        replacement?.Done();
        item.Done();
        return document;
    }

    private ElementRule Element(ProtocolObject item, string kind)
    {
        var id = Unique(item);
        if (id.Length > 0 && DocumentKinds.IsKnown(kind) && !id.StartsWith(kind + ".", StringComparison.Ordinal))
            item.Fault(item.PlaceOf("id"), $"Het element '{id}' hoort niet bij een stuk van de soort '{kind}'.", $"Begin de naam van het element met '{kind}.'.");
        var strength = item.Choice("kracht", ProtocolWords.Strengths, Strength.May);
        var asks = item.OptionalText("vraagOfVanToepassing");
        if (strength == Strength.IfApplicable && !item.Has("vraagOfVanToepassing"))
            item.Fault(item.Place, "Dit element geldt alleen soms, maar er staat geen vraag bij of het geldt.", "Zet er een veld 'vraagOfVanToepassing' bij: een vraag die met ja of nee te beantwoorden is.");
        if (strength != Strength.IfApplicable && asks is not null)
            item.Fault(item.PlaceOf("vraagOfVanToepassing"), "Dit element geldt altijd, dus er is niet te vragen of het geldt.", "Laat 'vraagOfVanToepassing' weg, of kies de kracht 'indien_van_toepassing'.");
        var element = new ElementRule
        {
            Id = id,
            Title = item.Text("titel"),
            Strength = strength,
            Article = item.Text("artikel"),
            Content = item.Choice("inhoud", ProtocolWords.Contents, ElementContent.Text),
            Question = item.Text("vraag"),
            Hint = item.Text("uitleg"),
            ApplicabilityQuestion = asks,
            When = item.Condition("als"),
            Origin = ReadOrigin(item),
        };
        item.Done();
        return element;
    }

    private TermRule Term(ProtocolObject item)
    {
        var scope = item.Choice("per", ProtocolWords.Scopes, TermScope.Dossier);
        var forCase = scope != TermScope.Municipality;
        var term = new TermRule
        {
            Id = Unique(item),
            Title = item.Text("titel"),
            Article = item.Text("artikel"),
            Actor = item.Name("wie", "bekende actor", _actors),
            Text = item.Text("tekst"),
            Length = Length(item, "lengte", none: "geen"),
            Scope = scope,
            Roles = item.Names("rollen", "bekende actor", _actors),
            From = item.Names("vanaf", "bekende gebeurtenis", EventNames.All, required: forCase),
            MetBy = item.Names("voldaanDoor", "bekende gebeurtenis", EventNames.All, required: forCase),
            PostponedBy = item.OptionalName("uitgesteldDoor", "bekende gebeurtenis", EventNames.All),
            LapsesBy = item.Names("vervaltDoor", "bekende gebeurtenis", EventNames.All),
            Repeats = item.Flag("herhaalt"),
            EarlierCounts = item.Flag("eerderTelt"),
            When = item.Condition("als"),
            Origin = ReadOrigin(item),
        };
        if (!forCase && (term.From.Count > 0 || term.MetBy.Count > 0))
            item.Fault(item.PlaceOf("per"), "Een termijn voor de hele gemeente begint of eindigt niet met een gebeurtenis in een dossier.", "Laat 'vanaf' en 'voldaanDoor' weg, of kies bij 'per' dossier, persoon of gesprek.");
        item.Done();
        return term;
    }

    private List<Authority> Authority(ProtocolObject item)
    {
        var positions = item.Names("posities", "bekende positie", PositionNames.All, required: true);
        var tasks = item.Choices("taken", ProtocolWords.Tasks);
        var authority = new Authority
        {
            Position = "",
            Task = default,
            Holders = item.Names("wie", "bekende actor", _actors, required: true),
            Assistants = item.Names("metHulpVan", "bekende actor", _actors),
            When = item.Condition("als"),
            Article = item.Text("artikel"),
            Note = item.OptionalText("toelichting"),
            Origin = ReadOrigin(item),
        };
        item.Done();
        return [.. positions.SelectMany(position => tasks.Select(task => authority with { Position = position, Task = task }))];
    }

    private AccessRule Access(ProtocolObject item)
    {
        var rule = new AccessRule
        {
            Id = Unique(item),
            Who = item.Name("wie", "bekende actor", _actors),
            What = item.Name("wat", "bekend onderwerp", [.. AccessSubjects.All, .. DocumentKinds.All]),
            Answer = item.Choice("antwoord", ProtocolWords.Answers, AccessAnswer.No),
            From = item.Names("vanaf", "bekende gebeurtenis", EventNames.All),
            When = item.Condition("als"),
            ExceptionBy = item.OptionalName("uitzonderingDoor", "bekende actor", _actors),
            Article = item.Text("artikel"),
            Text = item.Text("tekst"),
            Origin = ReadOrigin(item),
        };
        item.Done();
        return rule;
    }

    private RetentionRule Retention(ProtocolObject item)
    {
        var rule = new RetentionRule
        {
            Id = Unique(item),
            What = item.Name("wat", "bekend onderwerp", [.. AccessSubjects.All, .. DocumentKinds.All]),
            RipeAfter = item.Names("magNa", "bekende gebeurtenis", EventNames.All),
            DueAfter = item.Names("moetNa", "bekende gebeurtenis", EventNames.All, required: true),
            Length = Length(item, "termijn", none: "selectielijst"),
            ReviewEvery = item.Has("toetsElke") ? Length(item, "toetsElke", none: "nooit") : null,
            WindowAfter = item.Names("vensterNa", "bekende gebeurtenis", EventNames.All),
            Window = item.Has("venster") ? Length(item, "venster", none: "geen") : null,
            Grace = item.Has("respijt") ? Length(item, "respijt", none: "geen") : null,
            Wait = item.Has("wachttijd") ? Length(item, "wachttijd", none: "geen") : null,
            Article = item.Text("artikel"),
            Text = item.Text("tekst"),
            Origin = ReadOrigin(item),
        };
        if (rule is { Wait: not null, Origin.OwnChoice: null })
            item.Fault(item.PlaceOf("wachttijd"), "Een wachttijd is een getal van de gemeente zelf, en dat staat er niet bij.", "Leg bij 'eigenKeuze' uit waarom de gemeente zo lang wacht.");
        item.Done();
        return rule;
    }

    private ConflictChoice Choice(ProtocolObject item, bool overlay)
    {
        var choice = new ConflictChoice
        {
            Id = Unique(item),
            Question = item.Text("vraag"),
            Choice = item.Text("keuze"),
            Alternative = item.Text("alternatief"),
            Reason = item.Text("reden"),
            Article = item.Text("artikel"),
            // An overlay may speak of rules of its base, which this file does not hold.
            CarriedOutBy = overlay ? item.FreeNames("uitwerking") : item.Names("uitwerking", "regel, element, termijn, inzage of bewaring van dit protocol", _ids.Keys),
            Origin = ReadOrigin(item),
        };
        item.Done();
        return choice;
    }

    private Origin ReadOrigin(ProtocolObject item)
    {
        var own = item.OptionalText("eigenKeuze");
        var references = item.Objects("bron").Select(Reference).ToList();
        if (references.Count == 0 && !item.Has("eigenKeuze"))
        {
            var must = item.Has("kracht") && item.PlaceOf("kracht").Text == "moet";
            item.Fault(
                item.Place,
                must ? "Hier moet iets, maar er staat niet bij waar dat vandaan komt." : "Er staat niet bij waar dit vandaan komt.",
                "Zet er een 'bron' bij met document en artikel, of leg bij 'eigenKeuze' uit waarom de gemeente dit zelf kiest.");
        }

        return new Origin(references, own);
    }

    private SourceReference Reference(ProtocolObject item)
    {
        var reference = new SourceReference(item.Name("document", "document uit 'bronnen'", _sources), item.Text("artikel"), item.OptionalText("regels"));
        if (reference.Lines is not null && !LinesPattern().IsMatch(reference.Lines))
            item.Fault(item.PlaceOf("regels"), $"'{reference.Lines}' zijn geen regelnummers.", "Schrijf nummers en reeksen, zoals '457-465' of '281, 283'.");
        item.Done();
        return reference;
    }

    private static TermLength? Length(ProtocolObject item, string name, string none)
    {
        var text = item.Text(name);
        if (text.Length == 0 || text == none) return null;
        var match = LengthPattern().Match(text);
        if (!match.Success || !int.TryParse(match.Groups["count"].Value, CultureInfo.InvariantCulture, out var count) || count > 9999)
        {
            item.Fault(item.PlaceOf(name), $"'{text}' is geen lengte van een termijn.", $"Schrijf een getal en een eenheid, zoals '5 werkdagen', of '{none}'.");
            return null;
        }

        if (ProtocolWords.Units.TryGetValue(match.Groups["unit"].Value, out var unit)) return new TermLength(count, unit);
        item.Fault(item.PlaceOf(name), $"'{match.Groups["unit"].Value}' is geen eenheid van een termijn.", Nearest.Advice(match.Groups["unit"].Value, ProtocolWords.Units.Keys));
        return null;
    }

    private string Unique(ProtocolObject item)
    {
        var id = item.Id("id");
        if (id.Length > 0 && !_ids.TryAdd(id, item.PlaceOf("id")))
            item.Fault(item.PlaceOf("id"), $"De naam '{id}' is al gebruikt.", FormattableString.Invariant($"Geef dit een andere naam; de eerste staat op regel {_ids[id].Line}."));
        return id;
    }

    private static void UniqueAuthorities(Protocol protocol, ProtocolObject file)
    {
        foreach (var twice in protocol.Authorities.GroupBy(authority => (authority.Position, authority.Task, authority.When)).Where(group => group.Count() > 1))
        {
            var task = ProtocolWords.Tasks.First(pair => pair.Value == twice.Key.Task).Key;
            file.Fault(file.PlaceOf("bevoegdheden"), $"Voor de positie '{twice.Key.Position}' en de taak '{task}' staat er meer dan één bevoegde.", "Laat er één staan, of geef elk een eigen voorwaarde bij 'als'.");
        }
    }

    private static void UniqueKinds(Protocol protocol, ProtocolObject file)
    {
        foreach (var twice in protocol.Documents.GroupBy(document => document.Kind, StringComparer.Ordinal).Where(group => group.Key.Length > 0 && group.Count() > 1))
            file.Fault(file.PlaceOf("stukken"), $"Het soort stuk '{twice.Key}' staat er twee keer.", "Zet alle elementen bij één soort.");
    }

    [GeneratedRegex(@"^[0-9]+(-[0-9]+)?(, ?[0-9]+(-[0-9]+)?)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinesPattern();

    [GeneratedRegex(@"^(?<count>[0-9]{1,9}) (?<unit>[a-z]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LengthPattern();
}
