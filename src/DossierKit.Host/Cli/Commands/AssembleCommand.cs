using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>assemble</c>: a Word document of a dossier, refused while an element that its protocol demands is missing.</summary>
internal sealed class AssembleCommand : CliCommand
{
    private readonly Argument<string> _kind = new("KIND") { Description = "The kind of document, such as kennisgeving." };
    private readonly Option<string> _dossier = DossierOptions.Dossier();
    private readonly Option<string?> _out = new("--out") { Description = "The document to write. It is not encrypted: keep it safe.", HelpName = "FILE.docx" };
    private readonly Option<string?> _answers = new("--answers") { Description = "A JSON file with answers, by element id or field.", HelpName = "FILE.json" };
    private readonly Option<bool> _questions = new("--questions") { Description = "Show what is asked, with article and what is known; make nothing." };
    private readonly Option<bool> _concept = new("--concept") { Description = "Mark gaps instead of refusing, write CONCEPT on every page, store nothing." };
    private readonly Option<string[]> _reasons = new("--reason") { Description = "Why an element that belongs in it as a rule is left out; recorded with the document.", HelpName = "ELEMENT=TEXT", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _checked = new("--checked") { Description = "You read the document and did the herleidbaarheidscheck: nothing in it points to the melder or to others the reader may not know of." };
    private readonly Option<string?> _betrokkene = new("--betrokkene") { Description = "Which betrokkene, when the dossier has several.", HelpName = "HANDLE" };
    private readonly Option<string?> _to = new("--to") { Description = "To which kind of reader, such as melder, when the protocol names several. Default: the first it names.", HelpName = "ACTOR" };
    private readonly Option<string?> _person = new("--person") { Description = "Which person reads it, when there are several; then --to is not needed.", HelpName = "HANDLE" };
    private readonly Option<string?> _conversation = new("--gesprek") { Description = "About which conversation, by its reference, when the dossier has several.", HelpName = "REFERENCE" };
    private readonly Option<bool> _pdf = PdfOutput.Option("Make a PDF (PDF/A-2b and PDF/UA) as well, beside the document; of a final one a sealed copy is kept.");
    private readonly Option<string?> _date = new("--date") { Description = "The date of the document. Default: the answer to brief.datum, or the day of its event; never today by itself.", HelpName = "2026-03-02" };

    private readonly Option<bool> _overwrite = OutputFile.Overwrite();

    public AssembleCommand()
        : base("assemble", "Assemble a Word document that is complete by the protocol, or say everything that is missing and by which article.",
            "dossierkit assemble kennisgeving --dossier WL-2026-0001 --questions --data ./demo-data --as fi --purpose \"Kennisgeving opstellen\"",
            "dossierkit assemble kennisgeving --dossier WL-2026-0001 --concept --out ./concept.docx --data ./demo-data --as fi --purpose \"Kennisgeving opstellen\"",
            "dossierkit assemble kennisgeving --dossier WL-2026-0001 --answers ./antwoorden.json --checked --out ./kennisgeving.docx --data ./demo-data --as fi --purpose \"Kennisgeving opstellen\"")
    {
        Add(_kind);
        foreach (var option in (Option[])[_dossier, _out, _answers, _questions, _concept, _reasons, _checked, _betrokkene, _to, _person, _conversation, _date, _pdf, _overwrite, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var target = context.Get(_out);
        if (target is null && !context.Get(_questions)) throw new UsageException("--out is missing. Give the file to write, or --questions to see what is asked.");
        var kind = DossierOptions.RequireKind(context.Get(_kind)!);
        var request = await RequestAsync(context, ct);
        await using var session = await Session.OpenAsync(context, ct);
        var dossier = await session.OpenDossierAsync(context.Get(_dossier)!, ct);
        if (context.Get(_questions))
        {
            Ask((await DocumentAssembly.QuestionsAsync(dossier, kind, request, ct)).OrRefuse(), context.Terminal);
            return ExitCode.Done;
        }

        // Before the document is sealed as final: an output that cannot be written must not leave a final letter nobody has.
        OutputFile.EnsureFree(target!, context.Get(_overwrite));
        if (context.Get(_pdf)) OutputFile.EnsureFree(Path.ChangeExtension(target!, ".pdf"), context.Get(_overwrite));
        OutputFile.EnsureWritable(target!);
        var document = (await DocumentAssembly.AssembleAsync(dossier, kind, request, ct)).OrRefuse();
        await OutputFile.WriteAsync(target!, document.Bytes, ct);
        Tell(document, target!, context.Get(_pdf) ? await PdfAsync(dossier, document, target!, ct) : null, context.Terminal);
        return ExitCode.Done;
    }

    private static async ValueTask<PdfOutput> PdfAsync(OpenDossier dossier, AssembledDocument document, string target, CancellationToken ct)
    {
        var pdf = await PdfOutput.BesideAsync(document.Bytes, target, ct);
        if (pdf.Bytes is not { } bytes || document.Stored is null) return pdf;
        (await DocumentPdf.SealAsync(dossier, document, bytes, ct)).OrRefuse();
        return pdf;
    }

    private async ValueTask<AssemblyRequest> RequestAsync(CommandContext context, CancellationToken ct)
    {
        var answers = context.Get(_answers) is { } path
            ? DocumentAnswers.Read(await InputFile.ReadAsync(path, ct), Path.GetFileName(path)).OrRefuse()
            : DocumentAnswers.None;
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in context.Get(_reasons) ?? [])
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } element, { Length: > 0 } reason]) throw new UsageException($"--reason '{text}' is no ELEMENT=TEXT, such as kennisgeving.contact=\"Al mondeling gegeven\".");
            if (!reasons.TryAdd(element.Trim(), reason.Trim())) throw new UsageException($"--reason gives '{element}' twice. Give one reason for each element.");
        }

        return new AssemblyRequest
        {
            Answers = answers,
            Reasons = reasons,
            Concept = context.Get(_concept),
            Checked = context.Get(_checked),
            Betrokkene = context.Get(_betrokkene) is { } handle ? PersonOptions.Parse(handle) : null,
            Addressee = context.Get(_to),
            AddresseePerson = context.Get(_person) is { } person ? PersonOptions.Parse(person) : null,
            Conversation = context.Get(_conversation),
            Date = context.Get(_date) is { } day ? Session.Day(day, "--date") : null,
        };
    }

    private static void Ask(IReadOnlyList<DocumentQuestion> questions, Terminal terminal)
    {
        foreach (var question in questions)
        {
            terminal.Line($"{(question.IsOpen ? "[ ]" : "[x]")} {question.Path}{(question.Article is { } article ? $"  ({article}{(question.Strength is { } strength ? $", {StrengthWord(strength)}" : "")})" : "")}");
            terminal.Line($"    {question.Question}");
            if (question.Hint.Length > 0) terminal.Line($"    Tip: {question.Hint}");
            if (question.Current is { } current) terminal.Line($"    Nu: {current.ReplaceLineEndings(" / ")}");
        }

        var open = questions.Count(question => question.IsOpen);
        terminal.Line();
        terminal.Line(open == 0
            ? "Er staat geen vraag meer open. Maak het stuk met --out en, na controle, --checked."
            : $"Nog te beantwoorden: {DutchText.Count(open, "vraag", "vragen")} ([ ]). Zet de antwoorden in een bestand, {{ \"{questions.First(question => question.IsOpen).Path}\": \"…\" }}, en geef dat met --answers.");
        terminal.Json(new JsonArray([.. questions.Select(question => new JsonObject
        {
            ["path"] = question.Path,
            ["kind"] = JsonNamingPolicy.KebabCaseLower.ConvertName(question.Kind.ToString()),
            ["question"] = question.Question,
            ["hint"] = question.Hint,
            ["artikel"] = question.Article,
            ["strength"] = question.Strength is { } strength ? StrengthWord(strength) : null,
            ["current"] = question.Current,
            ["open"] = question.IsOpen,
        })]));
    }

    private static void Tell(AssembledDocument document, string target, PdfOutput? pdf, Terminal terminal)
    {
        terminal.Line(document.IsConcept
            ? $"Concept gemaakt: {target}. Niet versturen: het is niet gecontroleerd en niet opgeslagen in het dossier."
            : $"Gemaakt: {target}. Een verzegelde kopie ligt in het dossier.");
        pdf?.Tell(terminal, document.Stored is { } stored ? $"Later alsnog: get {stored.File.Id.ToString()[..8]} --pdf." : "");
        foreach (var remark in document.Remarks) terminal.Line($"Let op: {remark}");
        terminal.Json(new JsonObject
        {
            ["soort"] = document.Kind,
            ["out"] = target,
            ["pdf"] = pdf?.Path,
            ["concept"] = document.IsConcept,
            ["bestand"] = document.Stored?.File.Id.ToString(),
            ["remarks"] = new JsonArray([.. document.Remarks.Select(remark => JsonValue.Create(remark))]),
        });
    }

    private static string StrengthWord(Strength strength) => strength switch
    {
        Strength.Must => "moet",
        Strength.AsARule => "in de regel",
        Strength.IfApplicable => "indien van toepassing",
        _ => "kan",
    };
}
