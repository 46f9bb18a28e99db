using DossierKit.Documents;
using DossierKit.Protocols;

namespace DossierKit.Tests.Documents;

/// <summary>
/// The README for makers of templates: its tables are written from the catalogue of fields, the templates and the protocols, so that nobody reads what no longer holds.
/// DOSSIERKIT_WRITE_EXPECTED=1 rewrites them.
/// </summary>
public class TemplatesReadmeTests
{
    [Fact]
    public void Readme_Formats_AreThoseOfTheEngine()
    {
        var readme = File.ReadAllText(RepositoryFiles.Template("README.md"));
        foreach (var format in ValueFormats.All.Split(", ")) readme.ShouldContain($"| `{format}` |");
    }

    [Fact]
    public void Readme_TableOfFields_IsThatOfTheCatalogue() => Check("velden",
    [
        "| veld | wat het is | alleen voor wie mag weten |",
        "|---|---|---|",
        .. LetterField.All.Select(field => $"| `{field.Path}` | {field.Meaning} | {(field.Needs is { } needed ? AddresseeKind.MeaningOf(needed) : "")} |"),
    ]);

    [Fact]
    public void Readme_TableOfTemplates_IsThatOfTheFolder() => Check("sjablonen",
    [
        "| bestand | stuk | wie het leest |",
        "|---|---|---|",
        .. DocumentKinds.All.Where(ShippedTemplates.Kinds.Contains).Select(kind => $"| `{kind}.docx` | {DocumentKinds.CommonName(kind)} | {ReadersOf(kind)} |"),
    ]);

    [Fact]
    public void Readme_TableOfElements_IsThatOfTheProtocols() => Check("onderdelen", [.. DocumentKinds.All.Where(ShippedTemplates.Kinds.Contains).SelectMany(ElementsOf)]);

    private static string ReadersOf(string kind)
    {
        var readers = ProtocolLibrary.Shipped.All.SelectMany(protocol => protocol.FindDocument(kind)?.Addressees ?? []).Append(DocumentTraits.Of(kind).Reader);
        return string.Join(", ", readers.Distinct(StringComparer.Ordinal).Select(reader => ActorNames.CommonName(reader) ?? reader));
    }

    /// <summary>One table for each kind: what the passage says, and how strongly each protocol asks for it.</summary>
    private static IEnumerable<string> ElementsOf(string kind)
    {
        // An overlay repeats the documents of its base; the directeurenteam, the one thing it adds, stands in Waterlanden as well.
        var protocols = ProtocolLibrary.Shipped.All.Where(protocol => protocol.Base is null && protocol.FindDocument(kind) is { Elements.Count: > 0 }).OrderBy(protocol => protocol.Id, StringComparer.Ordinal).ToList();
        if (protocols.Count == 0) yield break;
        yield return $"#### {DocumentKinds.CommonName(kind)}";
        yield return $"| tag | wat er staat | {string.Join(" | ", protocols.Select(protocol => protocol.Id))} |";
        yield return $"|---|---|{string.Concat(protocols.Select(_ => "---|"))}";
        foreach (var id in protocols.SelectMany(protocol => protocol.FindDocument(kind)!.Elements).Select(element => element.Id).Distinct(StringComparer.Ordinal))
        {
            var asked = protocols.Select(protocol => protocol.FindDocument(kind)!.Elements.FirstOrDefault(element => element.Id == id)).ToList();
            var first = protocols.FindIndex(protocol => protocol.Id == "waterlanden") is >= 0 and var home && asked[home] is { } own ? own : asked.OfType<ElementRule>().First();
            yield return $"| `element:{id}` | {first.Title} | {string.Join(" | ", asked.Select(element => element is null ? "" : Word(element)))} |";
        }

        yield return "";
    }

    private static string Word(ElementRule element) => element.Strength switch
    {
        Strength.Must when element.When.Facts.Count > 0 => "moet, soms",
        Strength.Must => "moet",
        Strength.AsARule => "in de regel",
        Strength.May => "mag",
        _ => "als het speelt",
    };

    private static void Check(string part, IReadOnlyList<string> lines)
    {
        var (open, close) = ($"<!-- {part} -->\n", $"<!-- /{part} -->");
        var file = RepositoryFiles.Template("README.md");
        var text = File.ReadAllText(file);
        var (from, to) = (text.IndexOf(open, StringComparison.Ordinal) + open.Length, text.IndexOf(close, StringComparison.Ordinal));
        from.ShouldBeGreaterThan(open.Length);
        var wanted = string.Join('\n', lines) + "\n";
        if (Environment.GetEnvironmentVariable("DOSSIERKIT_WRITE_EXPECTED") == "1") File.WriteAllText(file, text[..from] + wanted + text[to..]);
        else text[from..to].ShouldBe(wanted);
    }
}
