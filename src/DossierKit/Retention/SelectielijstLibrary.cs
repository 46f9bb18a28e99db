using System.Runtime.CompilerServices;
using System.Text.Json;
using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>The selectielijsten there are in a vault: the shipped one and those imported. The last imported is in use; without one, the shipped.</summary>
public sealed class SelectielijstLibrary
{
    private static readonly ConditionalWeakTable<SelectielijstShelf, SelectielijstLibrary> Read = [];

    private readonly List<Selectielijst> _lists;

    private SelectielijstLibrary(List<Selectielijst> lists) => _lists = lists;

    /// <summary>The list in use: by it new classes are set.</summary>
    public Selectielijst InUse => _lists[^1];

    /// <summary>All lists, the one in use last.</summary>
    public IReadOnlyList<Selectielijst> All => _lists;

    /// <summary>Finds a version: the last imported under that id.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The list; <see langword="null"/> when there is none.</returns>
    public Selectielijst? Find(string id) => _lists.FindLast(list => list.Id == id);

    /// <summary>Reads the lists of a vault.</summary>
    /// <param name="register">The register.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The lists.</returns>
    public static async ValueTask<SelectielijstLibrary> LoadAsync(DossierRegister register, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(register);
        var shelf = register.Selectielijsten;
        await shelf.RefreshAsync(ct);
        // A list never changes and none is ever taken away: as long as there are as many, they are the same ones.
        if (Read.TryGetValue(shelf, out var known) && known._lists.Count == shelf.Installed.Count + 1) return known;
        var lists = new List<Selectielijst> { ShippedSelectielijst.List };
        foreach (var (_, bytes) in await shelf.ReadAllAsync(ct)) lists.Add(JsonSerializer.Deserialize(bytes, SelectielijstJsonContext.Default.SelectielijstFile)!.ToList());
        var library = new SelectielijstLibrary(lists);
        Read.AddOrUpdate(shelf, library);
        return library;
    }

    /// <summary>Checks and imports a list, which is then in use; classes that were set keep what they were set with. By FI, deputy or archivaris.</summary>
    /// <param name="register">The register.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="files">The files.</param>
    /// <param name="id">The id of the version; <see langword="null"/>: from the name of the file.</param>
    /// <param name="dryRun">Whether nothing is written.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The list, or everything that is wrong with it.</returns>
    public static async ValueTask<Outcome<Selectielijst>> ImportAsync(DossierRegister register, ActingPerson by, IReadOnlyList<SelectielijstSource> files, string? id, bool dryRun, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(register);
        ArgumentNullException.ThrowIfNull(by);
        if (!register.Selectielijsten.MayInstall(by))
        {
            return Outcome<Selectielijst>.Refused(new Refusal(
                "U mag geen selectielijst inlezen.", "Dat doen de functionaris integriteit, de plaatsvervanger en de archivaris.", "Vraag een van hen.")
            { Cause = RefusalCause.NoRight });
        }

        var read = SelectielijstImport.ReadFile(files, id);
        if (!read.IsDone) return Outcome<Selectielijst>.Refused(read.Refusals);
        var list = read.Value.ToList();
        var known = (await LoadAsync(register, ct))._lists.Where(other => other.Id == list.Id).SelectMany(other => other.Results);
        var changed = known.Where(result => list.Find(result.Number) is not { } now || now.Nominatie != result.Nominatie || now.Term != result.Term || now.ProcessTerm != result.ProcessTerm)
            .Select(result => result.Number).Distinct(StringComparer.Ordinal).Take(10).ToList();
        if (changed.Count > 0)
        {
            // A class names its version: two meanings under one name could not be told apart later.
            return Outcome<Selectielijst>.Refused(new Refusal(
                $"Deze lijst zegt iets anders dan de lijst die al {list.Id} heet.", $"Het verschil zit in: {string.Join(", ", changed)}.", "Geef deze versie een andere naam.")
            { Subject = "versie" });
        }

        if (!dryRun) await register.Selectielijsten.AddAsync(by, list.Id, files[0].Name, JsonSerializer.SerializeToUtf8Bytes(read.Value, SelectielijstJsonContext.Default.SelectielijstFile), ct);
        return Outcome<Selectielijst>.Done(list);
    }
}
