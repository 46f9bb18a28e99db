using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Serving;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>The persons of a case: who they are, who may do what about them, and adding or changing one.</summary>
internal static class PersonenEndpoints
{
    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/personen", (AtDossier at, HttpContext http) => MaySee(at.Dossier) ? Pages.Of<PersonenPage>(new { at.Dossier }) : Problems.NotThere(http)).ExcludeFromDescription();

        dossier.MapGet("/personen/nieuw", (AtDossier at, HttpContext http, DossierRegister register) =>
        {
            if (RolesOpen(at.Dossier).Count == 0) return Problems.NotThere(http);
            return Words.TryParse<CaseRole>(http.Request.Query["rol"].ToString(), out var role) && RolesOpen(at.Dossier).Contains(role)
                ? Form(at, register, new PersonForm { Role = role }, [])
                : Pages.Of<PersoonRolPage>(new { at.Dossier, Roles = RolesOpen(at.Dossier) });
        }).ExcludeFromDescription();

        dossier.MapGet("/personen/{persoon}", (string persoon, AtDossier at, HttpContext http)
            => Find(at.Dossier, persoon) is { } person ? Pages.Of<PersoonPage>(new { at.Dossier, Person = person, MayChange = MayChange(at.Dossier, person) }) : Problems.NotThere(http)).ExcludeFromDescription();

        dossier.MapGet("/personen/{persoon}/wijzigen", (string persoon, AtDossier at, HttpContext http, DossierRegister register)
            => Find(at.Dossier, persoon) is { } person && MayChange(at.Dossier, person) ? Form(at, register, PersonForm.Of(person), []) : Problems.NotThere(http)).ExcludeFromDescription();

        dossier.MapPost("/personen", async (AtDossier at, HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct) =>
        {
            var form = await http.Request.ReadFormAsync(ct);
            if (!Words.TryParse<CaseRole>(form["rol"].ToString(), out var role) || !RolesOpen(at.Dossier).Contains(role)) return Problems.NotThere(http);
            var changed = form["id"].ToString() is { Length: > 0 } id ? Find(at.Dossier, id) : null;
            if (form["id"].ToString().Length > 0 && (changed is null || changed.Role != role || !MayChange(at.Dossier, changed))) return Problems.NotThere(http);
            var filled = PersonForm.Of(role, changed, form);
            if (Conflict.WantsForm(form)) return Form(at, register, filled, []);
            var read = filled.Read(at.Dossier, Nl.Today(clock));
            if (!read.IsDone) return Form(at, register, filled, read.Refusals);
            var recorded = await at.Dossier.RecordAsync([read.Value], Conflict.Terms(form), ct);
            if (!recorded.IsDone)
                return Conflict.PageFor(recorded.Refusals, at, http, form, changed is null ? "Persoon toevoegen" : "Persoon wijzigen", field => PersonForm.LabelOf(field)) ?? Form(at, register, filled, recorded.Refusals);
            at.Visitor.Tell(changed is null ? "De persoon is toegevoegd." : "De gegevens zijn bijgewerkt.");
            // Whoever begins a case is told there what comes next; later on one often adds several.
            return Pages.Next(changed is null && at.Dossier.State.Phase == DossierPhase.Melding ? $"/dossiers/{at.Dossier.Number}" : $"/dossiers/{at.Dossier.Number}/personen");
        }).ExcludeFromDescription();
    }

    public static bool MaySee(OpenDossier dossier) => dossier.State.Persons.Count > 0 || RolesOpen(dossier).Count > 0;

    /// <summary>The roles of persons this visitor may add: those whose data lies where the visitor may write.</summary>
    public static IReadOnlyList<CaseRole> RolesOpen(OpenDossier dossier)
        => [.. Enum.GetValues<CaseRole>().Where(role => dossier.Access.MayWrite(new CasePerson { Id = new PersonId("iemand"), Role = role }.Compartment))];

    private static CasePerson? Find(OpenDossier dossier, string handle) => PersonId.TryParse(handle, out var id) ? dossier.State.FindPerson(id) : null;

    private static bool MayChange(OpenDossier dossier, CasePerson person) => dossier.Access.MayWrite(person.Compartment);

    private static IResult Form(AtDossier at, DossierRegister register, PersonForm form, IReadOnlyList<Refusal> refusals) => Pages.Of<PersoonFormPage>(
        new { at.Dossier, Form = form, Staff = register.Staff.Persons, Refusals = PersonForm.AtFields(refusals) }, Problems.StatusOf(refusals));
}
