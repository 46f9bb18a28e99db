using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Search;
using DossierKit.Vault;

namespace DossierKit.Host.Cli;

/// <summary>An open vault with its register, for the length of one command.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly CommandContext _context;

    private Session(CommandContext context, DossierVault vault, DossierRegister register)
    {
        _context = context;
        Vault = vault;
        Register = register;
        // For every command: whichever of them destroys a dossier, its cards go with it.
        Cards = CardDoor.Open(register);
    }

    public DossierVault Vault { get; }

    public DossierRegister Register { get; }

    public CardRegister Cards { get; }

    /// <summary>The account that runs this program, as the staff register knows it.</summary>
    public static string Account => OperatingSystem.IsWindows()
        ? $"os:{Environment.UserDomainName}\\{Environment.UserName}"
        : $"os:{Environment.UserName}";

    public static async ValueTask<Session> OpenAsync(CommandContext context, CancellationToken ct)
    {
        var place = context.Place;
        if (!Directory.Exists(place.Data))
        {
            throw new EnvironmentFailureException($"There is no folder '{place.Data}', so there is no vault to open. Check --data, or make a vault with 'dossierkit init' or 'dossierkit demo'.");
        }

        var vault = await DossierVault.OpenAsync(place, Unlock.Find(context.Get(CommonOptions.UnlockFile), place.Data), ct);
        try
        {
            // Whatever the command is for: the more often the clock is seen, the sooner one that is set wrong is noticed.
            vault.ObserveClock(context.Clock);
            return new Session(context, vault, await DossierRegister.LoadAsync(vault, context.Clock, ct));
        }
        catch
        {
            await vault.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Who acts: <c>--as</c>, which outside a demo vault must be the person bound to this account; without it that person, and in a demo vault the FI.
    /// </summary>
    /// <exception cref="RefusedException">The account may not act as this person, or is bound to nobody.</exception>
    public ActingPerson Acting()
    {
        if (_context.Get(CommonOptions.As) is { Length: > 0 } named)
        {
            if (!PersonId.TryParse(named, out var person))
            {
                throw new UsageException($"'{named}' cannot be a person: a handle has a-z, 0-9 and '-', such as 'fi'. See 'dossierkit person list'.");
            }

            return Register.Staff.SignIn(person, Account).OrRefuse();
        }

        if (Register.Staff.FindByAccount(Account) is { } own) return own;
        if (Vault.IsDemo && Register.Staff.SignIn(new PersonId("fi"), Account) is { IsDone: true } demo)
        {
            _context.Terminal.Note("Voorbeeldkluis: u werkt als fi. Kies iemand anders met --as.");
            return demo.Value;
        }

        throw new RefusedException(new Refusal(
            "U kunt met dit account niet in deze kluis werken.",
            "Aan dit account van de computer is in deze kluis geen persoon gekoppeld.",
            "Vraag de functionaris integriteit om u toe te voegen en uw account te koppelen (dossierkit person add, person bind).")
        { Subject = "account" });
    }

    /// <summary>Opens a dossier as the acting person, for the purpose that was given; logged before the first byte.</summary>
    /// <exception cref="RefusedException">Not there, or no access: one answer.</exception>
    public async ValueTask<OpenDossier> OpenDossierAsync(string number, CancellationToken ct)
    {
        var purpose = _context.Get(CommonOptions.Purpose);
        if (string.IsNullOrWhiteSpace(purpose))
        {
            throw new UsageException("--purpose is missing: say in a few words what you open this dossier for. It is logged. Example: --purpose \"Kennisgeving opstellen\".");
        }

        // A text that cannot be a number is not there either: no third answer.
        if (!DossierNumber.TryParse(number, out var parsed)) throw RefusedException.NotThere();
        return await Register.OpenAsync(parsed, Acting(), purpose, ct) ?? throw RefusedException.NotThere();
    }

    public ValueTask DisposeAsync()
    {
        Cards.Dispose();
        return Vault.DisposeAsync();
    }

    /// <summary>Reads a day of an option, in the form 2026-03-02.</summary>
    /// <exception cref="UsageException">It is no day.</exception>
    public static DateOnly Day(string text, string option)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new UsageException($"{option} '{text}' is no day. Write it as 2026-03-02.");
}
