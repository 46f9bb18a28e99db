using System.Net;
using System.Net.Sockets;
using System.Text;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Hostile;

/// <summary>What every answer carries, whatever was asked and however it went: nothing is cached, framed, sniffed or loaded from elsewhere.</summary>
public sealed class AnswerHeaderTests(ServedVault served) : IClassFixture<ServedVault>
{
    [Fact]
    public async Task EveryRoute_EveryVisitor_AnswersWithTheHeaders()
    {
        var dossier = await OpenSample.OfAsync(served, "WL-2026-0001");
        var faults = new List<string>();
        foreach (var client in (HttpClient[])[served.CreateStranger(followRedirects: false), await served.CreateClientAsync("vreemde", followRedirects: false), await served.CreateClientAsync("fi", followRedirects: false)])
        {
            await OpenAsync(client, "WL-2026-0001");
            foreach (var route in HostRoutes.Of(served).Where(route => !(route.Pattern == "/afmelden")))
            {
                foreach (var address in HostRoutes.AddressesOf(route, dossier).Take(2))
                {
                    using var request = new HttpRequestMessage(new HttpMethod(route.Method), new Uri(address, UriKind.Relative));
                    using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                    faults.AddRange(Missing(answer).Select(fault => $"{route} ({(int)answer.StatusCode}): {fault}"));
                    if ((int)answer.StatusCode >= 500) faults.Add($"{route}: answered {(int)answer.StatusCode}");
                }
            }
        }

        faults.Distinct().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/bestaat-niet")]
    [InlineData("/v1/bestaat-niet")]
    [InlineData("/assets/bestaat-niet.css")]
    [InlineData("/dossiers/WL-2099-0001")]
    public async Task NotThere_AnyAddress_AnswersWithTheHeaders(string path)
    {
        foreach (var client in (HttpClient[])[served.CreateStranger(followRedirects: false), await served.CreateClientAsync("fi", followRedirects: false)])
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            ((int)answer.StatusCode).ShouldBeInRange(300, 499);
            Missing(answer).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("TRACE", "/werk")]
    [InlineData("CONNECT", "/werk")]
    [InlineData("PROPFIND", "/dossiers")]
    [InlineData("PUT", "/werk")]
    [InlineData("DELETE", "/dossiers/WL-2026-0001")]
    [InlineData("ONZIN", "/werk")]
    public async Task Method_NotKnownHere_IsRefused(string method, string path)
    {
        var client = await served.CreateClientAsync("fi", followRedirects: false);
        await OpenAsync(client, "WL-2026-0001");
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        HttpResponseMessage answer;
        try
        {
            answer = await client.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            // Kestrel hangs up on CONNECT to a path.
            return;
        }

        using (answer)
        {
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.NotImplemented);
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
            Missing(answer).ShouldBeEmpty();
        }
    }

    /// <summary>A link in an answer built from the Host header would lead a visitor away (or poison a cache): another name changes nothing in what is answered.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/werk")]
    [InlineData("/aanmelden")]
    public async Task Host_OfAnother_IsNeverRepeated(string path)
    {
        foreach (var host in (string[])["kwaad.example", "kwaad.example:80", "localhost.kwaad.example"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.Host = host;
            request.Headers.TryAddWithoutValidation("X-Forwarded-Host", host);
            request.Headers.TryAddWithoutValidation("Forwarded", $"host={host}");
            using var answer = await served.CreateStranger(followRedirects: false).SendAsync(request);
            answer.Headers.ToString().ShouldNotContain("kwaad");
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("kwaad");
        }
    }

    /// <summary>A demo signs anybody in who reaches it: only this machine may, so a name of another machine that leads here (DNS rebinding) gets nothing.</summary>
    [Fact]
    public async Task DemoSignIn_AskedByAnotherHostName_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/aanmelden/voorbeeld", UriKind.Relative)) { Content = new FormUrlEncodedContent([new("persoon", "fi")]) };
        request.Headers.Host = "kwaad.example";
        using var answer = await served.CreateStranger(followRedirects: false).SendAsync(request);
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    /// <summary>What HttpClient would not send: line ends in the address and in headers, an absolute address, a path that climbs.</summary>
    [Theory]
    [InlineData("GET /dossiers/%0d%0aSet-Cookie:%20dossierkit=kwaad/doel HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /aanmelden?naar=/%0d%0aSet-Cookie:%20dossierkit=kwaad HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET http://kwaad.example/werk HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /dossiers/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /assets/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /assets/%2e%2e/%2e%2e/dossierkit.dll HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /werk HTTP/1.1\r\nHost: localhost\r\nHost: kwaad.example\r\n\r\n")]
    [InlineData("GET /werk HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("GET /werk HTTP/1.1\r\nHost: localhost\r\nCookie: dossierkit=\u0001\u0002\r\n\r\n")]
    [InlineData("POST /aanmelden/voorbeeld HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 40\r\n\r\npersoon=fi%0d%0aSet-Cookie%3a%20kwaad%3d")]
    public async Task RawRequest_MeantToConfuse_GivesNothing(string text)
    {
        var answer = await RawAsync(text);
        answer.ShouldStartWith("HTTP/1.1 ");
        answer.ShouldNotContain("HTTP/1.1 5");
        var headers = answer.Split("\r\n\r\n")[0].Split("\r\n");
        headers.ShouldNotContain(line => line.StartsWith("Set-Cookie", StringComparison.OrdinalIgnoreCase));
        headers.ShouldNotContain(line => line.Contains("//kwaad.example", StringComparison.Ordinal));
        answer.ShouldNotContain("root:");
    }

    [Fact]
    public async Task Session_GivenByAnother_IsNotTaken()
    {
        // Fixation: whoever knows a token from before the sign-in must know nothing after it.
        var planted = new string('A', 43);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/aanmelden/voorbeeld", UriKind.Relative)) { Content = new FormUrlEncodedContent([new("persoon", "fi")]) };
        request.Headers.TryAddWithoutValidation("Cookie", $"dossierkit={planted}");
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = served.Address };
        using var answer = await client.SendAsync(request);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("dossierkit=", StringComparison.Ordinal));
        cookie.ShouldNotContain(planted);
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("domain=");

        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri("/werk", UriKind.Relative));
        again.Headers.TryAddWithoutValidation("Cookie", $"dossierkit={planted}");
        using var refused = await client.SendAsync(again);
        ((int)refused.StatusCode).ShouldBeInRange(300, 399);
    }

