using DossierKit.Tests.Vault.Store;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.State;

public sealed class DestructionLedgerTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();

    private string File => _folder.Below(StateProcess.Vault.ToString(), "ledger");

    [Fact]
    public void Append_ThenReadAnew_GivesTheSameInOrderAndOnce()
    {
        Destroyed[] destroyed =
        [
            new(DestroyedKind.Stream, StateProcess.Id(1), StateProcess.Id(1), Noon),
            new(DestroyedKind.Object, StateProcess.Id(2), StateProcess.Id(3), Noon.AddMilliseconds(1)),
            new(DestroyedKind.Compartment, StateProcess.Id(2), StateProcess.Id(4), Noon.AddDays(1)),
        ];
        using (var state = Open())
        {
            state.Ledger.Append(destroyed[..1]);
            state.Ledger.Append(destroyed);
            state.Ledger.Append([destroyed[1] with { At = Noon.AddYears(1) }]);
            state.Ledger.Append([]);
            state.Ledger.Read().ShouldBe(destroyed);
        }

        using var again = Open();
        again.Ledger.Read().ShouldBe(destroyed);
        new FileInfo(File).Length.ShouldBe(3 * DestructionLedger.RecordSize);
    }

    /// <summary>
    /// A power cut during the append leaves part of the last record, or a record of zeros.
    /// Its destruction was not acknowledged, so it is no damage; the next record takes its place.
    /// </summary>
    [Fact]
    public void Read_TornTail_IsNoRecordAndIsOverwritten()
    {
        Fill(2);
        var whole = System.IO.File.ReadAllBytes(File);
        foreach (var tail in (byte[][])[new byte[1], new byte[79], new byte[80], new byte[200], [.. whole[80..], .. new byte[5]]])
        {
            System.IO.File.WriteAllBytes(File, [.. whole, .. tail]);
            using var state = Open();
            state.Ledger.Read().Count.ShouldBe(2);
            state.Ledger.Append([Object(9)]);
            using var again = Open();
            again.Ledger.Read().Select(record => record.Id).ShouldBe([StateProcess.Id(0), StateProcess.Id(1), StateProcess.Id(9)]);
        }
    }

    [Fact]
    public void Read_RecordChangedMovedOrRemovedBeforeTheEnd_IsDamage()
    {
        Fill(4);
        var whole = System.IO.File.ReadAllBytes(File);
        for (var i = 0; i < 3 * DestructionLedger.RecordSize; i += 5)
        {
            var bad = whole.ToArray();
            bad[i] ^= 1;
            Damaged(bad);
        }

        Damaged([.. whole[80..160], .. whole[..80], .. whole[160..]]);
        Damaged([.. whole[..80], .. new byte[80], .. whole[160..]]);

        // A ledger of another vault, or under another root, has no good record at all; only the pin tells that apart from a torn one.
        System.IO.File.WriteAllBytes(File, whole);
        using var state = Open();
        state.Ledger.Read().Count.ShouldBe(4);

        void Damaged(byte[] bytes)
        {
            System.IO.File.WriteAllBytes(File, bytes);
            using var damaged = Open();
            Should.Throw<VaultDamagedException>(() => damaged.Ledger.Read());
            Should.Throw<VaultDamagedException>(() => damaged.Ledger.Append([Object(9)]));
            System.IO.File.ReadAllBytes(File).ShouldBe(bytes, "what is damaged is not touched");
        }
    }

    [Fact]
    public void Read_CutOrRemovedWhileOpen_IsDamage()
    {
        using var state = Fill(3);
        var whole = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, whole[..80]);
        Should.Throw<VaultDamagedException>(() => state.Ledger.Read());
        System.IO.File.Delete(File);
        Should.Throw<VaultDamagedException>(() => state.Ledger.Read());
        Should.Throw<VaultDamagedException>(() => state.Ledger.Append([Object(9)]));
    }

    [Fact]
    public async Task Append_TwoProcesses_LoseNothing()
    {
        using var state = Open();
        var children = new[] { StateProcess.Start("ledger", _folder.Path, "100"), StateProcess.Start("ledger", _folder.Path, "200") };
        for (var i = 0; i < 25; i++) state.Ledger.Append([Object(i)]);
        foreach (var child in children) await child.EndAsync();
        state.Ledger.Read().Select(record => record.Id).Order()
            .ShouldBe(Enumerable.Range(0, 25).Concat(Enumerable.Range(100, 25)).Concat(Enumerable.Range(200, 25)).Select(StateProcess.Id).Order());
    }

    /// <summary>
    /// The runtime swallows the error of fsync, so a ledger written with it would acknowledge a destruction that a power cut takes back.
    /// Here the error is heard, and no further record is taken until the vault is opened anew.
    /// </summary>
    [Fact]
    public async Task Append_FsyncFails_IsHeardAndNothingMoreIsTaken()
    {
        if (!OperatingSystem.IsLinux() || !System.IO.File.Exists("/usr/bin/strace")) Assert.Skip("strace is not here: apt-get install strace");
        Fill(1).Dispose();
        using var child = StateProcess.StartTraced(["-f", "-qq", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=1", "-o", "/dev/null"], "failing-ledger", _folder.Path);
        var lines = (await child.EndAsync()).Split('\n');
        lines[0].ShouldStartWith("VaultEnvironmentException");
        lines[0].ShouldContain("could not be made durable");
        lines[1].ShouldStartWith("VaultEnvironmentException");
        lines[1].ShouldContain("no more records");
        lines[2].ShouldBe("reopened");
        using var state = Open();
        state.Ledger.Read().Select(record => record.Id).ShouldBe([StateProcess.Id(0), StateProcess.Id(7)]);
    }

    public void Dispose() => _folder.Dispose();

    private static Destroyed Object(int number) => new(DestroyedKind.Object, StateProcess.Id(1000), StateProcess.Id(number), Noon);

    private StateDirectory Fill(int count)
    {
        var state = Open();
        state.Ledger.Append([.. Enumerable.Range(0, count).Select(Object)]);
        return state;
    }

    private StateDirectory Open() => StateProcess.Open(_folder.Path);
}
