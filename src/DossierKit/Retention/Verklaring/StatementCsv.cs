using System.Globalization;
using System.Text;

namespace DossierKit.Retention;

/// <summary>The statement as a table: one line an item, with the columns of Open Archiefbeheer's report of destruction, and behind them what that lacks.</summary>
public static class StatementCsv
{
    /// <summary>Writes it (RFC 4180: comma, quotes, CR LF; UTF-8 with a mark, so that Excel reads accents).</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>The text, without the mark.</returns>
    public static string Write(DestructionStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var text = new StringBuilder();
        Line(text, [
            "bronapplicatie", "zaaktype omschrijving", "zaaktype UUID", "zaaktype identificatie", "resultaat", "zaak identificatie", "startdatum", "einddatum",
            "selectielijstklasse", "selectielijst versie", "gerelateerde objecten", "lijst", "nr", "soort", "object", "antwoord", "uitkomst", "vernietigd op", "uitgevoerd door",
            .. DestructionList.Needed(statement.Path).Select(group => $"akkoord {JsonWords.Of(group)}"), "grond", "wijze", "sha256", "mislukt"]);
        foreach (var item in statement.Items)
        {
            Line(text, [
                statement.Source, item.CaseType.Name, item.CaseType.Uuid, item.CaseType.Id, item.Result, item.Dossier, item.StartedOn, item.ClosedOn, item.Class, item.ListVersion,
                item.Related, statement.List, item.Number.ToString(CultureInfo.InvariantCulture), JsonWords.Of(item.Kind), item.Object, JsonWords.Of(item.Answer), JsonWords.Of(item.Outcome),
                item.Outcome == ItemOutcome.Destroyed ? item.Ended?.Local : null, JsonWords.Of(statement.Process.RunAs),
                .. DestructionList.Needed(statement.Path).Select(group => statement.Approvals.FirstOrDefault(approval => approval.Group == group) is { } given ? $"{JsonWords.Of(given.Function)}, {given.Time.Local}, ja" : null),
                string.Join("; ", item.Reasons.Select(reason => $"{reason.Text} ({reason.Article})")), statement.Way.Code, item.Sha256, item.Failure]);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        // A cell that a spreadsheet would reckon as a formula is a text.
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
