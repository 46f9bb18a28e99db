using System.Text;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Streams;

public sealed class JournalTests : IAsyncDisposable
{
    private static readonly OpaqueId Case = OpaqueId.Derive("test"u8, "case");
    private readonly VaultFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Commit_EventWithFile_ReadsBackAfterReopening()
    {
        var vault = await _fixture.CreateAsync();
        using (var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default))
        {
            await AppendAsync(journal, "melding-ontvangen", "melding", "eerste", file: "inhoud van het bestand");
        }

        using var again = await OpenAsync(await _fixture.OpenAsync());
        var envelope = again.Envelopes.ShouldHaveSingleItem();
        (envelope.Type, envelope.Compartment, envelope.At, envelope.Sequence).ShouldBe(("melding-ontvangen", "melding", VaultFixture.At, 1));
        (await VaultFixture.TextAsync(again, envelope)).ShouldBe("eerste");
        Encoding.UTF8.GetString(await VaultFixture.ReadAsync(again, envelope.Objects.ShouldHaveSingleItem())).ShouldBe("inhoud van het bestand");
    }

    [Fact]
    public async Task Seal_LargerThanAPart_ReadsBackAnywhere()
    {
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        var content = new byte[SealedObject.PartSize + 300_001];
        new Random(5).NextBytes(content);
        using var batch = journal.Begin();
        var obj = await batch.SealAsync("opnamen", new MemoryStream(content), default);
        batch.Add("opname-gemaakt", "opnamen", VaultFixture.Bytes("x"), VaultFixture.At, obj);
        await batch.CommitAsync(default);

        obj.Parts.Count.ShouldBe(2);
        obj.Length.ShouldBe(content.Length);
        (await VaultFixture.ReadAsync(journal, obj)).AsSpan().SequenceEqual(content).ShouldBeTrue();
        await using var stream = await journal.OpenObjectAsync(obj, default);
        foreach (var position in new[] { SealedObject.PartSize - 3, 0, content.Length - 5 })
        {
            stream.Position = position;
            var piece = new byte[5];
            await stream.ReadExactlyAsync(piece);
            piece.ShouldBe(content.AsSpan((int)position, 5).ToArray());
        }

        (await vault.VerifyAsync(null, default)).Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(JournalBatch.PackedUpTo)]
    [InlineData(JournalBatch.PackedUpTo + 1)]
    public async Task Seal_AnySize_ReadsBack(int size)
    {
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        var content = new byte[size];
        new Random(size).NextBytes(content);
        using var batch = journal.Begin();
        var obj = await batch.SealAsync("onderzoek", new MemoryStream(content), default);
        batch.Add("bestand-toegevoegd", "onderzoek", default, VaultFixture.At, obj);
        await batch.CommitAsync(default);

        (await VaultFixture.ReadAsync(journal, obj)).ShouldBe(content);
    }

    [Fact]
    public async Task Commit_TwoWritersOfOneStream_OneLosesAndCanRetryWithoutSealingAgain()
    {
        var first = await _fixture.CreateAsync();
        using var one = await first.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(one, "dossier-aangemaakt", "melding", "0");
        using var two = await OpenAsync(await _fixture.OpenAsync());

        using var losing = two.Begin();
        var obj = await losing.SealAsync("melding", new MemoryStream([1, 2, 3]), default);
        losing.Add("bestand-toegevoegd", "melding", VaultFixture.Bytes("b"), VaultFixture.At, obj);
        await AppendAsync(one, "melding-ontvangen", "melding", "a");
        await Should.ThrowAsync<JournalConflictException>(async () => await losing.CommitAsync(default));
        await Should.ThrowAsync<JournalConflictException>(async () => await losing.CommitAsync(default));

        await two.RefreshAsync(default);
        losing.MoveToHead();
        await losing.CommitAsync(default);

        two.Envelopes.Select(envelope => envelope.Type).ShouldBe(["dossier-aangemaakt", "melding-ontvangen", "bestand-toegevoegd"]);
        await one.RefreshAsync(default);
        (await VaultFixture.ReadAsync(one, one.Envelopes[2].Objects[0])).ShouldBe([1, 2, 3]);
        (await first.VerifyAsync(null, default)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Destroy_OneObject_NoRemainingKeyOpensItAndTheChainStands()
    {
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(journal, "melding-ontvangen", "melding", "blijft", file: "dit bestand blijft staan");
        await AppendAsync(journal, "opname-gemaakt", "opnamen", "kanarie-naam.wav", file: "kanarie-in-de-opname");
        (await ContainsAsync(vault, "kanarie")).ShouldBeTrue(); // the search finds what is there

        var recording = journal.Envelopes[1];
        await journal.DestroyAsync([recording.Id, recording.Objects[0].Id], "opname-vernietigd", "besluit", VaultFixture.Bytes("na vaststelling"), VaultFixture.At, default);

        (await ContainsAsync(vault, "kanarie")).ShouldBeFalse();
        (await VaultFixture.TextAsync(journal, recording)).ShouldBeNull();
        await Should.ThrowAsync<ObjectDestroyedException>(() => VaultFixture.ReadAsync(journal, recording.Objects[0]));
        using var again = await OpenAsync(await _fixture.OpenAsync());
        again.Envelopes.Count.ShouldBe(3);
        (await VaultFixture.TextAsync(again, again.Envelopes[0])).ShouldBe("blijft");
        Encoding.UTF8.GetString(await VaultFixture.ReadAsync(again, again.Envelopes[0].Objects[0])).ShouldBe("dit bestand blijft staan");
        (await vault.VerifyAsync(null, default)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Destroy_OneOfManyInABatch_TheOthersStayReadable()
    {
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        using (var batch = journal.Begin())
        {
            for (var i = 0; i < 5; i++)
            {
                var obj = await batch.SealAsync("onderzoek", new MemoryStream(Encoding.UTF8.GetBytes($"bestand {i}")), default);
                batch.Add("bestand-toegevoegd", "onderzoek", VaultFixture.Bytes($"naam {i}"), VaultFixture.At, obj);
            }

            await batch.CommitAsync(default);
        }

        await journal.DestroyAsync([journal.Envelopes[2].Objects[0].Id, journal.Envelopes[2].Id], "vernietigd", "besluit", default, VaultFixture.At, default);

        for (var i = 0; i < 5; i++)
        {
            if (i != 2) Encoding.UTF8.GetString(await VaultFixture.ReadAsync(journal, journal.Envelopes[i].Objects[0])).ShouldBe($"bestand {i}");
            (await VaultFixture.TextAsync(journal, journal.Envelopes[i])).ShouldBe(i == 2 ? null : $"naam {i}");
        }

        (await ContainsAsync(vault, "bestand 2")).ShouldBeFalse();
        (await ContainsAsync(vault, "bestand 3")).ShouldBeTrue();
    }

    [Fact]
    public async Task Destroy_ByOneProcess_AnotherThatHasItOpenCannotReadOn()
    {
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(journal, "dossier-aangemaakt", "melding", "0");
        var content = new byte[3 << 20];
        using (var batch = journal.Begin())
        {
            var recording = await batch.SealAsync("opnamen", new MemoryStream(content), default);
            batch.Add("opname-gemaakt", "opnamen", VaultFixture.Bytes("a"), VaultFixture.At, recording);
            await batch.CommitAsync(default);
        }

        using var other = await OpenAsync(await _fixture.OpenAsync());
        var obj = other.Envelopes[1].Objects[0];
        await using var open = await other.OpenObjectAsync(obj, default);
        await open.ReadExactlyAsync(new byte[100]);

        await journal.DestroyAsync([obj.Id], "opname-vernietigd", "besluit", default, VaultFixture.At, default);

        await Should.ThrowAsync<ObjectDestroyedException>(async () => await open.ReadExactlyAsync(new byte[100]));
        await Should.ThrowAsync<ObjectDestroyedException>(async () => await other.OpenObjectAsync(obj, default));
        _fixture.Names.ShouldNotContain(name => name.Value.EndsWith($"/b/{obj.Parts[0].Blob}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DestroyCompartment_EverythingInItIsGoneAndNothingElse()
    {
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(journal, "melding-ontvangen", "melding", "blijft");
        await AppendAsync(journal, "persoon-toegevoegd", "melder", "kanarie-naam", file: "kanarie-brief");
        using var other = await OpenAsync(await _fixture.OpenAsync());

        await journal.DestroyCompartmentAsync("melder", "besluit", VaultFixture.Bytes("reden"), VaultFixture.At, default);

        (await ContainsAsync(vault, "kanarie")).ShouldBeFalse();
        (await VaultFixture.TextAsync(other, other.Envelopes[1])).ShouldBeNull();
        await Should.ThrowAsync<ObjectDestroyedException>(() => VaultFixture.ReadAsync(other, other.Envelopes[1].Objects[0]));
        (await VaultFixture.TextAsync(other, other.Envelopes[0])).ShouldBe("blijft");
        using var batch = journal.Begin();
        batch.Add("persoon-toegevoegd", "melder", VaultFixture.Bytes("opnieuw"), VaultFixture.At);
        await Should.ThrowAsync<ObjectDestroyedException>(async () => await batch.CommitAsync(default));
        (await vault.VerifyAsync(null, default)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task DestroyStream_NothingOfItIsLeftAndItStaysDestroyed()
    {
        var vault = await _fixture.CreateAsync();
        using (var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default))
        {
            await AppendAsync(journal, "dossier-aangemaakt", "melding", "kanarie", file: "kanarie");
        }

        await vault.Catalogue.PutAsync([(Case, VaultFixture.Bytes("kanarie-nummer"))], VaultFixture.At, default);
        var other = await _fixture.OpenAsync();
        using var stale = await OpenAsync(other);

        await vault.DestroyStreamAsync(Case, VaultFixture.At, default);

        _fixture.Names.ShouldNotContain(name => name.Value.Contains(Case.ToString(), StringComparison.Ordinal));
        (await ContainsAsync(vault, "kanarie")).ShouldBeFalse();
        vault.Catalogue.Records.ContainsKey(Case).ShouldBeFalse();
        await Should.ThrowAsync<ObjectDestroyedException>(async () => await vault.OpenStreamAsync(StreamKind.Dossier, Case, default));
        await Should.ThrowAsync<ObjectDestroyedException>(async () => await other.OpenStreamAsync(StreamKind.Dossier, Case, default));
        await Should.ThrowAsync<VaultException>(() => VaultFixture.ReadAsync(stale, stale.Envelopes[0].Objects[0]));
        await Should.ThrowAsync<ObjectDestroyedException>(async () => await (await _fixture.OpenAsync()).CreateStreamAsync(StreamKind.Dossier, Case, default));
        (await vault.VerifyAsync(null, default)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Destroy_AfterAnOlderCopyWasPutBack_IsCarriedOutAgainAndSaid()
    {
        // A backup from before the destruction is copied back over the data folder, beside the current state folder.
        // The recording would be readable again: its key page and blob are back, and the journal no longer knows that it was destroyed.
        // The ledger outside the data still does.
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(journal, "opname-gemaakt", "opnamen", "kanarie", file: "kanarie");
        var backup = _fixture.Store.Snapshot();
        await journal.DestroyAsync([journal.Envelopes[0].Id, journal.Envelopes[0].Objects[0].Id], "opname-vernietigd", "besluit", default, VaultFixture.At, default);

        _fixture.Store.Restore(backup);
        var after = await _fixture.OpenAsync();

        (await after.VerifyAsync(null, default)).Findings.ShouldContain(finding => finding.Kind == VerifyFindingKind.Resurrected);
        (await Should.ThrowAsync<VaultDamagedException>(() => OpenAsync(after))).Message.ShouldContain("rolled back");
        (await ContainsAsync(after, "kanarie")).ShouldBeFalse();
    }

    [Fact]
    public async Task Destroy_WhatAnInterruptedAttemptLeft_GoesWithIt()
    {
        // A process died between key page and commit while it added a recording; the user added it again and later had it destroyed.
        // The dead attempt's page still held a key for the first copy.
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(journal, "dossier-aangemaakt", "melding", "0");
        using (var dying = await OpenAsync(await _fixture.OpenAsync()))
        {
            _fixture.Store.Fault = (operation, name) => operation == StoreOperation.Commit && name!.Value.Value.Contains("/j/", StringComparison.Ordinal) ? StoreFault.Before : null;
            await Should.ThrowAsync<VaultException>(() => AppendAsync(dying, "opname-gemaakt", "opnamen", "x", file: "kanarie-opname"));
            _fixture.Store.Fault = null;
        }

        (await ContainsAsync(vault, "kanarie")).ShouldBeTrue(); // the dead attempt's copy can be opened by whoever has the keys
        await AppendAsync(journal, "opname-gemaakt", "opnamen", "x", file: "kanarie-opname");
        await journal.DestroyAsync([journal.Envelopes[1].Id, journal.Envelopes[1].Objects[0].Id], "opname-vernietigd", "besluit", default, VaultFixture.At, default);

        (await ContainsAsync(vault, "kanarie")).ShouldBeFalse();
    }

    [Fact]
    public async Task Destroy_CrashAfterEveryStep_IsFinishedAtTheNextOpening()
    {
        // A destruction died after the page was rewritten and before the old page was deleted: the same keys lay in two pages.
        // Going on from there, a later destruction of a neighbour removed its key from one page only.
        var steps = 0;
        for (var step = 1; ; step++)
        {
            await using var fixture = new VaultFixture();
            var vault = await fixture.CreateAsync();
            using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
            using (var batch = journal.Begin())
            {
                foreach (var text in new[] { "kanarie-1", "kanarie-2", "blijft" })
                {
                    var obj = await batch.SealAsync("opnamen", new MemoryStream(Encoding.UTF8.GetBytes(text)), default);
                    batch.Add("opname-gemaakt", "opnamen", VaultFixture.Bytes(text), VaultFixture.At, obj);
                }

                await batch.CommitAsync(default);
            }

            var (count, stopAt) = (0, step);
            fixture.Store.Fault = (operation, _) => operation is StoreOperation.Commit or StoreOperation.Delete && ++count >= stopAt ? StoreFault.Before : null;
            var died = await DiesAsync(() => journal.DestroyAsync([journal.Envelopes[0].Id, journal.Envelopes[0].Objects[0].Id], "vernietigd", "besluit", default, VaultFixture.At, default).AsTask());
            fixture.Store.Fault = null;
            var acknowledged = !died;

            var again = await fixture.OpenAsync();
            using var reopened = await OpenAsync(again);
            var begun = reopened.Envelopes.Count > 3;
            if (acknowledged) begun.ShouldBeTrue();
            (await ContainsAsync(again, "kanarie-1")).ShouldBe(!begun, $"after step {step}");
            await reopened.DestroyAsync([reopened.Envelopes[1].Id, reopened.Envelopes[1].Objects[0].Id], "vernietigd", "besluit", default, VaultFixture.At, default);
            (await ContainsAsync(again, "kanarie-2")).ShouldBeFalse($"after step {step}");
            (await ContainsAsync(again, "blijft")).ShouldBeTrue();
            (await again.VerifyAsync(null, default)).IsClean.ShouldBeTrue($"after step {step}");
            if (acknowledged) break;
            steps++;
        }

        steps.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Open_StreamCutAtItsEnd_IsRefused()
    {
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(journal, "a", "melding", "1");
        var before = _fixture.Store.Snapshot();
        await AppendAsync(journal, "b", "melding", "2");
        _fixture.Store.Restore(before);

        (await Should.ThrowAsync<VaultDamagedException>(() => OpenAsync(vault))).Message.ShouldContain("cut or rolled back");
        (await vault.VerifyAsync(null, default)).Findings.ShouldContain(finding => finding.Kind == VerifyFindingKind.RolledBack);
    }

    [Fact]
    public async Task Open_StreamRolledBackAndWrittenAnew_IsRefused()
    {
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(journal, "a", "melding", "1");
        var before = _fixture.Store.Snapshot();
        await AppendAsync(journal, "b", "melding", "2");
        var state = new DirectoryInfo(_fixture.StateFolder);
        var kept = Copy(state);
        _fixture.Store.Restore(before);
        state.Delete(recursive: true); // somebody with another state folder goes on from the older copy
        using (var fork = await OpenAsync(await _fixture.OpenAsync()))
        {
            await AppendAsync(fork, "c", "melding", "3");
        }

        state.Delete(recursive: true);
        Directory.Move(kept, state.FullName);
        await Should.ThrowAsync<VaultDamagedException>(async () => await OpenAsync(await _fixture.OpenAsync()));
    }

    [Fact]
    public async Task Open_CommitMissingInTheMiddle_IsRefusedAndVerifyNamesIt()
    {
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        for (var i = 0; i < 3; i++) await AppendAsync(journal, "a", "melding", $"{i}");
        var middle = journal.Layout.Commit(2);
        await _fixture.Store.DeleteAsync(middle, default);

        await Should.ThrowAsync<VaultDamagedException>(() => OpenAsync(vault));
        (await vault.VerifyAsync(null, default)).Findings.ShouldContain(finding => finding.Kind == VerifyFindingKind.Missing && finding.Name == middle.Value);
    }

    [Fact]
    public async Task Verify_AnyObjectDamagedOrGone_NamesExactlyThat()
    {
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(journal, "a", "melding", "1", file: "een");
        await AppendAsync(journal, "b", "melder", "2", file: new string('x', 400_000));
        await vault.Catalogue.PutAsync([(Case, VaultFixture.Bytes("record"))], VaultFixture.At, default);
        (await vault.VerifyAsync(null, default)).Findings.ShouldBeEmpty();
        var whole = _fixture.Store.Snapshot();

        // An unlock slot can be judged only by whoever has its secret: opening tells, verify cannot.
        foreach (var name in _fixture.Names.Where(name => !name.Value.StartsWith("unlock/", StringComparison.Ordinal)))
        {
            foreach (var harm in new[] { "flip", "cut", "remove" })
            {
                _fixture.Store.Restore(whole);
                var bytes = (await _fixture.Store.ReadAllAsync(name, default))!;
                if (harm == "flip") _fixture.Store.Tamper(name, Flipped(bytes));
                if (harm == "cut") _fixture.Store.Tamper(name, bytes.AsSpan(..^1));
                if (harm == "remove") await _fixture.Store.DeleteAsync(name, default);

                var report = await vault.VerifyAsync(null, default);
                report.IsClean.ShouldBeFalse($"{harm} of {name} went unnoticed");
            }
        }
    }

    [Fact]
    public async Task OpenForAppend_LongLog_DoesNotListItPageByPage()
    {
        // Every opening of a dossier begins with the access log, and each page of a listing looks at the whole folder: after years of use, seconds.
        var vault = await _fixture.CreateAsync();
        using (var log = await vault.OpenOwnStreamAsync(StreamKind.AccessLog, default))
        {
            for (var i = 0; i < 2100; i++) await AppendAsync(log, "geopend", "log", "x");
        }

        var again = await _fixture.OpenAsync();
        var lists = 0;
        _fixture.Store.Fault = (operation, _) =>
        {
            if (operation == StoreOperation.List) lists++;
            return null;
        };
        using var tail = await again.OpenOwnStreamAsync(StreamKind.AccessLog, default, appendOnly: true);
        (tail.Head, tail.Envelopes.Count).ShouldBe((2100, 1));
        lists.ShouldBe(2); // the stream key, and once whether anything lies behind the end
    }

    [Fact]
    public async Task OpenForAppend_CompartmentDestroyedEarlier_IsKnownWithoutReadingIt()
    {
        var vault = await _fixture.CreateAsync();
        using (var log = await vault.OpenOwnStreamAsync(StreamKind.AccessLog, default))
        {
            await AppendAsync(log, "doel", "zaak", "x");
            await log.DestroyCompartmentAsync("zaak", "log", default, VaultFixture.At, default);
            await AppendAsync(log, "geopend", "log", "x");
        }

        using var tail = await (await _fixture.OpenAsync()).OpenOwnStreamAsync(StreamKind.AccessLog, default, appendOnly: true);
        await Should.ThrowAsync<ObjectDestroyedException>(() => AppendAsync(tail, "doel", "zaak", "y"));
    }

    [Fact]
    public async Task Refresh_RolledBackMeanwhile_IsRefused()
    {
        // A process that had the stream open took the rolled-back store for one without news, and would have written on there.
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(journal, "a", "melding", "eerste");
        var older = _fixture.Store.Snapshot();
        using (var elsewhere = await OpenAsync(await _fixture.OpenAsync())) await AppendAsync(elsewhere, "b", "melding", "tweede");
        _fixture.Store.Restore(older);
        (await Should.ThrowAsync<VaultDamagedException>(() => journal.RefreshAsync(default).AsTask())).Message.ShouldContain("rolled back");
    }

    [Fact]
    public async Task Refresh_StreamDestroyedElsewhere_SaysSo()
    {
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(journal, "a", "melding", "eerste", file: "inhoud");
        await (await _fixture.OpenAsync()).DestroyStreamAsync(Case, VaultFixture.At, default);
        await Should.ThrowAsync<ObjectDestroyedException>(() => journal.RefreshAsync(default).AsTask());
        await Should.ThrowAsync<ObjectDestroyedException>(() => journal.OpenObjectAsync(journal.Envelopes[0].Objects[0], default).AsTask());
    }

    [Fact]
    public async Task OpenForAppend_LongLog_ReadsOnlyItsEndAndContinuesTheChain()
    {
        var vault = await _fixture.CreateAsync();
        using (var log = await vault.OpenOwnStreamAsync(StreamKind.AccessLog, default))
        {
            for (var i = 0; i < 5; i++) await AppendAsync(log, "opened", "x", $"{i}");
        }

        using (var tail = await vault.OpenOwnStreamAsync(StreamKind.AccessLog, default, appendOnly: true))
        {
            tail.Envelopes.ShouldHaveSingleItem();
            tail.Head.ShouldBe(5);
            await AppendAsync(tail, "opened", "x", "5");
        }

        using var whole = await vault.OpenOwnStreamAsync(StreamKind.AccessLog, default);
        whole.Envelopes.Count.ShouldBe(6);
        (await VaultFixture.TextAsync(whole, whole.Envelopes[5])).ShouldBe("5");
    }

    private static byte[] Flipped(byte[] bytes)
    {
        bytes[bytes.Length / 2] ^= 4;
        return bytes;
    }

    private static string Copy(DirectoryInfo folder)
    {
        var to = folder.FullName + "-kept";
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(folder.FullName, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            file.CopyTo(target);
        }

        return to;
    }

    [Fact]
    public async Task Open_WhileAnotherProcessCommits_IsNoRollback()
    {
        // Opening reads the stream, then compares it with the last head that was seen. Whoever committed and said so in between made a healthy stream look cut,
        // so a page of a dossier that a colleague was working in answered that the vault is damaged.
        var vault = await _fixture.CreateAsync();
        using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, Case, default);
        await AppendAsync(journal, "melding-ontvangen", "melding", "eerste", file: "weg");
        await journal.DestroyAsync([journal.Envelopes[0].Objects[0].Id], "vernietigd", "besluit", default, VaultFixture.At, default);
        var elsewhere = await _fixture.OpenAsync();
        for (var (step, hasFired) = (1, true); hasFired && step <= 60; step++)
        {
            hasFired = false;
            var operations = 0;
            _fixture.Store.Fault = (operation, _) =>
            {
                if (operation != StoreOperation.List || hasFired || Interlocked.Increment(ref operations) < step) return null;
                hasFired = true;
                AppendAsync(journal, "aantekening", "melding", $"stap {step}").GetAwaiter().GetResult();
                return null;
            };
            using var opened = await OpenAsync(elsewhere);
            _fixture.Store.Fault = null;
            opened.Head.ShouldBeGreaterThanOrEqualTo(journal.Head - 1, $"step {step}");
        }
    }

    private static async Task AppendAsync(Journal journal, string type, string compartment, string payload, string? file = null)
    {
        using var batch = journal.Begin();
        IReadOnlyList<SealedObject> objects = file is null ? [] : [await batch.SealAsync(compartment, new MemoryStream(Encoding.UTF8.GetBytes(file)), default)];
        batch.Add(type, compartment, VaultFixture.Bytes(payload), VaultFixture.At, objects);
        await batch.CommitAsync(default);
    }

    private static async Task<Journal> OpenAsync(DossierVault vault) => (await vault.OpenStreamAsync(StreamKind.Dossier, Case, default)).ShouldNotBeNull();

    private static async Task<bool> DiesAsync(Func<Task> work)
    {
        try
        {
            await work();
            return false;
        }
        catch (VaultException)
        {
            return true;
        }
    }

    private static async Task<bool> ContainsAsync(DossierVault vault, string text)
        => (await VaultFixture.OpenEverythingAsync(vault)).Any(bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
}
