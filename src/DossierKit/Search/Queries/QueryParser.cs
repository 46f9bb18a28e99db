using System.Globalization;
using System.Text;

namespace DossierKit.Search;

/// <summary>A query that cannot be read as it stands.</summary>
/// <param name="Message">What is wrong and what to write instead; Dutch.</param>
/// <param name="At">Where, from 0.</param>
internal sealed record QueryProblem(string Message, int At);

/// <summary>
/// Reads Lucene's classic query syntax: words, <c>"phrases"</c>, <c>AND OR NOT + - !</c>, groups, <c>field:</c>, <c>^boost</c>, <c>~slop</c> and <c>~fuzzy</c>, <c>*</c> and <c>?</c>, ranges. Words
/// stand beside each other as OR. The tree is the one Lucene 8 makes of it, with the terms the analyzer makes.
/// </summary>
internal sealed class QueryParser
{
    private readonly Analyzer _analyzer;
    private readonly string _field;
    private readonly IReadOnlyList<QueryPiece> _pieces;
    private int _next;

    private QueryParser(string text, Analyzer analyzer, string field) => (_pieces, _analyzer, _field) = (new QueryLexer(text).ReadAll(), analyzer, field);

    private enum Modifier
    {
        None,
        Not,
        Required,
    }

    /// <summary>Reads a query.</summary>
    /// <param name="text">The query.</param>
    /// <param name="analyzer">What makes terms of its words.</param>
    /// <param name="field">The field of words that name none.</param>
    /// <returns>The query, or what is wrong with it; both <see langword="null"/> when nothing is left to search for, such as of stop words alone.</returns>
    public static (Query? Query, QueryProblem? Problem) Parse(string text, Analyzer analyzer, string field)
    {
        var parser = new QueryParser(text, analyzer, field);
        try
        {
            var query = parser.ReadQuery(field, 0);
            if (parser.Peek.Kind != QueryToken.End) throw parser.Unexpected();
            return (query, null);
        }
        catch (QueryException problem)
        {
            return (null, problem.Problem);
        }
    }

    private QueryPiece Peek => _pieces[_next];

    private QueryPiece PeekNext => _pieces[Math.Min(_next + 1, _pieces.Count - 1)];

    private QueryPiece Take() => _pieces[_next++];

    private bool TryTake(QueryToken kind)
    {
        if (Peek.Kind != kind) return false;
        _next++;
        return true;
    }

    private Query? ReadQuery(string field, int depth)
    {
        if (depth > 100) throw new QueryException("De zoekvraag heeft te veel haakjes in elkaar. Maak hem eenvoudiger.", Peek.At);
        var clauses = new List<(Occur Occur, Query Query)>();
        Query? first = null;
        for (var count = 0; ; count++)
        {
            var isAnd = count > 0 && TryTake(QueryToken.And);
            if (count > 0 && !isAnd) TryTake(QueryToken.Or);
            var modifier = Peek.Kind switch { QueryToken.Plus => Modifier.Required, QueryToken.Minus or QueryToken.Not => Modifier.Not, _ => Modifier.None };
            if (modifier != Modifier.None) _next++;
            var clause = ReadClause(field, depth);
            if (count == 0 && modifier == Modifier.None) first = clause;
            Add(clauses, isAnd, modifier, clause);
            if (Peek.Kind is QueryToken.End or QueryToken.Close) break;
        }

        // One clause stands for itself; beside what the analyzer left nothing of it is a clause of a group, which ranks the same.
        return clauses.Count == 0 ? null : clauses.Count == 1 && first is not null && clauses[0].Query == first ? first : new BooleanQuery(clauses);
    }

    private static void Add(List<(Occur Occur, Query Query)> clauses, bool isAnd, Modifier modifier, Query? clause)
    {
        // AND makes what stands before it required as well, unless that is excluded.
        if (isAnd && clauses.Count > 0 && clauses[^1].Occur != Occur.MustNot) clauses[^1] = (Occur.Must, clauses[^1].Query);
        if (clause is null) return;
        clauses.Add((modifier == Modifier.Not ? Occur.MustNot : isAnd || modifier == Modifier.Required ? Occur.Must : Occur.Should, clause));
    }

