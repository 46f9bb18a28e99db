using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>A signed verklaring van vernietiging that checks out: the JSON as it is kept and handed out, and what it says.</summary>
public sealed class SignedStatement
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _document;

    private SignedStatement(JsonObject document, DestructionStatement statement, StatementKey key) => (_document, Statement, Key) = (document, statement, key);

    /// <summary>What it says.</summary>
    public DestructionStatement Statement { get; }

    /// <summary>The key it names and checks out with. Whether that is the municipality's, whoever reads it compares.</summary>
    public StatementKey Key { get; }

    /// <summary>The document, readable; checking needs no other form of it.</summary>
    public string Json => _document.ToJsonString(Readable) + "\n";

    /// <summary>
    /// Checks a document without a vault: its form, its signature, and that it agrees with itself (the hash of the list follows from the items, every approval is bound to that hash,
    /// the counts are right, and nothing is called destroyed without proof).
    /// </summary>
    /// <param name="json">The document, UTF-8.</param>
    /// <param name="expectedKey">The fingerprint of the key it must be signed with; <see langword="null"/>: any, and the reader compares.</param>
    /// <returns>The statement, or everything that is wrong.</returns>
    public static Outcome<SignedStatement> Check(ReadOnlyMemory<byte> json, string? expectedKey)
    {
        try
        {
            return Look(json, expectedKey);
        }
        catch (InvalidOperationException)
        {
            // JSON is read only where it is looked at: half a character anywhere in it shows up late.
            return Wrong("Dit is geen ondertekende verklaring van vernietiging.", "In het bestand staat tekst die geen tekst is.");
        }
    }

    private static Outcome<SignedStatement> Look(ReadOnlyMemory<byte> json, string? expectedKey)
    {
        JsonObject? document;
        try
        {
            document = JsonNode.Parse(json.Span, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException)
        {
            document = null;
        }

        if (document is not { Count: 2 } || document["verklaring"] is not JsonObject said || document["handtekening"] is not JsonObject signature)
            return Wrong("Dit is geen ondertekende verklaring van vernietiging.", "Het bestand bestaat niet uit een verklaring en een handtekening in JSON.");
        if (Text(signature, "algoritme") != StatementKey.Algorithm) return Wrong("De handtekening is van een soort die dit programma niet kent.", $"Bekend is alleen {StatementKey.Algorithm}.");
        if (KeyOf(signature) is not { } key) return Wrong("De sleutel in de verklaring kan niet worden gelezen.", "Er staat geen openbare sleutel op kromme P-256.");

        var refusals = new List<Refusal>();
        if (Text(signature, "vingerafdruk") != key.Fingerprint) refusals.Add(No("De vingerafdruk hoort niet bij de sleutel.", "De verklaring noemt een andere vingerafdruk dan die van haar sleutel."));
        if (expectedKey is not null && key.Fingerprint != expectedKey)
            refusals.Add(No("De verklaring is met een andere sleutel ondertekend.", "Het is niet de sleutel die u opgaf: de verklaring komt van een ander, of van een andere kluis."));
        if (!IsSigned(said, signature, key)) refusals.Add(No("De handtekening klopt niet.", "De verklaring is veranderd nadat zij werd ondertekend, of door een ander gemaakt."));
        if (refusals.Count > 0) return Outcome<SignedStatement>.Refused(refusals);

        DestructionStatement? statement;
        try
        {
            statement = said.Deserialize(StatementJsonContext.Default.DestructionStatement);
        }
        catch (JsonException)
        {
            return Wrong("De handtekening klopt, maar de inhoud heeft een vorm die dit programma niet kent.", "Een nieuwere versie maakte deze verklaring.");
        }

        refusals.AddRange(Contradictions(statement!));
        return refusals.Count > 0 ? Outcome<SignedStatement>.Refused(refusals) : Outcome<SignedStatement>.Done(new SignedStatement(document, statement!, key));
    }

    internal static SignedStatement Make(DestructionStatement statement, StatementSigner signer)
    {
        var said = (JsonObject)JsonSerializer.SerializeToNode(statement, StatementJsonContext.Default.DestructionStatement)!;
        var signed = Encoding.UTF8.GetBytes(signer.Sign(said).ToJsonString());
        // What cannot be checked is not handed out: a bug shows here, not at the municipality's archive in ten years.
        var made = Check(signed, signer.Public.Fingerprint);
        return made.IsDone ? made.Value : throw new InvalidOperationException($"The statement does not check out: {string.Join(' ', made.Refusals)}");
    }

    private static StatementKey? KeyOf(JsonObject signature)
    {
        try
        {
            using var key = ECDsa.Create();
            var spki = Convert.FromBase64String(Text(signature, "sleutel") ?? "");
            key.ImportSubjectPublicKeyInfo(spki, out var read);
            return read == spki.Length && key.KeySize == 256 && key.ExportParameters(false).Curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256" ? new StatementKey(spki) : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static bool IsSigned(JsonObject said, JsonObject signature, StatementKey key)
    {
        try
        {
            using var publicKey = ECDsa.Create();
            publicKey.ImportSubjectPublicKeyInfo(key.Spki.Span, out _);
            return publicKey.VerifyData(CanonicalJson.Write(said), Convert.FromBase64String(Text(signature, "waarde") ?? ""), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception e) when (e is FormatException or CryptographicException or JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<Refusal> Contradictions(DestructionStatement statement)
    {
        var lines = statement.Items.Select(item => ListHash.Line(
            item.Number, item.Dossier, item.Object, JsonWords.Of(item.Kind), item.Fingerprint, JsonWords.Of(item.Answer), item.Until, item.ReasonHash));
        if (ListHash.Of(statement.List, statement.Path, lines) != statement.ListHash)
            yield return No("De onderdelen zijn niet die van de goedgekeurde lijst.", "De hash van de lijst volgt niet uit de onderdelen.");
        if (statement.Approvals.Any(approval => approval.ListHash != statement.ListHash || !approval.Approved) || DestructionList.Needed(statement.Path).Any(group => statement.Approvals.All(approval => approval.Group != group)))
            yield return No("De goedkeuringen horen niet bij deze lijst.", "Er ontbreekt een goedkeuring, of een goedkeuring geldt voor een andere lijst.");
        if (!IsInOrder(statement)) yield return No("De tijden kloppen niet.", "Een goedkeuring ligt voor het voorstel, of na het begin van de uitvoering.");
        var counted = StatementWriter.Count(statement.Items.Select(item => item.Outcome));
        if (counted != statement.Counts || statement.Items.Count != statement.Process.Count) yield return No("De aantallen kloppen niet.", "Ze volgen niet uit de onderdelen.");
        if (statement.Items.Any(item => item.Outcome == ItemOutcome.Destroyed && item is not { Proof.Holds: true, Answer: ItemAnswer.Destroy }))
            yield return No("Iets heet vernietigd zonder bewijs.", "Bij een onderdeel ontbreekt het bewijs, of het antwoord was niet vernietigen.");
    }

    /// <summary>Whether proposing, approving and carrying out came in that order, within what two clocks may differ.</summary>
    private static bool IsInOrder(DestructionStatement statement)
    {
        if (At(statement.Process.Proposed) is not { } proposed || At(statement.Process.Started) is not { } started) return false;
        return proposed <= started + ClockGuard.Tolerance
            && statement.Approvals.All(approval => At(approval.Time) is { } at && proposed <= at + ClockGuard.Tolerance && at <= started + ClockGuard.Tolerance);

        static DateTimeOffset? At(StatementTime time)
            => DateTimeOffset.TryParseExact(time.Utc, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    private static string? Text(JsonObject parent, string name) => parent[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static Outcome<SignedStatement> Wrong(string what, string why) => Outcome<SignedStatement>.Refused(No(what, why));

    private static Refusal No(string what, string why) => new(what, why, "Vertrouw deze verklaring niet. Vraag de archivaris van de gemeente om het origineel.") { Subject = "verklaring" };
}
