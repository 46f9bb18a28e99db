using System.Collections.Immutable;
using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>A dossier in a list: what whoever may know that it exists may see of it.</summary>
/// <param name="Number">The number.</param>
/// <param name="Phase">The stage of the case.</param>
/// <param name="StartedOn">The day it began.</param>
/// <param name="ClosedOn">The day it was closed; <see langword="null"/> while open.</param>
/// <param name="Protocol">The id of its protocol.</param>
public sealed record DossierListing(DossierNumber Number, DossierPhase Phase, DateOnly StartedOn, DateOnly? ClosedOn, string Protocol)
{
    /// <summary>Whether whoever asked may open it: others may only know that it is there.</summary>
    public bool MayOpen { get; init; }
}

/// <summary>
/// The register of all dossiers of a vault, with its three doors: <see cref="OpenAsync"/> for people, <see cref="OpenArchiveAsync"/> for the archive,
/// <see cref="BeginTaskAsync"/> for the program itself. There is no other way in. Safe for use by several threads; dispose before the vault.
/// </summary>
public sealed partial class DossierRegister : IDisposable
{
    private readonly DossierVault _vault;
    private readonly TimeProvider _clock;
    private readonly CatalogueIndex _index;
    private readonly SharedStreams _streams;
    private readonly KeptAccess _access = new();
    private readonly SemaphoreSlim _making = new(1, 1);
    private readonly DestroyedNumbers _destroyed;
    private ImmutableList<IDerivedData> _derived = [];

    private DossierRegister(DossierVault vault, TimeProvider clock, StaffRegister staff, TemplateShelf templates, ProtocolShelf protocols, SelectielijstShelf selectielijsten)
    {
        (_vault, _clock, Staff, Templates, Protocols, Selectielijsten) = (vault, clock, staff, templates, protocols, selectielijsten);
        (_index, _streams, Log, Searches) = (new CatalogueIndex(vault, clock), new SharedStreams(vault), new AccessLog(vault, clock), new SearchLog(vault, clock));
        SignIns = new SignInRegister(vault, staff, clock);
        _destroyed = new DestroyedNumbers(vault);
    }

    /// <summary>Who works with the dossiers.</summary>
    public StaffRegister Staff { get; }

    /// <summary>What people sign in with.</summary>
    public SignInRegister SignIns { get; }

    /// <summary>The templates the municipality installed.</summary>
    public TemplateShelf Templates { get; }

    /// <summary>The protocols: shipped and installed.</summary>
    public ProtocolShelf Protocols { get; }

    /// <summary>The selectielijsten that were imported.</summary>
    public SelectielijstShelf Selectielijsten { get; }

    internal AccessLog Log { get; }

    internal SearchLog Searches { get; }

    internal void AddDerived(IDerivedData derived) => ImmutableInterlocked.Update(ref _derived, static (list, one) => list.Add(one), derived);

    internal void RemoveDerived(IDerivedData derived) => ImmutableInterlocked.Update(ref _derived, static (list, one) => list.Remove(one), derived);

    internal TimeProvider Clock => _clock;

    internal DateTimeOffset Now => _clock.GetUtcNow();

    internal DateOnly Today => LegalTime.Today(_clock);

    internal CatalogueIndex Index => _index;

    internal DestroyedNumbers Destroyed => _destroyed;

    /// <summary>How many dossiers lie open in memory, whoever has them open.</summary>
    internal int OpenStreams => _streams.Count;

    internal DossierVault Vault => _vault;

    /// <summary>Those who must drop what they derived when its source is destroyed. A list that never changes: another takes its place, so that somebody can come while a destruction goes through it.</summary>
    internal ImmutableList<IDerivedData> Derived => _derived;

    /// <summary>Loads the register of a vault.</summary>
    /// <param name="vault">The vault; stays the caller's to dispose, after the register.</param>
    /// <param name="clock">The clock that entries are stamped with and by which appointments are in force.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The register.</returns>
    public static async ValueTask<DossierRegister> LoadAsync(DossierVault vault, TimeProvider clock, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(clock);
        return new DossierRegister(
            vault, clock, await StaffRegister.LoadAsync(vault, clock, ct), await TemplateShelf.LoadAsync(vault, clock, ct), await ProtocolShelf.LoadAsync(vault, clock, ct),
            await SelectielijstShelf.LoadAsync(vault, clock, ct))
            .WithStaff();
    }

