using DossierKit.Host.Cli;

namespace DossierKit.Tests.Cli;

public sealed class OutputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dossierkit-out-").FullName;

    [Fact]
    public async Task WriteAsync_NewFile_HoldsTheBytesAndNothingElseIsLeft()
    {
        var path = Path.Combine(_folder, "sub", "brief.docx");
        await OutputFile.WriteAsync(path, new byte[] { 1, 2, 3 }, TestContext.Current.CancellationToken);

        (await File.ReadAllBytesAsync(path)).ShouldBe([1, 2, 3]);
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    // The disk filled up while a letter was written over last week's version:
    // the old letter was gone and the new one was half a zip file.
    // Hence a temporary name, and a rename only when everything is there.
    [Fact]
    public async Task WriteAsync_FailsHalfway_LeavesTheOldFileAndNoOther()
    {
        var path = Path.Combine(_folder, "brief.docx");
        await File.WriteAllTextAsync(path, "oud");

        await Should.ThrowAsync<EnvironmentFailureException>(async () => await OutputFile.WriteAsync(path, async (file, ct) =>
        {
            await file.WriteAsync(new byte[100_000], ct);
            throw new IOException("No space left on device");
        }, TestContext.Current.CancellationToken));

        (await File.ReadAllTextAsync(path)).ShouldBe("oud");
        Directory.GetFiles(_folder).ShouldBe([path]);
    }

    [Fact]
    public async Task WriteAsync_Cancelled_LeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () => await OutputFile.WriteAsync(Path.Combine(_folder, "brief.docx"), async (file, ct) =>
        {
            await file.WriteAsync(new byte[10], ct);
            await stop.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }, stop.Token));

        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty();
    }

    // An export was logged as finished, and then its file could not be given its name.
    [Fact]
    public async Task WriteAsync_PlaceThatIsTaken_FailsBeforeWhoWritesGoesOn()
    {
        var path = Path.Combine(_folder, "uit.zip");
        Directory.CreateDirectory(path);
        var wentOn = false;
        await Should.ThrowAsync<EnvironmentFailureException>(async () => await OutputFile.WriteAsync(path, async (file, place, ct) =>
        {
            await file.WriteAsync(new byte[10], ct);
            await place();
            wentOn = true;
        }, TestContext.Current.CancellationToken));
        wentOn.ShouldBeFalse();
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    // A killed export left a whole dossier in clear under a name nobody would look for, and the next one left another.
    [Fact]
    public async Task WriteAsync_AfterOneThatWasKilled_TakesAwayWhatItLeft()
    {
        var path = Path.Combine(_folder, "uit.zip");
        await File.WriteAllTextAsync(path + OutputFile.Unfinished, "half een dossier");
        await OutputFile.WriteAsync(path, new byte[] { 1 }, TestContext.Current.CancellationToken);
        Directory.GetFiles(_folder).ShouldBe([path]);

        await File.WriteAllTextAsync(Path.Combine(_folder, "ander.zip" + OutputFile.Unfinished), "half een ander dossier");
        OutputFile.RemoveUnfinishedBeside(Path.Combine(_folder, "nieuw.zip")).ShouldBe(["ander.zip" + OutputFile.Unfinished]);
        OutputFile.RemoveUnfinishedBeside(Path.Combine(_folder, "nog-niet-daar", "nieuw.zip")).ShouldBeEmpty();
        Directory.GetFiles(_folder).ShouldBe([path]);
    }

    [Fact]
    public async Task WriteAsync_WhileAnotherWritesTheSame_LeavesTheOther()
    {
        var path = Path.Combine(_folder, "uit.zip");
        await OutputFile.WriteAsync(path, async (file, ct) =>
        {
            await file.WriteAsync(new byte[] { 1, 2 }, ct);
            OutputFile.RemoveUnfinishedBeside(path).ShouldBeEmpty();
            await Should.ThrowAsync<EnvironmentFailureException>(async () => await OutputFile.WriteAsync(path, new byte[] { 9 }, ct));
        }, TestContext.Current.CancellationToken);
        (await File.ReadAllBytesAsync(path)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task WriteAsync_OnUnix_IsForTheOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are of Unix.");
        var path = Path.Combine(_folder, "brief.docx");
        await OutputFile.WriteAsync(path, new byte[] { 1 }, TestContext.Current.CancellationToken);
#pragma warning disable CA1416 // Skipped on Windows above.
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
#pragma warning restore CA1416
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
