using DossierKit.Host.Cli;
using DossierKit.Host.Serving;

namespace DossierKit.Tests.Serving;

public sealed class HostSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dossierkit-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Over_EveryKey_IsTaken()
    {
        var settings = Read(
            """
            { // How the municipality runs it.
              "urls": ["http://127.0.0.1:5080"], "origin": "https://dossiers.waterlanden.example", "proxies": ["127.0.0.1", "10.1.2.0/28"],
              "certificate": { "file": "host.pfx", "passwordFile": "/run/geheim" },
              "security": { "contact": ["mailto:veilig@waterlanden.example"], "expires": "2027-06-30T00:00:00Z", "policy": "https://waterlanden.example/veilig" },
              "metrics": { "tokenFile": "token" }, "log": { "format": "json", "requests": true },
              "limits": { "uploadMegabytes": 100, "connections": 20, "shutdownSeconds": 5 },
            }
            """);
        settings.Urls.ShouldBe([new Uri("http://127.0.0.1:5080")]);
        settings.Origin.ShouldBe(new Uri("https://dossiers.waterlanden.example"));
        settings.HasOrigin.ShouldBeTrue();
        settings.Proxies.Select(proxy => proxy.ToString()).ShouldBe(["127.0.0.1/32", "10.1.2.0/28"]);
        settings.Certificate.ShouldBe(new CertificateSettings(Path.Combine(_folder, "host.pfx"), null, "/run/geheim"));
        settings.Security!.Contact.ShouldBe([new Uri("mailto:veilig@waterlanden.example")]);
        settings.MetricsTokenFile.ShouldBe(Path.Combine(_folder, "token"));
        (settings.LogsJson, settings.LogsRequests, settings.MaxUpload, settings.MaxConnections, settings.ShutdownTimeout).ShouldBe((true, true, 100L << 20, 20, TimeSpan.FromSeconds(5)));
        settings.IsLoopbackOnly.ShouldBeFalse();
    }

    [Fact]
    public void Over_SaidOnTheCommandLine_StaysAsSaid()
    {
        File.WriteAllText(At("s.json"), """{ "urls": ["http://127.0.0.1:9"], "origin": "https://elders.example" }""");
        var said = new HostSettings { Urls = [new Uri("http://127.0.0.1:8")] };
        var settings = HostSettingsFile.Read(At("s.json")).Over(said, new HostSettingsGiven(Urls: true, Origin: false, Proxies: false, Certificate: false), At("s.json"));
        settings.Urls.ShouldBe(said.Urls);
        settings.Origin.ShouldBe(new Uri("https://elders.example"));
    }

    [Theory]
    [InlineData("""{ "url": [] }""", "$.url")]
    [InlineData("""{ "certificate": { "wachtwoord": "geheim" } }""", "$.certificate.wachtwoord")]
    [InlineData("""{ "urls": 5 }""", "$.urls")]
    [InlineData("{ \"urls\": [\n", "line 2")]
    [InlineData("""{ "certificate": { } }""", "certificate.file")]
    [InlineData("""{ "proxies": ["proxy.local"] }""", "proxies[0]")]
    [InlineData("""{ "security": { "contact": ["veilig@waterlanden.example"] } }""", "security.expires")]
    [InlineData("""{ "log": { "format": "xml" } }""", "log.format")]
    [InlineData("""{ "limits": { "connections": 0 } }""", "limits.connections")]
    public void Over_Faulty_SaysWhere(string json, string where)
    {
        var failure = Should.Throw<UsageException>(() => Read(json)).Message;
        failure.ShouldContain(where);
        failure.ShouldNotContain("geheim");
    }

    [Theory]
    [InlineData("http://localhost:5080", null, null, null)]
    [InlineData("http://127.0.0.1:5080", "https://dossiers.example", "127.0.0.1", null)]
    [InlineData("http://10.1.2.3:5080", "https://dossiers.example", "10.1.2.4", null)]
    [InlineData("http://10.1.2.3:5080", null, null, "in clear")]
    [InlineData("http://0.0.0.0:5080", null, null, "in clear")]
    [InlineData("http://dossiers.example:5080", null, "10.1.2.4", "names a machine")]
    [InlineData("https://10.1.2.3:443", null, null, "needs a certificate")]
    [InlineData("http://127.0.0.1:5080", null, "127.0.0.1", "Give --origin")]
    [InlineData("http://127.0.0.1:5080", "http://dossiers.example", "127.0.0.1", "is not https")]
    public void Problems_WaysToServe_OnlySafeOnesHaveNone(string url, string? origin, string? proxy, string? problem)
    {
        var settings = new HostSettings { Urls = [new Uri(url)], Proxies = proxy is null ? [] : [HostSettingsText.Network(proxy, "", [])!.Value] };
        if (origin is not null) settings = settings with { Origin = new Uri(origin), HasOrigin = true };
        var problems = HostSettingsCheck.Problems(settings);
        if (problem is null) problems.ShouldBeEmpty();
        else problems.ShouldContain(text => text.Contains(problem, StringComparison.Ordinal));
    }

    private HostSettings Read(string json)
    {
        File.WriteAllText(At("settings.json"), json);
        return HostSettingsFile.Read(At("settings.json")).Over(new HostSettings(), default, At("settings.json"));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
