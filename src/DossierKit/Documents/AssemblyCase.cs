using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>
/// One document on its way: rule, reader, answers, data and judgement, put together without a disk or a clock. Questions and assembly both start here,
/// so that what is asked and what is refused can never differ.
/// </summary>
internal sealed class AssemblyCase
{
    private AssemblyCase()
    {
    }

    public required ProjectionSource Source { get; init; }

    public required string Kind { get; init; }

    public required DocumentRule Rule { get; init; }

    public required DocumentTemplate Template { get; init; }

    public required CasePerson? About { get; init; }

    public required Addressee Addressee { get; init; }

    /// <summary>The answers as they count for the betrokkene, with the date of the request among them.</summary>
    public required DocumentAnswers Answers { get; init; }

    public required ProjectedData Data { get; init; }

    public required CompletenessResult Judgement { get; init; }

    /// <summary>What is wrong with the answers, and a postponement still in force; beside <see cref="Judgement"/>.</summary>
    public required IReadOnlyList<Refusal> Problems { get; init; }

    public string Word => Source.Protocol.Word(Kind);

    /// <summary>The rule of a kind; a protocol that is silent about a known kind demands nothing of it.</summary>
    public static Outcome<DocumentRule> RuleOf(Protocol protocol, string kind)
    {
        if (protocol.FindDocument(kind) is { } rule) return Outcome<DocumentRule>.Done(rule);
        if (!DocumentKinds.IsKnown(kind))
        {
            return Outcome<DocumentRule>.Refused(new Refusal(
                $"'{kind}' is geen soort stuk.", "De soorten stukken liggen vast.", Protocols.Nearest.Advice(kind, DocumentKinds.All))
            { Subject = kind });
        }

        return Outcome<DocumentRule>.Done(new DocumentRule
        {
            Kind = kind,
            Title = protocol.Word(kind),
            Article = protocol.Title,
            Actor = "functionaris-integriteit",
            Strength = Strength.May,
            Elements = [],
            Origin = new Origin([], null),
        });
    }

