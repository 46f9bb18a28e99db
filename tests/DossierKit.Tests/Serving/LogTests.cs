using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace DossierKit.Tests.Serving;

/// <summary>
/// The log of a host is read by people who may not know who is in a case. It is the log of the real program, with a line for every request, while somebody does what leaves traces elsewhere:
/// numbers in addresses, a purpose with a name, content, wrong tokens, mangled requests.
/// </summary>
public sealed partial class LogTests(ServedVault served) : IClassFixture<ServedVault>
{
    private static readonly string[] Canaries =
    [
        "WL-2026", "WL-2099", "kanarie", "Kwelderhof", "Schelpenwaard", "Plassenberger", "melder-1", "betrokkene-1", "naar=", "\"fi\"", "persoon=", "http://", "dossierkit=", "127.0.0.1",
    ];

    [Fact]
    public async Task Log_WhileEverythingIsAsked_HoldsPatternsAndNothingElse()
    {
        var (process, address) = Start();
        using var running = process;
        var log = new StringBuilder();
        process.ErrorDataReceived += (_, line) => log.AppendLine(line.Data);
        process.BeginErrorReadLine();
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
            await ReadyAsync(client, process);
            using (var form = new FormUrlEncodedContent([new("persoon", "fi"), new("naar", "/dossiers/WL-2026-0001")])) await client.PostAsync(Path("/aanmelden/voorbeeld"), form);
            var token = ServedVault.FormTokenIn(await client.GetStringAsync(Path("/werk")));
            token.ShouldNotBeEmpty();
            client.DefaultRequestHeaders.Add("Doel", "Gesprek%20over%20Kwelderhof%20kanarie");
            foreach (var path in (string[])[
                "/dossiers", "/dossiers/WL-2026-0001", "/v1/dossiers", "/v1/dossiers/WL-2026-0001", "/v1/dossiers/WL-2099-0001", "/v1/dossiers/WL-2026-0001/gebeurtenissen", "/v1/dossiers/WL-2026-0001/personen",
                "/v1/dossiers/WL-2026-0001/bestanden/kanarie/inhoud", "/dossiers/kanarie/doel?naar=%2Fkanarie", "/kanarie/Kwelderhof", "/aanmelden/link/kanarie-0123456789", "/metrics", "/gezondheid", "/beheer", "/v1/openapi.json"])
                using (await client.GetAsync(Path(path))) { }

            foreach (var (path, body, type) in ((string, string, string)[])[
                ("/v1/dossiers/WL-2026-0001/gebeurtenissen", """{"soort":"journaal-aantekening","datum":"2026-11-01","aantekening":"kanarie Schelpenwaard"}""", "application/json"),
                ("/v1/dossiers/WL-2026-0001/gebeurtenissen", """{"soort":"kanarie""", "application/json"),
                ("/dossiers/WL-2026-0001/doel", $"doel=kanarie&formulier={token}", "application/x-www-form-urlencoded"),
                ("/v1/dossiers/WL-2026-0001/bestanden", "--x\r\nkanarie", "multipart/form-data; boundary=y"), ("/afmelden", "formulier=kanarie", "application/x-www-form-urlencoded")])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, Path(path)) { Content = new StringContent(body, Encoding.UTF8) };
                request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
                if (!path.EndsWith("afmelden", StringComparison.Ordinal)) request.Headers.Add("X-CSRF-Token", token);
                request.Headers.TryAddWithoutValidation("If-Match", "*");
                using (await client.SendAsync(request)) { }
            }

            await MangledAsync(address, "GET /kanarie\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", "KANARIE / HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET / HTTP/1.1\r\nHost: kanarie.example\r\n\r\n", "GET / HTTP/1.1\r\nkanarie\r\n\r\n");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        var text = log.ToString();
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines.Length.ShouldBeGreaterThan(20);
        foreach (var line in lines) JsonDocument.Parse(line).RootElement.GetProperty("Category").GetString()!.ShouldStartWith("DossierKit");
        text.ShouldContain("GET /v1/dossiers/{nummer}");
        foreach (var canary in Canaries) text.ShouldNotContain(canary, Case.Insensitive);
    }

    private (Process Process, Uri Address) Start()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var address = new Uri($"http://localhost:{((IPEndPoint)port.LocalEndpoint).Port}");
        port.Stop();
        var settings = served.Folder.At("log-settings.json");
        File.WriteAllText(settings, """{ "log": { "format": "json", "requests": true } }""");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var word in (string[])[System.IO.Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll"), "serve", "--data", served.Folder.At("demo-data"), "--urls", address.ToString(), "--config", settings]) start.ArgumentList.Add(word);
        return (Process.Start(start)!, address);
    }

    private static async Task ReadyAsync(HttpClient client, Process process)
    {
        while (!process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(Path("/gezondheid"));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException($"The program ended with {process.ExitCode}.");
    }

    private static async Task MangledAsync(Uri address, params string[] requests)
    {
        foreach (var request in requests)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(address.Host, address.Port);
            var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            socket.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null);
        }
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);

}
