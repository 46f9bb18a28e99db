namespace DossierKit.Dossiers;

/// <summary>One line of the register of evidence: what was secured, where it is kept, its hash, and to whom it went back.</summary>
public sealed record EvidenceItem
{
    /// <summary>How it was secured.</summary>
    public required EvidenceSecured Secured { get; init; }

    /// <summary>The files of it in the dossier: the one named, or those that belong to its reference.</summary>
    public required IReadOnlyList<DossierFile> Files { get; init; }

    /// <summary>How it was returned; <see langword="null"/> while it is kept.</summary>
    public EvidenceReturned? Returned { get; init; }

    /// <summary>The reference, such as <c>bewijs-1</c>; <see langword="null"/> when it has none.</summary>
    public string? Reference => Secured.Reference;

    /// <summary>SHA-256 as recorded when it was secured, else of its one file; <see langword="null"/> when there is neither.</summary>
    public string? Sha256 => Secured.Sha256 ?? (Files.Count == 1 ? Files[0].Sha256 : null);

    /// <summary>Whether the hash recorded is that of a file in the dossier; <see langword="null"/> when there is nothing to compare.</summary>
    public bool? HashAgrees => Secured.Sha256 is null || Files.Count == 0 ? null : Files.Any(file => string.Equals(file.Sha256, Secured.Sha256, StringComparison.OrdinalIgnoreCase));

    internal static IReadOnlyList<EvidenceItem> Of(DossierState state)
    {
        var returned = state.All<EvidenceReturned>().ToList();
        return
        [
            .. state.All<EvidenceSecured>().Select(secured => new EvidenceItem
            {
                Secured = secured,
                Files = secured.File is { } id
                    ? state.FindFile(id) is { } file ? [file] : []
                    : secured.Reference is { } reference ? [.. state.Files.Where(known => known.BelongsTo == reference)] : [],
                Returned = returned.Find(back => secured.Reference is { } reference ? back.Evidence == reference : back.Evidence is null && back.What == secured.What),
            }),
        ];
    }
}
