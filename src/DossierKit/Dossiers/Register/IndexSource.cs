using System.Collections.Frozen;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>Something about a case that its documents can be found by, in the compartment it was recorded in: whoever may not read that compartment does not find by it.</summary>
/// <param name="Compartment">Where it was recorded.</param>
/// <param name="Field">What it is: <c>type</c>, <c>uitkomst</c> or <c>functie</c>.</param>
/// <param name="Value">Its value, as on disk and in the API.</param>
/// <param name="IsFinal">Whether it stands in the place of what was recorded earlier elsewhere.</param>
internal sealed record IndexedFact(Compartment Compartment, string Field, string Value, bool IsFinal = false);

/// <summary>
/// A dossier as whoever keeps the search index reads it, whole; only from <see cref="SystemTask.OpenForIndexAsync"/>. What is made of it goes back into the dossier, sealed, and to people only as far
/// as each may read.
/// </summary>
internal sealed class IndexSource : IDisposable
{
    private const int ShortestName = 4;

    private readonly DossierStream _stream;

    /// <param name="stream">The dossier.</param>
    /// <param name="standing">What decides who may do what.</param>
    /// <param name="isListedWhole">Whether the catalogue has all of that: a case with hundreds of names does not fit there.</param>
    public IndexSource(DossierStream stream, CaseStanding standing, bool isListedWhole)
    {
        (_stream, Standing, Guard) = (stream, standing, isListedWhole ? null : standing.WithoutContent());
        Ids = stream.Now.Entries.Where(entry => entry.Event is not null).Select(entry => entry.Entry).Concat(stream.Full.Files.Select(file => file.Id.Value)).ToFrozenSet();
        Files = stream.Full.Files.ToFrozenDictionary(file => file.Id);
        Facts = [.. FactsOf(stream.Full)];
        Names = stream.Full.Persons.SelectMany(person => person.Surname is { } surname ? FoldedText.Tokens(surname) : []).Where(token => token.Length >= ShortestName).ToFrozenSet(StringComparer.Ordinal);
    }

    public OpaqueId Stream => _stream.Id;

    /// <summary>The last commit that is in it.</summary>
    public long Head => _stream.Now.Head;

    /// <summary>What decides who may do what.</summary>
    public CaseStanding Standing { get; }

    /// <summary>Who must be kept out, when the catalogue does not hold it; otherwise <see langword="null"/>.</summary>
    public CaseStanding? Guard { get; }

    /// <summary>Ids of every entry that can be read and of every file that is there.</summary>
    public FrozenSet<OpaqueId> Ids { get; }

    /// <summary>Every file that is there.</summary>
    public FrozenDictionary<FileId, DossierFile> Files { get; }

    /// <summary>What its documents can be found by.</summary>
    public IReadOnlyList<IndexedFact> Facts { get; }

    /// <summary>The surnames in the case, the melder's too: to notice that somebody searches for one after another. Nothing that is shown depends on it.</summary>
    public FrozenSet<string> Names { get; }

    /// <summary>Where what is derived from it is kept.</summary>
    public DerivedObjects Derived => _stream.Derived;

    /// <summary>Opens a file; <see langword="null"/> when it was destroyed.</summary>
    public async ValueTask<Stream?> OpenFileAsync(FileId id, CancellationToken ct) => await _stream.OpenFileAsync(id, ct);

    /// <summary>Whether a text holds a name that may stand in <c>melder</c> alone.</summary>
    public bool HasProtectedName(string text) => ProtectedNames.Check(_stream.Full, null, [], [new CheckedText("", text)], mayKnowMelder: true).Findings.Count > 0;

    public void Dispose() => _stream.Dispose();

    private static IEnumerable<IndexedFact> FactsOf(DossierState full)
    {
        foreach (var happening in full.Events.Select(recorded => recorded.Event))
        {
            switch (happening)
            {
                case MeldingReceived melding:
                    foreach (var type in melding.Types) yield return new(melding.Compartment, "type", WordOf(type));
                    break;
                case RegistrationUpdated { Types.Count: > 0 } updated:
                    foreach (var type in updated.Types) yield return new(updated.Compartment, "type", WordOf(type), IsFinal: true);
                    break;
                case OordeelGiven given:
                    yield return new(given.Compartment, "uitkomst", JsonShape.WordsOf(typeof(Oordeel))[(int)given.Oordeel]);
                    break;
            }
        }

        foreach (var betrokkene in full.Betrokkenen)
        {
            if (betrokkene.Position is { } position) yield return new(betrokkene.Compartment, "functie", CaseFactsOf.PositionName(position));
        }

        static string WordOf(ViolationType type) => JsonShape.WordsOf(typeof(ViolationType))[(int)type];
    }
}
