using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>
/// Notices that somebody searches for the names of many people, one after another. Nobody is stopped and nothing in an answer changes: the FI, or the deputy, is asked to look at it.
/// Safe for several threads.
/// </summary>
internal sealed class NameFishing(DossierIndex index)
{
    /// <summary>This many different names, in this time.</summary>
    private const int Many = 5;

    private static readonly TimeSpan Within = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<PersonId, List<(DateTimeOffset At, string Name)>> _asked = [];
    private bool _isRead;

    /// <summary>Takes note of a search; whether somebody should look at it now.</summary>
    public async ValueTask<bool> IsManyAsync(PersonId person, string query, CancellationToken ct)
    {
        var now = index.Register.Now;
        if (!Volatile.Read(ref _isRead)) await ReadAsync(now, ct);
        return Add(person, query, now);
    }

    /// <summary>What was asked before this process began counts as well.</summary>
    private async ValueTask ReadAsync(DateTimeOffset now, CancellationToken ct)
    {
        var before = await index.Register.Searches.ReadAsync(ct);
        lock (_lock)
        {
            if (_isRead) return;
            foreach (var (_, at, record) in before.Where(search => now - search.At < Within)) Add(record.Person, record.Query, at);
            Volatile.Write(ref _isRead, true);
        }
    }

    private bool Add(PersonId person, string query, DateTimeOffset at)
    {
        var names = index.NamesAmong(FoldedText.Tokens(query).Distinct(StringComparer.Ordinal));
        if (names.Count == 0) return false;
        lock (_lock)
        {
            if (!_asked.TryGetValue(person, out var asked)) _asked[person] = asked = [];
            asked.RemoveAll(before => at - before.At >= Within);
            var count = asked.Count;
            foreach (var name in names.Where(name => !asked.Exists(before => before.Name == name))) asked.Add((at, name));
            return asked.Count / Many > count / Many;
        }
    }
}
