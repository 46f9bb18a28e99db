using System.Globalization;

namespace DossierKit.Vault;

/// <summary>
/// Which copies of keys exist outside the vault, in a stream of its own (FORMAT.md, "Backup register"): a run is written here before its first key leaves the vault, so that no copy
/// is unknown. What was destroyed is destroyed for good when <see cref="HoldingKeysAt"/> names no backup any more. Also keeps when the recovery key was split and when drills were held.
/// Safe for use by several threads and processes; dispose before the vault.
/// </summary>
public sealed class BackupRegister : IDisposable
{
    private const string Begun = "backup-begun";
    private const string Finished = "backup-finished";
    private const string Removed = "key-set-removed";
    private const string DeclaredGone = "key-set-gone";
    private const string EscrowType = "escrow-made";
    private const string DrillType = "drill-held";
    private const string RestoredType = "restored";
    private const string Leaving = "key-set-leaving";
    private const string Found = "key-set-found";
    private const string Copied = "key-set-copied";
    private const string Compartment = "backups";

    private readonly Journal _journal;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<OpaqueId, BackupSet> _sets = [];
    private readonly List<HeldDrill> _drills = [];
    private volatile IReadOnlyList<BackupSet> _shown = [];
    private volatile IReadOnlyList<RestoredFrom> _restores = [];
    private int _applied;

    private BackupRegister(Journal journal) => _journal = journal;

    /// <summary>Every set the vault knows of, oldest first, those that are gone too.</summary>
    public IReadOnlyList<BackupSet> Sets => _shown;

    /// <summary>Every time this vault was brought back from a backup, oldest first.</summary>
    public IReadOnlyList<RestoredFrom> Restores => _restores;

    /// <summary>
    /// The last time this vault was brought back from a backup; <see langword="null"/>: never. Decisions from before <see cref="RestoredFrom.At"/> rest on a vault that may have known more:
    /// what was recorded after <see cref="RestoredFrom.MadeAt"/>, a hold for instance, can be missing from it now.
    /// </summary>
    public RestoredFrom? LastRestore => _restores is [.., var last] ? last : null;

    /// <summary>The most destructions that a backup of this vault knew of, as far as the register tells: an account whose ledger has fewer is not the one that made them.</summary>
    internal long LedgerCount { get; private set; }

    /// <summary>The last splitting of the recovery key; <see langword="null"/>: it never was, as far as this vault knows.</summary>
    public EscrowMade? LastEscrow { get; private set; }

