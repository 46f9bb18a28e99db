using DossierKit.Dossiers;

namespace DossierKit.Host.Cli.Demo;

/// <summary>The invented municipality of the demo and everyone who works with its dossiers. One person for each role, and one without any.</summary>
internal static class DemoPeople
{
    private static readonly DateOnly Since = new(2020, 1, 1);

    private static readonly (string Handle, string Name, string Function, StaffRole? Role)[] Others =
    [
        ("onderzoeker", "A. Griendhorster", "onderzoeker integriteit", StaffRole.OnderzoekerIntern),
        ("archivaris", "E. Dijkmadelief", "archivaris", StaffRole.Archivaris),
        ("medebeslisser", "S. Kreekbosch", "teamleider informatiebeheer", StaffRole.Medebeslisser),
        ("directeur", "B. Polderhuizer", "directeur bedrijfsvoering", StaffRole.Directeur),
        ("fg", "N. Veenpluimer", "functionaris voor gegevensbescherming", StaffRole.Fg),
        ("beheerder", "P. Sluiswachterman", "applicatiebeheerder", StaffRole.Beheerder),
        ("vreemde", "V. Waterspiegel", "medewerker zonder rol", null),
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
        foreach (var (handle, name, function, role) in Others)
        {
            var person = (await staff.AddPersonAsync(proposes, new PersonId(handle), name, function, ct)).OrRefuse();
            if (role is not { } appointed) continue;
            var change = (await staff.AppointAsync(proposes, person.Id, new Appointment(appointed, Since), ct)).OrRefuse();
            if (change.Waiting is { } waiting) (await staff.ConfirmAsync(confirms, waiting.Id, ct)).OrRefuse();
        }
    }
}
