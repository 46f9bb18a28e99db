using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DossierKit.Retention;
using DossierKit.Tests.Retention.Destruction;

namespace DossierKit.Tests.Retention.Verklaring;

/// <summary>A statement that others can check without a vault, and that cannot be changed unseen.</summary>
public sealed class SignedStatementTests : IAsyncLifetime
{
    private DestructionFixture _house = null!;
    private SignedStatement _signed = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await DestructionFixture.CreateAsync();
        await _house.CaseAsync("WL-2025-0001", recordings: 2);
        var list = await _house.ApprovedDossiersAsync();
        (await _house.RunAsync(list)).Status.ShouldBe(ListStatus.Done);
        _signed = (await _house.Lists.StatementAsync(_house.Archivaris, list.Number, default)).Value;
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public void Statement_OfAList_SaysEverythingAndNoName()
    {
        var said = _signed.Statement;
        said.Items.ShouldHaveSingleItem().Dossier.ShouldBe("WL-2025-0001");
        said.Items[0].Result.ShouldBe("12.3");
        said.Items[0].ListVersion.ShouldBe(ShippedSelectielijst.Id);
        said.Items[0].StartedOn.ShouldBe("2025-01-20");
        said.Items[0].ClosedOn.ShouldBe("2025-05-06");
        said.Approvals.Select(approval => approval.Group).ShouldBe([ApprovalGroup.Archivaris, ApprovalGroup.Medebeslisser]);
        said.Approvals.ShouldAllBe(approval => approval.ListHash == said.ListHash);
        said.Process.Destroyed.Utc.ShouldBe("2026-10-16T08:00:00Z");
        said.Process.Destroyed.Local.ShouldBe("2026-10-16T10:00:00+02:00");
        foreach (var name in (string[])["anarie", "Plassenberger", "Zeekleidijk", "Veenwortelstra", "Griendhorster", "os:"]) _signed.Json.ShouldNotContain(name);
        StatementCsv.Write(said).Split("\r\n").Length.ShouldBe(3); // heads, one item, the end
    }

    /// <summary>Every value of the document changed, one by one, and every member taken away: nothing gets through.</summary>
    [Fact]
    public void Check_AnyChangeAnywhere_IsFound()
    {
        SignedStatement.Check(Encoding.UTF8.GetBytes(_signed.Json), _signed.Key.Fingerprint).Refusals.ShouldBeEmpty();
        var places = new List<string>();
        Walk(JsonNode.Parse(_signed.Json)!, "", places);
        places.Count.ShouldBeGreaterThan(60);
        foreach (var place in places)
        {
            foreach (var remove in (bool[])[false, true])
            {
                var changed = JsonNode.Parse(_signed.Json)!;
                if (!Change(changed, place, remove)) continue;
                SignedStatement.Check(Encoding.UTF8.GetBytes(changed.ToJsonString()), _signed.Key.Fingerprint).IsDone.ShouldBeFalse($"{place} {(remove ? "removed" : "changed")}");
            }
        }
    }

