using DossierKit.Dossiers;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Werk;

/// <summary>A line of somebody's work: a number and what to do, and where.</summary>
/// <param name="Item">What waits.</param>
/// <param name="Path">Where it is done.</param>
/// <param name="Purpose">What the dossier is opened for, when it was not opened in this session: the work itself says it.</param>
public sealed record WorkLine(WorkItem Item, string Path, string Purpose);

/// <summary>Everything that waits for somebody, over all dossiers.</summary>
public sealed record MyWork
{
    /// <summary>Terms whose last day has passed.</summary>
    public required IReadOnlyList<WorkLine> Late { get; init; }

    /// <summary>Terms that end within five werkdagen.</summary>
    public required IReadOnlyList<WorkLine> Soon { get; init; }

    /// <summary>Terms that end later.</summary>
    public required IReadOnlyList<WorkLine> Later { get; init; }

    /// <summary>Documents begun and not final.</summary>
    public required IReadOnlyList<WorkLine> Drafts { get; init; }

    /// <summary>Decisions asked of this person.</summary>
    public required IReadOnlyList<WorkLine> Decisions { get; init; }

    /// <summary>What should be destroyed, classed or looked at again.</summary>
    public IReadOnlyList<WorkLine> Keeping { get; init; } = [];

    /// <summary>Lists of destruction that this person can approve or carry out.</summary>
    public IReadOnlyList<Bewaring.Ask> Lists { get; init; } = [];

    /// <summary>Changes in the register of staff that wait for a second person, and this person can be that.</summary>
    public int Proposals { get; init; }

    /// <summary>Refusals that this person must look at.</summary>
    public int Reviews { get; init; }

    /// <summary>How much waits in all, without what is only for later.</summary>
    public int Count => Late.Count + Soon.Count + Drafts.Count + Decisions.Count + Proposals + Reviews + Keeping.Count + Lists.Count;

    public bool IsEmpty => Count == 0 && Later.Count == 0;

    public const int SoonWorkdays = 5;

    internal static async ValueTask<MyWork> OfAsync(DossierRegister register, ActingPerson acting, DateOnly today, CancellationToken ct)
    {
        var person = register.Staff.Find(acting.Id);
        var roles = person?.RolesOn(today).ToList() ?? [];
        var items = await register.WorkAsync(acting, ct);
        var terms = items.Where(item => item.Kind == WorkKind.Term && IsMine(item, person, roles, today)).Select(Line).ToList();
        var reviews = roles.Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi) && await register.ReviewsAsync(acting, ct) is { IsDone: true } found ? found.Value.Count : 0;
        var mayConfirm = roles.Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi or StaffRole.Verantwoordelijke);
        return new MyWork
        {
            Late = [.. terms.Where(line => line.Item.WorkdaysLeft < 0 || line.Item.Due < today)],
            Soon = [.. terms.Where(line => line.Item.Due >= today && line.Item.WorkdaysLeft is >= 0 and <= SoonWorkdays)],
            Later = [.. terms.Where(line => line.Item.Due >= today && line.Item.WorkdaysLeft > SoonWorkdays)],
            Drafts = [.. items.Where(item => item.Kind == WorkKind.Draft).Select(Line)],
            Decisions = [.. items.Where(item => item.Kind == WorkKind.Decision).Select(Line)],
            Keeping = [.. items.Where(item => item.Kind == WorkKind.Keeping).Select(Line)],
            Proposals = mayConfirm ? register.Staff.Waiting.Count(waiting => waiting.ProposedBy != acting.Id && waiting.Person != acting.Id) : 0,
            Reviews = reviews,
        };
    }

    /// <summary>The FI coordinates every case; others see what is theirs to do.</summary>
    private static bool IsMine(WorkItem item, StaffPerson? person, IReadOnlyList<StaffRole> roles, DateOnly today)
    {
        if (roles.Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi)) return true;
        return item.Actor switch
        {
            // Who was heard does not work here; the onderzoeker asks for what he owes.
            "onderzoeker" or "gehoorde" => roles.Any(role => role is StaffRole.OnderzoekerIntern or StaffRole.OnderzoekerExtern),
            "verantwoordelijke" => roles.Contains(StaffRole.Verantwoordelijke),
            "hoofd-bi" => roles.Contains(StaffRole.HoofdBi),
            "directeurenteam" or "directeur" => roles.Contains(StaffRole.Directeur),
            "vertrouwenspersoon" => roles.Contains(StaffRole.Vertrouwenspersoon),
            { } office => person?.Appointments.Any(appointment => appointment.Office == office && appointment.IsInForceOn(today)) == true,
            null => true,
        };
    }

    private static WorkLine Line(WorkItem item)
    {
        var root = $"/dossiers/{item.Dossier.Value}";
        return item.Kind switch
        {
            WorkKind.Draft => new WorkLine(item, $"{root}/documenten/nieuw/{item.Subject}", $"{Nl.First(item.Title)} opstellen"),
            WorkKind.Keeping => new WorkLine(item, $"/bewaring/dossiers/{item.Dossier.Value}", ""),
            WorkKind.Decision => new WorkLine(item, root, "Besluiten over de opdracht"),
            _ => new WorkLine(item, $"{root}/stappen", $"Termijn: {item.Title}"),
        };
    }
}
