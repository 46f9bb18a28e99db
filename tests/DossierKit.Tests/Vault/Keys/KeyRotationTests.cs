using DossierKit.Tests.Vault.Backup;
using DossierKit.Tests.Vault.Streams;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Keys;

public sealed class KeyRotationTests : IAsyncDisposable
{
    private readonly VaultFixture _fixture = new();
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task RotateAsync_OfAVaultThatIsOpenElsewhere_WrapsEveryStreamAnewAndNobodyNotices()
    {
        var vault = await _fixture.CreateAsync();
        var streams = await StreamsAsync(vault, 4);
        var elsewhere = await _fixture.OpenAsync();
        using var open = (await elsewhere.OpenStreamAsync(StreamKind.Dossier, streams[0], default))!;

        var report = await KeyRotation.RotateAsync(vault, _clock, null, default);

        (report.IsNew, report.Rewrapped, report.Streams).ShouldBe((true, 5, 5)); // the catalogue too
        var status = await KeyRotation.StatusAsync(vault, default);
        status.Count.ShouldBe(2);
        (status[0].Streams, status[0].IsCurrent, status[1].Streams, status[1].IsCurrent).ShouldBe((0, false, 5, true));
        _fixture.Names.Where(name => name.Value.Contains("/key/", StringComparison.Ordinal)).ShouldAllBe(name => name.Value.EndsWith("/key/0000000000000002", StringComparison.Ordinal));

        // A program that had the vault open reads on, opens others, and makes new ones under the new key.
        await open.RefreshAsync(default);
        foreach (var stream in streams)
        {
            using var journal = (await elsewhere.OpenStreamAsync(StreamKind.Dossier, stream, default))!;
            (await VaultFixture.TextAsync(journal, journal.Envelopes[0])).ShouldBe("geheim");
        }

        await StreamsAsync(elsewhere, 1);
        (await KeyRotation.StatusAsync(vault, default)).Single(key => key.IsCurrent).Streams.ShouldBe(6);
        (await vault.VerifyAsync(null, default)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task RotateAsync_AfterAnOpenProgramMadeAStreamUnderTheOldKey_FinishesThatFirst()
    {
        var vault = await _fixture.CreateAsync();
        await StreamsAsync(vault, 2);
        vault.Keys.RotateRing(_clock.GetUtcNow()); // killed before the first stream
        var report = await KeyRotation.RotateAsync(vault, _clock, null, default);
        (report.IsNew, report.Rewrapped).ShouldBe((false, 3));
        (await KeyRotation.StatusAsync(vault, default)).Count.ShouldBe(2);

        _clock.Advance(TimeSpan.FromDays(1));
        (await KeyRotation.RotateAsync(vault, _clock, null, default)).IsNew.ShouldBeTrue();
        (await KeyRotation.StatusAsync(vault, default)).Select(key => key.Streams).ShouldBe([0, 0, 3]);
    }

    [Theory]
    [InlineData(StoreFault.Before)]
    [InlineData(StoreFault.After)]
    public async Task RotateAsync_KilledAtAnyStep_IsFinishedByTheNext(object faultObject)
    {
        var fault = (StoreFault)faultObject;
        var vault = await _fixture.CreateAsync();
        await StreamsAsync(vault, 3);
        var start = _fixture.Store.Snapshot();
        for (var step = 1; ; step++)
        {
            _fixture.Store.Restore(start);
            var done = 0;
            _fixture.Store.Fault = (operation, _) => operation is StoreOperation.Commit or StoreOperation.Delete && ++done == step ? fault : null;
            var killed = false;
            try
            {
                await KeyRotation.RotateAsync(await _fixture.OpenAsync(), _clock, null, default);
            }
            catch (VaultEnvironmentException)
            {
                killed = true;
            }

            _fixture.Store.Fault = null;
            var after = await _fixture.OpenAsync();
            (await after.VerifyAsync(null, default)).IsClean.ShouldBeTrue($"step {step}");
            _clock.Advance(TimeSpan.FromMinutes(1));
            await KeyRotation.RotateAsync(after, _clock, null, default);
            (await KeyRotation.StatusAsync(after, default)).Where(key => !key.IsCurrent).ShouldAllBe(key => key.Streams == 0);
            _fixture.Names.Count(name => name.Value.Contains("/key/", StringComparison.Ordinal)).ShouldBe(4, $"step {step}");
            (await after.VerifyAsync(null, default)).Findings.ShouldBeEmpty();
            if (!killed)
            {
                step.ShouldBe(10); // the ring key, and for each of four streams a put and a removal
                return;
            }
        }
    }

    [Theory]
    [InlineData(StoreOperation.Commit)]
    [InlineData(StoreOperation.Delete)]
    public async Task RotateAsync_WhileAStreamIsDestroyed_DoesNotBringItsKeyBack(object operationObject)
    {
        var moment = (StoreOperation)operationObject;
        var vault = await _fixture.CreateAsync();
        var stream = (await StreamsAsync(vault, 1))[0];
        var other = await _fixture.OpenAsync();
        var key = new StreamLayout(stream).Key(moment == StoreOperation.Commit ? 2 : 1);
        var destroyed = false;
        _fixture.Store.Fault = (operation, name) =>
        {
            if (destroyed || operation != moment || name != key) return null;
            destroyed = true;
            other.DestroyStreamAsync(stream, _clock.GetUtcNow(), default).AsTask().GetAwaiter().GetResult();
            return null;
        };

        await KeyRotation.RotateAsync(vault, _clock, null, default);

        destroyed.ShouldBeTrue();
        _fixture.Names.ShouldNotContain(name => name.Value.StartsWith(new StreamLayout(stream).Prefix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ProveRecoveryAsync_OpensEveryStreamAndFindsAReplacedSlot()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("een");
        await KeyRotation.RotateAsync(made.Vault, made.Clock, null, default);
        (await KeyRotation.ProveRecoveryAsync(made.Vault, made.Recovery, default)).ShouldBe(2);

        using var another = RecoveryKey.Create();
        await Should.ThrowAsync<VaultDamagedException>(async () => await KeyRotation.ProveRecoveryAsync(made.Vault, another, default));
    }

    private static async Task<List<OpaqueId>> StreamsAsync(DossierVault vault, int count)
    {
        var streams = new List<OpaqueId>();
        for (var i = 0; i < count; i++)
        {
            var id = OpaqueId.Random();
            using var journal = await vault.CreateStreamAsync(StreamKind.Dossier, id, default);
            using var batch = journal.Begin();
            batch.Add("noot", "onderzoek", VaultFixture.Bytes("geheim"), VaultFixture.At);
            await batch.CommitAsync(default);
            await vault.Catalogue.PutAsync([(id, VaultFixture.Bytes("kaft"))], VaultFixture.At, default);
            streams.Add(id);
        }

        return streams;
    }
}
