using DossierKit.Dossiers;

namespace DossierKit.Host.SignIn;

/// <summary>A form that came when it could not be carried out: in memory only, for the person who filled it in.</summary>
/// <param name="Person">Whose.</param>
/// <param name="Path">Where it was going.</param>
/// <param name="Fields">What was filled in, without the form token.</param>
/// <param name="Purpose">For what the dossier was open, when it is about one.</param>
public sealed record HeldForm(PersonId Person, string Path, IReadOnlyList<KeyValuePair<string, string>> Fields, string? Purpose);

/// <summary>Forms that came after the session ended, for a quarter of an hour: the person signs in again and finds them back. So many for each person, so that nobody pushes out those of another.</summary>
internal sealed class HeldForms(TimeProvider clock)
{
    /// <summary>The largest form that is kept.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>How many are kept of one person; one more takes the place of his oldest.</summary>
    public const int MostOfOne = 8;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (HeldForm Form, DateTimeOffset Until)> _kept = new(StringComparer.Ordinal);

    /// <summary>Keeps a form; returns its name.</summary>
    public string Keep(HeldForm form)
    {
        var (now, name) = (clock.GetUtcNow(), Visitor.NewToken());
        lock (_gate)
        {
            foreach (var old in _kept.Where(kept => kept.Value.Until < now).Select(kept => kept.Key).ToList()) _kept.Remove(old);
            foreach (var old in _kept.Where(kept => kept.Value.Form.Person == form.Person).OrderByDescending(kept => kept.Value.Until).Skip(MostOfOne - 1).Select(kept => kept.Key).ToList()) _kept.Remove(old);
            _kept[name] = (form, now + Life);
        }

        return name;
    }

    /// <summary>The form, for its own person; it stays until it is sent or too old.</summary>
    public HeldForm? Find(string name, PersonId person)
    {
        lock (_gate)
        {
            return _kept.TryGetValue(name, out var kept) && kept.Until >= clock.GetUtcNow() && kept.Form.Person == person ? kept.Form : null;
        }
    }

    /// <summary>What a form holds, without what belongs to the sending of it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> FieldsOf(IFormCollection form)
        => [.. form.Where(field => field.Key != SameSite.Field && !field.Key.StartsWith(PasskeyAnswer.ProofPrefix, StringComparison.Ordinal)).SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))];

    /// <summary>Whether a request carries a form that can be kept.</summary>
    public static bool IsKeepable(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.ContentLength is > 0 and <= MaxBytes && SameSite.IsPlainForm(request);
}