    [Theory]
    [InlineData("https://kwaad.example/")]
    [InlineData("//kwaad.example/")]
    [InlineData("/\\kwaad.example/")]
    [InlineData("\\\\kwaad.example/")]
    [InlineData("/\t/kwaad.example/")]
    [InlineData("/%09/kwaad.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http:kwaad.example")]
    [InlineData(" //kwaad.example")]
    [InlineData("/\r\nLocation: https://kwaad.example")]
    [InlineData("/.//kwaad.example")]
    [InlineData("/..//kwaad.example/")]
    public async Task NextPage_OfAnotherSite_IsNotFollowed(string next)
    {
        using var form = new FormUrlEncodedContent([new("persoon", "fi"), new("naar", next)]);
        using var answer = await served.CreateStranger(followRedirects: false).PostAsync(new Uri("/aanmelden/voorbeeld", UriKind.Relative), form);
        var leads = answer.Headers.Location is { } location ? new Uri(served.Address, location.OriginalString) : served.Address;
        served.Address.IsBaseOf(leads).ShouldBeTrue(leads.ToString());

        var client = await served.CreateClientAsync("fi", followRedirects: false);
        using var purpose = new FormUrlEncodedContent([new("doel", "Proef"), new("naar", next)]);
        using var opened = await client.PostAsync(new Uri("/dossiers/WL-2026-0001/doel", UriKind.Relative), purpose);
        var into = new Uri(served.Address, opened.Headers.Location!.OriginalString);
        served.Address.IsBaseOf(into).ShouldBeTrue(into.ToString());
    }

    internal static async Task OpenAsync(HttpClient client, string number)
    {
        using var form = new FormUrlEncodedContent([new("doel", "Proef")]);
        using var answer = await client.PostAsync(new Uri($"/dossiers/{number}/doel", UriKind.Relative), form);
    }

    private static IEnumerable<string> Missing(HttpResponseMessage answer)
    {
        var policy = Header(answer, "Content-Security-Policy");
        // Content of a dossier is shown in a sandbox of its own: what it styles stays inside.
        var isSandboxed = policy.EndsWith("; sandbox", StringComparison.Ordinal);
        if (!policy.StartsWith("default-src 'none'", StringComparison.Ordinal) || !(isSandboxed || (policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) && !policy.Contains("unsafe", StringComparison.Ordinal))))
            yield return $"policy '{policy}'";
        if (Header(answer, "X-Content-Type-Options") != "nosniff") yield return "may be sniffed";
        if (Header(answer, "Referrer-Policy") != "no-referrer") yield return "tells where it came from";
        if (Header(answer, "Cross-Origin-Resource-Policy") != "same-origin") yield return "may be loaded by others";
        if (Header(answer, "X-Frame-Options") is not ("DENY" or "SAMEORIGIN")) yield return "may be framed";
        if (Header(answer, "Server").Length + Header(answer, "X-Powered-By").Length > 0) yield return "says what it is made of";
        var isAsset = answer.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/assets/", StringComparison.Ordinal) && answer.IsSuccessStatusCode;
        var isPublic = isAsset || answer.RequestMessage.RequestUri.AbsolutePath is "/v1/openapi.json" or "/.well-known/security.txt";
        if (!isPublic && !Header(answer, "Cache-Control").Contains("no-store", StringComparison.Ordinal)) yield return $"may be kept: '{Header(answer, "Cache-Control")}'";
        if (answer.Content.Headers.ContentType is { MediaType: var type } && type?.StartsWith("text/", StringComparison.Ordinal) == true && answer.Content.Headers.ContentType.CharSet is null) yield return $"text without a character set ({type})";
    }

    private static string Header(HttpResponseMessage answer, string name)
        => string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : answer.Content.Headers.TryGetValues(name, out values) ? values : []);

    private async Task<string> RawAsync(string text)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(served.Address.Host, served.Address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            return await reader.ReadToEndAsync(patience.Token);
        }
        catch (IOException)
        {
            return "HTTP/1.1 (hung up)";
        }
    }
}
