using System.Globalization;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>The page of a list in an address, beside what the list is narrowed by.</summary>
internal static class PageNumber
{
    /// <summary>The page asked for, from 1.</summary>
    public static int Of(IQueryCollection query)
        => int.TryParse(query["pagina"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1;

    /// <summary>An address with what is not empty.</summary>
    public static string Url(string path, int page, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var parts = new List<string>();
        foreach (var (name, value) in fields)
        {
            if (value.Length > 0) parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        if (page > 1) parts.Add($"pagina={page.ToString(CultureInfo.InvariantCulture)}");
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }
}
