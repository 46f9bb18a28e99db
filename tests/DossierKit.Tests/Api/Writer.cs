using System.Net.Http.Headers;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Api;

/// <summary>A client that changes dossiers without having looked: for tests about something else than versions.</summary>
internal static class Writer
{
    public static async Task<HttpClient> CreateAsync(ServedVault served, string person)
    {
        var client = await served.CreateClientAsync(person);
        client.DefaultRequestHeaders.IfMatch.Add(EntityTagHeaderValue.Any);
        return client;
    }
}
