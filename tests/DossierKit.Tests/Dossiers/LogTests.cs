using System.Text;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Dossiers;

/// <summary>The log, for those who watch over it, and for nobody else.</summary>
public sealed class LogTests
{
    private static readonly DateOnly Day = new(2026, 4, 1);

    [Fact]
    public async Task Log_ForTheFg_ShowsAllActsWithoutPurposes()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var (number, fg, _) = await CaseAsync(fixture);
        var page = await fixture.Register.LogAsync(fg, LogFilter.All, null, 100, default);
        page.Entries.ShouldContain(entry => entry.Act == AccessAct.Opened && entry.Person == new PersonId("fi") && entry.Dossier == number && entry.Via == AccountKind.Computer);
        page.Entries.ShouldContain(entry => entry.Act == AccessAct.Opened && entry.Person == new PersonId("onderzoeker"));
        page.Entries.ShouldAllBe(entry => entry.Purpose == null);
        page.Entries.Select(entry => entry.At).ShouldBe(page.Entries.Select(entry => entry.At).OrderDescending());
        page.Older.ShouldBeNull();
    }

    [Fact]
    public async Task Log_ForTheFgWhoIsAppointed_ShowsThePurposes()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var (number, fg, _) = await CaseAsync(fixture);
        using (var dossier = await fixture.OpenAsync("fi", number))
            (await dossier.RecordAsync(new DataBreachReported { Date = Day, Description = "iets", To = fg.Id }, default)).Refusals.ShouldBeEmpty();
        (await fixture.Register.LogAsync(fg, LogFilter.All, null, 100, default)).Entries.ShouldContain(entry => entry.Purpose == "behandelen van de zaak");
    }

    [Fact]
    public async Task Log_ForTheFi_ShowsPurposesAndWhatWaitsForReview()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var (number, _, _) = await CaseAsync(fixture);
        var namesake = await fixture.HireAsync("naamgenoot", "mevrouw Y. Kwelderhof", StaffRole.PlaatsvervangendFi);
        (await fixture.Register.OpenAsync(number, namesake, "vervangen", default)).ShouldBeNull();
        var entries = (await fixture.Register.LogAsync(fixture.As("fi"), LogFilter.All, null, 100, default)).Entries;
        entries.ShouldContain(entry => entry.Act == AccessAct.Refused && entry.Person == namesake.Id && entry.NeedsReview && entry.Purpose == "vervangen");
        entries.ShouldContain(entry => entry.Person == new PersonId("onderzoeker") && entry.Purpose == "behandelen van de zaak");
        // She is, or may be, the melder: of this case she learns nothing, not even that she was refused.
        var hers = (await fixture.Register.LogAsync(namesake, LogFilter.All, null, 100, default)).Entries;
        hers.ShouldAllBe(entry => entry.Dossier == null && !entry.NeedsReview);
        hers.Count(entry => entry.Act == AccessAct.Refused).ShouldBe(1);
        hers.ShouldNotContain(entry => entry.Person == new PersonId("onderzoeker"));
    }

    [Fact]
    public async Task Log_ForTheFgWhoMayBePartOfTheCase_HidesThatCase()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await CaseAsync(fixture);
        var fg = await fixture.HireAsync("fg2", "mevrouw Y. Kwelderhof", StaffRole.Fg);
        (await fixture.Register.LogAsync(fg, LogFilter.All, null, 100, default)).Entries.ShouldAllBe(entry => entry.Dossier == null);
    }

    [Fact]
    public async Task Log_ForAnyoneElse_ShowsOnlyOwnActsAndNoDifferenceBetweenRefusedAndNotThere()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var (number, _, onderzoeker) = await CaseAsync(fixture);
        var other = await fixture.HireAsync("ander", "de heer A. Nderland", StaffRole.OnderzoekerIntern);
        await fixture.Register.OpenAsync(number, other, "nieuwsgierig", default);
        await fixture.Register.OpenAsync(new DossierNumber("WL-1999-9999"), other, "nieuwsgierig", default);
        var entries = (await fixture.Register.LogAsync(other, LogFilter.All, null, 100, default)).Entries;
        entries.Count.ShouldBe(2);
        entries.Select(entry => entry with { Id = "", At = default }).Distinct().ShouldHaveSingleItem().ShouldBe(new LogEntry("", default, AccessAct.Refused, other.Id, AccountKind.Computer, null, null, null, false));
        (await fixture.Register.LogAsync(onderzoeker, LogFilter.All, null, 100, default)).Entries.ShouldHaveSingleItem().Purpose.ShouldBe("behandelen van de zaak");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Log_PageByPage_IsTheWholeLogOnce(int size)
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var (_, fg, _) = await CaseAsync(fixture);
        for (var i = 0; i < 150; i++) await fixture.Register.LogSignInAsync(i % 2 == 0 ? SignInAct.SignedIn : SignInAct.Failed, i % 2 == 0 ? fg.Id : null, AccountKind.Passkey, default);
        var (seen, older) = (new List<string>(), (string?)null);
        do
        {
            var page = await fixture.Register.LogAsync(fg, LogFilter.All, older, size, default);
            seen.AddRange(page.Entries.Select(entry => entry.Id));
            older = page.Older;
        }
        while (older is not null);
        seen.ShouldBeUnique();
        seen.Count.ShouldBe((await fixture.Register.Log.ReadAsync(default)).Count);
    }

    [Fact]
    public async Task Log_ByAFilter_ShowsWhatFits()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var (number, fg, onderzoeker) = await CaseAsync(fixture);
        await fixture.Register.OpenAsync(new DossierNumber("WL-1999-9999"), onderzoeker, "nieuwsgierig", default);
        fixture.Clock.Now = fixture.Clock.Now.AddDays(3);
        await fixture.Register.LogSignInAsync(SignInAct.Failed, null, null, default);
        async Task<IReadOnlyList<LogEntry>> Find(LogFilter filter) => (await fixture.Register.LogAsync(fg, filter, null, 100, default)).Entries;
        (await Find(new LogFilter { Dossier = number })).ShouldAllBe(entry => entry.Dossier == number);
        (await Find(new LogFilter { Dossier = number })).ShouldNotBeEmpty();
        (await Find(new LogFilter { Dossier = new DossierNumber("WL-1999-9999") })).ShouldBeEmpty();
        (await Find(new LogFilter { Person = onderzoeker.Id })).Count.ShouldBe(2);
        (await Find(new LogFilter { Act = AccessAct.SignInFailed })).ShouldHaveSingleItem();
        (await Find(new LogFilter { RefusalsOnly = true })).Count.ShouldBe(2);
        (await Find(new LogFilter { From = Day.AddDays(1) })).ShouldHaveSingleItem();
        (await Find(new LogFilter { Until = Day })).ShouldNotContain(entry => entry.Act == AccessAct.SignInFailed);
    }

    [Fact]
    public async Task ExportLog_ByTheFi_IsCsvWithoutFormulasAndIsLogged()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var (number, fg, onderzoeker) = await CaseAsync(fixture);
        using (await fixture.Register.OpenAsync(number, fixture.As("fi"), "=HYPERLINK(\"x\")", default)) await Task.CompletedTask;
        using var csv = new MemoryStream();
        (await fixture.Register.ExportLogAsync(fixture.As("fi"), new LogFilter { Dossier = number }, csv, default)).Value.ShouldBeGreaterThan(2);
        var lines = Encoding.UTF8.GetString(csv.ToArray()).Split("\r\n");
        lines[0].TrimStart('\uFEFF').ShouldBe("moment;daad;persoon;via;dossier;bestand;doel;nakijken");
        lines[1].ShouldBe($"\"2026-04-01T08:00:00Z\";\"geopend\";\"fi\";\"os\";\"{number}\";\"\";\"'=HYPERLINK(\"\"x\"\")\";\"\"");
        (await fixture.Register.LogAsync(fg, LogFilter.All, null, 1, default)).Entries[0].Act.ShouldBe(AccessAct.LogExported);
        (await fixture.Register.ExportLogAsync(onderzoeker, LogFilter.All, csv, default)).IsDone.ShouldBeFalse();
    }

    [Fact]
    public async Task VerifyLog_AfterAnEntryWasChanged_SaysSo()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var (_, fg, onderzoeker) = await CaseAsync(fixture);
        var whole = (await fixture.Register.VerifyLogAsync(fg, default)).Value;
        whole.IsWhole.ShouldBeTrue();
        whole.Head.Length.ShouldBe(64);
        (await fixture.Register.VerifyLogAsync(onderzoeker, default)).IsDone.ShouldBeFalse();

        var name = new StreamLayout(fixture.Vault.WellKnown(StreamKind.AccessLog)).Commit(2);
        var bytes = fixture.Store.Snapshot()[name].ToArray();
        bytes[^1] ^= 1;
        fixture.Store.Tamper(name, bytes);
        var broken = (await fixture.Register.VerifyLogAsync(fg, default)).Value;
        broken.IsWhole.ShouldBeFalse();
        broken.Finding.ShouldNotBeNull();
        await Should.ThrowAsync<VaultDamagedException>(() => fixture.Register.LogAsync(fg, LogFilter.All, null, 500, default).AsTask());
    }

    [Fact]
    public async Task DirectWork_ByTheCommandLine_IsShownUntilItWasSeen()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var (number, fg, onderzoeker) = await CaseAsync(fixture);
        await fixture.Register.LogSignInAsync(SignInAct.SignedIn, fg.Id, AccountKind.Passkey, default);
        var work = (await fixture.Register.DirectWorkSinceAsync(fg, default))!;
        work.Since.ShouldBeNull();
        work.Entries.ShouldContain(entry => entry.Dossier == number);
        work.Entries.ShouldAllBe(entry => entry.Via == AccountKind.Computer && entry.Purpose == null);
        work.StaffChanges.ShouldContain(change => change.Name == "account-gekoppeld");
        (await fixture.Register.DirectWorkSinceAsync(onderzoeker, default)).ShouldBeNull();

        fixture.Clock.Now = fixture.Clock.Now.AddHours(1);
        await fixture.Register.SeeDirectWorkAsync(fg, default);
        work = (await fixture.Register.DirectWorkSinceAsync(fg, default))!;
        work.Since.ShouldBe(fixture.Clock.Now);
        work.Entries.ShouldBeEmpty();
        work.StaffChanges.ShouldBeEmpty();
        (await fixture.Register.DirectWorkSinceAsync(fixture.As("fi"), default))!.Entries.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task LogOfADossier_ForTheVerantwoordelijke_SaysWhoOpenedItAndNothingThatPointsToTheMelder()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var (number, _, onderzoeker) = await CaseAsync(fixture);
        var namesake = await fixture.HireAsync("naamgenoot", "mevrouw Y. Kwelderhof", StaffRole.OnderzoekerIntern);
        await fixture.Register.OpenAsync(number, namesake, "kijken", default);
        using var hers = await fixture.OpenAsync("verantwoordelijke", number);
        var entries = (await hers.LogAsync(null, 100, default)).Entries;
        entries.ShouldContain(entry => entry.Act == AccessAct.Opened && entry.Person == onderzoeker.Id && entry.Purpose == null);
        entries.ShouldNotContain(entry => entry.Person == namesake.Id);
        using var fi = await fixture.OpenAsync("fi", number);
        (await fi.LogAsync(null, 100, default)).Entries.ShouldContain(entry => entry.Person == namesake.Id && entry.NeedsReview);
        using var his = await fixture.OpenAsync("onderzoeker", number);
        his.MaySeeLog.ShouldBeFalse();
        (await his.LogAsync(null, 100, default)).Entries.ShouldBeEmpty();
    }

    /// <summary>A case that was opened by the FI and the onderzoeker, and an FG.</summary>
    private static async Task<(DossierNumber Number, ActingPerson Fg, ActingPerson Onderzoeker)> CaseAsync(RegisterFixture fixture)
    {
        var onderzoeker = await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var fg = await fixture.HireAsync("fg", "de heer D. Waterwolf", StaffRole.Fg);
        var number = await fixture.ImportAsync();
        using (await fixture.OpenAsync("fi", number)) fixture.Clock.Now = fixture.Clock.Now.AddSeconds(0);
        using (await fixture.OpenAsync("onderzoeker", number)) return (number, fg, onderzoeker);
    }
}
