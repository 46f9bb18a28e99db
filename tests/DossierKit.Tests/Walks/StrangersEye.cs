using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using DossierKit.Tests.Documents;

namespace DossierKit.Tests.Walks;

/// <summary>
/// Reads a letter as a stranger with a list of names would: every text of every part, letters only, without accents and spaces. Written apart from the name check of
/// the program and from its table of who may know what, so that one mistake cannot pass both.
/// </summary>
internal static class StrangersEye
{
    /// <summary>Readers who decide or carry out: they know whom it is about and who was heard; the melder they never find in a letter.</summary>
    private static readonly string[] Insiders = ["verantwoordelijke", "onderzoeker", "functionaris-integriteit"];

    /// <summary>The names in a letter that its reader may not find there, as "role: name".</summary>
    public static List<string> Forbidden(SampleLetter letter, string to)
    {
        var text = Fold(string.Concat(TextsOf(letter.File!)));
        return [.. Persons(letter.Folder).Where(person => !MayRead(person, letter, to))
            .SelectMany(person => person.Secrets.Where(secret => text.Contains(Fold(secret), StringComparison.Ordinal)).Select(secret => $"{person.Role}: {secret}"))];
    }

    private static bool MayRead(Person person, SampleLetter letter, string to)
    {
        if (person.Id == letter.Addressee) return true;
        return person.Role switch
        {
            // Who investigates and who advises is no secret for anyone who gets a letter.
            "onderzoeker" or "adviseur" => true,
            "vertrouwenspersoon" => person.Of == letter.Addressee,
            "betrokkene" => Insiders.Contains(to) || to is "directeurenteam" or "leidinggevende",
            "getuige" or "benadeelde" or "verwant" => Insiders.Contains(to),
            "raadsman" or "gemachtigde" or "leidinggevende" => person.Of == letter.Addressee || Insiders.Contains(to),
            _ => false,
        };
    }

    /// <summary>Every text of every part, properties and attributes included.</summary>
    public static IEnumerable<string> TextsOf(string docx)
    {
        using var zip = ZipFile.OpenRead(docx);
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal) || entry.FullName.EndsWith(".rels", StringComparison.Ordinal)))
        {
            using var stream = entry.Open();
            var root = XDocument.Load(stream).Root!;
            yield return root.Value;
            foreach (var attribute in root.DescendantsAndSelf().SelectMany(element => element.Attributes()).Where(attribute => !attribute.IsNamespaceDeclaration)) yield return $" {attribute.Value}";
        }
    }

    /// <summary>Letters and digits only, lower case, without accents.</summary>
    public static string Fold(string text)
        => string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => char.IsLetterOrDigit(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark).Select(char.ToLowerInvariant));

    private static List<Person> Persons(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(RepositoryFiles.Sample(folder, "dossier.json")));
        var root = json.RootElement;
        var later = root.GetProperty("gebeurtenissen").EnumerateArray().Where(happening => happening.GetProperty("soort").GetString() == "persoon-toegevoegd").Select(happening => happening.GetProperty("persoon"));
        return [.. root.GetProperty("personen").EnumerateArray().Concat(later).Select(person => new Person(
            person.GetProperty("id").GetString()!,
            person.GetProperty("rol").GetString()!,
            Text(person, "van"),
            [.. new[] { Text(person, "achternaam"), Text(person, "email"), person.TryGetProperty("adres", out var address) && person.GetProperty("rol").GetString() != "vertrouwenspersoon" ? Text(address, "straat") : null }
                .OfType<string>().Where(secret => Fold(secret).Length > 4 && secret != "Dijkplein 1")]))];
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private sealed record Person(string Id, string Role, string? Of, IReadOnlyList<string> Secrets);
}
