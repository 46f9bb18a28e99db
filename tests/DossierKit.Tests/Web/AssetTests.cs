using System.IO.Compression;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

using DossierKit.Host.Serving;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web;

/// <summary>The style sheet and the scripts are small, are kept by a browser, and load nothing.</summary>
public sealed partial class AssetTests(ServedVault served) : IClassFixture<ServedVault>
{
    [Theory]
    [InlineData(".css", 24 << 10)]
    [InlineData(".js", 10 << 10)]
    public void Assets_Zipped_AreSmall(string extension, int limit)
        => Names(extension).Sum(name => Zip(Read(name)).Length).ShouldBeInRange(1, limit);

    [Fact]
    public void Assets_NothingFromElsewhere()
    {
        foreach (var name in Names(".css").Concat(Names(".js")))
        {
            var text = Encoding.UTF8.GetString(Read(name));
            text.ShouldNotContain("@import", Case.Insensitive, name);
            text.ShouldNotContain("url(", Case.Insensitive, name);
            text.ShouldNotContain("import(", Case.Insensitive, name);
            text.ShouldNotContain("eval(", Case.Insensitive, name);
            Address().IsMatch(text).ShouldBeFalse(name);
        }
    }

    [Fact]
    public async Task Page_ItsAssets_AreThereZippedAndKept()
    {
        var client = served.CreateStranger();
        var page = new HtmlPage(await client.GetStringAsync(new Uri("/hulp", UriKind.Relative)));
        var paths = page.Named("link").Select(tag => tag["href"]).Concat(page.Named("script").Select(tag => tag["src"])).OfType<string>().ToList();
        paths.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var path in paths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
            using var answer = await client.SendAsync(request);
            answer.IsSuccessStatusCode.ShouldBeTrue(path);
            answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        }
    }

    private static IEnumerable<string> Names(string extension)
        => Program.GetManifestResourceNames().Where(name => name.StartsWith("assets/", StringComparison.Ordinal) && name.EndsWith(extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static Assembly Program => typeof(HostSettings).Assembly;

    private static byte[] Read(string name)
    {
        using var stream = Program.GetManifestResourceStream(name)!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(bytes);
        return zipped.ToArray();
    }

    [GeneratedRegex(@"https?://(?!www\.w3\.org/)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Address();
}
