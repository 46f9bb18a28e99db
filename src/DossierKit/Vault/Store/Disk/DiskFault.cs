namespace DossierKit.Vault;

/// <summary>What kind of failure the operating system reported; decides what the operator is told to do.</summary>
internal enum DiskFault
{
    /// <summary>No space, or the quota is used up.</summary>
    Full,

    /// <summary>The account may not do it.</summary>
    Denied,

    /// <summary>The place is mounted read-only.</summary>
    ReadOnlyPlace,

    /// <summary>The place does not know the operation.</summary>
    Unsupported,

    /// <summary>Something stands in the vault that does not belong there: a link, a device, a file where a folder must be.</summary>
    Foreign,

    /// <summary>The disk, or the network to it, failed.</summary>
    Failing,
}

/// <summary>A system call of a <see cref="Volume"/> failed. Never leaves the store: it becomes a <see cref="VaultException"/> there.</summary>
internal sealed class DiskException(DiskFault fault, string operation, string reason) : IOException($"{operation}: {reason}")
{
    public DiskFault Fault { get; } = fault;

    /// <summary>
    /// Whether a change may have happened without being durable. The operating system forgets such an error after reporting it once, and a second
    /// flush would succeed without having written anything; so nothing more may be trusted until the store is opened anew.
    /// </summary>
    public bool NotDurable { get; init; }
}
