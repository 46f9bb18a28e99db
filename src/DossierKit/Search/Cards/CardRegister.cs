using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Search;

/// <summary>
/// The cards of a vault, in a stream of their own: proposing, approving, comparing, asking for more, and going. Every door to content is a dossier that somebody opened for a purpose; a card
/// of a case he is part of is not there for him. A card never outlives its ground: whenever anything is asked, what lost its ground goes first. Safe for several threads and processes; dispose
/// before the register.
/// </summary>
public sealed partial class CardRegister : IDisposable
{
    private readonly DossierRegister _register;
    private readonly Func<CancellationToken, ValueTask<Func<ArchiveEntry, DateOnly?>>> _actionDates;
    private readonly CardTracker _tracker;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly byte[] _accountKey;
    private readonly ConcurrentDictionary<string, long> _verified = new(StringComparer.Ordinal);
    private volatile CardProof? _proof;
    private Journal? _journal;
    private volatile CardState _state = CardState.Empty;
    private int _applied;

    private CardRegister(DossierRegister register, CardRules rules, Func<CancellationToken, ValueTask<Func<ArchiveEntry, DateOnly?>>> actionDates)
    {
        (_register, Rules, _actionDates) = (register, rules, actionDates);
        using var key = register.Vault.Keys.Derive("kaarten/account");
        _accountKey = key.Span.ToArray();
        _tracker = new CardTracker(this);
        register.AddDerived(_tracker);
    }

    /// <summary>What is compared, how it weighs, and how long a card is kept.</summary>
    public CardRules Rules { get; }

    /// <summary>The cards of a register's vault. From now on destruction asks them to let go as well.</summary>
    /// <param name="register">The register; it must stay open as long as this is used.</param>
    /// <param name="actionDates">
    /// Gives the day a dossier is destroyed by its class, <see langword="null"/> while it is not known: no card is kept longer than its dossier. Keeping is not for this area to know; asked anew
    /// whenever cards are looked at.
    /// </param>
    /// <param name="rules">The rules; <see langword="null"/>: as shipped.</param>
    /// <returns>The cards; the caller disposes them.</returns>
    public static CardRegister Of(DossierRegister register, Func<CancellationToken, ValueTask<Func<ArchiveEntry, DateOnly?>>> actionDates, CardRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(register);
        ArgumentNullException.ThrowIfNull(actionDates);
        return new CardRegister(register, rules ?? CardRules.Shipped, actionDates);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _register.RemoveDerived(_tracker);
        _journal?.Dispose();
        _gate.Dispose();
        CryptographicOperations.ZeroMemory(_accountKey);
    }

    private DossierVault Vault => _register.Vault;

    /// <summary>A mark of an account; in a demo vault, where one account of the computer may act as anybody, of the person.</summary>
    private string AccountMark(ActingPerson by) => Convert.ToHexStringLower(HMACSHA256.HashData(_accountKey, Encoding.UTF8.GetBytes(_register.Staff.BoundAccount(by))).AsSpan(0, 16));

    private static string NewId() => OpaqueId.Random().ToString()[..16];

    /// <summary>Whoever asks, and how every case stands to him now.</summary>
    private async ValueTask<(StaffPerson? Person, IReadOnlyDictionary<OpaqueId, CaseStanding> Standings)> LookAsync(ActingPerson by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await _register.Staff.RefreshAsync(ct);
        return (_register.Staff.Find(by), (await _register.Index.AllAsync(ct)).ToDictionary(entry => entry.Stream, entry => entry.Standing));
    }

