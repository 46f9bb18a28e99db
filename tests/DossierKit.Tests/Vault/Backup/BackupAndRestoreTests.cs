using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Backup;

public sealed class BackupAndRestoreTests
{
    [Fact]
    public async Task Restore_OnAnEmptyMachine_HasEverythingAndVerifiesClean()
    {
        await using var made = await BackedUpVault.CreateAsync();
        for (var i = 0; i < 5; i++) await made.AddStreamAsync($"Kwelderhof {i}", "tweede", "derde");
        var big = OpaqueId.Random();
        using (var journal = await made.Vault.CreateStreamAsync(StreamKind.Dossier, big, default)) await made.AppendAsync(journal, "opname", 3 << 20);
        var report = await made.BackupAsync();
        report.CopiedObjects.ShouldBe(report.Objects);

        var machine = made.EmptyMachine();
        var restored = await made.RestoreAsync(machine);

        restored.Verified.IsClean.ShouldBeTrue(string.Join('\n', restored.Verified.Findings));
        (restored.Set, restored.Vault, restored.IsStateNew, restored.DestroyedAgain).ShouldBe((report.Set!.Value, made.Vault.Id, true, 0));
        var vault = await made.OpenAsync(machine);
        var text = await BackedUpVault.EverythingAsync(vault);
        for (var i = 0; i < 5; i++) text.ShouldContain($"kaft van Kwelderhof {i}");
        text.ShouldContain("bestand derde");
        text.ShouldContain("opname\nopname");
        (await vault.VerifyAsync(null, default)).IsClean.ShouldBeTrue();
        vault.Catalogue.Records.Count.ShouldBe(5);

        // And it can be written on.
        using var again = await vault.CreateStreamAsync(StreamKind.Dossier, OpaqueId.Random(), default);
        await made.AppendAsync(again, "na de ramp");
    }

    [Fact]
    public async Task Backup_ASecondTime_CopiesOnlyWhatIsNew()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var stream = await made.AddStreamAsync("een", "twee");
        var first = await made.BackupAsync();
        using (var journal = (await made.Vault.OpenStreamAsync(StreamKind.Dossier, stream, default))!) await made.AppendAsync(journal, "drie");
        var second = await made.BackupAsync();

        // One commit and one pack of the dossier, and what the register of backups wrote about the two runs.
        second.CopiedObjects.ShouldBe(2 + (second.Objects - first.Objects - 2));
        second.CopiedObjects.ShouldBeLessThan(8);
        (await made.RestoreAsync(made.EmptyMachine(), second.Set)).Verified.IsClean.ShouldBeTrue();
        (await made.RestoreAsync(made.EmptyMachine(), first.Set)).Verified.IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Content_WithoutItsKeySet_OpensNothingEvenWithTheSecret()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("Kwelderhof");
        await made.BackupAsync();

