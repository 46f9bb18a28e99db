using System.Text.Json;

namespace DossierKit.Benchmarks.Serving;

/// <summary>The notes that a load left in a dossier.</summary>
internal static class Notes
{
    /// <summary>The markers of all notes in a dossier, page after page.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(SignedClient client, string dossier)
    {
        var there = new List<string>();
        for (var path = $"/v1/dossiers/{dossier}/gebeurtenissen?soort=journaal-aantekening&aantal=200"; path is not null;)
        {
            using var answer = await client.GetAsync(path, default);
            answer.EnsureSuccessStatusCode();
            var page = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync()).RootElement;
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                var text = item.GetProperty("inhoud").GetProperty("aantekening").GetString()!;
                if (text.StartsWith("merk ", StringComparison.Ordinal)) there.Add(text);
            }

            path = page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
        }

        return there;
    }
}
