using System.Security.Cryptography;
using System.Text;
using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>What one person sees of a dossier at one moment: access, state and protocol that belong together, and how to tell that anything of it changed.</summary>
internal sealed record DossierView(DossierMoment Moment, object Staff, DateOnly Day, Protocol Protocol, DossierAccess Access, DossierState State, string Version)
{
    public static DossierView Of(DossierMoment moment, object staff, DateOnly day, Protocol protocol, DossierAccess access)
    {
        var state = moment.View(access);
        return new(moment, staff, day, protocol, access, state, VersionOf(state, moment.Created!.HashKey));
    }

    /// <summary>
    /// A keyed hash over what this state shows. It does not change when something changes that this person may not know of: a director who compares it cannot learn that a case goes on.
    /// </summary>
    private static string VersionOf(DossierState state, string hashKey)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(hashKey));
        Add("versie");
        Add(state.ProtocolId);
        Add(state.ProtocolVersion);
        foreach (var recorded in state.Events) hash.AppendData(recorded.Entry.ToArray());
        Add("gaten");
        foreach (var gap in state.Gaps)
        {
            hash.AppendData(gap.Entry.ToArray());
            hash.AppendData([(byte)gap.Reason]);
        }

        // A file can go while the event that brought it stays.
        Add("bestanden");
        foreach (var file in state.Files) hash.AppendData(file.Id.Value.ToArray());
        // Terms run by the role somebody has, which the person may know without the entry that gave it.
        Add("rollen");
        foreach (var happened in state.ProtocolEvents) Add(happened.Role ?? "");
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
