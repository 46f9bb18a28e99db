using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Texts;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>One file opened to somebody who has no part in the case, for a time, and that ended at once.</summary>
internal static class InzageEndpoints
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["aan"] = "Voor wie",
        ["totEnMet"] = "Tot en met",
        ["reden"] = "Waarom",
        ["meenemen"] = "Mag worden meegenomen",
        ["verantwoordelijke"] = "Besloten door",
    };

    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/bestanden/{id}/inzage", (string id, AtDossier at, HttpContext http, DossierRegister register, TimeProvider clock)
            => Find(at.Dossier, id) is { } file ? Page(at, file, register, clock, new Dictionary<string, string>(), []) : Problems.NotThere(http)).ExcludeFromDescription();

        dossier.MapPost("/bestanden/{id}/inzage", async (string id, AtDossier at, HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct) =>
        {
            if (Find(at.Dossier, id) is not { } file) return Problems.NotThere(http);
            var form = await http.Request.ReadFormAsync(ct);
            var values = Labels.Keys.ToDictionary(field => field, field => form[field].ToString().Trim(), StringComparer.Ordinal);
            if (Conflict.WantsForm(form)) return Page(at, file, register, clock, values, []);
            return await RecordAsync(EventNames.InzageOpengesteld, values, "De inzage is gegeven.");

            async Task<IResult> RecordAsync(string name, Dictionary<string, string> fields, string told)
            {
                var read = EventInput.FromFields(name, [new("datum", DutchText.Iso(Nl.Today(clock))), new("bestand", file.Id.ToString()), .. fields.Where(field => field.Value.Length > 0)]);
                if (!read.IsDone) return Page(at, file, register, clock, values, AtFields(read.Refusals));
                var recorded = await at.Dossier.RecordAsync([read.Value], Conflict.Terms(form), ct);
                if (!recorded.IsDone)
                    return Conflict.PageFor(recorded.Refusals, at, http, form, "Inzage geven", field => Labels.GetValueOrDefault(field)) ?? Page(at, file, register, clock, values, recorded.Refusals);
                at.Visitor.Tell(told);
                return Pages.Next($"/dossiers/{at.Dossier.Number}/bestanden/{file.Id}/inzage");
            }
        }).WithMetadata(new FinalAct("inzage geven")).ExcludeFromDescription();

        // Taking away must not wait: no proof of presence, no version.
        dossier.MapPost("/bestanden/{id}/inzage/intrekken", async (string id, AtDossier at, HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct) =>
        {
            if (Find(at.Dossier, id) is not { } file) return Problems.NotThere(http);
            var form = await http.Request.ReadFormAsync(ct);
            if (!PersonId.TryParse(form["aan"].ToString(), out var person)) return Problems.NotThere(http);
            var recorded = await at.Dossier.RecordAsync(new InzageWithdrawn { Date = Nl.Today(clock), To = person, File = file.Id }, ct);
            if (!recorded.IsDone) return Page(at, file, register, clock, new Dictionary<string, string>(), recorded.Refusals);
            at.Visitor.Tell("De inzage is beëindigd.");
            return Pages.Next($"/dossiers/{at.Dossier.Number}/bestanden/{file.Id}/inzage");
        }).ExcludeFromDescription();
    }

    /// <summary>Whether this person may open a file to others: who writes the besluit, and never what is about the melder.</summary>
    public static bool MayGive(OpenDossier dossier, DossierFile file) => dossier.Access.MayWrite(Compartment.Besluit) && dossier.Access.MayRead(file.Compartment) && file.Compartment != Compartment.Melder;

    /// <summary>Who may look at a file now by such a decision.</summary>
    public static IReadOnlyList<InzageOpened> Running(OpenDossier dossier, DossierFile file, DateOnly today)
    {
        var running = new List<InzageOpened>();
        foreach (var happening in dossier.State.Events.OrderBy(recorded => recorded.Checkpoint).Select(recorded => recorded.Event))
        {
            switch (happening)
            {
                case InzageOpened opened when opened.File == file.Id:
                    running.RemoveAll(known => known.To == opened.To);
                    running.Add(opened);
                    break;
                case InzageWithdrawn withdrawn when withdrawn.File == file.Id:
                    running.RemoveAll(known => known.To == withdrawn.To);
                    break;
            }
        }

        return [.. running.Where(opened => opened.Until >= today)];
    }

    private static DossierFile? Find(OpenDossier dossier, string id)
        => FileId.TryParse(id, out var file) && dossier.State.FindFile(file) is { } known && MayGive(dossier, known) ? known : null;

    private static IReadOnlyList<Refusal> AtFields(IReadOnlyList<Refusal> refusals)
        => [.. refusals.Select(refusal => refusal.Subject is { } subject && subject.LastIndexOf('.') is >= 0 and var at ? refusal with { Subject = subject[(at + 1)..] } : refusal)];

    private static IResult Page(AtDossier at, DossierFile file, DossierRegister register, TimeProvider clock, IReadOnlyDictionary<string, string> values, IReadOnlyList<Refusal> refusals)
    {
        var today = Nl.Today(clock);
        return Pages.Of<InzagePage>(
            new
            {
                at.Dossier,
                File = file,
                Values = values,
                Refusals = refusals,
                Running = Running(at.Dossier, file, today),
                Today = today,
                Staff = register.Staff.Persons.Where(person => person.Id != at.Visitor.Person && !person.Is(StaffRole.Beheerder, today)).ToList(),
                Deciders = register.Staff.Persons.Where(person => person.Is(StaffRole.Verantwoordelijke, today)).ToList(),
            },
            Problems.StatusOf(refusals));
    }
}
