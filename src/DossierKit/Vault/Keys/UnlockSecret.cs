namespace DossierKit.Vault;

/// <summary>How an unlock slot is opened.</summary>
public enum UnlockKind
{
    /// <summary>Something a person knows.</summary>
    Passphrase = 1,

    /// <summary>The private key of an X.509 certificate.</summary>
    Certificate = 2,

    /// <summary>A file of random bytes, such as a credential of the service manager.</summary>
    CredentialFile = 3,

    /// <summary>The vault's recovery key; made with the vault and not removable.</summary>
    RecoveryKey = 4,
}

/// <summary>
/// What opens a vault: it unwraps the root secret from one of the vault's unlock slots. It never prints itself.
/// </summary>
public abstract record UnlockSecret
{
    private protected UnlockSecret()
    {
    }

    /// <summary>Which kind of slot it opens.</summary>
    public abstract UnlockKind Kind { get; }

    /// <summary>Reads a credential file, such as one made by <see cref="CreateFile"/>.</summary>
    /// <param name="path">The file: 32 bytes to 64 KiB.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="VaultEnvironmentException">The file cannot be read, or holds too little to be a key.</exception>
    public static CredentialFileSecret FromFile(string path) => CredentialFile.Read(path);

    /// <summary>Makes a credential file of 32 random bytes, readable by its owner alone. An existing file is never overwritten.</summary>
    /// <param name="path">Where; keep it on another disk than the vault's data.</param>
    /// <returns>The secret that is now in the file.</returns>
    /// <exception cref="VaultEnvironmentException">The file exists or cannot be written.</exception>
    public static CredentialFileSecret CreateFile(string path) => CredentialFile.Create(path);

    /// <summary>Reads the credential <c>dossierkit</c> that the service manager handed to this service (systemd: <c>LoadCredential=dossierkit:…</c>).</summary>
    /// <param name="credentialsDirectory">The value of <c>$CREDENTIALS_DIRECTORY</c>; <see langword="null"/> or empty when the service has none.</param>
    /// <returns>The secret, or <see langword="null"/> when there is no such directory or no such credential in it.</returns>
    /// <exception cref="VaultEnvironmentException">The credential is there but cannot be read, or holds too little to be a key.</exception>
    public static CredentialFileSecret? FromServiceCredential(string? credentialsDirectory)
    {
        if (string.IsNullOrEmpty(credentialsDirectory)) return null;
        var path = Path.Combine(credentialsDirectory, "dossierkit");
        return File.Exists(path) ? CredentialFile.Read(path) : null;
    }

    /// <summary>Names the kind only.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString() => $"UnlockSecret({Kind})";

    /// <summary>Whether it can open a slot, or only make one: a certificate without its private key.</summary>
    internal virtual bool CanOpen => true;

    /// <summary>Refuses a secret too weak to protect a new slot.</summary>
    /// <exception cref="VaultEnvironmentException">It is too weak, or cannot be used for a slot.</exception>
    internal abstract void EnsureStrong();

    /// <summary>The key of a new slot, and the parameters to store with it. The caller disposes the key.</summary>
    internal abstract SecretKey NewKey(OpaqueId vault, OpaqueId slot, out byte[] parameters);

    /// <summary>The key this secret gives for an existing slot, or <see langword="null"/> when the slot is visibly for another. The caller disposes the key.</summary>
    /// <exception cref="VaultDamagedException">The parameters are not such as we write.</exception>
    internal abstract SecretKey? TryKey(UnlockSlot slot);
}
