using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace DossierKit.Vault;

/// <summary>
/// Tries, in the temp folder, each thing the store relies on. A place that answers "done" without doing it (some network and FUSE mounts) is found here
/// and not after the first power cut.
/// </summary>
internal sealed class PosixProbe(PosixVolume volume, SafeFileHandle temps)
{
    private readonly string _name = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly List<string> _lacks = [];

    /// <summary>What the place lacks.</summary>
    /// <exception cref="DiskException">The disk is full, failing or read-only: that says nothing of what the place can do.</exception>
    public IReadOnlyList<string> Run()
    {
        var first = volume.CreateTemp();
        var second = volume.CreateTemp();
        try
        {
            volume.Write(first, "first"u8, 0);
            volume.Write(second, "second"u8, 0);
            Try("fixed file times and flushing of files", () => volume.Flush(first));
            ProbeNames(first, second);
            if (_lacks.Count == 0) ProbeTimesAndListing();
        }
        finally
        {
            _ = Libc.Unlink(temps, _name);
            volume.Discard(first);
            volume.Discard(second);
        }

        return _lacks;
    }

    /// <summary>An exclusive rename where there is one, else links; either must refuse the second file.</summary>
    private void ProbeNames(TempFile first, TempFile second)
    {
        if (!volume.GivesNamesByLink && Libc.RenameExclusively(temps, first.Name, temps, _name) == -1)
        {
            if (PosixVolume.Failure("renaming") is not { Fault: DiskFault.Unsupported }) throw PosixVolume.Failure("giving a file its name");
            volume.GivesNamesByLink = true;
        }

        if (volume.GivesNamesByLink && Libc.Link(temps, first.Name, temps, _name) == -1)
        {
            _lacks.Add("a way to give a file its name only if the name is free (exclusive rename or hard link)");
            return;
        }

        Try("flushing of folders", () =>
        {
            if (Libc.Flush(temps) == -1) throw PosixVolume.Failure("flushing a folder (fsync)");
        });
        var again = volume.GivesNamesByLink ? Libc.Link(temps, second.Name, temps, _name) : Libc.RenameExclusively(temps, second.Name, temps, _name);
        if (again != -1 || Libc.LastError != Libc.EEXIST) _lacks.Add("refusal of a name that is taken");
    }

    private void ProbeTimesAndListing()
    {
        using var file = Libc.OpenAt(temps, _name, Libc.ORdOnly | Libc.ONoFollow);
        var bytes = new byte[16];
        if (file.IsInvalid || !bytes.AsSpan(0, Math.Max(0, Libc.ReadAll(file, bytes, 0))).SequenceEqual("first"u8)) _lacks.Add("reading back what was written");
        else if (File.GetLastWriteTimeUtc(file) != Volume.FixedTime) _lacks.Add("file times that stay as they are set");
        if (!Directory.EnumerateFiles(Path.Join(volume.Root, Volume.TempFolder), _name).Any()) _lacks.Add("a listing that shows a new file at once");
        if (Libc.Unlink(temps, _name) == -1) _lacks.Add("removal of files");
    }

    private void Try(string capability, Action action)
    {
        try
        {
            action();
        }
        catch (DiskException e) when (e.Fault is DiskFault.Unsupported or DiskFault.Denied)
        {
            _lacks.Add($"{capability} ({e.Message})");
        }
    }
}