        var inhoud = BackedUpVault.FilesIn(made.At("kopie/inhoud"));
        inhoud.ShouldNotBeEmpty();
        inhoud.ShouldAllBe(name => name.Split('/')[2] == "j" || name.Split('/')[2] == "b");
        Directory.Delete(made.At("kopie/sleutels"), recursive: true);
        (await Should.ThrowAsync<VaultEnvironmentException>(async () => await made.RestoreAsync(made.EmptyMachine()))).Message.ShouldContain("no whole set");
    }

    [Fact]
    public async Task Restore_OfAnOlderSetAfterADestruction_DoesNotBringItBack()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var stream = await made.AddStreamAsync("blijft");
        SealedObject recording;
        using (var journal = (await made.Vault.OpenStreamAsync(StreamKind.Dossier, stream, default))!) recording = await made.AppendAsync(journal, "Rietmoeras-opname", 1 << 20);
        var gone = await made.AddStreamAsync("Schelpenwaard");
        var before = await made.BackupAsync();
        made.Clock.Advance(TimeSpan.FromHours(1));
        using (var journal = (await made.Vault.OpenStreamAsync(StreamKind.Dossier, stream, default))!)
            await journal.DestroyAsync([recording.Id, journal.Envelopes.Single(envelope => envelope.Objects.Any(obj => obj.Id == recording.Id)).Id], "vernietigd", "onderzoek", default, made.Clock.GetUtcNow(), default);
        await made.Vault.DestroyStreamAsync(gone, made.Clock.GetUtcNow(), default);

        // The older set alone, beside the state as it is now: it is a copy of the folder from before.
        var old = made.At("oude-kopie");
        BackedUpVault.CopyFolder(made.Destination, old);
        // Of the state too: the first vault goes on below, and two histories cannot share one.
        BackedUpVault.CopyFolder(made.At("state"), made.At("state-beside"));
        var beside = await made.RestoreAsync(new VaultPlace(made.At("terug/data"), made.At("state-beside")), before.Set, from: old);
        beside.DestroyedAgain.ShouldBe(3);
        beside.StreamsDestroyedAgain.ShouldBe(1);
        await NothingLeftAsync(new VaultPlace(made.At("terug/data"), made.At("state-beside")));

        // A machine that has nothing, after a backup that knows of the destruction.
        var after = await made.BackupAsync();
        after.RemovedObjects.ShouldBeGreaterThan(0);
        var machine = made.EmptyMachine();
        var restored = await made.RestoreAsync(machine, before.Set);
        restored.DestroyedAgain.ShouldBe(3);
        restored.Verified.IsClean.ShouldBeTrue(string.Join('\n', restored.Verified.Findings));
        await NothingLeftAsync(machine);

        // The means finds it when it is there: the old copy on a machine that never heard of the destruction.
        var ignorant = made.EmptyMachine();
        (await made.RestoreAsync(ignorant, before.Set, from: old)).DestroyedAgain.ShouldBe(0);
        (await BackedUpVault.EverythingAsync(await made.OpenAsync(ignorant))).ShouldContain("Rietmoeras");

        async Task NothingLeftAsync(VaultPlace place)
        {
            var vault = await made.OpenAsync(place);
            var text = await BackedUpVault.EverythingAsync(vault);
            text.ShouldContain("blijft");
            text.ShouldNotContain("Rietmoeras");
            text.ShouldNotContain("Schelpenwaard");
            (await vault.VerifyAsync(null, default)).IsClean.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Backup_WhileOthersWriteMoveAndDestroy_MakesACopyThatVerifies()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var streams = new List<OpaqueId>();
        for (var i = 0; i < 6; i++) streams.Add(await made.AddStreamAsync($"dossier {i}", "a", "b", "c"));
        using var stop = new CancellationTokenSource();
        var at = made.Clock.GetUtcNow();
        var busy = Enumerable.Range(0, 3).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            var other = await DossierVault.OpenAsync(made.Own, made.Secret, default);
            await using var _ = other;
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                if (n % 9 == 8)
                {
                    var id = OpaqueId.Random();
                    using var fresh = await other.CreateStreamAsync(StreamKind.Dossier, id, default);
                    await made.AppendAsync(fresh, $"nieuw {worker} {n}");
                    await other.Catalogue.PutAsync([(id, new byte[] { 1 })], at, default);
                    if (n % 27 == 26) await other.DestroyStreamAsync(id, at, default);
                    continue;
                }

                try
                {
                    using var journal = (await other.OpenStreamAsync(StreamKind.Dossier, streams[random.Next(streams.Count)], default))!;
                    var obj = await made.AppendAsync(journal, $"tekst {worker} {n}", n % 4 == 0 ? 300 << 10 : 0);
                    if (n % 3 == 0) await journal.DestroyAsync([obj.Id], "vernietigd", "onderzoek", default, at, default);
                    if (n % 3 != 1) continue;
                    // A move: what it brings and what it destroys is one commit, and the copy must have one of the two.
                    using var batch = journal.Begin();
                    var moved = await batch.SealAsync("besluit", new MemoryStream(new byte[100]), default);
                    batch.Add("verplaatst", "besluit", default, at, moved);
                    batch.AddDestruction("weg", "onderzoek", default, at, [obj.Id]);
                    await journal.CommitDestroyingAsync(batch, default);
                }
                catch (JournalConflictException)
                {
                    // Another was first.
                }
            }
        })).ToList();
        try
        {
            for (var run = 0; run < 4; run++)
            {
                var report = await made.BackupAsync();
                var machine = made.EmptyMachine();
                var restored = await made.RestoreAsync(machine, report.Set);
                restored.Verified.IsClean.ShouldBeTrue(string.Join('\n', restored.Verified.Findings));
                // Every move that the copy knows has what it moved: nothing fell between the two.
                var vault = await made.OpenAsync(machine);
                foreach (var stream in streams)
                {
                    using var journal = (await vault.OpenStreamAsync(StreamKind.Dossier, stream, default))!;
                    foreach (var sequence in journal.Envelopes.Where(envelope => envelope.Type == "verplaatst"))
                        (await VaultReadAsync(journal, sequence.Objects[0])).Length.ShouldBe(100);
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(busy);
        }

        static async Task<byte[]> VaultReadAsync(Journal journal, SealedObject obj) => await Streams.VaultFixture.ReadAsync(journal, obj);
    }
}
