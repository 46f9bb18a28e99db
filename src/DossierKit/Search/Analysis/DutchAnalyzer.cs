namespace DossierKit.Search;

/// <summary>
/// The profile <c>nl</c>, of the vault. Every word is a term as it stands, folded (<see cref="Folding"/>), stop words too: so phrases are exact and a segment stays small. Stems, parts of compounds and
/// synonyms are found when somebody searches, among the words of what may be read (<see cref="WordForms"/>), which gives the hits they would give had each been a term.
/// </summary>
internal sealed class DutchAnalyzer : Analyzer
{
    /// <summary>Its name.</summary>
    public const string Name = "nl";

    public override string Profile => Name;

    public override bool ExpandsWords => true;

    public override void Analyze<TSink>(ReadOnlySpan<char> text, ref TSink sink)
    {
        Span<char> buffer = stackalloc char[WordTokenizer.MaxLength];
        for (var tokens = new WordTokenizer(text); tokens.Next();)
        {
            var length = Folding.Fold(text[tokens.Start..tokens.End], buffer);
            // Only marks: as they stand, so that every token has a place.
            if (length > 0) sink.Add(buffer[..length], 1, tokens.Start, tokens.End);
            else sink.Add(text[tokens.Start..tokens.End], 1, tokens.Start, tokens.End);
        }
    }

    /// <summary>What a text can be found by: each word, and at the same place its stem and the parts of a compound, as far as the words that ship with the program tell them.</summary>
    public void Explain<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : ITokenSink, allows ref struct
    {
        var words = new Words([]);
        Analyze(text, ref words);
        foreach (var (word, start, end) in words.Found)
        {
            sink.Add(word, 1, start, end);
            var given = new HashSet<string>(StringComparer.Ordinal) { word };
            if (DutchStems.IsInflected(word) && given.Add(DutchStems.Of(word))) sink.Add(DutchStems.Of(word), 0, start, end);
            foreach (var part in DutchCompounds.Parts(word))
            {
                if (given.Add(part)) sink.Add(part, 0, start, end);
                if (DutchStems.IsInflected(part) && given.Add(DutchStems.Of(part))) sink.Add(DutchStems.Of(part), 0, start, end);
            }
        }
    }

    public override string Fold(string word)
    {
        // A pattern keeps its length and its marks: only the letters between them are folded.
        var folded = Folding.Text(word);
        return folded.Length > 0 ? folded : word;
    }

    private readonly struct Words(List<(string Word, int Start, int End)> found) : ITokenSink
    {
        public List<(string Word, int Start, int End)> Found => found;

        public void Add(scoped ReadOnlySpan<char> term, int increment, int start, int end) => found.Add((term.ToString(), start, end));
    }
}
