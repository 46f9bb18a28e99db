using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

/// <summary>
/// Who may do what, written down from the protocols and the task, not from <see cref="AccessTable"/>: each role, however it stands to the case, in each stage, in each compartment.
/// The letters are kaft, melding, melder, opdracht, onderzoek, opnamen, besluit; W write, R read, M know that it happened, - nothing.
/// </summary>
public sealed class AccessMatrixTests
{
    private static readonly DateOnly Day = new(2026, 4, 1);
    private static readonly PersonId Me = new("zelf");

    // Stages: a melding; the opdracht put forward; judged; closed after that; closed as a melding, without any opdracht.
    private static readonly string[] Stages = ["melding", "voorgelegd", "besluit", "gesloten", "gesloten-als-melding"];

    private static readonly (StaffRole Role, string Standing, string[] Rights)[] Expected =
    [
        // The FI takes in every melding and coordinates every case (HRL 4, 6.1); the deputy does the same.
        (StaffRole.Fi, "genoemd", ["WWWWWWW", "WWWWWWW", "WWWWWWW", "WWWWWWW", "WWWWWWW"]),
        (StaffRole.Fi, "niet", ["WWWWWWW", "WWWWWWW", "WWWWWWW", "WWWWWWW", "WWWWWWW"]),
        (StaffRole.PlaatsvervangendFi, "niet", ["WWWWWWW", "WWWWWWW", "WWWWWWW", "WWWWWWW", "WWWWWWW"]),

        // An onderzoeker sees the case he is appointed to while it lasts; never who the melder is (HRL 12.1), and not the judging.
        (StaffRole.OnderzoekerIntern, "genoemd", ["RRMRWW-", "RRMRWW-", "RRMRWW-", "-------", "-------"]),
        (StaffRole.OnderzoekerIntern, "niet", ["-------", "-------", "-------", "-------", "-------"]),
        (StaffRole.OnderzoekerExtern, "genoemd", ["RRMRWW-", "RRMRWW-", "RRMRWW-", "-------", "-------"]),
        (StaffRole.OnderzoekerExtern, "niet", ["-------", "-------", "-------", "-------", "-------"]),

        // Who has the authority gives the opdracht, owns the information and decides (HRL 4.1, 6.1, 11, 12.3); the name of the melder stays with the FI. Another office has nothing.
        (StaffRole.Verantwoordelijke, "bevoegd", ["RRMWRMW", "RRMWRMW", "RRMWRMW", "RRMWRMW", "RRMWRMW"]),
        (StaffRole.Verantwoordelijke, "genoemd", ["-------", "-------", "-------", "-------", "-------"]),
        (StaffRole.Verantwoordelijke, "niet", ["-------", "-------", "-------", "-------", "-------"]),

        // Directors see the opdracht put before them, and neither progress nor report (BPI 86, 101).
        (StaffRole.Directeur, "genoemd", ["-------", "R--R---", "R--R---", "R--R---", "-------"]),
        (StaffRole.Directeur, "niet", ["-------", "-------", "-------", "-------", "-------"]),
        (StaffRole.HoofdBi, "niet", ["-------", "R--R---", "R--R---", "R--R---", "-------"]),

        // The vertrouwenspersoon is the address of the melder he brought (OMM 1019).
        (StaffRole.Vertrouwenspersoon, "genoemd", ["R-R----", "R-R----", "R-R----", "R-R----", "R-R----"]),
        (StaffRole.Vertrouwenspersoon, "niet", ["-------", "-------", "-------", "-------", "-------"]),

        // An adviser sees what is needed for the beslisdocument, once it is judged (HRL 11, 13).
        (StaffRole.Adviseur, "genoemd", ["-------", "-------", "R---M-R", "R---M-R", "R---M-R"]),
        (StaffRole.Adviseur, "niet", ["-------", "-------", "-------", "-------", "-------"]),

        // The FG watches methods and breaches, without content (HRL 8.3, 12.2).
        (StaffRole.Fg, "genoemd", ["R---M--", "R---M--", "R---M--", "R---M--", "R---M--"]),
        (StaffRole.Fg, "niet", ["-------", "-------", "-------", "-------", "-------"]),

        // Archive: that it exists. The beheerder runs the machine and sees nothing.
        (StaffRole.Archivaris, "niet", ["M------", "M------", "M------", "M------", "M------"]),
        (StaffRole.Medebeslisser, "niet", ["M------", "M------", "M------", "M------", "M------"]),
        (StaffRole.Beheerder, "niet", ["-------", "-------", "-------", "-------", "-------"]),
        (StaffRole.Beheerder, "genoemd", ["-------", "-------", "-------", "-------", "-------"]),
        (StaffRole.Archivaris, "genoemd", ["M------", "M------", "M------", "M------", "M------"]),
        (StaffRole.Medebeslisser, "genoemd", ["M------", "M------", "M------", "M------", "M------"]),
        (StaffRole.PlaatsvervangendFi, "genoemd", ["WWWWWWW", "WWWWWWW", "WWWWWWW", "WWWWWWW", "WWWWWWW"]),
        (StaffRole.HoofdBi, "genoemd", ["-------", "R--R---", "R--R---", "R--R---", "-------"]),
    ];

