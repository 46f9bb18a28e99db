using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Documents;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>template lint</c>: what the author of a template should look at.</summary>
internal sealed class TemplateLintCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The Word template (.docx)." };

    public TemplateLintCommand()
        : base("lint", "Look at a Word template as a colleague would: what refuses, what may look wrong, what could be better.",
            "dossierkit template lint ./kennisgeving.docx")
        => Add(_file);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var path = context.Get(_file)!;
        var findings = TemplateLint.Run(await InputFile.ReadAsync(path, ct), Path.GetFileName(path));
        var faulty = findings.Any(finding => finding.Severity == LintSeverity.Error);

        context.Terminal.Json(new JsonArray([.. findings.Select(finding => new JsonObject
        {
            ["severity"] = finding.Severity.ToString().ToLowerInvariant(),
            ["rule"] = finding.Rule,
            ["what"] = finding.Finding.What,
            ["why"] = finding.Finding.Why,
            ["whatNow"] = finding.Finding.WhatNow,
        })]));
        foreach (var finding in findings)
        {
            context.Terminal.Line($"{Word(finding.Severity)} ({finding.Rule}): {finding.Finding.What}");
            context.Terminal.Line($"     Waar of waarom: {finding.Finding.Why}");
            context.Terminal.Line($"     Wat nu: {finding.Finding.WhatNow}");
        }

        context.Terminal.Line(findings.Count == 0 ? "Niets op aan te merken."
            : faulty ? "Dit sjabloon kan zo niet worden gebruikt."
            : "Dit sjabloon kan worden gebruikt.");
        return faulty ? ExitCode.Refused : ExitCode.Done;
    }

    private static string Word(LintSeverity severity) => severity switch
    {
        LintSeverity.Error => "Fout",
        LintSeverity.Warning => "Waarschuwing",
        _ => "Advies",
    };
}

/// <summary><c>template render</c>: a template filled with values of a file, without a vault; for whoever writes templates.</summary>
internal sealed class TemplateRenderCommand : CliCommand
{
    private readonly Argument<string> _template = new("TEMPLATE") { Description = "The Word template (.docx)." };
    private readonly Option<string> _values = new("--values") { Description = "A JSON file with the fields of the template.", HelpName = "FILE.json", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "The document to write.", HelpName = "FILE.docx", Required = true };
    private readonly Option<bool> _concept = new("--concept") { Description = "Mark gaps instead of refusing, and write CONCEPT on every page." };
    private readonly Option<bool> _pdf = PdfOutput.Option("Make a PDF (PDF/A-2b and PDF/UA) as well, beside the document.");

    public TemplateRenderCommand()
        : base("render", "Fill a Word template with values from a JSON file, to try it out. Nothing of it enters a vault.",
            "dossierkit template render ./kennisgeving.docx --values ./proef.json --out ./proef.docx",
            "dossierkit template render ./kennisgeving.docx --values ./proef.json --concept --out ./proef.docx")
    {
        Add(_template);
        Add(_values);
        Add(_out);
        Add(_concept);
        Add(_pdf);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var path = context.Get(_template)!;
        var template = DocumentTemplate.Compile(await InputFile.ReadAsync(path, ct), Path.GetFileName(path)).OrRefuse();
        using var values = await InputFile.ReadJsonAsync(context.Get(_values)!, ct);
        var data = TemplateData.Read(values.RootElement, Path.GetFileName(context.Get(_values)!)).OrRefuse();
        var document = template.Render(data, new RenderOptions
        {
            Concept = context.Get(_concept),
            // A document without a title is called by its file name, and a screen reader says that first.
            Properties = new DocumentProperties { Title = Path.GetFileNameWithoutExtension(path) },
        }).OrRefuse();

        var target = context.Get(_out)!;
        await OutputFile.WriteAsync(target, document.Bytes, ct);
        foreach (var remark in document.Remarks) context.Terminal.Note($"Let op: {remark}");
        context.Terminal.Line($"Gemaakt: {target}");
        var pdf = context.Get(_pdf) ? await PdfOutput.BesideAsync(document.Bytes, target, ct) : null;
        pdf?.Tell(context.Terminal, "");
        context.Terminal.Json(new JsonObject
        {
            ["out"] = target,
            ["pdf"] = pdf?.Path,
            ["templateHash"] = template.Hash,
            ["concept"] = context.Get(_concept),
            ["remarks"] = new JsonArray([.. document.Remarks.Select(remark => JsonValue.Create(remark))]),
        });
        return ExitCode.Done;
    }
}