    [Fact]
    public void Check_SignedByAnother_IsFoundByWhoKnowsTheKey()
    {
        using var thief = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = JsonNode.Parse(_signed.Json)!;
        var said = forged["verklaring"]!.AsObject();
        said["organisatie"] = "Elders";
        forged["handtekening"] = new JsonObject
        {
            ["algoritme"] = StatementKey.Algorithm,
            ["sleutel"] = Convert.ToBase64String(thief.ExportSubjectPublicKeyInfo()),
            ["vingerafdruk"] = new StatementKey(thief.ExportSubjectPublicKeyInfo()).Fingerprint,
            ["waarde"] = Convert.ToBase64String(thief.SignData(CanonicalJson.Write(said), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
        };
        var bytes = Encoding.UTF8.GetBytes(forged.ToJsonString());
        SignedStatement.Check(bytes, null).IsDone.ShouldBeTrue(); // whoever does not compare the key believes anybody: the command says so
        SignedStatement.Check(bytes, _signed.Key.Fingerprint).Refusals.ShouldHaveSingleItem().What.ShouldBe("De verklaring is met een andere sleutel ondertekend.");
    }

    /// <summary>What contradicts itself is refused though it is signed: a program of the municipality that lies is not believed either.</summary>
    [Theory]
    [InlineData("""["verklaring"]["aantallen"]["vernietigd"]""", "2")]
    [InlineData("""["verklaring"]["onderdelen"][0]["antwoord"]""", "\"overdragen\"")]
    [InlineData("""["verklaring"]["onderdelen"][0]["bewijs"]["sleutelsWeg"]""", "false")]
    [InlineData("""["verklaring"]["goedkeuringen"][1]["groep"]""", "\"archivaris\"")]
    [InlineData("""["verklaring"]["lijstSha256"]""", "\"00\"")]
    [InlineData("""["verklaring"]["proces"]["voorgesteld"]["utc"]""", "\"2026-10-02T08:00:00Z\"")]
    [InlineData("""["verklaring"]["goedkeuringen"][0]["tijd"]["utc"]""", "\"2026-10-17T08:00:00Z\"")]
    [InlineData("""["verklaring"]["goedkeuringen"][0]["tijd"]["utc"]""", "\"gisteren\"")]
    public void Check_ContradictsItself_IsRefusedThoughSigned(string place, string value)
    {
        var document = JsonNode.Parse(_signed.Json)!;
        var node = document;
        var steps = System.Text.RegularExpressions.Regex.Matches(place, "\\[\"?([^\"\\]]+)\"?\\]").Select(match => match.Groups[1].Value).ToList();
        foreach (var step in steps.SkipLast(1)) node = int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? node![index] : node![step];
        node![steps[^1]] = JsonNode.Parse(value);
        using var signer = StatementSigner.Of(_house.Vault.Vault);
        var signed = signer.Sign(document["verklaring"]!.AsObject());
        SignedStatement.Check(Encoding.UTF8.GetBytes(signed.ToJsonString()), _signed.Key.Fingerprint).IsDone.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"verklaring":{},"handtekening":{}}""")]
    [InlineData("""{"verklaring":{},"verklaring":{},"handtekening":{}}""")]
    [InlineData("""{"verklaring":{},"handtekening":{"algoritme":"ECDSA-P256-SHA256","sleutel":"AAAA","vingerafdruk":"","waarde":"%%%"}}""")]
    public void Check_NoStatement_IsRefusedWithoutFailing(string json) => SignedStatement.Check(Encoding.UTF8.GetBytes(json), null).IsDone.ShouldBeFalse();

    /// <summary>Values on which reading itself stumbles: the answer is that it cannot be trusted, never a crash.</summary>
    [Theory]
    [InlineData("\"versie\": 1", "\"versie\": -9223372036854775808")]
    [InlineData("\"Integriteitsdossier\"", "\"\\ud800\"")]
    [InlineData("\"lijstSha256\"", "\"\\ud800\"")]
    [InlineData("\"ECDSA-P256-SHA256\"", "\"\\udfff\"")]
    public void Check_ValuesThatCannotBeRead_IsRefusedWithoutFailing(string value, string instead)
    {
        _signed.Json.ShouldContain(value);
        SignedStatement.Check(Encoding.UTF8.GetBytes(_signed.Json.Replace(value, instead, StringComparison.Ordinal)), null).IsDone.ShouldBeFalse();
    }

    [Fact]
    public async Task Key_OfTheVault_IsTheSameAfterReopening()
    {
        var elsewhere = await _house.Vault.OpenElsewhereAsync();
        using var lists = DestructionRegister.Of(elsewhere);
        lists.Key.Fingerprint.ShouldBe(_signed.Key.Fingerprint);
        StatementKey.FingerprintOf(lists.Key.Pem).ShouldBe(_signed.Key.Fingerprint);
        StatementKey.FingerprintOf(_signed.Key.Fingerprint).ShouldBe(_signed.Key.Fingerprint);
        StatementKey.FingerprintOf("geen sleutel").ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"b":1,"a":[true,null,"é\"\\\n\u0001/"],"A":-3}""", "{\"A\":-3,\"a\":[true,null,\"é\\\"\\\\\\n\\u0001/\"],\"b\":1}")]
    [InlineData("""{ }""", "{}")]
    public void Canonical_AnyJson_HasOneForm(string json, string expected) => Encoding.UTF8.GetString(CanonicalJson.Write(JsonNode.Parse(json))).ShouldBe(expected);

