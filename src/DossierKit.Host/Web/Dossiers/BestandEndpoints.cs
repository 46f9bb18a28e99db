using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>One file: what is known of it, its content to look at or to take out, and putting it in its right place.</summary>
internal static class BestandEndpoints
{
    // A letter is a few hundred kB.
    private const int MostToRead = 16 << 20;

    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/bestanden/{id}", (string id, AtDossier at, HttpContext http) =>
        {
            if (Find(at.Dossier, id) is not { } file) return Problems.NotThere(http);
            // Text is shown in a frame without scripts or a site of its own.
            SecurityHeaders.AllowOwnFrames(http);
            return Pages.Of<BestandPage>(new { at.Dossier, Paper = Papers.Of(at.Dossier, file), MayExport = at.Dossier.Access.MayExport(file), MayMove = MayMove(at.Dossier, file) });
        }).ExcludeFromDescription();
        dossier.MapGet("/bestanden/{id}/inhoud", (string id, AtDossier at, HttpContext http, CancellationToken ct) => FileContent.ShowAsync(http, at.Dossier, id, ct)).ExcludeFromDescription();
        dossier.MapGet("/bestanden/{id}/download", (string id, AtDossier at, HttpContext http, CancellationToken ct) => FileContent.ExportAsync(http, at.Dossier, id, ct)).ExcludeFromDescription();
        dossier.MapGet("/bestanden/{id}/lezen", ReadAsync).ExcludeFromDescription();

        dossier.MapGet("/bestanden/{id}/verplaatsen", (string id, AtDossier at, HttpContext http)
            => Find(at.Dossier, id) is { } file && MayMove(at.Dossier, file) ? Pages.Of<VerplaatsenPage>(new { at.Dossier, File = file }) : Problems.NotThere(http)).ExcludeFromDescription();
        dossier.MapPost("/bestanden/{id}/verplaatsen", MoveAsync).WithMetadata(new FinalAct("het bestand verplaatsen")).ExcludeFromDescription();
    }

    /// <summary>Whether a letter can be read on a page: those this program made. Reading is a right that taking out is not.</summary>
    public static bool CanRead(DossierFile file) => file.Kind == FileKind.Document && file.Name.EndsWith(".docx", StringComparison.OrdinalIgnoreCase) && file.Length <= MostToRead;

    private static async Task<IResult> ReadAsync(string id, AtDossier at, HttpContext http, CancellationToken ct)
    {
        if (Find(at.Dossier, id) is not { } file || !CanRead(file) || await at.Dossier.OpenFileAsync(file.Id, ct) is not { } content) return Problems.NotThere(http);
        await using (content)
        {
            var bytes = new byte[file.Length];
            await content.ReadExactlyAsync(bytes, ct);
            return Pages.Of<LezenPage>(new { at.Dossier, File = file, View = LetterView.Read(bytes) });
        }
    }

    private static async Task<IResult> MoveAsync(string id, AtDossier at, HttpContext http, CancellationToken ct)
    {
        if (Find(at.Dossier, id) is not { } file || !MayMove(at.Dossier, file)) return Problems.NotThere(http);
        var form = await http.Request.ReadFormAsync(ct);
        var (to, reason) = (form["naar"].ToString(), form["reden"].ToString().Trim());
        var refusals = new List<Refusal>();
        if (!Compartment.TryParse(to, out var place) || !at.Dossier.Access.MayWrite(place))
            refusals.Add(new("Kies waar het bestand hoort.", "Een bestand ligt altijd in één deel van het dossier.", "Kies een van de delen.") { Subject = "naar" });
        if (reason.Length == 0) refusals.Add(new("Vul in waarom u het bestand verplaatst.", "Wie later kijkt, moet de correctie kunnen begrijpen.", "Een zin is genoeg.") { Subject = "reden" });
        if (refusals.Count > 0) return Page(refusals, isAsked: false);

        // What lies in the wrong place is destroyed: first in words, then in deed.
        if (form["bevestigd"] != "ja") return Page([], isAsked: true);
        var moved = await at.Dossier.MoveFileAsync(file.Id, place, reason, ct);
        return moved.IsDone ? Pages.Of<VerplaatstPage>(new { at.Dossier, Moved = moved.Value }) : Page(moved.Refusals, isAsked: false);

        IResult Page(IReadOnlyList<Refusal> why, bool isAsked) => Pages.Of<VerplaatsenPage>(
            new { at.Dossier, File = file, To = to, Reason = reason, Refusals = why, IsAsked = isAsked }, Problems.StatusOf(why));
    }

    private static DossierFile? Find(OpenDossier dossier, string id) => FileId.TryParse(id, out var file) ? dossier.State.FindFile(file) : null;

    private static bool MayMove(OpenDossier dossier, DossierFile file)
        => dossier.Access.MayWrite(file.Compartment) && Compartment.WithFiles.Any(place => place != file.Compartment && dossier.Access.MayWrite(place));
}
