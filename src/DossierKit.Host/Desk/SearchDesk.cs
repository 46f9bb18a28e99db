using DossierKit.Dossiers;
using DossierKit.Search;

namespace DossierKit.Host;

/// <summary>The search index of the host: opened when it is first needed, kept up to date by <see cref="Operations.IndexKeeper"/>, shared by all sessions.</summary>
internal sealed class SearchDesk(DossierRegister register) : IDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private DossierIndex? _index;
    private DossierSearch? _search;

    /// <summary>Searching.</summary>
    public async ValueTask<DossierSearch> SearchAsync(CancellationToken ct)
    {
        await IndexAsync(ct);
        return _search!;
    }

    /// <summary>The index itself.</summary>
    public async ValueTask<DossierIndex> IndexAsync(CancellationToken ct)
    {
        if (_index is { } open) return open;
        await _opening.WaitAsync(ct);
        try
        {
            if (_index is null)
            {
                var index = await DossierIndex.OpenAsync(register, null, ct);
                _search = new DossierSearch(index);
                _index = index;
            }

            return _index;
        }
        finally
        {
            _opening.Release();
        }
    }

    public void Dispose()
    {
        _search?.Dispose();
        _index?.Dispose();
        _opening.Dispose();
    }
}

/// <summary>What one session searched for lately: the query stands in no address, only the number of the search does.</summary>
internal sealed class SearchNotes
{
    private const int Most = 50;

    private readonly Lock _lock = new();
    private readonly List<(int Number, SearchRequest Request)> _kept = [];
    private int _last;

    /// <summary>Keeps a request; returns its number.</summary>
    public int Keep(SearchRequest request)
    {
        lock (_lock)
        {
            _kept.Add((++_last, request));
            if (_kept.Count > Most) _kept.RemoveAt(0);
            return _last;
        }
    }

    /// <summary>A request that was kept; <see langword="null"/> when it was not, or is too long ago.</summary>
    public SearchRequest? Find(int number)
    {
        lock (_lock) return _kept.Find(note => note.Number == number).Request;
    }

    /// <summary>What the last search was for: offered again, as long as the session lasts.</summary>
    public string LastPurpose
    {
        get
        {
            lock (_lock) return _kept.Count > 0 ? _kept[^1].Request.Purpose : "";
        }
    }
}
