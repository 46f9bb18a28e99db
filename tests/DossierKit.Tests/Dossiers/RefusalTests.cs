using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Dossiers;

/// <summary>Somebody who is kept out has a clock too: what he may not open is not read to find that out.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Open_NotForYou_ReadsNoMoreThanForWhatIsNotThere()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var stranger = await fixture.HireAsync("vreemde", "de heer K. Rietvinkstra");
        await ReadsAsync(fixture, stranger, number);
        (await ReadsAsync(fixture, stranger, number)).ShouldBe(await ReadsAsync(fixture, stranger, new DossierNumber("WL-2099-0001")));
    }

    [Fact]
    public async Task Open_ForAnotherPurpose_IsLoggedOnceAndCountsFromThen()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        (await dossier.GoOnForAsync("voortgang bekijken", default)).ShouldBeTrue();
        (await dossier.GoOnForAsync("voortgang bekijken", default)).ShouldBeTrue();
        await using (await dossier.OpenFileAsync(dossier.State.Files[0].Id, default)) { }
        (await dossier.GoOnForAsync("behandelen van de zaak", default)).ShouldBeTrue();
        var log = (await fixture.Register.LogAsync(fixture.As("fi"), new LogFilter { Dossier = number }, null, 100, default)).Entries;
        log.Where(entry => entry.Act == AccessAct.Opened).Select(entry => entry.Purpose).ShouldBe(["voortgang bekijken", "behandelen van de zaak"]);
        log.Single(entry => entry.Act == AccessAct.FileOpened).Purpose.ShouldBe("voortgang bekijken");
    }

    private static async Task<int> ReadsAsync(RegisterFixture fixture, ActingPerson person, DossierNumber number)
    {
        var reads = 0;
        fixture.Store.Fault = (operation, _) =>
        {
            if (operation == StoreOperation.Read) Interlocked.Increment(ref reads);
            return null;
        };
        (await fixture.Register.OpenAsync(number, person, "nieuwsgierig", default)).ShouldBeNull();
        fixture.Store.Fault = null;
        return reads;
    }
}
