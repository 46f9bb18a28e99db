using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>One file of a selectielijst to import.</summary>
/// <param name="Name">Its own name.</param>
/// <param name="Content">The bytes.</param>
public sealed record SelectielijstSource(string Name, ReadOnlyMemory<byte> Content);

/// <summary>
/// Reads the official selectielijst as it is published in JSON: one file with the results and one with the procestypen, in any order; or one file as this program writes it.
/// Every result becomes a class that can be used, or stays in the list as one that cannot, with the reason. Every mistake at once.
/// </summary>
public static partial class SelectielijstImport
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxFile = 16 << 20;

    /// <summary>Reads a list.</summary>
    /// <param name="files">The files.</param>
    /// <param name="id">The id of the version; <see langword="null"/>: taken from the year in a file's name, such as <c>selectielijst_2020_resultaten.json</c>.</param>
    /// <returns>The list, or everything that is wrong.</returns>
    public static Outcome<Selectielijst> Read(IReadOnlyList<SelectielijstSource> files, string? id)
    {
        var read = ReadFile(files, id);
        return read.IsDone ? Outcome<Selectielijst>.Done(read.Value.ToList()) : Outcome<Selectielijst>.Refused(read.Refusals);
    }

    internal static Outcome<SelectielijstFile> ReadFile(IReadOnlyList<SelectielijstSource> files, string? id)
    {
        ArgumentNullException.ThrowIfNull(files);
        var refusals = new List<Refusal>();
        var results = new List<(string File, OfficialResult Record)>();
        var processes = new Dictionary<int, int>();
        SelectielijstFile? own = null;
        foreach (var file in files)
        {
            if (file.Content.Length > MaxFile)
            {
                refusals.Add(new("Dit bestand is te groot.", $"{file.Name}.", "Een selectielijst heeft ten hoogste 16 MiB."));
                continue;
            }

            try
            {
                using var json = JsonDocument.Parse(file.Content);
                if (json.RootElement.ValueKind == JsonValueKind.Object) own = json.RootElement.Deserialize(SelectielijstJsonContext.Default.SelectielijstFile);
                else Sort(file.Name, json.RootElement, results, processes, refusals);
            }
            catch (JsonException problem)
            {
                // The message could quote the file; the place is enough.
                refusals.Add(new("Dit bestand is geen selectielijst.", string.Create(CultureInfo.InvariantCulture, $"{file.Name}, regel {(problem.LineNumber ?? 0) + 1}, {problem.Path}."), "Gebruik de bestanden met resultaten en procestypen, of een lijst van dit programma."));
            }
        }

        if (refusals.Count > 0) return Outcome<SelectielijstFile>.Refused(refusals);
        if (own is not null && files.Count == 1) return Check(id is null ? own : own with { Id = id }, refusals);
        if (own is not null || results.Count == 0 || processes.Count == 0)
            return Outcome<SelectielijstFile>.Refused(new Refusal("Hier mist een bestand.", "De lijst bestaat uit een bestand met resultaten en een bestand met procestypen.", "Geef beide bestanden."));
        id ??= files.Select(file => Year().Match(file.Name)).FirstOrDefault(match => match.Success)?.Groups["year"].Value is { } year ? $"selectielijst-{year}" : null;
        if (id is null) return Outcome<SelectielijstFile>.Refused(new Refusal("De versie van de lijst is niet bekend.", "Uit de namen van de bestanden blijkt geen jaar.", "Geef de versie een naam, zoals selectielijst-2020.") { Subject = "versie" });
        return Check(Build(id, results, processes, refusals), refusals);
    }

    private static void Sort(string name, JsonElement array, List<(string, OfficialResult)> results, Dictionary<int, int> processes, List<Refusal> refusals)
    {
        if (array.ValueKind != JsonValueKind.Array) throw new JsonException("No array.", "$", 0, 0);
        var at = 0;
        foreach (var item in array.EnumerateArray())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{name}, $[{at++}].");
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("model", out var model) || !item.TryGetProperty("fields", out _))
            {
                refusals.Add(new("Dit onderdeel is geen resultaat en geen procestype.", place, "Gebruik de bestanden zoals ze zijn gepubliceerd."));
                continue;
            }

            switch (model.GetString())
            {
                case "selectielijst.resultaat":
                    results.Add((place, item.Deserialize(SelectielijstJsonContext.Default.OfficialResult)!));
                    break;
                case "selectielijst.procestype":
                    var process = item.Deserialize(SelectielijstJsonContext.Default.OfficialProcess)!;
                    processes[process.Id] = process.Fields.Number;
                    break;
                default:
                    refusals.Add(new("Dit onderdeel is geen resultaat en geen procestype.", place, "Laat dit bestand weg."));
                    return;
            }
        }
    }

    private static SelectielijstFile Build(string id, List<(string Place, OfficialResult Record)> results, Dictionary<int, int> processes, List<Refusal> refusals)
    {
        var generic = results.Where(result => result.Record.Fields.Generic is null).ToDictionary(result => result.Record.Id, result => result.Record.Fields);
        var lines = new List<(int[] Order, SelectielijstLine Line)>();
        foreach (var (place, record) in results)
        {
            var fields = record.Fields;
            if (!processes.TryGetValue(fields.Process, out var process))
            {
                refusals.Add(new("Het procestype van dit resultaat ontbreekt.", place, "Geef ook het bestand met de procestypen."));
                continue;
            }

            int[] order;
            if (fields.Generic is not { } parent) order = [process, fields.Number];
            else if (generic.TryGetValue(parent, out var above) && above.Process == fields.Process) order = [process, above.Number, fields.Number];
            else
            {
                refusals.Add(new("Het algemene resultaat waar dit bij hoort, ontbreekt of hoort bij een ander procestype.", place, "Gebruik de bestanden zoals ze zijn gepubliceerd."));
                continue;
            }

            var name = fields.Description.Trim() is { Length: > 0 } more ? $"{fields.Name.Trim()}: {more}" : fields.Name.Trim();
            lines.Add((order, new SelectielijstLine
            {
                Number = string.Join('.', order.Select(part => part.ToString(CultureInfo.InvariantCulture))),
                Name = name,
                Nominatie = fields.Valuation.Length == 0 ? null : JsonWords.Find<Nominatie>(fields.Valuation) ?? Unknown(place, refusals),
                ProcessTerm = fields.ProcessTerm.Length == 0 ? null : fields.ProcessTerm,
                ProcessTermNote = fields.ProcessTermNote.Trim().Length == 0 ? null : fields.ProcessTermNote.Trim(),
                Term = fields.Term,
            }));
        }

        return new SelectielijstFile
        {
            Id = id,
            Title = Titled(id),
            Source = "officiële lijst, ingelezen",
            TransferAfter = ShippedSelectielijst.List.TransferAfter,
            TransferArticle = ShippedSelectielijst.List.TransferArticle,
            Results = [.. lines.OrderBy(line => line.Order[0]).ThenBy(line => line.Order[1]).ThenBy(line => line.Order.Length > 2 ? line.Order[2] : 0).Select(line => line.Line)],
        };
    }

    private static Outcome<SelectielijstFile> Check(SelectielijstFile file, List<Refusal> refusals)
    {
        if (!Id().IsMatch(file.Id)) refusals.Add(new("Deze naam van de versie kan niet.", "Een naam heeft kleine letters, cijfers en streepjes.", "Kies een naam zoals selectielijst-2020.") { Subject = "versie" });
        foreach (var twice in file.Results.GroupBy(line => line.Number, StringComparer.Ordinal).Where(group => group.Count() > 1))
            refusals.Add(new($"Resultaat {twice.Key} staat er twee keer.", "Elk nummer wijst één resultaat aan.", "Haal er een weg."));
        foreach (var line in file.Results)
        {
            if (!Number().IsMatch(line.Number)) refusals.Add(new($"'{line.Number}' is geen nummer van een resultaat.", "Een nummer is zoals 12.1 of 12.1.7.", "Kijk het nummer na."));
            if (line.Term is not null && !IsoPeriod.TryParse(line.Term, out _)) refusals.Add(new($"De bewaartermijn van resultaat {line.Number} is niet te lezen.", "Een termijn is zoals P10Y, P1Y6M of P42D.", "Kijk de termijn na."));
        }

        if (!IsoPeriod.TryParse(file.TransferAfter, out _)) refusals.Add(new("De termijn van overbrengen is niet te lezen.", "Een termijn is zoals P20Y.", "Kijk de termijn na."));
        return refusals.Count > 0 ? Outcome<SelectielijstFile>.Refused(refusals) : Outcome<SelectielijstFile>.Done(file);
    }

    private static Nominatie? Unknown(string place, List<Refusal> refusals)
    {
        refusals.Add(new("Deze waardering bestaat niet.", place, "Een waardering is vernietigen of blijvend_bewaren."));
        return null;
    }

    private static string Titled(string id) => string.Concat(id[..1].ToUpperInvariant(), id[1..].Replace('-', ' '));

    [GeneratedRegex("(^|[^0-9])(?<year>20[0-9]{2})([^0-9]|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Year();

    [GeneratedRegex("^[a-z][a-z0-9-]{2,63}\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("^[1-9][0-9]{0,2}(\\.[1-9][0-9]{0,2}){1,2}\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}

/// <summary>A result as it is published.</summary>
internal sealed record OfficialResult([property: JsonPropertyName("pk")] int Id, [property: JsonPropertyName("fields")] OfficialResultFields Fields);

/// <summary>What the program uses of a published result.</summary>
internal sealed record OfficialResultFields
{
    [JsonPropertyName("proces_type")] public required int Process { get; init; }

    [JsonPropertyName("generiek_resultaat")] public int? Generic { get; init; }

    [JsonPropertyName("nummer")] public required int Number { get; init; }

    [JsonPropertyName("naam")] public required string Name { get; init; }

    [JsonPropertyName("omschrijving")] public string Description { get; init => field = value ?? ""; } = "";

    [JsonPropertyName("waardering")] public required string Valuation { get; init; }

    [JsonPropertyName("procestermijn")] public string ProcessTerm { get; init => field = value ?? ""; } = "";

    [JsonPropertyName("procestermijn_opmerking")] public string ProcessTermNote { get; init => field = value ?? ""; } = "";

    [JsonPropertyName("bewaartermijn")] public string? Term { get; init; }
}

/// <summary>A procestype as it is published.</summary>
internal sealed record OfficialProcess([property: JsonPropertyName("pk")] int Id, [property: JsonPropertyName("fields")] OfficialProcessFields Fields);

/// <summary>What the program uses of a published procestype.</summary>
internal sealed record OfficialProcessFields([property: JsonPropertyName("nummer")] int Number);
