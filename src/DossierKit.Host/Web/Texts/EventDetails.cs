using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;

namespace DossierKit.Host.Web.Texts;

/// <summary>One field of an event on the screen.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Values">One line for each value.</param>
/// <param name="File">The file it names, when that is still there.</param>
public sealed record DetailLine(string Label, IReadOnlyList<string> Values, DossierFile? File = null);

/// <summary>Every field of an event as a reader wants it, from the descriptions of the records themselves: what has no description is for the program and is not shown.</summary>
internal static partial class EventDetails
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<(PropertyInfo Property, string Label)>> Described = new();

    public static IReadOnlyList<DetailLine> Of(OpenDossier dossier, DossierEvent happening) =>
    [
        .. Lines(dossier, happening),
        .. happening switch
        {
            FileAdded added => FileLines(added.File, added.Moved),
            DocumentDrawnUp drawn => [.. DocumentLines(dossier, drawn.Document), .. FileLines(drawn.File, drawn.Moved)],
            _ => Enumerable.Empty<DetailLine>(),
        },
    ];

    /// <summary>What a person filled in of an event, under the labels of its form.</summary>
    public static string LabelOf(string eventName, string field)
        => EventKind.Find(eventName)?.Fields.FirstOrDefault(known => known.Name == field) is { } found ? Short(found.Description) : Labels.Sentence(field);

    private static IEnumerable<DetailLine> Lines(OpenDossier dossier, object part)
    {
        foreach (var (property, label) in Described.GetOrAdd(part.GetType(), Describe))
        {
            var value = property.GetValue(part);
            switch (value)
            {
                case null or "" or false when property.PropertyType == typeof(bool) || value is null or "":
                    break;
                case CasePerson person:
                    foreach (var line in Lines(dossier, person)) yield return line;
                    break;
                case PostalAddress address:
                    yield return new(label, [address.Street, $"{address.PostalCode} {address.Town}"]);
                    break;
                case FileId id:
                    yield return dossier.State.FindFile(id) is { } file ? new(label, [file.Title], file) : new(label, ["Dit bestand is er niet meer, of is niet voor u."]);
                    break;
                case IReadOnlyDictionary<string, string> answers:
                    foreach (var (name, answer) in answers) yield return new(dossier.Protocol.FindElement(name)?.Title ?? name, [answer]);
                    break;
                case string text:
                    yield return new(label, [Word(dossier, property, text)]);
                    break;
                case IEnumerable list:
                    if (list.Cast<object>().Select(item => Text(dossier, item)).ToList() is { Count: > 0 } values) yield return new(label, values);
                    break;
                default:
                    yield return new(label, [Text(dossier, value)]);
                    break;
            }
        }
    }

    private static string Text(OpenDossier dossier, object value) => value switch
    {
        PersonId id => PersonTexts.Of(dossier, id),
        DateOnly day => DutchText.Date(day),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        bool yes => yes ? "ja" : "nee",
        Compartment place => place.Title,
        Delivery delivery => Labels.Of(delivery),
        CaseRole role => Labels.Of(role),
        Position position => Labels.Of(position),
        Enum known => WordOf(known),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Word(OpenDossier dossier, PropertyInfo property, string text) => property.Name switch
    {
        "Office" => dossier.Protocol.Word(text),
        "DocumentKind" => dossier.Protocol.Word(text),
        "Rule" => dossier.Protocol.FindRule(text) is { } rule ? $"{rule.Title} ({rule.Article})" : text,
        _ => text,
    };

    private static string WordOf(Enum value)
        => (string)typeof(Words).GetMethod(nameof(Words.Of))!.MakeGenericMethod(value.GetType()).Invoke(null, [value])! is { } word ? Vastleggen.WordTexts.Of(word) : "";

    private static IEnumerable<DetailLine> FileLines(DossierFile file, FileMove? moved)
    {
        yield return new("Titel", [file.Title]);
        yield return new("Soort bestand", [Labels.Of(file.Kind)]);
        yield return new("Grootte", [DutchText.Size(file.Length)]);
        if (moved is null) yield break;
        yield return new("Verplaatst", [$"op {DutchText.Date(moved.On)} uit {moved.From.Title}", moved.Reason]);
    }

    private static IEnumerable<DetailLine> DocumentLines(OpenDossier dossier, DossierDocument document)
    {
        yield return new("Soort stuk", [dossier.Protocol.Word(document.Kind)]);
        if (document.Addressee is { } to) yield return new("Voor", [PersonTexts.Of(dossier, to)]);
        yield return new("Volgens protocol", [$"{document.Protocol} {document.ProtocolVersion}"]);
        yield return new("Nagekeken op herleidbaarheid", [document.IsChecked ? "ja" : "nee"]);
        foreach (var (element, reason) in document.Reasons) yield return new($"Weggelaten: {dossier.Protocol.FindElement(element)?.Title ?? element}", [reason]);
    }

    private static IReadOnlyList<(PropertyInfo Property, string Label)> Describe(Type type)
        =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(property => (Property: property, Label: property.GetCustomAttribute<DescriptionAttribute>(inherit: true)?.Description))
                .Where(known => known.Label is not null && known.Property.Name is not ("Date" or "By" or "Note"))
                .Select(known => (known.Property, Short(known.Label!))),
        ];

    /// <summary>A description without what only whoever fills it in must know.</summary>
    private static string Short(string description) => Hints().Replace(description, "").Split(", zoals", 2)[0].Split(';', 2)[0].Trim();

    [GeneratedRegex(@"\s*\((aanduiding|id|64|zoals)[^)]*\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hints();
}
