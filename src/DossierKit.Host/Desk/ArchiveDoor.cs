using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;

namespace DossierKit.Host;

/// <summary>Marks routes about keeping and destroying: the archive is opened before the handler runs, which takes it as an <see cref="AtArchive"/>.</summary>
internal sealed class ArchiveRoute;

/// <summary>A request of somebody who may see how long dossiers are kept.</summary>
/// <param name="Visitor">Who.</param>
/// <param name="Person">The same, as the register of staff has him now.</param>
/// <param name="Desk">Keeping as it is now: ids, classes and dates.</param>
/// <param name="Today">The legal date.</param>
internal sealed record AtArchive(Visitor Visitor, StaffPerson Person, RetentionDesk Desk, DateOnly Today)
{
    /// <summary>The dossiers this person may see.</summary>
    public OpenArchive Archive => Desk.Archive;

    /// <summary>The selectielijst in use.</summary>
    public Selectielijst List => Desk.Lists.InUse;

    /// <summary>The plan of today.</summary>
    public RetentionPlan Plan() => Desk.Plan(Today);

    /// <summary>One dossier in it: itself, then what lies in it.</summary>
    public IReadOnlyList<RetentionItem> PlanOf(ArchiveEntry entry) => Desk.PlanOf(entry, Today);

    public static ValueTask<AtArchive?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<AtArchive>());

    /// <summary>The dossier of that number, if it is there and may be seen.</summary>
    public ArchiveEntry? Find(string number)
        => DossierNumber.TryParse(number, out var parsed) ? Archive.Entries.FirstOrDefault(entry => entry.Number == parsed) : null;

    /// <summary>Whether the person holds one of these roles today.</summary>
    public bool Is(params ReadOnlySpan<StaffRole> roles)
    {
        foreach (var role in roles)
        {
            if (Person.Is(role, Today)) return true;
        }

        return false;
    }
}

/// <summary>The archive as one session sees it: coming in is logged, and again after half an hour; every request sees it as it is then, with the rights that hold then.</summary>
internal sealed class ArchiveDesk(DossierRegister register, ActingPerson person) : IDisposable
{
    private static readonly TimeSpan LogAgain = TimeSpan.FromMinutes(30);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private (RetentionDesk Desk, DateTimeOffset At)? _open;

    /// <summary>The archive; <see langword="null"/> when it is not for this person.</summary>
    public async ValueTask<RetentionDesk?> OpenAsync(DateTimeOffset now, CancellationToken ct)
    {
        await _opening.WaitAsync(ct);
        try
        {
            if (_open is { } open && now - open.At < LogAgain)
            {
                await open.Desk.RefreshAsync(ct);
                return open.Desk;
            }

            var opened = await RetentionDesk.OpenAsync(register, person, ct);
            _open = opened.IsDone ? (opened.Value, now) : null;
            return _open?.Desk;
        }
        finally
        {
            _opening.Release();
        }
    }

    public void Dispose() => _opening.Dispose();
}

/// <summary>The door in front of every route about keeping and destroying; for whoever it is not, it is not there.</summary>
internal static class ArchiveDoor
{
    public static void Use(WebApplication app)
        => app.Use(async (http, next) =>
        {
            if (http.GetEndpoint()?.Metadata.GetMetadata<ArchiveRoute>() is null)
            {
                await next(http);
                return;
            }

            var services = http.RequestServices;
            var (visitor, clock) = (http.Visitor(), services.GetRequiredService<TimeProvider>());
            var today = Nl.Today(clock);
            var desk = await visitor.Archive.OpenAsync(clock.GetUtcNow(), http.RequestAborted);
            if (desk is null || services.GetRequiredService<DossierRegister>().Staff.Find(visitor.Person) is not { } person || !Web.Menu.KeepsArchive(person, today))
            {
                await Problems.NotThere(http).ExecuteAsync(http);
                return;
            }

            http.Features.Set(new AtArchive(visitor, person, desk, today));
            await next(http);
        });
}
