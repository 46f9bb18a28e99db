using System.Text;

using DossierKit.Documents;
using DossierKit.Dossiers;

namespace DossierKit.Host.Web.Stukken;

/// <summary>
/// The answers of a form. Each field comes with a fingerprint of what stood there when the page was made: only what its user changed is recorded, and what somebody
/// else changed meanwhile is not written over.
/// </summary>
internal static class AnswerForm
{
    public const string Answer = "antwoord:";
    public const string Reason = "reden:";
    public const string Before = "was:";

    /// <summary>What a field shows: the text in the form, the same whether it came from the page or back from the browser; a space is a space.</summary>
    public static string Shown(string? value) => (value ?? "").ReplaceLineEndings("\n").Replace('\u00A0', ' ').Trim();

    /// <summary>A short keyed hash of what a field shows.</summary>
    public static string Fingerprint(OpenDossier dossier, string? value) => dossier.HashOf(Encoding.UTF8.GetBytes(Shown(value)))[..12];

    /// <summary>What was changed by this form, and what somebody else changed in the same fields.</summary>
    public static AnswerChanges Read(OpenDossier dossier, DocumentDraft draft, IFormCollection form)
    {
        var changes = new Dictionary<string, string>(StringComparer.Ordinal);
        var conflicts = new List<Refusal>();
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        var others = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in draft.Questions)
        {
            Take($"{Answer}{question.AnswerPath}", question.Current, question.AnswerPath, question);
            if (question.TakesReason) Take($"{Reason}{question.AnswerPath}", question.Reason, $"{DocumentAnswers.ReasonPrefix}{question.AnswerPath}", question);
        }

        return new AnswerChanges(changes, conflicts, given, others);

        void Take(string field, string? current, string path, DocumentQuestion question)
        {
            if (!form.TryGetValue(field, out var values)) return;
            var value = Shown(values.ToString());
            given[field] = value;
            var before = form[Before + field].ToString();
            if (Fingerprint(dossier, value) == before || value == Shown(current)) return;
            if (before.Length > 0 && Fingerprint(dossier, current) != before)
            {
                others[field] = Shown(current);
                conflicts.Add(new Refusal(
                    $"Iemand anders vulde intussen iets in bij: {question.Title ?? question.Question}.", "Wat u schreef is nog niet bewaard; het andere antwoord staat in het dossier.",
                    "Vergelijk de twee teksten bij de vraag en bewaar wat het moet zijn.")
                { Subject = question.Path });
            }
            else
            {
                changes[path] = value;
            }
        }
    }

    /// <summary>The changes as an event.</summary>
    public static AnswersRecorded Event(string kind, DocumentDraft draft, IReadOnlyDictionary<string, string> changes, DateOnly today) => new()
    {
        Date = today,
        DocumentKind = kind,
        Answers = changes,
        KeptIn = draft.Compartment == Compartment.Melder ? Compartment.Melder : null,
    };
}

/// <summary>What a form changes.</summary>
/// <param name="Answers">The changed answers, by the path they are recorded under; blank takes one away.</param>
/// <param name="Conflicts">Fields somebody else changed meanwhile.</param>
/// <param name="Given">Everything the form said, by field, to show it again.</param>
/// <param name="Others">What somebody else wrote in the fields of the conflicts, by field.</param>
internal sealed record AnswerChanges(
    IReadOnlyDictionary<string, string> Answers, IReadOnlyList<Refusal> Conflicts, IReadOnlyDictionary<string, string> Given, IReadOnlyDictionary<string, string> Others)
{
    /// <summary>Nothing was sent.</summary>
    public static AnswerChanges None { get; } = new(NoFields, [], NoFields, NoFields);

    private static IReadOnlyDictionary<string, string> NoFields => System.Collections.Frozen.FrozenDictionary<string, string>.Empty;
}
