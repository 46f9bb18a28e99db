using DossierKit.Dossiers;

namespace DossierKit.Host.SignIn;

/// <summary>A form that came when it could not be carried out: in memory only, for the person who filled it in.</summary>
/// <param name="Person">Whose.</param>
/// <param name="Path">Where it was going.</param>
/// <param name="Fields">What was filled in, without the form token.</param>
/// <param name="Purpose">For what the dossier was open, when it is about one.</param>
public sealed record HeldForm(PersonId Person, string Path, IReadOnlyList<KeyValuePair<string, string>> Fields, string? Purpose);

/// <summary>Forms that came after the session ended, for a quarter of an hour: the person signs in again and finds them back.</summary>
internal sealed class HeldForms(TimeProvider clock)
{
    /// <summary>The largest form that is kept.</summary>
    public const int MaxBytes = 1 << 20;

    private readonly OneAnswer<HeldForm> _kept = new(clock, TimeSpan.FromMinutes(15), most: 200);

    public string Keep(HeldForm form) => _kept.Keep(form);

    /// <summary>The form, for its own person; it stays until it is sent or too old.</summary>
    public HeldForm? Find(string name, PersonId person) => _kept.TryPeek(name, out var form) && form.Person == person ? form : null;

    /// <summary>What a form holds, without what belongs to the sending of it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> FieldsOf(IFormCollection form)
        => [.. form.Where(field => field.Key != SameSite.Field && !field.Key.StartsWith(PasskeyAnswer.ProofPrefix, StringComparison.Ordinal)).SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))];

    /// <summary>Whether a request carries a form that can be kept.</summary>
    public static bool IsKeepable(HttpRequest request)
        => HttpMethods.IsPost(request.Method) && request.ContentLength is > 0 and <= MaxBytes
            && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
}
