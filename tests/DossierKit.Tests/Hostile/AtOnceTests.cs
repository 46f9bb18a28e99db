using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Tests.Api;
using DossierKit.Tests.Serving;
using DossierKit.Tests.SignIn;

namespace DossierKit.Tests.Hostile;

/// <summary>What two people, or one in a hurry, do at the same moment; and rights that end while something goes on.</summary>
public sealed class AtOnceTests(ServedSignIn host) : IClassFixture<ServedSignIn>
{
    private const string Files = "/v1/dossiers/WL-2026-0001/bestanden";

    [Fact]
    public async Task Link_SentByTwoAtOnce_MakesOnePasskey()
    {
        var link = await host.LinkAsync("fi", await host.NewcomerAsync());
        var devices = Enumerable.Range(0, 4).Select(_ => new SoftAuthenticator()).ToList();
        var sends = new List<Func<Task<HttpResponseMessage>>>();
        foreach (var device in devices)
        {
            var client = host.Served.CreateStranger(followRedirects: false);
            var (attempt, options) = await ServedSignIn.AskAsync(client, $"/aanmelden/link/{link}/opties");
            var credential = device.Create(options);
            sends.Add(() => ServedSignIn.PostAsync(client, $"/aanmelden/link/{link}", ("poging", attempt), ("antwoord", credential), ("naam", "proefsleutel")));
        }

        var answers = await Task.WhenAll(sends.Select(send => Task.Run(send)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther).ShouldBe(1);
        answers.Count(answer => answer.Headers.Contains("Set-Cookie")).ShouldBe(1);
        foreach (var answer in answers) answer.Dispose();
        foreach (var device in devices) device.Dispose();
    }

    [Fact]
    public async Task RecoveryCode_SentByTwoAtOnce_GivesOneLink()
    {
        var owner = await host.NewcomerAsync();
        var codes = await host.SignIns.MakeRecoveryCodesAsync(new ActingPerson(new PersonId(owner), "passkey:vorige"), default);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ServedSignIn.PostAsync(host.Served.CreateStranger(followRedirects: false), "/aanmelden/herstel", ("code", codes[0])))));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther).ShouldBe(1);
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task PasskeyAnswer_SentTwiceAtOnce_LetsInOnce()
    {
        using var device = new SoftAuthenticator();
        (await host.EnrolAsync(host.Served.CreateStranger(followRedirects: false), await host.LinkAsync("fi", await host.NewcomerAsync()), device)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var client = host.Served.CreateStranger(followRedirects: false);
        var (attempt, options) = await ServedSignIn.AskAsync(client, "/aanmelden/opties");
        var credential = device.Get(options);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => ServedSignIn.PostAsync(host.Served.CreateStranger(followRedirects: false), "/aanmelden/toegangssleutel", ("poging", attempt), ("antwoord", credential)))));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther).ShouldBe(1);
        foreach (var answer in answers) answer.Dispose();
    }

    /// <summary>One proof of presence carries one form; what was sent beside it asks for a proof of its own, or finds the session under another token.</summary>
    [Fact]
    public async Task Proof_SentTwiceAtOnce_IsTakenOnce()
    {
        using var device = new SoftAuthenticator();
        var client = host.Served.CreateStranger(followRedirects: false);
        (await host.EnrolAsync(client, await host.LinkAsync("fi", await host.NewcomerAsync()), device)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        client.DefaultRequestHeaders.Add("X-CSRF-Token", await ServedSignIn.TokenAsync(client));
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        var (attempt, options) = await ServedSignIn.AskAsync(client, "/aanmelden/bevestigen/opties");
        var credential = device.Get(options);
        var proofs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ServedSignIn.PostAsync(client, "/aanmelden/bevestigen", ("bevestig-poging", attempt), ("bevestig-antwoord", credential)))));
        proofs.Count(answer => answer.Headers.Contains("Set-Cookie")).ShouldBe(1);
        foreach (var answer in proofs) answer.Dispose();
    }

    [Fact]
    public async Task IdempotencyKey_OfAnother_TellsNothingAndDoesNothingTwice()
    {
        await using var served = await ServedVault.StartNewAsync();
        var (fi, onderzoeker) = (await Writer.CreateAsync(served, "fi"), await Writer.CreateAsync(served, "onderzoeker"));
        const string body = """{ "soort": "journaal-aantekening", "datum": "2026-03-10", "aantekening": "Gebeld over de planning." }""";
        var first = await SendAsync(fi, body);
        var again = await SendAsync(fi, body);
        again.Id.ShouldBe(first.Id);
        var other = await SendAsync(onderzoeker, body);
        other.Status.ShouldBe(201);
        other.Id.ShouldNotBe(first.Id);
        // Another content under one's own key is refused; under somebody else's it is a request like any other.
        (await SendAsync(fi, body.Replace("planning", "begroting", StringComparison.Ordinal))).Status.ShouldBe(409);

        static async Task<(int Status, string? Id)> SendAsync(HttpClient client, string text)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/dossiers/WL-2026-0001/gebeurtenissen", UriKind.Relative)) { Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", "een-sleutel-die-uitlekte");
            using var answer = await client.SendAsync(request);
            return ((int)answer.StatusCode, (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]);
        }
    }

    [Fact]
    public async Task Version_OfADossierThatIsNotYours_IsNeverAnswered()
    {
        var fi = await host.Served.CreateClientAsync("fi");
        using var own = await fi.GetAsync(new Uri("/v1/dossiers/WL-2026-0001", UriKind.Relative));
        var stranger = await host.Served.CreateClientAsync("vreemde");
        foreach (var path in (string[])["", "/gebeurtenissen", "/personen", "/bestanden", "/documenten", "/termijnen"])
        {
            foreach (var tag in (string[])["*", own.Headers.ETag!.Tag])
            {
                var answers = new List<string>();
                foreach (var number in (string[])["WL-2026-0001", "WL-2099-0404"])
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/v1/dossiers/{number}{path}", UriKind.Relative));
                    request.Headers.TryAddWithoutValidation("If-None-Match", tag);
                    using var answer = await stranger.SendAsync(request);
                    answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
                    answer.Headers.ETag.ShouldBeNull();
                    answers.Add($"{answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}={string.Join(',', header.Value)}").Order().Aggregate("", (all, one) => all + one)} {answer.Content.Headers} {await answer.Content.ReadAsStringAsync()}");
                }

                answers[1].ShouldBe(answers[0]);
            }
        }
    }

    /// <summary>Uploading takes minutes; whoever is taken off the case meanwhile files nothing any more.</summary>
    [Fact]
    public async Task Upload_RightEndsWhileItRuns_FilesNothing()
    {
        await using var served = await ServedVault.StartNewAsync();
        var client = await Writer.CreateAsync(served, "onderzoeker");
        var fi = await served.CreateClientAsync("fi");
        var before = JsonNode.Parse(await fi.GetStringAsync(new Uri(Files, UriKind.Relative)))!["total"]!.GetValue<int>();
        using var content = new HalfwayStream(2 << 20);
        using var body = new StreamContent(content, 1 << 16);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Files, UriKind.Relative)) { Content = body };
        foreach (var (name, value) in ((string, string)[])[("Naam", "a.bin"), ("Soort", "bewijs"), ("Compartiment", "onderzoek"), ("Datum", "2026-03-10")]) request.Headers.Add($"Bestand-{name}", value);
        var sending = client.SendAsync(request);
        await content.Halfway.WaitAsync(TimeSpan.FromSeconds(60));
        await EndRoleAsync(served, "onderzoeker", StaffRole.OnderzoekerIntern);
        content.GoOn();
        using (var answer = await sending) answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, await answer.Content.ReadAsStringAsync());
        JsonNode.Parse(await fi.GetStringAsync(new Uri(Files, UriKind.Relative)))!["total"]!.GetValue<int>().ShouldBe(before);
    }

    [Fact]
    public async Task Player_RightEndsWhileItPlays_TheNextPartIsNotThere()
    {
        await using var served = await ServedVault.StartNewAsync();
        var state = await OpenSample.OfAsync(served, "WL-2026-0001");
        var recording = state.Files.First(file => file.Kind == FileKind.Recording);
        var client = await served.CreateClientAsync("onderzoeker");
        (await PartAsync(client, recording.Id, 0)).ShouldBe(HttpStatusCode.PartialContent);
        await EndRoleAsync(served, "onderzoeker", StaffRole.OnderzoekerIntern);
        (await PartAsync(client, recording.Id, 100)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Player_ManyParts_AreOneOpeningInTheLogUntilAPause()
    {
        var clock = new TestClock();
        await using var served = await ServedVault.StartNewAsync(clock: clock);
        var state = await OpenSample.OfAsync(served, "WL-2026-0001");
        var recording = state.Files.First(file => file.Kind == FileKind.Recording);
        var client = await served.CreateClientAsync("onderzoeker");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(part => PartAsync(client, recording.Id, part)));
        for (var part = 0; part < 10; part++)
        {
            clock.Advance(TimeSpan.FromMinutes(2));
            (await PartAsync(client, recording.Id, part)).ShouldBe(HttpStatusCode.PartialContent);
        }

        (await OpenedAsync(served, recording.Id, "onderzoeker")).ShouldBe(1);
        // After a pause it is another opening; and so is everybody who asks for the whole.
        clock.Advance(TimeSpan.FromMinutes(16));
        (await PartAsync(client, recording.Id, 5)).ShouldBe(HttpStatusCode.PartialContent);
        (await OpenedAsync(served, recording.Id, "onderzoeker")).ShouldBe(2);
        for (var whole = 0; whole < 2; whole++) (await client.GetByteArrayAsync(new Uri($"{Files}/{recording.Id}/inhoud", UriKind.Relative))).ShouldNotBeEmpty();
        (await OpenedAsync(served, recording.Id, "onderzoeker")).ShouldBe(4);
        // Somebody else's reading is his own.
        (await PartAsync(await served.CreateClientAsync("fi"), recording.Id, 1)).ShouldBe(HttpStatusCode.PartialContent);
        (await OpenedAsync(served, recording.Id, "fi")).ShouldBe(1);
    }

    /// <summary>A program that goes on for days under the purpose of its first request would leave a log that says nothing.</summary>
    [Fact]
    public async Task Purpose_AnotherInTheSameSession_IsLoggedToo()
    {
        await using var served = await ServedVault.StartNewAsync();
        var client = await served.CreateClientAsync("verantwoordelijke", purpose: "Eerste doel");
        (await client.GetAsync(new Uri("/v1/dossiers/WL-2026-0001", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var again = 0; again < 2; again++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/dossiers/WL-2026-0001", UriKind.Relative));
            request.Headers.Add("Doel", Uri.EscapeDataString("Tweede doel"));
            using var answer = await client.SendAsync(request);
        }

        var fi = served.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        var page = await served.Register.LogAsync(fi, new LogFilter { Act = AccessAct.Opened, Person = new PersonId("verantwoordelijke") }, null, 200, default);
        page.Entries.Select(entry => entry.Purpose).ShouldBe(["Tweede doel", "Eerste doel"]);
    }

    private static async Task<int> OpenedAsync(ServedVault served, FileId file, string person)
    {
        var fi = served.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        var page = await served.Register.LogAsync(fi, new LogFilter { Act = AccessAct.FileOpened, Person = new PersonId(person) }, null, 200, default);
        return page.Entries.Count(entry => entry.File == file);
    }

    private static async Task<HttpStatusCode> PartAsync(HttpClient client, FileId file, int from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Files}/{file}/inhoud", UriKind.Relative));
        request.Headers.Range = new RangeHeaderValue(from, from + 10);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task EndRoleAsync(ServedVault served, string person, StaffRole role)
    {
        var fi = served.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        (await served.Register.Staff.EndAsync(fi, new PersonId(person), role, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-1), default)).IsDone.ShouldBeTrue();
    }

    /// <summary>Bytes of which the second half comes when the test says so.</summary>
    private sealed class HalfwayStream(int length) : Stream
    {
        private readonly TaskCompletionSource _halfway = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _on = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _given;

        public Task Halfway => _halfway.Task;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _given; set => throw new NotSupportedException(); }

        public void GoOn() => _on.TrySetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given >= length / 2)
            {
                _halfway.TrySetResult();
                await _on.Task.WaitAsync(cancellationToken);
            }

            var count = Math.Min(buffer.Length, length - _given);
            _given += count;
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
