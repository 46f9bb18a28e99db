using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>person add</c>: someone who works with the dossiers, without account and roles yet.</summary>
internal sealed class PersonAddCommand : CliCommand
{
    private readonly Argument<string> _person = PersonOptions.Person();
    private readonly Option<string> _name = new("--name") { Description = "The name as letters and screens show it.", HelpName = "NAME", Required = true };
    private readonly Option<string?> _function = new("--function") { Description = "The function as letters show it.", HelpName = "TEXT" };

    public PersonAddCommand()
        : base("add", "Add a person to the staff register. Rights come with 'appoint', an account with 'person bind'.",
            "dossierkit person add onderzoeker-2 --name \"A. de Onderzoeker\" --function \"onderzoeker\" --data ./vault --as fi")
    {
        Add(_person);
        Add(_name);
        Add(_function);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var id = PersonOptions.Parse(context.Get(_person)!);
        await using var session = await Session.OpenAsync(context, ct);
        var person = (await session.Register.Staff.AddPersonAsync(session.Acting(), id, context.Get(_name)!, context.Get(_function), ct)).OrRefuse();
        context.Terminal.Line($"{person.Id} is toegevoegd, nog zonder account en zonder rol.");
        context.Terminal.Json(PersonOptions.ToJson(person, context.Today));
        return ExitCode.Done;
    }
}

/// <summary><c>person bind</c>: the account by which a person is let in.</summary>
internal sealed class PersonBindCommand : CliCommand
{
    private readonly Argument<string> _person = PersonOptions.Person();
    private readonly Option<string?> _account = new("--account") { Description = "The account on this computer. Default: the account you are using now.", HelpName = "NAME" };

    public PersonBindCommand()
        : base("bind", "Bind an account of this computer to a person. For a person with an account or a role a second person of the integrity side must confirm.",
            "dossierkit person bind onderzoeker-2 --account aonderzoeker --data ./vault --as fi")
    {
        Add(_person);
        Add(_account);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var id = PersonOptions.Parse(context.Get(_person)!);
        var account = context.Get(_account) is { Length: > 0 } name ? PersonOptions.AccountOf(name) : Session.Account;
        await using var session = await Session.OpenAsync(context, ct);
        var change = (await session.Register.Staff.BindAsync(session.Acting(), id, account, ct)).OrRefuse();
        PersonOptions.Tell(change, "Het account is gekoppeld.", context);
        return ExitCode.Done;
    }
}

/// <summary><c>person confirm</c>: the second person of the integrity side agrees with what another proposed.</summary>
internal sealed class PersonConfirmCommand : CliCommand
{
    private readonly Argument<string> _proposal = new("PROPOSAL") { Description = "The proposal, as 'person list' prints it." };

    public PersonConfirmCommand()
        : base("confirm", "Confirm an appointment or a binding that another person proposed.",
            "dossierkit person confirm 1 --data ./vault --as verantwoordelijke")
    {
        Add(_proposal);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        var change = (await session.Register.Staff.ConfirmAsync(session.Acting(), context.Get(_proposal)!, ct)).OrRefuse();
        PersonOptions.Tell(change, "Bevestigd.", context);
        return ExitCode.Done;
    }
}

/// <summary><c>person list</c>: who works with the dossiers, in which role, and what waits for a second person.</summary>
internal sealed class PersonListCommand : CliCommand
{
    public PersonListCommand()
        : base("list", "List the persons of the staff register with their roles, and what waits to be confirmed.",
            "dossierkit person list --data ./demo-data --as fi",
            "dossierkit person list --data ./demo-data --as fi --json")
        => Add(CommonOptions.As);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        session.Acting();
        var staff = session.Register.Staff;
        context.Terminal.Json(new JsonObject
        {
            ["personen"] = new JsonArray([.. staff.Persons.Select(person => PersonOptions.ToJson(person, context.Today))]),
            ["wachtend"] = new JsonArray([.. staff.Waiting.Select(PersonOptions.ToJson)]),
        });
        context.Terminal.Table(["Aanduiding", "Naam", "Functie", "Rollen", "Account"], staff.Persons.Select(person => (IReadOnlyList<string>)
        [
            person.Id.Value,
            person.DisplayName,
            person.Function ?? "",
            string.Join(", ", person.RolesOn(context.Today).Select(Words.Of)),
            string.Join(", ", person.Accounts),
        ]));
        if (staff.Waiting.Count == 0) return ExitCode.Done;

        context.Terminal.Line();
        context.Terminal.Line("Wacht op een tweede persoon (person confirm):");
        context.Terminal.Table(["Voorstel", "Persoon", "Wat", "Voorgesteld door"], staff.Waiting.Select(waiting => (IReadOnlyList<string>)
            [waiting.Id, waiting.Person.Value, PersonOptions.What(waiting), waiting.ProposedBy.Value]));
        return ExitCode.Done;
    }
}

/// <summary>What the commands on persons share.</summary>
internal static class PersonOptions
{
    public static Argument<string> Person() => new("PERSON") { Description = "The handle, such as onderzoeker-2: a-z, 0-9 and '-'. It stands in logs, so make it no name." };

    public static PersonId Parse(string text) => PersonId.TryParse(text, out var id)
        ? id
        : throw new UsageException($"'{text}' cannot be a person's handle: 1 to 40 of a-z, 0-9 and '-', such as onderzoeker-2. It stands in logs, so make it no name.");

    /// <summary>An account with its kind; a bare name is an account of this computer.</summary>
    public static string AccountOf(string name) => name.Contains(':', StringComparison.Ordinal) ? name : $"os:{name}";

    public static string What(StaffProposal proposal) => proposal.Appointment is { } appointment
        ? $"rol {Words.Of(appointment.Role)} vanaf {DutchText.Date(appointment.From)}"
        : $"account {proposal.Account}";

    public static void Tell(StaffChange change, string done, CommandContext context)
    {
        context.Terminal.Line(change.Waiting is { } waiting
            ? $"Voorstel {waiting.Id} ({What(waiting)}) wacht op een tweede persoon van de integriteitskant: dossierkit person confirm {waiting.Id} --as …"
            : done);
        context.Terminal.Json(new JsonObject
        {
            ["persoon"] = ToJson(change.Person, context.Today),
            ["wachtend"] = change.Waiting is { } proposal ? ToJson(proposal) : null,
        });
    }

    public static JsonObject ToJson(StaffPerson person, DateOnly today) => new()
    {
        ["id"] = person.Id.Value,
        ["naam"] = person.DisplayName,
        ["functie"] = person.Function,
        ["rollen"] = new JsonArray([.. person.RolesOn(today).Select(role => JsonValue.Create(Words.Of(role)))]),
        ["accounts"] = new JsonArray([.. person.Accounts.Select(account => JsonValue.Create(account))]),
    };

    public static JsonObject ToJson(StaffProposal proposal) => new()
    {
        ["id"] = proposal.Id,
        ["persoon"] = proposal.Person.Value,
        ["rol"] = proposal.Appointment is { } appointment ? Words.Of(appointment.Role) : null,
        ["account"] = proposal.Account,
        ["voorgesteldDoor"] = proposal.ProposedBy.Value,
    };
}
