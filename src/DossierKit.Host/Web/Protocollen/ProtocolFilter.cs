using DossierKit.Host.Web.Texts;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Protocollen;

/// <summary>What somebody wants to see of a protocol; nothing chosen is everything.</summary>
/// <param name="Text">Words that must all stand in the line.</param>
/// <param name="Sort">The sort of line.</param>
/// <param name="Phase">The part of a case.</param>
/// <param name="Document">The kind of document.</param>
/// <param name="Strength">How binding.</param>
public sealed record ProtocolFilter(string? Text, ProtocolPart? Sort, RulePhase? Phase, string? Document, Strength? Strength)
{
    /// <summary>Whether everything is shown.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && Sort is null && Phase is null && Document is null && Strength is null;

    /// <summary>Reads the filter of an address; what is not understood is not filtered by.</summary>
    public static ProtocolFilter Read(IQueryCollection query)
    {
        var document = query["stuk"].ToString();
        return new(query["zoek"].ToString().Trim(), Parse<ProtocolPart>(query["soort"], Word), Parse<RulePhase>(query["fase"], Word), DocumentKinds.IsKnown(document) ? document : null, Parse<Strength>(query["kracht"], Word));
    }

    internal bool Shows(ProtocolLine line)
        => (Sort is not { } sort || line.Entry.Part == sort)
            && (Phase is not { } phase || line.Phase == phase)
            && (Document is not { } document || line.Entry.Document == document)
            && (Strength is not { } strength || line.Entry.Strength == strength)
            && (Text is not { Length: > 0 } text || text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Holds(line, word)));

    private static bool Holds(ProtocolLine line, string word)
        => new[] { line.Entry.Article, line.Entry.Title, line.Entry.Text, line.Entry.Id, line.Actor }.Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>The word of a choice in an address: the one on the screen.</summary>
    public static string Word(ProtocolPart part) => Slug(ProtocolLine.SortOf(part));

    /// <inheritdoc cref="Word(ProtocolPart)"/>
    public static string Word(RulePhase phase) => Slug(Nl.Of(phase));

    /// <inheritdoc cref="Word(ProtocolPart)"/>
    public static string Word(Strength strength) => Slug(Labels.Of(strength));

    private static T? Parse<T>(string? word, Func<T, string> wordOf)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => wordOf(value!.Value) == word);

    private static string Slug(string text) => text.ToLowerInvariant().Replace(' ', '-');
}
