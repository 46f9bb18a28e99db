using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Dossiers;

public sealed class ProtectedNamesTests
{
    private static readonly CasePerson Melder = new()
    {
        Id = new PersonId("melder-1"),
        Role = CaseRole.Melder,
        Form = MelderForm.Vertrouwelijk,
        Initials = "J.M.",
        FirstName = "Zoë",
        Prefix = "van der",
        Surname = "Méér-Kwelder",
        OtherNames = ["Wadloper"],
        Email = "zoe.kwelder@waterlanden.example",
        Address = new PostalAddress { Street = "Wierdijkje 27", PostalCode = "9992 KL", Town = "Waterlanden" },
    };

    private static readonly CasePerson Getuige = new() { Id = new PersonId("getuige-1"), Role = CaseRole.Getuige, Initials = "D.", Surname = "Lisdoddema" };
    private static readonly CasePerson Betrokkene = new() { Id = new PersonId("betrokkene-1"), Role = CaseRole.Betrokkene, Initials = "J.", Prefix = "van", Surname = "Schelpenwaard" };
    private static readonly CasePerson Ander = new() { Id = new PersonId("betrokkene-2"), Role = CaseRole.Betrokkene, Initials = "P.", Surname = "Oesterput" };
    private static readonly CasePerson Raadsman = new() { Id = new PersonId("raadsman-1"), Role = CaseRole.Raadsman, Initials = "R.", Surname = "Pleitman", Of = new PersonId("betrokkene-1") };

    [Theory]
    [InlineData("Dit meldde mevrouw Van der Meer-Kwelder.")]
    [InlineData("dit meldde J.M. VAN DER MÉÉR-KWELDER")]
    [InlineData("Méér\u00ad-Kwelder")] // soft hyphen
    [InlineData("Mee\u0301r Kwelder")]
    [InlineData("van_der_Meer_Kwelder.docx")]
    [InlineData("verslagVanDerMeerKwelder.docx")]
    [InlineData("Meer-Kwelder, J.M. van der")]
    [InlineData("mail aan zoe.kwelder@waterlanden.example")]
    [InlineData("Zoë zei dat")]
    [InlineData("Kwelders verhaal")]
    [InlineData("de Wadloper")]
    [InlineData("woont op Wierdijkje 27")]
    [InlineData("9992KL")]
    [InlineData("Meer\nKwelder")]
    public void Check_AnyFormOfTheMeldersName_IsFound(string text)
    {
        var check = Check(text, Betrokkene, mayKnow: true);
        check.Findings.ShouldHaveSingleItem().ShouldBe(new NameFinding("alinea 1", Melder.Id));
        check.Refusal!.ToString().ShouldNotContain("Kwelder");
    }

    [Theory]
    [InlineData("Het onderzoek gaat over meer dan dit.")]
    [InlineData("De heer J. van Schelpenwaard ontvangt deze brief.")]
    [InlineData("")]
    [InlineData("Er zijn 9992 klachten; het kwelderen van land telt niet mee.")]
    [InlineData("\ud800 halve tekens")]
    public void Check_OtherWords_AreNoFinding(string text) => Check(text, Betrokkene, mayKnow: true).ShouldBe(new NameCheck([], null), new SameFindings());

    [Fact]
    public void Check_ByWhomMayNotKnowTheMelder_IsNeutralWhateverWasFoundAndWhereverItStood()
    {
        var one = Check("Kwelder", Betrokkene, mayKnow: false);
        var other = ProtectedNames.Check(State(), Betrokkene, [], [new CheckedText("kop", "x"), new CheckedText("voettekst", "Wadloper en Zoë")], false);
        one.Findings.ShouldHaveSingleItem().ShouldBe(new NameFinding(null, null));
        other.Findings.ShouldBe(one.Findings);
        other.Refusal.ShouldBe(one.Refusal);
        one.Refusal.ShouldBe(ProtectedNames.NeutralRefusal);
    }

