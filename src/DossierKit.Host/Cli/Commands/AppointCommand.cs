using System.CommandLine;

using DossierKit.Dossiers;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>appoint</c>: a role for a person, from one day to another; or its end.</summary>
internal sealed class AppointCommand : CliCommand
{
    private readonly Argument<string> _person = PersonOptions.Person();
    private readonly Argument<string> _role = new("ROLE") { Description = $"One of: {string.Join(", ", Words.All<StaffRole>())}." };
    private readonly Option<string?> _from = new("--from") { Description = "The first day. Default: today.", HelpName = "2026-03-02" };
    private readonly Option<string?> _until = new("--until") { Description = "The last day. Default: no end.", HelpName = "2026-03-02" };
    private readonly Option<string?> _office = new("--office") { Description = "For a verantwoordelijke: the office that has authority, such as gemeentesecretaris.", HelpName = "OFFICE" };
    private readonly Option<bool> _end = new("--end") { Description = "End the role, at once or on the day of --until. One person may do this: taking access away must not wait." };

    public AppointCommand()
        : base("appoint", "Appoint a person to a role. Every role but beheerder waits for a second person of the integrity side.",
            "dossierkit appoint onderzoeker-2 onderzoeker-intern --data ./vault --as fi",
            "dossierkit appoint burgemeester verantwoordelijke --office burgemeester --data ./vault --as fi",
            "dossierkit appoint onderzoeker-2 onderzoeker-intern --end --data ./vault --as fi")
    {
        Add(_person);
        Add(_role);
        foreach (var option in (Option[])[_from, _until, _office, _end, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var id = PersonOptions.Parse(context.Get(_person)!);
        var role = Words.Parse<StaffRole>(context.Get(_role)!, "role");
        var from = context.Get(_from) is { } first ? Session.Day(first, "--from") : context.Today;
        DateOnly? until = context.Get(_until) is { } last ? Session.Day(last, "--until") : null;

        await using var session = await Session.OpenAsync(context, ct);
        var staff = session.Register.Staff;
        if (context.Get(_end))
        {
            var ended = (await staff.EndAsync(session.Acting(), id, role, until ?? context.Today, ct)).OrRefuse();
            context.Terminal.Line($"De rol {Words.Of(role)} van {ended.Id} eindigt op {DutchText.Date(until ?? context.Today)}.");
            context.Terminal.Json(PersonOptions.ToJson(ended, context.Today));
            return ExitCode.Done;
        }

        var change = (await staff.AppointAsync(session.Acting(), id, new Appointment(role, from, until, context.Get(_office)), ct)).OrRefuse();
        PersonOptions.Tell(change, $"{id} is aangewezen als {Words.Of(role)}.", context);
        return ExitCode.Done;
    }
}
