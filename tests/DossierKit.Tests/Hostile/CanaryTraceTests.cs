using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using DossierKit.Tests.Cli;
using DossierKit.Tests.Dossiers;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Hostile;

/// <summary>
/// The real program, watched by the kernel, while a word of its own goes in at every place: what is recorded, persons, answers and letters, files and their names, a recording that is
/// played, purposes, wrong and right secrets. Afterwards none of those words stands in any file the program opened to write, in what it said, in its metrics or its environment.
/// </summary>
public sealed partial class CanaryTraceTests
{
    private const string Dossier = "/v1/dossiers/WL-2026-0001";

    // So rare that a match is a leak, and of letters and digits alone: no form, JSON or XML writes it another way.
    private readonly List<(string Where, string Word)> _words = [];

    [Fact]
    public async Task Host_Traced_KeepsNoWordInClear()
    {
        Vault.Store.Strace.SkipWithout();
        using var program = new DossierKitProcess();
        (await program.RunAsync("dossierkit demo --no-serve")).Exit.ShouldBe(0);
        var trace = program.At("trace");
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{ServedVault.FreePort()}"));
        await File.WriteAllTextAsync(program.At("settings.json"), """{ "log": { "format": "json", "requests": true } }""");
        var start = new ProcessStartInfo("strace") { WorkingDirectory = program.Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in (string[])["-f", "-y", "-e", "trace=open,openat,creat", "-o", trace, "dotnet", Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll"), "serve", "--data", "demo-data", "--urls", address.ToString(), "--config", program.At("settings.json")])
            start.ArgumentList.Add(word);
        start.Environment["HOME"] = program.At("home");
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var strace = Process.Start(start)!;
        var said = new StringBuilder();
        strace.OutputDataReceived += (_, line) => Said(line.Data);
        strace.ErrorDataReceived += (_, line) => Said(line.Data);
        strace.BeginOutputReadLine();
        strace.BeginErrorReadLine();
        var (child, metrics, surroundings) = (0, "", "");
        try
        {
            using var client = await SignInAsync(address);
            child = int.Parse((await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{strace.Id}/task/{strace.Id}/children"))).Split(' ')[0], CultureInfo.InvariantCulture);
            await UseAsync(client, address);
            metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            surroundings = await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{child}/environ")) + await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{child}/cmdline"));
        }
        finally
        {
            using (var kill = Process.Start("kill", ["-TERM", (child == 0 ? strace.Id : child).ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
            await strace.WaitForExitAsync();
        }

        _words.Count.ShouldBeGreaterThan(20);
        said.ToString().ShouldContain("/v1/dossiers/{nummer}");
        metrics.ShouldContain("dossierkit");
        var faults = new List<string>();
        foreach (var (name, text) in ((string, string)[])[("what it said", said.ToString()), ("metrics", metrics), ("environment", surroundings)])
            faults.AddRange(_words.Where(known => text.Contains(known.Word, StringComparison.OrdinalIgnoreCase)).Select(known => $"{known.Where} in {name}"));

        var written = (await File.ReadAllLinesAsync(trace)).Select(line => Written().Match(line)).Where(match => match.Success).Select(match => match.Groups["path"].Value).Distinct(StringComparer.Ordinal).ToList();
        written.ShouldContain(path => path.StartsWith(program.At("demo-data/"), StringComparison.Ordinal));
        string[] allowed = [program.At("demo-data"), program.At("demo-data.state"), "/dev/", "/proc/", "/memfd:", "/sys/", "socket:", "pipe:"];
        written.Where(path => !allowed.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))).ShouldBeEmpty();
        foreach (var file in Directory.EnumerateFiles(program.Folder, "*", SearchOption.AllDirectories).Where(file => file != trace))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            faults.AddRange(_words.Where(known => Holds(bytes, known.Word)).Select(known => $"{known.Where} in {Path.GetRelativePath(program.Folder, file)}"));
        }

        // The file names of the vault as well.
        faults.AddRange(_words.Where(known => Directory.EnumerateFileSystemEntries(program.Folder, "*", SearchOption.AllDirectories).Any(path => path.Contains(known.Word, StringComparison.OrdinalIgnoreCase))).Select(known => $"{known.Where} in a file name"));
        faults.ShouldBeEmpty();

        void Said(string? line)
        {
            lock (said) said.AppendLine(line);
        }
    }

    /// <summary>Everything a person does in a day, and what somebody else tries.</summary>
    private async Task UseAsync(HttpClient client, Uri address)
    {
        client.DefaultRequestHeaders.Add("Doel", Word("purpose"));
        client.DefaultRequestHeaders.IfMatch.Add(EntityTagHeaderValue.Any);
        await JsonAsync(client, $"{Dossier}/gebeurtenissen", $$"""{ "soort": "journaal-aantekening", "datum": "2026-03-10", "aantekening": "{{Word("event")}}" }""", 201);
        await JsonAsync(client, $"{Dossier}/gebeurtenissen", $$"""{ "soort": "journaal-aantekening", "{{Word("unknown field")}}": "{{Word("refused event")}}" }""", 400);
        await JsonAsync(client, $"{Dossier}/personen/{Word("address")}", null, 404);
        await FormAsync(client, "/dossiers/WL-2026-0001/doel", 303, ("doel", Word("purpose on a page")));
        await FormAsync(client, "/dossiers/WL-2026-0001/vastleggen/journaal-aantekening", 303, ("datum", "2026-03-10"), ("aantekening", Word("form")));
        await FormAsync(client, "/dossiers/WL-2026-0001/vastleggen/journaal-aantekening", 400, ("datum", "gisteren"), ("aantekening", Word("refused form")));

        // A letter: its answers, the concept that holds them, and the search for who may not be named.
        var page = await client.GetStringAsync(new Uri("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving", UriKind.Relative));
        var field = Answer().Match(page).Groups["name"].Value;
        field.ShouldNotBeEmpty();
        var answer = Word("answer");
        await FormAsync(client, "/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving/antwoorden", 200, (WebUtility.HtmlDecode(field), answer));
        using (var concept = await client.GetAsync(new Uri("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving/concept", UriKind.Relative))) (await concept.Content.ReadAsByteArrayAsync()).Length.ShouldBeGreaterThan(1_000);
        (await client.GetStringAsync(new Uri("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving", UriKind.Relative))).ShouldContain(answer);

        // Files: what is in them, what they are called; a recording that is played in parts.
        foreach (var kind in (string[])["file", "recording"])
        {
            var content = Word(kind);
            var isRecording = kind == "recording";
            var id = await UploadAsync(client, $"{Word(kind + " name")}.{(isRecording ? "wav" : "txt")}", Word(kind + " title"), isRecording, string.Concat(Enumerable.Repeat(content, 20_000)));
            for (var part = 0; part < 3; part++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Dossier}/bestanden/{id}/inhoud", UriKind.Relative));
                request.Headers.Range = new RangeHeaderValue(part * 1_000, (part * 1_000) + 500);
                using var played = await client.SendAsync(request);
                (await played.Content.ReadAsStringAsync()).ShouldContain(content);
            }

            (await client.GetStringAsync(new Uri($"/dossiers/WL-2026-0001/bestanden/{id}/inhoud", UriKind.Relative))).ShouldContain(content);
        }

        using (var half = new MultipartFormDataContent { { new StringContent(Word("field of a refused upload")), "titel" }, { new ByteArrayContent(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Word("refused upload"), 50_000)))), "bestand", "a.txt" } })
        using (var refused = await client.PostAsync(new Uri($"{Dossier}/bestanden", UriKind.Relative), half))
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        // Secrets: shown once, and kept nowhere but as a hash.
        var codes = await FormAsync(client, "/account/herstelcodes", 200);
        foreach (Match code in Code().Matches(codes)) _words.Add(("recovery code", code.Groups["text"].Value));
        var made = await FormAsync(client, "/account/sleutels", 200, ("naam", Word("name of a token")));
        _words.Add(("token", Token().Match(made).Value));
        await FormAsync(client, "/beheer/personen", 303, ("aanduiding", "kanarie-1"), ("naam", Word("staff")));
        var link = Link().Match(await FormAsync(client, "/beheer/personen/kanarie-1/link", 200)).Groups["token"].Value;
        _words.Add(("one-time link", link));
        using var stranger = new HttpClient { BaseAddress = address };
        (await stranger.GetStringAsync(new Uri($"/aanmelden/link/{link}", UriKind.Relative))).ShouldNotBeEmpty();
        await FormAsync(stranger, "/aanmelden/herstel", 400, ("code", Word("wrong recovery code")));
        await FormAsync(stranger, "/aanmelden/toegangssleutel", 400, ("poging", Word("wrong attempt")), ("antwoord", Word("wrong passkey")));
        using (await stranger.GetAsync(new Uri($"/aanmelden/link/{Word("wrong link")}", UriKind.Relative))) { }
        using (await stranger.GetAsync(new Uri($"/aanmelden?naar=/{Word("next page")}", UriKind.Relative))) { }
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", "dossierkit_" + Word("wrong token"));
        using (await stranger.GetAsync(new Uri("/v1/dossiers", UriKind.Relative))) { }

        // The log itself, looked through and taken out.
        using (await client.GetAsync(new Uri($"/logboek?persoon={Word("filter")}", UriKind.Relative))) { }
        (await FormAsync(client, "/logboek/meenemen", 200)).ShouldContain(_words.Find(known => known.Where == "purpose").Word);
        await FormAsync(client, "/logboek/nakijken", 200);
        await FormAsync(client, "/afmelden", 303);
    }

    private string Word(string where)
    {
        var word = $"kanarie{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(9))}";
        _words.Add((where, word));
        return word;
    }

    // As it is, as a Windows program would write it, and turned round in base64 at no offset that can be missed.
    private static bool Holds(byte[] bytes, string word)
        => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(word)) >= 0
            || Enumerable.Range(0, 3).Any(offset => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', offset) + word))[4..^4])) >= 0);

    private static async Task JsonAsync(HttpClient client, string path, string? body, int expected)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(path, UriKind.Relative));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(expected, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> FormAsync(HttpClient client, string path, int expected, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), form);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(expected, $"{path}: {text}");
        return text;
    }

    private static async Task<string> UploadAsync(HttpClient client, string name, string title, bool isRecording, string content)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in isRecording ? [("gesprek", "gesprek-1"), ("overlegd", "ja"), ("vernietigingVerteld", "ja"), ("titel", title)]
            : ((string, string)[])[("titel", title), ("soort", "bewijs"), ("compartiment", "onderzoek"), ("datum", "2026-03-02")]) form.Add(new StringContent(value), field);
        form.Add(new ByteArrayContent([.. isRecording ? Sounds.Wav(1)[..44] : [], .. Encoding.ASCII.GetBytes(content)]), "bestand", name);
        using var answer = await client.PostAsync(new Uri($"{Dossier}/{(isRecording ? "opnamen" : "bestanden")}", UriKind.Relative), form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var made = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (isRecording ? made["bestand"]! : made)["id"]!.GetValue<string>();
    }

    private async Task<HttpClient> SignInAsync(Uri address)
    {
        var cookies = new CookieContainer();
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        using var form = new FormUrlEncodedContent([new("persoon", "fi")]);
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var signedIn = await client.PostAsync(new Uri("/aanmelden/voorbeeld", UriKind.Relative), form);
                break;
            }
            catch (HttpRequestException) when (tries < 600)
            {
                await Task.Delay(100);
            }
        }

        var token = ServedVault.FormTokenIn(await client.GetStringAsync(new Uri("/werk", UriKind.Relative)));
        _words.Add(("form token", token));
        _words.Add(("session cookie", cookies.GetCookies(address)["dossierkit"]!.Value));
        client.DefaultRequestHeaders.Add("X-CSRF-Token", token);
        return client;
    }

    [GeneratedRegex("(O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE|creat\\().* = \\d+<(?<path>[^>]+)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();

    [GeneratedRegex("name=\"(?<name>antwoord:[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Answer();

    [GeneratedRegex("<span class=\"dk-code\">(?<text>[^<]+)</span>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex("dossierkit_[A-Za-z0-9_-]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    [GeneratedRegex("/aanmelden/link/(?<token>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
