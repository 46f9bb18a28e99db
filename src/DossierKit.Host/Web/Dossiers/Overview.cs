using DossierKit.Dossiers;
using DossierKit.Host.Web.Stappen;
using DossierKit.Host.Web.Texts;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>Somebody charged with a case.</summary>
/// <param name="Task">With what.</param>
/// <param name="Who">By name, or by office.</param>
public sealed record Charged(string Task, string Who);

/// <summary>A dossier at a glance, as one person may see it.</summary>
public sealed record Overview
{
    /// <summary>The most that is shown of each list; the rest stands on a page of its own.</summary>
    private const int Most = 6;

    public required IReadOnlyList<Term> Terms { get; init; }

    public required int MoreTerms { get; init; }

    public required NextStep? Next { get; init; }

    public required IReadOnlyList<Charged> Charged { get; init; }

    /// <summary>What is not settled, and where this person can settle it.</summary>
    public required IReadOnlyList<(Duty Duty, string? Path)> Missing { get; init; }

    public required int MoreMissing { get; init; }

    public required IReadOnlyList<TimelineLine> Latest { get; init; }

    public static Overview Of(OpenDossier dossier, StaffRegister staff, DateOnly today)
    {
        var terms = dossier.Terms(today).Where(TermTexts.IsOpen)
            .OrderBy(term => term.State switch { TermState.Late => 0, TermState.Due => 1, _ => 2 }).ThenBy(term => TermTexts.Day(term) ?? DateOnly.MaxValue).ToList();
        var duties = dossier.Duties();
        // Before the melding is there, a list of all the protocol asks says nothing about this case.
        var missing = NextStep.HasMelding(dossier) ? duties.Where(duty => duty is { IsUnsettled: true, IsNow: true } && duty.Rule.Strength != Strength.May).ToList() : [];
        return new Overview
        {
            Terms = [.. terms.Take(Most)],
            MoreTerms = Math.Max(0, terms.Count - Most),
            Next = NextStep.Of(dossier, terms, duties),
            Charged = ChargedWith(dossier, staff, today),
            Missing = [.. missing.Take(Most).Select(duty => (duty, Steps.Of(dossier, duty).Path))],
            MoreMissing = Math.Max(0, missing.Count - Most),
            Latest = Timeline.Latest(dossier, Most),
        };
    }

    private static List<Charged> ChargedWith(OpenDossier dossier, StaffRegister staff, DateOnly today)
    {
        var charged = new List<Charged>();
        if (staff.Persons.FirstOrDefault(person => person.Is(StaffRole.Fi, today)) is { } fi) charged.Add(new("Functionaris integriteit", fi.DisplayName));
        foreach (var betrokkene in dossier.State.Betrokkenen)
        {
            if (dossier.AuthorityOf(betrokkene.Id)?.Judging is not { } judging) continue;
            var offices = judging.Holders.Select(dossier.Protocol.Word).ToList();
            var holder = staff.Persons.FirstOrDefault(person => person.Appointments.Any(appointment => appointment.IsInForceOn(today) && appointment.Office is { } office && judging.Holders.Contains(office, StringComparer.Ordinal)));
            charged.Add(new($"Verantwoordelijke ({betrokkene.Id})", holder is null ? string.Join(" of ", offices) : $"{holder.DisplayName} ({string.Join(" of ", offices)})"));
        }

        if (dossier.State.Opdracht is { } opdracht && (opdracht.Opdrachtgever is not null || opdracht.Office is not null))
            charged.Add(new("Opdrachtgever", opdracht.Opdrachtgever is { } giver ? PersonTexts.OfStaff(dossier, giver) : dossier.Protocol.Word(opdracht.Office!)));
        if (dossier.State.Onderzoekers.Count > 0) charged.Add(new("Onderzoekers", PersonTexts.And([.. dossier.State.Onderzoekers.Select(PersonTexts.Of)])));
        return charged;
    }
}
