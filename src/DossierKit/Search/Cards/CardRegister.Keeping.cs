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
        var (lost, orphans) = (await LostAsync(state, ct), Orphans());
        if (lost.Count == 0 && orphans.Count == 0) return state;
        await _register.BeginTaskAsync(SystemTaskKind.Destroy, null, ct);
        await ChangeAsync(
            now =>
            {
                var goes = lost.Where(one => now.Cards.ContainsKey(one.Card.Id)).Select(one => GoneOf(one.Card, one.Cause, null)).Concat(Orphans().Select(AskedGone)).ToList();
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, CardChange?)>(([], goes.Count == 0 ? null : new CardChange([], goes)));
            },
            ct);
        return await NowAsync(ct);
    }

    private (CardEvent, string) GoneOf(HeldCard card, GoneCause cause, ActingPerson? by)
        => (new CardGone { Card = card.Id, Cause = cause, On = _register.Today, By = by?.Id, Account = by is null ? null : AccountMark(by) }, card.Home);

    /// <summary>What was asked for a case is no card: that it went is told by an id that belongs to nothing.</summary>
    private (CardEvent, string) AskedGone(string home) => (new CardGone { Card = CardState.Questions, Cause = GoneCause.DossierDestroyed, On = _register.Today }, home);

    /// <summary>Compartments of what was asked for a case that was destroyed meanwhile, by whichever process.</summary>
    private List<string> Orphans()
        => [.. _journal!.Envelopes.Select(envelope => envelope.Compartment).Distinct(StringComparer.Ordinal).Where(home => CardState.CaseOf(home) is { } stream && Vault.Catalogue.IsDestroyed(stream) && !_journal.IsDestroyed(default, home))];

    private async ValueTask<List<(HeldCard Card, GoneCause Cause)>> LostAsync(CardState state, CancellationToken ct)
    {
        var lost = new List<(HeldCard, GoneCause)>();
        if (state.Cards.Count == 0) return lost;
        var actionDate = await _actionDates(ct);
        var entries = (await _register.AllEntriesAsync(ct)).ToDictionary(entry => entry.Stream);
        foreach (var card in state.Cards.Values)
        {
            if (Vault.Catalogue.IsDestroyed(card.Stream) || !entries.TryGetValue(card.Stream, out var entry)) lost.Add((card, GoneCause.DossierDestroyed));
            else if (_register.Today >= EndOf(card.Proposed.Until, actionDate(entry))) lost.Add((card, GoneCause.Expired));
            else if (!await StandsAsync(card, entry, ct)) lost.Add((card, GoneCause.DecisionChanged));
        }

        return lost;
    }

    /// <summary>The day a card goes: its own, or that of its dossier when that comes first.</summary>
    private static DateOnly EndOf(DateOnly own, DateOnly? ofDossier) => ofDossier is { } date && date < own ? date : own;

    private async ValueTask<DateOnly> EndOfAsync(DateOnly own, OpenDossier dossier, CancellationToken ct)
        => EndOf(own, (await _actionDates(ct))(DossierRegister.EntryOf(dossier.StreamId, dossier.Standing)));

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
                if (_journal!.Envelopes.Any(envelope => envelope.Compartment == asked) && !_journal.IsDestroyed(default, asked)) goes.Add(AskedGone(asked));
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, CardChange?)>(([], goes.Count == 0 ? null : new CardChange([], goes)));
            },
            ct);

    /// <summary>Looks through a second opening of the stream, which knows nothing of what this one thinks: no card of that source opens, and no key is left of anything that went.</summary>
    private async ValueTask<bool> ProveGoneAsync(OpaqueId source, CancellationToken ct)
    {
        using var fresh = await Vault.OpenStreamAsync(StreamKind.ComparableCases, Vault.WellKnown(StreamKind.ComparableCases), ct);
        if (fresh is null) return true;
        var (state, _) = await FoldAsync(fresh, CardState.Empty, 0, ct);
        var (name, asked) = (source.ToString(), CardState.HomeOf(source));
        if (state.Cards.Values.Any(card => IsFrom(card, source, name))) return false;
        if (fresh.Envelopes.Any(envelope => envelope.Compartment == asked && !fresh.IsDestroyed(envelope.Id, asked))) return false;
        return await fresh.AreGoneAsync(fresh.Envelopes.Where(envelope => fresh.IsDestroyed(envelope.Id, envelope.Compartment)).Select(envelope => envelope.Id), ct);
    }

    private static bool IsFrom(HeldCard card, OpaqueId source, string name) => card.Stream == source || card.Proposed.Sources.Contains(name, StringComparer.Ordinal);

    /// <summary>What destruction asks.</summary>
    private sealed class CardTracker(CardRegister cards) : IDerivedData
    {
        public ValueTask DropAsync(OpaqueId source, CancellationToken ct) => cards.DropAsync(source, ct);

        public ValueTask<bool> ProveGoneAsync(OpaqueId source, CancellationToken ct) => cards.ProveGoneAsync(source, ct);
    }
}
