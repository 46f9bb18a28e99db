using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DossierKit.Benchmarks.Serving;

/// <summary>One person at work: does something, thinks, does the next thing.</summary>
internal sealed class LoadUser(Uri address, int index, BigVault vault, Ledger ledger, TimeSpan think)
{
    private readonly Random _random = new(index);
    private readonly HashSet<string> _opened = new(StringComparer.Ordinal);
    private int _serial;

    public async Task RunAsync(Func<bool> goesOn)
    {
        try
        {
            using var client = await SignedClient.SignInAsync(address, BigVault.People[index], "Proef onder belasting");
            while (goesOn())
            {
                try
                {
                    await ActAsync(client);
                }
                catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException or JsonException)
                {
                    ledger.Errors.Add($"user {index}: {failure.Message}");
                }

                // As people do: most go on soon, some look out of the window.
                await Task.Delay(think * -Math.Log(1 - _random.NextDouble()));
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or InvalidOperationException)
        {
            ledger.Errors.Add($"user {index} could not sign in: {failure.Message}");
        }
    }

    private async Task ActAsync(SignedClient client)
    {
        // A handful of dossiers is worked on by all; the rest of a day's work is anywhere.
        var number = BigVault.Number(_random.Next(3) == 0 ? 2 + _random.Next(5) : 2 + _random.Next(vault.Dossiers - 1));
        var mayWrite = BigVault.MayWrite(index);
        switch (_random.Next(100))
        {
            case < 24:
                await PageAsync(client, BigVault.Full, "page of the dossier with 500 documents");
                break;
            case < 42:
                await PageAsync(client, number, "page of another dossier");
                break;
            case < 50:
                await GetAsync(client, "/dossiers", "page with the list of dossiers");
                break;
            case < 58:
                await GetAsync(client, "/werk", "page Mijn werk");
                break;
            case < 72:
                await GetAsync(client, $"/v1/dossiers/{(_random.Next(4) == 0 ? BigVault.Full : number)}{_random.Next(3) switch { 0 => "", 1 => "/gebeurtenissen", _ => "/bestanden" }}", "API: dossier, events, files");
                break;
            case < 86 when mayWrite:
                // Every tenth note goes into the large dossier.
                await NoteAsync(client, _random.Next(10) == 0 ? BigVault.Full : BigVault.Number(2 + _random.Next(5)));
                break;
            case < 93 when mayWrite:
                await UploadAsync(client, number);
                break;
            case < 96 when mayWrite:
                await ConceptAsync(client, number);
                break;
            default:
                await ReadFileAsync(client, number);
                break;
        }
    }

    private async Task PageAsync(SignedClient client, string number, string what)
    {
        await OpenAsync(client, number);
        await GetAsync(client, $"/dossiers/{number}{_random.Next(5) switch { 0 => "", 1 => "/tijdlijn", 2 => "/documenten", 3 => "/personen", _ => "/onderzoek" }}", what);
    }

    private async Task OpenAsync(SignedClient client, string number)
    {
        if (!_opened.Add(number)) return;
        var from = Stopwatch.GetTimestamp();
        await client.OpenAsync(number, default);
        ledger.Took(number == BigVault.Full ? "opening the dossier with 500 documents for the first time" : "opening a dossier for the first time", from);
    }

    private async Task GetAsync(SignedClient client, string path, string what)
    {
        var from = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(path, default);
        ledger.Took(what, from);
        if (answer.StatusCode != HttpStatusCode.OK) ledger.Errors.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {(int)answer.StatusCode} {path}"));
    }

    /// <summary>Reads how many notes there are and writes the next number down, on the version that was read. Two with the same number: one did not see the other.</summary>
    private async Task NoteAsync(SignedClient client, string number)
    {
        for (var tries = 0; tries < 50; tries++)
        {
            using var read = await client.GetAsync($"/v1/dossiers/{number}/gebeurtenissen?soort=journaal-aantekening", default);
            if (read.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"Reading the notes gave {(int)read.StatusCode}.");
            var total = JsonDocument.Parse(await read.Content.ReadAsStreamAsync()).RootElement.GetProperty("total").GetInt32();
            var marker = string.Create(CultureInfo.InvariantCulture, $"merk {index}-{++_serial} nummer {total + 1}.");
            using var content = Json($$"""{"soort":"journaal-aantekening","datum":"2026-11-01","aantekening":"{{marker}}"}""");
            var from = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync($"/v1/dossiers/{number}/gebeurtenissen", content, read.Headers.ETag!.ToString(), null, default);
            ledger.Took("API: recording a note with If-Match", from);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.Created:
                    ledger.Noted(number, marker);
                    return;
                case HttpStatusCode.PreconditionFailed:
                    ledger.Conflict();
                    break;
                default:
                    throw new InvalidOperationException($"Recording gave {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
        }

        throw new InvalidOperationException("Fifty times somebody else was first.");
    }

    private async Task UploadAsync(SignedClient client, string number)
    {
        var bytes = new byte[(20 << 10) + _random.Next(500 << 10)];
        _random.NextBytes(bytes);
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        var from = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsync($"/v1/dossiers/{number}/bestanden", content, "*", null, default,
            ("Bestand-Naam", string.Create(CultureInfo.InvariantCulture, $"proef-{index}-{++_serial}.bin")), ("Bestand-Soort", "bewijs"), ("Bestand-Compartiment", "onderzoek"));
        ledger.Took("API: upload of 20 to 520 KB", from);
        if (answer.StatusCode != HttpStatusCode.Created) throw new InvalidOperationException($"The upload gave {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        var id = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync()).RootElement.GetProperty("id").GetString()!;
        ledger.Files.Add((number, id, Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    private async Task ConceptAsync(SignedClient client, string number)
    {
        using var content = Json("{}");
        var from = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsync($"/v1/dossiers/{number}/documenten/kennisgeving/concept", content, "*", null, default);
        ledger.Took("API: concept of a kennisgeving", from);
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"The concept gave {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task ReadFileAsync(SignedClient client, string number)
    {
        using var list = await client.GetAsync($"/v1/dossiers/{number}/bestanden", default);
        var files = JsonDocument.Parse(await list.Content.ReadAsStreamAsync()).RootElement.GetProperty("items");
        if (files.GetArrayLength() == 0) return;
        var file = files[_random.Next(files.GetArrayLength())];
        var from = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync($"/v1/dossiers/{number}/bestanden/{file.GetProperty("id").GetString()}/inhoud", default);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        ledger.Took("API: reading a file", from);
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"Reading a file gave {(int)answer.StatusCode}.");
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != file.GetProperty("sha256").GetString()) throw new InvalidOperationException("A file has other bytes than were filed.");
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
