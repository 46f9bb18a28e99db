using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Search;

/// <summary>What losing its ground does to a card, and the proof that it went.</summary>
public sealed partial class CardRegister
{
    /// <summary>The cards as they may be used now: what lost its ground is destroyed first, by whichever way that came about and whoever asks.</summary>
    private async ValueTask<CardState> SweptAsync(CancellationToken ct)
    {
        var state = await NowAsync(ct);
        var (lost, hidden) = await LostAsync(state, ct);
        // By a clock that cannot be right nothing is destroyed; what it calls over is not used either.
        var isClockTrusted = lost.TrueForAll(one => one.Cause != GoneCause.Expired) || IsClockTrusted(state.Cards.Values.Max(card => (DateTimeOffset?)card.At));
        var over = lost.Where(one => one.Cause == GoneCause.Expired && !isClockTrusted).Select(one => one.Card.Id).Concat(hidden).ToList();
        lost.RemoveAll(one => over.Contains(one.Card.Id));
        if (lost.Count == 0 && Orphans().Count == 0) return Without(state);
        await _register.BeginTaskAsync(SystemTaskKind.Destroy, null, ct);
        await ChangeAsync(
            now =>
            {
                var goes = lost.Where(one => now.Cards.ContainsKey(one.Card.Id)).Select(one => GoneOf(one.Card, one.Cause, null)).Concat(Orphans().Select(AskedGone)).ToList();
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, CardChange?)>(([], goes.Count == 0 ? null : new CardChange([], goes)));
            },
            ct);
        return Without(await NowAsync(ct));

