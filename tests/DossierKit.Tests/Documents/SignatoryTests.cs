using DossierKit.Documents;
using DossierKit.Dossiers;

namespace DossierKit.Tests.Documents;

/// <summary>Who signs a letter: the one who decides in this case, which is not always the gemeentesecretaris.</summary>
public class SignatoryTests
{
    private static readonly AssemblyRequest Standard = SampleCase.Answering(("kennisgeving.vervolg", "U krijgt een uitnodiging."), ("kennisgeving.ordemaatregel", "nee"), ("kennisgeving.uitstel", "nee"));

    [Fact]
    public async Task Make_KennisgevingToTheGemeentesecretaris_IsSignedByTheBurgemeester()
    {
        // Story: he got a letter about the onderzoek into himself, signed "gemeentesecretaris".
        var sample = await SampleCase.ReadAsync("declaraties-gemeentesecretaris");
        var text = SampleCase.Text(sample.Make("kennisgeving", Standard).Value.Bytes);
        text.ShouldContain("L. Meerkoetering");
        text.ShouldNotContain("Dijkmeesterin");
    }

    [Fact]
    public async Task Prepare_OpdrachtOfTheBurgemeester_IsSignedByTheOpdrachtgever()
        => Signatory(await SampleCase.ReadAsync("declaraties-gemeentesecretaris"), "onderzoeksopdracht").ShouldBe("Person");

    [Fact]
    public async Task Prepare_BeforeAnOpdracht_TheOneToldOfTheMeldingSigns()
        => Signatory((await SampleCase.ReadAsync("declaraties-gemeentesecretaris")).Without<OpdrachtGiven>(), "ordemaatregel").ShouldBe("Person");

    [Fact]
    public async Task Prepare_OpdrachtOfTheGemeentesecretaris_IsSignedByTheSignatoryOfTheMunicipality()
        => Signatory(await SampleCase.ReadAsync(SampleCase.Complete), "onderzoeksopdracht").ShouldBe("Municipality");

    [Fact]
    public async Task Prepare_OpdrachtgeverWhoseNameNobodyKnows_IsAskedFor()
        => Signatory((await SampleCase.ReadAsync("declaraties-gemeentesecretaris")).Changing<OpdrachtGiven>(given => given with { Opdrachtgever = null, Office = "raad" }), "onderzoeksopdracht").ShouldBeNull();

    private static string? Signatory(SampleCase sample, string kind)
    {
        var prepared = sample.Prepare(kind);
        prepared.Refusals.ShouldBeEmpty();
        return prepared.Value.Data.Origins.FirstOrDefault(origin => origin.Path == "ondertekenaar.naam")?.Source.ToString();
    }
}
