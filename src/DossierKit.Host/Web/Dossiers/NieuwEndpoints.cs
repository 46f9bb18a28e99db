using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Texts;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>A new dossier: one form, by the FI or the deputy.</summary>
internal static class NieuwEndpoints
{
    private const string Purpose = "Aanmaken van het dossier";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/dossiers/nieuw", (HttpContext http, DossierRegister register, TimeProvider clock)
            => MayCreate(http, register, clock) ? Page(register, clock, new NieuwForm { Date = Iso(Nl.Today(clock)) }, []) : Problems.NotThere(http)).ExcludeFromDescription();

        routes.MapPost("/dossiers/nieuw", async (HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct) =>
        {
            if (!MayCreate(http, register, clock)) return Problems.NotThere(http);
            var posted = await http.Request.ReadFormAsync(ct);
            var form = new NieuwForm { Number = posted["nummer"].ToString().Trim(), Date = posted["datum"].ToString(), Protocol = posted["protocol"].ToString() };
            var refusals = new List<Refusal>();
            DossierNumber? number = null;
            if (form.Number.Length > 0)
            {
                if (DossierNumber.TryParse(form.Number, out var own)) number = own;
                else refusals.Add(new("Dit is geen dossiernummer.", "Een nummer heeft 3 tot 32 letters, cijfers en streepjes, met minstens één cijfer.", "Laat het leeg, of kies een nummer zoals WL-2026-0007.") { Subject = "nummer" });
            }

            if (!DateOnly.TryParseExact(form.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                refusals.Add(new("Dit is geen datum.", "Het dossier begint op een dag.", "Schrijf de dag als 2026-03-02.") { Subject = "datum" });
            ProtocolReference? protocol = form.Protocol.Length == 0 ? null : new ProtocolReference(form.Protocol, null);
            if (refusals.Count > 0) return Page(register, clock, form, refusals);
            var made = await register.CreateAsync(http.Visitor().Acting, number, protocol, date, ct);
            if (!made.IsDone) return Page(register, clock, form, made.Refusals);
            http.Visitor().Desk.SetPurpose(made.Value, Purpose);
            return Pages.Next($"/dossiers/{made.Value}");
        }).ExcludeFromDescription();
    }

    private static bool MayCreate(HttpContext http, DossierRegister register, TimeProvider clock)
        => register.HoldsToday(http.Visitor(), clock, StaffRole.Fi, StaffRole.PlaatsvervangendFi);

    private static IResult Page(DossierRegister register, TimeProvider clock, NieuwForm form, IReadOnlyList<Refusal> refusals)
    {
        var own = register.Staff.Municipality.ProtocolId;
        var today = Nl.Today(clock);
        return Pages.Of<NieuwPage>(
            new
            {
                Form = form,
                Refusals = refusals,
                Example = string.Create(CultureInfo.InvariantCulture, $"{register.Staff.Municipality.NumberPrefix?.ToUpperInvariant() ?? "D"}-{today.Year}-0007"),
                Own = register.Protocols.Library.InForce(today, own),
                Others = register.Protocols.Library.All.Where(protocol => protocol.Id != own && protocol.IsInForceOn(today)).DistinctBy(protocol => protocol.Id).ToList(),
            },
            Problems.StatusOf(refusals));
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The form as it was filled in.</summary>
public sealed record NieuwForm
{
    public string Number { get; init; } = "";

    public string Date { get; init; } = "";

    public string Protocol { get; init; } = "";
}
