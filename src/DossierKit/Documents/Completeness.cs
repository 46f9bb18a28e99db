using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>What completeness is judged by: the rule of the protocol, the case, and what was filled in. No disk, no clock.</summary>
internal sealed record CompletenessCase
{
    public required DocumentRule Rule { get; init; }

    /// <summary>What the document is called here, such as <c>kennisgeving</c>.</summary>
    public required string DocumentWord { get; init; }

    /// <summary>The same with its article, within a sentence.</summary>
    public string TheDocument => DutchWords.The(DocumentWord);

    /// <summary>The facts as they are for the person the document is about.</summary>
    public required CaseFacts Facts { get; init; }

    /// <summary>The answers as they count for that person.</summary>
    public required DocumentAnswers Answers { get; init; }

    /// <summary>Reasons by element id, for leaving an element out.</summary>
    public required IReadOnlyDictionary<string, string> Reasons { get; init; }

    /// <summary>Elements the verantwoordelijke signed a deviation for.</summary>
    public required IReadOnlySet<string> Deviations { get; init; }

    /// <summary>The passages of the template.</summary>
    public required IReadOnlyList<TemplateElement> Passages { get; init; }

    /// <summary>Whether the data hold something for an element.</summary>
    public required Func<string, bool> IsFilled { get; init; }

    /// <summary>Whether an element applies, as far as the dossier can tell.</summary>
    public Func<string, bool?> Applies { get; init; } = _ => null;

    /// <summary>How an answer must be written that was given for nobody in particular, and so does not count here; <see langword="null"/> when there is none.</summary>
    public Func<string, string?> Unaddressed { get; init; } = _ => null;

    /// <summary>Whether the reader may not know an element: then it is not in his document, and nobody misses it there.</summary>
    public Func<string, bool> IsWithheld { get; init; } = _ => false;
}

/// <summary>The judgement: what is missing, what is left out and why.</summary>
/// <param name="Refusals">Everything that stands in the way of a final document; empty when it is complete.</param>
/// <param name="Omit">Elements whose passage is left out.</param>
/// <param name="Missing">Elements that ought to be there and are not: a concept marks them.</param>
/// <param name="Reasons">The reasons and deviations that were used, by element id; they are recorded with the document.</param>
/// <param name="Remarks">What the user should know and need not mend, Dutch.</param>
internal sealed record CompletenessResult(
    IReadOnlyList<Refusal> Refusals,
    IReadOnlySet<string> Omit,
    IReadOnlySet<string> Missing,
    IReadOnlyDictionary<string, string> Reasons,
    IReadOnlyList<string> Remarks);

/// <summary>
/// Judges whether a document is complete by the strengths of its protocol: only <c>moet</c> refuses, <c>in_de_regel</c> asks a reason when left out,
/// <c>indien_van_toepassing</c> asks yes or no and is then <c>moet</c>, <c>kan</c> is offered. All problems at once.
/// </summary>
internal static class Completeness
{
    public static CompletenessResult Judge(CompletenessCase given) => new Judgement(given).Run();

    private sealed class Judgement(CompletenessCase given)
    {
        private readonly List<Refusal> _refusals = [];
        private readonly HashSet<string> _omit = new(StringComparer.Ordinal);
        private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, string> _reasons = new(StringComparer.Ordinal);
        private readonly List<string> _remarks = [];
        private readonly Dictionary<string, TemplateElement> _passages = given.Passages.ToDictionary(passage => passage.Id, StringComparer.Ordinal);

        public CompletenessResult Run()
        {
            CheckReasons();
            foreach (var element in given.Rule.Elements) Judge(element);
            var left = given.Passages.Where(IsLeftOutUnasked).Select(passage => passage.Id).ToList();
            _omit.UnionWith(left);
            if (left.Count > 0)
            {
                _remarks.Add($"Niet opgenomen, omdat {given.Rule.Article} er niet om vraagt: {string.Join(", ", left.Select(id => UnaskedElements.Find(id) is { } known ? Lower(known.Title) : id))}. "
                    + "Hoort een van deze onderdelen er toch in, beantwoord het dan (met 'ja' als de tekst vaststaat).");
            }

            return new(_refusals, _omit, _missing, _reasons, _remarks);
        }

