using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Doctor;

/// <summary>What puts this vault at risk, seen from outside (folders, keys) and from inside (demo mark, founding).</summary>
internal static class VaultChecks
{
    private const long LittleSpace = 1L << 30;

    /// <summary>Checks that need no secret.</summary>
    public static IEnumerable<Finding> Outside(VaultPlace place, string? unlockFile, string? credentials)
    {
        if (!Directory.Exists(place.Data))
        {
            yield return Finding.Bad("data", $"There is no folder '{place.Data}'. Check --data.");
            yield break;
        }

        yield return Volume.IsOpenToOthers(place.Data)
            ? Finding.Warning("data-rights", $"Other accounts have rights on '{place.Data}'. The content is encrypted, but sizes and times are not theirs to see, and files could be removed. Run: chmod 700 '{place.Data}'.")
            : Finding.Good("data-rights", $"Only this account has rights on '{place.Data}'.");
        if (Volume.Free(place.Data) is { } free)
        {
            yield return free < LittleSpace
                ? Finding.Warning("data-space", $"There are {free >> 20} MiB left for the vault. Destroying still works on a full disk, adding does not. Make room.")
                : Finding.Good("data-space", $"There are {free >> 30} GiB left for the vault.");
        }

        yield return Key(place.Data, unlockFile, credentials);
        yield return State(place);
    }

    /// <summary>Checks on the open vault.</summary>
    public static IEnumerable<Finding> Inside(DossierVault vault, DossierRegister register, DateOnly today)
    {
        yield return vault.IsDemo
            ? Finding.Warning("demo", "This is a demo vault: its key lies inside it and --as is free. Never put a real dossier into it; make a vault with 'dossierkit init'.")
            : Finding.Good("demo", "This is no demo vault.");
        if (!register.Staff.IsFounded)
        {
            yield return Finding.Bad("founded", "The vault was made but not founded: it has no municipality and no persons. Make it anew with 'dossierkit init'.");
            yield break;
        }

        foreach (var role in (StaffRole[])[StaffRole.Fi, StaffRole.Verantwoordelijke])
        {
            yield return register.Staff.Persons.Any(person => person.Is(role, today))
                ? Finding.Good($"role-{Words.Of(role)}", $"Somebody is {Words.Of(role)} today.")
                : Finding.Bad($"role-{Words.Of(role)}", $"Nobody is {Words.Of(role)} today, so nobody can handle or confirm anything. Appoint somebody.");
        }

        var integrity = register.Staff.Persons.Count(person => person.Is(StaffRole.Fi, today) || person.Is(StaffRole.PlaatsvervangendFi, today) || person.Is(StaffRole.Verantwoordelijke, today));
        yield return integrity < 3
            ? Finding.Warning("second-person", "Two persons of the integrity side can confirm changes. When one of them is away or is the one concerned, nobody can: appoint a deputy (plaatsvervangend-fi).")
            : Finding.Good("second-person", $"{integrity} persons of the integrity side can confirm changes.");
    }

    private static Finding Key(string data, string? unlockFile, string? credentials)
    {
        var credential = string.IsNullOrEmpty(credentials) ? null : Path.Combine(credentials, "dossierkit");
        var (path, source) = !string.IsNullOrEmpty(unlockFile) ? (unlockFile, "The unlock file")
            : File.Exists(credential) ? (credential, "The credential of the service")
            : File.Exists(Path.Combine(data, Unlock.DemoFileName)) ? (Path.Combine(data, Unlock.DemoFileName), "The unlock file of the demo")
            : (null, "");
        if (path is null) return Finding.Good("unlock-volume", "No unlock file is in use: a passphrase is asked for.");
        if (!File.Exists(path)) return Finding.Bad("unlock-volume", $"There is no unlock file '{path}'. Check --unlock-file.");
        if (Volume.IsOpenToOthers(path)) return Finding.Warning("unlock-volume", $"{source} '{path}' can be read by other accounts: whoever reads it can open every copy of the vault. Run: chmod 600 '{path}'.");
        return Volume.Of(path) is { } key && key == Volume.Of(data)
            ? Finding.Warning("unlock-volume", $"{source} lies on the same volume as the vault ({key}): who steals or copies that disk can read everything. Keep it on another disk, in a credential of the service manager, or use a passphrase.")
            : Finding.Good("unlock-volume", $"{source} lies on another volume than the vault.");
    }

    private static Finding State(VaultPlace place)
    {
        if (place.State is null) return Finding.Good("state-volume", "The state lies in the state folder of this account. Put it on another disk with --state to notice a disk that is put back as a whole.");
        if (!Directory.Exists(place.State)) return Finding.Warning("state-volume", $"There is no state in '{place.State}' yet: what happened before now cannot be noticed. If there was one, restore it.");
        if (Volume.IsOpenToOthers(place.State)) return Finding.Warning("state-volume", $"Other accounts have rights on the state folder '{place.State}'. Run: chmod 700 '{place.State}'.");
        return Volume.Of(place.State) is { } state && state == Volume.Of(place.Data)
            ? Finding.Warning("state-volume", $"The state lies on the same volume as the vault ({state}): a snapshot of that disk put back rolls back both, and nobody notices. Keep it on another disk.")
            : Finding.Good("state-volume", "The state lies on another volume than the vault.");
    }
}