    private Query? ReadClause(string field, int depth)
    {
        if (Peek.Kind is QueryToken.Term or QueryToken.Star && PeekNext.Kind == QueryToken.Colon)
        {
            field = Peek.Kind == QueryToken.Star ? "*" : Unescape(Peek.Text, Peek.At);
            _next += 2;
        }

        if (TryTake(QueryToken.Open))
        {
            var inner = ReadQuery(field, depth + 1);
            if (!TryTake(QueryToken.Close)) throw new QueryException("Er ontbreekt een haakje sluiten: ).", Peek.At);
            return Boosted(inner, ReadBoost());
        }

        return ReadTerm(field);
    }

    private Query? ReadTerm(string field)
    {
        var piece = Take();
        switch (piece.Kind)
        {
            case QueryToken.Term or QueryToken.Star or QueryToken.Prefix or QueryToken.Wild or QueryToken.Regex or QueryToken.Number or QueryToken.BareOperator:
                var (boost, fuzzy) = ReadSuffixes();
                return Boosted(WordQuery(field, piece, fuzzy), boost);
            case QueryToken.Quoted:
                var (factor, slop) = ReadSuffixes();
                return Boosted(TextQuery(field, Unescape(piece.Text[1..^1], piece.At + 1), quoted: true, SlopOf(slop)), factor);
            case QueryToken.RangeInclusive or QueryToken.RangeExclusive:
                return ReadRange(field, piece.Kind == QueryToken.RangeInclusive);
            default:
                _next--;
                throw Unexpected();
        }
    }

