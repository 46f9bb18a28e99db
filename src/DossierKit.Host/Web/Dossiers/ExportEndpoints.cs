using DossierKit.Dossiers;
using DossierKit.Host.Api;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>
/// Taking a whole dossier out for the archive: first what would go and what would not, then what for, then the zip. A right of its own, of whoever coordinates the case.
/// </summary>
internal static class ExportEndpoints
{
    /// <summary>The fields of the form.</summary>
    public const string Purpose = "doel", WithMelder = "melder", WithSound = "geluid", WithoutPdf = "zonderPdf", Confirmed = "bevestigd";

    private const int LongestPurpose = 200;

    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/export", async (AtDossier at, HttpContext http, DossierRegister register, CancellationToken ct) => MayExport(at.Dossier)
            ? await PageAsync(at, http, register, new Dictionary<string, string>(), [], isAsked: false, ct)
            : Problems.NotThere(http)).ExcludeFromDescription();
        dossier.MapPost("/export", TakeAsync).WithMetadata(new FinalAct("het hele dossier meenemen, zonder versleuteling"), new HeavyRoute()).ExcludeFromDescription();
    }

    /// <summary>Whether this person may take the whole dossier out.</summary>
    public static bool MayExport(OpenDossier dossier) => dossier.CheckExport([]).Count == 0;

    /// <summary>Why a purpose will not do; <see langword="null"/> when it does. It is logged with the export.</summary>
    public static Refusal? CheckPurpose(string purpose) => purpose.Length switch
    {
        0 => new("Vul in waarvoor u het dossier meeneemt.", "Het komt in het logboek, bij wie het dossier meenam en wanneer.", "Een paar woorden zijn genoeg, zoals: overdracht aan het archief.") { Subject = Purpose },
        > LongestPurpose => new("Dit doel is te lang.", $"Het heeft {Nl.Number(purpose.Length)} tekens; {Nl.Number(LongestPurpose)} is het meeste.", "Een paar woorden zijn genoeg.") { Subject = Purpose },
        _ => null,
    };

    private static async Task<IResult> TakeAsync(AtDossier at, HttpContext http, DossierRegister register, CancellationToken ct)
    {
        if (!MayExport(at.Dossier)) return Problems.NotThere(http);
        var form = await http.Request.ReadFormAsync(ct);
        var entered = form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        var purpose = form[Purpose].ToString().Trim();
        if (CheckPurpose(purpose) is { } refusal) return await PageAsync(at, http, register, entered, [refusal], isAsked: false, ct);
        // First in words, with what the choices make of it; then in deed.
        if (form[Confirmed] != "ja") return await PageAsync(at, http, register, entered, [], isAsked: true, ct);
        return await at.Dossier.GoOnForAsync(purpose, ct) ? new ExportAnswer(at, await WishOf(entered).RequestAsync(register, ct)) : Problems.NotThere(http);
    }

    private static ExportWish WishOf(Dictionary<string, string> entered)
        => new(entered.GetValueOrDefault(WithMelder) == "ja" ? [Compartment.Melder] : [], entered.GetValueOrDefault(WithSound) == "ja", entered.GetValueOrDefault(WithoutPdf) != "ja");

    private static async Task<IResult> PageAsync(AtDossier at, HttpContext http, DossierRegister register, Dictionary<string, string> entered, IReadOnlyList<Refusal> refusals, bool isAsked, CancellationToken ct)
    {
        var preview = await DossierExport.PreviewAsync(at.Dossier, await WishOf(entered).RequestAsync(register, ct), ct);
        return Pages.Of<ExportPage>(
            new
            {
                at.Dossier,
                Preview = preview.IsDone ? preview.Value : null,
                MayTakeMelder = at.Dossier.CheckExport([Compartment.Melder]).Count == 0,
                Last = at.Visitor.Desk.Exports.GetValueOrDefault(at.Dossier.Number),
                Entered = entered,
                Refusals = (IReadOnlyList<Refusal>)[.. refusals, .. preview.IsDone ? [] : preview.Refusals],
                IsAsked = isAsked && preview.IsDone,
            },
            // To look is no fault, even when what is seen stands in the way.
            HttpMethods.IsGet(http.Request.Method) ? StatusCodes.Status200OK : Problems.StatusOf([.. refusals, .. preview.IsDone ? [] : preview.Refusals]));
    }
}
