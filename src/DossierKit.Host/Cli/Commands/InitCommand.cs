using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary>
/// <c>init</c>: a new vault with its municipality and its two founding persons. Every question is also an option; with all of them given nothing is asked.
/// Everything is checked before the first file is made, and what was made is taken away when the last step fails.
/// </summary>
internal sealed class InitCommand : CliCommand
{
    private readonly Option<string?> _municipality = Text("--municipality", "NAME", "The municipality, without 'gemeente'.");
    private readonly Option<string?> _street = Text("--street", "TEXT", "Street and number of the address in letters.");
    private readonly Option<string?> _postcode = Text("--postcode", "1234 AB", "Postal code.");
    private readonly Option<string?> _town = Text("--town", "NAME", "Town.");
    private readonly Option<string?> _telephone = Text("--telephone", "NUMBER", "Telephone number in letters. Default: none.");
    private readonly Option<string?> _email = Text("--email", "ADDRESS", "E-mail address in letters. Default: none.");
    private readonly Option<string?> _signatory = Text("--signatory", "NAME", "Who signs letters.");
    private readonly Option<string?> _signatoryFunction = Text("--signatory-function", "TEXT", "The function of who signs letters.");
    private readonly Option<string?> _protocol = Text("--protocol", "ID", "The protocol that new dossiers follow. Default: waterlanden, the example.");
    private readonly Option<string?> _prefix = Text("--number-prefix", "WL", "What dossier numbers begin with. Default: any number is allowed.");
    private readonly Option<string?> _fi = Text("--fi", "HANDLE", "The handle of the functionaris integriteit. Default: fi.");
    private readonly Option<string?> _fiName = Text("--fi-name", "NAME", "The name of the functionaris integriteit.");
    private readonly Option<string?> _fiAccount = Text("--fi-account", "NAME", "The account of the FI on this computer. Asked with your own account as default.");
    private readonly Option<string?> _responsible = Text("--verantwoordelijke", "HANDLE", "The handle of the verantwoordelijke. Default: verantwoordelijke.");
    private readonly Option<string?> _responsibleName = Text("--verantwoordelijke-name", "NAME", "The name of the verantwoordelijke.");
    private readonly Option<string?> _responsibleAccount = Text("--verantwoordelijke-account", "NAME", "The account of the verantwoordelijke on this computer.");
    private readonly Option<string?> _office = Text("--office", "OFFICE", "The office of the verantwoordelijke, an actor of the protocol. Default: gemeentesecretaris.");
    private readonly Option<string?> _recovery = Text("--recovery-key", "FILE.pem", "Where to write the recovery key. Move it offline (paper, a stick in a safe) and delete the file.");

    public InitCommand()
        : base("init", "Make a new vault: asks for the municipality, the protocol, the two founding persons and what unlocks it. Every answer is also an option.",
            "dossierkit init --data /srv/dossierkit/vault --state /var/lib/dossierkit",
            "dossierkit init --data ./vault --state ./vault-state --unlock-file ./vault.unlock --recovery-key ./recovery.pem --municipality Waterlanden --street \"Dijkweg 1\" --postcode \"9990 AA\" --town Waterlanden --signatory \"T. Voorbeeld\" --signatory-function gemeentesecretaris --fi-name \"F. Voorbeeld\" --fi-account fvoorbeeld --verantwoordelijke-name \"T. Voorbeeld\" --verantwoordelijke-account tvoorbeeld")
    {
        foreach (var option in (Option[])
            [
                _municipality, _street, _postcode, _town, _telephone, _email, _signatory, _signatoryFunction, _protocol, _prefix,
                _fi, _fiName, _fiAccount, _responsible, _responsibleName, _responsibleAccount, _office, _recovery,
            ])
        {
            Add(option);
        }
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var place = context.Place;
        RefuseFilled(place.Data);

        var municipality = new Municipality
        {
            Name = Ask(context, _municipality, "Municipality (without 'gemeente')", null, ct),
            Address = new PostalAddress
            {
                Street = Ask(context, _street, "Street and number", null, ct),
                PostalCode = Ask(context, _postcode, "Postal code", null, ct),
                Town = Ask(context, _town, "Town", null, ct),
            },
            Telephone = Optional(context, _telephone, "Telephone number in letters (empty: none)", ct),
            Email = Optional(context, _email, "E-mail address in letters (empty: none)", ct),
            Signatory = Ask(context, _signatory, "Who signs letters (name)", null, ct),
            SignatoryFunction = Ask(context, _signatoryFunction, "Function of who signs", null, ct),
            ProtocolId = Ask(context, _protocol, "Protocol", "waterlanden", ct),
            NumberPrefix = Optional(context, _prefix, "Dossier numbers begin with (empty: any)", ct),
        };
        if (ProtocolLibrary.Shipped.Find(municipality.ProtocolId, null) is null)
        {
            throw new UsageException($"--protocol '{municipality.ProtocolId}' is not shipped with the program. Choose one of: {string.Join(", ", ProtocolLibrary.Shipped.All.Select(known => known.Id).Distinct(StringComparer.Ordinal))}; install your own afterwards with 'dossierkit protocol install'.");
        }

        var own = Environment.UserName;
        var fi = new FoundingPerson(
            PersonOptions.Parse(context.Get(_fi) ?? "fi"),
            Ask(context, _fiName, "Functionaris integriteit (name)", null, ct),
            PersonOptions.AccountOf(Ask(context, _fiAccount, "Account of the functionaris integriteit on this computer", own, ct)),
            "functionaris integriteit");
        var responsible = new FoundingPerson(
            PersonOptions.Parse(context.Get(_responsible) ?? "verantwoordelijke"),
            Ask(context, _responsibleName, "Verantwoordelijke (name)", null, ct),
            PersonOptions.AccountOf(Ask(context, _responsibleAccount, "Account of the verantwoordelijke on this computer", null, ct)));
        var office = Ask(context, _office, "Office of the verantwoordelijke", "gemeentesecretaris", ct);
        if (fi.Account == responsible.Account || fi.Id == responsible.Id)
        {
            throw new UsageException("The functionaris integriteit and the verantwoordelijke must be two persons, each with an account of his own: one must not be able to do alone what takes two.");
        }

        var recoveryPath = Ask(context, _recovery, "File for the recovery key (on a stick, not beside the vault)", null, ct);
        RefuseExisting(recoveryPath, "--recovery-key");
        var (unlock, madeUnlock) = Unlock.Choose(context.Get(CommonOptions.UnlockFile), place.Data, context.Terminal);
        try
        {
            using var recovery = RecoveryKey.Create();
            await OutputFile.WriteAsync(recoveryPath, System.Text.Encoding.ASCII.GetBytes(recovery.ToPem() + "\n"), ct);
            await VaultBuilder.BuildAsync(place, new VaultBirth(unlock, recovery), async register
                => (await register.Staff.FoundAsync(municipality, fi, responsible, office, ct)).OrRefuse(), context.Clock, ct);
            Tell(context, place, recoveryPath, madeUnlock, recovery.Id);
        }
        catch
        {
            // The keys of a vault that does not exist would only confuse whoever finds them.
            File.Delete(recoveryPath);
            if (madeUnlock is not null) File.Delete(madeUnlock);
            throw;
        }

        return ExitCode.Done;
    }

