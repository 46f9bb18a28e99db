using System.Collections.Concurrent;
using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>
/// Searching as a person: over the compartments he may read, at this moment, and nothing else. Every search is logged with its purpose before anything of the answer is shown.
/// Safe for several threads.
/// </summary>
public sealed class DossierSearch : IDisposable
{
    private const int MostViews = 8;
    private const int MostFragments = 2;
    private const int LongestQuery = 1000;
    private const int LongestPurpose = 200;
    private const int MostAttempts = 3;
    private const string TextField = "tekst";

    private readonly DossierIndex _index;
    private readonly ConcurrentDictionary<PersonId, SearchSession> _sessions = new();
    private readonly ViewShelf _views = new(MostViews);
    private readonly NameFishing _fishing;

    /// <summary>Searching in an index.</summary>
    /// <param name="index">The index; stays the caller's.</param>
    public DossierSearch(DossierIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        (_index, _fishing) = (index, new NameFishing(index));
        index.LetGo += LetGo;
    }

    /// <summary>How many sessions and views are kept.</summary>
    internal (int Sessions, int Views) Kept => (_sessions.Count, _views.Count);

    /// <inheritdoc/>
    public void Dispose() => _index.LetGo -= LetGo;

    /// <summary>Searches.</summary>
    /// <param name="person">Who asks.</param>
    /// <param name="request">What, and why.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What was found, or every reason why nothing was searched for.</returns>
    public async ValueTask<Outcome<SearchAnswer>> SearchAsync(ActingPerson person, SearchRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(request);
        if (Check(request) is { Count: > 0 } wrong) return Outcome<SearchAnswer>.Refused(wrong);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var session = await SessionAsync(person, ct);
            if (session.Rights.Count == 0) return Outcome<SearchAnswer>.Refused(NothingToSearch);
            var asked = request.Query;
            if (request.Like is { } like)
            {
                if (await MoreLikeAsync(session, like.Dossier, like.File, ct) is not { } made) return Outcome<SearchAnswer>.Refused(NothingAlike);
                asked = made;
            }

            var (answer, query, found) = Answer(session, request, asked);
            // Before anything of it is shown. Whoever is interrupted here has seen nothing.
            await LogAsync(person, request, asked, session, answer.Total, found, ct);
            // And only of what is still there and still his: the log may have been waited for.
            if (!await IsStillAsync(person, found, ct)) continue;
            return Outcome<SearchAnswer>.Done(query is null ? answer : answer with { Hits = await ShowAsync(query, session.Searcher, found, ct) });
        }

