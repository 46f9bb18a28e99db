namespace DossierKit.Vault;

/// <summary>What an operator is told when a disk fails: what, why, what now.</summary>
internal static class DiskFailure
{
    public static VaultException ToException(DiskException e, string root, ObjectName? name)
    {
        var what = name is null ? $"The vault at '{root}' could not be used" : $"Object {name} at '{root}' could not be read or written";
        var why = $"{e.Message}.";
        if (e.NotDurable)
            return new VaultEnvironmentException($"{what} durably: {why} Whether the change is on disk is unknown. Check the disk; then start again and repeat what you did. Until then the vault is read only.", e);
        return e.Fault switch
        {
            DiskFault.Full => new VaultEnvironmentException($"{what}: {why} Nothing was changed. Free space on that disk or raise the quota, and try again; destroying still works.", e),
            DiskFault.Denied => new VaultEnvironmentException($"{what}: {why} Give the account that runs DossierKit the right to read and write that folder.", e),
            DiskFault.ReadOnlyPlace => new VaultEnvironmentException($"{what}: {why} Mount it for writing, or put the vault elsewhere.", e),
            DiskFault.Unsupported => new VaultEnvironmentException($"{what}: {why} Put the vault on a local disk (ext4, xfs, btrfs, NTFS or APFS).", e),
            DiskFault.Foreign => new VaultDamagedException($"{what}: {why} Someone put it there. Find out who, remove it, and run verify.", e),
            _ => new VaultEnvironmentException($"{what}: {why} The disk or the connection to it fails. Check it before you try again.", e),
        };
    }
}
