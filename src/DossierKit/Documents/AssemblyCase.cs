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

    /// <summary>The facts that conditions look at, as they are for this document.</summary>
    public required CaseFacts Facts { get; init; }

    /// <summary>The conversation it is about, by reference, if one.</summary>
    public required string? Conversation { get; init; }

    /// <summary>Where it is sealed: what names a melder lies where melders are known, whatever its kind.</summary>
    public required Compartment Compartment { get; init; }

    /// <summary>The answers as they count for this document, with the date of the request among them.</summary>
    public required DocumentAnswers Answers { get; init; }

    public required ProjectedData Data { get; init; }

    public required CompletenessResult Judgement { get; init; }

    /// <summary>What is wrong with the answers, and a postponement still in force; beside <see cref="Judgement"/>.</summary>
    public required IReadOnlyList<Refusal> Problems { get; init; }

    /// <summary>What the user should know about the reader, Dutch; may be empty.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Reasons for leaving elements out, by element id: those of the request before those recorded.</summary>
    public required IReadOnlyDictionary<string, string> Reasons { get; init; }

    /// <summary>The handle or reference behind the @ of an answer meant for this document alone; <see langword="null"/>: none is needed.</summary>
    public required string? AnswerScope { get; init; }

    /// <summary>Where an answer meant for this document is recorded. Whom to call is the same for every reader; the rest may differ.</summary>
    public string AnswerPath(string path)
        => AnswerScope is null || path.StartsWith("contact.", StringComparison.OrdinalIgnoreCase) ? path : $"{path}@{AnswerScope}";

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
        var deviations = source.State.All<ProtocolDeviated>().Where(deviated => IsSigned(source, deviated)).Select(deviated => deviated.Rule).ToHashSet(StringComparer.Ordinal);
        var reader = DocumentReader.Find(source, rule, request, deviations.Contains);
        if (!reader.IsDone) return Outcome<AssemblyCase>.Refused(reader.Refusals);
        var (about, addressee, conversation, remark) = reader.Value;
        var facts = FactsFor(source.State, kind, about, addressee, conversation);
        if (rule.Replacement is { } other && other.When.Holds(facts))
        {
            return Outcome<AssemblyCase>.Refused(new Refusal(
                $"In deze zaak komt er geen {source.Protocol.Word(kind)}.", $"{other.Warning} ({rule.Article})", $"Maak in plaats daarvan: {other.Kind}."));
        }

        var drafted = request.Answers.Over(DocumentAnswers.Of(source.State.AnswersFor(kind)));
        var own = request.OwnAnswers;
        if (request.Date is { } date) own = own.With("brief.datum", date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var handles = Handles(about, addressee, conversation);
        var draftScope = DraftScope(about, addressee, conversation);
        IReadOnlyList<string> scopes = [.. handles, draftScope];
        var hasSeveral = HasSeveral(source.State, rule);
        IReadOnlyDictionary<string, string> reasons = ReasonsOf(drafted, request, scopes, hasSeveral);
        var given = drafted.WithoutReasons();
        var personal = hasSeveral ? rule.Elements.Where(IsPersonal).Select(element => element.Id).ToHashSet(StringComparer.OrdinalIgnoreCase) : [];
        var answers = own.Over(given.For(scopes, personal));
        var data = Projection.For(source, addressee, about, kind, answers, conversation, template.Elements);
        var judgement = Completeness.Judge(new CompletenessCase
        {
            Rule = rule,
            DocumentWord = source.Protocol.Word(kind),
            Facts = facts,
            Answers = answers,
            Reasons = reasons.Where(pair => pair.Key != PostponementReason).ToDictionary(StringComparer.Ordinal),
            Deviations = deviations,
            Passages = template.Elements,
            IsFilled = id => data.Find(id)?.IsFilled == true || (ElementSource.Find(id) is { Fields.Count: > 0 } known && known.Fields.All(path => data.Find(path)?.IsFilled == true)),
            Applies = id => ElementSource.Find(id)?.Applies(new ElementCase(source.State, about?.Id, addressee.Person, conversation)),
            Unaddressed = id => handles.Count > 0 && personal.Contains(id) && given.Find(id) is not null && answers.Find(id) is null ? $"{id}@{handles[^1]}" : null,
            IsWithheld = id => data.Withheld.Contains(id, StringComparer.OrdinalIgnoreCase),
        });
        var wrong = AnswerCheck.Check(own.Over(given), own.Over(request.Answers), rule, template, (addressee, data.Withheld), (scopes, KnownScopes(source.State, draftScope))).Concat(CheckPostponement(source.State, kind, about, data, request with { Reasons = reasons }));
        var compartment = NamesMelder(source.State, addressee, data) ? Compartment.Melder : DossierDocument.CompartmentOf(kind);
        return Outcome<AssemblyCase>.Done(new AssemblyCase
        {
            Source = source,
            Kind = kind,
            Rule = rule,
            Template = template,
            About = about,
            Addressee = addressee,
            Facts = facts,
            Conversation = conversation,
            Compartment = compartment,
            Answers = answers,
            Data = WithOwnFields(WithTemplateFields(data, template, judgement), template, rule, answers),
            Judgement = judgement,
            Problems = [.. wrong],
            Reasons = reasons,
            // What is meant for one reader says whose it is where others could read it too; what somebody alone may know always does.
            AnswerScope = hasSeveral || compartment == Compartment.Melder ? draftScope : null,
            Remarks = remark is null ? [] : [remark],
        });
    }

    /// <summary>Why elements are left out: of the draft, where it is meant for this document, and of the request.</summary>
    private static Dictionary<string, string> ReasonsOf(DocumentAnswers drafted, AssemblyRequest request, IReadOnlyList<string> scopes, bool hasSeveral)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        HashSet<string> personal = hasSeveral ? [.. drafted.All.Keys.Where(path => path.StartsWith(DocumentAnswers.ReasonPrefix, StringComparison.OrdinalIgnoreCase))] : [];
        foreach (var (element, reason) in drafted.For(scopes, personal).Reasons.Concat(request.Reasons)) reasons[element] = reason;
        return reasons;
    }

    /// <summary>
    /// The facts as they are for the document: of the betrokkene it is about; of a conversation those of whoever was heard, with what became of this verslag and no other.
    /// </summary>
    private static CaseFacts FactsFor(DossierState state, string kind, CasePerson? about, Addressee addressee, string? conversation)
    {
        if (conversation is null || !DocumentTraits.Of(kind).IsOfConversation) return state.Facts.For((kind == "uitnodiging-gesprek" ? addressee.Person : null)?.Value ?? about?.Id.Value);
        var heard = state.All<ConversationHeld>().LastOrDefault(held => held.Reference == conversation)?.With;
        return state.Facts.For(heard?.Value)
            .With(FactNames.VerslagGemaakt, true)
            .With(FactNames.AfwijkendeMening, state.All<DissentAttached>().Any(dissent => dissent.Conversation == conversation))
            .With(FactNames.VerslagGeweigerd, state.All<VerslagRefused>().Any(refused => refused.Conversation == conversation))
            .With(FactNames.Opname, state.All<RecordingMade>().Any(recording => recording.Conversation == conversation));
    }

    /// <summary>For whom an answer behind @ counts here; the last before all.</summary>
    private static IReadOnlyList<string> Handles(CasePerson? about, Addressee addressee, string? conversation)
        => [.. new[] { about?.Id.Value, addressee.Person?.Value, conversation }.OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// This one document: its reader, whom it is about and which conversation. A handle alone would count in every document about or for that person, so that what was
    /// written to a betrokkene would turn up in a letter about him to somebody else.
    /// </summary>
    private static string DraftScope(CasePerson? about, Addressee addressee, string? conversation)
        => string.Join(':', new[] { "aan", addressee.Person?.Value ?? addressee.Kind.Id, about is null || about.Id == addressee.Person ? null : about.Id.Value, conversation }.OfType<string>());

    private static IReadOnlySet<string> KnownScopes(DossierState state, string draftScope)
        => state.Persons.Select(person => person.Id.Value).Concat(state.Events.Select(recorded => recorded.Event.Reference).OfType<string>()).Append(draftScope).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether this kind of document can be made for more than one person or conversation of the case: then an answer must say whose it is.</summary>
    private static bool HasSeveral(DossierState state, DocumentRule rule)
    {
        if (state.Betrokkenen.Count > 1) return true;
        if (DocumentTraits.Of(rule.Kind).IsOfConversation) return state.All<ConversationHeld>().Count() > 1;
        var readers = rule.Addressees.Sum(actor => DocumentReader.RoleOf(actor) is { } role ? state.Persons.Count(person => person.Role == role) : 1);
        return readers > 1;
    }

    /// <summary>
    /// Whether the document says who a melder is: addressed to one (or to the vertrouwenspersoon who brought one), or with data that only melders and those whom the
    /// protocol lets know them may read. Such a document never lies in <c>onderzoek</c>.
    /// </summary>
    private static bool NamesMelder(DossierState state, Addressee addressee, ProjectedData data)
        => (addressee.Person is { } id && state.FindPerson(id) is { } reader && ProtectedNames.BetraysMelder(reader))
            || (addressee.Knows(Knowledge.Melder) && (data.Find("melder.naam")?.IsFilled == true || state.Melders.Count > 0));

    /// <summary>The subject under which a reason for ending a postponement early is given.</summary>
    public const string PostponementReason = "uitstel";

    /// <summary>
    /// Only a verantwoordelijke signs a deviation; the event may name anybody, and another's name takes nothing out of a letter. The first day of the appointment
    /// does not count: a case can be older than the vault in which its verantwoordelijke was appointed.
    /// </summary>
    internal static bool IsSigned(ProjectionSource source, ProtocolDeviated deviated)
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
            "Kies een latere datum, leg een eerdere datum van heroverweging vast, of geef een reden om haar nu al te sturen.")
        { Subject = PostponementReason, Remedies = Remedies.Reason };
    }

    /// <summary>
    /// What depends on the template: terms of other protocols are empty here, because this protocol is silent about them; and which passages stand in this document.
    /// </summary>
    private static ProjectedData WithTemplateFields(ProjectedData data, DocumentTemplate template, CompletenessResult judgement)
    {
        var tree = data.Data;
        foreach (var path in template.Fields.Select(field => field.Path).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (path.StartsWith(ProtocolFields.Terms, StringComparison.OrdinalIgnoreCase) && data.Find(path) is null)
                tree = Put(tree, path.Split('.'), TemplateData.Empty);
            else if (path.StartsWith(ProtocolFields.Paragraphs, StringComparison.OrdinalIgnoreCase) && PassageOf(template, path) is { } text && data.Find(text.Id) is { Raw: string value })
                tree = Put(tree, path.Split('.'), FieldContext.Texts(Transcript.Paragraphs(value)));
            else if (path.StartsWith(ProtocolFields.State, StringComparison.OrdinalIgnoreCase) && PassageOf(template, path) is { } passage)
                tree = Put(tree, path.Split('.'), !judgement.Omit.Contains(passage.Id) && !judgement.Missing.Contains(passage.Id));
        }

        return data with { Data = tree };
    }

    /// <summary>The passage a field is about by its name, such as <c>staat.gespreksverslag-paraaf</c>.</summary>
    private static TemplateElement? PassageOf(DocumentTemplate template, string path)
        => template.Elements.FirstOrDefault(passage => ProtocolFields.NameOf(passage.Id).Equals(path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..], StringComparison.OrdinalIgnoreCase));

    /// <summary>Fields the municipality put into its own template and that only an answer can fill.</summary>
    private static ProjectedData WithOwnFields(ProjectedData data, DocumentTemplate template, DocumentRule rule, DocumentAnswers answers)
    {
        var own = AnswerCheck.OwnFields(template, rule).Where(path => answers.Find(path) is not null && data.Find(path) is null).ToList();
        if (own.Count == 0) return data;
        var origins = data.Origins.Concat(own.Select(path => new FieldOrigin(path, FieldSource.Answer, path)));
        return data with { Data = own.Aggregate(data.Data, (tree, path) => Put(tree, path.Split('.'), answers.Find(path)!)), Origins = [.. origins] };
    }

    private static TemplateData Put(TemplateData tree, ReadOnlySpan<string> path, TemplateData value)
    {
        var fields = new Dictionary<string, TemplateData>(tree.Fields, StringComparer.OrdinalIgnoreCase);
        fields[path[0]] = path.Length == 1 ? value : Put(fields.TryGetValue(path[0], out var below) ? below : TemplateData.Record(Array.Empty<(string, TemplateData)>()), path[1..], value);
        return TemplateData.Record(fields);
    }
}
