namespace DossierKit.Search;

/// <summary>BM25 as Lucene 8 reckons it, with k1 = 1.2 and b = 0.75, in single precision and without the factor k1 + 1, which changes no order.</summary>
internal static class Bm25
{
    private const float K1 = 1.2f;
    private const float B = 0.75f;

    /// <summary>How much a term says that stands in some of the documents.</summary>
    public static float Idf(long documents, long holding) => (float)Math.Log(1 + ((documents - holding + 0.5D) / (holding + 0.5D)));

    /// <summary>By coded length: what the frequency is multiplied by.</summary>
    public static float[] NormInverses(float averageLength)
    {
        var inverses = new float[256];
        for (var i = 0; i < 256; i++) inverses[i] = 1f / (K1 * ((1 - B) + (B * LengthByte.Length((byte)i) / averageLength)));
        return inverses;
    }

    public static float Score(float weight, float frequency, float normInverse) => weight - (weight / (1f + (frequency * normInverse)));
}
