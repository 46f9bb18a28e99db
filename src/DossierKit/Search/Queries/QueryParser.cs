using System.Globalization;
using System.Text;

namespace DossierKit.Search;

/// <summary>
/// Reads Lucene's classic query syntax: words, <c>"phrases"</c>, <c>AND OR NOT + - !</c>, groups, <c>field:</c>, <c>^boost</c>, <c>~slop</c> and <c>~fuzzy</c>, <c>*</c> and <c>?</c>, ranges. Words
/// stand beside each other as OR. The tree is the one Lucene 8 makes of it, with the terms the analyzer makes.
/// </summary>
internal sealed class QueryParser
{
    private const float LargestBoost = 1000;
    private const int MostPatterns = 16;

    private readonly Analyzer _analyzer;
    private readonly string _field;
    private readonly IReadOnlyCollection<string>? _fields;
    private readonly bool _keepsStop;
    private readonly IReadOnlyList<QueryPiece> _pieces;
    private int _patterns;
    private int _next;

    private QueryParser(string text, Analyzer analyzer, string field, IReadOnlyCollection<string>? fields, bool keepsStop)
        => (_pieces, _analyzer, _field, _fields, _keepsStop) = (new QueryLexer(text).ReadAll(), analyzer, field, fields, keepsStop);

    private enum Modifier
    {
        None,
        Not,
        Required,
    }

    /// <summary>Reads a query.</summary>
    /// <param name="text">The query.</param>
    /// <param name="analyzer">What makes terms of its words.</param>
    /// <param name="field">The field of words that name none: the text.</param>
    /// <param name="fields">The other fields there are; <see langword="null"/>: any may be named, and holds nothing.</param>
    /// <returns>The query, or what is wrong with it; both <see langword="null"/> when nothing is left to search for, such as of stop words alone.</returns>
    public static (Query? Query, QueryProblem? Problem) Parse(string text, Analyzer analyzer, string field, IReadOnlyCollection<string>? fields = null)
    {
        try
        {
            return (Read(text, analyzer, field, fields), null);
        }
        catch (QueryException problem)
        {
            return (null, new QueryProblem(problem.Message, problem.At) { Nearest = QueryRepair.Nearest(text, problem, next => Read(next, analyzer, field, fields)) });
        }
    }

