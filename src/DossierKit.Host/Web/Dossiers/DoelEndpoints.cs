using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>What a dossier is opened for: asked once a session, for every number alike, whether it exists or not.</summary>
internal static class DoelEndpoints
{
    private const string Own = "anders";
    private const int MaxLength = 200;

    /// <summary>What most people come for.</summary>
    public static IReadOnlyList<string> Common { get; } =
        ["Voortgang bekijken", "Melding beoordelen", "Gesprek voorbereiden of vastleggen", "Stuk opstellen", "Stukken toevoegen of lezen", "Besluit voorbereiden"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/dossiers/{nummer}/doel", (string nummer, string? naar) => Pages.Of<DoelPage>(new { Number = nummer, Next = naar })).ExcludeFromDescription();
        routes.MapPost("/dossiers/{nummer}/doel", async (string nummer, HttpContext http, CancellationToken ct) =>
        {
            var form = await http.Request.ReadFormAsync(ct);
            var (choice, own, next) = (form["keuze"].ToString(), form["doel"].ToString().Trim(), form["naar"].ToString());
            var purpose = Common.Contains(choice, StringComparer.Ordinal) ? choice : own;
            if (Check(purpose) is { } refusal)
                return Pages.Of<DoelPage>(new { Number = nummer, Next = next, Choice = Own, Value = own, Refusals = (IReadOnlyList<Refusal>)[refusal] }, StatusCodes.Status400BadRequest);

            // Said for what exists and what does not: the answer is the door's.
            if (DossierNumber.TryParse(nummer, out var number)) http.Visitor().Desk.SetPurpose(number, purpose);
            var (dossier, _) = await http.Visitor().Desk.OpenAsync(nummer, purpose, ct);
            return dossier is null ? Problems.NotThere(http) : Pages.Next(Pages.LocalPath(next, $"/dossiers/{dossier.Number}"));
        }).ExcludeFromDescription();
    }

    private static Refusal? Check(string purpose) => purpose.Length switch
    {
        0 => new("Vul in waarvoor u dit dossier opent.", "Het komt in het logboek.", "Kies een doel of schrijf het in een paar woorden.") { Subject = "doel" },
        > MaxLength => new("Dit doel is te lang.", $"Het heeft {purpose.Length} tekens; {MaxLength} is het meeste.", "Een paar woorden zijn genoeg.") { Subject = "doel" },
        _ => null,
    };
}
