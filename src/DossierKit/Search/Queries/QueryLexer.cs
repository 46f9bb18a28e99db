namespace DossierKit.Search;

/// <summary>What a piece of a query is.</summary>
internal enum QueryToken
{
    End,
    And,
    Or,
    Not,
    Plus,
    Minus,
    BareOperator,
    Open,
    Close,
    Colon,
    Star,
    Caret,
    Quoted,
    Term,
    FuzzySlop,
    Prefix,
    Wild,
    Regex,
    RangeInclusive,
    RangeExclusive,
    To,
    RangeEndInclusive,
    RangeEndExclusive,
    RangeQuoted,
    RangeWord,
    Number,
    Wrong,
}

/// <summary>A piece of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it stands.</param>
/// <param name="At">Where it starts, from 0.</param>
internal readonly record struct QueryPiece(QueryToken Kind, string Text, int At);

/// <summary>
/// Cuts a query into pieces, by the rules of Lucene's classic syntax: the longest piece wins, and of two as long the word with a meaning (AND, NOT) before an ordinary one. After <c>^</c> a
/// number is read, between brackets the parts of a range.
/// </summary>
internal sealed class QueryLexer(string text)
{
    private enum State
    {
        Default,
        Boost,
        Range,
    }

    private State _state;
    private int _at;

    public IReadOnlyList<QueryPiece> ReadAll()
    {
        var pieces = new List<QueryPiece>();
        while (true)
        {
            while (_at < text.Length && IsSpace(text[_at])) _at++;
            if (_at >= text.Length) break;
            var piece = _state switch { State.Boost => ReadNumber(), State.Range => ReadRange(), _ => Read() };
            pieces.Add(piece);
            _at += piece.Text.Length;
        }

        pieces.Add(new QueryPiece(QueryToken.End, "", text.Length));
        return pieces;
    }

    public static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\u3000';

    private static bool IsTermStart(char c) => !IsSpace(c) && c is not ('+' or '-' or '!' or '(' or ')' or ':' or '^' or '[' or ']' or '"' or '{' or '}' or '~' or '*' or '?' or '\\' or '/');

    private QueryPiece Read()
    {
        var c = text[_at];
        var next = _at + 1 < text.Length ? text[_at + 1] : '\0';
        switch (c)
        {
            case '+' or '-' or '!' when IsSpace(next):
                return Piece(QueryToken.BareOperator, 2);
            case '+': return Piece(QueryToken.Plus, 1);
            case '-': return Piece(QueryToken.Minus, 1);
            case '!': return Piece(QueryToken.Not, 1);
            case '(': return Piece(QueryToken.Open, 1);
            case ')': return Piece(QueryToken.Close, 1);
            case ':': return Piece(QueryToken.Colon, 1);
            case '^':
                _state = State.Boost;
                return Piece(QueryToken.Caret, 1);
            case '[':
                _state = State.Range;
                return Piece(QueryToken.RangeInclusive, 1);
            case '{':
                _state = State.Range;
                return Piece(QueryToken.RangeExclusive, 1);
            case '"': return Quoted(QueryToken.Quoted);
            case '~': return Piece(QueryToken.FuzzySlop, 1 + Decimal(_at + 1));
            case '/': return Regex();
            default: return Word();
        }
    }

    private QueryPiece Word()
    {
        var (at, wild, stars) = (_at, false, 0);
        if (text[at] is ']' or '}') return Piece(QueryToken.Wrong, 1);
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '\\')
            {
                if (at + 1 >= text.Length) break;
                at += 2;
            }
            else if (c is '*' or '?')
            {
                (wild, stars) = (true, stars + 1);
                at++;
            }
            else if (IsTermStart(c) || (c is '-' or '+' && at > _at))
            {
                at++;
            }
            else
            {
                break;
            }
        }

        if (at == _at) return Piece(QueryToken.Wrong, 1);
        var word = text[_at..at];
        if (!wild)
        {
            return new QueryPiece(word switch { "AND" or "&&" => QueryToken.And, "OR" or "||" => QueryToken.Or, "NOT" => QueryToken.Not, _ => QueryToken.Term }, word, _at);
        }

        if (word == "*") return new QueryPiece(QueryToken.Star, word, _at);
        var ends = stars == 1 && word[^1] == '*' && !(word.Length > 1 && word[^2] == '\\' && EndsEscaped(word));
        return new QueryPiece(ends && word[0] is not ('*' or '?') ? QueryToken.Prefix : QueryToken.Wild, word, _at);
    }

    /// <summary>Whether the last character is escaped by the backslash before it.</summary>
    private static bool EndsEscaped(string word)
    {
        var slashes = 0;
        for (var i = word.Length - 2; i >= 0 && word[i] == '\\'; i--) slashes++;
        return slashes % 2 == 1;
    }

    private QueryPiece Quoted(QueryToken kind)
    {
        for (var at = _at + 1; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '"') return Piece(kind, at + 1 - _at);
        }

        return Piece(QueryToken.Wrong, text.Length - _at);
    }

    private QueryPiece Regex()
    {
        for (var at = _at + 1; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] == '/') at++;
            else if (text[at] == '/') return Piece(QueryToken.Regex, at + 1 - _at);
        }

        return Piece(QueryToken.Wrong, 1);
    }

    private QueryPiece ReadNumber()
    {
        _state = State.Default;
        var length = Decimal(_at);
        return length > 0 ? Piece(QueryToken.Number, length) : Piece(QueryToken.Wrong, 1);
    }

    private QueryPiece ReadRange()
    {
        switch (text[_at])
        {
            case ']':
                _state = State.Default;
                return Piece(QueryToken.RangeEndInclusive, 1);
            case '}':
                _state = State.Default;
                return Piece(QueryToken.RangeEndExclusive, 1);
            case '"' when Quoted(QueryToken.RangeQuoted) is { Kind: QueryToken.RangeQuoted } quoted:
                return quoted;
        }

        var end = _at;
        while (end < text.Length && text[end] is not (' ' or ']' or '}')) end++;
        return text[_at..end] == "TO" ? Piece(QueryToken.To, 2) : Piece(QueryToken.RangeWord, end - _at);
    }

    /// <summary>How many characters the number at a place takes: digits, and a point with digits behind it.</summary>
    private int Decimal(int from)
    {
        var at = from;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        if (at == from) return 0;
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        }

        return at - from;
    }

    private QueryPiece Piece(QueryToken kind, int length) => new(kind, text.Substring(_at, length), _at);
}
