using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>How the clock stands.</summary>
/// <param name="Reading">The clock compared with what was seen before.</param>
/// <param name="Refusal">Why nothing may be destroyed by this clock; <see langword="null"/> when it may.</param>
/// <param name="AskedBy">Who already said that it is right; a second person confirms. <see langword="null"/>: nobody.</param>
public sealed record ClockStatus(ClockReading Reading, Refusal? Refusal, PersonId? AskedBy);

/// <summary>The clock guard: nothing is destroyed by a clock that cannot be right.</summary>
public sealed partial class DestructionRegister
{
    /// <summary>How long ago the first of two may have said that the clock is right.</summary>
    private static readonly TimeSpan LongestConfirming = TimeSpan.FromHours(24);

    /// <summary>Looks at the clock.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>How it stands, or the reason why that is not told.</returns>
    public async ValueTask<Outcome<ClockStatus>> ClockAsync(ActingPerson by, CancellationToken ct)
    {
        var (person, state, _) = await LookAsync(by, ct);
        return MayConfirmClock(person) ? Outcome<ClockStatus>.Done(StatusOf(state)) : Outcome<ClockStatus>.Refused(NoRight("de stand van de klok niet zien"));
    }

    /// <summary>
    /// Says that the clock of the machine is right, after comparing it with another clock. Two people say so within a day, each with an account of his own; then it is trusted from here on.
    /// </summary>
    /// <param name="by">Who says so: somebody of the integrity side, the archivaris, a medebeslisser or the beheerder.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>How it stands now, or every reason why not.</returns>
    public async ValueTask<Outcome<ClockStatus>> ConfirmClockAsync(ActingPerson by, CancellationToken ct)
    {
        if (RefuseToken(by) is { } token) return Outcome<ClockStatus>.Refused(token);
        var isAccepted = false;
        var refusals = await ChangeAsync(
            by,
            looked =>
            {
                var (person, state, _) = looked;
                isAccepted = false;
                if (!MayConfirmClock(person)) return Only([NoRight("niet zeggen dat de klok goed staat")]);
                var (status, now, mark) = (StatusOf(state), _register.Now, AccountMark(by));
                if (status.Refusal is null) return Only([new Refusal("De klok hoeft niet te worden bevestigd.", "Zij loopt zoals verwacht.", "U kunt verder.") { Subject = "klok" }]);
                if (state.ClockAsked is not { } asked || (now - asked.Clock).Duration() > LongestConfirming)
                    return Happens(new ClockDoubted { By = person!.Id, Account = mark, Clock = now });
                if (asked.Person == person!.Id || asked.Account == mark)
                    return Only([new Refusal("Een ander moet dit bevestigen.", "Dat de klok goed staat, zeggen twee mensen, ieder met een eigen account.", "Vraag een tweede persoon.") { Subject = "klok" }]);
                isAccepted = true;
                var wrong = Later(Later(status.Reading.Doubt == ClockDoubt.RanBack ? status.Reading.Reference : null, state.Newest), state.WrongUntil);
                return Happens(new ClockConfirmed { By = person.Id, Account = mark, Clock = now, Wrong = wrong > now ? wrong : null });
            },
            ct);
        if (refusals.Count > 0) return Outcome<ClockStatus>.Refused(refusals);
        if (isAccepted) _clock.Accept(_register.Now);
        return Outcome<ClockStatus>.Done(StatusOf(_state));

        static ValueTask<(IReadOnlyList<Refusal>, IReadOnlyList<Recorded>)> Happens(DestructionEvent happened)
            => ValueTask.FromResult<(IReadOnlyList<Refusal>, IReadOnlyList<Recorded>)>(([], [new Recorded(happened)]));
    }

    private ClockStatus StatusOf(DestructionState state)
    {
        var reading = _clock.Observe(_register.Now, state.NewestTrusted);
        return new ClockStatus(reading, DoubtOf(state, null, reading), state.ClockAsked is { } asked && (_register.Now - asked.Clock).Duration() <= LongestConfirming ? asked.Person : null);
    }

    /// <summary>Why the clock cannot be trusted, also beside the newest entry of the lists and of a dossier; <see langword="null"/> when it can.</summary>
    private Refusal? DoubtOf(DestructionState state, DateTimeOffset? newestOfDossier, ClockReading? looked = null)
    {
        var reading = looked ?? _clock.Observe(_register.Now, state.NewestTrusted);
        if (reading.IsTrusted)
        {
            foreach (var newest in (DateTimeOffset?[])[state.Newest, newestOfDossier])
            {
                // A time that two people called wrong says nothing; of the lists themselves only what came after that counts.
                if (newest is { } seen && seen > reading.Now + ClockGuard.Tolerance && !(state.WrongUntil is { } wrong && seen <= wrong))
                    reading = reading with { Doubt = ClockDoubt.RanBack, Reference = seen };
            }
        }

        return reading.IsTrusted ? null : new Refusal(
            "De klok van deze computer klopt niet, dus er wordt niets vernietigd of goedgekeurd.",
            reading.Doubt switch
            {
                ClockDoubt.RanBack => $"De klok staat op {Moment(reading.Now)}, maar er is al iets vastgelegd of gezien om {Moment(reading.Reference!.Value)}.",
                ClockDoubt.RanAhead => $"De klok staat op {Moment(reading.Now)}, maar sinds de computer startte kan het niet later zijn dan {Moment(reading.Reference!.Value)}.",
                _ => $"De klok staat op {Moment(reading.Now)}, en het laatste dat hier is gezien of vastgelegd is van {Moment(reading.Reference!.Value)}: meer dan {ClockGuard.LargestJump.TotalDays:0} dagen eerder (eigen keuze).",
            },
            "Zet de klok goed. Staat zij goed, laat dan twee mensen dat bevestigen.")
        { Subject = "klok" };
    }

    private bool MayConfirmClock(StaffPerson? person) => person?.RolesOn(_register.Today)
        .Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi or StaffRole.Verantwoordelijke or StaffRole.Archivaris or StaffRole.Medebeslisser or StaffRole.Beheerder) == true;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other : other is null || one > other ? one : other;

    private static string Moment(DateTimeOffset at) => LegalTime.LocalOf(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
