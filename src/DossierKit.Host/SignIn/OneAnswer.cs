using System.Collections.Concurrent;

namespace DossierKit.Host.SignIn;

/// <summary>Things kept in memory for one taking within a time, by a random name. Full means that the oldest goes: nobody can fill it up for others for long.</summary>
internal sealed class OneAnswer<T>(TimeProvider clock, TimeSpan life, int most = 10_000)
    where T : class
{
    private readonly ConcurrentDictionary<string, (T Value, DateTimeOffset Until)> _kept = new(StringComparer.Ordinal);

    /// <summary>Keeps a thing; returns its name.</summary>
    public string Keep(T value)
    {
        var now = clock.GetUtcNow();
        if (_kept.Count >= most)
        {
            foreach (var (old, kept) in _kept.OrderBy(kept => kept.Value.Until).Take(most / 10)) _kept.TryRemove(KeyValuePair.Create(old, kept));
        }

        foreach (var (old, kept) in _kept)
        {
            if (kept.Until < now) _kept.TryRemove(KeyValuePair.Create(old, kept));
        }

        var name = Visitor.NewToken();
        _kept[name] = (value, now + life);
        return name;
    }

    /// <summary>Takes a thing away; <see langword="null"/> when it is not there, was taken or is too old.</summary>
    public T? Take(string name) => _kept.TryRemove(name, out var kept) && kept.Until >= clock.GetUtcNow() ? kept.Value : null;
}
