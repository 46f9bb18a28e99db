using System.Globalization;
using System.Text;
using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>Writes down where each line of a protocol comes from and where it is carried out: a page for each protocol, and the tables of the README.</summary>
internal static class ProtocolTrace
{
    /// <summary>The name of a protocol's page.</summary>
    public static string NameOf(Protocol protocol) => $"{protocol.Id}-{protocol.Version}.md";

    /// <summary>Everything a protocol says, by article, and what it leaves out.</summary>
    public static string Page(Protocol protocol)
    {
        var entries = OwnEntries(protocol);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {protocol.Title}\n");
        page.Append("Generated from the protocol file; a test fails when it is stale (`DOSSIERKIT_WRITE_EXPECTED=1` writes it). ");
        page.Append("Numbers in brackets are lines of the source text. \"Own\" marks what is, or also is, a choice of the municipality (or of whoever wrote the file) itself; the reason stands in the file.\n\n");
        if (Below(protocol) is { } below) page.Append(CultureInfo.InvariantCulture, $"Laid over [{below.Title}]({NameOf(below)}): only what it adds or changes stands here.\n\n");
        foreach (var source in protocol.SourceDocuments) page.Append(CultureInfo.InvariantCulture, $"- **{source.Id}**: {Cell(source.Title)}{(source.Link is null ? "" : $" <{source.Link}>")}\n");
        page.Append("\n| article | rule | title | strength | where it is carried out | from | own |\n|---|---|---|---|---|---|---|\n");
        foreach (var entry in entries)
        {
            var condition = entry.When == Condition.Always ? "" : $" (als {entry.When})";
            page.Append(CultureInfo.InvariantCulture, $"| {Cell(entry.Article)} | {PartOf(entry)}`{entry.Id}` | {Cell(entry.Title)}{condition} | {StrengthOf(entry)} | {string.Join("; ", entry.Where)} | {Cell(string.Join("; ", entry.Origin.Sources))} | {(entry.Origin.OwnChoice is null ? "" : "yes")} |\n");
        }

        page.Append("\n## Left out on purpose\n");
        var leftOut = protocol.LeftOut.Except(Below(protocol)?.LeftOut ?? []).ToList();
        if (leftOut.Count == 0)
        {
            page.Append("Nothing is marked as left out.\n");
            return page.ToString();
        }

        page.Append("| source | what it says | why it is left out |\n|---|---|---|\n");
        foreach (var left in leftOut) page.Append(CultureInfo.InvariantCulture, $"| {Cell(string.Join("; ", left.Sources))} | {Cell(left.What)} | {Cell(left.Reason)} |\n");
        return page.ToString();
    }

    /// <summary>The protocols that ship with the program, counted.</summary>
    public static string Overview(IEnumerable<Protocol> protocols)
    {
        var text = new StringBuilder("| protocol | title | in force | moet | in de regel | if applicable | kan | terms | choices | left out | all, with sources |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var protocol in protocols)
        {
            var entries = ProtocolEntry.Of(protocol);
            var period = protocol.InForceTo is { } last ? $"{Iso(protocol.InForceFrom)} to {Iso(last)}" : $"from {Iso(protocol.InForceFrom)}";
            var counts = new[] { Strength.Must, Strength.AsARule, Strength.IfApplicable, Strength.May }.Select(strength => entries.Count(entry => entry.Strength == strength));
            text.Append(CultureInfo.InvariantCulture, $"| `{protocol.Id}` {protocol.Version} | {Cell(protocol.Title)} | {period} | {string.Join(" | ", counts)} | {protocol.Terms.Count} | {protocol.Choices.Count} | {protocol.LeftOut.Count} | [page](Trace/{NameOf(protocol)}) |\n");
        }

        return text.ToString();
    }

    /// <summary>Every rule that must be kept, with where this program sees to it.</summary>
    public static string Musts(IEnumerable<Protocol> protocols)
    {
        var text = new StringBuilder("| article | rule | title | strength | where it is carried out |\n|---|---|---|---|---|\n");
        foreach (var entry in protocols.SelectMany(OwnEntries).Where(entry => entry.Part is ProtocolPart.Rule or ProtocolPart.Document && entry.Strength == Strength.Must))
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(entry.Article)} | {PartOf(entry)}`{entry.Id}` | {Cell(entry.Title)} | moet | {string.Join("; ", entry.Where)} |\n");
        return text.ToString();
    }

    private static Protocol? Below(Protocol protocol) => protocol.Base is { } reference ? ProtocolLibrary.Shipped.Find(reference.Id, reference.Version) : null;

    /// <summary>What a protocol says itself; of an overlay not what it leaves as its base has it.</summary>
    private static IEnumerable<ProtocolEntry> OwnEntries(Protocol protocol)
    {
        var below = Below(protocol) is { } other ? ProtocolEntry.Of(other).Select(Key).ToHashSet() : [];
        return ProtocolEntry.Of(protocol).Where(entry => !below.Contains(Key(entry)));

        static (ProtocolPart, string, string, string, string, Strength?, Condition) Key(ProtocolEntry entry)
            => (entry.Part, entry.Id, entry.Article, entry.Title, entry.Text, entry.Strength, entry.When);
    }

    private static string PartOf(ProtocolEntry entry) => entry.Part switch
    {
        ProtocolPart.Authority => "authority ",
        ProtocolPart.Document => "document ",
        ProtocolPart.Element => "element ",
        ProtocolPart.Term => "term ",
        ProtocolPart.Access => "access ",
        ProtocolPart.Retention => "keeping ",
        ProtocolPart.Choice => "choice ",
        _ => "",
    };

    private static string StrengthOf(ProtocolEntry entry) => entry.Strength switch
    {
        Strength.Must => "moet",
        Strength.AsARule => "in de regel",
        Strength.May => "kan",
        Strength.IfApplicable => "indien van toepassing",
        _ => "",
    };

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