        return Outcome<SearchAnswer>.Refused(Unsettled);
    }

    /// <summary>What the index found out about the files of a dossier: those that cannot be searched, or not whole, and those with a name that belongs elsewhere. Only of what the person may read.</summary>
    /// <param name="dossier">The dossier, opened by the person.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The findings; of a file about which there is nothing to say there is none.</returns>
    public async ValueTask<IReadOnlyList<FileFinding>> FindingsAsync(OpenDossier dossier, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (await _index.TryFindAsync(dossier.StreamId, dossier.Number, ct) is not { } indexed) return [];
        // Whoever may not know who the melder is does not hear that a text betrays one either.
        var mayKnow = dossier.Access.MayRead(Compartment.Melder);
        return
        [
            .. indexed.Compartments.Values.Where(compartment => dossier.Access.MayRead(compartment.Compartment)).SelectMany(compartment => compartment.Files)
                .Where(file => (file.Gaps.Count > 0 || (file.HasProtectedName && mayKnow)) && dossier.State.FindFile(file.Id) is not null)
                .Select(file => new FileFinding(file.Id, file.Document >= 0, file.Gaps, file.HasProtectedName && mayKnow)),
        ];
    }

    /// <summary>Makes ready what somebody will search, so that the first search need not wait for it.</summary>
    /// <param name="person">Who.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>A task.</returns>
    public async ValueTask WarmAsync(ActingPerson person, CancellationToken ct) => await SessionAsync(person, ct);

    /// <summary>What is wrong with a request, whoever asks; empty when nothing is.</summary>
    /// <param name="request">What is asked, and why.</param>
    /// <returns>Every mistake at once.</returns>
    public static IReadOnlyList<Refusal> Check(SearchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wrong = new List<Refusal>();
        if (string.IsNullOrWhiteSpace(request.Purpose)) wrong.Add(new("Er is geen doel opgegeven.", "Zoeken in dossiers mag alleen voor een doel dat vastligt (AVG art. 5).", "Vul in waarvoor u zoekt.") { Subject = "doel" });
        else if (request.Purpose.Length > LongestPurpose) wrong.Add(new("Het doel is te lang.", $"Een doel heeft ten hoogste {LongestPurpose} tekens.", "Een paar woorden zijn genoeg.") { Subject = "doel" });
        if (request.Like is null && string.IsNullOrWhiteSpace(request.Query)) wrong.Add(new("Er is geen zoekvraag.", "Zonder woorden is er niets om naar te zoeken.", "Vul een of meer woorden in.") { Subject = "vraag" });
        else if (request.Query.Length > LongestQuery) wrong.Add(new("De zoekvraag is te lang.", $"Een zoekvraag heeft ten hoogste {LongestQuery} tekens.", "Maak hem korter.") { Subject = "vraag" });
        if (request.Skip is < 0 or > 10_000) wrong.Add(new("Zo ver kan niet worden gebladerd.", "Er zijn ten hoogste 10.000 treffers te bekijken.", "Maak de zoekvraag preciezer.") { Subject = "vanaf" });
        if (request.Take is < 1 or > SearchRequest.MostHits) wrong.Add(new("Zo veel treffers gaan niet op een pagina.", $"Kies 1 tot {SearchRequest.MostHits}.", "Vraag een volgende pagina.") { Subject = "aantal" });
        return wrong;
    }

    private static Refusal NothingToSearch { get; } = new("Er is niets waarin u kunt zoeken.", "Uw rol geeft u geen dossier waarvan u stukken mag lezen.", "Vraag de functionaris integriteit als dat anders zou moeten zijn.") { Cause = RefusalCause.NoRight };

    private static Refusal Unsettled { get; } = new("De zoekvraag kon niet worden beantwoord.", "Terwijl er werd gezocht, veranderde er steeds iets in de dossiers die u mag lezen.", "Zoek nog eens.") { Cause = RefusalCause.Changed };

    /// <summary>One answer for a file that is not there, is not for this person, or holds no words that lead to others.</summary>
    private static Refusal NothingAlike { get; } = new("Er is niets om op te zoeken.", "Dit stuk is er niet, is niet voor u, of heeft geen woorden die ook in andere stukken staan.", "Zoek met eigen woorden.") { Cause = RefusalCause.NotThere };

    /// <summary>A query for documents like one, out of words that stand in what this person may read; <see langword="null"/> when there is none.</summary>
    private static async ValueTask<string?> MoreLikeAsync(SearchSession session, DossierNumber number, FileId file, CancellationToken ct)
    {
        var part = session.Parts.FirstOrDefault(part => part.Dossier.Number == number && part.Compartment.Documents.Contains(file));
        if (part is null || await DossierIndex.TextsAsync(part.Compartment, ct) is not { } texts) return null;
        var query = Suggestions.MoreLike(session.Searcher.View, DossierIndex.Analyzer, texts[Array.IndexOf(part.Compartment.Documents, file)].Text);
        return query.Length > 0 ? $"({query}) -stuk:{file}" : null;
    }

    private static (Query? Query, QueryProblem? Problem) Read(string text) => QueryParser.Parse(text, DossierIndex.Analyzer, TextField, SessionFields.All);

    private static Dictionary<string, IReadOnlyList<FacetValue>> FacetsOf(Searcher searcher, Query query)
        => searcher.Facets(query, SessionFields.Counted).Where(facet => facet.Value.Count > 0).ToDictionary(
            facet => facet.Key,
            facet => (IReadOnlyList<FacetValue>)[.. facet.Value.Select(value => new FacetValue(value.Key, value.Value)).OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal)],
            StringComparer.Ordinal);

    /// <summary>What was destroyed or made anew is not kept for a search that may never come.</summary>
    private void LetGo(IReadOnlySet<IndexSegment> gone)
    {
        _views.Drop(gone.Contains);
        foreach (var (person, session) in _sessions)
        {
            if (session.Parts.Any(part => gone.Contains(part.Compartment.Segment))) _sessions.TryRemove(new(person, session));
        }
    }

    private static (SearchAnswer Answer, Query? Query, IReadOnlyList<(Hit Hit, SearchPart Part, DossierFile File)> Found) Answer(SearchSession session, SearchRequest request, string asked)
    {
        var answer = new SearchAnswer
        {
            Total = 0,
            Hits = [],
            Documents = session.Searcher.View.DocumentCount,
            Dossiers = session.Dossiers,
            NotSearchable = session.NotSearchable,
            Waiting = session.Waiting,
            Damaged = session.Damaged,
            ReadAs = request.Like is null ? null : asked,
        };
        var (query, problem) = Read(asked);
        if (problem is not null)
        {
            // The nearest reading is searched for at once, and said: nobody has to learn the syntax first.
            query = problem.Nearest is { } nearest ? Read(nearest).Query : null;
            answer = answer with { Problem = new Refusal("Deze zoekvraag kan zo niet worden gelezen.", problem.Message, "Verbeter de zoekvraag.") { Subject = "vraag" }, ReadAs = query is null ? null : problem.Nearest };
        }

        if (query is null) return (answer, null, []);
        var most = request.Skip + request.Take;
        var (total, best) = request.Order == SearchOrder.Score ? session.Searcher.Search(query, most) : session.Searcher.SearchSorted(query, most, "datum", request.Order == SearchOrder.Newest);
        answer = answer with { Total = total, Facets = FacetsOf(session.Searcher, query), DidYouMean = Suggestions.DidYouMean(session.Searcher, DossierIndex.Analyzer, answer.ReadAs ?? asked) };
        return (answer, query, [.. best.Skip(request.Skip).Select(hit => (hit, session.FileOf(hit).Part, session.FileOf(hit).File))]);
    }

    private async ValueTask LogAsync(ActingPerson person, SearchRequest request, string asked, SearchSession session, int total, IReadOnlyList<(Hit Hit, SearchPart Part, DossierFile File)> found, CancellationToken ct)
    {
        // A query that was made of a document holds words of it: it goes with its dossier too, whatever it found.
        var parts = found.Select(hit => hit.Part).Concat(session.Parts.Where(part => part.Compartment.Documents.Any(file => asked.Contains(file.ToString(), StringComparison.Ordinal))));
        await _index.Register.LogSearchAsync(
            person,
            await _fishing.IsManyAsync(person.Id, asked, ct),
            new SearchRecord
            {
                Person = person.Id,
                Purpose = request.Purpose,
                Query = asked,
                Total = total,
                Dossiers = [.. parts.Select(part => part.Dossier.Stream.ToString()).Distinct(StringComparer.Ordinal)],
                Files = [.. found.Select(hit => hit.File.Id.ToString())],
            },
            ct);
    }

    /// <summary>Whether what was found is still there, unchanged, and still for this person.</summary>
    private async ValueTask<bool> IsStillAsync(ActingPerson person, IReadOnlyList<(Hit Hit, SearchPart Part, DossierFile File)> found, CancellationToken ct)
    {
        if (found.Count == 0) return true;
        var rights = (await _index.Register.SearchableAsync(person, ct)).ToDictionary(right => right.Stream);
        foreach (var part in found.Select(hit => hit.Part).Distinct())
        {
            if (!rights.TryGetValue(part.Dossier.Stream, out var right) || !right.Access.MayRead(part.Compartment.Compartment)) return false;
            if (!await _index.Register.IsUnchangedAsync(part.Dossier.Stream, part.Dossier.Head, ct)) return false;
        }

        return true;
    }

    private async ValueTask<SearchSession> SessionAsync(ActingPerson person, CancellationToken ct)
    {
        var (readable, damaged) = (new List<(SearchableDossier, IndexedDossier)>(), 0);
        foreach (var right in await _index.Register.SearchableAsync(person, ct))
        {
            if (!IndexRules.Compartments.Any(right.Access.MayRead)) continue;
            var dossier = await _index.TryFindAsync(right.Stream, right.Number, ct);
            if (dossier is null) damaged++;
            else if (dossier.Guard is not { } guard || !_index.Register.Conflicts(person, guard)) readable.Add((right, dossier));
        }

        // What was read just now may have changed what the catalogue said before: the rights are those of the end, not of the beginning.
        var now = (await _index.Register.SearchableAsync(person, ct)).ToDictionary(right => right.Stream);
        List<(SearchableDossier, IndexedDossier)> allowed = [.. readable.Where(entry => now.ContainsKey(entry.Item1.Stream)).Select(entry => (now[entry.Item1.Stream], entry.Item2))];
        return _sessions[person.Id] = SearchSession.Of(allowed, damaged, _views, _sessions.GetValueOrDefault(person.Id));
    }

    private static async ValueTask<IReadOnlyList<SearchHit>> ShowAsync(Query query, Searcher searcher, IReadOnlyList<(Hit Hit, SearchPart Part, DossierFile File)> found, CancellationToken ct)
    {
        var words = QueryWords.Of(searcher, query, TextField);
        var texts = new Dictionary<IndexedCompartment, TextStore.Reader?>();
        var hits = new List<SearchHit>(found.Count);
        foreach (var (hit, part, file) in found)
        {
            if (!texts.TryGetValue(part.Compartment, out var reader)) texts[part.Compartment] = reader = await DossierIndex.TextsAsync(part.Compartment, ct);
            ct.ThrowIfCancellationRequested();
            var fragments = FragmentsOf(reader, hit.Document, words);
            hits.Add(new SearchHit(part.Dossier.Number, file.Id, file.Title, file.Kind, file.Compartment, file.Date, float.IsFinite(hit.Score) ? hit.Score : 0, fragments));
        }

        return hits;
    }

    private static IReadOnlyList<Fragment> FragmentsOf(TextStore.Reader? texts, int document, HashSet<string> words)
    {
        try
        {
            return texts is null ? [] : Highlighter.Of(texts[document], DossierIndex.Analyzer, words, MostFragments);
        }
        catch (FormatException)
        {
            // Texts of another version: the hit stands, without its words.
            return [];
        }
    }
}
