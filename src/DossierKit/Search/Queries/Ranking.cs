namespace DossierKit.Search;

/// <summary>What ranking needs to know of a view.</summary>
internal sealed class Ranking(IndexView view)
{
    public float[] NormInverses { get; } = Bm25.NormInverses(view.AverageLength);

    public float Idf(int term) => Bm25.Idf(view.WithText, view.DocumentsOf(term));
}
