using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Dossiers;
using DossierKit.Host.Web.Texts;
using DossierKit.Protocols;

using Microsoft.Extensions.Primitives;

namespace DossierKit.Host.Web.Vastleggen;

/// <summary>Recording what happened: which event, and its form.</summary>
internal static class VastleggenEndpoints
{
    /// <summary>What an address may fill in beforehand: words of the protocol, never anything of a case.</summary>
    private static readonly string[] FromAddress = ["regel", "feit", "stuk"];

    /// <summary>Maps the routes.</summary>
    /// <param name="dossier">The group <c>/dossiers/{nummer}</c>, behind the door.</param>
    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/vastleggen", (AtDossier at, HttpContext http) => EventChoice.Of(at.Dossier) is { Count: > 0 } groups ? Pages.Of<ChooseEventPage>(new { at.Dossier, Groups = groups }) : Problems.NotThere(http)).ExcludeFromDescription();
        dossier.MapGet("/vastleggen/{soort}", Show).ExcludeFromDescription();
        dossier.MapPost("/vastleggen/{soort}", RecordAsync).ExcludeFromDescription();
        // The same, and with a step of their own: what ends or decides a case.
        foreach (var name in FinalActGate.Events)
            dossier.MapPost($"/vastleggen/{name}", (AtDossier at, HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct) => RecordAsync(name, at, http, register, clock, ct))
                .WithMetadata(new FinalAct($"vastleggen: {Labels.Event(name).ToLowerInvariant()}")).ExcludeFromDescription();
    }

    private static IResult Show(string soort, AtDossier at, HttpContext http, DossierRegister register, TimeProvider clock)
    {
        if (EventKind.Find(soort) is not { } kind || !EventChoice.May(at.Dossier, kind)) return Problems.NotThere(http);
        var form = new EventForm(at.Dossier, kind, register.Staff.Persons, Nl.Today(clock));
        var values = form.All.Where(field => field.Value is not null).ToDictionary(field => field.Name, field => new StringValues(field.Value), StringComparer.Ordinal);
        // The first melding of a case comes from the melders and is about the betrokkenen that are already named.
        if (kind.Name == EventNames.MeldingOntvangen && !NextStep.HasMelding(at.Dossier))
        {
            foreach (var field in form.All.Where(field => field is { Name: "melders" or "betrokkenen", Options.Count: > 0 })) values[field.Name] = new StringValues([.. field.Options!.Select(option => option.Value)]);
        }

        foreach (var name in FromAddress)
        {
            if (http.Request.Query[name] is { Count: 1 } given && form.All.FirstOrDefault(field => field.Name == name)?.Options?.Any(option => option.Value == given[0]) == true) values[name] = given;
        }

        return Pages.Of<EventPage>(new { at.Dossier, Form = form, Values = values });
    }

    private static async Task<IResult> RecordAsync(string soort, AtDossier at, HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct)
    {
        if (EventKind.Find(soort) is not { } kind || !EventChoice.May(at.Dossier, kind)) return Problems.NotThere(http);
        var form = new EventForm(at.Dossier, kind, register.Staff.Persons, Nl.Today(clock));
        var given = await http.Request.ReadFormAsync(ct);
        if (Conflict.WantsForm(given)) return Back([]);
        var happening = form.Read(given);
        if (!happening.IsDone) return Back(happening.Refusals);
        var recorded = await at.Dossier.RecordAsync([happening.Value], Conflict.Terms(given), ct);
        if (!recorded.IsDone)
            return Conflict.PageFor(recorded.Refusals, at, http, given, Labels.Event(kind.Name), name => form.All.FirstOrDefault(field => field.Name == name)?.Label) ?? Back(recorded.Refusals);
        at.Visitor.Tell($"Vastgelegd: {Labels.Event(kind.Name).ToLowerInvariant()}, {Nl.Date(happening.Value.Date)}.");
        return Pages.Next($"/dossiers/{at.Dossier.Number.Value}/stappen");

        IResult Back(IReadOnlyList<Refusal> refusals)
            => Pages.Of<EventPage>(new { at.Dossier, Form = form, Values = given.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal), Refusals = refusals }, Problems.StatusOf(refusals));
    }
}
