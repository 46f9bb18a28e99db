using DossierKit.Dossiers;
using DossierKit.Tests.Documents;
using DossierKit.Tests.Vault.Streams;
using DossierKit.Vault;

namespace DossierKit.Tests.Dossiers;

/// <summary>A founded vault with people, on a clock that stands still until a test moves it.</summary>
internal sealed class RegisterFixture : IAsyncDisposable
{
    private readonly VaultFixture _vault = new();
    private readonly List<DossierRegister> _registers = [];

    private RegisterFixture()
    {
    }

    public FixedClock Clock { get; } = new(new DateTimeOffset(2026, 4, 1, 8, 0, 0, TimeSpan.Zero));

    public MemoryObjectStore Store => _vault.Store;

    public DossierVault Vault { get; private set; } = null!;

    public DossierRegister Register { get; private set; } = null!;

    public static Municipality Waterlanden { get; } = new()
    {
        Name = "Waterlanden",
        Address = new PostalAddress { Street = "Dijkplein 1", PostalCode = "9990 AA", Town = "Waterlanden" },
        Signatory = "mevrouw S. Dijkgravenhuis",
        SignatoryFunction = "gemeentesecretaris",
        ProtocolId = "waterlanden",
        NumberPrefix = "WL",
    };

    public static async Task<RegisterFixture> CreateAsync()
    {
        var fixture = new RegisterFixture();
        fixture.Vault = await fixture._vault.CreateAsync();
        fixture.Register = await fixture.LoadAsync(fixture.Vault);
        (await fixture.Register.Staff.FoundAsync(
            Waterlanden,
            new FoundingPerson(new PersonId("fi"), "mevrouw H. Plassenberger", "os:fi", "functionaris integriteit"),
            new FoundingPerson(new PersonId("verantwoordelijke"), "mevrouw S. Dijkgravenhuis", "os:verantwoordelijke", "gemeentesecretaris"),
            "gemeentesecretaris",
            default)).IsDone.ShouldBeTrue();
        return fixture;
    }

    /// <summary>The vault as another process would open it; with the name of another state folder, as another account or machine would.</summary>
    public async Task<DossierRegister> OpenElsewhereAsync(string? state = null) => await LoadAsync(await _vault.OpenAsync(state));

    public ActingPerson As(string person, DossierRegister? register = null)
        => (register ?? Register).Staff.SignIn(new PersonId(person), $"os:{person}").Value;

    /// <summary>Adds someone with an account and roles, as two persons do it.</summary>
    public async Task<ActingPerson> HireAsync(string person, string name, params StaffRole[] roles)
    {
        var (fi, second) = (As("fi"), As("verantwoordelijke"));
        (await Register.Staff.AddPersonAsync(fi, new PersonId(person), name, null, default)).IsDone.ShouldBeTrue();
        (await Register.Staff.BindAsync(fi, new PersonId(person), $"os:{person}", default)).Value.Waiting.ShouldBeNull();
        foreach (var role in roles)
        {
            var office = role == StaffRole.Verantwoordelijke ? "burgemeester" : null;
            var change = (await Register.Staff.AppointAsync(fi, new PersonId(person), new Appointment(role, new DateOnly(2026, 1, 1), null, office), default)).Value;
            if (change.Waiting is { } waiting) (await Register.Staff.ConfirmAsync(second, waiting.Id, default)).IsDone.ShouldBeTrue();
        }

        return As(person);
    }

    public async Task<DossierNumber> ImportAsync(string sample = "nevenwerk-groenonderhoud")
    {
        var read = await DossierImport.ReadAsync(RepositoryFiles.Sample(sample), Register.Protocols.Library, new DateOnly(2026, 11, 21), default);
        read.Refusals.ShouldBeEmpty();
        var imported = await Register.ImportAsync(As("fi"), read.Value, null, default);
        imported.Refusals.ShouldBeEmpty();
        return imported.Value;
    }

    public async Task<OpenDossier> OpenAsync(string person, DossierNumber number)
        => await Register.OpenAsync(number, As(person), "behandelen van de zaak", default) ?? throw new InvalidOperationException($"{person} has no access.");

    /// <summary>Everything any key that is left can open.</summary>
    public async Task<string> EverythingAsync()
        => string.Join('\n', (await VaultFixture.OpenEverythingAsync(Vault)).Select(System.Text.Encoding.Latin1.GetString));

    public async ValueTask DisposeAsync()
    {
        foreach (var register in _registers) register.Dispose();
        await _vault.DisposeAsync();
    }

    private async Task<DossierRegister> LoadAsync(DossierVault vault)
    {
        var register = await DossierRegister.LoadAsync(vault, Clock, default);
        _registers.Add(register);
        return register;
    }
}

/// <summary>A clock that goes when it is told to.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
