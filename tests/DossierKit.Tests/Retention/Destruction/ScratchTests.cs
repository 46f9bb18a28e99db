using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Tests.Dossiers;
namespace DossierKit.Tests.Retention;
public sealed class ScratchTests
{
    [Fact]
    public async Task Plan()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        foreach (var sample in new[] { "nevenwerk-groenonderhoud" }) await fixture.ImportAsync(sample);
        foreach (var date in new[] { "2026-04-01", "2026-11-01", "2028-01-01", "2037-01-01" })
        {
            var items = RetentionPlanner.Plan(await fixture.Register.AllEntriesAsync(default), ShippedSelectielijst.List, fixture.Register.Protocols.Library.Find, DateOnly.Parse(date));
            foreach (var item in items.Items) File.AppendAllText("/tmp/destroy-plan.txt", "\n" + $"{date} {item.Dossier} {item.Kind} {item.Decision} {item.Status} ripe {item.Ripe} due {item.Due} class {item.Class?.Result} {string.Join(" | ", item.Reasons.Select(r => r.Text))}");
        }
    }
}
