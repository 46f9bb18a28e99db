using DossierKit.Browser.Harness;

namespace DossierKit.Browser;

public sealed class SmokeTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Werk_SignedIn_ShowsTheirWork()
    {
        await using var window = await site.OpenAsync("fi");
        (await window.GoAsync("/werk")).ShouldBe(200);
        (await window.Page.TitleAsync()).ShouldBe("Mijn werk - DossierKit");
    }
}
