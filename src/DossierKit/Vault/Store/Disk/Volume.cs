using Microsoft.Win32.SafeHandles;

namespace DossierKit.Vault;

/// <summary>
/// The few things a disk store asks of an operating system, below one root folder. Nothing here follows a link out of the root.
/// Every failure is a <see cref="DiskException"/>. Beside the objects a root holds '.tmp' (objects being written) and '.reserve'; object names have no dots.
/// </summary>
internal abstract class Volume : IDisposable
{
    public const string TempFolder = ".tmp";
    public const string ReserveFile = ".reserve";

    /// <summary>The modification time of every object, so that a listing of the folder does not tell when something happened.</summary>
    public static readonly DateTime FixedTime = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The root, absolute.</summary>
    public abstract string Root { get; }

    /// <summary>Opens the root of this machine's kind.</summary>
    /// <param name="root">The folder, absolute.</param>
    /// <param name="create">Whether to make it, durably, when it is not there.</param>
    /// <returns><see langword="null"/> when there is no such folder.</returns>
    public static Volume? Open(string root, bool create)
        => OperatingSystem.IsWindows() ? WindowsVolume.OpenRoot(root, create) : PosixVolume.OpenRoot(root, create);

    /// <summary>Makes the folder for objects being written, if it is not there, and opens it. Without this the volume can be read only.</summary>
    public abstract void PrepareForWriting();

    /// <summary>A new empty file in the temp folder, locked as long as it is open so that <see cref="SweepTemps"/> leaves it.</summary>
    public abstract TempFile CreateTemp();

    public abstract void Write(TempFile file, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Tells the disk to start on what was written, without waiting. A hint.</summary>
    public abstract void StartWriting(TempFile file, long offset, long length);

    /// <summary>Sets the fixed times and makes the file's bytes durable.</summary>
    public abstract void Flush(TempFile file);

    /// <summary>
    /// Gives a flushed file its name, durably, with the folders on the way to it; <see langword="false"/>, equally durably, when the name is taken.
    /// The file is not closed.
    /// </summary>
    public abstract bool Publish(TempFile file, ObjectName name);

    /// <summary>As <see cref="Publish(TempFile, ObjectName)"/>, for a file of the store's own in the root.</summary>
    public abstract bool PublishOwn(TempFile file, string name);

    /// <summary>Closes a temp file and removes it if it was not published. Never throws.</summary>
    public abstract void Discard(TempFile file);

    /// <summary>Opens an object for reading; <see langword="null"/> when there is none.</summary>
    public abstract SafeFileHandle? OpenRead(ObjectName name);

    public abstract int Read(SafeFileHandle handle, Span<byte> destination, long offset);

    /// <summary>Removes an object, durably. Returns whether there was one; also then the absence is durable.</summary>
    public abstract bool Delete(ObjectName name);

    /// <summary>Removes objects; durable when it returns.</summary>
    public virtual void DeleteMany(IReadOnlyCollection<ObjectName> names)
    {
        foreach (var name in names) Delete(name);
    }

    /// <summary>Removes a file of the store's own from the root, durably. Returns whether there was one.</summary>
    public abstract bool DeleteOwn(string name);

    public abstract bool ExistsOwn(string name);

    /// <summary>The full path of a folder below the root ("" for the root itself, else ending in '/'), or <see langword="null"/> when there is none.</summary>
    public abstract string? PathOf(string folder);

    /// <summary>Removes what killed processes left in the temp folder. Files that a living process is writing stay.</summary>
    public abstract void SweepTemps();

    /// <summary>Finds out by trying whether the place can do what a store needs.</summary>
    /// <returns>What it lacks; empty when it lacks nothing.</returns>
    public abstract IReadOnlyList<string> Probe();

    public abstract void Dispose();
}

/// <summary>A file of the temp folder that is being written.</summary>
internal sealed record TempFile(SafeFileHandle Handle, string Name);
