using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>How a line of the timeline stands apart from the others.</summary>
public enum LineMark
{
    None,

    /// <summary>The protocol was departed from.</summary>
    Deviation,

    /// <summary>What was recorded or filed before was put right.</summary>
    Correction,

    /// <summary>There is no content here.</summary>
    Gap,
}

/// <summary>One line of the timeline: something that happened.</summary>
/// <param name="On">The legal date.</param>
/// <param name="Name">The event.</param>
/// <param name="Compartment">Where its content lies.</param>
/// <param name="Recorded">The event; <see langword="null"/> when only name and date can be shown.</param>
/// <param name="Gap">Why there is no more; <see langword="null"/> when there is.</param>
public sealed record TimelineLine(DateOnly On, string Name, Compartment Compartment, RecordedEvent? Recorded, EventGap? Gap);

/// <summary>What happened in a dossier, newest first, as one person may see it. Rows are only worked out for the page that is shown.</summary>
public static class Timeline
{
    public const int PageSize = 50;

    /// <summary>The newest lines of what happened in the case; that somebody worked on a letter is not that.</summary>
    public static IReadOnlyList<TimelineLine> Latest(OpenDossier dossier, int most) => [.. Lines(dossier.State).Where(line => line.Recorded?.Event is not AnswersRecorded).Take(most)];

    /// <summary>What was recorded after a commit.</summary>
    public static IReadOnlyList<TimelineLine> Since(OpenDossier dossier, long checkpoint) => [.. Lines(dossier.State).Where(line => line.Recorded?.Checkpoint > checkpoint)];

    /// <summary>The lines that a filter lets through.</summary>
    public static IReadOnlyList<TimelineLine> Of(OpenDossier dossier, TimelineQuery query) => [.. Lines(dossier.State).Where(query.Matches)];

    /// <summary>How a line stands apart.</summary>
    public static LineMark MarkOf(OpenDossier dossier, TimelineLine line) => line.Recorded?.Event switch
    {
        null => LineMark.Gap,
        ProtocolDeviated or ProtocolSwitched => LineMark.Deviation,
        VerslagCorrected or IntakeReportCorrected or FileMovedAway or FileAdded { Moved: not null } or DocumentDrawnUp { Moved: not null } => LineMark.Correction,
        PersonAdded added => IsFirst(dossier.State, line.Recorded, added.Person.Id) ? LineMark.None : LineMark.Correction,
        _ => LineMark.None,
    };

    /// <summary>The file a line is about, when it is still there.</summary>
    public static DossierFile? FileOf(OpenDossier dossier, DossierEvent happening)
    {
        var id = happening switch
        {
            FileAdded added => added.File.Id,
            DocumentDrawnUp drawn => drawn.File.Id,
            KennisgevingGiven given => given.File,
            VerslagDrawnUp verslag => verslag.File,
            FeitenrapportSubmitted report => report.File,
            BeslisdocumentDrawnUp decided => decided.File,
            DocumentSent sent => sent.File,
            DeliveryConfirmed confirmed => confirmed.File,
            EvidenceSecured evidence => evidence.File,
            OriginalRegistered original => original.File,
            WederhoorOffered offered => offered.File,
            _ => (FileId?)null,
        };
        return id is { } known ? dossier.State.FindFile(known) : null;
    }

    private static bool IsFirst(DossierState state, RecordedEvent recorded, PersonId person)
        => !state.Events.Any(other => other.Event is PersonAdded added && added.Person.Id == person && other.Entry != recorded.Entry && (other.Checkpoint < recorded.Checkpoint || (other.Checkpoint == recorded.Checkpoint && other.RecordedAt < recorded.RecordedAt)));

    /// <summary>Everything, newest first. Who writes a letter keeps it many times a day: of those only the last is a line, or nothing else would be found between them.</summary>
    private static IEnumerable<TimelineLine> Lines(DossierState state)
    {
        TimelineLine? last = null;
        foreach (var line in All(state))
        {
            if (last is not null && IsSameWriting(last, line)) continue;
            yield return last = line;
        }
    }

    private static bool IsSameWriting(TimelineLine newer, TimelineLine older)
        => newer.Recorded?.Event is AnswersRecorded one && older.Recorded?.Event is AnswersRecorded other
            && (one.DocumentKind, one.Date, one.RecordedBy, newer.Compartment) == (other.DocumentKind, other.Date, other.RecordedBy, older.Compartment);

    private static IEnumerable<TimelineLine> All(DossierState state)
    {
        // Both lists are in order of day already: the newest of the two each time.
        var (events, gaps) = (state.Events.Count - 1, state.Gaps.Count - 1);
        while (events >= 0 || gaps >= 0)
        {
            if (gaps < 0 || (events >= 0 && state.Events[events].Event.Date >= state.Gaps[gaps].Date))
            {
                var recorded = state.Events[events--];
                yield return new(recorded.Event.Date, recorded.Event.Name, recorded.Event.Compartment, recorded, null);
            }
            else
            {
                var gap = state.Gaps[gaps--];
                yield return new(gap.Date, gap.Name, gap.Compartment, null, gap);
            }
        }
    }
}

/// <summary>What somebody looks for in the timeline: names of events, handles and compartments, never content.</summary>
public sealed record TimelineQuery
{
    public string Kind { get; init; } = "";

    public PersonId? Person { get; init; }

    public Compartment? Place { get; init; }

    public int Page { get; init; } = 1;

    public bool IsFiltered => Kind.Length > 0 || Person is not null || Place is not null;

    public static TimelineQuery Of(IQueryCollection query) => new()
    {
        Kind = EventNames.IsKnown(query["soort"].ToString()) ? query["soort"].ToString() : "",
        Person = PersonId.TryParse(query["persoon"].ToString(), out var person) ? person : null,
        Place = Compartment.TryParse(query["compartiment"].ToString(), out var place) ? place : null,
        Page = PageNumber.Of(query),
    };

    public bool Matches(TimelineLine line)
        => (Kind.Length == 0 || line.Name == Kind)
            && (Place is not { } place || line.Compartment == place)
            && (Person is not { } person || (line.Recorded is { Event: var happening } && (happening.By == person || happening.RecordedBy == person || happening.Subjects.Contains(person))));

    public string Url(DossierNumber number, int page)
        => PageNumber.Url($"/dossiers/{number}/tijdlijn", page, ("soort", Kind), ("persoon", Person?.Value ?? ""), ("compartiment", Place?.Name ?? ""));
}
