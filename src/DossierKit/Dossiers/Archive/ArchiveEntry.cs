using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>A dossier as the archive sees it: no names, no content.</summary>
/// <param name="Stream">The id of its stream.</param>
/// <param name="Number">Its number.</param>
/// <param name="Phase">The stage of the case.</param>
/// <param name="StartedOn">The day it began.</param>
/// <param name="ClosedOn">The day it was closed; <see langword="null"/> while open.</param>
/// <param name="SelectielijstClass">The number of its class; <see langword="null"/> when none was given: then it is never destroyed.</param>
/// <param name="Files">The number of files.</param>
/// <param name="Bytes">Their length together.</param>
/// <param name="Recordings">The number of recordings that still exist.</param>
/// <param name="Protocol">The id of its protocol.</param>
/// <param name="ProtocolVersion">The version of that protocol; <see langword="null"/> in a record from before it was kept.</param>
/// <param name="Retention">What decides how long it is kept.</param>
public sealed record ArchiveEntry(
    OpaqueId Stream, DossierNumber Number, DossierPhase Phase, DateOnly StartedOn, DateOnly? ClosedOn, string? SelectielijstClass, int Files, long Bytes, int Recordings,
    string Protocol, string? ProtocolVersion, RetentionFacts Retention)
{
    /// <summary>Opaque text that changes when something changes that decides how long the dossier is kept: for <see cref="WriteTerms.ExpectedVersion"/>.</summary>
    public string Version => field ??= VersionOf();

    private string VersionOf()
    {
        // What only says that something happened in the case is left out: it makes no decision on keeping another one.
        var facts = RetentionCodec.Write(Retention with { ContentVersion = 0 });
        var rest = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Stream}\n{Phase}\n{ClosedOn:O}\n{SelectielijstClass}\n{Protocol}\n{ProtocolVersion}\n"));
        return Convert.ToHexStringLower(SHA256.HashData([.. rest, .. facts]).AsSpan(0, 16));
    }
}
