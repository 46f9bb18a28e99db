namespace DossierKit.Search;

/// <summary>
/// The profile <c>nl</c>, of the vault. Every word is a term as it stands, folded (<see cref="Folding"/>), stop words too: so phrases are exact and a segment stays small. Stems, parts of compounds and
/// synonyms are found when somebody searches, among the words of what may be read (<see cref="WordForms"/>), which gives the hits they would give had each been a term.
/// </summary>
internal sealed class DutchAnalyzer : Analyzer
{
    /// <summary>Its name.</summary>
    public const string Name = "nl";

    private static System.Buffers.SearchValues<char> Joiners { get; } = System.Buffers.SearchValues.Create(".:_");

    public override string Profile => Name;

    public override bool ExpandsWords => true;

    public override void Analyze<TSink>(ReadOnlySpan<char> text, ref TSink sink)
    {
        Span<char> buffer = stackalloc char[WordTokenizer.MaxLength];
        for (var tokens = new WordTokenizer(text); tokens.Next();)
        {
            var token = text[tokens.Start..tokens.End];
            if (IsJoined(token))
            {
                AddPieces(token, tokens.Start, ref sink);
                continue;
            }

            var length = Folding.Fold(token, buffer);
            // Only marks: as they stand, so that every token has a place.
            if (length > 0) sink.Add(buffer[..length], 1, tokens.Start, tokens.End);
            else sink.Add(text[tokens.Start..tokens.End], 1, tokens.Start, tokens.End);
        }
    }

    /// <summary>Words with nothing but a mark between them, as in an address or the name of a file: <c>Naam:Jansen</c>, <c>gespreksverslag_jansen.docx</c>. Not a number, a time, or letters with points.</summary>
    private static bool IsJoined(ReadOnlySpan<char> token)
    {
        if (token.IndexOfAny(Joiners) < 0) return false;
        foreach (var piece in token.SplitAny(Joiners))
        {
            if (token[piece].Length >= 3 && !token[piece].ContainsAnyExceptInRange('A', '\uffff')) return true;
        }

        return false;
    }

    private static void AddPieces<TSink>(ReadOnlySpan<char> token, int start, ref TSink sink)
        where TSink : ITokenSink, allows ref struct
    {
        Span<char> buffer = stackalloc char[WordTokenizer.MaxLength];
        foreach (var range in token.SplitAny(Joiners))
        {
            var piece = token[range];
            if (piece.IsEmpty) continue;
            var (from, end) = (start + range.Start.Value, start + range.End.Value);
            var length = Folding.Fold(piece, buffer);
            if (length > 0) sink.Add(buffer[..length], 1, from, end);
            else sink.Add(piece, 1, from, end);
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
