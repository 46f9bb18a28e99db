using System.Text;

using DossierKit.Vault;

namespace DossierKit.Host.Cli;

/// <summary>Finds what opens the vault. A secret is never taken from the command line or from a variable: other users and logs can read these.</summary>
internal static class Unlock
{
    /// <summary>The unlock file that a demo vault carries inside its own folder. A real vault never has one: its key would lie beside its lock.</summary>
    public const string DemoFileName = "demo.unlock";

    /// <summary>
    /// In this order: <c>--unlock-file</c>, the credential of the service manager, the own file of a demo vault, a passphrase.
    /// </summary>
    /// <exception cref="VaultEnvironmentException">A file was named and cannot be read.</exception>
    /// <exception cref="EnvironmentFailureException">Nothing was found and nobody is there to ask.</exception>
    public static UnlockSecret Find(string? unlockFile, string data)
    {
        if (!string.IsNullOrEmpty(unlockFile)) return FromFile(unlockFile);
        if (UnlockSecret.FromServiceCredential(Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY")) is { } credential) return credential;
        var demo = Path.Combine(data, DemoFileName);
        return File.Exists(demo) ? UnlockSecret.FromFile(demo) : new PassphraseSecret(Prompt.Passphrase("Passphrase of the vault"));
    }

    /// <summary>
    /// Chooses a secret for a new slot: a file that is there already, a file that is made now, the credential of the service manager, or a passphrase asked twice.
    /// </summary>
    /// <returns>The secret, and the path of the file that was made for it, if one was.</returns>
    /// <exception cref="UsageException">The file would lie inside the vault.</exception>
    /// <exception cref="RefusedException">The passphrase is too easy to guess, and nobody is there to ask again.</exception>
    public static (UnlockSecret Secret, string? Made) Choose(string? file, string data, Terminal terminal)
    {
        if (!string.IsNullOrEmpty(file))
        {
            if (Path.GetFullPath(file).StartsWith(Path.GetFullPath(data) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new UsageException($"The unlock file '{file}' lies inside the vault: the key beside the lock. Choose a place outside it, best on another disk.");
            }

            return File.Exists(file) ? (FromFile(file), null) : (UnlockSecret.CreateFile(file), file);
        }

        if (UnlockSecret.FromServiceCredential(Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY")) is { } credential) return (credential, null);
        while (true)
        {
            var first = Prompt.Passphrase("New passphrase for the vault (at least 12 characters; five words that have nothing to do with each other are good)");
            if (PassphraseSecret.Check(first) is { } weak)
            {
                if (!Prompt.IsInteractive) throw new RefusedException(weak);
                terminal.Note(weak.ToString());
                continue;
            }

            if (!Prompt.IsInteractive || Prompt.Passphrase("The same passphrase again") == first) return (new PassphraseSecret(first), null);
            terminal.Note("The two are not the same. Try again.");
        }
    }

    /// <summary>Reads an unlock file of any kind: random bytes, a certificate with its private key, or a recovery key.</summary>
    /// <exception cref="VaultEnvironmentException">It cannot be read or is none of these.</exception>
    public static UnlockSecret FromFile(string path)
    {
        if (Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12")
        {
            // A file without a password is tried first, so that nothing is asked needlessly.
            try
            {
                return CertificateSecret.Load(path);
            }
            catch (VaultEnvironmentException) when (File.Exists(path))
            {
                return CertificateSecret.Load(path, Prompt.Passphrase($"Password of {Path.GetFileName(path)}"));
            }
        }

        if (PemText(path) is not { } pem) return UnlockSecret.FromFile(path);
        if (!pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal)) return new RecoverySecret(RecoveryKey.FromPem(pem));
        return pem.Contains("ENCRYPTED", StringComparison.Ordinal)
            ? CertificateSecret.Load(path, Prompt.Passphrase($"Password of {Path.GetFileName(path)}"))
            : CertificateSecret.Load(path);
    }

    // The content decides, not the name: a recovery key and a certificate are both handed around as .pem.
    private static string? PemText(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length is 0 or > 64 << 10) return null;
            var text = File.ReadAllText(path, Encoding.Latin1);
            return text.Contains("-----BEGIN ", StringComparison.Ordinal) ? text : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VaultEnvironmentException($"The unlock file '{path}' cannot be read: {failure.Message} Check the path and that this account may read it.", failure);
        }
    }
}
