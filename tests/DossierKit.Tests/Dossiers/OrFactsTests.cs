using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Tests.Documents;

namespace DossierKit.Tests.Dossiers;

/// <summary>What the ondernemingsraad heard afterwards is not what its chair heard beforehand about a member.</summary>
public class OrFactsTests
{
    [Fact]
    public async Task Facts_DomainToldAfterwards_IsKnown()
        => (await SampleCase.ReadAsync("spullen-uit-de-loods")).State.Facts.Find(FactNames.OrDomeinVerteld).ShouldBe("ja");

    [Fact]
    public async Task Facts_ToldBeforehandAboutAMember_DoesNotCountAsToldAfterwards()
        => (await SampleCase.ReadAsync("spullen-uit-de-loods")).Changing<OrInformed>(told => told with { Member = new PersonId("getuige-1") }).State.Facts.Find(FactNames.OrDomeinVerteld).ShouldBeNull();
}
