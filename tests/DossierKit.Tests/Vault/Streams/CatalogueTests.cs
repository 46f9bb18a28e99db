using System.Text;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Streams;

public sealed class CatalogueTests : IAsyncDisposable
{
    private readonly VaultFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Put_ThenReopen_LastRecordWins()
    {
        var vault = await _fixture.CreateAsync();
        var (one, two) = (OpaqueId.Random(), OpaqueId.Random());
        await vault.Catalogue.PutAsync([(one, VaultFixture.Bytes("a")), (two, VaultFixture.Bytes("b"))], VaultFixture.At, default);
        await vault.Catalogue.PutAsync([(one, VaultFixture.Bytes("c"))], VaultFixture.At, default);

        Texts(await _fixture.OpenAsync()).ShouldBe(new Dictionary<OpaqueId, string> { [one] = "c", [two] = "b" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Open_ManyChanges_UsesTheSnapshotAndTheTail()
    {
        var vault = await _fixture.CreateAsync();
        var ids = Enumerable.Range(0, Catalogue.SnapshotEvery + 3).Select(_ => OpaqueId.Random()).ToList();
        foreach (var id in ids) await vault.Catalogue.PutAsync([(id, VaultFixture.Bytes(id.ToString()))], VaultFixture.At, default);

        _fixture.Names.Count(name => name.Value.Contains("/n/", StringComparison.Ordinal)).ShouldBe(1);
        var again = await _fixture.OpenAsync();
        again.Catalogue.Journal.Envelopes.Count.ShouldBe(3);
        Texts(again).ShouldBe(ids.ToDictionary(id => id, id => id.ToString()), ignoreOrder: true);
        (await again.VerifyAsync(null, default)).Findings.ShouldAllBe(finding => finding.Kind == VerifyFindingKind.Missing); // the records name streams that this test never made
    }

    [Fact]
    public async Task Open_DamagedSnapshot_ReadsTheJournalInstead()
    {
        var vault = await _fixture.CreateAsync();
        var ids = Enumerable.Range(0, Catalogue.SnapshotEvery).Select(_ => OpaqueId.Random()).ToList();
        foreach (var id in ids) await vault.Catalogue.PutAsync([(id, VaultFixture.Bytes("r"))], VaultFixture.At, default);
        var snapshot = _fixture.Names.Single(name => name.Value.Contains("/n/", StringComparison.Ordinal));
        var bytes = (await _fixture.Store.ReadAllAsync(snapshot, default))!;
        bytes[^5] ^= 1;
        _fixture.Store.Tamper(snapshot, bytes);

        (await _fixture.OpenAsync()).Catalogue.Records.Count.ShouldBe(ids.Count);
    }

    [Fact]
    public async Task Tombstone_CrashAfterEveryStep_LeavesNoReadableRecord()
    {
        // A dossier was destroyed and the process died after the new snapshot: the older snapshot, and the payload keys before it, still held its number.
        for (var step = 1; ; step++)
        {
            await using var fixture = new VaultFixture();
            var vault = await fixture.CreateAsync();
            var (gone, stays) = (OpaqueId.Random(), OpaqueId.Random());
            await vault.Catalogue.PutAsync([(gone, VaultFixture.Bytes("kanarie")), (stays, VaultFixture.Bytes("blijft"))], VaultFixture.At, default);
            for (var i = 0; i < Catalogue.SnapshotEvery; i++) await vault.Catalogue.PutAsync([(stays, VaultFixture.Bytes("blijft"))], VaultFixture.At, default);

            var (count, stopAt, died) = (0, step, false);
            fixture.Store.Fault = (operation, _) => operation is StoreOperation.Commit or StoreOperation.Delete && ++count >= stopAt ? StoreFault.Before : null;
            try
            {
                await vault.DestroyStreamAsync(gone, VaultFixture.At, default);
            }
            catch (VaultException)
            {
                died = true;
            }

            fixture.Store.Fault = null;
            var again = await fixture.OpenAsync();
            var readable = (await VaultFixture.OpenEverythingAsync(again)).Any(bytes => bytes.AsSpan().IndexOf("kanarie"u8) >= 0);
            readable.ShouldBe(!again.Catalogue.IsDestroyed(gone), $"after step {step}");
            Texts(again)[stays].ShouldBe("blijft");
            if (died && step < 12) continue;
            again.Catalogue.IsDestroyed(gone).ShouldBeTrue();
            break;
        }
    }

    [Fact]
    public async Task Tombstone_WhileAnotherProcessWritesASnapshot_LeavesNoReadableRecord()
    {
        // One process was about to put its snapshot, which still had the dossier, when another destroyed that dossier and swept the older snapshots.
        // The snapshot came after the sweep and stayed: the number of a destroyed dossier could be read from it.
        var (vault, other) = (await _fixture.CreateAsync(), await _fixture.OpenAsync());
        var (gone, stays) = (OpaqueId.Random(), OpaqueId.Random());
        await vault.Catalogue.PutAsync([(gone, VaultFixture.Bytes("kanarie")), (stays, VaultFixture.Bytes("blijft"))], VaultFixture.At, default);
        _fixture.Store.Fault = (operation, name) =>
        {
            if (operation != StoreOperation.Commit || name?.Value.Contains("/n/", StringComparison.Ordinal) != true) return null;
            _fixture.Store.Fault = null;
            other.DestroyStreamAsync(gone, VaultFixture.At, default).AsTask().GetAwaiter().GetResult();
            return null;
        };

        for (var i = 0; i < Catalogue.SnapshotEvery; i++) await vault.Catalogue.PutAsync([(stays, VaultFixture.Bytes("blijft"))], VaultFixture.At, default);

        vault.Catalogue.IsDestroyed(gone).ShouldBeTrue();
        (await VaultFixture.OpenEverythingAsync(vault)).Select(Encoding.Latin1.GetString).ShouldAllBe(text => !text.Contains("kanarie", StringComparison.Ordinal));
        Texts(await _fixture.OpenAsync()).ShouldBe(new Dictionary<OpaqueId, string> { [stays] = "blijft" });
    }

    [Fact]
    public async Task Put_OfADestroyedStream_SaysSo()
    {
        var (vault, other) = (await _fixture.CreateAsync(), await _fixture.OpenAsync());
        var gone = OpaqueId.Random();
        await vault.Catalogue.PutAsync([(gone, VaultFixture.Bytes("r"))], VaultFixture.At, default);
        await other.DestroyStreamAsync(gone, VaultFixture.At, default);
        await Should.ThrowAsync<ObjectDestroyedException>(() => vault.Catalogue.PutAsync([(gone, VaultFixture.Bytes("r"))], VaultFixture.At, default).AsTask());
        vault.Catalogue.Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task TryAdd_TwoProcessesChooseTheSameNumber_OneIsRefused()
    {
        var (first, second) = (await _fixture.CreateAsync(), await _fixture.OpenAsync());
        static bool Same(ReadOnlyMemory<byte> record) => Encoding.UTF8.GetString(record.Span) == "WL-2026-0001";

        (await first.Catalogue.TryAddAsync(OpaqueId.Random(), VaultFixture.Bytes("WL-2026-0001"), Same, VaultFixture.At, default)).ShouldBeTrue();
        (await second.Catalogue.TryAddAsync(OpaqueId.Random(), VaultFixture.Bytes("WL-2026-0001"), Same, VaultFixture.At, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Put_FromManyTasksOfTwoProcesses_LosesNothing()
    {
        var vaults = new[] { await _fixture.CreateAsync(), await _fixture.OpenAsync() };
        var ids = Enumerable.Range(0, 40).Select(_ => OpaqueId.Random()).ToList();

        await Task.WhenAll(ids.Select((id, i) => Task.Run(async () => await vaults[i % 2].Catalogue.PutAsync([(id, VaultFixture.Bytes("r"))], VaultFixture.At, default))));

        (await _fixture.OpenAsync()).Catalogue.Records.Keys.ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task Open_RolledBack_IsRefused()
    {
        var vault = await _fixture.CreateAsync();
        await vault.Catalogue.PutAsync([(OpaqueId.Random(), VaultFixture.Bytes("a"))], VaultFixture.At, default);
        var before = _fixture.Store.Snapshot();
        await vault.Catalogue.PutAsync([(OpaqueId.Random(), VaultFixture.Bytes("b"))], VaultFixture.At, default);
        _fixture.Store.Restore(before);

        (await Should.ThrowAsync<VaultDamagedException>(() => _fixture.OpenAsync())).Message.ShouldContain("rolled back");
    }

    private static Dictionary<OpaqueId, string> Texts(DossierVault vault) => vault.Catalogue.Records.ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(pair.Value.Span));

    /// <summary>
    /// The host had the vault open; a command made a dossier and destroyed another. The destruction removed the keys of every earlier commit of the catalogue, also of the one that the host
    /// had not read yet, and the host called the vault damaged.
    /// </summary>
    [Fact]
    public async Task RefreshAsync_AfterAnotherProcessPutAndDestroyed_TakesOverItsSnapshot()
    {
        await using var fixture = new VaultFixture();
        var vault = await fixture.CreateAsync();
        var (first, second, third) = (OpaqueId.Random(), OpaqueId.Random(), OpaqueId.Random());
        await vault.Catalogue.PutAsync([(first, VaultFixture.Bytes("een")), (third, VaultFixture.Bytes("drie"))], VaultFixture.At, default);
        var other = await fixture.OpenAsync();
        var position = other.Catalogue.ChangedSince(0).Position;

        await vault.Catalogue.PutAsync([(second, VaultFixture.Bytes("twee")), (third, VaultFixture.Bytes("drie, gewijzigd"))], VaultFixture.At, default);
        await vault.DestroyStreamAsync(first, VaultFixture.At, default);
        await vault.Catalogue.PutAsync([(third, VaultFixture.Bytes("drie, nog eens"))], VaultFixture.At, default);
        await other.Catalogue.RefreshAsync(default);

        other.Catalogue.Records.Keys.ShouldBe([second, third], ignoreOrder: true);
        other.Catalogue.Records[third].ToArray().ShouldBe(VaultFixture.Bytes("drie, nog eens").ToArray());
        other.Catalogue.IsDestroyed(first).ShouldBeTrue();
        other.Catalogue.ChangedSince(position).Streams.Distinct().ShouldBe([first, second, third], ignoreOrder: true);
        // And it goes on writing.
        await other.Catalogue.PutAsync([(first, VaultFixture.Bytes("een")), (second, VaultFixture.Bytes("twee, hier"))], VaultFixture.At, default);
        await vault.Catalogue.RefreshAsync(default);
        vault.Catalogue.Records[second].ToArray().ShouldBe(VaultFixture.Bytes("twee, hier").ToArray());
    }
}
