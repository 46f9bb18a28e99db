using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Tests.Retention.Export;
using DossierKit.Tests.Serving;
using DossierKit.Tests.Vault.Store;

namespace DossierKit.Tests.Api;

/// <summary>A whole dossier over the wire: what arrives is a bag, what breaks off is none, and the log says who took it and what for whichever way it ends.</summary>
public sealed class ExportApiTests(ServedVault served) : IClassFixture<ServedVault>
{
    // The surname of a melder of the demo who may not be known.
    private const string Melder = "Kwelderhof";
    private const string Number = "WL-2026-0001";
    private const string Without = """{ "doel": "Overdracht aan het archief", "pdf": false }""";
    private const string With = """{ "doel": "Overdracht met melder", "met": ["melder"], "pdf": false }""";

    private static readonly Uri Export = new($"/v1/dossiers/{Number}/export", UriKind.Relative);

    [Fact]
    public async Task Export_ByTheFi_IsABagThatEveryReaderAcceptsWithoutTheMelder()
    {
        using var folder = new TempFolder();
        var fi = await served.CreateClientAsync("fi");
        var preview = JsonNode.Parse(await fi.GetStringAsync(Export))!;
        preview["laatste"].ShouldBeNull();
        preview["weggelaten"]!.AsArray().Select(left => left!["compartiment"]!.GetValue<string>()).ShouldBe(["melder", "opnamen"], ignoreOrder: true);

        using var answer = await TakeAsync(fi, Without);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"{Number}.zip");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var zip = Path.Combine(folder.Path, "bag.zip");
        await File.WriteAllBytesAsync(zip, bytes);
        var report = await BagVerifier.VerifyAsync(zip, default);
        report.Problems.ShouldBeEmpty();
        report.Dossier.ShouldBe(Number);
        await ZipFile.ExtractToDirectoryAsync(zip, folder.Path);
        (await BagFixture.PythonAsync(Path.Combine(folder.Path, Number))).ShouldBe([null]);

        // What it is known by is told where it was asked for: the answer itself was over before it was known.
        var told = JsonNode.Parse(await fi.GetStringAsync(Export))!["laatste"]!;
        told["heel"]!.GetValue<bool>().ShouldBeTrue();
        told["sha256"]!.GetValue<string>().ShouldBe(report.Sha256);
        told["stukken"]!.GetValue<int>().ShouldBe(preview["stukken"]!.AsArray().Count);

