namespace DossierKit.Dossiers;

/// <summary>Taking the whole dossier out of the vault, for the archive.</summary>
public sealed partial class OpenDossier
{
    /// <summary>
    /// What a whole dossier is made of. The kaft and <c>opnamen</c> are no part of it: the kaft is in the metadata, and a recording is destroyed and never handed over. Nor is
    /// <c>melder</c>, which goes along only when that is asked for.
    /// </summary>
    private static readonly IReadOnlyList<Compartment> Whole = [Compartment.Melding, Compartment.Opdracht, Compartment.Onderzoek, Compartment.Besluit];

    /// <summary>Whether this person may take the whole dossier out: a right of its own, of whoever coordinates the case (FI and deputy).</summary>
    /// <param name="with">Compartments that go along besides the whole; <c>melder</c> is the only one there is.</param>
    /// <returns>Why not; empty when it may.</returns>
    public IReadOnlyList<Refusal> CheckExport(IReadOnlyCollection<Compartment> with)
    {
        ArgumentNullException.ThrowIfNull(with);
        var refusals = new List<Refusal>();
        if (Whole.Any(compartment => !Access.MayExport(compartment)))
        {
            refusals.Add(new Refusal(
                "U mag dit dossier niet in zijn geheel meenemen.",
                "Een heel dossier verlaat de kluis alleen door wie de zaak coördineert (HRL 6.1, HRL 13).",
                "Vraag de functionaris integriteit of de plaatsvervanger.")
            { Subject = "export", Cause = RefusalCause.NoRight });
        }

        foreach (var compartment in with.Except(Whole).Distinct())
        {
            if (compartment == Compartment.Opnamen)
                refusals.Add(new("Opnamen gaan nooit mee in een export.", "Een opname wordt vernietigd en niet overgedragen (HRL 8.2).", "Laat opnamen weg.") { Subject = "opnamen" });
            else if (compartment != Compartment.Melder)
                refusals.Add(new($"Het compartiment {compartment} gaat niet apart mee.", "Wat op de kaft en over de bewaring is vastgelegd, staat al in de metagegevens.", "Laat dit compartiment weg.") { Subject = compartment.Name });
            else if (!Access.MayExport(compartment))
                refusals.Add(new("U mag het compartiment melder niet meenemen.", "De naam van de melder blijft bij de functionaris integriteit (HRL 12.1).", "Laat melder weg, of vraag de functionaris integriteit.") { Subject = "melder", Cause = RefusalCause.NoRight });
        }

        return refusals;
    }

    /// <summary>What of the dossier goes out with this person.</summary>
    internal static IReadOnlyList<Compartment> ExportedWith(IReadOnlyCollection<Compartment> with) => with.Contains(Compartment.Melder) ? [.. Whole, Compartment.Melder] : Whole;

    /// <summary>
    /// Begins taking the whole dossier out: decided on what is there now, and logged with its purpose before the first byte. Each file is then taken with
    /// <see cref="ExportFileAsync(FileId, CancellationToken)"/> and logged as well, so that whoever later corrects a file knows who has a copy.
    /// </summary>
    internal async ValueTask<Outcome<DossierState>> BeginExportAsync(IReadOnlyCollection<Compartment> with, CancellationToken ct)
    {
        if (!await RefreshAsync(ct)) return Outcome<DossierState>.Refused(NotAnyMore);
        if (CheckExport(with) is { Count: > 0 } refusals) return Outcome<DossierState>.Refused(refusals);
        using var use = _uses.Begin();
        return await _register.Log.WriteAsync(new AccessRecord { Act = AccessAct.DossierExported, Person = Person, Via = _person.Kind }, _stream.Id, new AccessReason { Purpose = _purpose }, ct)
            ? Outcome<DossierState>.Done(State)
            : Outcome<DossierState>.Refused(NotAnyMore);
    }

    /// <summary>Logs that what was begun is whole: only what is written here counts as an export when the archive confirms receipt.</summary>
    /// <param name="sha256">SHA-256 that stands for every byte of it.</param>
    /// <param name="checkpoint">The last commit of the dossier that is in it.</param>
    /// <param name="ct">Stops.</param>
    /// <returns><see langword="false"/>: the dossier was destroyed meanwhile, and nothing of it may leave.</returns>
    internal async ValueTask<bool> CompleteExportAsync(string sha256, long checkpoint, CancellationToken ct)
    {
        using var use = _uses.Begin();
        return await _register.Log.WriteAsync(new AccessRecord { Act = AccessAct.ExportCompleted, Person = Person, Via = _person.Kind, Sha256 = sha256, Checkpoint = checkpoint }, _stream.Id, null, ct);
    }

    /// <summary>
    /// Which of these files are sound, by what is in them. The program looks at their structure; nobody is shown anything, so it is no opening of a file.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>Their ids.</returns>
    internal async ValueTask<IReadOnlySet<FileId>> SoundAmongAsync(IEnumerable<DossierFile> files, CancellationToken ct)
    {
        using var use = _uses.Begin();
        var found = new HashSet<FileId>();
        foreach (var file in files)
        {
            if (await _stream.OpenFileAsync(file.Id, ct) is not { } content) continue;
            await using (content)
            {
                if (await Sound.IsInAsync(content, file.Length, ct)) found.Add(file.Id);
            }
        }

        return found;
    }
}
