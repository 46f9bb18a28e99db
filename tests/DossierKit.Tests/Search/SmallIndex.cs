using DossierKit.Search;

namespace DossierKit.Tests.Search;

/// <summary>A few texts, a dossier each unless told otherwise, searched with the profile of the vault.</summary>
internal sealed class SmallIndex
{
    private readonly string[] _names;

    public SmallIndex(params (string Name, string Text)[] documents)
        : this(null, documents)
    {
    }

    public SmallIndex(IFieldValues? fields, params (string Name, string Text)[] documents)
    {
        _names = [.. documents.Select(document => document.Name)];
        View = new IndexView([.. documents.Select(document =>
        {
            var writer = new SegmentWriter(new DutchAnalyzer());
            writer.Add(default, document.Text);
            return new IndexSegment(writer.Write());
        })]);
        Fields = fields;
        Searcher = new Searcher(View, (segment, document) => View.FirstDocument[segment] + document, fields);
    }

    public IndexView View { get; }

    public Searcher Searcher { get; }

    public IFieldValues? Fields { get; }

    public Query Read(string query)
    {
        var (read, problem) = QueryParser.Parse(query, new DutchAnalyzer(), "tekst", Fields?.Names);
        problem.ShouldBeNull(query);
        return read.ShouldNotBeNull(query);
    }

    /// <summary>The names of what is found, the best first.</summary>
    public string Find(string query)
    {
        var (total, best) = Searcher.Search(Read(query), 100);
        total.ShouldBe(best.Count);
        return string.Join(' ', best.Select(NameOf));
    }

    /// <summary>The names of what is found, in the order of the documents.</summary>
    public string FindAll(string query) => string.Join(' ', Searcher.Hits(Read(query)).Select(NameOf));

    public string NameOf(Hit hit) => _names[View.FirstDocument[hit.Segment] + hit.Document];
}
