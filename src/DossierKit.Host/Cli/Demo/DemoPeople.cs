using DossierKit.Dossiers;

namespace DossierKit.Host.Cli.Demo;

/// <summary>
/// The invented municipality of the demo and everyone who works with its dossiers: at least one person for each role, the offices that decide by the position of
/// a betrokkene, and one without any role.
/// </summary>
internal static class DemoPeople
{
    private static readonly DateOnly Since = new(2010, 1, 1);

    // The samples go back to 2012: who decides now did so then.
    private static readonly (string Handle, string Name, string Function, StaffRole? Role, string? Office)[] Others =
    [
        ("onderzoeker", "A. Griendhorster", "onderzoeker integriteit", StaffRole.OnderzoekerIntern, null),
        ("onderzoeker-b", "R. Zeggenbeemd", "onderzoeker integriteit", StaffRole.OnderzoekerIntern, null),
        ("plaatsvervanger", "J. Waterhoener", "plaatsvervangend functionaris integriteit", StaffRole.PlaatsvervangendFi, null),
        ("burgemeester", "L. Meerkoetering", "burgemeester", StaffRole.Verantwoordelijke, "burgemeester"),
        ("griffier", "C. Wadlopersma", "griffier", StaffRole.Verantwoordelijke, "griffier"),
        ("directeur-2", "K. Gorzenaar", "directeur personeel en organisatie", StaffRole.Directeur, null),
        ("directeur-3", "F. Slenkeveld", "directeur dienstverlening", StaffRole.Directeur, null),
        ("directeur-4", "M. Oeverlandt", "directeur ruimte", StaffRole.Directeur, null),
        ("hoofd-bi", "D. Rietzangerman", "hoofd bureau integriteit", StaffRole.HoofdBi, null),
        ("archivaris", "E. Dijkmadelief", "archivaris", StaffRole.Archivaris, null),
        ("medebeslisser", "S. Kreekbosch", "teamleider informatiebeheer", StaffRole.Medebeslisser, null),
        ("directeur", "B. Polderhuizer", "directeur bedrijfsvoering", StaffRole.Directeur, null),
        ("fg", "N. Veenpluimer", "functionaris voor gegevensbescherming", StaffRole.Fg, null),
        ("beheerder", "P. Sluiswachterman", "applicatiebeheerder", StaffRole.Beheerder, null),
        ("vreemde", "V. Waterspiegel", "medewerker zonder rol", null, null),
    ];

    public static Municipality Municipality => new()
    {
        Name = "Waterlanden",
        Address = new PostalAddress { Street = "Dijkplein 1", PostalCode = "9990 AA", Town = "Waterlanden" },
        Telephone = "000 - 000 00 00",
        Email = "integriteit@waterlanden.example",
        Signatory = "T. Zeekleidijk",
        SignatoryFunction = "gemeentesecretaris",
        ProtocolId = "waterlanden",
        NumberPrefix = "WL",
    };

    /// <summary>Founds the vault and appoints everyone; the FI proposes, the verantwoordelijke confirms, as it takes two in a real vault.</summary>
    public static async ValueTask FoundAsync(DossierRegister register, string account, CancellationToken ct)
    {
        var staff = register.Staff;
        var fi = new FoundingPerson(new PersonId("fi"), "H. Plassenberger", null, "functionaris integriteit");
        var responsible = new FoundingPerson(new PersonId("verantwoordelijke"), "T. Zeekleidijk", null, "gemeentesecretaris");
        (await staff.FoundAsync(Municipality, fi, responsible, "gemeentesecretaris", ct)).OrRefuse();

        var proposes = staff.SignIn(fi.Id, account).OrRefuse();
        var confirms = staff.SignIn(responsible.Id, account).OrRefuse();
        foreach (var (handle, name, function, role, office) in Others)
        {
            var person = (await staff.AddPersonAsync(proposes, new PersonId(handle), name, function, ct)).OrRefuse();
            if (role is not { } appointed) continue;
            var change = (await staff.AppointAsync(proposes, person.Id, new Appointment(appointed, Since, null, office), ct)).OrRefuse();
            if (change.Waiting is { } waiting) (await staff.ConfirmAsync(confirms, waiting.Id, ct)).OrRefuse();
        }
    }
}
