using System.Security.Cryptography;
using System.Text;

namespace DossierKit.Dossiers;

/// <summary>
/// A key a client gives a request, so that sending it again (a lost answer, a double click) does not do it again: the same person in the same dossier gets the outcome of the first.
/// It is kept with what was recorded, so it outlives a crash; it is forgotten when that is destroyed.
/// </summary>
/// <param name="Key">Opaque, 1 to 200 characters; chosen at random by the client, another for each thing it wants done.</param>
/// <param name="Fingerprint">
/// What the request asked, as text (a hash of the body will do): the same key with another fingerprint is refused. <see langword="null"/>: what is recorded says it itself.
/// </param>
public sealed record RequestKey(string Key, string? Fingerprint = null)
{
    /// <summary>The longest key.</summary>
    public const int MaxLength = 200;

    /// <summary>Never the key: it stands in no log.</summary>
    public override string ToString() => nameof(RequestKey);

    /// <summary>The reason why the key cannot be used; <see langword="null"/> when it can.</summary>
    internal Refusal? Check()
        => Key is { Length: > 0 and <= MaxLength } && !string.IsNullOrWhiteSpace(Key)
            ? null
            : new("De sleutel van dit verzoek kan niet.", $"Een sleutel heeft 1 tot {MaxLength} tekens.", "Kies voor elk verzoek een eigen willekeurige sleutel.") { Subject = "sleutel" };
}

/// <summary>On what terms something is written.</summary>
/// <param name="Request">The key of the request; <see langword="null"/>: it is done as often as it is asked.</param>
/// <param name="ExpectedVersion">
/// The <see cref="OpenDossier.Version"/> the person decided on: when what that person sees has changed since, nothing is written and the refusal's cause is
/// <see cref="RefusalCause.Changed"/>. Decided at the commit, so that nobody's change is lost. <see langword="null"/>: whatever changed.
/// </param>
public sealed record WriteTerms(RequestKey? Request = null, string? ExpectedVersion = null)
{
    /// <summary>As often as asked, whatever changed.</summary>
    public static WriteTerms None { get; } = new();
}

/// <summary>What was recorded.</summary>
/// <param name="State">The dossier as this person sees it now.</param>
/// <param name="Events">The events as they stand in it.</param>
/// <param name="IsRepeat">Whether this had been recorded before, by the same request: nothing was written now.</param>
public sealed record Recording(DossierState State, IReadOnlyList<RecordedEvent> Events, bool IsRepeat);

/// <summary>
/// How a request is remembered: two keyed hashes under the dossier's own key, of who asked with which key and of what was asked. They can be compared and say nothing.
/// </summary>
internal readonly record struct RequestMark(string Key, string Content)
{
    private const int HalfLength = 32;

    /// <param name="hashKey">The key of the dossier's data hashes.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="request">The request.</param>
    /// <param name="content">What it asks, where its fingerprint does not say so.</param>
    public static RequestMark Of(string hashKey, PersonId person, RequestKey request, ReadOnlySpan<byte> content)
    {
        var key = Convert.FromBase64String(hashKey);
        return new(
            Half(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"verzoek\n{person}\n{request.Key}"))),
            Half(HMACSHA256.HashData(key, request.Fingerprint is { } fingerprint ? Encoding.UTF8.GetBytes($"inhoud\n{fingerprint}") : content)));
    }

    public static RequestMark? Parse(string? text) => text is { Length: 2 * HalfLength } ? new(text[..HalfLength], text[HalfLength..]) : null;

    /// <summary>As it is kept.</summary>
    public override string ToString() => Key + Content;

    internal static Refusal Reused { get; } = new(
        "Deze sleutel is al gebruikt voor een ander verzoek.",
        "Met een sleutel wordt één ding één keer gedaan; het eerdere verzoek had een andere inhoud.",
        "Stuur dit verzoek met een nieuwe sleutel.")
    { Subject = "sleutel", Cause = RefusalCause.RequestReused };

    private static string Half(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, HalfLength / 2));
}
