namespace DossierKit.Dossiers;

/// <summary>One line of the dispatch log: which document went how to whom, through whom, and what became of it.</summary>
public sealed record Dispatch
{
    /// <summary>The event that tells of it: <c>stuk-verzonden</c>, or a step that is a letter itself (a kennisgeving, an invitation).</summary>
    public required DossierEvent Event { get; init; }

    /// <summary>The kind of document.</summary>
    public required string DocumentKind { get; init; }

    /// <summary>To whom (handle of the case).</summary>
    public required PersonId To { get; init; }

    /// <summary>How; <see langword="null"/> when that was not recorded.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>The gemachtigde or vertrouwenspersoon it went through; <see langword="null"/>: straight to the addressee.</summary>
    public PersonId? Through { get; init; }

    /// <summary>Number of the registered item or receipt.</summary>
    public string? Number { get; init; }

    /// <summary>What became of it, the latest word; <see langword="null"/> when nothing was recorded.</summary>
    public DeliveryConfirmed? Receipt { get; init; }

    /// <summary>The day it went.</summary>
    public DateOnly On => Event.Date;

    /// <summary>What a receipt refers to; <see langword="null"/> when it has none.</summary>
    public string? Reference => Event.Reference;

    /// <summary>Whether a proof of receipt is still to come: it went registered or against a receipt and nothing is known of its arrival.</summary>
    public bool AwaitsReceipt => Receipt is null && Delivery is Dossiers.Delivery.Registered or Dossiers.Delivery.ByHandWithReceipt;

    /// <summary>Whether it must be sent again, or its refusal noted: the last word is that it did not arrive.</summary>
    public bool DidNotArrive => Receipt is { Outcome: not ReceiptOutcome.Received };

    internal static IReadOnlyList<Dispatch> Of(DossierState state)
    {
        var receipts = state.All<DeliveryConfirmed>().ToLookup(receipt => receipt.Dispatch, StringComparer.Ordinal);
        var sent = state.Events.Select(recorded => From(recorded.Event)).OfType<Dispatch>().ToList();
        return
        [
            // A step that is also in the log as a document of that kind to that person on that day is one letter, not two.
            .. sent.Where(dispatch => dispatch.Event is DocumentSent || !sent.Exists(other => other.Event is DocumentSent && other.DocumentKind == dispatch.DocumentKind && other.To == dispatch.To && other.On == dispatch.On))
                .Select(dispatch => dispatch with { Receipt = dispatch.Reference is { } reference ? receipts[reference].LastOrDefault() : null }),
        ];
    }

    /// <summary>The event as a line of the log; <see langword="null"/> when nothing was sent by it.</summary>
    internal static Dispatch? From(DossierEvent happening) => happening switch
    {
        DocumentSent sent => new Dispatch { Event = sent, DocumentKind = sent.DocumentKind, To = sent.To, Delivery = sent.Delivery, Through = sent.Through, Number = sent.ReceiptNumber },
        ReceiptConfirmed confirmed => new Dispatch { Event = confirmed, DocumentKind = "ontvangstbevestiging", To = confirmed.To, Delivery = confirmed.Delivery, Through = confirmed.Through },
        KennisgevingGiven given => new Dispatch { Event = given, DocumentKind = "kennisgeving", To = given.Betrokkene, Delivery = given.Delivery },
        InvitationSent invited => new Dispatch { Event = invited, DocumentKind = "uitnodiging-gesprek", To = invited.To },
        VerslagSent verslag => new Dispatch { Event = verslag, DocumentKind = "gespreksverslag", To = verslag.With, Delivery = verslag.Delivery },
        WederhoorOffered offered => new Dispatch { Event = offered, DocumentKind = "wederhoor", To = offered.Betrokkene, Delivery = offered.Delivery },
        _ => null,
    };
}