    /// <summary>Reads a query.</summary>
    /// <exception cref="QueryException">It cannot be read as it stands.</exception>
    private static Query? Read(string text, Analyzer analyzer, string field, IReadOnlyCollection<string>? fields)
    {
        var query = Read(keepsStop: false);
        if (!analyzer.ExpandsWords) return query;
        // Words such as "het" are left out beside others, and looked for when there is nothing else.
        query ??= Read(keepsStop: true);
        return query is null ? null : Synonyms.AddTo(query);

        Query? Read(bool keepsStop)
        {
            var parser = new QueryParser(text, analyzer, field, fields, keepsStop);
            var read = parser.ReadQuery(field, 0);
            return parser.Peek.Kind == QueryToken.End ? read : throw parser.Unexpected();
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
        if (depth > 100) throw new QueryException("De zoekvraag heeft te veel haakjes in elkaar. Maak hem eenvoudiger.", Peek.At, 0, null);
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
            field = Peek.Kind == QueryToken.Star ? "*" : FieldOf(Peek);
            _next += 2;
        }

        if (TryTake(QueryToken.Open))
        {
            var inner = ReadQuery(field, depth + 1);
            if (!TryTake(QueryToken.Close)) throw new QueryException("Er ontbreekt een haakje sluiten: ).", Peek.At, 0, ")");
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
                CountPattern(field, piece);
                return In(field, new WildcardQuery(field, FoldOf(field, piece.Text)));
            case QueryToken.Prefix:
                CountPattern(field, piece);
                return In(field, new PrefixQuery(field, FoldOf(field, Unescape(piece.Text[..^1], piece.At))));
            case QueryToken.Regex:
                throw new QueryException("Zoeken met een patroon tussen schuine strepen kan niet. Gebruik * of ?, of zet een schuine streep tussen aanhalingstekens.", piece.At, piece.Text.Length, $"\"{piece.Text[1..^1].Replace("\"", "", StringComparison.Ordinal)}\"");
        }

        var text = Unescape(piece.Kind == QueryToken.BareOperator ? piece.Text[..1] : piece.Text, piece.At);
        if (fuzzy is not { } mark) return TextQuery(field, text, quoted: false, 0);
        if (IsOther(field) && _fields is not null) throw new QueryException("In een veld kan niet op gelijkende woorden worden gezocht. Laat ~ weg, of gebruik * of ?.", mark.At, mark.Text.Length, "");
        CountPattern(field, piece);
        var term = _analyzer.Fold(text);
        var least = mark.Text.Length == 1 ? 2f : float.Parse(mark.Text.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        // ReSharper disable once CompareOfFloatsByEqualityOperator
        if (least >= 1 && least != (int)least) throw new QueryException("Achter ~ staat hoeveel letters mogen verschillen: 1 of 2.", mark.At, mark.Text.Length, "~1");
        var edits = least >= 1 ? (int)Math.Min(least, 2) : least == 0 ? 0 : Math.Min((int)((1D - least) * term.EnumerateRunes().Count()), 2);
        return In(field, new FuzzyQuery(field, term, edits));
    }

    /// <summary>Each of them goes through all words there are: hundreds in one query would hold up everybody else.</summary>
    private void CountPattern(string field, QueryPiece piece)
    {
        if (_analyzer.ExpandsWords && !IsOther(field) && ++_patterns > MostPatterns)
            throw new QueryException($"Er staan te veel woorden met *, ? of ~ in de zoekvraag: {MostPatterns} is het meeste.", piece.At, 0, null);
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
        if (Peek.Kind != QueryToken.Caret) return null;
        var caret = Take();
        var piece = Take();
        if (piece.Kind != QueryToken.Number) throw new QueryException("Achter ^ hoort een getal: hoe zwaar het telt, zoals ^2.", caret.At, 1, "");
        var boost = float.Parse(piece.Text, CultureInfo.InvariantCulture);
        return boost <= LargestBoost ? boost : throw new QueryException("Het getal achter ^ is te groot: 1000 is het meeste.", caret.At, 1 + piece.Text.Length, "^1000");
    }

    private Query ReadRange(string field, bool includesFrom)
    {
        var from = ReadEnd();
        if (!TryTake(QueryToken.To)) throw new QueryException("Tussen het begin en het eind van een bereik staat TO: [2024-01-01 TO 2024-12-31].", Peek.At, 0, " TO ");
        var to = ReadEnd();
        var close = Take();
        if (close.Kind is not (QueryToken.RangeEndInclusive or QueryToken.RangeEndExclusive)) throw new QueryException("Een bereik eindigt met ] of }: [2024-01-01 TO 2024-12-31].", close.At, 0, "]");
        return Boosted(In(field, new RangeQuery(field, from, to, includesFrom, close.Kind == QueryToken.RangeEndInclusive)), ReadBoost())!;

        string? ReadEnd()
        {
            var piece = Take();
            return piece.Kind switch
            {
                QueryToken.RangeQuoted => FoldOf(field, Unescape(piece.Text[1..^1], piece.At + 1)),
                QueryToken.RangeWord when piece.Text == "*" => null,
                QueryToken.RangeWord => FoldOf(field, Unescape(piece.Text, piece.At)),
                _ => throw new QueryException("Een bereik heeft een begin en een einde: [2024-01-01 TO 2024-12-31], met * voor alles ervoor of erna.", piece.At, 0, piece.Kind == QueryToken.To ? "* " : " *"),
            };
        }
    }

    private Query? TextQuery(string field, string text, bool quoted, int slop)
    {
        if (IsOther(field)) return In(field, new TermQuery(field, Folding.Text(text)));
        var tokens = new Tokens([]);
        _analyzer.Analyze(text, ref tokens);
        var found = tokens.Found;
        if (found.Count == 0) return null;
        if (_analyzer.ExpandsWords && !quoted) return OfWords(field, found);
        var places = found.GroupBy(token => token.Position).ToList();
        if (places.Count == 1) return AnyOf(field, [.. found.Select(token => token.Term)]);
        if (quoted) return new PhraseQuery(field, found, slop);
        return new BooleanQuery([.. places.Select(place => (Occur.Should, AnyOf(field, [.. place.Select(token => token.Term)])))]);
    }

    /// <summary>One piece that is one word stands for all its forms; one that falls apart (e-mail, parkeer-vergunning, a number) for its words in order, or written as one.</summary>
    private Query? OfWords(string field, List<(string Term, int Position)> found)
        => found.Count > 1 ? new BooleanQuery([(Occur.Should, new PhraseQuery(field, found, 0)), (Occur.Should, new WordQuery(field, string.Concat(found.Select(token => token.Term))))])
            : DutchWords.IsStop(found[0].Term) && !_keepsStop ? null
            : new WordQuery(field, found[0].Term);

    private bool IsOther(string field) => !string.Equals(field, _field, StringComparison.Ordinal);

    /// <summary>A query in a field that no document has finds nothing.</summary>
    private Query In(string field, Query query) => IsOther(field) && (_fields is null || field == "*") ? new NoneQuery() : query;

    /// <summary>Values of fields are compared folded, whatever the profile of the text.</summary>
    private string FoldOf(string field, string word) => IsOther(field) ? Folding.Text(word) : _analyzer.Fold(word);

    private string FieldOf(QueryPiece piece)
    {
        var name = Unescape(piece.Text, piece.At);
        if (_fields is null || name.Equals(_field, StringComparison.OrdinalIgnoreCase)) return _fields is null ? name : _field;
        return _fields.FirstOrDefault(field => field.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new QueryException($"Er is geen veld {name}. De velden zijn: {string.Join(", ", _fields.Append(_field).Order(StringComparer.Ordinal))}. Zoekt u naar een dubbele punt, zet de tekst dan tussen aanhalingstekens.",
                piece.At, piece.Text.Length, QueryRepair.NearestName(name, _fields.Append(_field)) ?? piece.Text + "\\");
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
                throw new QueryException(@"Een \ aan het eind heeft niets om te laten staan zoals het is.", at + i, 1, "");
            }
            else if (text[i + 1] != 'u')
            {
                plain.Append(text[++i]);
            }
            else
            {
                if (i + 6 > text.Length || !ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                    throw new QueryException(@"Achter \u horen vier cijfers of letters a tot en met f.", at + i, 1, "");
                plain.Append((char)code);
                i += 5;
            }
        }

        return plain.ToString();
    }

    private QueryException Unexpected() => Peek.Kind switch
    {
        // What stands last waits for something behind it: AND, +, a field.
        QueryToken.End when _next > 0 => new("De zoekvraag houdt te vroeg op.", _pieces[_next - 1].At, _pieces[_next - 1].Text.Length, ""),
        QueryToken.End => new("De zoekvraag is leeg.", 0, 0, null),
        QueryToken.Close when _next > 0 && _pieces[_next - 1].Kind == QueryToken.Open => new("Er staat niets tussen de haakjes.", _pieces[_next - 1].At, Peek.At + 1 - _pieces[_next - 1].At, ""),
        QueryToken.Close => new("Er staat een haakje sluiten te veel.", Peek.At, 1, ""),
        QueryToken.Wrong when Peek.Text[0] == '"' => new("Er ontbreekt een aanhalingsteken aan het eind van de zin.", Peek.At, Peek.Text.Length, Peek.Text.Length > 1 ? Peek.Text.TrimEnd('\\') + "\"" : ""),
        QueryToken.Wrong when Peek.Text[0] == '/' => new("Een schuine streep hoort tussen aanhalingstekens, of met een \\ ervoor.", Peek.At, 0, "\\"),
        QueryToken.And or QueryToken.Or or QueryToken.Not or QueryToken.Plus or QueryToken.Minus or QueryToken.BareOperator
            => new($"Voor en achter {Peek.Text.Trim()} hoort iets om naar te zoeken.", Peek.At, Peek.Text.Length, ""),
        _ => new($"Dit kan hier niet staan: {Peek.Text}. Zet het tussen aanhalingstekens als u ernaar zoekt.", Peek.At, Peek.Text.Length, ""),
    };

    private readonly struct Tokens(List<(string Term, int Position)> found) : ITokenSink
    {
        public List<(string Term, int Position)> Found => found;

        public void Add(scoped ReadOnlySpan<char> term, int increment, int start, int end)
            => found.Add((term.ToString(), (found.Count == 0 ? -1 : found[^1].Position) + increment));
    }
}
