using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>A class to set.</summary>
/// <param name="Result">The number of the result, such as <c>12.1.7</c>.</param>
/// <param name="Ground">Why this class.</param>
/// <param name="From">From what the term runs; <see langword="null"/>: what is usual for the result.</param>
/// <param name="Kenmerk">The name of the date, with <see cref="Afleidingswijze.AnderDatumkenmerk"/>.</param>
/// <param name="ProcessTerm">With <see cref="Afleidingswijze.Termijn"/>: how long after the closing the term begins, ISO 8601.</param>
public sealed record ClassRequest(string Result, string Ground, Afleidingswijze? From = null, string? Kenmerk = null, string? ProcessTerm = null);

/// <summary>
/// Where keeping is decided: the archive as a person sees it, with the selectielijsten. Everything that changes how long something is kept goes through here and is checked by the
/// list; recorded by the archive door.
/// </summary>
public sealed class RetentionDesk
{
    private readonly DossierRegister _register;
    private readonly Func<DateOnly> _today;
    private volatile SelectielijstLibrary _lists;

    private RetentionDesk(DossierRegister register, OpenArchive archive, SelectielijstLibrary lists) => (_register, Archive, _lists, _today) = (register, archive, lists, () => register.Today);

    /// <summary>The archive as this person sees it.</summary>
    public OpenArchive Archive { get; }

    /// <summary>The selectielijsten, as last read.</summary>
    public SelectielijstLibrary Lists => _lists;

    /// <summary>Opens the desk: by the archive door, logged.</summary>
    /// <param name="register">The register.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The desk, or why not.</returns>
    public static async ValueTask<Outcome<RetentionDesk>> OpenAsync(DossierRegister register, ActingPerson person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(register);
        var archive = await register.OpenArchiveAsync(person, ct);
        return archive.IsDone
            ? Outcome<RetentionDesk>.Done(new RetentionDesk(register, archive.Value, await SelectielijstLibrary.LoadAsync(register, ct)))
            : Outcome<RetentionDesk>.Refused(archive.Refusals);
    }

    /// <summary>Reads again what there is: dossiers, and lists that were imported meanwhile.</summary>
    /// <param name="ct">Stops.</param>
    /// <returns>A task.</returns>
    public async ValueTask RefreshAsync(CancellationToken ct)
    {
        _lists = await SelectielijstLibrary.LoadAsync(_register, ct);
        await Archive.RefreshAsync(ct);
    }

    /// <summary>The plan of a day.</summary>
    /// <param name="today">The day.</param>
    /// <returns>The plan for every dossier this person may see.</returns>
    public RetentionPlan Plan(DateOnly today) => RetentionPlanner.Plan(Archive.Entries, Lists.InUse, Archive.Protocols.Library.Find, today);

    /// <summary>The items of one dossier.</summary>
    /// <param name="entry">The dossier.</param>
    /// <param name="today">The day.</param>
    /// <returns>The dossier itself, then what lies in it.</returns>
    public IReadOnlyList<RetentionItem> PlanOf(ArchiveEntry entry, DateOnly today) => RetentionPlanner.PlanOf(entry, Lists.InUse, Archive.Protocols.Library.Find, today);

    /// <summary>Sets the class of a dossier by the list in use.</summary>
    /// <param name="number">The dossier.</param>
    /// <param name="request">The class.</param>
    /// <param name="dryRun">Whether nothing is recorded.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The dossier, with the class also when nothing was recorded; or every reason why not.</returns>
    public async ValueTask<Outcome<ArchiveEntry>> ClassifyAsync(DossierNumber number, ClassRequest request, bool dryRun, CancellationToken ct)
    {
        if (!dryRun) return await ClassifyAsync(number, request, WriteTerms.None, ct);
        var wanted = EventOf(request);
        if (!wanted.IsDone) return Outcome<ArchiveEntry>.Refused(wanted.Refusals);
        var checkedOnly = await Archive.CheckAsync(number, wanted.Value, ct);
        return checkedOnly.IsDone ? Outcome<ArchiveEntry>.Done(With(checkedOnly.Value, facts => facts with { Class = wanted.Value.Class, AtClosing = null })) : checkedOnly;
    }

