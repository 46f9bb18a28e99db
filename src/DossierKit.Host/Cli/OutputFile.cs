using System.CommandLine;

namespace DossierKit.Host.Cli;

/// <summary>Writes a result the user asked for: whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>How a file ends that is not whole yet: what is killed leaves it, in clear.</summary>
    public const string Unfinished = ".dossierkit.part";

    /// <summary>Removes what killed runs left in the folder of a file: all of it, since whoever writes there again need not use the same name.</summary>
    /// <param name="path">The file that is about to be written.</param>
    /// <returns>Their names; empty when there was nothing. What somebody is writing now stays.</returns>
    public static IReadOnlyList<string> RemoveUnfinishedBeside(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) return [];
        var removed = new List<string>();
        foreach (var left in Directory.EnumerateFiles(folder, "*" + Unfinished).Order(StringComparer.Ordinal))
        {
            try
            {
                RemoveUnfinished(left);
                removed.Add(Path.GetFileName(left));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody is writing it, or it is somebody else's.
            }
        }

        return removed;
    }

    /// <exception cref="IOException">Another run is writing it.</exception>
    private static void RemoveUnfinished(string path)
    {
        if (!File.Exists(path)) return;
        using (new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.None }))
        {
            // Whoever writes it holds it: then this fails.
        }

        File.Delete(path);
    }

    /// <summary>
    /// Writes to a temporary name in the same folder, makes it durable, and renames it: a reader never sees half a document,
    /// and a full disk leaves the old file as it was.
    /// </summary>
    /// <exception cref="EnvironmentFailureException">The place cannot be written.</exception>
    public static ValueTask WriteAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken ct)
        => WriteAsync(path, async (file, place, token) =>
        {
            await write(file, token);
            await place();
        }, ct);

    /// <summary>The same, for who must do something once the file lies there: what is written says when it is whole, and the file is durable and renamed when that returns.</summary>
    /// <exception cref="EnvironmentFailureException">The place cannot be written.</exception>
    public static async ValueTask WriteAsync(string path, Func<Stream, Func<ValueTask>, CancellationToken, ValueTask> write, CancellationToken ct)
    {
        path = Path.GetFullPath(path);
        // One name for each file: what a killed run left lies in clear, and the next run to the same place takes it away.
        var temporary = path + Unfinished;
        var isMine = false;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            RemoveUnfinished(temporary);
            await using (var file = new FileStream(temporary, Options()))
            {
                isMine = true;
                await write(file, PlaceAsync, ct);

                async ValueTask PlaceAsync()
                {
                    file.Flush(flushToDisk: true);
                    await file.DisposeAsync();
                    File.Move(temporary, path, overwrite: true);
                    isMine = false;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFailureException(
                $"'{path}' was not written: {failure.Message} Choose a folder you may write to, with enough space, and run the command again.", failure);
        }
        finally
        {
            // Also after a cancel: what was half written holds content of a dossier.
            if (isMine && File.Exists(temporary)) File.Delete(temporary);
        }
    }

    /// <summary>The option by which a file that is there may be replaced: a letter of yesterday must not vanish unseen.</summary>
    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace the file if there is one already." };

    /// <summary>Refuses to write over a file that is there, unless that was asked for.</summary>
    /// <exception cref="UsageException">There is a file, and <c>--overwrite</c> was not given.</exception>
    public static void EnsureFree(string path, bool mayOverwrite)
    {
        if (!mayOverwrite && File.Exists(path)) throw new UsageException($"'{path}' exists already, and nothing was written. Choose another name, or give --overwrite to replace it.");
    }

    /// <summary>Fails now when a file could not be written there later: the folder is made, and a small file is written to it and removed.</summary>
    /// <exception cref="UsageException">The path is a folder.</exception>
    /// <exception cref="EnvironmentFailureException">The place cannot be written.</exception>
    public static void EnsureWritable(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path)) throw new UsageException($"'{path}' is a folder. Name the file to write.");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var probe = $"{path}.{Guid.NewGuid():N}.part";
            using var file = new FileStream(probe, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            file.Write(new byte[4096]);
            file.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFailureException(
                $"'{path}' cannot be written: {failure.Message} Nothing was made. Choose a folder you may write to, with enough space, and run the command again.", failure);
        }
    }

    /// <inheritdoc cref="WriteAsync(string, Func{Stream, CancellationToken, ValueTask}, CancellationToken)"/>
    public static ValueTask WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
        => WriteAsync(path, (file, token) => file.WriteAsync(bytes, token), ct);

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16, Options = FileOptions.Asynchronous };
        // A letter about a person is for the one who made it, until that person shares it.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
