namespace DossierKit.Browser.Harness;

/// <summary>How long a test may take before it has failed, in milliseconds: a browser that stopped answering must not hold up all others. Far more than any takes on a busy machine.</summary>
internal static class Patience
{
    /// <summary>A walk of a few pages: 15 seconds at most where nothing else runs.</summary>
    public const int Walk = 5 * 60_000;

    /// <summary>Every page, or a whole case: four minutes where nothing else runs.</summary>
    public const int Long = 20 * 60_000;
}