    /// <summary>Reads the register of a vault; one that never made a backup has an empty one.</summary>
    /// <param name="vault">The open vault; it must stay open as long as the register is used.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The register; the caller disposes it.</returns>
    public static async ValueTask<BackupRegister> OpenAsync(DossierVault vault, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(vault);
        var register = new BackupRegister(await vault.OpenOwnStreamAsync(StreamKind.Backups, ct));
        try
        {
            await register.ApplyAsync(ct);
            return register;
        }
        catch
        {
            register.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The backups that can still open what was destroyed at an instant: begun at or before it, and neither removed nor declared gone. A last day that is past ends nothing by itself:
    /// the keys are there until somebody removes them, see <see cref="KeyHolder.IsOverdue"/>.
    /// </summary>
    /// <param name="destroyedAt">When the last key was gone from the vault: the end of the destruction, not its beginning, since a run in between may have taken the key.</param>
    /// <param name="today">Today in the Netherlands.</param>
    /// <returns>Oldest first; empty: destroyed for good, as far as the program's own backups go.</returns>
    public IReadOnlyList<KeyHolder> HoldingKeysAt(DateTimeOffset destroyedAt, DateOnly today)
        => [.. Sets.Where(set => set.HoldsKeys && set.At <= destroyedAt).Select(set => new KeyHolder(set.Id, set.At, set.Label, set.KeysUntil, set.IsOverdue(today), set.Status == BackupSetStatus.Unknown, set.IsCopied))];

    /// <summary>
    /// The backups that would still open what was destroyed at an instant, had nobody declared that their keys are gone: the word of a person, not something the program saw.
    /// </summary>
    /// <param name="destroyedAt">As for <see cref="HoldingKeysAt"/>.</param>
    /// <returns>Oldest first.</returns>
    public IReadOnlyList<BackupSet> DeclaredGoneAt(DateTimeOffset destroyedAt)
        => [.. Sets.Where(set => set.Status == BackupSetStatus.DeclaredGone && set.At <= destroyedAt)];

    /// <summary>When a drill last went well; for shares, with those of <see cref="LastEscrow"/>: older sheets prove nothing of the newer ones.</summary>
    /// <param name="kind">Which.</param>
    /// <returns>The instant; <see langword="null"/>: never.</returns>
    public DateTimeOffset? LastDrill(DrillKind kind)
    {
        var escrow = kind == DrillKind.RecoveryShares ? LastEscrow : null;
        lock (_drills) return _drills.FindLast(drill => drill.Kind == kind && (escrow is null || (drill.Splitting is { } splitting ? splitting == escrow.Splitting : drill.At >= escrow.At)))?.At;
    }

    /// <summary>Reads what other processes added.</summary>
    /// <param name="ct">Stops.</param>
    /// <returns>A task.</returns>
    public async ValueTask RefreshAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await _journal.RefreshAsync(ct);
            await ApplyAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Records that the keys of a set no longer exist, on the word of a person: the disk was lost, wiped or shredded.</summary>
    /// <param name="set">The set.</param>
    /// <param name="by">The handle of who says so.</param>
    /// <param name="reason">How they went, 3 to 500 characters, without names.</param>
    /// <param name="at">Now.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The set as it is now, or why not.</returns>
    public async ValueTask<Outcome<BackupSet>> DeclareGoneAsync(OpaqueId set, string by, string reason, DateTimeOffset at, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(reason);
        var why = reason.Trim();
        if (why.Length is < 3 or > 500 || why.Any(char.IsControl))
        {
            return Outcome<BackupSet>.Refused(new Refusal(
                "De reden ontbreekt of is te lang.", "Later moet te zien zijn waarom deze sleutels er niet meer zijn; een reden heeft 3 tot 500 tekens op één regel.",
                "Schrijf kort op hoe de sleutels zijn verdwenen, zonder namen van personen.")
            { Subject = "reden" });
        }

        Refusal? refused = null;
        await WriteAsync(DeclaredGone, new ByteWriter().Id(set).Text(by).Text(why).ToArray(), at, () =>
        {
            refused = !_sets.TryGetValue(set, out var known)
                ? new Refusal("Deze reservekopie is niet bekend.", "Er staat geen reservekopie met dit kenmerk in het register van deze kluis.", "Bekijk de lijst van reservekopieën en neem het kenmerk daaruit over.") { Subject = "reservekopie" }
                : known.HoldsKeys ? null
                : new Refusal("De sleutels van deze reservekopie zijn al weg.", "Dat is eerder vastgelegd in het register.", "U hoeft niets meer te doen.") { Subject = "reservekopie" };
            return refused is null;
        }, ct);
        return refused is null ? Outcome<BackupSet>.Done(_sets[set]) : Outcome<BackupSet>.Refused(refused);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal.Dispose();
        _gate.Dispose();
    }

    /// <summary>A run begins: from here on its place may hold keys. Repeating it is harmless.</summary>
    internal ValueTask BeginAsync(OpaqueId set, OpaqueId place, string label, DateOnly keysUntil, DateTimeOffset at, CancellationToken ct)
        => WriteAsync(Begun, new ByteWriter().Id(set).Id(place).Int64(at.ToUnixTimeMilliseconds()).Text(Day(keysUntil)).Text(label).ToArray(), at, () => !_sets.ContainsKey(set), ct);

    /// <summary>A run is complete, and knew of so many destructions.</summary>
    internal ValueTask FinishAsync(OpaqueId set, int ledgerCount, DateTimeOffset at, CancellationToken ct)
        => WriteAsync(Finished, new ByteWriter().Id(set).Int64(ledgerCount).ToArray(), at, () => _sets.TryGetValue(set, out var known) && known.Status == BackupSetStatus.Begun, ct);

    /// <summary>The program is about to remove the keys of a set: when they are not there the next time, that was it.</summary>
    internal ValueTask LeavingAsync(OpaqueId set, DateTimeOffset at, CancellationToken ct)
        => WriteAsync(Leaving, set.ToArray(), at, () => _sets.TryGetValue(set, out var known) && known is { HoldsKeys: true, IsLeaving: false }, ct);

    /// <summary>The keys of a set were removed from its place by the program. Of a set that lies on more than one disk this ends nothing.</summary>
    internal ValueTask RemovedAsync(OpaqueId set, DateTimeOffset at, CancellationToken ct)
        => WriteAsync(Removed, set.ToArray(), at, () => _sets.TryGetValue(set, out var known) && known is { HoldsKeys: true, IsCopied: false }, ct);

    /// <summary>A set that was removed or declared gone lies here all the same: it holds keys again.</summary>
    internal ValueTask FoundAsync(OpaqueId set, DateTimeOffset at, CancellationToken ct)
        => WriteAsync(Found, set.ToArray(), at, () => _sets.TryGetValue(set, out var known) && !known.HoldsKeys, ct);

    /// <summary>A set lies on more than one disk: only a person can say that it is gone from all of them.</summary>
    internal ValueTask CopiedAsync(OpaqueId set, DateTimeOffset at, CancellationToken ct)
        => WriteAsync(Copied, set.ToArray(), at, () => _sets.TryGetValue(set, out var known) && !known.IsCopied, ct);

    /// <summary>
    /// The vault was brought back from a set. From then on every copy that may have been made since counts as one that holds keys, until somebody declares it gone. Repeating it is harmless:
    /// a set cannot hold the entry of its own restore.
    /// </summary>
    internal ValueTask RestoredAsync(OpaqueId set, DateTimeOffset madeAt, DateTimeOffset at, CancellationToken ct)
        => WriteAsync(RestoredType, new ByteWriter().Id(set).Id(OpaqueId.Random()).Int64(madeAt.ToUnixTimeMilliseconds()).ToArray(), at, () => _restores.All(known => known.Set != set), ct);

    /// <summary>Records that the recovery key was split.</summary>
    /// <param name="escrow">How.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>A task.</returns>
    public ValueTask RecordEscrowAsync(EscrowMade escrow, CancellationToken ct)
        => WriteAsync(EscrowType, new ByteWriter().Id(escrow.Escrow).Byte((byte)escrow.Shares).Byte((byte)escrow.Threshold).ToArray(), escrow.At, static () => true, ct);

    /// <summary>Records that a drill went well.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="at">Now.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <param name="splitting">Of shares: the splitting that stands on them.</param>
    /// <returns>A task.</returns>
    public ValueTask RecordDrillAsync(DrillKind kind, DateTimeOffset at, CancellationToken ct, string? splitting = null)
        => WriteAsync(DrillType, splitting is null ? [(byte)kind] : new ByteWriter().Byte((byte)kind).Text(splitting).ToArray(), at, static () => true, ct);

    /// <summary>Appends one entry when it still holds on the newest state, deciding again when another process wrote first.</summary>
    private async ValueTask WriteAsync(string type, ReadOnlyMemory<byte> payload, DateTimeOffset at, Func<bool> holds, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            while (true)
            {
                await _journal.RefreshAsync(ct);
                await ApplyAsync(ct);
                if (!holds()) return;
                using var batch = _journal.Begin();
                batch.Add(type, Compartment, payload, at);
                try
                {
                    await batch.CommitAsync(ct);
                }
                catch (JournalConflictException)
                {
                    continue; // another process wrote first: read it, and decide again
                }

                await ApplyAsync(ct);
                return;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask ApplyAsync(CancellationToken ct)
    {
        for (; _applied < _journal.Envelopes.Count; _applied++)
        {
            var envelope = _journal.Envelopes[_applied];
            if (await _journal.OpenPayloadAsync(envelope, ct) is { } payload) Apply(envelope, payload);
        }

        _shown = [.. _sets.Values.OrderBy(set => set.At).ThenBy(set => set.Id)];
    }

    private void Apply(Envelope envelope, byte[] payload)
    {
        var reader = new ByteReader(payload, $"Entry {envelope.Id} of the backup register");
        switch (envelope.Type)
        {
            case Begun:
                var (id, place, at, until, label) = (reader.Id(), reader.Id(), DateTimeOffset.FromUnixTimeMilliseconds(reader.Int64()), reader.Text(), reader.Text());
                _sets.TryAdd(id, new BackupSet(id, at, place, label, DateOnly.ParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture), BackupSetStatus.Begun));
                break;
            case Finished:
                Change(reader.Id(), set => set with { Status = BackupSetStatus.Finished });
                if (reader.Remaining > 0) LedgerCount = Math.Max(LedgerCount, reader.Int64());
                break;
            case Removed:
                Change(reader.Id(), set => set with { Status = BackupSetStatus.Removed, EndedAt = envelope.At });
                break;
            case DeclaredGone:
                var (gone, by, reason) = (reader.Id(), reader.Text(), reader.Text());
                Change(gone, set => set with { Status = BackupSetStatus.DeclaredGone, EndedAt = envelope.At, EndedBy = by, Reason = reason });
                break;
            case Leaving:
                Change(reader.Id(), set => set with { IsLeaving = true });
                break;
            case Found:
                if (_sets.TryGetValue(reader.Id(), out var found)) _sets[found.Id] = found with { Status = BackupSetStatus.Finished, EndedAt = null, EndedBy = null, Reason = null, FoundAt = envelope.At, IsLeaving = false };
                break;
            case Copied:
                if (_sets.TryGetValue(reader.Id(), out var copied)) _sets[copied.Id] = copied with { IsCopied = true };
                break;
            case RestoredType:
                var (source, unknown, madeAt) = (reader.Id(), reader.Id(), DateTimeOffset.FromUnixTimeMilliseconds(reader.Int64()));
                _restores = [.. _restores, new RestoredFrom(source, madeAt, envelope.At)];
                // Their last day is not known either: when copies are made with the usual days, the last of them is past its day then, and this asks for an answer.
                _sets.TryAdd(unknown, new BackupSet(
                    unknown, madeAt, default, "onbekende kopieën van vóór het terugzetten", DateOnly.FromDateTime(envelope.At.UtcDateTime).AddDays(BackupOptions.DefaultKeepKeysDays), BackupSetStatus.Unknown));
                break;
            case EscrowType:
                LastEscrow = new EscrowMade(envelope.At, reader.Id(), reader.Byte(), reader.Byte());
                break;
            case DrillType:
                var drill = (DrillKind)reader.Byte();
                var splitting = reader.Remaining > 0 ? reader.Text() : null;
                lock (_drills) _drills.Add(new HeldDrill(drill, envelope.At, splitting));
                break;
            default:
                throw new VaultEnvironmentException($"Entry {envelope.Id} of the backup register is of a kind this program does not know. A newer version wrote it: use that version.");
        }
    }

    private void Change(OpaqueId id, Func<BackupSet, BackupSet> change)
    {
        // Once gone it stays gone until it is found: two processes may both have recorded the end.
        if (_sets.TryGetValue(id, out var set) && set.HoldsKeys) _sets[id] = change(set);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