    /// <summary>Sets the class of a dossier by the list in use, on terms.</summary>
    /// <param name="number">The dossier.</param>
    /// <param name="request">The class.</param>
    /// <param name="terms">The terms, decided at the commit.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The dossier with the class, or every reason why not.</returns>
    public async ValueTask<Outcome<ArchiveEntry>> ClassifyAsync(DossierNumber number, ClassRequest request, WriteTerms terms, CancellationToken ct)
    {
        var wanted = EventOf(request);
        return wanted.IsDone ? await Archive.RecordCheckedAsync(number, wanted.Value, terms, ct) : Outcome<ArchiveEntry>.Refused(wanted.Refusals);
    }

    /// <summary>Records a date that a term runs from.</summary>
    /// <param name="number">The dossier.</param>
    /// <param name="source">The date.</param>
    /// <param name="ground">How it is known.</param>
    /// <param name="dryRun">Whether nothing is recorded.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The dossier, with the date; or every reason why not.</returns>
    public async ValueTask<Outcome<ArchiveEntry>> SetSourceDateAsync(DossierNumber number, SourceDate source, string ground, bool dryRun, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!Afleiding.IsUsed(source.From))
        {
            return Outcome<ArchiveEntry>.Refused(new Refusal(
                $"De afleidingswijze {JsonWords.Of(source.From)} wordt hier niet gebruikt.", $"Zo'n datum is er niet: {Afleiding.WhyNot(source.From)}", "Kies een andere afleidingswijze.")
            { Subject = "vanaf" });
        }