    private Query? WordQuery(string field, QueryPiece piece, QueryPiece? fuzzy)
    {
        switch (piece.Kind)
        {
            case QueryToken.Star when field == "*":
                return new AllQuery();
            case QueryToken.Star or QueryToken.Wild:
                return new WildcardQuery(field, _analyzer.Fold(piece.Text));
            case QueryToken.Prefix:
                return new PrefixQuery(field, _analyzer.Fold(Unescape(piece.Text[..^1], piece.At)));
            case QueryToken.Regex:
                throw new QueryException("Zoeken met een patroon tussen schuine strepen kan niet. Gebruik * of ?, of zet een schuine streep tussen aanhalingstekens.", piece.At);
        }

        var text = Unescape(piece.Kind == QueryToken.BareOperator ? piece.Text[..1] : piece.Text, piece.At);
        if (fuzzy is not { } mark) return TextQuery(field, text, quoted: false, 0);
        var term = _analyzer.Fold(text);
        var least = mark.Text.Length == 1 ? 2f : float.Parse(mark.Text.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        // ReSharper disable once CompareOfFloatsByEqualityOperator
        if (least >= 1 && least != (int)least) throw new QueryException("Achter ~ staat hoeveel letters mogen verschillen: 1 of 2.", mark.At);
        var edits = least >= 1 ? (int)Math.Min(least, 2) : least == 0 ? 0 : Math.Min((int)((1D - least) * term.EnumerateRunes().Count()), 2);
        return new FuzzyQuery(field, term, edits);
    }

    /// <summary>The boost and the ~ behind a word or phrase, in either order.</summary>
    private (float? Boost, QueryPiece? Fuzzy) ReadSuffixes()
    {
        var fuzzy = Peek.Kind == QueryToken.FuzzySlop ? Take() : (QueryPiece?)null;
        var boost = ReadBoost();
        if (boost is not null && fuzzy is null && Peek.Kind == QueryToken.FuzzySlop) fuzzy = Take();
        return (boost, fuzzy);
    }

    private float? ReadBoost()
    {
        if (!TryTake(QueryToken.Caret)) return null;
        var piece = Take();
        return piece.Kind == QueryToken.Number ? float.Parse(piece.Text, CultureInfo.InvariantCulture) : throw new QueryException("Achter ^ hoort een getal: hoe zwaar het telt, zoals ^2.", piece.At);
    }

    private RangeQuery ReadRange(string field, bool includesFrom)
    {
        var from = ReadEnd();
        if (!TryTake(QueryToken.To)) throw new QueryException("Tussen het begin en het eind van een bereik staat TO: [2024-01-01 TO 2024-12-31].", Peek.At);
        var to = ReadEnd();
        var close = Take();
        if (close.Kind is not (QueryToken.RangeEndInclusive or QueryToken.RangeEndExclusive)) throw new QueryException("Een bereik eindigt met ] of }: [2024-01-01 TO 2024-12-31].", close.At);
        return Boosted(new RangeQuery(field, from, to, includesFrom, close.Kind == QueryToken.RangeEndInclusive), ReadBoost())!;

        string? ReadEnd()
        {
            var piece = Take();
            return piece.Kind switch
            {
                QueryToken.RangeQuoted => _analyzer.Fold(Unescape(piece.Text[1..^1], piece.At + 1)),
                QueryToken.RangeWord when piece.Text == "*" => null,
                QueryToken.RangeWord => _analyzer.Fold(Unescape(piece.Text, piece.At)),
                _ => throw new QueryException("Een bereik heeft een begin en een einde: [2024-01-01 TO 2024-12-31], met * voor alles ervoor of erna.", piece.At),
            };
        }
    }

    private Query? TextQuery(string field, string text, bool quoted, int slop)
    {
        var tokens = new Tokens([]);
        _analyzer.Analyze(text, ref tokens);
        var found = tokens.Found;
        if (found.Count == 0) return null;
        var places = found.GroupBy(token => token.Position).ToList();
        if (places.Count == 1) return AnyOf(field, [.. found.Select(token => token.Term)]);
        if (quoted) return new PhraseQuery(field, found, slop);
        return new BooleanQuery([.. places.Select(place => (Occur.Should, AnyOf(field, [.. place.Select(token => token.Term)])))]);
    }

    private static Query AnyOf(string field, IReadOnlyList<string> terms)
        => terms.Count == 1 ? new TermQuery(field, terms[0]) : new BooleanQuery([.. terms.Select(term => (Occur.Should, (Query)new TermQuery(field, term)))]);

    private static int SlopOf(QueryPiece? mark)
        => mark is { Text.Length: > 1 } given ? (int)float.Parse(given.Text.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    private static T? Boosted<T>(T? query, float? boost)
        where T : Query
        => query is null || boost is not { } factor ? query : query with { Boost = query.Boost * factor };

    /// <summary>The text without the backslashes that make characters stand for themselves; <c>\u</c> with four hexadecimal digits is that character.</summary>
    private static string Unescape(string text, int at)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append(text[i]);
            }
            else if (i + 1 >= text.Length)
            {
                throw new QueryException(@"Een \ aan het eind heeft niets om te laten staan zoals het is.", at + i);
            }
            else if (text[i + 1] != 'u')
            {
                plain.Append(text[++i]);
            }
            else
            {
                if (i + 6 > text.Length || !ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                    throw new QueryException(@"Achter \u horen vier cijfers of letters a tot en met f.", at + i);
                plain.Append((char)code);
                i += 5;
            }
        }

        return plain.ToString();
    }

    private QueryException Unexpected() => Peek.Kind switch
    {
        QueryToken.End => new("De zoekvraag houdt te vroeg op.", Peek.At),
        QueryToken.Close => new("Er staat een haakje sluiten te veel, of er staat niets tussen de haakjes.", Peek.At),
        QueryToken.Wrong when Peek.Text[0] == '"' => new("Er ontbreekt een aanhalingsteken aan het eind van de zin.", Peek.At),
        QueryToken.Wrong when Peek.Text[0] == '/' => new("Een schuine streep hoort tussen aanhalingstekens, of met een \\ ervoor.", Peek.At),
        _ => new($"Dit kan hier niet staan: {Peek.Text}. Zet het tussen aanhalingstekens als u ernaar zoekt.", Peek.At),
    };

    private readonly struct Tokens(List<(string Term, int Position)> found) : ITokenSink
    {
        public List<(string Term, int Position)> Found => found;

        public void Add(scoped ReadOnlySpan<char> term, int increment, int start, int end)
            => found.Add((term.ToString(), (found.Count == 0 ? -1 : found[^1].Position) + increment));
    }

    private sealed class QueryException(string message, int at) : Exception(message)
    {
        public QueryProblem Problem => new(Message, at);
    }
}
