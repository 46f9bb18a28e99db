using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Streams;

/// <summary>What is derived from files opens as long as every one of them does, and is gone with the first that goes.</summary>
public sealed class DerivedObjectsTests
{
    private const string Compartment = "onderzoek";

    [Fact]
    public async Task Put_ANewVersion_TakesThePlaceOfTheOld()
    {
        await using var fixture = new VaultFixture();
        var vault = await fixture.CreateAsync();
        var (journal, files) = await StreamAsync(vault);
        using var _ = journal;
        (await journal.Derived.VersionAsync(Compartment, default)).ShouldBe(0);
        (await PutAsync(journal, 0, files, "eerste")).ShouldBe(1);
        var old = await journal.Derived.FindAsync(Compartment, 1, 1, default);
        (await PutAsync(journal, 1, files, "tweede")).ShouldBe(2);

        (await journal.Derived.VersionAsync(Compartment, default)).ShouldBe(2);
        (await ReadAsync(journal, 2, 0)).ShouldBe("tweede");
        (await ReadAsync(journal, 2, 1)).ShouldBe("tweede, deel 1");
        (await ReadAsync(journal, 1, 0)).ShouldBeNull();
        (await old!.ReadAsync(default)).ShouldBeNull();
        fixture.Names.Count(name => name.Value.Contains("/d/", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Put_ByManyAtOnce_TheNewestIsWhole()
    {
        await using var fixture = new VaultFixture();
        var vault = await fixture.CreateAsync();
        var (journal, files) = await StreamAsync(vault);
        using var _ = journal;
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => PutAsync(journal, 0, files, $"{i}"))));
        made.ShouldContain(version => version != null);
        // Some took the next number, and one that began late the first again: what counts is that the newest is whole, of one of those who were told that theirs is there.
        var newest = await journal.Derived.VersionAsync(Compartment, default);
        made.ShouldContain(newest);
        (await ReadAsync(journal, newest, 1)).ShouldBe($"{await ReadAsync(journal, newest, 0)}, deel 1");
    }

    /// <summary>Whoever was there first keeps both parts; an attempt that was broken off is passed over.</summary>
    [Fact]
    public async Task Put_WhereAnotherHasBegun_TouchesNothingOfIt()
    {
        await using var fixture = new VaultFixture();
        var vault = await fixture.CreateAsync();
        var (journal, files) = await StreamAsync(vault);
        using var _ = journal;
        await PutAsync(journal, 0, files, "eerste");
        (await PutAsync(journal, 0, files, "te laat")).ShouldBeNull();
        (await ReadAsync(journal, 1, 1)).ShouldBe("eerste, deel 1");

        // Cut off between the parts.
        fixture.Store.Fault = (operation, at) => operation == StoreOperation.Commit && at?.Value.EndsWith("2-0", StringComparison.Ordinal) == true ? StoreFault.Before : null;
        await Should.ThrowAsync<VaultException>(() => PutAsync(journal, 1, files, "afgebroken"));
        fixture.Store.Fault = null;
        (await journal.Derived.VersionAsync(Compartment, default)).ShouldBe(1);
        (await PutAsync(journal, 1, files, "daarna")).ShouldBe(3);
        (await ReadAsync(journal, 3, 1)).ShouldBe("daarna, deel 1");
        fixture.Names.Count(name => name.Value.Contains("/d/", StringComparison.Ordinal)).ShouldBe(2);
    }

    /// <summary>What can be made again keeps nothing from being opened or destroyed.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(40)]
    public async Task Destroy_BesideADamagedOne_GoesOn(int length)
    {
        await using var fixture = new VaultFixture();
        var vault = await fixture.CreateAsync();
        var (journal, files) = await StreamAsync(vault);
        using var _ = journal;
        await PutAsync(journal, 0, files, "inhoud");
        var (name, bytes) = fixture.Store.Snapshot().First(pair => pair.Key.Value.Contains("/d/", StringComparison.Ordinal));
        await fixture.Store.DeleteAsync(name, default);
        await fixture.Store.PutIfAbsentAsync(name, bytes.ToArray().AsMemory(0, length), default);
        await journal.DestroyAsync([files[0].Id], "vernietigd", "kaft", default, VaultFixture.At, default);
        (await journal.AreGoneAsync([files[0].Id], default)).ShouldBeTrue();
        using var again = await vault.OpenStreamAsync(StreamKind.Dossier, journal.StreamId, default);
        again.ShouldNotBeNull();
    }