    [Fact]
    public void Check_AnswerThatCouldBetrayAndOneThatCannot_HidesOnlyTheFirst()
    {
        var check = Check("Lisdoddema en Kwelder", Betrokkene, mayKnow: false);
        check.Findings.ShouldBe([new NameFinding("alinea 1", Getuige.Id), new NameFinding(null, null)], ignoreOrder: true);
        check.Refusal.ShouldBe(ProtectedNames.NeutralRefusal);
    }

    public static TheoryData<string, string, bool> WhoFromWhom => new()
    {
        { "melder-1", "betrokkene-1", true },
        { "melder-1", "getuige-1", true },
        { "melder-1", "raadsman-1", true },
        { "melder-1", "", true },
        { "melder-1", "melder-1", false },
        { "getuige-1", "betrokkene-1", true },
        { "getuige-1", "getuige-1", false },
        { "getuige-1", "", false },
        { "betrokkene-2", "betrokkene-1", true },
        { "betrokkene-2", "raadsman-1", true },
        { "betrokkene-1", "raadsman-1", false },
        { "betrokkene-1", "getuige-1", false },
        { "raadsman-1", "betrokkene-1", false },
    };

    [Theory]
    [MemberData(nameof(WhoFromWhom))]
    public void IsProtected_OneFromAnother_FollowsTheTable(string person, string addressee, bool isProtected)
        => ProtectedNames.IsProtected(Find(person)!, Find(addressee)).ShouldBe(isProtected);

    [Fact]
    public void Check_ASurnameSharedWithTheAddressee_OnlyFindsTheFullerForm()
    {
        // A melder and a betrokkene with one surname: a letter that names the betrokkene must be possible, and may not tell by its refusal that the melder is called the same.
        var namesake = Melder with { Surname = "Schelpenwaard", Prefix = "van", OtherNames = [], Email = null };
        var state = State(namesake, Betrokkene);
        ProtectedNames.Check(state, Betrokkene, [], [new CheckedText("a", "Geachte heer Van Schelpenwaard")], true).Findings.ShouldBeEmpty();
        ProtectedNames.Check(state, Betrokkene, [], [new CheckedText("a", "J.M. van Schelpenwaard")], true).Findings.ShouldHaveSingleItem();
    }

    [Fact]
    public void Check_TheSignatorysName_IsAllowed()
    {
        var namesake = Getuige with { Surname = "Dijkgravenhuis" };
        ProtectedNames.Check(State(namesake, Betrokkene), Betrokkene, ["mevrouw S. Dijkgravenhuis"], [new CheckedText("a", "mevrouw S. Dijkgravenhuis")], true).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Check_AnAnonymousMelder_HasNoNameToFind()
        => ProtectedNames.Check(State(new CasePerson { Id = new PersonId("melder-1"), Role = CaseRole.Melder, Form = MelderForm.Anoniem }), null, [], [new CheckedText("a", "tekst")], true).Findings.ShouldBeEmpty();

    private static CasePerson? Find(string id) => new[] { Melder, Getuige, Betrokkene, Ander, Raadsman }.FirstOrDefault(person => person.Id.Value == id);

    private static NameCheck Check(string text, CasePerson? addressee, bool mayKnow) => ProtectedNames.Check(State(), addressee, [], [new CheckedText("alinea 1", text)], mayKnow);

    private static DossierState State(params CasePerson[] persons)
        => DossierFold.Fold(
            new DossierNumber("WL-2026-0001"),
            [.. (persons.Length == 0 ? [Melder, Getuige, Betrokkene, Ander, Raadsman] : persons).Select(person => Entries.Of(new PersonAdded { Date = new DateOnly(2026, 1, 2), Person = person }))],
            new HashSet<OpaqueId>(),
            1,
            DossierAccess.Everything);

    private sealed class SameFindings : IEqualityComparer<NameCheck>
    {
        public bool Equals(NameCheck? x, NameCheck? y) => x!.Findings.SequenceEqual(y!.Findings) && x.Refusal == y.Refusal;

        public int GetHashCode(NameCheck obj) => 0;
    }
}