    private static void Tell(CommandContext context, VaultPlace place, string recoveryPath, string? madeUnlock, OpaqueId recoveryId)
    {
        var terminal = context.Terminal;
        terminal.Line($"The vault is made in {place.Data}.");
        terminal.Line();
        terminal.Line($"1. Recovery key {recoveryId} is in {recoveryPath}.");
        terminal.Line("   Print it or put it on a stick, keep that in a safe, and delete the file. It opens the vault when everything else is lost.");
        terminal.Line("   Better still: 'dossierkit keys escrow' splits it over several holders, so that none of them can open the vault alone.");
        if (madeUnlock is not null)
        {
            terminal.Line($"2. The unlock file is {madeUnlock}.");
            terminal.Line("   Keep it on another disk than the vault, or hand it to the service as a credential. Whoever has both can read everything.");
        }
        else
        {
            terminal.Line("2. The vault opens with the secret you gave. It is written nowhere.");
        }

        terminal.Line("3. For the web pages: run 'dossierkit serve', and beside it 'dossierkit person link fi' (the handle of the FI, by the FI's own account).");
        terminal.Line("   It prints a one-time link by which the FI makes a passkey. The first one counts at once; every next person is confirmed by a second.");
        terminal.Line("4. Run 'dossierkit doctor' with the same --data: it says what is still at risk.");
        terminal.Json(new JsonObject
        {
            ["data"] = place.Data,
            ["recoveryKey"] = recoveryPath,
            ["recoveryKeyId"] = recoveryId.ToString(),
            ["unlockFile"] = madeUnlock ?? context.Get(CommonOptions.UnlockFile),
        });
    }

    // What an init that was broken off leaves behind, and what a fresh disk has of its own: the vault takes care of these.
    private static readonly HashSet<string> Unfinished = new(StringComparer.Ordinal) { ".tmp", ".reserve", "unlock", "ring", "lost+found" };

    private static void RefuseFilled(string data)
    {
        if (File.Exists(data)) throw new UsageException($"'{data}' is a file. Name a folder that is empty or does not exist yet.");
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any(entry => !Unfinished.Contains(Path.GetFileName(entry))))
        {
            throw new UsageException($"'{data}' is not empty. Name a folder that is empty or does not exist yet; a vault that is there already stays as it is.");
        }
    }

    private static void RefuseExisting(string path, string option)
    {
        if (Path.Exists(path)) throw new UsageException($"{option} '{path}' exists already and is never overwritten. Choose another name.");
    }

    private static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    private static string Ask(CommandContext context, Option<string?> option, string question, string? fallback, CancellationToken ct)
    {
        if (context.Get(option) is { } given) return given.Trim().Length > 0 ? given.Trim() : throw new UsageException($"{option.Name} is empty. Give a value.");
        return !Prompt.IsInteractive && fallback is not null ? fallback : Prompt.Ask(question, option.Name, fallback, ct);
    }

    private static string? Optional(CommandContext context, Option<string?> option, string question, CancellationToken ct)
    {
        var answer = context.Get(option) ?? (Prompt.IsInteractive ? Prompt.Ask(question, option.Name, "", ct) : "");
        return answer.Trim() is { Length: > 0 } given ? given : null;
    }
}