    [Fact]
    public void Canonical_Fraction_IsRefused() => Should.Throw<System.Text.Json.JsonException>(() => CanonicalJson.Write(JsonNode.Parse("1.0")));

    /// <summary>A stranger with Python and openssl, and nothing of this program, checks it; and finds each change.</summary>
    [Fact]
    public async Task Check_ByAStranger_AgreesWithThisProgram()
    {
        if (!await HasAsync("python3") || !await HasAsync("openssl")) Assert.Skip("python3 or openssl is not on this machine.");
        var folder = Directory.CreateTempSubdirectory("dossierkit-stranger-").FullName;
        try
        {
            var (file, key) = (Path.Combine(folder, "v.json"), Path.Combine(folder, "key.pem"));
            await File.WriteAllTextAsync(file, _signed.Json);
            await File.WriteAllTextAsync(key, _signed.Key.Pem);
            (await StrangerAsync(file, key)).ShouldBe((0, $"klopt VL-2026-0001 {_signed.Key.Fingerprint}"));
            await File.WriteAllTextAsync(file, _signed.Json.Replace("\"WL-2025-0001\"", "\"WL-2025-0002\"", StringComparison.Ordinal));
            (await StrangerAsync(file, key)).Code.ShouldBe(1);
            using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            await File.WriteAllTextAsync(file, _signed.Json);
            await File.WriteAllTextAsync(key, other.ExportSubjectPublicKeyInfoPem());
            (await StrangerAsync(file, key)).Code.ShouldBe(1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> StrangerAsync(string file, string key, [CallerFilePath] string here = "")
    {
        using var python = Process.Start(new ProcessStartInfo("python3", [Path.Combine(Path.GetDirectoryName(here)!, "verify_verklaring.py"), file, key]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return (python.ExitCode, output.Trim());
    }

    private static async Task<bool> HasAsync(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, program == "openssl" ? "version" : "--version") { RedirectStandardOutput = true, UseShellExecute = false })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void Walk(JsonNode node, string path, List<string> places)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                places.Add($"{path}/{name}");
                if (value is not null) Walk(value, $"{path}/{name}", places);
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                places.Add($"{path}/{i}");
                if (items[i] is { } item) Walk(item, $"{path}/{i}", places);
            }
        }
    }

    /// <summary>Changes or removes one place; <see langword="false"/> when there is nothing to change there.</summary>
    private static bool Change(JsonNode root, string place, bool remove)
    {
        var steps = place.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var parent = steps.SkipLast(1).Aggregate(root, (node, step) => node is JsonArray array ? array[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
        var last = steps[^1];
        var value = parent is JsonArray list ? list[int.Parse(last, CultureInfo.InvariantCulture)] : parent[last];
        if (remove)
        {
            if (parent is JsonArray items) items.RemoveAt(int.Parse(last, CultureInfo.InvariantCulture));
            else parent.AsObject().Remove(last);
            return true;
        }

        JsonNode? other = value switch
        {
            JsonValue text when text.TryGetValue<string>(out var was) => JsonValue.Create(was + "0"),
            JsonValue flag when flag.TryGetValue<bool>(out var was) => JsonValue.Create(!was),
            JsonValue number when number.TryGetValue<long>(out var was) => JsonValue.Create(was + 1),
            null => JsonValue.Create("x"),
            _ => null,
        };
        if (other is null) return false;
        if (parent is JsonArray array) array[int.Parse(last, CultureInfo.InvariantCulture)] = other;
        else parent[last] = other;
        return true;
    }
}
