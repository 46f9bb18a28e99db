using DossierKit.Dossiers;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>One conversation of the onderzoek with what became of it; an invitation alone is one too.</summary>
public sealed record Interview
{
    public required PersonId With { get; init; }

    /// <summary>The reference of the conversation; <see langword="null"/> while it is only planned, or has none.</summary>
    public string? Reference { get; init; }

    public InvitationSent? Invited { get; init; }

    public ConversationHeld? Held { get; init; }

    public RecordingMade? Recorded { get; init; }

    public VerslagDrawnUp? DrawnUp { get; init; }

    public VerslagSent? Sent { get; init; }

    public VerslagCorrected? Corrected { get; init; }

    public VerslagAdopted? Adopted { get; init; }

    public VerslagRefused? Refused { get; init; }

    public DissentAttached? Dissent { get; init; }

    public OriginalRegistered? Original { get; init; }

    /// <summary>How far it is, in a few words.</summary>
    public string State => this switch
    {
        { Adopted.IsSigned: true } => "getekend",
        { Adopted: not null } => "vastgesteld",
        { Refused: not null } => "niet getekend",
        { Corrected: not null } => "reactie ontvangen",
        { Sent: not null } => "wacht op reactie",
        { DrawnUp: not null } => "verslag nog sturen",
        { Held: not null } => "verslag nog maken",
        _ => "uitgenodigd",
    };

    /// <summary>Whether somebody still has to do something.</summary>
    public bool IsDone => Adopted is not null || Refused is not null;

    public static IReadOnlyList<Interview> Of(DossierState state)
    {
        var invitations = state.All<InvitationSent>().ToList();
        var verslagen = state.All<VerslagEvent>().ToLookup(verslag => (verslag.Conversation, verslag.With));
        var recordings = state.All<RecordingMade>().ToLookup(recording => (recording.Conversation, recording.With));
        var originals = state.All<OriginalRegistered>().Where(original => original.Conversation is not null).ToLookup(original => original.Conversation!, StringComparer.Ordinal);
        var interviews = new List<Interview>();
        foreach (var held in state.All<ConversationHeld>())
        {
            // The last invitation before it; each is used once.
            var invited = invitations.FindLast(invitation => invitation.To == held.With && invitation.Date <= held.Date);
            if (invited is not null) invitations.RemoveAll(invitation => invitation.To == held.With && invitation.Date <= invited.Date);
            var about = held.Reference is { } reference ? verslagen[(reference, held.With)].ToList() : [];
            interviews.Add(new Interview
            {
                With = held.With,
                Reference = held.Reference,
                Invited = invited,
                Held = held,
                Recorded = held.Reference is { } conversation ? recordings[(conversation, held.With)].FirstOrDefault() : null,
                DrawnUp = about.OfType<VerslagDrawnUp>().LastOrDefault(),
                Sent = about.OfType<VerslagSent>().LastOrDefault(),
                Corrected = about.OfType<VerslagCorrected>().LastOrDefault(),
                Adopted = about.OfType<VerslagAdopted>().LastOrDefault(),
                Refused = about.OfType<VerslagRefused>().LastOrDefault(),
                Dissent = about.OfType<DissentAttached>().LastOrDefault(),
                Original = held.Reference is { } signed ? originals[signed].FirstOrDefault() : null,
            });
        }

        interviews.AddRange(invitations.Select(invitation => new Interview { With = invitation.To, Invited = invitation }));
        return interviews;
    }
}
