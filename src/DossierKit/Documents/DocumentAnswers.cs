using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DossierKit.Documents;

/// <summary>
/// What a person filled in for a document, as text by path: the id of an element (<c>kennisgeving.gedraging</c>) or a field of the template (<c>contact.telefoon</c>).
/// Yes and no are <c>ja</c> and <c>nee</c>, a day is <c>2026-03-09</c>, each line of a text is an item where a list is asked. Immutable; paths are compared without
/// regard to case. A path may end in <c>@</c> and the handle of a person of the case, or the reference of a conversation: <c>kennisgeving.gedraging@betrokkene-2</c> counts in
/// documents about or for that person only, <c>gespreksverslag.weergave@gesprek-1</c> in those about that conversation.
/// </summary>
public sealed class DocumentAnswers
{
    private readonly ImmutableSortedDictionary<string, string> _answers;

    private DocumentAnswers(ImmutableSortedDictionary<string, string> answers) => _answers = answers;

    /// <summary>Nothing was filled in.</summary>
    public static DocumentAnswers None { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase));

    /// <summary>Every answer by path, in order of path.</summary>
    public IReadOnlyDictionary<string, string> All => _answers;

    /// <summary>The answer to a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The answer, or <see langword="null"/> when there is none.</returns>
    public string? Find(string path) => _answers.GetValueOrDefault(path);

    /// <summary>These answers and one more; an earlier answer to the same path is replaced.</summary>
    /// <param name="path">The path.</param>
    /// <param name="value">The answer; blank is no answer and takes an earlier one away.</param>
    /// <returns>The answers together.</returns>
    /// <exception cref="ArgumentException">The path is blank.</exception>
    public DocumentAnswers With(string path, string? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(string.IsNullOrWhiteSpace(value) ? _answers.Remove(path) : _answers.SetItem(path, value.Trim()));
    }

    /// <summary>Answers from pairs of path and text, such as those recorded in a dossier.</summary>
    /// <param name="answers">The pairs; of two for one path the last counts.</param>
    /// <returns>The answers.</returns>
    public static DocumentAnswers Of(IEnumerable<KeyValuePair<string, string>> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return answers.Aggregate(None, (all, answer) => all.With(answer.Key, answer.Value));
    }

    /// <summary>Two sets of answers; where both have one, this set's counts.</summary>
    /// <param name="earlier">The set that gives way.</param>
    /// <returns>The answers together.</returns>
    public DocumentAnswers Over(DocumentAnswers earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new(earlier._answers.SetItems(_answers));
    }

    /// <summary>Reads answers from a file: one JSON object with a path and an answer on each line.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="fileName">Its name, for the texts of refusals only.</param>
    /// <returns>The answers, or everything that is wrong with the file.</returns>
    public static Outcome<DocumentAnswers> Read(ReadOnlyMemory<byte> json, string fileName)
    {
        try
        {
            // Notepad puts a byte order mark before UTF-8.
            var start = json.Span.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            using var document = JsonDocument.Parse(json[start..], new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return From(document.RootElement, fileName);
        }
        catch (JsonException e)
        {
            return Outcome<DocumentAnswers>.Refused(new Refusal(
                $"{fileName} is geen geldig JSON-bestand.", $"Het loopt vast op regel {e.LineNumber + 1}, teken {e.BytePositionInLine + 1}.",
                "Kijk daar of er een komma, haakje of aanhalingsteken ontbreekt."));
        }
    }

    /// <summary>Reads answers from a JSON object. An answer is text, a number, <c>true</c>, <c>false</c> or a list of texts; <c>null</c> is no answer.</summary>
    /// <param name="json">The object.</param>
    /// <param name="place">Where it stands, for the texts of refusals only.</param>
    /// <returns>The answers, or everything that is wrong with it.</returns>
    public static Outcome<DocumentAnswers> From(JsonElement json, string place)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Outcome<DocumentAnswers>.Refused(new Refusal(
                "De antwoorden hebben niet de goede vorm.", $"In {place} staat geen object.", "Schrijf { \"kennisgeving.gedraging\": \"…\" }."));
        }

        var refusals = new List<Refusal>();
        var answers = None;
        foreach (var property in json.EnumerateObject())
        {
            var name = JsonText.NameOf(property) ?? "";
            if (string.IsNullOrWhiteSpace(name))
                refusals.Add(Wrong(place, name, "Het antwoord heeft geen naam.", "Schrijf de naam van de vraag voor de dubbele punt."));
            else if (answers.Find(name) is not null)
                refusals.Add(Wrong(place, name, "Het staat er twee keer.", "Haal er een weg."));
            else if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            else if (Text(property.Value) is { } text)
                answers = answers.With(name, text);
            else
                refusals.Add(Wrong(place, name, "Het is geen (hele) tekst, getal, ja of nee, of lijst van teksten.", "Schrijf het antwoord tussen aanhalingstekens, of een lijst tussen [ en ]."));
        }

        return refusals.Count > 0 ? Outcome<DocumentAnswers>.Refused(refusals) : Outcome<DocumentAnswers>.Done(answers);
    }

    /// <summary>
    /// The answers as they count for one document: those for one of its <paramref name="scopes"/> come first, the last scope before all. What is written for nobody in
    /// particular counts for everybody, except the paths in <paramref name="personal"/>: what one person did never gets into another's letter.
    /// </summary>
    internal DocumentAnswers For(IReadOnlyList<string> scopes, IReadOnlySet<string> personal)
    {
        var own = None;
        foreach (var (path, value) in _answers)
        {
            var at = path.LastIndexOf('@');
            if (at < 0 && !personal.Contains(path)) own = own.With(path, value);
        }

        foreach (var scope in scopes)
        {
            foreach (var (path, value) in _answers)
            {
                var at = path.LastIndexOf('@');
                if (at > 0 && string.Equals(path[(at + 1)..], scope, StringComparison.Ordinal)) own = own.With(path[..at], value);
            }
        }

        return own;
    }

    /// <summary>
    /// Before the id of an element: why it is left out of one document (<c>reden:kennisgeving.contact</c>). Recorded among the answers, because it belongs to the
    /// draft as much as an answer does.
    /// </summary>
    public const string ReasonPrefix = "reden:";

    /// <summary>These answers without the reasons among them.</summary>
    internal DocumentAnswers WithoutReasons()
        => _answers.Keys.Any(IsReason) ? new(_answers.RemoveRange(_answers.Keys.Where(IsReason))) : this;

    /// <summary>The reasons among these answers, by element id.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Reasons
        => _answers.Where(answer => IsReason(answer.Key)).Select(answer => KeyValuePair.Create(answer.Key[ReasonPrefix.Length..], answer.Value));

    private static bool IsReason(string path) => path.StartsWith(ReasonPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Yes, no, or <see langword="null"/> when the answer is something else or not there.</summary>
    internal bool? YesOrNo(string path) => Find(path) switch
    {
        { } text when text.Equals("ja", StringComparison.OrdinalIgnoreCase) => true,
        { } text when text.Equals("nee", StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    /// <summary>The lines of an answer, without blank ones and without a leading dash.</summary>
    internal static IReadOnlyList<string> Lines(string answer)
        => [.. answer.Split('\n').Select(line => line.Trim().TrimStart('-', '•').Trim()).Where(line => line.Length > 0)];

    private static string? Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => JsonText.Of(json),
        JsonValueKind.True => "ja",
        JsonValueKind.False => "nee",
        JsonValueKind.Number when json.TryGetDecimal(out var number) => number.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Array when json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && JsonText.Of(item) is not null) => string.Join('\n', json.EnumerateArray().Select(JsonText.Of)),
        _ => null,
    };

    private static Refusal Wrong(string place, string path, string why, string whatNow)
        => new($"Het antwoord op '{path}' kan niet worden gebruikt.", $"{why} Plaats: {place}.", whatNow) { Subject = path };
}
