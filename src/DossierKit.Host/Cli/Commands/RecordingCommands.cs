using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>recording add</c>: the recording of a conversation and how it was made, in one commit.</summary>
internal sealed class RecordingAddCommand : CliCommand
{
    private readonly Argument<string> _dossier = new("NUMBER") { Description = "The number of the dossier." };
    private readonly Argument<string> _file = new("FILE") { Description = "The recording: wav, mp3 or m4a, 2 GiB at most. What it is is told by its content." };
    private readonly Option<string> _conversation = new("--conversation") { Description = "The reference of the conversation, such as gesprek-1.", HelpName = "REF", Required = true };
    private readonly Option<string?> _with = new("--with") { Description = "Who was recorded (handle). Default: whoever the conversation was with.", HelpName = "HANDLE" };
    private readonly Option<string> _discussed = Answer("--discussed", "Whether it was discussed beforehand with the person heard: yes or no.");
    private readonly Option<string> _told = Answer("--told", "Whether the person heard was told that it will be destroyed: yes or no.");
    private readonly Option<string?> _reason = new("--reason") { Description = "Why this case asked for a recording.", HelpName = "TEXT" };
    private readonly Option<string?> _title = new("--title") { Description = "What a reader calls it. Default: 'Opname van' and the conversation.", HelpName = "TEXT" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check everything and say what would be added; store nothing." };
    private readonly Option<string?> _date = new("--date") { Description = "The day it was made. Default: that of the conversation.", HelpName = "2026-03-02" };

    public RecordingAddCommand()
        : base("add", "Add the recording of a conversation (wav, mp3, m4a), with how it was made.",
            "dossierkit recording add WL-2026-0001 ./gesprek.wav --conversation gesprek-2 --with betrokkene-1 --discussed yes --told yes --reason \"Veel bedragen en data.\" --data ./vault --as onderzoeker --purpose \"Opname toevoegen\"",
            "dossierkit recording add WL-2026-0001 ./gesprek.wav --conversation gesprek-2 --discussed yes --told yes --dry-run --data ./vault --as onderzoeker --purpose \"Opname nakijken\"")
    {
        Add(_dossier);
        Add(_file);
        foreach (var option in (Option[])[_conversation, _with, _discussed, _told, _reason, _title, _date, _dryRun, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var path = context.Get(_file)!;
        if (!File.Exists(path)) throw new UsageException($"There is no file '{path}'. Check the path.");
        var (discussed, told) = (YesOrNo(context.Get(_discussed)!, "--discussed"), YesOrNo(context.Get(_told)!, "--told"));
        var conversation = context.Get(_conversation)!;
        PersonId? named = context.Get(_with) is not { } text ? null : PersonId.TryParse(text, out var handle) ? handle : throw new UsageException($"--with '{text}' cannot be a person: a handle has a-z, 0-9 and '-', such as 'getuige-1'.");
        DateOnly? day = context.Get(_date) is { } date ? Session.Day(date, "--date") : null;

        await using var session = await Session.OpenAsync(context, ct);
        var dossier = await session.OpenDossierAsync(context.Get(_dossier)!, ct);
        var made = new RecordingWish(conversation, named, day, discussed, told, context.Get(_reason)).In(dossier, context.Today).OrRefuse();
        var recording = new NewRecording(Path.GetFileName(path), context.Get(_title), made);
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (context.Get(_dryRun)) return Show(context.Terminal, dossier.Number, (await dossier.CheckRecordingAsync(recording, content, ct)).OrRefuse());
        var added = (await dossier.AddRecordingAsync(recording, content, WriteTerms.None, ct)).OrRefuse();

        var length = RecordingText.Length(added.Made.Seconds) is { } lasts ? $", {lasts}" : "";
        context.Terminal.Line($"Opname toegevoegd aan {dossier.Number}, compartiment {added.File.Compartment}: {added.File.Title} ({Words.Of(added.Format)}, {DutchText.Size(added.File.Length)}{length}).");
        context.Terminal.Line($"Kenmerk van de opname: {added.Made.Reference}; van het bestand: {added.File.Id}");
        context.Terminal.Note("De opname is verzegeld. Verwijder haar nu van de recorder en van deze computer: van een kopie buiten de kluis kan niemand bewijzen dat zij weg is.");
        context.Terminal.Json(new JsonObject { ["bestand"] = DossierJson.File(added.File), ["opname"] = DossierJson.Event(added.Made), ["vorm"] = Words.Of(added.Format) });
        return ExitCode.Done;
    }

    private static ExitCode Show(Terminal terminal, DossierNumber number, RecordingCheck check)
    {
        var length = RecordingText.Length(check.Made.Seconds) is { } lasts ? $", {lasts}" : "";
        terminal.Line($"Deze opname kan worden toegevoegd aan {number}, compartiment {check.File.Compartment}: {check.File.Title} ({Words.Of(check.Format)}{length}). Er is niets opgeslagen.");
        terminal.Json(new JsonObject
        {
            ["dossier"] = number.Value,
            ["naam"] = check.File.Name,
            ["titel"] = check.File.Title,
            ["compartiment"] = check.File.Compartment.Name,
            ["datum"] = DutchText.Iso(check.File.Date),
            ["opname"] = DossierJson.Event(check.Made),
            ["vorm"] = Words.Of(check.Format),
        });
        return ExitCode.Done;
    }

    private static Option<string> Answer(string name, string description) => new(name) { Description = description, HelpName = "yes|no", Required = true };

    private static bool YesOrNo(string text, string option) => text.ToLowerInvariant() switch
    {
        "yes" or "ja" => true,
        "no" or "nee" => false,
        _ => throw new UsageException($"{option} '{text}' is neither yes nor no."),
    };
}

/// <summary><c>recording list</c>: the recordings of a dossier, and what shares their fate.</summary>
internal sealed class RecordingListCommand : CliCommand
{
    private readonly Argument<string> _dossier = new("NUMBER") { Description = "The number of the dossier." };

    public RecordingListCommand()
        : base("list", "List the recordings of a dossier, whether their verslag is agreed, and the copies and transcripts that go with them.",
            "dossierkit recording list WL-2026-0001 --data ./demo-data --as fi --purpose \"Opnamen nakijken\"")
    {
        Add(_dossier);
        foreach (var option in (Option[])[CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        var dossier = await session.OpenDossierAsync(context.Get(_dossier)!, ct);
        if (!dossier.Access.MayRead(Compartment.Opnamen))
            throw new RefusedException(new Refusal("U mag de opnamen van dit dossier niet zien.", "Opnamen zijn er voor wie het onderzoek doet of begeleidt (HRL 8.2).", "Vraag de functionaris integriteit.") { Cause = RefusalCause.NoRight });
        var recordings = dossier.State.Recordings;
        context.Terminal.Line(recordings.Count == 0 ? $"{dossier.Number} heeft geen opnamen." : $"{dossier.Number}: {DutchText.Count(recordings.Count, "opname", "opnamen")}.");
        if (recordings.Count > 0)
        {
            context.Terminal.Table(["Bestand", "Soort", "Datum", "Gesprek", "Met", "Lengte", "Verslag vastgesteld", "Kopieën elders", "Uitgeschreven"], recordings.Select(item => (IReadOnlyList<string>)
            [
                item.File is { } file ? file.Id.ToString()[..8] : "niet hier",
                item is { CopyOf: { } of, File: { } copy } ? $"{Words.Of(copy.Kind)}, kopie van {of.ToString()[..8]}" : "opname",
                DutchText.Short(item.On),
                item.Conversation ?? "",
                item.With?.Value ?? "",
                string.Join(", ", new[] { RecordingText.Length(item.Made?.Seconds), item.File is { } bytes ? DutchText.Size(bytes.Length) : null }.OfType<string>()),
                item.AgreedOn is { } day ? DutchText.Short(day) : "nog niet",
                DutchText.Number(item.Copies.Count(copy => copy.IsOut)),
                DutchText.Number(item.Transcripts.Count),
            ]));
        }

        context.Terminal.Json(new JsonArray([.. recordings.Select(Json)]));
        return ExitCode.Done;
    }

    private static JsonObject Json(RecordingItem item) => new()
    {
        ["bestand"] = item.File is { } file ? DossierJson.File(file) : null,
        ["kopieVan"] = item.CopyOf?.ToString(),
        ["kenmerk"] = item.Made?.Reference,
        ["datum"] = DutchText.Iso(item.On),
        ["gesprek"] = item.Conversation,
        ["met"] = item.With?.Value,
        ["duurSeconden"] = item.Made?.Seconds,
        ["overlegd"] = item.Made?.WasDiscussed,
        ["vernietigingVerteld"] = item.Made?.WasToldOfDestruction,
        ["verslagVastgesteld"] = item.AgreedOn is { } day ? DutchText.Iso(day) : null,
        ["kopieenElders"] = new JsonArray([.. item.Copies.Where(copy => copy.IsOut).Select(copy => DossierJson.Event(copy.Copy))]),
        ["uitgeschreven"] = new JsonArray([.. item.Transcripts.Select(DossierJson.File)]),
    };
}

/// <summary>How the length of a recording is said.</summary>
internal static class RecordingText
{
    /// <summary>Such as <c>50:12</c> or <c>1:02:03</c>; <see langword="null"/> when it is not known.</summary>
    public static string? Length(int? seconds) => seconds is not { } known ? null : known >= 3600
        ? string.Create(CultureInfo.InvariantCulture, $"{known / 3600}:{known / 60 % 60:00}:{known % 60:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{known / 60}:{known % 60:00}");
}
