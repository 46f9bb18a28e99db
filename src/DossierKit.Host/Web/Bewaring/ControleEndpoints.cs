using DossierKit.Host.Api;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>Whether an export that lies somewhere is whole, right and agrees with its own lists: somebody sends the zip, and hears. It is sealed while it is looked at, and nothing of it is kept.</summary>
internal static class ControleEndpoints
{
    public static void Map(IEndpointRouteBuilder bewaring)
    {
        bewaring.MapGet("/export-controleren", (AtArchive _) => Pages.Of<ControlePage>());
        bewaring.MapPost("/export-controleren", async (AtArchive _, HttpContext http, DossierVault vault, CancellationToken ct) =>
        {
            try
            {
                return Pages.Of<ControlePage>(new { Report = await VerifyAsync(vault, Uploads.ReadFormAsync(http, ct), ct) });
            }
            catch (UploadException refused)
            {
                return Pages.Of<ControlePage>(new { Refusals = (IReadOnlyList<Refusal>)[refused.Refusal with { Subject = "bestand" }] }, refused.Status);
            }
        }).WithMetadata(new ReadsOwnBody(), new HeavyRoute());
    }

    /// <summary>Checks the one bag of a request.</summary>
    public static async ValueTask<BagReport> VerifyAsync(DossierVault vault, IAsyncEnumerable<Upload> arriving, CancellationToken ct)
    {
        await using var uploads = arriving.GetAsyncEnumerator(ct);
        await uploads.MoveNextAsync();
        await using var content = new LastContent(uploads.Current.Content, uploads);
        return await BagVerifier.VerifyAsync(await vault.SpoolAsync(content, ct), ct);
    }
}
