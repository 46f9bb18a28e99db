using System.CommandLine;
using System.Globalization;

using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Cli.Demo;
using DossierKit.Host.Serving;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary>
/// <c>demo</c>: from nothing to letters. Makes a vault with invented dossiers, assembles every letter such an office would send in them, says of the rest what is missing,
/// and ends by serving the vault to this machine. Everything it does goes through the same doors as real work.
/// </summary>
internal sealed class DemoCommand : CliCommand
{
    private readonly Option<string?> _out = new("--out") { Description = "The folder for the letters. Files of others in it stay. Default: ./demo-out.", HelpName = "DIR" };
    private readonly Option<bool> _noServe = new("--no-serve") { Description = "Do not serve the web pages afterwards: end when the letters are made." };

    private readonly ServeOptions _serving = new();

    public DemoCommand()
        : base("demo", "Make a demo vault (default ./demo-data) with invented dossiers and write their letters. An earlier demo there is replaced; any other folder is left alone.",
            "dossierkit demo",
            "dossierkit demo --data ./proef --out ./proef-brieven --no-serve")
    {
        Add(_out);
        Add(_noServe);
        _serving.AddUrlsTo(this);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "sample-dossiers");
        if (!Directory.Exists(samples)) throw new EnvironmentFailureException($"The sample dossiers are missing at '{samples}': this program was not installed whole. Build or install it again.");
        var settings = _serving.Read(context);
        var folders = DemoFolders.Of(context.Get(CommonOptions.Data), context.Get(CommonOptions.State), context.Get(_out));
        PrivateFolder.Create(folders.Out);
        folders.RemoveEarlier();

        await using var vault = await MakeAsync(folders, context, ct);
        var register = await DossierRegister.LoadAsync(vault, context.Clock, ct);
        await DemoPeople.FoundAsync(register, Session.Account, ct);
        var fi = register.Staff.SignIn(new PersonId("fi"), Session.Account).OrRefuse();

        var report = new DemoReport(folders, context.Terminal);
        // The samples have dates of their own; a machine whose clock stands before them must be able to show the demo too.
        var sources = ImportCommand.Folders(samples);
        var imports = await ImportCommand.ReadAllAsync(sources, register, DateOnly.MaxValue, ct);
        foreach (var (import, source) in imports.Zip(sources).OrderBy(pair => pair.First.Number.Value, StringComparer.Ordinal))
        {
            var plans = await SampleLetter.ReadAsync(source, ct);
            var number = (await register.ImportAsync(fi, import, progress: null, ct)).OrRefuse();
            var dossier = await register.OpenAsync(number, fi, "Brieven maken voor het voorbeeld", ct) ?? throw RefusedException.NotThere();
            report.Add(new DemoCase(Path.GetFileName(source), dossier, import.FileCount, await MakeAsync(dossier, plans, Path.Combine(folders.Out, number.Value), ct)));
        }

        using (var cards = CardDoor.Open(register))
        {
            var second = register.Staff.SignIn(new PersonId("plaatsvervanger"), Session.Account).OrRefuse();
            report.Cards = await DemoCards.MakeAsync(cards, register, report.Cases, fi, second, ct);
        }

        report.Retention = await DemoRetention.PrepareAsync(register, fi, DutchDay.Of(context.Clock), ct);
        report.Write();
        if (!context.Get(_noServe)) await ServeCommand.RunAsync(settings with { Surroundings = new(new VaultPlace(folders.Data, folders.State), folders.UnlockFile, Credentials: null) }, vault, register, context, ct, () => TellLinksAsync(settings, register, fi, context, ct));
        return ExitCode.Done;
    }

    private static async ValueTask TellLinksAsync(HostSettings settings, DossierRegister register, ActingPerson fi, CommandContext context, CancellationToken ct)
    {
        if (!settings.IsLoopbackOnly)
        {
            context.Terminal.Note("Aanmelden in een voorbeeldkluis kan alleen als het programma naar deze computer alleen luistert.");
            return;
        }

        context.Terminal.Line();
        context.Terminal.Line("Aanmelden: elke link werkt één keer, tien minuten lang. De eerste leidt naar een kennisgeving die klaar is om te maken.");
        var people = register.Staff.Persons.OrderByDescending(person => person.Id == fi.Id).ToList();
        var rows = new List<IReadOnlyList<string>>();
        foreach (var person in people)
        {
            var secret = (await register.SignIns.MakeLinkAsync(fi, person.Id, LinkUse.Demo, ct)).OrRefuse();
            rows.Add([person.Id.Value, $"{settings.Origin.GetLeftPart(UriPartial.Authority)}/aanmelden/link/{secret}"]);
        }

        // Plain lines, not a table: a link that is cut at the edge of a terminal leads nowhere.
        foreach (var row in rows) context.Terminal.Line($"  {row[0],-18} {row[1]}");
        context.Terminal.Line($"Link kwijt of te laat? Op {settings.Origin.GetLeftPart(UriPartial.Authority)}/aanmelden kiest u als wie u werkt.");
    }

    private static async ValueTask<IReadOnlyList<DemoLetter>> MakeAsync(OpenDossier dossier, IReadOnlyList<SampleLetter> plans, string folder, CancellationToken ct)
    {
        var letters = new List<DemoLetter>();
        foreach (var plan in plans)
        {
            var outcome = await DocumentAssembly.AssembleAsync(dossier, plan.Kind, plan.Request, ct);
            // In the order of the case: a reader opens the folder and reads on.
            var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{letters.Count + 1:00}-{plan.Kind}.docx"));
            if (outcome.IsDone) await OutputFile.WriteAsync(file, outcome.Value.Bytes, ct);
            letters.Add(new DemoLetter(plan, outcome, file));
        }

        return letters;
    }

    private static async ValueTask<DossierVault> MakeAsync(DemoFolders folders, CommandContext context, CancellationToken ct)
    {
        PrivateFolder.Create(folders.Data);
        // First of all: whatever happens next, this folder can be told to be a demo's own.
        var unlock = UnlockSecret.CreateFile(folders.UnlockFile);
        // Nobody keeps the recovery key of invented data.
        using var recovery = RecoveryKey.Create();
        return await DossierVault.CreateAsync(new VaultPlace(folders.Data, folders.State), new VaultBirth(unlock, recovery, Demo: true), ct);
    }
}
