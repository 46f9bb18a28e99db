namespace DossierKit.Dossiers;

/// <summary>What a betrokkene was asked to respond to.</summary>
public enum ResponseKind
{
    /// <summary>The findings, before the report.</summary>
    Wederhoor,

    /// <summary>What is held against him, before a decision.</summary>
    Zienswijze,
}

/// <summary>A chance to respond that a betrokkene got: asked, until when, and what came back.</summary>
public sealed record ResponseStep
{
    /// <summary>What it was about.</summary>
    public required ResponseKind Kind { get; init; }

    /// <summary>Who (handle of the case).</summary>
    public required PersonId Betrokkene { get; init; }

    /// <summary>The day it was offered or asked; <see langword="null"/> when only the response was recorded.</summary>
    public DateOnly? AskedOn { get; init; }

    /// <summary>The last day to respond; <see langword="null"/> when none was recorded.</summary>
    public DateOnly? ReplyUntil { get; init; }

    /// <summary>The day it was used, or noted that it was not; <see langword="null"/> while it is open.</summary>
    public DateOnly? DoneOn { get; init; }

    /// <summary>The response; <see langword="null"/> when there was none (yet).</summary>
    public string? Response { get; init; }

    /// <summary>Whether it can still come in on a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns><see langword="true"/> while it is open and its last day has not passed.</returns>
    public bool IsOpenOn(DateOnly day) => DoneOn is null && !(ReplyUntil < day);

    /// <summary>Whether its last day passed without a word: then that is written down, or more time is given.</summary>
    /// <param name="day">The day.</param>
    /// <returns><see langword="true"/> when it passed.</returns>
    public bool HasLapsedOn(DateOnly day) => DoneOn is null && ReplyUntil < day;

    internal static IReadOnlyList<ResponseStep> Of(DossierState state)
    {
        var steps = new List<ResponseStep>();
        foreach (var happening in state.Events.Select(recorded => recorded.Event))
        {
            switch (happening)
            {
                case WederhoorOffered offered:
                    steps.Add(new ResponseStep { Kind = ResponseKind.Wederhoor, Betrokkene = offered.Betrokkene, AskedOn = offered.Date, ReplyUntil = offered.ReplyUntil });
                    break;
                case WederhoorDone done:
                    Answer(ResponseKind.Wederhoor, done.Betrokkene, done.Date, done.Response);
                    break;
                case ZienswijzeRequested asked:
                    steps.Add(new ResponseStep { Kind = ResponseKind.Zienswijze, Betrokkene = asked.Betrokkene, AskedOn = asked.Date, ReplyUntil = asked.ReplyUntil });
                    break;
                case TenlasteleggingGiven charged:
                    steps.Add(new ResponseStep { Kind = ResponseKind.Zienswijze, Betrokkene = charged.Betrokkene, AskedOn = charged.Date });
                    break;
                case VerantwoordingGiven given:
                    Answer(ResponseKind.Zienswijze, given.Betrokkene, given.Date, given.Content);
                    break;
            }
        }

        return steps;

        void Answer(ResponseKind kind, PersonId betrokkene, DateOnly on, string? response)
        {
            var at = steps.FindIndex(step => step.Kind == kind && step.Betrokkene == betrokkene && step.DoneOn is null);
            if (at >= 0) steps[at] = steps[at] with { DoneOn = on, Response = response };
            else steps.Add(new ResponseStep { Kind = kind, Betrokkene = betrokkene, DoneOn = on, Response = response });
        }
    }
}
