using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// The content of a credential file: high entropy, so it is not stretched, only derived from (HKDF-SHA256 with vault and slot).
/// </summary>
public sealed record CredentialFileSecret : UnlockSecret
{
    /// <summary>The fewest bytes: 32.</summary>
    public const int MinimumLength = 32;

    /// <summary>The most bytes: 64 KiB.</summary>
    public const int MaximumLength = 64 << 10;

    // 32 random bytes have fewer than 16 different values about once in 10^13; typed text of that length nearly always has fewer than 24.
    private const int MinimumDistinct = 16;

    private readonly byte[] _content;

    /// <summary>Takes the content; it is copied.</summary>
    /// <param name="content">32 bytes to 64 KiB from a random generator.</param>
    /// <exception cref="VaultEnvironmentException">It is too short, too long or visibly not random.</exception>
    public CredentialFileSecret(ReadOnlyMemory<byte> content)
    {
        if (content.Length is < MinimumLength or > MaximumLength)
            throw new VaultEnvironmentException($"The credential has {content.Length} bytes; a key has {MinimumLength} to {MaximumLength}. Make one with 'head -c 32 /dev/urandom', or let dossierkit make it.");
        if (content.ToArray().Distinct().Count() < MinimumDistinct)
            throw new VaultEnvironmentException(
                $"The credential has fewer than {MinimumDistinct} different bytes, so it is no random key. Make one with 'head -c 32 /dev/urandom', or let dossierkit make it; use a passphrase for words.");
        _content = content.ToArray();
    }

    /// <inheritdoc/>
    public override UnlockKind Kind => UnlockKind.CredentialFile;

    internal ReadOnlySpan<byte> Content => _content;

    internal override void EnsureStrong()
    {
        // The constructor did.
    }

    internal override SecretKey NewKey(OpaqueId vault, OpaqueId slot, out byte[] parameters)
    {
        parameters = RandomNumberGenerator.GetBytes(32);
        return Derive(vault, slot, parameters);
    }

    internal override SecretKey? TryKey(UnlockSlot slot)
        => slot.Parameters.Length == 32 ? Derive(slot.Vault, slot.Id, slot.Parameters.Span) : throw slot.Damaged("its salt has the wrong length");

    private SecretKey Derive(OpaqueId vault, OpaqueId slot, ReadOnlySpan<byte> salt) => SecretKey.FromHkdf(_content, salt, Binding.Of("unlock-credential", vault, slot));
}

/// <summary>Credential files on disk: 32 random bytes, nothing else, mode 0600.</summary>
internal static class CredentialFile
{
    public static CredentialFileSecret Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] content;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            // Not Length: a pipe, such as the shell's <(…), has none.
            var buffer = new byte[CredentialFileSecret.MaximumLength + 1];
            content = buffer[..file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
            CryptographicOperations.ZeroMemory(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VaultEnvironmentException($"The credential file {path} cannot be read: {e.Message} Check the path and that this account may read it.", e);
        }

        try
        {
            return new CredentialFileSecret(content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public static CredentialFileSecret Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        while (true)
        {
            var content = RandomNumberGenerator.GetBytes(CredentialFileSecret.MinimumLength);
            if (content.Distinct().Count() < 16) continue;
            try
            {
                var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
                using var directory = DurableFile.OpenDirectory(folder);
                using (var file = DurableFile.CreateNew(path))
                {
                    file.Write(content);
                    DurableFile.Flush(file.SafeFileHandle, path);
                }

                if (directory is not null) DurableFile.Flush(directory, folder);
                return new CredentialFileSecret(content);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw new VaultEnvironmentException($"The credential file {path} cannot be made: {e.Message} An existing file is never overwritten; choose another name or folder.", e);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(content);
            }
        }
    }
}
