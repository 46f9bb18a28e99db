using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Texts;
using DossierKit.Protocols;

using Microsoft.Net.Http.Headers;

namespace DossierKit.Host.Web.Sjablonen;

/// <summary>The Word templates: which there are, how they are, and one's own in the place of the shipped. A template holds nothing of a dossier.</summary>
internal static class TemplateEndpoints
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sjablonen", async (HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct)
            => Pages.Of<TemplateListPage>(new { Lines = await LinesAsync(register, clock, ct) })).ExcludeFromDescription();
        routes.MapGet("/sjablonen/{soort}", (string soort, HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct)
            => PageAsync(http, register, clock, soort, [], StatusCodes.Status200OK, ct)).ExcludeFromDescription();
        routes.MapGet("/sjablonen/{soort}/download", async (string soort, HttpContext http, DossierRegister register, CancellationToken ct)
            => await BytesAsync(register, soort, ct) is { } bytes ? Download(http, soort, bytes) : NotThere()).ExcludeFromDescription();
        routes.MapPost("/sjablonen/{soort}", TryOutAsync).WithMetadata(new ReadsOwnBody()).ExcludeFromDescription();
        routes.MapPost("/sjablonen/{soort}/gebruiken", UseAsync).WithMetadata(new FinalAct("het sjabloon in gebruik nemen")).ExcludeFromDescription();
    }

    private static async Task<IResult> PageAsync(HttpContext http, DossierRegister register, TimeProvider clock, string kind, IReadOnlyList<Refusal> refusals, int status, CancellationToken ct)
    {
        if (await BytesAsync(register, kind, ct) is not { } bytes) return NotThere();
        var protocol = ProtocolOf(register, clock);
        return Pages.Of<TemplatePage>(
            new
            {
                Kind = kind,
                Protocol = protocol,
                Report = TemplateReport.Of(bytes, $"{kind}.docx"),
                Installed = register.Templates.Installed.FirstOrDefault(item => item.Kind == kind),
                MayInstall = MayInstall(http, register, clock),
                Refusals = refusals,
            },
            status);
    }

    /// <summary>A template that was sent: looked at, and held until its sender says to use it.</summary>
    private static async Task<IResult> TryOutAsync(string soort, HttpContext http, DossierRegister register, HeldTemplates held, TimeProvider clock, CancellationToken ct)
    {
        if (!MayInstall(http, register, clock) || !DocumentKinds.IsKnown(soort)) return NotThere();
        try
        {
            await foreach (var upload in Uploads.ReadFormAsync(http, ct))
            {
                if (await ReadAsync(upload.Content, ct) is not { } bytes)
                    return await PageAsync(http, register, clock, soort, [new("Dit sjabloon is te groot.", $"Een sjabloon heeft ten hoogste {Nl.Size(HeldTemplates.MaxBytes)}.", "Verklein de afbeeldingen erin.") { Subject = "bestand" }], StatusCodes.Status413PayloadTooLarge, ct);
                var report = await TemplateReport.LookAsync(bytes, upload.FileName, ct);
                if (!report.CanBeUsed)
                {
                    IReadOnlyList<Refusal> errors = [.. report.Findings.Where(finding => finding.Severity == LintSeverity.Error).Select(finding => finding.Finding with { Subject = "bestand" })];
                    return await PageAsync(http, register, clock, soort, errors, StatusCodes.Status400BadRequest, ct);
                }

                var id = held.Hold(http.Visitor().Person, soort, upload.FileName, bytes);
                return Pages.Of<TemplateTryOutPage>(new { Kind = soort, Protocol = ProtocolOf(register, clock), upload.FileName, Report = report, Held = id });
            }
        }
        catch (UploadException refused)
        {
            return await PageAsync(http, register, clock, soort, [refused.Refusal with { Subject = "bestand" }], refused.Status, ct);
        }

        return NotThere();
    }

    private static async Task<IResult> UseAsync(string soort, HttpContext http, DossierRegister register, HeldTemplates held, TimeProvider clock, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var visitor = http.Visitor();
        if (held.Take(form["sjabloon"].ToString(), visitor.Person, soort) is not { } template)
            return await PageAsync(http, register, clock, soort, [new("Dit sjabloon is er niet meer.", "Het wordt een half uur vastgehouden, tot u het in gebruik neemt.", "Kies het bestand opnieuw.") { Subject = "bestand" }], StatusCodes.Status400BadRequest, ct);
        var installed = await register.Templates.InstallAsync(visitor.Acting, soort, template.FileName, template.Bytes, ct);
        if (!installed.IsDone) return await PageAsync(http, register, clock, soort, installed.Refusals, StatusCodes.Status400BadRequest, ct);
        visitor.Tell("Vanaf nu wordt dit sjabloon gebruikt.");
        return Pages.Next($"/sjablonen/{soort}");
    }

    private static async Task<IReadOnlyList<TemplateLine>> LinesAsync(DossierRegister register, TimeProvider clock, CancellationToken ct)
    {
        var protocol = ProtocolOf(register, clock);
        var lines = new List<TemplateLine>();
        foreach (var kind in DocumentKinds.All)
        {
            if (await BytesAsync(register, kind, ct) is not { } bytes) continue;
            lines.Add(new TemplateLine(kind, Labels.Sentence(protocol?.Word(kind) ?? DocumentKinds.CommonName(kind) ?? kind), register.Templates.Installed.FirstOrDefault(item => item.Kind == kind), TemplateReport.Of(bytes, $"{kind}.docx"), protocol?.FindDocument(kind)));
        }

        return lines;
    }

    private static Protocol? ProtocolOf(DossierRegister register, TimeProvider clock) => register.Protocols.Library.InForce(Nl.Today(clock), register.Staff.Municipality.ProtocolId);

    private static bool MayInstall(HttpContext http, DossierRegister register, TimeProvider clock)
        => register.Staff.Find(http.Visitor().Person) is { } person && Menu.Runs(person, Nl.Today(clock));

    private static async ValueTask<byte[]?> BytesAsync(DossierRegister register, string kind, CancellationToken ct)
        => DocumentKinds.IsKnown(kind) ? await register.Templates.FindAsync(kind, ct) ?? ShippedTemplates.Find(kind) : null;

    private static IResult Download(HttpContext http, string kind, byte[] bytes)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{kind}.docx");
        http.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(bytes, Docx);
    }

    // One byte more than is allowed says that it is too much.
    private static async ValueTask<byte[]?> ReadAsync(Stream content, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var block = new byte[1 << 16];
        while (await content.ReadAsync(block, ct) is var read and > 0)
        {
            if (buffer.Length + read > HeldTemplates.MaxBytes) return null;
            buffer.Write(block, 0, read);
        }

        return buffer.ToArray();
    }

    private static IResult NotThere() => Problems.Of(StatusCodes.Status404NotFound, "Dit sjabloon is er niet.", "Kies er een uit de lijst van sjablonen.");
}

/// <summary>One template in the list.</summary>
public sealed record TemplateLine(string Kind, string Title, InstalledItem? Installed, TemplateReport Report, DocumentRule? Rule);
