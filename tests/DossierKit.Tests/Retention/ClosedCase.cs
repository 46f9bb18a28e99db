using System.Globalization;
using System.Text;

namespace DossierKit.Tests.Retention;

/// <summary>
/// Writes a closed case to import, with recordings that are due. Every name and content in it begins with "kanarie", so that a scan of everything finds what should be gone.
/// Also used by the faults and the benchmarks.
/// </summary>
internal static class ClosedCase
{
    public static async Task WriteAsync(
        string folder, string number, int recordings = 1, bool transcripts = false, int large = 0, string outcome = "onderzoek-afgebroken", string selectielijst = "12.3", string? copyAs = null)
    {
        Directory.CreateDirectory(folder);
        var events = new StringBuilder();
        var files = new List<string>();
        for (var i = 1; i <= recordings; i++)
        {
            events.Append(CultureInfo.InvariantCulture, $$"""
                {"soort":"gesprek-gehouden","datum":"2025-02-0{{1 + (i % 9)}}","kenmerk":"gesprek-{{i}}","door":"onderzoeker","met":"getuige-1","onderzoekers":["onderzoeker-1"],"begin":"10:00","einde":"11:00"},
                {"soort":"opname-gemaakt","datum":"2025-02-0{{1 + (i % 9)}}","kenmerk":"opname-{{i}}","door":"onderzoeker","met":"getuige-1","gesprek":"gesprek-{{i}}","overlegd":true,"vernietigingVerteld":true},
                """);
            files.Add($$"""{"pad":"kanarienaam-{{number}}-{{i}}.wav","titel":"Kanarietitel {{i}}","soort":"opname","compartiment":"opnamen","datum":"2025-02-10","bij":"gesprek-{{i}}"}""");
            await File.WriteAllBytesAsync(Path.Combine(folder, $"kanarienaam-{number}-{i}.wav"), Wav($"kanariegeluid {number} {i}", i == 1 ? large : 0));
            if (!transcripts) continue;
            files.Add($$"""{"pad":"kanarietranscript-{{number}}-{{i}}.txt","titel":"Kanarietranscript {{i}}","soort":"gespreksverslag","compartiment":"onderzoek","datum":"2025-02-10","bij":"opname-{{i}}"}""");
            await File.WriteAllTextAsync(Path.Combine(folder, $"kanarietranscript-{number}-{i}.txt"), $"kanarietekst {number} {i}");
        }

        if (copyAs is not null)
        {
            // The bytes of the first recording once more, as an earlier version let them be filed.
            File.Copy(Path.Combine(folder, $"kanarienaam-{number}-1.wav"), Path.Combine(folder, "kanariekopie.bin"));
            files.Add($$"""{"pad":"kanariekopie.bin","titel":"Kanariekopie","soort":"{{copyAs}}","compartiment":"onderzoek","datum":"2025-02-11"}""");
        }

        files.Add("""{"pad":"kanariebewijs.txt","titel":"Kanariebewijs","soort":"bewijs","compartiment":"onderzoek","datum":"2025-02-03"}""");
        await File.WriteAllTextAsync(Path.Combine(folder, "kanariebewijs.txt"), $"kanarieinhoud {number}");
        await File.WriteAllTextAsync(Path.Combine(folder, "dossier.json"), $$"""
            {
              "nummer": "{{number}}",
              "protocol": { "id": "waterlanden" },
              "personen": [
                {"id":"melder-1","rol":"melder","vorm":"open","voorletters":"K.","achternaam":"Kanariemelder","positie":"medewerker"},
                {"id":"betrokkene-1","rol":"betrokkene","voorletters":"K.","achternaam":"Kanariebetrokkene","positie":"medewerker"},
                {"id":"getuige-1","rol":"getuige","voorletters":"K.","achternaam":"Kanariegetuige","positie":"medewerker"},
                {"id":"onderzoeker-1","rol":"onderzoeker","voorletters":"A.","achternaam":"Griendhorster","positie":"medewerker","medewerker":"onderzoeker"}
              ],
              "gebeurtenissen": [
                {"soort":"melding-ontvangen","datum":"2025-01-20","kanaal":"fi","aard":"integriteitsschending","vorm":"open","omschrijving":"Kanarieverhaal {{number}}","typen":["lekken-misbruik-informatie"],"melders":["melder-1"],"betrokkenen":["betrokkene-1"]},
                {"soort":"onderzoeker-aangewezen","datum":"2025-01-27","door":"verantwoordelijke","onderzoeker":"onderzoeker-1"},
                {{events}}
                {"soort":"dossier-gesloten","datum":"2025-05-06","door":"fi","afloop":"{{outcome}}","selectielijstklasse":"{{selectielijst}}","grond":"Kanariegrond"}
              ],
              "bestanden": [{{string.Join(',', files)}}]
            }
            """);
    }

    /// <summary>A wav with a text all over it.</summary>
    private static byte[] Wav(string text, int large)
    {
        var data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text + " ", Math.Max(20, large / (text.Length + 1)))));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + data.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8000);
        writer.Write(8000);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(data.Length);
        writer.Write(data);
        writer.Flush();
        return stream.ToArray();
    }
}