        CardState Without(CardState all) => over.Count == 0 ? all : all with { Cards = all.Cards.RemoveRange(over) };
    }

    /// <summary>Looks at the clock by which cards are called over; the first look, when one is proposed, begins that.</summary>
    private bool IsClockTrusted(DateTimeOffset? newest) => new ClockGuard(Vault.State, BootClock.Of(_register.Clock)).Observe(_register.Now, newest).IsTrusted;

    private (CardEvent, string) GoneOf(HeldCard card, GoneCause cause, ActingPerson? by)
        => (new CardGone { Card = card.Id, Cause = cause, On = _register.Today, By = by?.Id, Account = by is null ? null : AccountMark(by) }, card.Home);

    /// <summary>What was asked for a case is no card: that it went is told by an id that belongs to nothing.</summary>
    private (CardEvent, string) AskedGone(string home) => (new CardGone { Card = CardState.Questions, Cause = GoneCause.DossierDestroyed, On = _register.Today }, home);

    /// <summary>Compartments of what was asked for a case that was destroyed meanwhile, by whichever process.</summary>
    private List<string> Orphans()
        => [.. (_journal?.Envelopes ?? []).Select(envelope => envelope.Compartment).Distinct(StringComparer.Ordinal).Where(home => CardState.CaseOf(home) is { } stream && Vault.Catalogue.IsDestroyed(stream) && _journal?.IsDestroyed(default, home) == false)];

    /// <summary>Cards that lost their ground; and those of a dossier that is damaged, of which nobody can tell: they are not used, and not destroyed either.</summary>
    private async ValueTask<(List<(HeldCard Card, GoneCause Cause)> Lost, List<string> Hidden)> LostAsync(CardState state, CancellationToken ct)
    {
        var (lost, hidden) = (new List<(HeldCard, GoneCause)>(), new List<string>());
        if (state.Cards.Count == 0) return (lost, hidden);
        var actionDate = await _actionDates(ct);
        var entries = (await _register.AllEntriesAsync(ct)).ToDictionary(entry => entry.Stream);
        foreach (var card in state.Cards.Values)
        {
            // Not in the catalogue and not destroyed either: nothing is decided on it. Nobody is shown its card, see who may look.
            if (Vault.Catalogue.IsDestroyed(card.Stream)) lost.Add((card, GoneCause.DossierDestroyed));
            else if (!entries.TryGetValue(card.Stream, out var entry)) continue;
            else if (_register.Today >= EndOf(card.Proposed.Until, actionDate(entry))) lost.Add((card, GoneCause.Expired));
            else if (await StandsOrUnknownAsync(card, entry, ct) is not { } stands) hidden.Add(card.Id);
            else if (!stands) lost.Add((card, GoneCause.DecisionChanged));
        }

        return (lost, hidden);
    }

    /// <summary>The day a card goes: its own, or that of its dossier when that comes first.</summary>
    private static DateOnly EndOf(DateOnly own, DateOnly? ofDossier) => ofDossier is { } date && date < own ? date : own;

    private async ValueTask<DateOnly> EndOfAsync(DateOnly own, OpenDossier dossier, CancellationToken ct)
        => EndOf(own, (await _actionDates(ct))(DossierRegister.EntryOf(dossier.StreamId, dossier.Standing)));

    private async ValueTask<bool?> StandsOrUnknownAsync(HeldCard card, ArchiveEntry entry, CancellationToken ct)
    {
        try
        {
            return await StandsAsync(card, entry, ct);
        }
        catch (VaultDamagedException)
        {
            return null;
        }
    }

    /// <summary>Whether what was decided in the case is still what the card was drawn from. Looked up again only when something was added to the case since.</summary>
    private async ValueTask<bool> StandsAsync(HeldCard card, ArchiveEntry entry, CancellationToken ct)
    {
        var version = entry.Retention.ContentVersion;
        if (version > 0 && (version == card.Proposed.ContentVersion || (_verified.TryGetValue(card.Id, out var known) && known == version))) return true;
        if (await _register.GroundOfAsync(card.Stream, card.Proposed.Number, card.Proposed.Betrokkene, ct) is not { } ground || ground.Mark != card.Proposed.Ground) return false;
        _verified[card.Id] = version;
        return true;
    }

    /// <summary>Destroys every card drawn from a dossier or one of its entries, and what was asked for that dossier.</summary>
    private async ValueTask DropAsync(OpaqueId source, CancellationToken ct)
        => await ChangeAsync(
            now =>
            {
                var name = source.ToString();
                List<(CardEvent, string)> goes = [.. now.Cards.Values.Where(card => IsFrom(card, source, name)).Select(card => GoneOf(card, GoneCause.DossierDestroyed, null))];
                var asked = CardState.HomeOf(source);
                if (_journal is { } journal && journal.Envelopes.Any(envelope => envelope.Compartment == asked) && !journal.IsDestroyed(default, asked)) goes.Add(AskedGone(asked));
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, CardChange?)>(([], goes.Count == 0 ? null : new CardChange([], goes)));
            },
            ct);

    /// <summary>
    /// Looks through a second opening of the stream, which knows nothing of what this one thinks: no card of that source opens, and no key is left of anything that went. A dossier is asked
    /// for entry by entry; what was proved of this very state of the stream is not proved again.
    /// </summary>
    private async ValueTask<bool> ProveGoneAsync(OpaqueId source, CancellationToken ct)
    {
        await NowAsync(ct);
        var proof = _proof;
        if (proof is null || proof.Head != (_journal?.Head ?? 0)) proof = await ProofAsync(ct);
        _proof = proof.AreKeysGone ? proof : null;
        return proof.AreKeysGone && !proof.Sources.Contains(source.ToString()) && !proof.Asked.Contains(CardState.HomeOf(source));
    }

    private async ValueTask<CardProof> ProofAsync(CancellationToken ct)
    {
        using var fresh = await Vault.OpenStreamAsync(StreamKind.ComparableCases, Vault.WellKnown(StreamKind.ComparableCases), ct);
        if (fresh is null) return new CardProof(0, [], [], true);
        var (state, _) = await FoldAsync(fresh, CardState.Empty, 0, ct);
        return new CardProof(
            fresh.Head,
            [.. state.Cards.Values.SelectMany(card => card.Proposed.Sources.Append(card.Proposed.Stream))],
            [.. fresh.Envelopes.Select(envelope => envelope.Compartment).Where(home => !fresh.IsDestroyed(default, home))],
            await fresh.AreGoneAsync(fresh.Envelopes.Where(envelope => fresh.IsDestroyed(envelope.Id, envelope.Compartment)).Select(envelope => envelope.Id), ct));
    }

    private static bool IsFrom(HeldCard card, OpaqueId source, string name) => card.Stream == source || card.Proposed.Sources.Contains(name, StringComparer.Ordinal);

    /// <summary>What a second opening found.</summary>
    /// <param name="Head">The commit it was found at.</param>
    /// <param name="Sources">The streams and entries that cards which open were drawn from.</param>
    /// <param name="Asked">The compartments that live.</param>
    /// <param name="AreKeysGone">Whether no key is left of anything that was destroyed.</param>
    private sealed record CardProof(long Head, HashSet<string> Sources, HashSet<string> Asked, bool AreKeysGone);

    /// <summary>What destruction asks.</summary>
    private sealed class CardTracker(CardRegister cards) : IDerivedData
    {
        public ValueTask DropAsync(OpaqueId source, CancellationToken ct) => cards.DropAsync(source, ct);

        public ValueTask<bool> ProveGoneAsync(OpaqueId source, CancellationToken ct) => cards.ProveGoneAsync(source, ct);
    }
}
