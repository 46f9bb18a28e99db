using System.Text.Json.Serialization;
using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>A term that runs in a case, as the catalogue keeps it: which rule, its last day, and the compartment of what started it. No person and no content.</summary>
/// <param name="Rule">The id of the term in the protocol.</param>
/// <param name="Due">The last day; of one that was postponed the day it is looked at again.</param>
/// <param name="Compartment">Who may know of this compartment, may know of the term.</param>
internal sealed record DueTerm(
    [property: JsonPropertyName("termijn")] string Rule,
    [property: JsonPropertyName("uiterlijk")] DateOnly Due,
    [property: JsonPropertyName("onderdeel")] Compartment Compartment);

/// <summary>A document somebody began and nobody made final, as the catalogue keeps it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Compartment">Where its answers lie.</param>
internal sealed record DraftMark([property: JsonPropertyName("stuk")] string Kind, [property: JsonPropertyName("onderdeel")] Compartment Compartment);

/// <summary>
/// What waits in a case, drawn from its full state, so that the work of somebody over thousands of dossiers is told without opening one: who may know a line is decided
/// by the compartment it comes from, as at any door, and what a line says is a number, a rule and a day.
/// </summary>
internal static class CaseWork
{
    /// <summary>More than a case ever has; a record of the catalogue stays small.</summary>
    private const int MaxTerms = 16, MaxDrafts = 12;

    /// <summary>Terms that run and have a last day, the first first.</summary>
    public static IReadOnlyList<DueTerm> TermsOf(DossierState full, Protocol? protocol)
    {
        if (protocol is null || full.IsClosed || full.ProtocolEvents.Count == 0) return [];
        // Judged on the day of the last event: which terms run and until when does not depend on today, only whether that is late.
        var asOf = full.ProtocolEvents.Max(happened => happened.Date);
        return
        [
            .. Terms.Of(full.ProtocolEvents, protocol, full.Facts, asOf)
                .Where(term => term.State is TermState.Due or TermState.Late or TermState.Postponed)
                .Select(term => (term, Due: term.State == TermState.Postponed ? term.ReviewOn : term.Due)).Where(term => term.Due is not null)
                .Select(term => new DueTerm(term.term.Rule.Id, term.Due!.Value, StartedIn(full, term.term)))
                .Distinct().OrderBy(term => term.Due).Take(MaxTerms),
        ];
    }

    /// <summary>Kinds of documents with answers from after the last time one was made.</summary>
    public static IReadOnlyList<DraftMark> DraftsOf(DossierState full)
    {
        var made = full.Events.Where(recorded => recorded.Event is DocumentDrawnUp).GroupBy(recorded => ((DocumentDrawnUp)recorded.Event).Document.Kind, StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => kind.Max(recorded => recorded.Checkpoint), StringComparer.Ordinal);
        return
        [
            .. full.Events.Where(recorded => recorded.Event is AnswersRecorded answers && recorded.Checkpoint > made.GetValueOrDefault(answers.DocumentKind, -1))
                .Select(recorded => new DraftMark(((AnswersRecorded)recorded.Event).DocumentKind, recorded.Event.Compartment)).Distinct().Take(MaxDrafts),
        ];
    }

    /// <summary>Directors (handles of the staff) before whom an opdracht lies that was not decided on yet.</summary>
    public static IReadOnlyList<PersonId> AwaitedOf(DossierState full)
    {
        var submitted = full.Events.LastOrDefault(recorded => recorded.Event is OpdrachtSubmitted);
        var decided = full.Events.LastOrDefault(recorded => recorded.Event is DirectorsDecided or OpdrachtGiven);
        return submitted is null || full.IsClosed || (decided is not null && Later(decided, submitted)) ? [] : [.. ((OpdrachtSubmitted)submitted.Event).To.Distinct()];
    }

    private static bool Later(RecordedEvent one, RecordedEvent other) => one.Event.Date != other.Event.Date ? one.Event.Date > other.Event.Date : one.Checkpoint >= other.Checkpoint;

    /// <summary>Where the event lies that started a term; with several the most restricted: a line too few is mended by opening the dossier, a line too many is not.</summary>
    private static Compartment StartedIn(DossierState full, Term term)
        => full.Events.Where(recorded => recorded.Event.Date == term.From && term.Rule.From.Contains(recorded.Event.Name, StringComparer.Ordinal)).Select(recorded => recorded.Event.Compartment)
            .OrderBy(compartment => compartment == Compartment.Melder ? 0 : 1).FirstOrDefault(Compartment.Onderzoek);
}

/// <summary>What kind of work waits.</summary>
public enum WorkKind
{
    /// <summary>A term that runs.</summary>
    Term,

    /// <summary>A document that was begun.</summary>
    Draft,

    /// <summary>An opdracht that was put before a director.</summary>
    Decision,

    /// <summary>Something that should be destroyed, decided on or looked at again: for whoever keeps the dossiers.</summary>
    Keeping,
}

/// <summary>Something that waits in a dossier: a number and what to do, never content.</summary>
/// <param name="Dossier">The number.</param>
/// <param name="Kind">What kind of work.</param>
/// <param name="Subject">The id of the term, or the kind of document; empty for a decision.</param>
/// <param name="Title">What to do, in the words of the protocol.</param>
/// <param name="Article">The article; empty when there is none.</param>
/// <param name="Actor">Who is to do it, an actor of the protocol; <see langword="null"/> for whoever sees the line.</param>
public sealed record WorkItem(DossierNumber Dossier, WorkKind Kind, string Subject, string Title, string Article, string? Actor)
{
    /// <summary>The last day; <see langword="null"/> when there is none.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Werkdagen until the last day, by the calendar of the case's protocol: 0 on the day itself, negative when late.</summary>
    public int? WorkdaysLeft { get; init; }
}
