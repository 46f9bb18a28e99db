using DossierKit.Tests.Vault.Keys;
using DossierKit.Tests.Vault.Store;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.State;

public sealed class StateDirectoryTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private readonly OpaqueId _stream = OpaqueId.Random();

    private string Folder => _folder.Below(StateProcess.Vault.ToString());

    [Fact]
    public void Open_FirstTime_AdoptsThenRemembers()
    {
        using (var first = Open())
        {
            first.IsNew.ShouldBeTrue();
            first.ReadHead(_stream).ShouldBeNull();
            first.ClockMark.ShouldBeNull();
            first.Ledger.Read().ShouldBeEmpty();
            first.StreamsWithHead().ShouldBeEmpty();
            first.WriteHead(_stream, 7, StateProcess.Hash(7));
        }

        using var second = Open();
        second.IsNew.ShouldBeFalse();
        var head = second.ReadHead(_stream).ShouldNotBeNull();
        head.Sequence.ShouldBe(7);
        head.Hash.ToArray().ShouldBe(StateProcess.Hash(7));
        second.StreamsWithHead().ShouldBe([_stream]);
        second.ForgetHead(_stream);
        second.ForgetHead(OpaqueId.Random());
        second.ReadHead(_stream).ShouldBeNull();
    }

    /// <summary>A copy of the data put back shows an older commit than was seen: that is what the head is for.</summary>
    [Fact]
    public void WriteHead_Older_ChangesNothingUnlessTold()
    {
        using var state = Open();
        foreach (var sequence in (long[])[1, 2, 3, 9]) state.WriteHead(_stream, sequence, StateProcess.Hash(sequence));
        state.WriteHead(_stream, 4, StateProcess.Hash(4));
        state.WriteHead(_stream, 9, StateProcess.Hash(9));
        state.ReadHead(_stream)!.Value.Sequence.ShouldBe(9);

        state.ResetHead(_stream, 4, StateProcess.Hash(4));
        state.ReadHead(_stream)!.Value.Sequence.ShouldBe(4);
        state.ReadHead(_stream)!.Value.Hash.ToArray().ShouldBe(StateProcess.Hash(4));
        state.WriteHead(_stream, 5, StateProcess.Hash(5));
        state.ReadHead(_stream)!.Value.Sequence.ShouldBe(5);
    }

    [Fact]
    public void WriteHead_SameSequenceOtherHash_IsDamage()
    {
        using var state = Open();
        state.WriteHead(_stream, 3, StateProcess.Hash(3));
        Should.Throw<VaultDamagedException>(() => state.WriteHead(_stream, 3, StateProcess.Hash(4))).Message.ShouldContain(_stream.ToString());
        state.ReadHead(_stream)!.Value.Hash.ToArray().ShouldBe(StateProcess.Hash(3));
    }

    /// <summary>
    /// Heads are written without fsync, so a power cut may leave a torn or empty file.
    /// An alarm then would teach operators to ignore alarms.
    /// A slot that does not verify is unknown, and the other slot still counts.
    /// </summary>
    [Fact]
    public void ReadHead_TornAtAnyByte_IsTheOlderOneOrUnknown()
    {
        using var state = Open();
        state.WriteHead(_stream, 1, StateProcess.Hash(1));
        state.WriteHead(_stream, 2, StateProcess.Hash(2));
        var file = Directory.GetFiles(System.IO.Path.Combine(Folder, "heads"), "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        System.IO.Path.GetFileName(file).ShouldBe(_stream.ToString());
        var good = File.ReadAllBytes(file);
        for (var i = 0; i < good.Length; i++)
        {
            var torn = good.ToArray();
            torn[i] ^= 1;
            File.WriteAllBytes(file, torn);
            state.ReadHead(_stream)!.Value.Sequence.ShouldBe(i < good.Length / 2 ? 2 : 1, $"byte {i}");
        }

        for (var length = 0; length < good.Length; length += 7)
        {
            File.WriteAllBytes(file, good.AsSpan(0, length).ToArray());
            (state.ReadHead(_stream)?.Sequence ?? 0).ShouldBeLessThan(2);
        }

        File.WriteAllBytes(file, []);
        state.WriteHead(_stream, 5, StateProcess.Hash(5));
        state.ReadHead(_stream)!.Value.Sequence.ShouldBe(5);
    }

    [Fact]
    public void ReadHead_FileOfAnotherStreamOrVault_IsUnknown()
    {
        using var state = Open();
        var other = OpaqueId.Random();
        state.WriteHead(_stream, 1, StateProcess.Hash(1));
        state.WriteHead(other, 2, StateProcess.Hash(2));
        File.Copy(HeadFile(other), HeadFile(_stream), overwrite: true);
        state.ReadHead(_stream).ShouldBeNull();
    }

    [Fact]
    public async Task WriteHead_TwoProcessesAndThreads_NeverGoesBack()
    {
        using var state = Open();
        var children = new[] { StateProcess.Start("heads", _folder.Path), StateProcess.Start("heads", _folder.Path) };
        long last = 0;
        while (children.Any(child => !child.HasExited))
        {
            var seen = state.ReadHead(StateProcess.Id(1))?.Sequence ?? 0;
            seen.ShouldBeGreaterThanOrEqualTo(last);
            last = seen;
            if (seen > 0) state.WriteHead(StateProcess.Id(1), seen, StateProcess.Hash(seen));
            await Task.Delay(1);
        }

        foreach (var child in children) await child.EndAsync();
        state.ReadHead(StateProcess.Id(1))!.Value.Sequence.ShouldBe(400);
        Parallel.For(401, 600, sequence => state.WriteHead(StateProcess.Id(1), sequence, StateProcess.Hash(sequence)));
        state.ReadHead(StateProcess.Id(1))!.Value.Sequence.ShouldBe(599);
    }

    [Fact]
    public void Observe_ClockRunsBack_SaysHowFarAndKeepsTheMark()
    {
        using (var state = Open())
        {
            state.Observe(Noon).ShouldBeNull();
            state.Observe(Noon.AddHours(1)).ShouldBeNull();
            state.Observe(Noon.AddHours(1)).ShouldBeNull();
            state.Observe(Noon).ShouldBe(TimeSpan.FromHours(1));
        }

        using var again = Open();
        again.ClockMark.ShouldBe(Noon.AddHours(1));
        again.Observe(Noon.AddMinutes(59)).ShouldBe(TimeSpan.FromMinutes(1));
        again.ResetClock(Noon);
        again.ClockMark.ShouldBe(Noon);
        again.Observe(Noon.AddMinutes(1)).ShouldBeNull();
    }

    /// <summary>
    /// A certificate or recovery key is public enough to build a whole vault for: same id, all seals right, and a root secret the attacker knows.
    /// Everything written into it would be his.
    /// The pin remembers which root secret this vault had.
    /// </summary>
    [Fact]
    public void Open_SameIdOtherRoot_IsRefused()
    {
        Open().Dispose();
        Should.Throw<VaultDamagedException>(() => StateDirectory.Open(_folder.Path, null, StateProcess.Vault, SecretKey.Random())).Message.ShouldContain(StateProcess.Vault.ToString());
        File.WriteAllBytes(System.IO.Path.Combine(Folder, "pin"), []);
        Should.Throw<VaultDamagedException>(Open);
    }

    [Fact]
    public void Open_PinTakenAway_IsRefused()
    {
        using (var state = Open()) state.Observe(Noon);
        File.Delete(System.IO.Path.Combine(Folder, "pin"));
        Should.Throw<VaultEnvironmentException>(Open).Message.ShouldContain("pin");
    }

    [Fact]
    public void Open_InsideTheData_IsRefusedAlsoThroughALink()
    {
        var data = Directory.CreateDirectory(_folder.Below("data")).FullName;
        Refused(data, data);
        Refused(System.IO.Path.Combine(data, "state"), data);
        Refused(_folder.Below("data", "..", "data", "x"), data);
        Refused(_folder.Path, System.IO.Path.Combine(Folder, "data"));
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateSymbolicLink(_folder.Below("elsewhere"), data);
            Refused(_folder.Below("elsewhere"), data);
            Directory.CreateSymbolicLink(_folder.Below("circle"), _folder.Below("circle"));
            Refused(_folder.Below("circle"), data);
        }

        // A name that merely begins alike is not inside.
        using var state = StateDirectory.Open(_folder.Below("data-state"), data, StateProcess.Vault, StateProcess.Key());

        static void Refused(string state, string data)
            => Should.Throw<VaultEnvironmentException>(() => StateDirectory.Open(state, data, StateProcess.Vault, StateProcess.Key())).Message.ShouldContain("--state", customMessage: state);
    }

    [Fact]
    public void Open_PlaceThatCannotBe_SaysWhatToDo()
    {
        File.WriteAllText(_folder.Below("file"), "x");
        Should.Throw<VaultEnvironmentException>(() => StateDirectory.Open(_folder.Below("file"), null, StateProcess.Vault, StateProcess.Key())).Message.ShouldContain("--state");
        if (OperatingSystem.IsLinux())
            Should.Throw<VaultEnvironmentException>(() => StateDirectory.Open("/proc/dossierkit", null, StateProcess.Vault, StateProcess.Key())).Message.ShouldContain("--state");

        // A lock that cannot be opened for writing, as in a folder that is read-only.
        Open().Dispose();
        File.Delete(System.IO.Path.Combine(Folder, "lock"));
        Directory.CreateDirectory(System.IO.Path.Combine(Folder, "lock"));
        Should.Throw<VaultEnvironmentException>(Open).Message.ShouldContain("--state");
    }

    [Fact]
    public void Files_AreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var state = Open();
        state.WriteHead(_stream, 1, StateProcess.Hash(1));
        state.Observe(Noon);
        state.Ledger.Append([new Destroyed(DestroyedKind.Stream, _stream, _stream, Noon)]);
        using var held = state.Lock(exclusive: true, TimeSpan.Zero, default);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)) File.GetUnixFileMode(file).ShouldBe(owner, file);
        foreach (var folder in Directory.GetDirectories(Folder, "*", SearchOption.AllDirectories)) File.GetUnixFileMode(folder).ShouldBe(owner | UnixFileMode.UserExecute, folder);
    }

    [Fact]
    public async Task Lock_HeldByAnotherProcess_SharedGoesTogetherExclusiveDoesNot()
    {
        using var state = Open();
        using (var sharer = StateProcess.Start("hold", _folder.Path, "false"))
        {
            (await sharer.StandardOutput.ReadLineAsync()).ShouldBe("held");
            state.Lock(exclusive: false, TimeSpan.Zero, default).Dispose();
            Should.Throw<VaultEnvironmentException>(() => state.Lock(exclusive: true, TimeSpan.Zero, default)).Message.ShouldContain("another process");
            sharer.StandardInput.Close();
            await sharer.WaitForExitAsync();
        }

        using (var loner = StateProcess.Start("hold", _folder.Path, "true"))
        {
            (await loner.StandardOutput.ReadLineAsync()).ShouldBe("held");
            Should.Throw<VaultEnvironmentException>(() => state.Lock(exclusive: false, TimeSpan.Zero, default));
            using var impatient = new CancellationTokenSource(20);
            Should.Throw<OperationCanceledException>(() => state.Lock(exclusive: false, TimeSpan.FromMinutes(5), impatient.Token));
            Open().Dispose();

            // The lock of a process that is killed is free.
            loner.Kill();
            await loner.WaitForExitAsync();
        }

        state.Lock(exclusive: true, TimeSpan.FromSeconds(30), default).Dispose();
    }

    [Fact]
    public async Task StateKey_OfTwoVaults_IsNotTheSame()
    {
        using var one = await BornVault.CreateAsync();
        using var two = await BornVault.CreateAsync();
        using var first = one.Keys.DeriveStateKey();
        using var second = two.Keys.DeriveStateKey();
        first.Span.SequenceEqual(second.Span).ShouldBeFalse();
    }

    [Fact]
    public void PathOf_Default_IsTheAccountsOwnFolder()
    {
        StatePath.Of(_folder.Path, StateProcess.Vault).ShouldBe(Folder);
        var path = StatePath.Of(null, StateProcess.Vault);
        System.IO.Path.IsPathFullyQualified(path).ShouldBeTrue();
        path.ShouldEndWith(StateProcess.Vault.ToString());
        path.ShouldContain("dossierkit");
    }

    public void Dispose() => _folder.Dispose();

    private StateDirectory Open() => StateProcess.Open(_folder.Path);

    private string HeadFile(OpaqueId stream) => System.IO.Path.Combine(Folder, "heads", stream.ToString()[..2], stream.ToString());
}
