using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

public sealed class ValueTests
{
    [Theory]
    [InlineData("WL-2026-0001", true)]
    [InlineData("wl-2026-0001", true)]
    [InlineData("A1B", true)]
    [InlineData("A1", false)]
    [InlineData("ABC", false)]
    [InlineData("-A1", false)]
    [InlineData("A1-", false)]
    [InlineData("COM1", false)]
    [InlineData("lpt9", false)]
    [InlineData("A/1", false)]
    [InlineData("A.1", false)]
    [InlineData("WL 2026", false)]
    [InlineData("Ä2026", false)]
    [InlineData("123456789012345678901234567890123", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void DossierNumber_FromText_IsSafeInFileNamesOrRefused(string? text, bool isNumber)
        => DossierNumber.TryParse(text, out _).ShouldBe(isNumber);

    [Fact]
    public void DossierNumber_InTwoSpellings_IsOneNumber() => new DossierNumber("wl-2026-0001").ShouldBe(new DossierNumber("WL-2026-0001"));

    [Fact]
    public void DossierNumber_NeverSet_Throws() => Should.Throw<InvalidOperationException>(() => default(DossierNumber).ToString());

    [Theory]
    [InlineData("fi", true)]
    [InlineData("betrokkene-1", true)]
    [InlineData("Fi", false)]
    [InlineData("-fi", false)]
    [InlineData("f i", false)]
    [InlineData("", false)]
    public void PersonId_FromText_IsHandleOrRefused(string text, bool isHandle) => PersonId.TryParse(text, out _).ShouldBe(isHandle);

    [Fact]
    public void CasePerson_AsText_NamesNobody()
    {
        var person = new CasePerson { Id = new PersonId("melder-1"), Role = CaseRole.Melder, Form = MelderForm.Open, Surname = "Kwelderhof", FirstName = "Yfke" };
        person.ToString().ShouldBe("Melder melder-1");
        new PersonAdded { Date = new DateOnly(2026, 1, 2), Person = person }.ToString().ShouldBe("persoon-toegevoegd 2026-01-02");
    }

    [Fact]
    public void CasePerson_ByRole_LiesInTheCompartmentOfTheRole()
    {
        foreach (var role in Enum.GetValues<CaseRole>())
        {
            var compartment = new CasePerson { Id = new PersonId("x"), Role = role }.Compartment;
            if (role is CaseRole.Melder or CaseRole.Vertrouwenspersoon) compartment.ShouldBe(Compartment.Melder);
            else compartment.ShouldNotBe(Compartment.Melder);
        }
    }
}
