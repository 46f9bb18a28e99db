namespace DossierKit.Vault;

/// <summary>What verify found wrong with an object or a stream.</summary>
public enum VerifyFindingKind
{
    /// <summary>The bytes are not what was written.</summary>
    Damaged,

    /// <summary>Something that the journal names is not there.</summary>
    Missing,

    /// <summary>A stream ends earlier than was seen before, or holds another history: it was cut or an older copy was put back.</summary>
    RolledBack,

    /// <summary>Something that was destroyed is there again.</summary>
    Resurrected,

    /// <summary>An object that no writer of this program made.</summary>
    Foreign,

    /// <summary>Remains of an interrupted write: harmless, nobody can read them as part of a dossier.</summary>
    Leftover,
}

/// <summary>One finding of verify.</summary>
/// <param name="Kind">What kind of harm.</param>
/// <param name="Name">The object's name in the store, or the stream's id.</param>
/// <param name="Text">What is wrong, why it is thought so, what to do now; English, for an operator; never content.</param>
public sealed record VerifyFinding(VerifyFindingKind Kind, string Name, string Text);

/// <summary>How far verify is.</summary>
/// <param name="Done">Objects looked at.</param>
/// <param name="Total">Objects to look at.</param>
public readonly record struct VerifyProgress(long Done, long Total);

/// <summary>What verify saw.</summary>
/// <param name="Objects">Objects in the store.</param>
/// <param name="Streams">Streams that could be opened or should have been.</param>
/// <param name="Entries">Journal entries read.</param>
/// <param name="Bytes">Bytes of content decrypted and checked.</param>
/// <param name="Findings">Everything wrong, in the order of the store; empty when all is well.</param>
public sealed record VerifyReport(long Objects, int Streams, long Entries, long Bytes, IReadOnlyList<VerifyFinding> Findings)
{
    /// <summary>Whether nothing is wrong; harmless leftovers do not count.</summary>
    public bool IsClean => Findings.All(finding => finding.Kind == VerifyFindingKind.Leftover);
}
