using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Tests.Cli;
using DossierKit.Vault;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace DossierKit.Tests.Serving;

/// <summary>The real host on a port of this machine, over a copy of the demo vault. Clients sign in through the real sign-in.</summary>
public sealed partial class ServedVault : IAsyncLifetime
{
    // One demo for all: making it takes seconds, copying it nothing.
    private static readonly Lazy<Task<DemoVault>> Template = new(async () =>
    {
        var demo = new DemoVault();
        await demo.InitializeAsync();
        return demo;
    });

    private readonly List<HttpClient> _clients = [];
    private DossierKitProcess _folder = null!;
    private WebApplication _app = null!;

    internal DossierVault Vault { get; private set; } = null!;

    internal DossierRegister Register { get; private set; } = null!;

    /// <summary>The folder of the vault, for a program run beside the host.</summary>
    internal DossierKitProcess Folder => _folder;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The services of the host.</summary>
    internal IServiceProvider Services => _app.Services;

    public ValueTask InitializeAsync() => StartAsync(settings => settings, TimeProvider.System);

    /// <summary>A port of this machine that nobody listens on now, for a program that is started beside the tests.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The token that a page of a signed-in person puts into its forms.</summary>
    internal static string FormTokenIn(string page) => FormToken().Match(page).Groups[1].Value;

    /// <summary>Starts one with other settings or another clock; dispose it yourself.</summary>
    internal static async Task<ServedVault> StartNewAsync(Func<HostSettings, HostSettings>? change = null, TimeProvider? clock = null)
    {
        var served = new ServedVault();
        await served.StartAsync(change ?? (settings => settings), clock ?? TimeProvider.System);
        return served;
    }

    /// <summary>A client signed in as a person of the demo; it sends the form token and, to the API, a purpose, like a page or a program of this host would.</summary>
    public async Task<HttpClient> CreateClientAsync(string person, string purpose = "Proef", bool followRedirects = true)
    {
        var client = CreateClient(followRedirects, new Signed(purpose));
        using var form = new FormUrlEncodedContent([new("persoon", person)]);
        using var answer = await client.PostAsync(new Uri("/aanmelden/voorbeeld", UriKind.Relative), form);
        var page = await client.GetStringAsync(new Uri("/werk", UriKind.Relative));
        Signed.Of(client).Token = FormTokenIn(page);
        Signed.Of(client).Token.ShouldNotBeEmpty();
        return client;
    }

    /// <summary>A client that nobody signed in.</summary>
    public HttpClient CreateStranger(bool followRedirects = true) => CreateClient(followRedirects, new Signed(null));

    /// <summary>From here on the client sends no form token by itself; gives the token, for a test that sends it another way.</summary>
    internal string LeaveOutToken(HttpClient client)
    {
        var token = Signed.Of(client).Token!;
        Signed.Of(client).Token = null;
        return token;
    }

    /// <summary>The cookies of a client as a header, for a test that speaks over a socket of its own.</summary>
    internal string CookiesOf(HttpClient client) => ((SocketsHttpHandler)Signed.Of(client).InnerHandler!).CookieContainer.GetCookieHeader(Address);

    /// <summary>How many files the vault has on disk.</summary>
    internal int ObjectCount() => Directory.GetFiles(_folder.At("demo-data"), "*", SearchOption.AllDirectories).Length;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Register.Dispose();
        await Vault.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Stops the host and starts it again over the same vault, as an administrator would. Sessions are gone then; clients made before are of no use.</summary>
    internal async Task RestartAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Register.Dispose();
        await Vault.DisposeAsync();
        await OpenAsync(settings => settings, TimeProvider.System);
    }

    private async ValueTask StartAsync(Func<HostSettings, HostSettings> change, TimeProvider clock)
    {
        _folder = (await Template.Value).Copy();
        await OpenAsync(change, clock);
    }

    private async ValueTask OpenAsync(Func<HostSettings, HostSettings> change, TimeProvider clock)
    {
        var data = _folder.At("demo-data");
        Vault = await DossierVault.OpenAsync(new VaultPlace(data, _folder.At("demo-data.state")), UnlockSecret.FromFile(Path.Combine(data, "demo.unlock")), default);
        Register = await DossierRegister.LoadAsync(Vault, clock, default);
        _app = DossierHost.Build(change(new HostSettings { Urls = [new Uri("http://127.0.0.1:0")], IndexEvery = Timeout.InfiniteTimeSpan }), Vault, Register, clock);
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    private HttpClient CreateClient(bool followRedirects, Signed signed)
    {
        signed.InnerHandler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = followRedirects };
        var client = new HttpClient(signed) { BaseAddress = Address };
        Signed.Remember(client, signed);
        _clients.Add(client);
        return client;
    }

    [GeneratedRegex("name=\"formulier\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    private sealed class Signed(string? purpose) : DelegatingHandler
    {
        private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<HttpClient, Signed> ByClient = [];

        public string? Token { get; set; }

        public static void Remember(HttpClient client, Signed signed) => ByClient.Add(client, signed);

        public static Signed Of(HttpClient client) => ByClient.TryGetValue(client, out var signed) ? signed : throw new InvalidOperationException("Not a client of this fixture.");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Token is not null && request.Method != HttpMethod.Get && !request.Headers.Contains("X-CSRF-Token")) request.Headers.Add("X-CSRF-Token", Token);
            if (purpose is not null && request.RequestUri!.AbsolutePath.StartsWith("/v1/", StringComparison.Ordinal) && !request.Headers.Contains("Doel")) request.Headers.Add("Doel", Uri.EscapeDataString(purpose));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
