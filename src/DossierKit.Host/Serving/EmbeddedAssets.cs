using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace DossierKit.Host.Serving;

/// <summary>The styles, scripts and pictures of the pages: embedded in the program, named by their content so that a browser may keep them for ever.</summary>
internal static class EmbeddedAssets
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, Asset> ByName = Load();
    private static readonly FrozenDictionary<string, Asset> ByPath = ByName.Values.ToFrozenDictionary(asset => asset.Path, StringComparer.Ordinal);

    /// <summary>The address of a file, such as <c>/assets/dossierkit.1a2b3c4d.css</c>.</summary>
    /// <param name="name">Its name in <c>Web/Assets</c>; <c>dossierkit.css</c> is every style sheet there, in order of name.</param>
    public static string Url(string name) => ByName[name].Path;

    public static void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/assets/{file}", (string file, HttpContext http) =>
        {
            if (!ByPath.TryGetValue($"/assets/{file}", out var asset)) return Results.NotFound();
            var zipped = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
            if (zipped) http.Response.Headers.ContentEncoding = "gzip";
            http.Response.Headers.Vary = "Accept-Encoding";
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(zipped ? asset.Zipped : asset.Bytes, asset.ContentType);
        }).AllowAnonymous().ExcludeFromDescription();

    private static FrozenDictionary<string, Asset> Load()
    {
        var program = Assembly.GetExecutingAssembly();
        var resources = program.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToLookup(IsStyle);
        // One style sheet for all pages: one request, and a page never waits for a second file.
        return resources[false].Select(name => Make(name[Prefix.Length..], Read(program, name)))
            .Append(Make("dossierkit.css", [.. resources[true].SelectMany(name => Read(program, name))]))
            .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
    }

    private static bool IsStyle(string resource) => resource.EndsWith(".css", StringComparison.Ordinal);

    private static byte[] Read(Assembly program, string resource)
    {
        using var stream = program.GetManifestResourceStream(resource)!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    private static Asset Make(string name, byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(bytes);
        var extension = Path.GetExtension(name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6));
        return new Asset(name, $"/assets/{Path.GetFileNameWithoutExtension(name)}.{hash}{extension}", bytes, zipped.ToArray(), TypeOf(extension));
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".webmanifest" => "application/manifest+json",
        _ => throw new InvalidOperationException($"No content type is known for assets ending in {extension}."),
    };

    private sealed record Asset(string Name, string Path, byte[] Bytes, byte[] Zipped, string ContentType);
}
