namespace DossierKit.Search;

/// <summary>
/// Cuts text into words by Unicode Standard Annex 29, as the classic tokenizers of search do: what holds no letter, digit or ideograph is no token, and a token of more than
/// <see cref="MaxLength"/> units goes on as a next one. Offsets count UTF-16 units.
/// </summary>
internal ref struct WordTokenizer(ReadOnlySpan<char> text)
{
    /// <summary>The most UTF-16 units of one token.</summary>
    public const int MaxLength = 255;

    private readonly ReadOnlySpan<char> _text = text;
    private int _end;

    /// <summary>Where the token starts.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends, exclusive.</summary>
    public readonly int End => _end;

    /// <summary>Goes to the next token; <see langword="false"/> when there is none.</summary>
    public bool Next()
    {
        for (var at = _end; at < _text.Length;)
        {
            var kind = WordBreaks.At(_text, at, out var units);
            var window = _text[..Math.Min(_text.Length, at + MaxLength)];
            var end = kind switch
            {
                WordBreak.Letter or WordBreak.Hebrew or WordBreak.Numeric or WordBreak.Katakana or WordBreak.ExtendNumLet => EndOfWord(window, at),
                WordBreak.Han or WordBreak.Hiragana => PastExtend(window, at + units),
                WordBreak.Complex or WordBreak.ComplexExtend => EndOfRun(window, at + units),
                WordBreak.Pictograph or WordBreak.Modifier => EndOfPictograph(window, at + units, kind),
                WordBreak.Regional => EndOfFlag(window, at + units),
                _ => at,
            };
            if (end > at)
            {
                (Start, _end) = (at, end);
                return true;
            }

            at += units;
        }

        (Start, _end) = (_text.Length, _text.Length);
        return false;
    }

    /// <summary>The end of a word or number that starts here; the start itself when it is only joiners.</summary>
    private static int EndOfWord(ReadOnlySpan<char> window, int start)
    {
        var (end, hasWord) = (start, false);
        var before = WordBreak.Other;
        for (var at = start; at < window.Length;)
        {
            var kind = WordBreaks.At(window, at, out var units);
            if (at == start || Joins(before, kind))
            {
                at = PastExtend(window, at + units);
                before = kind;
                hasWord |= kind != WordBreak.ExtendNumLet;
                if (hasWord) end = at;
                continue;
            }

            // One character between letters or digits belongs to the word when what it joins follows.
            var joined = PastExtend(window, at + units);
            if (before == WordBreak.Hebrew && kind == WordBreak.Quote) end = joined;
            if (joined >= window.Length || !JoinsAcross(before, kind, WordBreaks.At(window, joined, out _)))
            {
                break;
            }

            at = joined;
            before = WordBreak.Other;
            kind = WordBreaks.At(window, at, out units);
            at = PastExtend(window, at + units);
            before = kind;
            end = at;
        }

        return end;
    }

    private static bool Joins(WordBreak before, WordBreak next) => next switch
    {
        WordBreak.Letter or WordBreak.Hebrew or WordBreak.Numeric => before is WordBreak.Letter or WordBreak.Hebrew or WordBreak.Numeric or WordBreak.ExtendNumLet,
        WordBreak.Katakana => before is WordBreak.Katakana or WordBreak.ExtendNumLet,
        WordBreak.ExtendNumLet => before is WordBreak.Letter or WordBreak.Hebrew or WordBreak.Numeric or WordBreak.Katakana or WordBreak.ExtendNumLet,
        _ => false,
    };

    private static bool JoinsAcross(WordBreak before, WordBreak middle, WordBreak next) => middle switch
    {
        WordBreak.MidLetter => IsLetter(before) && IsLetter(next),
        WordBreak.MidNum => before == WordBreak.Numeric && next == WordBreak.Numeric,
        WordBreak.MidNumLet or WordBreak.Quote => (IsLetter(before) && IsLetter(next)) || (before == WordBreak.Numeric && next == WordBreak.Numeric),
        WordBreak.DoubleQuote => before == WordBreak.Hebrew && next == WordBreak.Hebrew,
        _ => false,
    };

    private static bool IsLetter(WordBreak kind) => kind is WordBreak.Letter or WordBreak.Hebrew;

    private static int PastExtend(ReadOnlySpan<char> window, int at)
    {
        while (at < window.Length && WordBreaks.At(window, at, out var units) is WordBreak.Extend or WordBreak.ComplexExtend) at += units;
        return at;
    }

    private static int EndOfRun(ReadOnlySpan<char> window, int at)
    {
        at = PastExtend(window, at);
        while (at < window.Length && WordBreaks.At(window, at, out var units) is WordBreak.Complex or WordBreak.ComplexExtend) at = PastExtend(window, at + units);
        return at;
    }

    /// <summary>A pictograph with its variants, and those joined to it by a zero-width joiner.</summary>
    private static int EndOfPictograph(ReadOnlySpan<char> window, int at, WordBreak before)
    {
        while (true)
        {
            at = PastExtend(window, at);
            if (at >= window.Length) return at;
            var kind = WordBreaks.At(window, at, out var units);
            if (!(kind == WordBreak.Modifier && before == WordBreak.Pictograph) && !(kind == WordBreak.Pictograph && window[at - 1] == '\u200d')) return at;
            at += units;
            before = kind;
        }
    }

    /// <summary>Two halves make a flag; one alone is nothing.</summary>
    private static int EndOfFlag(ReadOnlySpan<char> window, int at)
    {
        var second = PastExtend(window, at);
        return second < window.Length && WordBreaks.At(window, second, out var units) == WordBreak.Regional ? PastExtend(window, second + units) : at - 2;
    }
}
