namespace DossierKit.Search;

/// <summary>Takes the tokens of a text, in order.</summary>
internal interface ITokenSink
{
    /// <summary>One token.</summary>
    /// <param name="term">What it is looked up by; valid during the call.</param>
    /// <param name="increment">How many positions after the one before; 0: at the same place.</param>
    /// <param name="start">Where it starts in the text, in UTF-16 units.</param>
    /// <param name="end">Where it ends, exclusive.</param>
    void Add(scoped ReadOnlySpan<char> term, int increment, int start, int end);
}

/// <summary>Makes the tokens of a text that are searched for, by a profile. Safe for several threads.</summary>
internal abstract class Analyzer
{
    /// <summary>The name of the profile, such as <c>nl</c>.</summary>
    public abstract string Profile { get; }

    /// <summary>Whether an unquoted word of a query stands for its other forms as well (<see cref="WordForms"/>).</summary>
    public virtual bool ExpandsWords => false;

    /// <summary>Gives the tokens of a text.</summary>
    public abstract void Analyze<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : ITokenSink, allows ref struct;

    /// <summary>What the prefix, wildcard or fuzzy word of a query becomes: the folding of the profile without stemming.</summary>
    public abstract string Fold(string word);
}

/// <summary>
/// The profile <c>lucene</c>: token for token what the Dutch analyzer of Lucene 8 gives (words, lower case, its stop words left out, four overrides, the stemmer). For measuring
/// beside it on plain text; dossiers have a profile of their own.
/// </summary>
internal sealed class LuceneAnalyzer : Analyzer
{
    public override string Profile => "lucene";

    public override void Analyze<TSink>(ReadOnlySpan<char> text, ref TSink sink)
    {
        Span<char> buffer = stackalloc char[WordTokenizer.MaxLength];
        var increment = 1;
        for (var tokens = new WordTokenizer(text); tokens.Next();)
        {
            var word = buffer[..LowerCase.Fold(text[tokens.Start..tokens.End], buffer)];
            if (DutchWords.IsStop(word))
            {
                increment++;
                continue;
            }

            if (DutchWords.Override(word) is { } stem) sink.Add(stem, increment, tokens.Start, tokens.End);
            else sink.Add(word[..DutchStemmer.Stem(word)], increment, tokens.Start, tokens.End);
            increment = 1;
        }
    }

    public override string Fold(string word)
    {
        var folded = new char[word.Length];
        return new string(folded, 0, LowerCase.Fold(word, folded));
    }
}

/// <summary>Lower case by single code points, whatever the culture: the length stays.</summary>
internal static class LowerCase
{
    public static int Fold(ReadOnlySpan<char> word, Span<char> into)
    {
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (char.IsAscii(c)) into[i] = c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
            else if (c == 'İ') into[i] = 'i';
            else if (!char.IsSurrogate(c)) into[i] = char.ToLowerInvariant(c);
            else if (System.Text.Rune.TryGetRuneAt(word.ToString(), i, out var rune))
            {
                System.Text.Rune.ToLowerInvariant(rune).EncodeToUtf16(into[i..]);
                i++;
            }
            else
            {
                into[i] = c;
            }
        }

        return word.Length;
    }
}
