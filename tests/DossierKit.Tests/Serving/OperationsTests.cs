using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using DossierKit.Host.Serving;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DossierKit.Tests.Serving;

public sealed class OperationsTests(ServedVault served) : IClassFixture<ServedVault>
{
    [Fact]
    public async Task Health_Well_SaysSoToAnybody()
    {
        using var answer = await served.CreateStranger().GetAsync(Path("/gezondheid"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("gezond\n");
    }

    [Fact]
    public async Task Metrics_AfterRequests_CountsByPatternAndNamesNothing()
    {
        var client = await served.CreateClientAsync("fi");
        (await client.GetAsync(Path("/v1/dossiers/WL-2026-0001"))).EnsureSuccessStatusCode();
        await client.GetAsync(Path("/bestaat-niet-geheim"));
        var text = await served.CreateStranger().GetStringAsync(Path("/metrics"));
        text.ShouldContain("dossierkit_request_seconds_count{method=\"GET\",route=\"/v1/dossiers/{nummer}");
        text.ShouldContain("dossierkit_up 1");
        foreach (var canary in (string[])["WL-2026", "geheim", "plassenberger", "\"fi\""]) text.ShouldNotContain(canary, Case.Insensitive);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    public async Task Metrics_ThroughAProxyOnThisMachine_IsNotThere(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path("/metrics"));
        request.Headers.TryAddWithoutValidation(header, "203.0.113.9");
        using var answer = await served.CreateStranger().SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task AnyPage_UnderAnotherName_IsRefused()
    {
        // A page elsewhere whose name is made to lead here would otherwise speak to this host as if it were its own.
        using var request = new HttpRequestMessage(HttpMethod.Get, Path("/aanmelden"));
        request.Headers.Host = "aanvaller.example";
        using var answer = await served.CreateStranger().SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task BehindProxy_NamedOne_IsBelievedAndPlainHttpIsLedToHttps()
    {
        var behind = await ServedVault.StartNewAsync(settings => settings with { Proxies = [IPNetwork.Parse("127.0.0.0/8")], Origin = new Uri("https://dossiers.example"), HasOrigin = true });
        await using var _ = behind;
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = behind.Address };

        using var secure = await client.SendAsync(Forwarded("https"));
        secure.StatusCode.ShouldBe(HttpStatusCode.OK);
        secure.Headers.Contains("Strict-Transport-Security").ShouldBeTrue();

        using var plain = await client.SendAsync(Forwarded("http"));
        plain.StatusCode.ShouldBe(HttpStatusCode.PermanentRedirect);
        plain.Headers.Location!.ToString().ShouldBe("https://dossiers.example/aanmelden");

        static HttpRequestMessage Forwarded(string scheme) => new(HttpMethod.Get, Path("/aanmelden")) { Headers = { { "X-Forwarded-For", "203.0.113.9" }, { "X-Forwarded-Proto", scheme }, { "Host", "dossiers.example" } } };
    }

    [Fact]
    public async Task NoProxyNamed_ForwardedHeaders_AreNotBelieved()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path("/aanmelden")) { Headers = { { "X-Forwarded-Proto", "https" } } };
        using var answer = await served.CreateStranger().SendAsync(request);
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Fact]
    public async Task SecurityText_NobodyNamed_IsNotThere()
        => (await served.CreateStranger().GetAsync(Path("/.well-known/security.txt"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("2999-01-01", HttpStatusCode.OK)]
    [InlineData("2020-01-01", HttpStatusCode.NotFound)]
    public async Task SecurityText_Contact_StandsThereUntilItExpires(string expires, HttpStatusCode status)
    {
        var contact = new SecurityContact([new Uri("mailto:veilig@waterlanden.example")], DateTimeOffset.Parse(expires + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var host = await ServedVault.StartNewAsync(settings => settings with { Security = contact });
        using var answer = await host.CreateStranger().GetAsync(Path("/.well-known/security.txt"));
        answer.StatusCode.ShouldBe(status);
        if (status != HttpStatusCode.OK) return;
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        lines.ShouldContain("Contact: mailto:veilig@waterlanden.example");
        lines.ShouldContain("Expires: 2999-01-01T00:00:00Z");
    }

    [Fact]
    public async Task LargeForm_OverTheLimit_IsRefusedBeforeItIsRead()
    {
        using var content = new FormUrlEncodedContent([new("persoon", new string('x', 3 << 20))]);
        using var answer = await served.CreateStranger().PostAsync(Path("/aanmelden/voorbeeld"), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Stopping_SomethingNewThatWrites_IsToldWhenToComeBack()
    {
        var host = await ServedVault.StartNewAsync();
        await using var _ = host;
        var client = host.CreateStranger();
        (await client.GetAsync(Path("/gezondheid"))).EnsureSuccessStatusCode();
        // Stopping is told first, while connections that exist go on.
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var health = await client.GetAsync(Path("/gezondheid"));
        health.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var content = new FormUrlEncodedContent([new("persoon", "fi")]);
        using var answer = await client.PostAsync(Path("/aanmelden/voorbeeld"), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Certificate_Renewed_IsShownWithoutAStop()
    {
        using var folder = new Vault.Store.TempFolder();
        var file = System.IO.Path.Combine(folder.Path, "host.pfx");
        WriteCertificate(file, "eerste");
        var clock = new ManualTime();
        await using var host = await ServedVault.StartNewAsync(settings => settings with { Urls = [new Uri("https://127.0.0.1:0")], Certificate = new CertificateSettings(file) }, clock);
        (await SubjectAsync(host.Address)).ShouldBe("CN=eerste");

        WriteCertificate(file, "tweede");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(1));
        clock.Pass(TimeSpan.FromSeconds(11));
        (await SubjectAsync(host.Address)).ShouldBe("CN=tweede");

        // What cannot be read must not take the host off the air.
        await File.WriteAllTextAsync(file, "kapot");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(2));
        clock.Pass(TimeSpan.FromSeconds(11));
        (await SubjectAsync(host.Address)).ShouldBe("CN=tweede");
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);

    private static void WriteCertificate(string file, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12));
    }

    private static async Task<string> SubjectAsync(Uri address)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        var subject = "";
        // Whatever certificate it shows is the answer of this test: its subject is what is asked.
#pragma warning disable CA5359
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
        {
            subject = certificate!.Subject;
            return true;
        });
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync("127.0.0.1");
        return subject;
    }

    /// <summary>Time as it is, moved on by hand.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private TimeSpan _passed;

        public void Pass(TimeSpan time) => _passed += time;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _passed;

        public override long GetTimestamp() => System.GetTimestamp() + (long)(_passed.TotalSeconds * TimestampFrequency);
    }
}
