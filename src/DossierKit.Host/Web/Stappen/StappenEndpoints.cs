using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Stappen;

/// <summary>The guided steps of a case, and declaring several rules kept at once.</summary>
internal static class StappenEndpoints
{
    private const string Rule = "regel.", How = "hoe.";

    /// <summary>Maps the routes.</summary>
    /// <param name="dossier">The group <c>/dossiers/{nummer}</c>, behind the door.</param>
    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/stappen", (AtDossier at, HttpContext http, TimeProvider clock) => MaySee(at.Dossier) ? Page(at, clock, [], null) : Problems.NotThere(http)).ExcludeFromDescription();
        dossier.MapPost("/stappen/nageleefd", DeclareAsync).ExcludeFromDescription();
    }

    /// <summary>Steps are for whoever may know how far a case is: they tell it.</summary>
    public static bool MaySee(OpenDossier dossier) => dossier.Access.In(Compartment.Onderzoek) >= Right.Metadata && dossier.Access.In(Compartment.Melding) >= Right.Metadata;

    private static async Task<IResult> DeclareAsync(AtDossier at, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        if (!MaySee(at.Dossier) || !at.Dossier.Access.MayWrite(Compartment.Onderzoek)) return Problems.NotThere(http);
        var form = await http.Request.ReadFormAsync(ct);
        var duties = Steps.ToDeclare(at.Dossier);
        var events = new List<DossierEvent>();
        var refusals = new List<Refusal>();
        foreach (var key in form.Keys.Where(key => key.StartsWith(Rule, StringComparison.Ordinal)))
        {
            var how = form[How + key[Rule.Length..]].ToString().Trim();
            if (duties.FirstOrDefault(duty => NameOf(duty) == form[key].ToString()) is not { } duty) continue;
            if (how.Length == 0) refusals.Add(new Refusal($"Schrijf hoe deze regel is nageleefd: {duty.Rule.Title}.", "Wie later kijkt, moet kunnen zien wat er is gedaan.", "Zonder namen.") { Subject = How + key[Rule.Length..] });
            events.Add(new RuleKept { Date = Nl.Today(clock), Rule = duty.Rule.Id, Person = duty.Subject is { } subject ? new PersonId(subject) : null, Note = how });
        }

        if (events.Count == 0 && refusals.Count == 0) refusals.Add(new Refusal("Er is geen regel aangevinkt.", "U legt vast welke regels zijn nageleefd.", "Vink ten minste één regel aan."));
        if (refusals.Count > 0) return Page(at, clock, refusals, form);
        var recorded = await at.Dossier.RecordAsync(events, Conflict.Terms(form), ct);
        if (!recorded.IsDone) return Conflict.PageFor(recorded.Refusals, at, http, form, "Regels nageleefd", key => key.StartsWith(How, StringComparison.Ordinal) ? "Hoe" : null) ?? Page(at, clock, recorded.Refusals, form);
        at.Visitor.Tell(events.Count == 1 ? "Vastgelegd dat de regel is nageleefd." : $"Vastgelegd dat {events.Count} regels zijn nageleefd.");
        return Pages.Next($"/dossiers/{at.Dossier.Number.Value}/stappen");
    }

    /// <summary>A duty in a form: the rule, and for whom.</summary>
    public static string NameOf(DossierKit.Protocols.Duty duty) => $"{duty.Rule.Id}|{duty.Subject}";

    private static IResult Page(AtDossier at, TimeProvider clock, IReadOnlyList<Refusal> refusals, IFormCollection? form) => Pages.Of<StappenPage>(
        new { at.Dossier, Groups = Steps.Of(at.Dossier), Terms = at.Dossier.Terms(Nl.Today(clock)), Refusals = refusals, Given = form?.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal) },
        refusals.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
}
