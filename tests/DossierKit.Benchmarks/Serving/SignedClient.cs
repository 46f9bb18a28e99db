using System.Net;
using System.Text.RegularExpressions;

namespace DossierKit.Benchmarks.Serving;

/// <summary>A browser or program of somebody who signed in to a demo vault: cookies, form token and purpose are seen to.</summary>
internal sealed partial class SignedClient : IDisposable
{
    private readonly HttpClient _http;

    private SignedClient(HttpClient http) => _http = http;

    public string Token { get; private set; } = "";

    /// <summary>Signs in through the real sign-in of a demo.</summary>
    public static async Task<SignedClient> SignInAsync(Uri address, string person, string purpose)
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true, MaxConnectionsPerServer = 4, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) };
        var client = new SignedClient(new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) });
        client._http.DefaultRequestHeaders.Add("Doel", Uri.EscapeDataString(purpose));
        using var form = new FormUrlEncodedContent([new("persoon", person)]);
        using var answer = await client._http.PostAsync(new Uri("/aanmelden/voorbeeld", UriKind.Relative), form);
        var page = await client._http.GetStringAsync(new Uri("/werk", UriKind.Relative));
        client.Token = FormToken().Match(page).Groups[1].Value;
        return client.Token.Length > 0 ? client : throw new InvalidOperationException($"Signing in as {person} gave no page with a form token.");
    }

    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken ct) => _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseContentRead, ct);

    /// <summary>Sends something that changes a dossier on the terms given.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="version">The version decided on; <c>*</c>: any.</param>
    /// <param name="key">The key of the request, so that it is done once however often it is sent; <see langword="null"/>: none.</param>
    /// <param name="ct">Stops.</param>
    /// <param name="headers">Further headers.</param>
    public async Task<HttpResponseMessage> PostAsync(string path, HttpContent content, string version, string? key, CancellationToken ct, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.TryAddWithoutValidation("If-Match", version);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await SendAsync(request, ct);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (request.Method != HttpMethod.Get) request.Headers.Add("X-CSRF-Token", Token);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
    }

    /// <summary>Says on the page in between what a dossier is opened for.</summary>
    public async Task OpenAsync(string number, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent([new("doel", "Proef onder belasting"), new("formulier", Token), new("naar", $"/dossiers/{number}")]);
        using var answer = await _http.PostAsync(new Uri($"/dossiers/{number}/doel", UriKind.Relative), form, ct);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"formulier\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
