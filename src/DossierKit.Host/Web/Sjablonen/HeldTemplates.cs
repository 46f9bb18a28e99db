using System.Collections.Concurrent;

using DossierKit.Dossiers;

namespace DossierKit.Host.Web.Sjablonen;

/// <summary>A template that was sent and waits for a yes.</summary>
internal sealed record HeldTemplate(PersonId Person, string Kind, string FileName, byte[] Bytes, DateTimeOffset At);

/// <summary>Templates between being looked at and being put into use: in memory alone, for a short time, each for the person who sent it.</summary>
internal sealed class HeldTemplates(TimeProvider clock)
{
    /// <summary>The most bytes of one; a template with its logo is far smaller.</summary>
    public const int MaxBytes = 8 << 20;

    private const int Most = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, HeldTemplate> _held = new(StringComparer.Ordinal);

    /// <summary>Holds one; gives what to ask for it with.</summary>
    public string Hold(PersonId person, string kind, string fileName, byte[] bytes)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, old) in _held)
        {
            if (now - old.At > Limit) _held.TryRemove(key, out _);
        }

        // Whoever tries out many versions loses the oldest first; nothing was promised.
        while (_held.Count >= Most && _held.MinBy(pair => pair.Value.At) is { Key: { } oldest }) _held.TryRemove(oldest, out _);
        var id = SignIn.Visitor.NewToken();
        _held[id] = new HeldTemplate(person, kind, fileName, bytes, now);
        return id;
    }

    /// <summary>Takes one out, once, if it is this person's and of this kind.</summary>
    public HeldTemplate? Take(string id, PersonId person, string kind)
        => _held.TryGetValue(id, out var held) && held.Person == person && held.Kind == kind && clock.GetUtcNow() - held.At <= Limit && _held.TryRemove(id, out _) ? held : null;
}
