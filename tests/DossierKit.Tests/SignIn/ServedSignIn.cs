using System.Net;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.SignIn;

/// <summary>The host over a demo vault, on a name that passkeys accept and with a clock that can be moved; and the steps of signing in, as a page takes them.</summary>
public sealed class ServedSignIn : IAsyncLifetime
{
    /// <summary>How the pages are reached, as users type it.</summary>
    public const string Origin = "http://localhost:5999";

    internal TestClock Clock { get; } = new();

    internal ServedVault Served { get; private set; } = null!;

    internal SignInRegister SignIns => Served.Register.SignIns;

    internal StaffRegister Staff => Served.Register.Staff;

    public async ValueTask InitializeAsync() => Served = await ServedVault.StartNewAsync(settings => settings with { Origin = new Uri(Origin) }, Clock);

    public ValueTask DisposeAsync() => Served.DisposeAsync();

    internal ActingPerson As(string person) => Staff.SignIn(new PersonId(person), "os:proef").OrRefuse();

    internal async Task<string> LinkAsync(string by, string person, LinkUse use = LinkUse.Enrol) => (await SignIns.MakeLinkAsync(As(by), new PersonId(person), use, default)).Value;

    /// <summary>A person without role and account, so that a first passkey is in force at once.</summary>
    internal async Task<string> NewcomerAsync()
    {
        var id = $"nieuw-{Guid.NewGuid():N}"[..20];
        (await Staff.AddPersonAsync(As("fi"), new PersonId(id), "B. Rietkraagsma", null, default)).IsDone.ShouldBeTrue();
        return id;
    }

    /// <summary>Asks for options, as the script of a page does.</summary>
    internal static async Task<(string Attempt, JsonNode Options)> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (json["poging"]!.GetValue<string>(), json["opties"]!);
    }

    /// <summary>Makes a passkey by a link.</summary>
    internal async Task<HttpResponseMessage> EnrolAsync(HttpClient client, string link, SoftAuthenticator device)
    {
        var (attempt, options) = await AskAsync(client, $"/aanmelden/link/{link}/opties");
        return await FinishAsync(client, link, device, attempt, options);
    }

    /// <summary>Makes a passkey by a link whose options were asked for before.</summary>
    internal static Task<HttpResponseMessage> FinishAsync(HttpClient client, string link, SoftAuthenticator device, string attempt, JsonNode options) =>
        PostAsync(client, $"/aanmelden/link/{link}", ("poging", attempt), ("antwoord", device.Create(options)), ("naam", "proefsleutel"));

    /// <summary>Signs in with a passkey.</summary>
    internal static async Task<HttpResponseMessage> SignInAsync(HttpClient client, SoftAuthenticator device, string? next = null)
    {
        var (attempt, options) = await AskAsync(client, "/aanmelden/opties");
        return await PostAsync(client, "/aanmelden/toegangssleutel", ("poging", attempt), ("antwoord", device.Get(options)), ("naar", next ?? ""));
    }

    internal static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await client.PostAsync(new Uri(path, UriKind.Relative), form);
    }

    internal static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) => client.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>The form token of the page a signed-in client sees.</summary>
    internal static async Task<string> TokenAsync(HttpClient client)
    {
        var page = await client.GetStringAsync(new Uri("/account", UriKind.Relative));
        var at = page.IndexOf("name=\"formulier\" value=\"", StringComparison.Ordinal) + 24;
        return page[at..page.IndexOf('"', at)];
    }
}
