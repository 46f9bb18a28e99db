using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using DossierKit.Host.Cli.Doctor;
using DossierKit.Host.Serving;

namespace DossierKit.Tests.Cli;

public sealed class ServingChecksTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", nameof(Health.Good))]
    [InlineData("/dev/zram0 partition 100 0 100", nameof(Health.Good))]
    [InlineData("/dev/sda2 partition 100 0 100", nameof(Health.Warning))]
    [InlineData("/swapfile file 100 0 100", nameof(Health.Warning))]
    public void Swap_OnADisk_Warns(string line, string health) => ServingChecks.Swap(["Filename Type Size Used Priority", line]).Health.ToString().ShouldBe(health);

    [Theory]
    [InlineData("Max core file size        0                    unlimited            bytes", nameof(Health.Good))]
    [InlineData("Max core file size        unlimited            unlimited            bytes", nameof(Health.Warning))]
    public void CoreDumps_Allowed_Warns(string line, string health) => ServingChecks.CoreDumps(["Limit Soft Hard Units", line]).Health.ToString().ShouldBe(health);

    [Theory]
    [InlineData(90, nameof(Health.Good))]
    [InlineData(10, nameof(Health.Warning))]
    [InlineData(-1, nameof(Health.Bad))]
    public void Certificate_NearItsEnd_IsTold(int days, string health)
    {
        using var folder = new Vault.Store.TempFolder();
        var file = folder.Below("host.pfx");
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            using var certificate = new CertificateRequest("CN=host", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-100), Now.AddDays(days));
            File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12));
        }

        Check(new HostSettings { Certificate = new CertificateSettings(file) }, "certificate").Health.ToString().ShouldBe(health);
    }

    [Fact]
    public void Certificate_Missing_IsBadAndSaysWhere()
    {
        var finding = Check(new HostSettings { Certificate = new CertificateSettings("/nergens/host.pfx") }, "certificate");
        finding.Health.ShouldBe(Health.Bad);
        finding.Text.ShouldContain("/nergens/host.pfx");
    }

    [Fact]
    public void SecurityContact_ServedToOthersAndNobodyNamed_Warns()
    {
        var served = new HostSettings { Urls = [new Uri("https://10.1.2.3")] };
        Check(served, "security-contact").Health.ShouldBe(Health.Warning);
        Check(served with { Security = new SecurityContact([new Uri("mailto:veilig@waterlanden.example")], Now.AddDays(5)) }, "security-contact").Health.ShouldBe(Health.Warning);
        Check(served with { Security = new SecurityContact([new Uri("mailto:veilig@waterlanden.example")], Now.AddDays(200)) }, "security-contact").Health.ShouldBe(Health.Good);
        ServingChecks.Of(new HostSettings(), Now).ShouldBeEmpty();
    }

    private static Finding Check(HostSettings settings, string check) => ServingChecks.Of(settings, Now).Single(finding => finding.Check == check);
}