        private void Judge(ElementRule element)
        {
            // A duty too many is seen and one too few is not: only a condition that surely does not hold switches an element off.
            if (!element.When.MayHold(given.Facts) || given.IsWithheld(element.Id))
            {
                _omit.Add(element.Id);
                // Never silently: two rules of one protocol can pull at the same passage, and a fact nobody settled can decide between them.
                if (element.Strength == Strength.Must && element.When.MayHold(given.Facts) && !given.Deviations.Contains(element.Id))
                    _remarks.Add($"Niet in deze {given.DocumentWord}: {Lower(element.Title)}. Het hoort erin volgens {element.Article}, maar de ontvanger mag het (nog) niet weten.");
                return;
            }

            if (element.Strength != Strength.Must && given.Reasons.TryGetValue(element.Id, out var reason) && !string.IsNullOrWhiteSpace(reason)
                && element.Strength != Strength.IfApplicable)
            {
                _reasons[element.Id] = reason;
                _omit.Add(element.Id);
                return;
            }

            switch (element.Strength)
            {
                case Strength.Must:
                    Require(element);
                    break;
                case Strength.AsARule when IsPresent(element):
                    NeedsPassage(element);
                    break;
                case Strength.AsARule:
                    Miss(element, "Dat staat er in de regel in", element.Content == ElementContent.StandingText
                        ? "Neem het weer op, of geef een reden om het weg te laten."
                        : $"{Ask(element)} Of geef een reden om het weg te laten.", Remedies.Answer | Remedies.Reason, given.Answers.YesOrNo(element.Id) == false ? NoWasSaid : "");
                    break;
                case Strength.IfApplicable:
                    JudgeApplicable(element);
                    break;
                default:
                    Offer(element);
                    break;
            }
        }

        private void Require(ElementRule element)
        {
            if (IsPresent(element))
            {
                NeedsPassage(element);
            }
            else if (given.Deviations.Contains(element.Id))
            {
                _reasons[element.Id] = "afwijking van het protocol, getekend door de verantwoordelijke";
                _omit.Add(element.Id);
            }
            else
            {
                var said = given.Answers.YesOrNo(element.Id) == false ? NoWasSaid : "";
                Miss(element, "Dat moet erin staan", said.Length > 0 && (element.Content == ElementContent.StandingText || given.IsFilled(element.Id))
                    ? "Neem het weer op, of laat de verantwoordelijke een afwijking tekenen (protocol-afgeweken)."
                    : $"{Ask(element)} Of laat de verantwoordelijke een afwijking tekenen (protocol-afgeweken).", Remedies.Answer, said);
            }
        }

        private void JudgeApplicable(ElementRule element)
        {
            var settled = element.When.Facts.Count > 0 && element.When.Holds(given.Facts);
            var inDossier = settled || (element.Content != ElementContent.StandingText && given.IsFilled(element.Id)) ? true : given.Applies(element.Id);
            var applies = given.Answers.YesOrNo(element.Id) ?? inDossier;
            if (applies is null)
            {
                _missing.Add(element.Id);
                _refusals.Add(new Refusal(
                    $"Een vraag voor {given.TheDocument} is niet beantwoord: {Lower(element.Title)}.",
                    $"Dit hoort erin als het van toepassing is, volgens {element.Article}.",
                    $"Beantwoord met ja of nee: {element.ApplicabilityQuestion ?? element.Question}")
                { Subject = element.Id, Remedies = Remedies.Answer });
            }
            else if (applies.Value)
            {
                Require(element);
            }
            else if (inDossier == true && given.Answers.YesOrNo(element.Id) == false)
            {
                _missing.Add(element.Id);
                _refusals.Add(new Refusal(
                    $"Het antwoord over {Lower(element.Title)} klopt niet met het dossier.",
                    $"Er is 'nee' geantwoord, maar het dossier bevat het wel. Volgens {element.Article} hoort het dan in {given.TheDocument}.",
                    "Antwoord 'ja', of verbeter het dossier.")
                { Subject = element.Id, Remedies = Remedies.Answer });
            }
            else
            {
                _omit.Add(element.Id);
            }
        }

        private void Offer(ElementRule element)
        {
            if (!IsPresent(element))
                _omit.Add(element.Id);
            else if (!_passages.ContainsKey(element.Id) && given.Answers.Find(element.Id) is not null)
                _remarks.Add($"Het sjabloon heeft geen passage voor {Lower(element.Title)}. Het antwoord daarop staat dus niet in {given.TheDocument}.");
        }

