using System.Globalization;
using System.Text;

using DossierKit.Dossiers;

namespace DossierKit.Host.Web.Werk;

/// <summary>Terms as a calendar (RFC 5545): the number and the term, never content. A telephone shows it to whoever looks over a shoulder.</summary>
internal static class Calendar
{
    public const string Type = "text/calendar; charset=utf-8";

    public static string Write(IEnumerable<WorkItem> terms, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//DossierKit//Termijnen//NL");
        Line("X-WR-CALNAME:Termijnen");
        foreach (var term in terms.Where(term => term is { Kind: WorkKind.Term, Due: not null }).DistinctBy(term => (term.Dossier, term.Subject, term.Due)))
        {
            Line("BEGIN:VEVENT");
            Line($"UID:{term.Dossier.Value}-{term.Subject}-{Day(term.Due!.Value)}@dossierkit");
            Line($"DTSTAMP:{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
            Line($"DTSTART;VALUE=DATE:{Day(term.Due.Value)}");
            Line($"DTEND;VALUE=DATE:{Day(term.Due.Value.AddDays(1))}");
            Line($"SUMMARY:{Escape($"{term.Dossier.Value}: {term.Title}")}");
            Line("TRANSP:TRANSPARENT");
            Line("CLASS:CONFIDENTIAL");
            Line("END:VEVENT");
        }

        Line("END:VCALENDAR");
        return text.ToString();

        // A line has at most 75 bytes; what is longer goes on after a space.
        void Line(string line)
        {
            var bytes = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (bytes + rune.Utf8SequenceLength > 74)
                {
                    text.Append("\r\n ");
                    bytes = 1;
                }

                text.Append(rune);
                bytes += rune.Utf8SequenceLength;
            }

            text.Append("\r\n");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).ReplaceLineEndings("\\n");
}
