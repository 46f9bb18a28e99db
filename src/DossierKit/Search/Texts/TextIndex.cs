namespace DossierKit.Search;

/// <summary>A token of a text: what it is found by, and where it stands.</summary>
/// <param name="Term">What it is found by.</param>
/// <param name="Increment">How many positions after the one before; 0: at the same place.</param>
/// <param name="Start">Where it starts, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive.</param>
public sealed record TextToken(string Term, int Increment, int Start, int End);

/// <summary>A document outside a vault.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Order">Its place in the corpus: of two with the same score the first comes first.</param>
/// <param name="Text">Its text.</param>
/// <param name="Fields">What is known of it, in the order of the fields of the index.</param>
public sealed record TextDocument(string Id, long Order, string Text, IReadOnlyList<string> Fields);

/// <summary>What a query found.</summary>
/// <param name="Total">How many documents, exactly.</param>
/// <param name="Hits">The best, with their scores.</param>
public sealed record TextAnswer(int Total, IReadOnlyList<(string Id, float Score)> Hits)
{
    /// <summary>What is wrong with the query; Dutch. <see langword="null"/> when it could be read.</summary>
    public string? Problem { get; init; }

    /// <summary>The nearest query that can be read; <see langword="null"/> when nothing is wrong, or nothing is left of it.</summary>
    public string? Nearest { get; init; }
}

/// <summary>
/// The search of the vault over plain text outside it, for measuring and comparing: the same analysis, segments, queries and ranking. Nothing of a vault passes here. Add dossiers, then search; searching is
/// safe for several threads.
/// </summary>
public sealed class TextIndex
{
    private readonly Analyzer _analyzer;
    private readonly IReadOnlyList<string> _fields;
    private readonly List<IndexSegment> _segments = [];
    private readonly List<TextDocument[]> _documents = [];
    private Searcher? _searcher;

    /// <summary>An empty index.</summary>
    /// <param name="profile">One of <see cref="Profiles"/>.</param>
    /// <param name="fields">The names of the fields that documents have.</param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public TextIndex(string profile, IReadOnlyList<string> fields) => (_analyzer, _fields) = (AnalyzerOf(profile), fields);

    /// <summary>The profiles: <c>nl</c> as the vault searches, <c>lucene</c> as the Dutch analyzer of Lucene 8.</summary>
    public static IReadOnlyList<string> Profiles { get; } = [DutchAnalyzer.Name, "lucene"];

    /// <summary>The field of the text itself, as it may be named in a query.</summary>
    public static string TextField => "text";

    /// <summary>How many bytes the segments have.</summary>
    public long Bytes { get; private set; }

    /// <summary>What a line can be found by.</summary>
    /// <param name="profile">One of <see cref="Profiles"/>.</param>
    /// <param name="line">The text.</param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public static IReadOnlyList<TextToken> Tokens(string profile, string line)
    {
        var found = new Found([]);
        if (AnalyzerOf(profile) is DutchAnalyzer dutch) dutch.Explain(line, ref found);
        else AnalyzerOf(profile).Analyze(line, ref found);
        return found.Tokens;
    }

    /// <summary>Adds the documents of a dossier, as one segment.</summary>
    public void Add(IEnumerable<TextDocument> dossier)
    {
        var writer = new SegmentWriter(_analyzer);
        var documents = new List<TextDocument>();
        foreach (var document in dossier)
        {
            writer.Add(default, document.Text);
            // What was indexed need not be kept.
            documents.Add(document with { Text = "" });
        }

        var bytes = writer.Write();
        Bytes += bytes.Length;
        _segments.Add(new IndexSegment(bytes));
        _documents.Add([.. documents]);
        _searcher = null;
    }

    /// <summary>Puts the dossiers together, and forgets what earlier queries left to go faster; the first query does so by itself.</summary>
    public void Open()
    {
        var view = _searcher?.View ?? new IndexView(_segments);
        _searcher = new Searcher(view, (segment, document) => _documents[segment][document].Order, new Fields(this));
    }

    /// <summary>Reads a query and gives the best hits. A query that cannot be read finds nothing, and says why.</summary>
    /// <param name="query">Lucene's classic syntax.</param>
    /// <param name="most">The most hits to give.</param>
    public TextAnswer Search(string query, int most)
    {
        if (_searcher is null) Open();
        var (read, problem) = QueryParser.Parse(query, _analyzer, TextField, _fields);
        if (problem is not null) return new TextAnswer(0, []) { Problem = problem.Message, Nearest = problem.Nearest };
        if (read is null) return new TextAnswer(0, []);
        var (total, best) = _searcher!.Search(read, most);
        return new TextAnswer(total, [.. best.Select(hit => (_documents[hit.Segment][hit.Document].Id, hit.Score))]);
    }

    private static Analyzer AnalyzerOf(string profile) => profile switch
    {
        DutchAnalyzer.Name => new DutchAnalyzer(),
        "lucene" => new LuceneAnalyzer(),
        _ => throw new ArgumentException($"There is no profile of that name; there are: {string.Join(", ", Profiles)}.", nameof(profile)),
    };

    private readonly struct Found(List<TextToken> tokens) : ITokenSink
    {
        public List<TextToken> Tokens => tokens;

        public void Add(scoped ReadOnlySpan<char> term, int increment, int start, int end) => tokens.Add(new TextToken(term.ToString(), increment, start, end));
    }

    private sealed class Fields(TextIndex index) : IFieldValues
    {
        public IReadOnlyCollection<string> Names => index._fields;

        public IReadOnlyList<string> Of(string field, int segment, int document)
        {
            for (var i = 0; i < index._fields.Count; i++)
            {
                if (index._fields[i] == field) return index._documents[segment][document].Fields[i] is { Length: > 0 } value ? [value] : [];
            }

            return [];
        }
    }
}
