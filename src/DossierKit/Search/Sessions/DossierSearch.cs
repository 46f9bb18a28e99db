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
        var session = await SessionAsync(person, ct);
        if (session.Rights.Count == 0) return Outcome<SearchAnswer>.Refused(NothingToSearch);
        var view = session.Searcher.View;
        var answer = new SearchAnswer { Total = 0, Hits = [], Documents = view.DocumentCount, Dossiers = session.Dossiers, NotSearchable = session.NotSearchable, Waiting = session.Waiting };
        var asked = request.Query;
        if (request.Like is { } like)
        {
            if (await MoreLikeAsync(session, like.Dossier, like.File, ct) is not { } made) return Outcome<SearchAnswer>.Refused(NothingAlike);
            answer = answer with { ReadAs = asked = made };
        }

        var (query, problem) = Read(asked);
        if (problem is not null)
        {
            // The nearest reading is searched for at once, and said: nobody has to learn the syntax first.
            query = problem.Nearest is { } nearest ? Read(nearest).Query : null;
            answer = answer with { Problem = new Refusal("Deze zoekvraag kan zo niet worden gelezen.", problem.Message, "Verbeter de zoekvraag.") { Subject = "vraag" }, ReadAs = query is null ? null : problem.Nearest };
        }

        IReadOnlyList<(Hit Hit, SearchPart Part, DossierFile File)> found = [];
        if (query is not null)
        {
            var most = request.Skip + request.Take;
            var (total, best) = request.Order == SearchOrder.Score ? session.Searcher.Search(query, most) : session.Searcher.SearchSorted(query, most, "datum", request.Order == SearchOrder.Newest);
            found = [.. best.Skip(request.Skip).Select(hit => (hit, session.FileOf(hit).Part, session.FileOf(hit).File))];
            answer = answer with { Total = total, Facets = FacetsOf(session.Searcher, query), DidYouMean = Suggestions.DidYouMean(session.Searcher, DossierIndex.Analyzer, answer.ReadAs ?? asked) };
        }

        // Before anything of it is shown. Whoever is interrupted here has seen nothing.
        var needsReview = await _fishing.IsManyAsync(person.Id, asked, ct);
        await _index.Register.LogSearchAsync(
            person,
            needsReview,
            new SearchRecord
            {
                Person = person.Id, Purpose = request.Purpose, Query = asked, Total = answer.Total,
                Dossiers = [.. found.Select(hit => hit.Part.Dossier.Stream.ToString()).Distinct()],
                Files = [.. found.Select(hit => hit.File.Id.ToString())],
            },
            ct);
        return Outcome<SearchAnswer>.Done(query is null ? answer : answer with { Hits = await ShowAsync(query, session.Searcher, found, ct) });
    }

    /// <summary>What the index found out about the files of a dossier: those that cannot be searched, or not whole, and those with a name that belongs elsewhere. Only of what the person may read.</summary>
    /// <param name="dossier">The dossier, opened by the person.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The findings; of a file about which there is nothing to say there is none.</returns>
    public async ValueTask<IReadOnlyList<FileFinding>> FindingsAsync(OpenDossier dossier, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (await _index.FindAsync(dossier.StreamId, dossier.Number, ct) is not { } indexed) return [];
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
        if (request.Like is null && string.IsNullOrWhiteSpace(request.Query)) wrong.Add(new("Er is geen zoekvraag.", "Zonder woorden is er niets om naar te zoeken.", "Vul een of meer woorden in.") { Subject = "vraag" });
        else if (request.Query.Length > LongestQuery) wrong.Add(new("De zoekvraag is te lang.", $"Een zoekvraag heeft ten hoogste {LongestQuery} tekens.", "Maak hem korter.") { Subject = "vraag" });
        if (request.Skip is < 0 or > 10_000) wrong.Add(new("Zo ver kan niet worden gebladerd.", "Er zijn ten hoogste 10.000 treffers te bekijken.", "Maak de zoekvraag preciezer.") { Subject = "vanaf" });
        if (request.Take is < 1 or > SearchRequest.MostHits) wrong.Add(new("Zo veel treffers gaan niet op een pagina.", $"Kies 1 tot {SearchRequest.MostHits}.", "Vraag een volgende pagina.") { Subject = "aantal" });
        return wrong;
    }

    private static Refusal NothingToSearch { get; } = new("Er is niets waarin u kunt zoeken.", "Uw rol geeft u geen dossier waarvan u stukken mag lezen.", "Vraag de functionaris integriteit als dat anders zou moeten zijn.") { Cause = RefusalCause.NoRight };

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

    private async ValueTask<SearchSession> SessionAsync(ActingPerson person, CancellationToken ct)
    {
        var readable = new List<(SearchableDossier, IndexedDossier)>();
        foreach (var right in await _index.Register.SearchableAsync(person, ct))
        {
            if (!IndexRules.Compartments.Any(right.Access.MayRead)) continue;
            var dossier = await _index.FindAsync(right.Stream, right.Number, ct);
            if (dossier is not null) readable.Add((right, dossier));
        }

        // What was read just now may have changed what the catalogue said before: the rights are those of the end, not of the beginning.
        var now = (await _index.Register.SearchableAsync(person, ct)).ToDictionary(right => right.Stream);
        List<(SearchableDossier, IndexedDossier)> allowed = [.. readable.Where(entry => now.ContainsKey(entry.Item1.Stream)).Select(entry => (now[entry.Item1.Stream], entry.Item2))];
        return _sessions[person.Id] = SearchSession.Of(allowed, _views, _sessions.GetValueOrDefault(person.Id));
    }

    private static async ValueTask<IReadOnlyList<SearchHit>> ShowAsync(Query query, Searcher searcher, IReadOnlyList<(Hit Hit, SearchPart Part, DossierFile File)> found, CancellationToken ct)
    {
        var words = QueryWords.Of(searcher, query, TextField);
        var texts = new Dictionary<IndexedCompartment, TextStore.Reader?>();
        var hits = new List<SearchHit>(found.Count);
        foreach (var (hit, part, file) in found)
        {
            if (!texts.TryGetValue(part.Compartment, out var reader)) texts[part.Compartment] = reader = await DossierIndex.TextsAsync(part.Compartment, ct);
            var fragments = reader is null ? [] : Highlighter.Of(reader[hit.Document], DossierIndex.Analyzer, words, MostFragments);
            hits.Add(new SearchHit(part.Dossier.Number, file.Id, file.Title, file.Kind, file.Compartment, file.Date, hit.Score, fragments));
        }

        return hits;
    }
}
