namespace DossierKit.Dossiers;

/// <summary>One line of the journaal: every act in a case in the order in which it happened, with who did it and who wrote it down.</summary>
/// <param name="On">The legal date.</param>
/// <param name="Time">The time, where one was recorded.</param>
/// <param name="Name">One of <see cref="Protocols.EventNames"/>.</param>
/// <param name="Compartment">Where its content lies.</param>
/// <param name="By">Who did it; <see langword="null"/> when that is not known or not for this person.</param>
/// <param name="RecordedOn">The day it was written down; <see langword="null"/> when its content is not here.</param>
/// <param name="Event">What happened; <see langword="null"/> when it was destroyed or is not for this person.</param>
/// <param name="Gap">Why there is no content; <see langword="null"/> when there is.</param>
public sealed record JournalLine(DateOnly On, TimeOnly? Time, string Name, Compartment Compartment, PersonId? By, DateOnly? RecordedOn, DossierEvent? Event, GapReason? Gap)
{
    internal static IReadOnlyList<JournalLine> Of(DossierState state)
        =>
        [
            .. state.Events.Select(recorded => new JournalLine(
                    recorded.Event.Date, TimeOf(recorded.Event), recorded.Event.Name, recorded.Event.Compartment,
                    recorded.Event.By ?? recorded.Event.RecordedBy, LegalTime.DateOf(recorded.RecordedAt), recorded.Event, null))
                .Concat(state.Gaps.Select(gap => new JournalLine(gap.Date, null, gap.Name, gap.Compartment, null, null, null, gap.Reason)))
                // Stable: of one day and without a time, as recorded.
                .OrderBy(line => line.On).ThenBy(line => line.Time is null ? 0 : 1).ThenBy(line => line.Time),
        ];

    private static TimeOnly? TimeOf(DossierEvent happening) => happening switch
    {
        JournalNoted note => note.Time,
        ConversationHeld held => held.Begin,
        _ => null,
    };
}
