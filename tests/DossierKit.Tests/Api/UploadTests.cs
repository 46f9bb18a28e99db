using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

using DossierKit.Host.Serving;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Api;

/// <summary>Files on their way in: as a form and as the body itself, whole, halfway and hostile.</summary>
public sealed class UploadTests(ServedVault served) : IClassFixture<ServedVault>
{
    private static readonly Uri Files = new("/v1/dossiers/WL-2026-0001/bestanden", UriKind.Relative);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(3_000_001)]
    public async Task Form_AnySize_IsKeptByteForByte(int size)
    {
        var client = await Writer.CreateAsync(served, "fi");
        var bytes = Bytes(size);
        using var form = Form(bytes, "foto's van de loods.bin");
        using var answer = await client.PostAsync(Files, form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var file = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        file["naam"]!.GetValue<string>().ShouldBe("foto's van de loods.bin");
        file["titel"]!.GetValue<string>().ShouldBe("Foto's");
        file["sha256"]!.GetValue<string>().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        (await client.GetByteArrayAsync(new Uri($"{Files}/{file["id"]}/inhoud", UriKind.Relative))).ShouldBe(bytes);
    }

    [Fact]
    public async Task Body_WithHeaders_IsKeptByteForByte()
    {
        var client = await Writer.CreateAsync(served, "fi");
        var bytes = Bytes(200_000);
        using var request = Body(new ByteArrayContent(bytes), "é/../schets.png");
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var file = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        file["naam"]!.GetValue<string>().ShouldBe("schets.png");
        file["sha256"]!.GetValue<string>().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public async Task Form_NothingSaidAboutTheFile_TellsEverythingAtOnce()
    {
        var client = await Writer.CreateAsync(served, "fi");
        using var form = new MultipartFormDataContent { { new StringContent("2026-13-01"), "datum" }, { new ByteArrayContent(Bytes(10)), "bestand", "a.txt" } };
        using var answer = await client.PostAsync(Files, form);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        problem["redenen"]!.AsArray().Select(reason => reason!["onderwerp"]!.GetValue<string>()).ShouldBe(["soort", "compartiment", "datum"]);
    }

    [Theory]
    [InlineData("alleen-velden", 400)]
    [InlineData("veld-na-bestand", 400)]
    [InlineData("veld-na-heel-bestand", 400)]
    [InlineData("twee-bestanden", 400)]
    [InlineData("veld-twee-keer", 400)]
    [InlineData("duizend-velden", 400)]
    [InlineData("lang-veld", 400)]
    [InlineData("geneste-onderdelen", 400)]
    [InlineData("zonder-naam", 400)]
    [InlineData("lange-koppen", 400)]
    [InlineData("afgekapt", 400)]
    [InlineData("geen-scheiding", 400)]
    [InlineData("lege-scheiding", 400)]
    [InlineData("geen-utf8", 400)]
    [InlineData("gecomprimeerd", 415)]
    public async Task Form_Malformed_IsRefusedAndNothingStays(string attack, int status)
    {
        var client = await Writer.CreateAsync(served, "fi");
        var before = await CountAsync(client);
        var objects = served.ObjectCount();
        using var content = Attack(attack);
        using var answer = await client.PostAsync(Files, content);
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await CountAsync(client)).ShouldBe(before);
        await UntilAsync(() => served.ObjectCount() == objects);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("niet-die-van-de-sessie")]
    public async Task Form_WithoutItsToken_NoByteOfContentIsRead(string? token)
    {
        var client = await Writer.CreateAsync(served, "fi");
        var body = (token is null ? "" : Field("formulier", token)) + string.Concat(Fields.Select(pair => Field(pair.Field, pair.Value)))
            + "--G\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.txt\"\r\n\r\n";
        var head = $"POST {Files} HTTP/1.1\r\nHost: {served.Address.Authority}\r\nCookie: {served.CookiesOf(client)}\r\nDoel: Proef\r\nIf-Match: *\r\n"
            + "Content-Type: multipart/form-data; boundary=G\r\nContent-Length: 2000000000\r\n\r\n";
        using var connection = new TcpClient();
        await connection.ConnectAsync(served.Address.Host, served.Address.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body));
        // Of the file nothing was sent yet: only a host that refuses before it reads can answer.
        var buffer = new byte[200];
        var length = await stream.ReadAtLeastAsync(buffer, 12, throwOnEndOfStream: false).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        Encoding.ASCII.GetString(buffer, 0, length).ShouldStartWith("HTTP/1.1 403");
    }

    [Fact]
    public async Task Form_WithItsTokenInTheField_IsTaken()
    {
        var client = await Writer.CreateAsync(served, "fi");
        using var form = new MultipartFormDataContent { { new StringContent(served.LeaveOutToken(client)), "formulier" } };
        foreach (var (field, value) in Fields) form.Add(new StringContent(value), field);
        form.Add(new ByteArrayContent(Bytes(100)), "bestand", "a.bin");
        using var answer = await client.PostAsync(Files, form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_LargerThanAllowed_Is413AndNothingStays(bool lengthIsTold)
    {
        await using var small = await ServedVault.StartNewAsync(settings => settings with { MaxUpload = 3 << 20 });
        var client = await Writer.CreateAsync(small, "fi");
        var before = await CountAsync(client);
        foreach (var asForm in new[] { true, false })
        {
            var bytes = new CountingStream(lengthIsTold ? 8 << 20 : 5 << 20) { TellsLength = lengthIsTold };
            HttpContent file = new StreamContent(bytes);
            using var request = asForm ? new HttpRequestMessage(HttpMethod.Post, Files) { Content = Form(file, "groot.bin") } : Body(file, "groot.bin");
            if (!lengthIsTold) request.Headers.TransferEncodingChunked = true;
            await SendBrokenOffAsync(client, request, HttpStatusCode.RequestEntityTooLarge);
        }

        (await CountAsync(client)).ShouldBe(before);
    }

    [Fact]
    public async Task Upload_ConnectionBreaksHalfway_NothingStays()
    {
        var client = await Writer.CreateAsync(served, "fi");
        var before = await CountAsync(client);
        var objects = served.ObjectCount();
        using var form = Form(new StreamContent(new CountingStream(1 << 20) { BreaksAt = 300_000 }), "half.bin");
        await Should.ThrowAsync<HttpRequestException>(() => client.PostAsync(Files, form));
        (await CountAsync(client)).ShouldBe(before);
        await UntilAsync(() => served.ObjectCount() == objects);
    }

    [Fact]
    public async Task Upload_OfSixtyFourMebibytes_NeedsNoMoreMemoryThanOfOne()
    {
        var client = await Writer.CreateAsync(served, "fi");
        await SendAsync(1L << 20);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        using var done = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
                await Task.Delay(5);
            }
        });
        await SendAsync(64L << 20);
        await done.CancelAsync();
        await watch;
        // What is alive at any moment, of client and host together: far below the file.
        (peak - before).ShouldBeLessThan(24L << 20);

        async Task SendAsync(long size)
        {
            using var form = Form(new StreamContent(new CountingStream(size), 1 << 16), "opname.bin");
            using var answer = await client.PostAsync(Files, form);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        }
    }

    private static readonly (string Field, string Value)[] Fields = [("titel", "Foto's"), ("soort", "bewijs"), ("compartiment", "onderzoek"), ("datum", "2026-03-02")];

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private static MultipartFormDataContent Form(byte[] bytes, string name) => Form(new ByteArrayContent(bytes), name);

    private static MultipartFormDataContent Form(HttpContent file, string name)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in Fields) form.Add(new StringContent(value), field);
        form.Add(file, "bestand", name);
        return form;
    }

    private static HttpRequestMessage Body(HttpContent file, string name)
    {
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var request = new HttpRequestMessage(HttpMethod.Post, Files) { Content = file };
        foreach (var (field, value) in Fields) request.Headers.Add($"Bestand-{field}", Uri.EscapeDataString(value));
        request.Headers.Add("Bestand-Naam", Uri.EscapeDataString(name));
        return request;
    }

    private static string Field(string name, string value) => $"--G\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    private static ByteArrayContent Attack(string attack)
    {
        const string file = "--G\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.txt\"\r\n\r\ninhoud\r\n";
        var good = string.Concat(Fields.Select(pair => Field(pair.Field, pair.Value)));
        var text = attack switch
        {
            "alleen-velden" => good + "--G--\r\n",
            "veld-na-bestand" => file + Field("titel", "x") + "--G--\r\n",
            // Whole and good as far as the first file goes: it was answered 201, and what came after it was dropped in silence.
            "veld-na-heel-bestand" => good + file + Field("bij", "x") + "--G--\r\n",
            "twee-bestanden" => good + file + file + "--G--\r\n",
            "veld-twee-keer" => good + Field("titel", "x") + file + "--G--\r\n",
            "duizend-velden" => string.Concat(Enumerable.Range(0, 1000).Select(i => Field($"veld{i}", "x"))) + file + "--G--\r\n",
            "lang-veld" => Field("titel", new string('x', Uploads.MaxFieldLength + 1)) + file + "--G--\r\n",
            "geneste-onderdelen" => good + "--G\r\nContent-Disposition: form-data; name=\"bestand\"\r\nContent-Type: multipart/mixed; boundary=H\r\n\r\n--H\r\n\r\nx\r\n--H--\r\n--G--\r\n",
            "zonder-naam" => good + "--G\r\nContent-Type: text/plain\r\n\r\nx\r\n--G--\r\n",
            "lange-koppen" => good + "--G\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"" + new string('a', 20_000) + "\"\r\n\r\nx\r\n--G--\r\n",
            "afgekapt" => good + file[..^12],
            "geen-utf8" => good.Replace("Foto's", "F\u00FFto's", StringComparison.Ordinal) + file + "--G--\r\n",
            _ => good + file + "--G--\r\n",
        };
        var content = new ByteArrayContent(attack == "geen-utf8" ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", attack switch
        {
            "geen-scheiding" => "multipart/form-data",
            "lege-scheiding" => "multipart/form-data; boundary=\"\"",
            _ => "multipart/form-data; boundary=G",
        });
        if (attack == "gecomprimeerd") content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    /// <summary>Sends what the host stops reading: the answer comes, or the connection is broken off while sending went on.</summary>
    private static async Task SendBrokenOffAsync(HttpClient client, HttpRequestMessage request, HttpStatusCode status)
    {
        try
        {
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException broken) when (broken.InnerException is IOException or SocketException)
        {
            // Refused while it was being sent; that nothing stays is what counts then.
        }
    }

    private static async Task<int> CountAsync(HttpClient client)
    {
        var page = JsonNode.Parse(await client.GetStringAsync(Files))!;
        return page["total"]!.GetValue<int>();
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 200 && !holds(); i++) await Task.Delay(50);
        holds().ShouldBeTrue();
    }

    /// <summary>So many bytes, made as they are asked for, counted.</summary>
    private sealed class CountingStream(long length) : Stream
    {
        public long Given { get; private set; }

        public bool TellsLength { get; init; }

        public long BreaksAt { get; init; } = long.MaxValue;

        public override bool CanRead => true;

        public override bool CanSeek => TellsLength;

        public override bool CanWrite => false;

        public override long Length => TellsLength ? length : throw new NotSupportedException();

        public override long Position { get => Given; set => Given = value; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Given >= BreaksAt) throw new IOException("The test breaks off.");
            var most = (int)Math.Min(count, length - Given);
            for (var i = 0; i < most; i++) buffer[offset + i] = (byte)((Given + i) * 31);
            Given += most;
            return most;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => Given = origin == SeekOrigin.Begin ? offset : origin == SeekOrigin.End ? length + offset : Given + offset;

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
