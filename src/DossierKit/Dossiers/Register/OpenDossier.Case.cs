using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>Who has authority, who may investigate, and the correction of what was filed wrongly.</summary>
public sealed partial class OpenDossier
{
    /// <summary>Who receives, commissions, judges and imposes towards a betrokkene, by his position and the protocol; what the protocol does not say is nobody's.</summary>
    /// <param name="betrokkene">The handle of a betrokkene.</param>
    /// <returns>The authorities; <see langword="null"/> when there is no such betrokkene, or not for this person.</returns>
    public CaseAuthority? AuthorityOf(PersonId betrokkene)
        => State.FindPerson(betrokkene) is { Role: CaseRole.Betrokkene } person ? CaseAuthority.Of(State, Protocol, person) : null;

    /// <summary>Whether someone may investigate this case, and every reason why not, as far as this person may know them.</summary>
    /// <param name="onderzoeker">The handle of someone with the role onderzoeker in the case.</param>
    /// <returns>How that person stands; <see langword="null"/> when there is no such person.</returns>
    public InvestigatorStanding? MayInvestigate(PersonId onderzoeker)
        => State.FindPerson(onderzoeker) is { Role: CaseRole.Onderzoeker } person ? Investigators.MayInvestigate(State, person, Protocol, FindStaff) : null;

    /// <summary>Opdrachten, oordelen and measures in the case by somebody whose office the protocol does not name for it, as far as this person may see them.</summary>
    /// <returns>Each with its article; empty when all were given by whoever has the authority, or deviations were signed.</returns>
    public IReadOnlyList<Refusal> ActsWithoutAuthority()
        => [.. State.Events.SelectMany(recorded => AuthorityRules.Check(State, Protocol, FindStaff, recorded.Event).Select(refusal => refusal with { What = $"{recorded.Event}: {refusal.What}" }))];

    /// <summary>
    /// Puts a wrongly filed file in its right compartment: from then on it can be read there alone. What lay in the wrong one (bytes, key, name and title) is destroyed
    /// by the same commit, with proof. Needs the right to write in both. A file of an assembled document stays that document.
    /// </summary>
    /// <param name="id">The file, as it lies now; it gets another id.</param>
    /// <param name="to">Where it belongs.</param>
    /// <param name="reason">Why; kept with the file, in its right compartment.</param>
    /// <param name="ct">Stops before anything changed.</param>
    /// <returns>The file as it lies now, or every reason why not.</returns>
    public async ValueTask<Outcome<MovedFile>> MoveFileAsync(FileId id, Compartment to, string reason, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (State.FindFile(id) is not { } file || !Access.MayRead(file.Compartment)) return Outcome<MovedFile>.Refused(NotThere);
        if (MayMove(file, to, reason) is { Count: > 0 } beforehand) return Outcome<MovedFile>.Refused(beforehand);
        if (to != Compartment.Melder && (await CheckNamesAsync([new CheckedText("naam", file.Name), new CheckedText("titel", file.Title)], null, ct)).Findings.Count > 0)
            return Outcome<MovedFile>.Refused(Access.MayRead(Compartment.Melder) ? NameTellsMelder : ProtectedNames.NeutralRefusal);
        if (!await LogFileAsync(AccessAct.FileMoved, file.Id, isPart: false, ct)) return Outcome<MovedFile>.Refused(NotThere);
        IReadOnlyList<DossierFile> files = TwinOf(file) is { } twin ? [file, twin] : [file];
        var since = State.Events.Where(recorded => recorded.Event is FileAdded added ? added.File.Id == file.Id : recorded.Event is DocumentDrawnUp drawn && drawn.File.Id == file.Id)
            .Select(recorded => recorded.RecordedAt).DefaultIfEmpty(DateTimeOffset.MinValue).Min();
        using var use = _uses.Begin(); // sealing needs the keys, and takes no turn
        using var mover = new FileMover(_register, _stream, Person, files, to, reason);
        try
        {
            await mover.PrepareAsync(ct);
        }
        catch (ObjectDestroyedException)
        {
            // Another request moved it, or it was destroyed, a moment ago.
            return Outcome<MovedFile>.Refused(await RefreshAsync(ct) ? NotThere : NotAnyMore);
        }

        using var turn = await TakeTurnAsync(ct);
        while (true)
        {
            // Sealing can take minutes: what was allowed at the start is asked again, on the state as it is now.
            await ShowAsync(ct);
            mover.MoveTo(_stream.Now.Head);
            if (files.Any(one => State.Files.All(known => known.Id != one.Id))) return Outcome<MovedFile>.Refused(NotThere);
            if (MayMove(file, to, reason) is { Count: > 0 } refusedSince) return Outcome<MovedFile>.Refused(refusedSince);
            try
            {
                var moved = await mover.CommitAsync(Protocol, ct);
                await ShowAsync(CancellationToken.None);
                return Outcome<MovedFile>.Done(moved with { SeenBy = await SeenByAsync(file.Id, since) });
            }
            catch (JournalConflictException)
            {
                if (!await ReadOnAsync(_stream.Ask(), ct)) return Outcome<MovedFile>.Refused(NotAnyMore);
            }
        }
    }

