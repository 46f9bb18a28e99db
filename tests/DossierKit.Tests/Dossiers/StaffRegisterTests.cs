using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

public sealed class StaffRegisterTests
{
    private static readonly DateOnly Start = new(2026, 1, 1);

    [Fact]
    public async Task Found_Twice_IsRefused()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var again = await fixture.Register.Staff.FoundAsync(
            RegisterFixture.Waterlanden, new FoundingPerson(new PersonId("x"), "X", "os:x"), new FoundingPerson(new PersonId("y"), "Y", "os:y"), "burgemeester", default);
        again.Refusals.ShouldHaveSingleItem().What.ShouldBe("Deze kluis is al ingericht.");
    }

    [Fact]
    public async Task Found_WithOnePersonTwiceAndNoAccount_TellsBoth()
    {
        await using var fixture = new DossierKit.Tests.Vault.Streams.VaultFixture();
        using var register = await DossierRegister.LoadAsync(await fixture.CreateAsync(), new FixedClock(DateTimeOffset.UnixEpoch), default);
        var founded = await register.Staff.FoundAsync(
            RegisterFixture.Waterlanden with { Signatory = " " }, new FoundingPerson(new PersonId("fi"), "Een", "os:een"), new FoundingPerson(new PersonId("fi"), "Een", null), "", default);
        founded.Refusals.Select(refusal => refusal.What).ShouldBe(
            ["Bij de gemeente ontbreekt: ondertekenaar.", "De twee eerste personen zijn dezelfde.", "Bij een verantwoordelijke hoort een ambt.", "Een van de twee eerste personen heeft geen account."],
            ignoreOrder: true);
        register.Staff.IsFounded.ShouldBeFalse();
    }

    [Theory]
    [InlineData("fi", "os:verantwoordelijke")]
    [InlineData("fi", "os:niemand")]
    [InlineData("niemand", "os:fi")]
    public async Task SignIn_NotOnesOwnAccount_IsRefusedWithOneText(string person, string account)
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        fixture.Register.Staff.SignIn(new PersonId(person), account).Refusals.ShouldHaveSingleItem().ShouldBe(
            new Refusal("U kunt niet als deze persoon werken.", "Uw account is niet aan deze persoon gekoppeld.", "Gebruik uw eigen aanduiding, of laat de functionaris integriteit uw account koppelen."));
    }

    [Theory]
    [InlineData(StaffRole.Fi)]
    [InlineData(StaffRole.PlaatsvervangendFi)]
    [InlineData(StaffRole.OnderzoekerIntern)]
    [InlineData(StaffRole.Archivaris)]
    [InlineData(StaffRole.Directeur)]
    public async Task Appoint_ToARoleWithAccess_WaitsForASecondPersonWhoIsNeitherProposerNorAppointee(StaffRole role)
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var (staff, fi) = (fixture.Register.Staff, fixture.As("fi"));
        await staff.AddPersonAsync(fi, new PersonId("nieuw"), "de heer N. Ieuweling", null, default);
        await staff.BindAsync(fi, new PersonId("nieuw"), "os:nieuw", default);

        var change = (await staff.AppointAsync(fi, new PersonId("nieuw"), new Appointment(role, Start), default)).Value;

        change.Person.RolesOn(Start).ShouldBeEmpty();
        (await staff.ConfirmAsync(fi, change.Waiting!.Id, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("U kunt uw eigen voorstel niet bevestigen.");
        (await staff.ConfirmAsync(fixture.As("nieuw"), change.Waiting.Id, default)).Refusals.ShouldContain(refusal => refusal.What == "U kunt geen voorstel over uzelf bevestigen.");
        (await staff.ConfirmAsync(fixture.As("verantwoordelijke"), change.Waiting.Id, default)).Value.Person.RolesOn(Start).ShouldBe([role]);
        (await staff.ConfirmAsync(fixture.As("verantwoordelijke"), change.Waiting.Id, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Dit voorstel wacht niet op bevestiging.");
        staff.Waiting.ShouldBeEmpty();
    }

    [Fact]
    public async Task Appoint_Beheerder_IsInForceAtOnceAndGivesNoRightToAppointOthers()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var beheerder = await fixture.HireAsync("beheerder", "de heer B. Machinekamer", StaffRole.Beheerder);
        var appointed = await fixture.Register.Staff.AppointAsync(beheerder, beheerder.Id, new Appointment(StaffRole.Fi, Start), default);
        appointed.Refusals.ShouldHaveSingleItem().What.ShouldBe("U mag deze rol niet geven, bevestigen of beëindigen.");
    }

    [Fact]
    public async Task Unbind_ByOneOfTheIntegritySide_EndsWhatTheAccountHadOpen()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var onderzoeker = await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("onderzoeker", number);
        var staff = fixture.Register.Staff;
        (await staff.UnbindAsync(fixture.As("verantwoordelijke"), onderzoeker.Id, "os:onderzoeker", default)).Value.Accounts.ShouldBeEmpty();
        (await dossier.RefreshAsync(default)).ShouldBeFalse();
        (await fixture.Register.OpenAsync(number, onderzoeker, "nog even", default)).ShouldBeNull();
        (await fixture.Register.ListAsync(onderzoeker, default)).ShouldBeEmpty();
        staff.FindByAccount("os:onderzoeker").ShouldBeNull();
        (await staff.UnbindAsync(fixture.As("fi"), onderzoeker.Id, "os:onderzoeker", default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Dit account is niet aan deze persoon gekoppeld.");
    }

    [Fact]
    public async Task Unbind_ByABeheerder_IsRefused()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var beheerder = await fixture.HireAsync("beheerder", "de heer B. Machinekamer", StaffRole.Beheerder);
        (await fixture.Register.Staff.UnbindAsync(beheerder, new PersonId("fi"), "os:fi", default)).IsDone.ShouldBeFalse();
        (await fixture.Register.Staff.UnbindAsync(beheerder, beheerder.Id, "os:beheerder", default)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Unbind_TheLastAccountOfTheFi_WaitsUntilTwoOthersCanGiveANewOne()
    {
        // With two founders and nobody else, whoever takes the last account of the one away has locked that one out for good: the other may not confirm alone.
        await using var fixture = await RegisterFixture.CreateAsync();
        var staff = fixture.Register.Staff;
        (await staff.UnbindAsync(fixture.As("verantwoordelijke"), new PersonId("fi"), "os:fi", default)).Refusals.ShouldHaveSingleItem().What
            .ShouldBe("Dit is het laatste account waarmee deze persoon binnenkomt.");
        await fixture.HireAsync("beheerder", "de heer B. Machinekamer", StaffRole.Beheerder);
        (await staff.UnbindAsync(fixture.As("verantwoordelijke"), new PersonId("fi"), "os:fi", default)).IsDone.ShouldBeTrue();
        var change = (await staff.BindAsync(fixture.As("beheerder"), new PersonId("fi"), "os:nieuw", default)).Value;
        (await staff.ConfirmAsync(fixture.As("verantwoordelijke"), change.Waiting!.Id, default)).Value.Person.Accounts.ShouldBe(["os:nieuw"]);
    }

    [Fact]
    public async Task Decline_AProposal_NeverComesInForce()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var staff = fixture.Register.Staff;
        var beheerder = await fixture.HireAsync("beheerder", "de heer B. Machinekamer", StaffRole.Beheerder);
        var change = (await staff.BindAsync(beheerder, new PersonId("fi"), "passkey:vreemd", default)).Value;
        (await staff.DeclineAsync(await fixture.HireAsync("ander", "mevrouw O. Verig", StaffRole.Archivaris), change.Waiting!.Id, default)).IsDone.ShouldBeFalse();
        (await staff.DeclineAsync(fixture.As("fi"), change.Waiting.Id, default)).IsDone.ShouldBeTrue();
        staff.Waiting.ShouldBeEmpty();
        (await staff.ConfirmAsync(fixture.As("verantwoordelijke"), change.Waiting.Id, default)).IsDone.ShouldBeFalse();
        staff.FindByAccount("passkey:vreemd").ShouldBeNull();
    }

    [Theory]
    [InlineData("os:fi", AccountKind.Computer)]
    [InlineData("passkey:abc", AccountKind.Passkey)]
    [InlineData("oidc:abc", AccountKind.OpenIdConnect)]
    [InlineData("demo:fi", AccountKind.Demo)]
    [InlineData("token:abc", AccountKind.Token)]
    [InlineData("anders", AccountKind.Other)]
    public void Kind_OfAnAccount_IsSaidByItsBeginning(string account, AccountKind kind) => new ActingPerson(new PersonId("fi"), account).Kind.ShouldBe(kind);

    /// <summary>Somebody bound to an account that nobody has to prove would be whoever says so.</summary>
    [Theory]
    [InlineData("demo:nieuw")]
    [InlineData("token:abc")]
    [InlineData("herstelcode:abc")]
    [InlineData("iets:abc")]
    [InlineData("OS:abc")]
    public async Task Bind_AKindThatIsNoAccountOfAPerson_IsRefused(string account)
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var staff = fixture.Register.Staff;
        (await staff.AddPersonAsync(fixture.As("fi"), new PersonId("nieuw"), "B. Rietkraagsma", null, default)).IsDone.ShouldBeTrue();
        (await staff.BindAsync(fixture.As("fi"), new PersonId("nieuw"), account, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Deze soort account kan niet worden gekoppeld.");
    }

    [Fact]
    public async Task Bind_ASecondAccountToSomeoneWithARole_WaitsForASecondPerson()
    {
        // Whoever may bind an account to the FI alone is the FI from then on, so rebinding asks two persons.
        await using var fixture = await RegisterFixture.CreateAsync();
        var beheerder = await fixture.HireAsync("beheerder", "de heer B. Machinekamer", StaffRole.Beheerder);
        var change = (await fixture.Register.Staff.BindAsync(beheerder, new PersonId("fi"), "os:indringer", default)).Value;
        change.Waiting.ShouldNotBeNull();
        fixture.Register.Staff.SignIn(new PersonId("fi"), "os:indringer").IsDone.ShouldBeFalse();
        (await fixture.Register.Staff.ConfirmAsync(beheerder, change.Waiting.Id, default)).IsDone.ShouldBeFalse();
        (await fixture.Register.Staff.ConfirmAsync(fixture.As("verantwoordelijke"), change.Waiting.Id, default)).IsDone.ShouldBeTrue();
        fixture.Register.Staff.SignIn(new PersonId("fi"), "os:indringer").IsDone.ShouldBeTrue();
    }

    [Theory]
    [InlineData("os:WATERLANDEN\\Jan Vries", true)] // Windows allows spaces in a user's name
    [InlineData("os:", false)]
    [InlineData("jan", false)]
    [InlineData("os:jan ", false)]
    [InlineData("os:jan\nfi", false)]
    public async Task Bind_AnAccount_IsOneLineWithItsKind(string account, bool isAccount)
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        (await fixture.Register.Staff.BindAsync(fixture.As("fi"), new PersonId("verantwoordelijke"), account, default)).IsDone.ShouldBe(isAccount);
    }

    [Fact]
    public async Task Bind_AnAccountOfAnother_IsRefused()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        (await fixture.Register.Staff.BindAsync(fixture.As("fi"), new PersonId("fi"), "os:verantwoordelijke", default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Dit account is al gekoppeld.");
    }

    [Fact]
    public async Task End_TheLastSecondPerson_IsRefused()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        (await fixture.Register.Staff.EndAsync(fixture.As("fi"), new PersonId("verantwoordelijke"), StaffRole.Verantwoordelijke, new DateOnly(2026, 4, 1), default))
            .Refusals.ShouldHaveSingleItem().What.ShouldBe("Er moeten twee personen overblijven die samen toegang kunnen geven.");
    }

    [Fact]
    public async Task End_ARole_TakesItAwayTheDayAfter()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var person = (await fixture.Register.Staff.EndAsync(fixture.As("fi"), new PersonId("onderzoeker"), StaffRole.OnderzoekerIntern, new DateOnly(2026, 4, 1), default)).Value;
        person.Is(StaffRole.OnderzoekerIntern, new DateOnly(2026, 4, 1)).ShouldBeTrue();
        person.Is(StaffRole.OnderzoekerIntern, new DateOnly(2026, 4, 2)).ShouldBeFalse();
    }

    [Fact]
    public async Task Register_OpenedElsewhere_HoldsTheSame()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("archivaris", "mevrouw C. Depotsluis", StaffRole.Archivaris);
        var elsewhere = await fixture.OpenElsewhereAsync();
        elsewhere.Staff.Persons.Select(person => (person.Id, person.DisplayName)).ShouldBe(fixture.Register.Staff.Persons.Select(person => (person.Id, person.DisplayName)));
        elsewhere.Staff.Municipality.ShouldBe(RegisterFixture.Waterlanden);
        elsewhere.Staff.Find(new PersonId("archivaris"))!.Is(StaffRole.Archivaris, Start).ShouldBeTrue();
    }

    [Fact]
    public async Task TwoProcesses_ChangingAtOnce_LoseNothing()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var elsewhere = await fixture.OpenElsewhereAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            var register = i % 2 == 0 ? fixture.Register : elsewhere;
            (await register.Staff.AddPersonAsync(fixture.As("fi", register), new PersonId($"nieuw-{i}"), $"Nieuw {i}", null, default)).IsDone.ShouldBeTrue();
        }));
        (await fixture.OpenElsewhereAsync()).Staff.Persons.Count.ShouldBe(12);
    }
}
