using System.Globalization;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>What there is to ask for one prepared document.</summary>
internal static class DocumentQuestions
{
    public static IReadOnlyList<DocumentQuestion> Of(AssemblyCase given)
        => [.. given.Rule.Elements.SelectMany(element => OfElement(given, element).Select(question => question with { Title = element.Title })).Concat(OfUnasked(given)).Concat(OfFields(given)).Concat(OfProblems(given)).Select(question => Complete(given, question))];

    private static DocumentQuestion Complete(AssemblyCase given, DocumentQuestion question) => question with
    {
        AnswerPath = given.AnswerPath(question.Path),
        Reason = given.Reasons.GetValueOrDefault(question.Path),
        Origin = question.Current is null || question.Kind == AnswerKind.YesOrNo ? null : OriginOf(given, question.Path),
    };

    /// <summary>Where the value came from: its own origin, or that of the first field it is made of.</summary>
    private static FieldOrigin? OriginOf(AssemblyCase given, string path)
    {
        IEnumerable<string> paths = [path, .. ElementSource.Find(path)?.Fields ?? []];
        return paths.Select(one => given.Data.Origins.LastOrDefault(origin => origin.Path.Equals(one, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(origin => origin is not null);
    }

    /// <summary>Passages the protocol does not ask: offered, never open.</summary>
    private static IEnumerable<DocumentQuestion> OfUnasked(AssemblyCase given)
    {
        foreach (var id in given.Template.Elements.Select(passage => passage.Id).Except(given.Rule.Elements.Select(element => element.Id), StringComparer.OrdinalIgnoreCase))
        {
            if (given.Data.Withheld.Contains(id, StringComparer.OrdinalIgnoreCase)) continue;
            var known = UnaskedElements.Find(id);
            var kind = UnaskedElements.KindOf(id) is { } data ? KindOf(data) : AnswerKind.YesOrNo;
            var current = kind == AnswerKind.YesOrNo ? Word(given.Answers.YesOrNo(id) ?? false) : Show(given.Data.Find(id));
            yield return new DocumentQuestion(id, kind, known?.Question ?? $"Hoort '{id}' in dit stuk?", $"{given.Source.Protocol.Title} vraagt dit niet. {known?.Hint}".TrimEnd(), null, null, current, false);
        }
    }

    private static IEnumerable<DocumentQuestion> OfElement(AssemblyCase given, ElementRule element)
    {
        if (!element.When.MayHold(given.Facts) || given.Data.Withheld.Contains(element.Id, StringComparer.OrdinalIgnoreCase)) yield break;
        var isOpen = given.Judgement.Missing.Contains(element.Id);
        var said = given.Answers.YesOrNo(element.Id);
        var current = element.Content == ElementContent.StandingText ? null : Show(given.Data.Find(element.Id));
        var inDossier = ElementSource.Find(element.Id)?.Applies(new ElementCase(given.Source.State, given.About?.Id, given.Addressee.Person, given.Conversation));
        // Who said no and was contradicted by the dossier since must be able to take that back.
        if (element.Strength == Strength.IfApplicable && ((current is null && inDossier != true) || said == false))
        {
            if (inDossier == false && said is null) yield break;
            yield return new DocumentQuestion(
                element.Id, AnswerKind.YesOrNo, element.ApplicabilityQuestion ?? element.Question, element.Hint, element.Article, element.Strength, Word(said), isOpen && said != true);
            if (said != true) yield break;
        }

        if (said == false && isOpen && (element.Content == ElementContent.StandingText || ElementSource.Find(element.Id) is { TakesAnswer: false }))
        {
            yield return new DocumentQuestion(element.Id, AnswerKind.YesOrNo, element.Question, element.Hint, element.Article, element.Strength, Word(said), true) { IsTakenOut = true };
        }
        else if (element.Content == ElementContent.StandingText)
        {
            // A standing passage is not asked for; only where the protocol leaves a choice, the choice is shown.
            if (element.Strength is Strength.AsARule or Strength.May)
                yield return new DocumentQuestion(element.Id, AnswerKind.YesOrNo, element.Question, element.Hint, element.Article, element.Strength, Word(said ?? true), isOpen);
        }
        else if (ElementSource.Find(element.Id) is { TakesAnswer: false, Advice: { } advice })
        {
            // Nothing to fill in here: it is mended in the dossier, or by the fields that come after.
            if (isOpen) yield return new DocumentQuestion(element.Id, AnswerKind.Text, element.Question, advice, element.Article, element.Strength, null, true) { IsFromDossier = true };
        }
        else
        {
            yield return new DocumentQuestion(element.Id, KindOf(Projection.KindOf(element)), element.Question, element.Hint, element.Article, element.Strength, current, isOpen);
        }
    }

    private static IEnumerable<DocumentQuestion> OfFields(AssemblyCase given)
    {
        var used = given.Template.Fields.Select(field => field.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var field in LetterField.All)
        {
            if (field.Question is null || !used.Contains(field.Path) || (field.OnlyForOffice && given.Addressee.Person is not null)) continue;
            var current = Show(given.Data.Find(field.Path));
            yield return new DocumentQuestion(field.Path, KindOf(field.Kind), field.Question, field.Hint ?? "", null, null, current, current is null && !field.Optional) { IsOneLine = field.IsOneLine };
        }

        foreach (var path in AnswerCheck.OwnFields(given.Template, given.Rule))
        {
            var current = Show(given.Data.Find(path));
            yield return new DocumentQuestion(path, AnswerKind.Text, $"Wat komt er bij '{path}'?", "Dit veld staat in het sjabloon van de gemeente.", null, null, current, current is null);
        }
    }

    /// <summary>What stands in the way of the document as a whole and is passed with a reason.</summary>
    private static IEnumerable<DocumentQuestion> OfProblems(AssemblyCase given)
    {
        var refusal = given.Problems.FirstOrDefault(problem => problem.Subject == AssemblyCase.PostponementReason);
        if (refusal is null && !given.Reasons.ContainsKey(AssemblyCase.PostponementReason)) yield break;
        yield return new DocumentQuestion(
            AssemblyCase.PostponementReason, AnswerKind.Text, "Waarom gaat de kennisgeving nu al uit, terwijl zij is uitgesteld?", "Of kies een latere datum voor de brief. De reden wordt bij het stuk bewaard.",
            null, null, null, refusal is not null)
        { IsReasonOnly = true };
    }

    private static AnswerKind KindOf(TemplateDataKind kind) => kind switch
    {
        TemplateDataKind.Date => AnswerKind.Date,
        TemplateDataKind.List => AnswerKind.List,
        TemplateDataKind.Flag => AnswerKind.YesOrNo,
        _ => AnswerKind.Text,
    };

    private static string? Word(bool? said) => said is null ? null : said.Value ? "ja" : "nee";

    private static string? Show(TemplateData? data) => data switch
    {
        null => null,
        { IsFilled: false } => null,
        { Kind: TemplateDataKind.List } => string.Join('\n', data.Items.Select(Show)),
        { Kind: TemplateDataKind.Record } => string.Join(", ", data.Fields.Values.Select(Show).Where(text => text is not null)),
        { Raw: DateOnly day } => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        { Raw: bool flag } => flag ? "ja" : "nee",
        _ => Convert.ToString(data.Raw, CultureInfo.InvariantCulture),
    };
}
