namespace DossierKit.Dossiers;

/// <summary>One line of the register of signed originals.</summary>
/// <param name="Original">Where it lies and who signed; <see langword="null"/>: a verslag was signed by all, and where the original lies was not recorded.</param>
/// <param name="Verslag">The verslag it belongs to; <see langword="null"/> for other documents.</param>
public sealed record SignedOriginal(OriginalRegistered? Original, VerslagAdopted? Verslag)
{
    /// <summary>Whether it is signed and nobody wrote down where it lies.</summary>
    public bool IsMissing => Original is null;

    internal static IReadOnlyList<SignedOriginal> Of(DossierState state)
    {
        var originals = state.All<OriginalRegistered>().ToList();
        var verslagen = state.All<VerslagAdopted>().Where(verslag => verslag.IsSigned == true).ToList();
        return
        [
            .. originals.Select(original => new SignedOriginal(original, verslagen.Find(verslag => Belongs(original, verslag)))),
            .. verslagen.Where(verslag => !originals.Exists(original => Belongs(original, verslag))).Select(verslag => new SignedOriginal(null, verslag)),
        ];
    }

    private static bool Belongs(OriginalRegistered original, VerslagAdopted verslag) => original.Conversation == verslag.Conversation;
}

/// <summary>A copy of a document outside this vault. Destruction names those that are still out.</summary>
/// <param name="Copy">Which, with whom by function, and why.</param>
/// <param name="Retrieved">What became of it; <see langword="null"/> while it is out.</param>
public sealed record CopyElsewhere(CopyKeptElsewhere Copy, CopyRetrieved? Retrieved)
{
    /// <summary>Whether it is still out.</summary>
    public bool IsOut => Retrieved is null;

    /// <summary>Whether it should have been back or gone.</summary>
    /// <param name="today">The day to judge by.</param>
    /// <returns><see langword="true"/> when its day has passed and it is still out.</returns>
    public bool IsOverdue(DateOnly today) => IsOut && Copy.DueBackOn < today;

    internal static IReadOnlyList<CopyElsewhere> Of(DossierState state)
    {
        var retrieved = state.All<CopyRetrieved>().ToList();
        return [.. state.All<CopyKeptElsewhere>().Select(copy => new CopyElsewhere(copy, retrieved.Find(back => copy.Reference is not null && back.Copy == copy.Reference)))];
    }
}