    /// <summary>Decides on the newest state, writes in one commit, and decides again when another process wrote first.</summary>
    private async ValueTask<IReadOnlyList<Refusal>> ChangeAsync(Func<CardState, ValueTask<(IReadOnlyList<Refusal> Refusals, CardChange? Change)>> decide, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            while (true)
            {
                await ReadAsync(ct);
                var (refusals, change) = await decide(_state);
                if (change is null) return refusals;
                _journal ??= await Vault.OpenOwnStreamAsync(StreamKind.ComparableCases, ct);
                // What belongs to something that is gone is not written any more.
                if (change.Adds.Any(add => add.Home != CardState.Staying && _journal.IsDestroyed(default, add.Home))) return [NotThere];
                using var batch = _journal.Begin();
                foreach (var (home, happened) in change.Adds) batch.Add(happened.Name, home, Bytes(happened), _register.Now);
                // Each that goes has an entry of its own, which says so without its content.
                foreach (var (gone, home) in change.Goes) batch.AddDestruction(Journal.CompartmentDestroyed, CardState.Staying, Bytes(gone), _register.Now, _journal.CompartmentIds([home]));
                try
                {
                    if (change.Goes.Count > 0) await _journal.CommitDestroyingAsync(batch, ct);
                    else await batch.CommitAsync(ct);
                }
                catch (Exception conflict) when (conflict is JournalConflictException or ObjectDestroyedException)
                {
                    await _journal.RefreshAsync(ct);
                    continue;
                }

                await ApplyAsync(ct);
                return refusals;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<CardState> NowAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await ReadAsync(ct);
            return _state;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask ReadAsync(CancellationToken ct)
    {
        // Looking makes no stream: a vault without cards stays without.
        if (_journal is null) _journal = await Vault.OpenStreamAsync(StreamKind.ComparableCases, Vault.WellKnown(StreamKind.ComparableCases), ct);
        else await _journal.RefreshAsync(ct);
        await ApplyAsync(ct);
    }

    private async ValueTask ApplyAsync(CancellationToken ct)
    {
        if (_journal is not null) (_state, _applied) = await FoldAsync(_journal, _state, _applied, ct);
    }

    private static async ValueTask<(CardState State, int Applied)> FoldAsync(Journal journal, CardState state, int applied, CancellationToken ct)
    {
        for (; applied < journal.Envelopes.Count; applied++)
        {
            var envelope = journal.Envelopes[applied];
            // Only what lies in a compartment of its own, or says that something went: who looked at what is read when it is asked for.
            if (envelope.Compartment == CardState.Staying && envelope.Type != Journal.CompartmentDestroyed) continue;
            if (await OpenAsync(journal, envelope, ct) is { Length: > 0 } payload && Read(envelope, payload) is { } happened) state = state.After(happened, envelope);
        }

        return (state.Without(home => journal.IsDestroyed(default, home)), applied);
    }

    /// <summary>What cannot be opened by anybody any more is no card: it must not keep the others from being used, nor a dossier from being destroyed. Verify tells of it.</summary>
    private static async ValueTask<byte[]?> OpenAsync(Journal journal, Envelope envelope, CancellationToken ct)
    {
        try
        {
            return await journal.OpenPayloadAsync(envelope, ct);
        }
        catch (VaultDamagedException)
        {
            return null;
        }
    }

    private static byte[] Bytes(CardEvent happened) => JsonSerializer.SerializeToUtf8Bytes(happened, CardJsonContext.Default.CardEvent);

    private static CardEvent Read(Envelope envelope, byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, CardJsonContext.Default.CardEvent)!;
        }
        catch (JsonException problem)
        {
            throw new VaultEnvironmentException($"Entry {envelope.Id} of the stream of comparable cases is of a kind this program does not know. A newer version wrote it: use that version.", problem);
        }
    }

    private static Refusal NotThere { get; } = new("Deze kaart is er niet.", "Zij bestaat niet (meer), of zij is niet voor u.", "Kijk de lijst van kaarten na, of vraag de functionaris integriteit.") { Cause = RefusalCause.NotThere };

    private static Refusal NoRight(string what) => new($"U mag {what}.", "Uw taak in deze zaak geeft daar geen recht toe.", "Vraag de functionaris integriteit.") { Cause = RefusalCause.NoRight };

    /// <summary>What is written together: events with the compartment each lies in, and compartments that go with what stays of them.</summary>
    private sealed record CardChange(IReadOnlyList<(string Home, CardEvent Event)> Adds, IReadOnlyList<(CardEvent Gone, string Home)> Goes);
}