    /// <summary>The PDF sealed right after a document, or the document right before a PDF: they say the same, so they lie together.</summary>
    private DossierFile? TwinOf(DossierFile file)
    {
        if (file.Kind != FileKind.Document) return null;
        var isPdf = file.Name.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase);
        var (stem, extension) = (Path.GetFileNameWithoutExtension(file.Name), isPdf ? ".docx" : ".pdf");
        var before = State.Files.TakeWhile(known => known.Id != file.Id).ToList();
        var near = isPdf ? before.AsEnumerable().Reverse() : State.Files.Skip(before.Count + 1);
        return near.FirstOrDefault(known => known.Kind == FileKind.Document && known.Compartment == file.Compartment && known.Date == file.Date && known.BelongsTo == file.BelongsTo
            && Path.GetFileNameWithoutExtension(known.Name) == stem && known.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Who opened a file or took it out of the vault, from the log: after a correction somebody must talk with them.</summary>
    private async ValueTask<IReadOnlyList<FileSeen>> SeenByAsync(FileId id, DateTimeOffset since)
    {
        var name = id.ToString();
        var seen = new List<FileSeen>();
        await foreach (var act in _register.Log.NewestFirstAsync(null, null, CancellationToken.None))
        {
            // A clock may have been set back a little in between; nobody saw the file long before it came.
            if (act.At < since.AddDays(-1)) break;
            if (act.Record.File != name || act.Record.Person is not { } person || act.Record.Act is not (AccessAct.FileOpened or AccessAct.FileExported)) continue;
            if (person != Person || act.Record.Act == AccessAct.FileExported) seen.Add(new FileSeen(person, LegalTime.DateOf(act.At), act.Record.Act == AccessAct.FileExported));
        }

        seen.Reverse();
        return seen;
    }

    /// <summary>What is asked of those who record, and not of an import: authority, the way a document goes, and that a temporary measure is temporary.</summary>
    private IEnumerable<Refusal> CheckCase(DossierState before, Protocol protocol, DossierEvent happening)
    {
        if (happening is OrdemaatregelImposed { Until: null, ReviewOn: null })
            yield return new("Deze ordemaatregel heeft geen einde.", "Een ordemaatregel is tijdelijk en geen straf.", "Geef de laatste dag ('totEnMet') of een dag van heroverweging ('heroverwegenOp').") { Subject = happening.Name };
        foreach (var refusal in AuthorityRules.Check(before, protocol, FindStaff, happening)) yield return refusal;
        foreach (var refusal in DispatchRules.Check(before, protocol, FindStaff, happening, Access.MayRead(Compartment.Melder))) yield return refusal;
    }

    private static Refusal NameTellsMelder { get; } = new(
        "De naam of titel van dit bestand zegt mogelijk wie de melder is.",
        "Buiten het compartiment melder kan ieder die het bestand ziet dat lezen (HRL 12.1).",
        "Laat het bestand liggen, of voeg het onder een andere naam en titel toe.")
    { Subject = "bestand-verplaatst" };

    private List<Refusal> MayMove(DossierFile file, Compartment to, string reason)
    {
        const string What = "bestand-verplaatst";
        var refusals = new List<Refusal>();
        if (string.IsNullOrWhiteSpace(reason)) refusals.Add(new("Er staat niet bij waarom het bestand wordt verplaatst.", "Wie later kijkt, moet de correctie kunnen begrijpen.", "Geef een reden.") { Subject = What });
        if (file.Compartment == to) refusals.Add(new($"Het bestand ligt al in {to}.", "Verplaatsen gaat naar een ander compartiment.", "Kies een ander compartiment, of laat het bestand liggen.") { Subject = What });
        refusals.AddRange(CheckPlace(file.Compartment, What));
        refusals.AddRange(CheckPlace(to, What));
        refusals.AddRange(EventRules.Check(_stream.Full, new NewFile(file.Name, file.Title, file.Kind, to, file.Date, file.BelongsTo), _register.Today));
        return refusals;
    }
}