        /// <summary>
        /// A passage the protocol does not know: templates serve many protocols, and what one of them gives may be no right or term in another. It stays out unless somebody
        /// answered it, or unless it only shows what the dossier itself knows (whom to call, who investigates): silence demands nothing and forbids nothing.
        /// </summary>
        private bool IsLeftOutUnasked(TemplateElement passage)
        {
            if (given.Rule.Elements.Any(element => element.Id == passage.Id)) return false;
            var lacksOwnField = passage.Fields.Contains(passage.Id, StringComparer.OrdinalIgnoreCase) && !given.IsFilled(passage.Id);
            var isUnknown = given.Answers.Find(passage.Id) is null && !given.IsFilled(passage.Id);
            return lacksOwnField || isUnknown || given.Answers.YesOrNo(passage.Id) == false || given.IsWithheld(passage.Id);
        }

        private bool IsPresent(ElementRule element)
            => given.Answers.YesOrNo(element.Id) != false && (element.Content == ElementContent.StandingText || given.IsFilled(element.Id));

        private void NeedsPassage(ElementRule element)
        {
            if (_passages.ContainsKey(element.Id)) return;
            _missing.Add(element.Id);
            var reason = element.Strength == Strength.AsARule ? " Of geef een reden om het weg te laten." : "";
            _refusals.Add(new Refusal(
                $"Het sjabloon van {given.TheDocument} heeft geen passage voor {Lower(element.Title)}.",
                $"{(element.Strength == Strength.AsARule ? "Dat staat er in de regel in" : "Dat moet erin staan")} volgens {element.Article}.",
                $"Zet in Word een inhoudsbesturingselement met de tag 'element:{element.Id}' om de passage en neem het sjabloon opnieuw in gebruik.{reason}")
            { Subject = element.Id, Remedies = reason.Length > 0 ? Remedies.Reason : Remedies.None });
        }

        private const string NoWasSaid = " Er is 'nee' geantwoord.";

        private void Miss(ElementRule element, string duty, string whatNow, Remedies remedies, string said)
        {
            _missing.Add(element.Id);
            // What the dossier itself must tell is not answered, only left out with a reason or put back.
            var isFromDossier = ElementSource.Find(element.Id) is { TakesAnswer: false } && said.Length == 0;
            _refusals.Add(new Refusal($"In {given.TheDocument} ontbreekt: {Lower(element.Title)}.{said}", $"{duty} volgens {element.Article}.", whatNow)
            { Subject = element.Id, Remedies = isFromDossier ? remedies & ~Remedies.Answer : remedies, AnswerPath = given.Unaddressed(element.Id) });
        }

        private void CheckReasons()
        {
            foreach (var (id, reason) in given.Reasons.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                var element = given.Rule.Elements.FirstOrDefault(element => element.Id == id);
                if (element is null && !_passages.ContainsKey(id))
                {
                    _refusals.Add(new Refusal(
                        $"Er is een reden gegeven voor '{id}', maar dat onderdeel bestaat niet.", $"{DutchWords.TheFirst(given.DocumentWord)} kent het niet ({given.Rule.Article}).",
                        Protocols.Nearest.Advice(id, given.Rule.Elements.Select(known => known.Id)))
                    { Subject = id });
                }
                else if (string.IsNullOrWhiteSpace(reason))
                {
                    _refusals.Add(new Refusal($"De reden is leeg bij: {Lower(element?.Title ?? id)}.", "Een reden wordt vastgelegd in het dossier.", "Schrijf waarom het weg mag.") { Subject = id, Remedies = Remedies.Reason });
                }
                else if (element?.Strength is Strength.Must or Strength.IfApplicable)
                {
                    _refusals.Add(new Refusal(
                        $"Een reden is niet genoeg om dit weg te laten: {Lower(element.Title)}.",
                        element.Strength == Strength.Must ? $"Dat moet erin staan volgens {element.Article}." : $"Volgens {element.Article} is dit een vraag met ja of nee.",
                        element.Strength == Strength.Must ? "Laat de verantwoordelijke een afwijking tekenen (protocol-afgeweken)." : "Antwoord ja of nee.")
                    { Subject = id, Remedies = element.Strength == Strength.Must ? Remedies.None : Remedies.Answer });
                }
            }
        }

        private string Ask(ElementRule element)
            => given.Unaddressed(element.Id) is not null
                ? "Er is een antwoord, maar in dit dossier kan het voor meer dan één lezer of gesprek bedoeld zijn. Zeg voor wie het is."
                : ElementSource.Find(element.Id)?.Advice ?? $"Beantwoord: {element.Question} {element.Hint}".TrimEnd();

        private static string Lower(string title) => title.Length > 1 && char.IsLower(title[1]) ? char.ToLowerInvariant(title[0]) + title[1..] : title;
    }
}
