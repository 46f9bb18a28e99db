using System.Globalization;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>Checks answers before they are used: known paths, the right kind, nothing the addressee may not know.</summary>
internal static class AnswerCheck
{
    /// <summary>Everything that is wrong with the answers, Dutch; a wrong path gets the nearest known one.</summary>
    /// <param name="answers">All answers, those for others among them.</param>
    /// <param name="given">Those given now: only of these the handle behind @ is checked, because a recorded one may be about somebody whom the asker may not see.</param>
    /// <param name="rule">What the protocol asks.</param>
    /// <param name="template">The template.</param>
    /// <param name="reader">The reader and what he may not know.</param>
    /// <param name="scopes">What may stand behind @: <c>Mine</c> in this document, <c>Known</c> in this dossier.</param>
    public static IEnumerable<Refusal> Check(
        DocumentAnswers answers, DocumentAnswers given, DocumentRule rule, DocumentTemplate template, (Addressee Addressee, IReadOnlyList<string> Withheld) reader,
        (IReadOnlyList<string> Mine, IReadOnlySet<string> Known) scopes)
    {
        var withheld = reader.Withheld;
        var asked = rule.Elements.ToDictionary(element => element.Id, StringComparer.OrdinalIgnoreCase);
        var passages = template.Elements.Select(passage => passage.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var own = OwnFields(template, rule).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (full, answer) in answers.All)
        {
            var at = full.LastIndexOf('@');
            var path = at < 0 ? full : full[..at];
            var isMine = at < 0 || scopes.Mine.Contains(full[(at + 1)..], StringComparer.Ordinal);
            if (isMine && answer.Contains("{{", StringComparison.Ordinal))
            {
                yield return Wrong(full, "Er staan dubbele accolades in. Een veld wordt alleen in het sjabloon ingevuld, niet in een antwoord.", "Schrijf de tekst zelf, zonder accolades.");
            }
            else if (at >= 0 && !scopes.Known.Contains(full[(at + 1)..]))
            {
                if (given.Find(full) is not null)
                    yield return Wrong(full, "Achter de @ staat niet de aanduiding van een persoon of het kenmerk van een gesprek in dit dossier.", $"Kies uit: {string.Join(", ", scopes.Known.Where(scope => !scope.Contains(':', StringComparison.Ordinal)).Order(StringComparer.Ordinal))}.");
            }
            else if (isMine && withheld.Any(hidden => IsOrBelow(path, hidden)))
            {
                var needed = ElementSource.Find(path)?.Needs ?? LetterField.Find(path)?.Needs;
                var unsettled = reader.Addressee.Unsettled.FirstOrDefault(one => needed is { } known && one.Knowledge.Contains(known));
                yield return Wrong(full, "De ontvanger van dit stuk mag dit niet weten.", unsettled?.WhatNow ?? "Haal het antwoord weg.");
            }
            else if (asked.TryGetValue(path, out var element))
            {
                var source = ElementSource.Find(element.Id);
                if (element.Content == ElementContent.StandingText && answers.YesOrNo(full) is null)
                    yield return Wrong(full, "De tekst hiervan staat vast in het sjabloon.", "Antwoord ja of nee, of haal het antwoord weg.");
                else if (source is { TakesAnswer: false } && answers.YesOrNo(full) is null)
                    yield return Wrong(full, "Dit komt uit het dossier.", $"Haal het antwoord weg. {source.Advice}");
                else if (element.Content == ElementContent.Date && answers.YesOrNo(full) is null && !TryDate(answer, out _)) yield return NoDate(full);
            }
            else if (LetterField.Find(path) is { } field)
            {
                if (field.Question is null || (field.OnlyForOffice && reader.Addressee.Person is not null)) yield return Wrong(full, "Dit komt uit het dossier en wordt niet gevraagd.", "Haal het antwoord weg en verbeter zo nodig het dossier.");
                else if (field.Kind == TemplateDataKind.Date && !TryDate(answer, out _)) yield return NoDate(full);
            }
            else if (!own.Contains(path) && !passages.Contains(path))
            {
                var known = asked.Keys.Concat(own).Concat(passages).Concat(LetterField.All.Where(field => field.Question is not null).Select(field => field.Path));
                yield return Wrong(full, "Het stuk kent deze vraag niet.", Protocols.Nearest.Advice(path, known.Distinct(StringComparer.OrdinalIgnoreCase)));
            }
        }
    }

    /// <summary>Fields a municipality thought of itself: used by the template, unknown to the catalogue and to the rule, outside loops.</summary>
    public static IEnumerable<string> OwnFields(DocumentTemplate template, DocumentRule rule)
        => template.Fields.Where(field => field.Within.Count == 0).Select(field => field.Path)
            .Where(path => LetterField.Find(path) is null && !LetterField.All.Any(field => IsOrBelow(field.Path, path) || IsOrBelow(path, field.Path)))
            .Where(path => !rule.Elements.Any(element => element.Id.Equals(path, StringComparison.OrdinalIgnoreCase)))
            .Where(path => !template.Elements.Any(passage => passage.Id.Equals(path, StringComparison.OrdinalIgnoreCase)))
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>A day as answers write it.</summary>
    public static bool TryDate(string answer, out DateOnly date)
        => DateOnly.TryParseExact(answer.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static bool IsOrBelow(string path, string above)
        => path.Equals(above, StringComparison.OrdinalIgnoreCase) || path.StartsWith(above + ".", StringComparison.OrdinalIgnoreCase);

    private static Refusal NoDate(string path) => Wrong(path, "Dit is geen datum.", "Schrijf jaar-maand-dag, bijvoorbeeld 2026-03-09.");

    private static Refusal Wrong(string path, string why, string whatNow) => new($"Een antwoord kan niet worden gebruikt: {NameOf(path)}.", why, whatNow) { Subject = path, Remedies = Remedies.Answer };

    /// <summary>What a reader calls it; a name nobody knows is said as it was given.</summary>
    private static string NameOf(string full)
    {
        var path = full.LastIndexOf('@') is > 0 and var at ? full[..at] : full;
        return LetterField.Find(path)?.Question?.TrimEnd('?') ?? UnaskedElements.Find(path)?.Title ?? $"'{full}'";
    }
}
