using System.Text.Json;

using DossierKit.Documents;
using DossierKit.Dossiers;

namespace DossierKit.Host.Cli.Demo;

/// <summary>
/// One letter of a sample dossier, as its <c>brieven.json</c> tells: what somebody of the office would ask of <c>assemble</c>. The file is for the demo and the tests;
/// <c>import</c> does not look at it.
/// </summary>
/// <param name="Kind">The kind of document.</param>
/// <param name="Request">Reader, date, answers and reasons.</param>
/// <param name="IsRefused">Whether the sample shows what is refused: then a letter is not expected.</param>
internal sealed record SampleLetter(string Kind, AssemblyRequest Request, bool IsRefused)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "brieven.json";

    /// <summary>What a folder without the file shows: whether the kennisgeving can go.</summary>
    private static readonly SampleLetter Kennisgeving = new("kennisgeving", new AssemblyRequest { Checked = true }, false);

    /// <summary>The letters of a folder, in the order in which they were sent.</summary>
    /// <exception cref="RefusedException">The file is not as it should be.</exception>
    public static async ValueTask<IReadOnlyList<SampleLetter>> ReadAsync(string folder, CancellationToken ct)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return [Kennisgeving];
        var place = $"{Path.GetFileName(folder)}/{FileName}";
        try
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(path, ct));
            return [.. json.RootElement.EnumerateArray().Select((letter, index) => Read(letter, $"{place}, brief {index + 1}"))];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new RefusedException([new Refusal($"{place} is geen lijst van brieven.", failure.Message, "Schrijf [ { \"soort\": \"kennisgeving\" } ].")]);
        }
    }

    private static SampleLetter Read(JsonElement letter, string place)
    {
        string? kind = null;
        var isRefused = false;
        var request = new AssemblyRequest { Checked = true };
        foreach (var field in letter.EnumerateObject())
        {
            var value = field.Value;
            switch (field.Name)
            {
                case "soort": kind = value.GetString(); break;
                case "aan": request = request with { Addressee = value.GetString() }; break;
                case "persoon": request = request with { AddresseePerson = new PersonId(value.GetString()!) }; break;
                case "betrokkene": request = request with { Betrokkene = new PersonId(value.GetString()!) }; break;
                case "gesprek": request = request with { Conversation = value.GetString() }; break;
                case "datum": request = request with { Date = DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }; break;
                case "redenen": request = request with { Reasons = value.EnumerateObject().ToDictionary(reason => reason.Name, reason => reason.Value.GetString()!, StringComparer.Ordinal) }; break;
                case "antwoorden": request = request with { OwnAnswers = DocumentAnswers.From(value, place).OrRefuse() }; break;
                case "verwacht": isRefused = value.GetString() == "geweigerd"; break;
                default: throw new JsonException($"{place}: '{field.Name}' kent een brief niet.");
            }
        }

        return new SampleLetter(kind ?? throw new JsonException($"{place}: 'soort' ontbreekt."), request, isRefused);
    }
}
