using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Tests.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention.Destruction;

/// <summary>
/// A vault with everybody who decides on destruction, and closed cases with recordings that are due and dossiers whose class says that they go. Every name and content in them begins
/// with "kanarie", so that a scan of everything finds what should be gone.
/// </summary>
internal sealed class DestructionFixture : IAsyncDisposable
{
    private readonly OpaqueId _boot = OpaqueId.Random();
    private readonly List<DestructionRegister> _open = [];

    private DestructionFixture(RegisterFixture vault) => Vault = vault;

    public RegisterFixture Vault { get; }

    public DossierRegister Register => Vault.Register;

    public DestructionRegister Lists { get; private set; } = null!;

    public ActingPerson Fi => Vault.As("fi");

    public ActingPerson Archivaris => Vault.As("archivaris");

    public ActingPerson Medebeslisser => Vault.As("medebeslisser");

    public static async Task<DestructionFixture> CreateAsync(DestructionRules? rules = null)
    {
        var fixture = new DestructionFixture(await RegisterFixture.CreateAsync());
        fixture.Vault.Clock.Now = new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero);
        await fixture.Vault.HireAsync("archivaris", "de heer T. Zeekleidijk", StaffRole.Archivaris);
        await fixture.Vault.HireAsync("medebeslisser", "mevrouw B. Veenwortelstra", StaffRole.Medebeslisser);
        await fixture.Vault.HireAsync("plaatsvervanger", "mevrouw D. Rietoeverink", StaffRole.PlaatsvervangendFi);
        await fixture.Vault.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        fixture.Lists = fixture.Open(rules);
        return fixture;
    }

    /// <summary>The lists as another process would open them.</summary>
    public DestructionRegister Open(DestructionRules? rules = null, DossierRegister? register = null, Func<BootTime>? boot = null)
    {
        var lists = DestructionRegister.Of(register ?? Register, rules, boot ?? Boot);
        _open.Add(lists);
        return lists;
    }

    /// <summary>The machine's own clock, which here keeps pace with the other.</summary>
    public BootTime Boot() => new(_boot, Vault.Clock.Now - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Pass(int days) => Vault.Clock.Now = Vault.Clock.Now.AddDays(days);

    /// <summary>Imports a closed case with recordings.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="recordings">Recordings, each of its own conversation; small.</param>
    /// <param name="transcripts">Whether each recording has an unsigned transcript.</param>
    /// <param name="large">Bytes of the first recording, to have one that stands alone in the store.</param>
    public async Task<DossierNumber> CaseAsync(string number, int recordings = 1, bool transcripts = false, int large = 0, string outcome = "onderzoek-afgebroken", string selectielijst = "12.3", string protocol = "waterlanden", string? copyAs = null)
    {
        var folder = Directory.CreateTempSubdirectory("dossierkit-case-").FullName;
        try
        {
            await ClosedCase.WriteAsync(folder, number, recordings, transcripts, large, outcome, selectielijst, copyAs);
            if (protocol != "waterlanden")
            {
                var file = Path.Combine(folder, DossierImport.FileName);
                await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"id\": \"waterlanden\"", $"\"id\": \"{protocol}\"", StringComparison.Ordinal));
            }

            var read = await DossierImport.ReadAsync(folder, Register.Protocols.Library, new DateOnly(2026, 11, 21), default);
            read.Refusals.ShouldBeEmpty();
            var imported = await Register.ImportAsync(Fi, read.Value, null, default);
            imported.Refusals.ShouldBeEmpty();
            return imported.Value;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A list of recordings, approved.</summary>
    public async Task<DestructionList> ApprovedRecordingsAsync(params DossierNumber[] dossiers)
    {
        var proposed = await Lists.ProposeAsync(Fi, new DestructionChoice(DestructionPath.Light, dossiers), default);
        proposed.Refusals.ShouldBeEmpty();
        var approved = await Lists.ApproveAsync(Archivaris, proposed.Value.Number, null, default);
        approved.Refusals.ShouldBeEmpty();
        return approved.Value;
    }

    /// <summary>A list of dossiers, approved, its waiting time over.</summary>
    public async Task<DestructionList> ApprovedDossiersAsync(params DossierNumber[] dossiers)
    {
        var proposed = await Lists.ProposeAsync(Fi, new DestructionChoice(DestructionPath.List, dossiers), default);
        proposed.Refusals.ShouldBeEmpty();
        (await Lists.ApproveAsync(Archivaris, proposed.Value.Number, null, default)).Refusals.ShouldBeEmpty();
        var approved = await Lists.ApproveAsync(Medebeslisser, proposed.Value.Number, null, default);
        approved.Refusals.ShouldBeEmpty();
        Pass(Lists.Rules.WaitingDays + 1);
        return approved.Value;
    }

    public async Task<DestructionList> RunAsync(DestructionList list)
    {
        var run = await Lists.RunAsync(Fi, list.Number, list.Number, null, default);
        run.Refusals.ShouldBeEmpty();
        return run.Value;
    }

    /// <summary>Every canary any remaining key opens.</summary>
    public async Task<IReadOnlyList<string>> CanariesAsync()
        => [.. System.Text.RegularExpressions.Regex.Matches(await Vault.EverythingAsync(), "[Kk]anarie[a-z]+( [A-Z0-9-]+)?( [0-9]+)?").Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        foreach (var lists in _open) lists.Dispose();
        await Vault.DisposeAsync();
    }
}