        var happening = new SourceDateSet { Date = _today(), From = source.From, Kenmerk = source.Kenmerk, SourceDate = source.Date, Ground = ground };
        if (!dryRun) return await Archive.RecordAsync(number, happening, ct);
        var checkedOnly = await Archive.CheckAsync(number, happening, ct);
        return checkedOnly.IsDone
            ? Outcome<ArchiveEntry>.Done(With(checkedOnly.Value, facts => facts with { SourceDates = [.. facts.SourceDates.Where(known => known.From != source.From || known.Kenmerk != source.Kenmerk), source] }))
            : checkedOnly;
    }

    /// <summary>Decides to keep a dossier longer than its class says, or for good; the computed date is kept beside it.</summary>
    /// <param name="number">The dossier.</param>
    /// <param name="until">The day until which it is kept; <see langword="null"/>: unchanged.</param>
    /// <param name="nominatie">Kept for good; <see langword="null"/>: unchanged.</param>
    /// <param name="reason">Why.</param>
    /// <param name="dryRun">Whether nothing is recorded.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The dossier, with the decision; or every reason why not.</returns>
    public async ValueTask<Outcome<ArchiveEntry>> KeepLongerAsync(DossierNumber number, DateOnly? until, Nominatie? nominatie, string reason, bool dryRun, CancellationToken ct)
    {
        var computed = Archive.Entries.FirstOrDefault(entry => entry.Number == number) is { } known ? ComputedOf(known) : null;
        var happening = new ActionDateChanged { Date = _today(), KeepUntil = until, Nominatie = nominatie, Computed = computed, Reason = reason };
        if (!dryRun) return await Archive.RecordAsync(number, happening, ct);
        var checkedOnly = await Archive.CheckAsync(number, happening, ct);
        return checkedOnly.IsDone ? Outcome<ArchiveEntry>.Done(With(checkedOnly.Value, facts => facts with { Override = new ActionDateOverride(until, nominatie, computed, _today()) })) : checkedOnly;
    }

    /// <summary>Withdraws the decision to keep longer.</summary>
    /// <param name="number">The dossier.</param>
    /// <param name="reason">Why.</param>
    /// <param name="dryRun">Whether nothing is recorded.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The dossier, without it; or every reason why not.</returns>
    public async ValueTask<Outcome<ArchiveEntry>> WithdrawAsync(DossierNumber number, string reason, bool dryRun, CancellationToken ct)
    {
        var happening = new ActionDateChanged { Date = _today(), IsWithdrawn = true, Reason = reason };
        if (!dryRun) return await Archive.RecordAsync(number, happening, ct);
        var checkedOnly = await Archive.CheckAsync(number, happening, ct);
        return checkedOnly.IsDone ? Outcome<ArchiveEntry>.Done(With(checkedOnly.Value, facts => facts with { Override = null })) : checkedOnly;
    }

    /// <summary>Releases a hold: the first who asks proposes it, the second confirms it. Which of the two this was, the answer says.</summary>
    /// <param name="number">The dossier.</param>
    /// <param name="hold">The hold.</param>
    /// <param name="reason">Why.</param>
    /// <param name="dryRun">Whether nothing is recorded.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The dossier: without the hold when it was released; or every reason why not.</returns>
    public ValueTask<Outcome<ArchiveEntry>> ReleaseAsync(DossierNumber number, OpaqueId hold, string reason, bool dryRun, CancellationToken ct)
    {
        var isProposed = Archive.Entries.FirstOrDefault(entry => entry.Number == number)?.Retention.Holds.Any(known => known.Id == hold && known.ReleaseProposedBy is not null) == true;
        RetentionEvent happening = isProposed
            ? new HoldReleased { Date = _today(), Hold = hold, Reason = reason }
            : new HoldReleaseProposed { Date = _today(), Hold = hold, Reason = reason };
        return dryRun ? Archive.CheckAsync(number, happening, ct) : Archive.RecordAsync(number, happening, ct);
    }

    /// <summary>
    /// Records that the archive received a dossier, or takes that back. A receipt is of something that left: there must be a finished export of all that is in the closed dossier
    /// now, by its SHA-256 when the receipt names one. And what the plan destroys is not handed over, unless a list or a decision to keep it for good says so.
    /// </summary>
    /// <param name="number">The dossier.</param>
    /// <param name="transferred">What the receipt says; or the taking back, with its reason.</param>
    /// <param name="dryRun">Whether nothing is recorded.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The dossier, or every reason why not.</returns>
    public async ValueTask<Outcome<ArchiveEntry>> TransferAsync(DossierNumber number, DossierTransferred transferred, bool dryRun, CancellationToken ct)
    {
        if (!dryRun) return await TransferAsync(number, transferred, WriteTerms.None, ct);
        var checkedOnly = await Archive.CheckAsync(number, transferred, ct);
        if (!checkedOnly.IsDone || transferred.IsWithdrawn) return checkedOnly;
        return WhyNotTransferred(checkedOnly.Value, transferred, await SentAsync(checkedOnly.Value, ct)) is { Count: > 0 } refusals ? Outcome<ArchiveEntry>.Refused(refusals) : checkedOnly;
    }

    /// <summary>The same, on terms.</summary>
    /// <param name="number">The dossier.</param>
    /// <param name="transferred">What the receipt says; or the taking back, with its reason.</param>
    /// <param name="terms">The terms, decided at the commit.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The dossier, or every reason why not.</returns>
    public async ValueTask<Outcome<ArchiveEntry>> TransferAsync(DossierNumber number, DossierTransferred transferred, WriteTerms terms, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transferred);
        if (transferred.IsWithdrawn) return await Archive.RecordAsync(number, transferred, terms, null, ct);
        // What this person does not see is refused as not there, whatever left of it.
        var sent = Archive.Entries.FirstOrDefault(entry => entry.Number == number) is { } known ? await SentAsync(known, ct) : ([], false);
        return await Archive.RecordAsync(number, transferred, terms, now => WhyNotTransferred(now, transferred, sent), ct);
    }

    /// <summary>What the archiefactiedatum of a dossier is by its class alone; <see langword="null"/> while not known.</summary>
    /// <param name="entry">The dossier.</param>
    /// <returns>The date.</returns>
    public DateOnly? ComputedOf(ArchiveEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return DossierPlanning.ClassOf(entry.Retention, Lists.InUse).Class is { } set ? ActionDate.Of(set, entry.Retention.SourceDates, entry.ClosedOn, null, Lists.InUse).Date : null;
    }

    /// <summary>What left of a dossier, and whether a list said that it should.</summary>
    private async ValueTask<(IReadOnlyList<FinishedExport> Exports, bool IsByList)> SentAsync(ArchiveEntry entry, CancellationToken ct)
    {
        using var lists = DestructionRegister.Of(_register);
        return (await _register.ExportsOfAsync(entry.Stream, ct), await lists.IsToTransferAsync(entry.Stream, ct));
    }

    private List<Refusal> WhyNotTransferred(ArchiveEntry entry, DossierTransferred transferred, (IReadOnlyList<FinishedExport> Exports, bool IsByList) sent)
    {
        var refusals = new List<Refusal>();
        // What left must hold all there is now, its closing included: an export from before that is not the dossier that the archive must have. A day says too little, since a closing is
        // dated by whoever closes; what came later has a higher number.
        var exports = sent.Exports.Where(export => entry.ClosedOn is not null && entry.Retention.ContentVersion > 0 && export.Checkpoint >= entry.Retention.ContentVersion).ToList();
        if (exports.Count == 0)
        {
            refusals.Add(new Refusal(
                entry.ClosedOn is not null && sent.Exports.Count > 0 ? "Sinds de laatste export is er iets in dit dossier bijgekomen, zoals de sluiting." : "Van dit dossier is geen export gemaakt sinds het is gesloten.",
                "Het archief kan alleen hebben ontvangen wat hier is vertrokken.", "Exporteer het gesloten dossier, breng de export naar het archief, en leg daarna de ontvangst vast.")
            { Subject = "export" });
        }
        else if (transferred.Sha256 is { } hash && exports.TrueForAll(export => export.Sha256 != hash))
        {
            refusals.Add(new Refusal(
                "Het kenmerk op het ontvangstbewijs is van geen export van dit dossier.", "Wat het archief heeft ontvangen, is niet wat hier is vertrokken.", "Vergelijk het kenmerk met dat van de export, en overleg met het archief.")
            { Subject = "sha256" });
        }

        if (!sent.IsByList && DossierPlanning.ClassOf(entry.Retention, Lists.InUse).Class is { Nominatie: Nominatie.Vernietigen } && entry.Retention.Override?.Nominatie != Nominatie.BlijvendBewaren)
        {
            refusals.Add(new Refusal(
                "Dit dossier wordt volgens zijn klasse vernietigd en niet overgedragen.", "Alleen wat blijvend wordt bewaard gaat naar het archief (Archiefwet 1995 art. 12).",
                "Besluit eerst dat het blijvend wordt bewaard, of laat dat een lijst van vernietiging zeggen.")
            { Subject = "klasse" });
        }

        return refusals;
    }

    private Outcome<ClassSet> EventOf(ClassRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wanted = SelectielijstClass.Of(Lists.InUse, request);
        if (!wanted.IsDone) return Outcome<ClassSet>.Refused(wanted.Refusals);
        var set = wanted.Value;
        return Outcome<ClassSet>.Done(new ClassSet
        {
            Date = _today(),
            List = set.List,
            Result = set.Result,
            Nominatie = set.Nominatie,
            Term = set.Term,
            From = set.From,
            Kenmerk = set.Kenmerk,
            ProcessTerm = set.ProcessTerm,
            Ground = request.Ground,
        });
    }

    private static ArchiveEntry With(ArchiveEntry entry, Func<RetentionFacts, RetentionFacts> change) => entry with { Retention = change(entry.Retention) };
}
