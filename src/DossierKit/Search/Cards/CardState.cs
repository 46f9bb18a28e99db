using System.Collections.Immutable;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Search;

/// <summary>A card in the stream.</summary>
internal sealed record HeldCard(CardProposed Proposed, OpaqueId Stream, DateTimeOffset At)
{
    public CardApproved? Approval { get; init; }

    public string Id => Proposed.Card;

    public bool IsApproved => Approval is not null;

    /// <summary>The compartment that holds everything about it.</summary>
    public string Home => CardState.HomeOf(Id);

    public KeptCard ToKept() => new(
        Id, Proposed.Number, Proposed.Betrokkene, Proposed.Content, IsApproved ? CardStatus.Approved : CardStatus.Proposed, Proposed.By!.Value, Approval?.By, Proposed.Until);
}

/// <summary>A request to see more than a card.</summary>
internal sealed record HeldRequest(InzageAsked Asked, OpaqueId From)
{
    public InzageDecided? Decision { get; init; }
}

/// <summary>Cards and requests at one moment, folded from the stream; immutable. What was destroyed is not in it.</summary>
internal sealed record CardState(ImmutableSortedDictionary<string, HeldCard> Cards, ImmutableSortedDictionary<string, HeldRequest> Requests, ImmutableList<GoneCard> Gone)
{
    /// <summary>What stays: that a card went, and who was shown which.</summary>
    public const string Staying = "kaarten";

    /// <summary>In the place of a card's id: what was asked for a case.</summary>
    public const string Questions = "vragen";

    private const string CardHome = "kaart/";
    private const string CaseHome = "zaak/";

    public static CardState Empty { get; } = new(ImmutableSortedDictionary.Create<string, HeldCard>(StringComparer.Ordinal), ImmutableSortedDictionary.Create<string, HeldRequest>(StringComparer.Ordinal), []);

    public static string HomeOf(string card) => CardHome + card;

    /// <summary>The compartment of what was asked for a case: it goes with that case.</summary>
    public static string HomeOf(OpaqueId dossier) => CaseHome + dossier;

    /// <summary>The case of such a compartment; <see langword="null"/> for any other.</summary>
    public static OpaqueId? CaseOf(string home) => home.StartsWith(CaseHome, StringComparison.Ordinal) && OpaqueId.TryParse(home[CaseHome.Length..], out var dossier) ? dossier : null;

    public HeldCard? CardOf(OpaqueId stream, PersonId betrokkene) => Cards.Values.FirstOrDefault(card => card.Stream == stream && card.Proposed.Betrokkene == betrokkene);

    public CardState After(CardEvent happened, Envelope envelope) => happened switch
    {
        CardProposed proposed when OpaqueId.TryParse(proposed.Stream, out var stream) => this with { Cards = Cards.SetItem(proposed.Card, new HeldCard(proposed, stream, envelope.At)) },
        CardApproved approved when Cards.GetValueOrDefault(approved.Card) is { } card && card.Proposed.Content.Hash == approved.Hash => this with { Cards = Cards.SetItem(card.Id, card with { Approval = approved }) },
        CardGone { Card: Questions } => this,
        CardGone gone => this with { Cards = Cards.Remove(gone.Card), Gone = Gone.Add(new GoneCard(gone.Card, CauseText(gone.Cause), gone.On, gone.By)) },
        InzageAsked asked when CaseOf(envelope.Compartment) is { } from => this with { Requests = Requests.SetItem(asked.Request, new HeldRequest(asked, from)) },
        InzageDecided decided when Requests.GetValueOrDefault(decided.Request) is { } request => this with { Requests = Requests.SetItem(decided.Request, request with { Decision = decided }) },
        _ => this,
    };

    /// <summary>Without what was destroyed since it was read.</summary>
    public CardState Without(Func<string, bool> isDestroyed) => this with
    {
        Cards = Cards.RemoveRange(Cards.Values.Where(card => isDestroyed(card.Home)).Select(card => card.Id)),
        Requests = Requests.RemoveRange(Requests.Values.Where(request => isDestroyed(HomeOf(request.From))).Select(request => request.Asked.Request)),
    };

    private static string CauseText(GoneCause cause) => cause switch
    {
        GoneCause.Withdrawn => "ingetrokken",
        GoneCause.Replaced => "vervangen door een nieuwe kaart",
        GoneCause.DossierDestroyed => "het dossier is vernietigd",
        GoneCause.DecisionChanged => "het besluit in het dossier is veranderd of er kwam iets bij",
        _ => "de bewaartermijn is voorbij",
    };
}