    [Fact]
    public async Task Destroy_OneSource_ClosesAndSweepsWhatWasMadeOfIt()
    {
        await using var fixture = new VaultFixture();
        var vault = await fixture.CreateAsync();
        var (journal, files) = await StreamAsync(vault);
        using var _ = journal;
        await PutAsync(journal, 0, files, "kanarie");
        var copy = fixture.Store.Snapshot();
        await journal.DestroyAsync([files[1].Id], "vernietigd", "kaft", default, VaultFixture.At, default);

        fixture.Names.ShouldNotContain(name => name.Value.Contains("/d/", StringComparison.Ordinal));
        (await journal.AreGoneAsync([files[1].Id], default)).ShouldBeTrue();

        // And a copy of the object that somebody kept does not open either.
        foreach (var (name, bytes) in copy.Where(pair => pair.Key.Value.Contains("/d/", StringComparison.Ordinal))) await fixture.Store.PutIfAbsentAsync(name, bytes, default);
        (await ReadAsync(journal, 1, 0)).ShouldBeNull();
        string.Join('\n', (await VaultFixture.OpenEverythingAsync(vault)).Select(System.Text.Encoding.Latin1.GetString)).ShouldNotContain("kanarie");
        using var again = await vault.OpenStreamAsync(StreamKind.Dossier, journal.StreamId, default);
        fixture.Names.ShouldNotContain(name => name.Value.Contains("/d/", StringComparison.Ordinal), "whoever opens the stream next sweeps it");
    }

    [Fact]
    public async Task Destroy_TheCompartmentOrTheStream_TakesItAlong()
    {
        await using var fixture = new VaultFixture();
        var vault = await fixture.CreateAsync();
        var (journal, files) = await StreamAsync(vault);
        using var _ = journal;
        await PutAsync(journal, 0, files, "kanarie");
        await journal.DestroyCompartmentAsync(Compartment, "kaft", default, VaultFixture.At, default);
        fixture.Names.ShouldNotContain(name => name.Value.Contains("/d/", StringComparison.Ordinal));
        (await PutAsync(journal, 0, files, "kanarie")).ShouldBeNull("nothing is derived from what is gone");
        await vault.DestroyStreamAsync(journal.StreamId, VaultFixture.At, default);
        fixture.Names.ShouldNotContain(name => name.Value.Contains(journal.StreamId.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_OpensThem_AndTellsOfOneThatWasChanged()
    {
        await using var fixture = new VaultFixture();
        var vault = await fixture.CreateAsync();
        var (journal, files) = await StreamAsync(vault);
        using var _ = journal;
        await PutAsync(journal, 0, files, "inhoud");
        (await vault.VerifyAsync(null, default)).Findings.ShouldBeEmpty();

        var (name, bytes) = fixture.Store.Snapshot().First(pair => pair.Key.Value.Contains("/d/", StringComparison.Ordinal));
        await fixture.Store.DeleteAsync(name, default);
        var changed = bytes.ToArray();
        changed[^1] ^= 1;
        await fixture.Store.PutIfAbsentAsync(name, changed, default);
        (await vault.VerifyAsync(null, default)).Findings.Single().Name.ShouldBe(name.Value);
    }

    private static async Task<(Journal Journal, IReadOnlyList<SealedObject> Files)> StreamAsync(DossierVault vault)
    {
        var journal = await vault.CreateStreamAsync(StreamKind.Dossier, OpaqueId.Random(), default);
        using var batch = journal.Begin();
        var files = new List<SealedObject>();
        for (var i = 0; i < 3; i++)
        {
            using var content = new MemoryStream([(byte)i]);
            files.Add(await batch.SealAsync(Compartment, content, default));
        }

        batch.Add("iets", Compartment, VaultFixture.Bytes("iets"), VaultFixture.At, files);
        await batch.CommitAsync(default);
        return (journal, files);
    }

    private static async Task<long?> PutAsync(Journal journal, long after, IReadOnlyList<SealedObject> files, string text)
        => await journal.Derived.PutAsync(Compartment, after, [.. files.Select(file => file.Id)], [VaultFixture.Bytes(text), VaultFixture.Bytes($"{text}, deel 1")], default);

    private static async Task<string?> ReadAsync(Journal journal, long version, int part)
        => await journal.Derived.FindAsync(Compartment, version, part, default) is { } found && await found.ReadAsync(default) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;
}
