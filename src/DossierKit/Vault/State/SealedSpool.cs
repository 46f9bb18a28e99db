using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// Content of others that must be read in any order and is not to be kept: sealed under a key that lies in memory alone, in a file of the state folder that has no name any more once it is
/// open (Windows: goes with its last handle). Whatever stops the program, nothing of it can be read afterwards.
/// </summary>
internal static class SealedSpool
{
    /// <summary>Seals content and gives it back to read.</summary>
    /// <param name="vault">The vault, whose state folder takes it.</param>
    /// <param name="content">Read once, not disposed.</param>
    /// <param name="ct">Stops; nothing stays.</param>
    /// <returns>A seekable stream; when it is disposed the content is gone.</returns>
    /// <exception cref="VaultEnvironmentException">The state folder cannot take it.</exception>
    public static async ValueTask<Stream> SpoolAsync(DossierVault vault, Stream content, CancellationToken ct)
    {
        var file = Open(Path.Combine(vault.State.Path, $"spool-{Guid.NewGuid():N}"));
        var key = RandomNumberGenerator.GetBytes(SealedStream.KeySize);
        try
        {
            var context = new SealContext(vault.Id, OpaqueId.Random(), OpaqueId.Random(), SealKind.Blob);
            await SealedStream.SealAsync(context, key, content, SealedLayout.MaxContent, new Writing(file), ct);
            return await SealedStream.OpenReadAsync(context, key, new Reading(file), 0, file.Length, ownsSource: true, ct);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
            if (OperatingSystem.IsWindows()) options.Options |= FileOptions.DeleteOnClose;
            else options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    private static VaultEnvironmentException Unusable(Exception inner) => new($"The state folder takes no content to look at: {inner.Message} Check its space and rights.", inner);

    private sealed class Writing(FileStream file) : ObjectWriter
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
        {
            try
            {
                await file.WriteAsync(bytes, ct);
            }
            catch (IOException full)
            {
                throw Unusable(full);
            }
        }

        public override ValueTask<bool> CommitAsync(CancellationToken ct) => new(true);

        public override ValueTask DisposeAsync() => default;
    }

    private sealed class Reading(FileStream file) : ObjectReader
    {
        public override long Length { get; } = file.Length;

        public override async ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
        {
            var total = 0;
            while (total < destination.Length && await RandomAccess.ReadAsync(file.SafeFileHandle, destination[total..], offset + total, ct) is > 0 and var read) total += read;
            return total;
        }

        public override ValueTask DisposeAsync() => file.DisposeAsync();
    }
}