    [Fact]
    public void Matrix_OfEveryRoleStandingAndStage_IsAsTheSourcesSay()
    {
        Expected.Select(row => row.Role).Distinct().Count().ShouldBe(Enum.GetValues<StaffRole>().Length);
        var wrong = from row in Expected
                    from stage in Stages.Index()
                    let rights = Rights(Person(row.Role, row.Standing), Case(stage.Item, row.Role, row.Standing))
                    where rights != row.Rights[stage.Index]
                    select $"{row.Role}, {row.Standing}, {stage.Item}: {rights}, not {row.Rights[stage.Index]}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Matrix_OfWhoeverIsPartOfTheCase_IsNothingInEveryRoleStandingAndStage()
    {
        foreach (var (role, standing, _) in Expected)
        {
            foreach (var stage in Stages)
            {
                var involved = Case(stage, role, standing) with { Involved = [Me], Grants = [new FileGrant(Me, default, Day, true)] };
                Rights(Person(role, standing), involved).ShouldBe("-------", $"{role} {standing} {stage}");
                DossierAccess.Of(Person(role, standing), involved, Day).MayKnowOf.ShouldBeFalse($"{role} {standing} {stage}");
            }
        }
    }

    [Fact]
    public void Matrix_OfSeveralRolesAtOnce_IsTheirSumUnlessOneIsPartOfTheCase()
    {
        // The FI who is also beheerder keeps what the FI has; a beheerder who is the melder has nothing whatever else he is.
        var both = Person(StaffRole.Fi, "niet") with { Appointments = [new Appointment(StaffRole.Beheerder, Day), new Appointment(StaffRole.Archivaris, Day), new Appointment(StaffRole.Directeur, Day)] };
        var submitted = Case("voorgelegd", StaffRole.Directeur, "genoemd");
        Rights(both, submitted).ShouldBe("R--R---");
        Rights(both, submitted with { Involved = [Me] }).ShouldBe("-------");
    }

    [Theory]
    [InlineData(-10, -1, false)]
    [InlineData(-10, 0, true)]
    [InlineData(-10, 1, true)]
    [InlineData(-10, null, true)]
    [InlineData(0, null, true)]
    [InlineData(1, null, false)]
    public void Appointment_FromAndUntil_CountsOnItsDaysAndNoOther(int from, int? until, bool counts)
    {
        foreach (var role in new[] { StaffRole.Fi, StaffRole.OnderzoekerIntern, StaffRole.Directeur, StaffRole.Archivaris })
        {
            var person = Person(role, "genoemd") with { Appointments = [new Appointment(role, Day.AddDays(from), until is { } days ? Day.AddDays(days) : null)] };
            DossierAccess.Of(person, Case("voorgelegd", role, "genoemd"), Day).MayKnowOf.ShouldBe(counts, $"{role}");
        }
    }

    [Theory]
    [InlineData(CaseRole.Betrokkene)]
    [InlineData(CaseRole.Melder)]
    public async Task Open_ByTheFiOrABeheerderWhoIsPartOfTheCase_IsNotThere(CaseRole part)
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var deputy = await fixture.HireAsync("plv", "de heer P. Laatsvervanger", StaffRole.PlaatsvervangendFi);
        var beheerder = await fixture.HireAsync("beheerder", "mevrouw B. Machinekamer", StaffRole.Beheerder, StaffRole.OnderzoekerIntern);
        var number = (await fixture.Register.CreateAsync(deputy, null, null, new DateOnly(2026, 3, 1), default)).Value;
        using var dossier = await fixture.OpenAsync("plv", number);
        foreach (var staff in new[] { "fi", "beheerder" })
            (await dossier.RecordAsync(new PersonAdded { Date = Day, Person = Entries.Person($"{part}-{staff}".ToLowerInvariant(), part, "Lisdoddema", staff) }, default)).Refusals.ShouldBeEmpty();
        foreach (var person in new[] { fixture.As("fi"), beheerder })
        {
            (await fixture.Register.OpenAsync(number, person, "kijken", default)).ShouldBeNull();
            (await fixture.Register.ListAsync(person, default)).ShouldBeEmpty();
            (await fixture.Register.LogAsync(person, LogFilter.All, null, 100, default)).Entries.ShouldAllBe(entry => entry.Dossier == null);
        }
    }

    private static string Rights(StaffPerson person, CaseStanding standing)
    {
        var access = DossierAccess.Of(person, standing, Day);
        return string.Concat(new[] { "kaft", "melding", "melder", "opdracht", "onderzoek", "opnamen", "besluit" }.Select(name => access.In(Named(name)) switch
        {
            Right.Write => 'W',
            Right.Read => 'R',
            Right.Metadata => 'M',
            _ => '-',
        }));
    }

    private static Compartment Named(string name) => Compartment.TryParse(name, out var compartment) ? compartment : throw new ArgumentException(name, nameof(name));

    private static StaffPerson Person(StaffRole role, string standing)
        => new(Me, "mevrouw Z. Elfkantinga", [], [new Appointment(role, Day.AddDays(-30), null, role != StaffRole.Verantwoordelijke ? null : standing == "bevoegd" ? "gemeentesecretaris" : "burgemeester")]);

    private static CaseStanding Case(string stage, StaffRole role, string standing) => new()
    {
        Number = new DossierNumber("WL-2026-0001"),
        Protocol = "waterlanden",
        Phase = stage switch
        {
            "melding" => DossierPhase.Melding,
            "voorgelegd" => DossierPhase.Opdracht,
            "besluit" => DossierPhase.Besluit,
            _ => DossierPhase.Gesloten,
        },
        StartedOn = Day.AddDays(-20),
        ClosedOn = stage.StartsWith("gesloten", StringComparison.Ordinal) ? Day : null,
        WasSubmitted = stage is "voorgelegd" or "besluit" or "gesloten",
        // Whoever is named is named in the role he has; an onderzoeker from outside is named as an onderzoeker.
        Appointed = standing == "genoemd" ? [new CaseAppointment(Me, role == StaffRole.OnderzoekerExtern ? StaffRole.OnderzoekerIntern : role)] : [],
        Offices = ["gemeentesecretaris"],
        MarkKey = Convert.ToBase64String(new byte[32]),
    };
}