    /// <summary>
    /// The first door: a person opens a dossier for a purpose. Who, which and why are logged durably before the first byte; a refusal is logged as well.
    /// </summary>
    /// <param name="number">The dossier.</param>
    /// <param name="person">Who opens it.</param>
    /// <param name="purpose">Why, in the person's own words; not empty.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The dossier; <see langword="null"/> when it is not there, or not for this person: one answer.</returns>
    /// <exception cref="ArgumentException">The purpose is empty.</exception>
    public async ValueTask<OpenDossier?> OpenAsync(DossierNumber number, ActingPerson person, string purpose, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentException.ThrowIfNullOrWhiteSpace(purpose);
        await Staff.RefreshAsync(ct);
        var listed = await _index.FindAsync(number, ct);
        // Who may not open it is told so by the catalogue: reading the dossier first would take the longer the more is in it, and the asker has a clock too. The catalogue may let in
        // somebody whom the dossier keeps out, so a yes is decided on the dossier itself.
        if (listed is { Standing.IsBeingMade: false } known && !AccessBy(person, known.Standing).MayOpen)
        {
            await RefuseAsync(person, known.Stream, known.Standing, purpose, ct);
            return null;
        }

        if (listed is not { } found || await _streams.BorrowAsync(found.Stream, number, ct) is not { } lease)
        {
            // Nothing to keep the purpose under, so only the attempt is kept.
            await Log.WriteAsync(new AccessRecord { Act = AccessAct.Refused, Person = person.Id, Via = person.Kind }, null, null, ct);
            return null;
        }

        var stream = lease.Stream;
        try
        {
            var protocol = await ProtocolOfAsync(stream.Full, ct);
            var access = AccessOf(person, stream.Now, protocol);
            if (!access.MayOpen)
            {
                await RefuseAsync(person, stream.Id, StandingOf(stream, protocol), purpose, ct);
                lease.Dispose();
                return null;
            }

            if (!await Log.WriteAsync(new AccessRecord { Act = AccessAct.Opened, Person = person.Id, Via = person.Kind }, stream.Id, new AccessReason { Purpose = purpose }, ct))
            {
                lease.Dispose();
                return null;
            }

            await _index.PutAsync(stream.Id, StandingOf(stream, protocol), ct);
            return new OpenDossier(this, lease, person, purpose);
        }
        catch (ObjectDestroyedException)
        {
            // Another process destroyed it a moment ago: then it is not there, and that is the answer.
            lease.Dispose();
            return null;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>The dossiers a person may at least know of, by number.</summary>
    /// <param name="person">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The list; empty when there are none.</returns>
    public async ValueTask<IReadOnlyList<DossierListing>> ListAsync(ActingPerson person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        await Staff.RefreshAsync(ct);
        return Staff.Find(person) is { } known ? _access.Of(known, await _index.AllAsync(ct), Today).List : [];
    }

    /// <summary>
    /// What waits for somebody over all dossiers he may know of: terms, documents begun, decisions asked. From the catalogue alone: no dossier is opened, and what is
    /// told is a number, a rule and a day, of compartments this person may know of.
    /// </summary>
    /// <param name="person">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The work, by last day, then by number.</returns>
    public async ValueTask<IReadOnlyList<WorkItem>> WorkAsync(ActingPerson person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        await Staff.RefreshAsync(ct);
        if (Staff.Find(person.Id) is not { } known) return [];
        var work = new List<WorkItem>();
        // The same last day comes back in case after case.
        var left = new Dictionary<(string, string, DateOnly), int>();
        foreach (var (standing, access) in _access.Of(known, await _index.AllAsync(ct), Today).Known)
        {
            if (standing.ClosedOn is not null) continue;
            if (!access.MayOpen || Protocols.Library.Find(standing.Protocol, standing.ProtocolVersion) is not { } protocol) continue;
            if (standing.Awaited.Contains(person.Id)) work.Add(new WorkItem(standing.Number, WorkKind.Decision, "", "Besluiten over een opdracht die is voorgelegd", "", null));
            foreach (var draft in standing.Drafts.Where(draft => access.MayWrite(draft.Compartment)))
                work.Add(new WorkItem(standing.Number, WorkKind.Draft, draft.Kind, protocol.Word(draft.Kind), protocol.FindDocument(draft.Kind)?.Article ?? "", null));
            // A director hears that an opdracht was put before him, and not how far the case is (BPI 101).
            if (!access.MayKnowProgress || standing.Terms.Count == 0) continue;
            foreach (var term in standing.Terms.Where(term => access.In(term.Compartment) >= Right.Metadata))
            {
                if (protocol.Terms.FirstOrDefault(rule => rule.Id == term.Rule) is not { } rule) continue;
                work.Add(new WorkItem(standing.Number, WorkKind.Term, term.Rule, rule.Title, rule.Article, rule.Actor) { Due = term.Due, WorkdaysLeft = Left(protocol, term.Due) });
            }
        }

        return [.. work.OrderBy(item => item.Due ?? DateOnly.MaxValue).ThenBy(item => item.Dossier.Value, StringComparer.Ordinal)];

        int Left(Protocol protocol, DateOnly due)
            => left.TryGetValue((protocol.Id, protocol.Version, due), out var days) ? days : left[(protocol.Id, protocol.Version, due)] = protocol.Workdays.Between(Today, due);
    }

    /// <summary>The third door: the program itself does one of a closed list of tasks; logged before it begins.</summary>
    /// <param name="kind">Which task.</param>
    /// <param name="by">Who asked for it; <see langword="null"/>: the program on its own account.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The task.</returns>
    public async ValueTask<SystemTask> BeginTaskAsync(SystemTaskKind kind, ActingPerson? by, CancellationToken ct)
    {
        await Log.WriteAsync(new AccessRecord { Act = AccessAct.TaskBegun, Person = by?.Id, Via = by?.Kind, Task = kind }, null, null, ct);
        return new SystemTask(this, kind);
    }

    /// <summary>Refusals that wait for someone to look at them: conflicts of interest and name findings. For the FI; those that concern the FI are for the deputy.</summary>
    /// <param name="person">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What waits, oldest first, or the reason why not.</returns>
    public async ValueTask<Outcome<IReadOnlyList<ReviewItem>>> ReviewsAsync(ActingPerson person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        await Staff.RefreshAsync(ct);
        var known = Staff.Find(person);
        var roles = known?.RolesOn(Today) ?? [];
        if (known is null || !roles.Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi))
        {
            return Outcome<IReadOnlyList<ReviewItem>>.Refused(new Refusal(
                "U mag deze lijst niet zien.", "Ze is voor de functionaris integriteit en de plaatsvervanger.", "Vraag een van hen."));
        }

        var acts = await Log.ReviewsAsync(ct);
        var standings = acts.Count == 0 ? [] : (await _index.AllAsync(ct)).ToDictionary(entry => entry.Stream, entry => entry.Standing);
        var items = new List<ReviewItem>();
        foreach (var (_, entry, at, record, reason) in acts)
        {
            var standing = OpaqueId.TryParse(record.Dossier, out var stream) ? standings.GetValueOrDefault(stream) : null;
            // Nobody reviews himself, and nobody learns here of a case he is part of: that is for the other of the two.
            if (record.Person is not { } refused || refused == person.Id || standing?.Conflicts(known) == true) continue;
            items.Add(new ReviewItem(entry.ToString(), at, refused, standing?.Number, reason?.Reason ?? (record.Act == AccessAct.Searched ? "Zocht binnen een dag naar de namen van veel verschillende personen." : "De reden is met het dossier vernietigd.")));
        }

        return Outcome<IReadOnlyList<ReviewItem>>.Done(items);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SignIns.Dispose();
        Staff.Dispose();
        Templates.Dispose();
        Protocols.Dispose();
        Selectielijsten.Dispose();
        Log.Dispose();
        Searches.Dispose();
        _index.Dispose();
        _making.Dispose();
        _destroyed.Dispose();
    }

    /// <summary>Opens a dossier for the program itself; nothing of it may leave this namespace unchecked.</summary>
    internal async ValueTask<DossierStream?> LoadAsync(DossierNumber number, CancellationToken ct)
        => await _index.FindAsync(number, ct) is { } found ? await DossierStream.OpenAsync(_vault, found.Stream, number, ct) : null;

    /// <summary>What a person may do in a dossier now.</summary>
    internal DossierAccess AccessOf(ActingPerson person, DossierMoment moment, Protocol protocol)
        => AccessBy(person, StandingOf(moment, protocol));

    private DossierAccess AccessBy(ActingPerson person, CaseStanding standing)
        => Staff.Find(person) is { } known ? DossierAccess.Of(known, standing, Today) : DossierAccess.None;

    internal CaseStanding StandingNow(DossierStream stream) => StandingOf(stream, ProtocolOf(stream.Full));

    internal static CaseStanding StandingOf(DossierStream stream, Protocol protocol) => StandingOf(stream.Now, protocol);

    internal static CaseStanding StandingOf(DossierMoment moment, Protocol protocol) => CaseStanding.Of(moment.Full, protocol, moment.Created!.HashKey);

    internal Protocol ProtocolOf(DossierState state)
        => Protocols.Library.Find(state.ProtocolId, state.ProtocolVersion)
            ?? throw new VaultEnvironmentException($"Protocol {state.ProtocolId} {state.ProtocolVersion} of a dossier is neither shipped nor installed. Install it again.");

    /// <summary>The protocol of a dossier, also when another process installed it a moment ago.</summary>
    internal async ValueTask<Protocol> ProtocolOfAsync(DossierState state, CancellationToken ct)
    {
        if (Protocols.Library.Find(state.ProtocolId, state.ProtocolVersion) is null) await Protocols.RefreshAsync(ct);
        return ProtocolOf(state);
    }

    /// <summary>Commits to a dossier and keeps the catalogue in step: who must be kept out, and what is held, is known there before the commit, everything else after it.</summary>
    internal async ValueTask CommitAsync(DossierStream stream, JournalBatch batch, IReadOnlyList<DossierEvent> events, CancellationToken ct)
    {
        var protocol = ProtocolOf(stream.Full);
        var before = StandingOf(stream, protocol);
        if (events.Any(happening => happening is PersonAdded or HoldPlaced))
        {
            var after = CaseStanding.Of(stream.With(events, Now), protocol, stream.Created!.HashKey);
            await _index.PutAsync(
                stream.Id,
                before with
                {
                    Involved = [.. before.Involved.Union(after.Involved)],
                    Marks = [.. before.Marks.Union(after.Marks, StringComparer.Ordinal)],
                    // A hold, too, is known before it counts: a plan made in between must not overlook it.
                    Retention = before.Retention with { Holds = after.Retention.Holds },
                },
                ct);
        }

        await stream.CommitAsync(batch, ct);
        // Another protocol can give other offices authority.
        await _index.PutAsync(stream.Id, StandingOf(stream, ProtocolOf(stream.Full)), ct);
    }

    private DossierRegister WithStaff()
    {
        Templates.Staff = Staff;
        Protocols.Staff = Staff;
        Selectielijsten.Staff = Staff;
        return this;
    }

    /// <summary>Logs a refusal; one for being part of the facts waits for review. The asker sees no difference.</summary>
    private ValueTask<bool> RefuseAsync(ActingPerson person, OpaqueId stream, CaseStanding standing, string purpose, CancellationToken ct)
    {
        var conflicts = Staff.Find(person) is { } known && standing.Conflicts(known);
        return Log.WriteAsync(
            new AccessRecord { Act = AccessAct.Refused, Person = person.Id, Via = person.Kind, NeedsReview = conflicts },
            stream,
            new AccessReason { Purpose = purpose, Reason = conflicts ? "Deze persoon is of lijkt op iemand die bij de zaak hoort, en is daarom buiten het dossier gehouden." : null },
            ct);
    }
}

/// <summary>A refusal someone must look at.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Person">Who was refused.</param>
/// <param name="Dossier">Which dossier; <see langword="null"/> when it was destroyed since.</param>
/// <param name="Reason">Why, Dutch.</param>
public sealed record ReviewItem(string Id, DateTimeOffset At, PersonId Person, DossierNumber? Dossier, string Reason);

/// <summary>How far an import is.</summary>
/// <param name="Files">Files sealed.</param>
/// <param name="TotalFiles">Files in all.</param>
/// <param name="Bytes">Bytes sealed.</param>
/// <param name="TotalBytes">Bytes in all.</param>
public readonly record struct ImportProgress(int Files, int TotalFiles, long Bytes, long TotalBytes);
