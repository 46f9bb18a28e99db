using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Dossiers;

/// <summary>Journal entries and people of an invented case, for rules that need no vault.</summary>
internal static class Entries
{
    public static CasePerson Person(string id, CaseRole role, string surname, string? staff = null)
        => new() { Id = new PersonId(id), Role = role, Form = role == CaseRole.Melder ? MelderForm.Vertrouwelijk : null, Initials = "A.", Surname = surname, Staff = staff is null ? null : new PersonId(staff) };

    public static DossierEntry Of(DossierEvent happening, long checkpoint = 1)
        => new(OpaqueId.Random(), checkpoint, new DateTimeOffset(happening.Date, new TimeOnly(12, 0), TimeSpan.Zero), EventKind.Of(happening.GetType()), happening.Compartment, happening);

    public static DossierState Fold(params IEnumerable<DossierEvent> events) => Fold([.. events.Select(happening => Of(happening))], DossierAccess.Everything);

    public static DossierState Fold(IReadOnlyList<DossierEntry> entries, Func<Compartment, Right> rights)
        => DossierFold.Fold(new DossierNumber("WL-2026-0001"), entries, new HashSet<OpaqueId>(), 1, rights);
}