        Holds(bytes, Melder).ShouldBeFalse();
        Holds(folder.Path, Melder).ShouldBeEmpty();
        using var asked = await TakeAsync(fi, With);
        Holds(await asked.Content.ReadAsByteArrayAsync(), Melder).ShouldBeTrue();
    }

    /// <summary>Sound that is evidence goes along for who asks for it, and only then.</summary>
    [Fact]
    public async Task Export_WithSound_TakesSoundThatIsNoRecording()
    {
        await using var own = await ServedVault.StartNewAsync();
        await AddSoundAsync(own);
        var fi = await own.CreateClientAsync("fi");
        JsonNode.Parse(await fi.GetStringAsync(Export))!["weggelaten"]!.AsArray().ShouldContain(left => left!["reden"]!.GetValue<string>().StartsWith("geluid", StringComparison.Ordinal));
        JsonNode.Parse(await fi.GetStringAsync(new Uri($"{Export}?metGeluid=true", UriKind.Relative)))!["weggelaten"]!.AsArray().ShouldNotContain(left => left!["reden"]!.GetValue<string>().StartsWith("geluid", StringComparison.Ordinal));
        foreach (var (body, isIn) in ((string, bool)[])[(Without, false), (Without.Replace("\"pdf\"", "\"metGeluid\": true, \"pdf\"", StringComparison.Ordinal), true)])
        {
            using var answer = await TakeAsync(fi, body);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            Holds(await answer.Content.ReadAsByteArrayAsync(), "voicemail.mp3").ShouldBe(isIn);
        }
    }

    /// <summary>Evidence by its kind, and sound by its name.</summary>
    internal static async Task AddSoundAsync(ServedVault own)
    {
        var fi = own.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        using var dossier = (await own.Register.OpenAsync(new DossierNumber(Number), fi, "Proef", default))!;
        using var content = new MemoryStream("wat dit is, kan niemand lezen"u8.ToArray());
        (await dossier.AddFileAsync(new NewFile("voicemail.mp3", "Voicemail", FileKind.Evidence, Compartment.Onderzoek, new DateOnly(2026, 3, 10)), content, default)).Refusals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("onderzoeker", Without, HttpStatusCode.Forbidden)]
    [InlineData("verantwoordelijke", Without, HttpStatusCode.Forbidden)]
    [InlineData("archivaris", Without, HttpStatusCode.NotFound)]
    [InlineData("plaatsvervanger", """{ "doel": "  " }""", HttpStatusCode.BadRequest)]
    [InlineData("plaatsvervanger", """{ "pdf": false }""", HttpStatusCode.BadRequest)]
    [InlineData("plaatsvervanger", """{ "doel": "Overdracht", "met": ["opnamen"] }""", HttpStatusCode.BadRequest)]
    [InlineData("plaatsvervanger", """{ "doel": "Overdracht", "met": ["zolder"] }""", HttpStatusCode.BadRequest)]
    public async Task Export_WithoutTheRightOrThePurpose_IsRefusedAndNotLogged(string person, string body, HttpStatusCode expected)
    {
        using var answer = await TakeAsync(await served.CreateClientAsync(person), body);
        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await LogAsync(served)).ShouldNotContain(entry => entry.Act == AccessAct.DossierExported && entry.Person == new PersonId(person));
    }

    [Fact]
    public async Task Export_ByAToken_IsForPeople()
    {
        var acting = served.Register.Staff.SignIn(new PersonId("fi"), DossierKit.Host.Cli.Session.Account).Value;
        var secret = (await served.Register.SignIns.MakeTokenAsync(acting, "proef", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(7), default)).Value.Secret;
        var token = served.CreateStranger();
        token.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        token.DefaultRequestHeaders.Add("Doel", "Proef");
        (await token.GetAsync(Export)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var answer = await TakeAsync(token, Without);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Export_Whole_IsLoggedWithItsPurposeAndEveryFile()
    {
        await using var own = await ServedVault.StartNewAsync();
        using var answer = await TakeAsync(await own.CreateClientAsync("fi", "Voorbereiden"), Without);
        await answer.Content.ReadAsByteArrayAsync();
        var log = await LogAsync(own);
        log.Single(entry => entry.Act == AccessAct.DossierExported).Purpose.ShouldBe("Overdracht aan het archief");
        var state = await Hostile.OpenSample.OfAsync(own, Number);
        var taken = log.Where(entry => entry.Act == AccessAct.FileExported).Select(entry => entry.File!.Value).ToHashSet();
        taken.ShouldNotBeEmpty();
        taken.ShouldBe(state.Files.Where(file => file.Compartment != Compartment.Melder && file.Kind != FileKind.Recording).Select(file => file.Id), ignoreOrder: true);
    }

    /// <summary>Half a zip must never arrive as if it were whole, and what was logged stays: somebody has those bytes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Export_BrokenOffHalfway_IsNoZipAndIsLogged(bool byTheClient)
    {
        await using var own = await ServedVault.StartNewAsync();
        var client = await Writer.CreateAsync(own, "fi");
        await AddLargeAsync(client);
        if (!byTheClient)
        {
            // The disk gives other bytes than were sealed.
            var largest = new DirectoryInfo(own.Folder.At("demo-data")).EnumerateFiles("*", SearchOption.AllDirectories).MaxBy(file => file.Length)!;
            largest.IsReadOnly = false;
            await using var damage = largest.Open(FileMode.Open, FileAccess.Write);
            damage.Position = largest.Length / 2;
            damage.Write(new byte[64]);
        }

        var files = own.ObjectCount();
        using (var answer = await TakeAsync(client, Without))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            await using var body = await answer.Content.ReadAsStreamAsync();
            if (byTheClient) await body.ReadExactlyAsync(new byte[100_000]);
            else await Should.ThrowAsync<IOException>(() => body.CopyToAsync(Stream.Null));
        }

        JsonNode? told = null;
        for (var i = 0; i < 200 && told is null; i++)
        {
            told = JsonNode.Parse(await client.GetStringAsync(Export))!["laatste"];
            if (told is null) await Task.Delay(50);
        }

        told!["heel"]!.GetValue<bool>().ShouldBeFalse();
        told["sha256"].ShouldBeNull();
        (await LogAsync(own)).Count(entry => entry.Act == AccessAct.DossierExported).ShouldBe(1);
        // The log has grown; nothing else lies there.
        Directory.EnumerateFiles(own.Folder.At("demo-data"), "*.zip", SearchOption.AllDirectories).ShouldBeEmpty();
        own.ObjectCount().ShouldBeGreaterThanOrEqualTo(files);
    }

    [Theory]
    [InlineData("heel", true)]
    [InlineData("afgebroken", false)]
    [InlineData("veranderd", false)]
    [InlineData("langer", false)]
    [InlineData("geen-zip", false)]
    public async Task Verify_AZipThatWasSent_SaysWhetherItIsRightAndKeepsNothing(string what, bool isRight)
    {
        using var taken = await TakeAsync(await served.CreateClientAsync("fi"), Without);
        var bytes = await taken.Content.ReadAsByteArrayAsync();
        var text = bytes.AsSpan().IndexOf("Integriteitsdossier"u8);
        text.ShouldBeGreaterThan(0);
        switch (what)
        {
            case "afgebroken": bytes = bytes[..^200]; break;
            case "veranderd": bytes[text] ^= 1; break;
            // The directory says a byte less than there is of the first file.
            case "langer": Shorten(bytes); break;
            case "geen-zip": bytes = "geen zip"u8.ToArray(); break;
        }

        // Coming in is logged; what follows adds nothing.
        var archivaris = await served.CreateClientAsync("archivaris");
        await archivaris.GetStringAsync(new Uri("/v1/bewaring/plan", UriKind.Relative));
        var (files, state) = (served.ObjectCount(), Directory.GetFiles(served.Folder.At("demo-data.state"), "*", SearchOption.AllDirectories).Length);
        foreach (var asForm in new[] { true, false })
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "bestand", "bag.zip" } };
            using var body = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/zip") } };
            using var answer = await archivaris.PostAsync(new Uri("/v1/bewaring/exportcontrole", UriKind.Relative), asForm ? form : body);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            var report = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            report["inOrde"]!.GetValue<bool>().ShouldBe(isRight, report.ToJsonString());
            (report["problemen"]!.AsArray().Count > 0).ShouldBe(!isRight);
            if (isRight) report["dossier"]!.GetValue<string>().ShouldBe(Number);
        }

        served.ObjectCount().ShouldBe(files);
        Directory.GetFiles(served.Folder.At("demo-data.state"), "*", SearchOption.AllDirectories).Length.ShouldBe(state);
    }

    private static void Shorten(byte[] zip)
    {
        // The first entry of the directory: signature, then the length at 24 and the stored length at 20.
        var at = zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var directory = (int)BitConverter.ToUInt32(zip, at + 16);
        foreach (var field in (int[])[20, 24]) BitConverter.TryWriteBytes(zip.AsSpan(directory + field), BitConverter.ToUInt32(zip, directory + field) - 1).ShouldBeTrue();
    }

    private static async Task AddLargeAsync(HttpClient client)
    {
        var bytes = new byte[32 << 20];
        new Random(5).NextBytes(bytes);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/v1/dossiers/{Number}/bestanden", UriKind.Relative)) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        foreach (var (name, value) in ((string, string)[])[("Naam", "schijf.bin"), ("Soort", "bewijs"), ("Compartiment", "onderzoek"), ("Datum", "2026-03-10")]) request.Headers.Add($"Bestand-{name}", value);
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> TakeAsync(HttpClient client, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Export) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<IReadOnlyList<LogEntry>> LogAsync(ServedVault served)
    {
        var fi = served.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        using var dossier = (await served.Register.OpenAsync(new DossierNumber(Number), fi, "Proef", default))!;
        return (await dossier.LogAsync(null, 500, default)).Entries;
    }

    /// <summary>The files of a folder that hold a word, also those of a Word document in it.</summary>
    private static List<string> Holds(string folder, string word)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (Holds(File.ReadAllBytes(file), word)) found.Add(file);
            if (!file.EndsWith(".docx", StringComparison.Ordinal)) continue;
            using var docx = ZipFile.OpenRead(file);
            foreach (var part in docx.Entries)
            {
                using var bytes = new MemoryStream();
                using (var content = part.Open()) content.CopyTo(bytes);
                if (Holds(bytes.ToArray(), word)) found.Add($"{file}: {part.FullName}");
            }
        }

        return found;
    }

    private static bool Holds(byte[] bytes, string word) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;
}