    /// <summary>Puts everything together, or says why that cannot be done at all.</summary>
    public static Outcome<AssemblyCase> Prepare(ProjectionSource source, string kind, DocumentTemplate template, AssemblyRequest request)
    {
        var ruling = RuleOf(source.Protocol, kind);
        if (!ruling.IsDone) return Outcome<AssemblyCase>.Refused(ruling.Refusals);
        var rule = ruling.Value;
        var reader = DocumentReader.Find(source, rule, request);
        if (!reader.IsDone) return Outcome<AssemblyCase>.Refused(reader.Refusals);
        var (about, addressee) = reader.Value;
        var facts = source.State.Facts.For(about?.Id.Value);
        if (rule.Replacement is { } other && other.When.Holds(facts))
        {
            return Outcome<AssemblyCase>.Refused(new Refusal(
                $"In deze zaak komt er geen {source.Protocol.Word(kind)}.", $"{other.Warning} ({rule.Article})", $"Maak in plaats daarvan: {other.Kind}."));
        }

        var given = request.Answers.Over(DocumentAnswers.Of(source.State.AnswersFor(kind)));
        if (request.Date is { } date) given = given.With("brief.datum", date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var betrokkenen = source.State.Betrokkenen.Select(person => person.Id.Value).ToHashSet(StringComparer.Ordinal);
        var personal = betrokkenen.Count > 1
            ? rule.Elements.Where(IsPersonal).Select(element => element.Id).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : [];
        var answers = given.For(about?.Id.Value, personal);
        var data = Projection.For(source, addressee, about, kind, answers);
        var judgement = Completeness.Judge(new CompletenessCase
        {
            Rule = rule,
            DocumentWord = source.Protocol.Word(kind),
            Facts = facts,
            Answers = answers,
            Reasons = request.Reasons.Where(pair => pair.Key != PostponementReason).ToDictionary(StringComparer.Ordinal),
            Deviations = source.State.All<ProtocolDeviated>().Where(deviated => IsSigned(source, deviated)).Select(deviated => deviated.Rule).ToHashSet(StringComparer.Ordinal),
            Passages = template.Elements,
            IsFilled = id => data.Find(id)?.IsFilled == true || (ElementSource.Find(id) is { Fields.Count: > 0 } known && known.Fields.All(path => data.Find(path)?.IsFilled == true)),
            Applies = id => ElementSource.Find(id)?.Applies(source.State, about?.Id),
        });
        var wrong = AnswerCheck.Check(given, rule, template, data.Withheld, betrokkenen).Concat(CheckPostponement(source.State, kind, about, data, request));
        return Outcome<AssemblyCase>.Done(new AssemblyCase
        {
            Source = source,
            Kind = kind,
            Rule = rule,
            Template = template,
            About = about,
            Addressee = addressee,
            Answers = answers,
            Data = WithOwnFields(data, template, rule, answers),
            Judgement = judgement,
            Problems = [.. wrong],
        });
    }

    /// <summary>The subject under which a reason for ending a postponement early is given.</summary>
    public const string PostponementReason = "uitstel";

    /// <summary>
    /// Only a verantwoordelijke signs a deviation; the event may name anybody, and another's name takes nothing out of a letter. The first day of the appointment
    /// does not count: a case can be older than the vault in which its verantwoordelijke was appointed.
    /// </summary>
    private static bool IsSigned(ProjectionSource source, ProtocolDeviated deviated)
        => source.Staff(deviated.SignedBy)?.Appointments.Any(appointment => appointment.Role == StaffRole.Verantwoordelijke && !(deviated.Date > appointment.Until)) == true;

    /// <summary>An answer that says something about one person's conduct or situation; a shared one would end up in another's letter.</summary>
    private static bool IsPersonal(ElementRule element)
        => element.Content != ElementContent.StandingText || element.Strength == Strength.IfApplicable;

    /// <summary>A kennisgeving that was put off in the interest of the onderzoek must not slip out before the review date by accident.</summary>
    private static IEnumerable<Refusal> CheckPostponement(DossierState state, string kind, CasePerson? about, ProjectedData data, AssemblyRequest request)
    {
        if (kind != "kennisgeving" || request.Concept || about is null || data.Find("brief.datum")?.Raw is not DateOnly date) yield break;
        if (state.All<KennisgevingPostponed>().LastOrDefault(postponed => postponed.Betrokkene == about.Id) is not { } last || date >= last.ReviewOn) yield break;
        if (state.All<KennisgevingGiven>().Any(given => given.Betrokkene == about.Id)) yield break;
        if (request.Reasons.TryGetValue(PostponementReason, out var reason) && !string.IsNullOrWhiteSpace(reason)) yield break;
        yield return new Refusal(
            "De kennisgeving is uitgesteld en het uitstel loopt nog.",
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"In het dossier staat dat het uitstel op {last.ReviewOn:dd-MM-yyyy} opnieuw wordt bekeken (kennisgeving-uitgesteld)."),
            $"Kies een latere datum, leg een eerdere datum van heroverweging vast, of geef een reden: --reason {PostponementReason}=REDEN.")
        { Subject = PostponementReason };
    }

    /// <summary>Fields the municipality put into its own template and that only an answer can fill.</summary>
    private static ProjectedData WithOwnFields(ProjectedData data, DocumentTemplate template, DocumentRule rule, DocumentAnswers answers)
    {
        var own = AnswerCheck.OwnFields(template, rule).Where(path => answers.Find(path) is not null && data.Find(path) is null).ToList();
        if (own.Count == 0) return data;
        var origins = data.Origins.Concat(own.Select(path => new FieldOrigin(path, FieldSource.Answer, path)));
        return data with { Data = own.Aggregate(data.Data, (tree, path) => Put(tree, path.Split('.'), answers.Find(path)!)), Origins = [.. origins] };
    }

    private static TemplateData Put(TemplateData tree, ReadOnlySpan<string> path, string value)
    {
        var fields = new Dictionary<string, TemplateData>(tree.Fields, StringComparer.OrdinalIgnoreCase);
        fields[path[0]] = path.Length == 1 ? value : Put(fields.TryGetValue(path[0], out var below) ? below : TemplateData.Record(Array.Empty<(string, TemplateData)>()), path[1..], value);
        return TemplateData.Record(fields);
    }
}
