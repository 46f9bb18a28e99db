using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Dossiers;

/// <summary>A letter straight to the home of a melder who came through the vertrouwenspersoon undoes the confidence it was told in.</summary>
public sealed class DispatchRulesTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId Melder = new("melder-1");
    private static readonly PersonId Direct = new("melder-2");
    private static readonly PersonId Vertrouwenspersoon = new("vertrouwenspersoon-1");
    private static readonly PersonId Betrokkene = new("betrokkene-1");
    private static readonly PersonId Gemachtigde = new("gemachtigde-1");

    private static readonly DossierEvent[] Case =
    [
        new PersonAdded { Date = Day, Person = Entries.Person("melder-1", CaseRole.Melder, "Kwelderhof") },
        new PersonAdded { Date = Day, Person = Entries.Person("melder-2", CaseRole.Melder, "Oesterput") },
        new PersonAdded { Date = Day, Person = Entries.Person("vertrouwenspersoon-1", CaseRole.Vertrouwenspersoon, "Waterdrieblad") with { Of = Melder } },
        new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") },
        new PersonAdded { Date = Day, Person = Entries.Person("gemachtigde-1", CaseRole.Gemachtigde, "Pleitman") with { Of = Betrokkene } },
    ];

    public static TheoryData<string, string, string?, DossierEvent> Cases => new()
    {
        { "rechtstreeks naar de melder", "waterlanden", "Naar melder-1 gaat niets rechtstreeks.", Sent(Melder) },
        { "via de vertrouwenspersoon", "waterlanden", null, Sent(Melder) with { Through = Vertrouwenspersoon } },
        { "aan de vertrouwenspersoon", "waterlanden", null, Sent(Vertrouwenspersoon) },
        { "via een ander", "waterlanden", "Naar melder-1 gaat niets rechtstreeks.", Sent(Melder) with { Through = Gemachtigde } },
        { "vertrouwelijk zonder vertrouwenspersoon", "waterlanden", null, Sent(Direct) },
        { "ontvangstbevestiging rechtstreeks", "waterlanden", "Naar melder-1 gaat niets rechtstreeks.", new ReceiptConfirmed { Date = Day, To = Melder } },
        { "ontvangstbevestiging via", "waterlanden", null, new ReceiptConfirmed { Date = Day, To = Melder, Through = Vertrouwenspersoon } },
        { "voortgang rechtstreeks", "waterlanden", "Naar melder-1 gaat niets rechtstreeks.", new ProgressReported { Date = Day, To = [Betrokkene, Melder] } },
        { "uitnodiging rechtstreeks", "waterlanden", "Naar melder-1 gaat niets rechtstreeks.", new InvitationSent { Date = Day, To = Melder, ConversationOn = Day } },
        { "ook waar het protocol er niet van spreekt", "heerlen", "Naar melder-1 gaat niets rechtstreeks.", Sent(Melder) },
        { "brief langs de gemachtigde heen", "waterlanden", "betrokkene-1 heeft een gemachtigde.", Sent(Betrokkene) },
        { "brief via de gemachtigde", "waterlanden", null, Sent(Betrokkene) with { Through = Gemachtigde } },
        { "brief aan de gemachtigde", "waterlanden", null, Sent(Gemachtigde) },
        { "Heerlen zwijgt over gemachtigden", "heerlen", null, Sent(Betrokkene) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_AWay_IsAllowedOrRefused(string name, string protocol, string? what, DossierEvent happening)
        => Check(protocol, happening).Select(refusal => refusal.What).ShouldBe(what is null ? [] : [what], name);

    [Fact]
    public void Check_ARefusal_NamesTheArticleAndTheWayItShouldGo()
    {
        var refusal = Check("waterlanden", Sent(Melder)).ShouldHaveSingleItem();
        refusal.Why.ShouldStartWith("Waterlanden art. 3.4: ");
        refusal.WhatNow.ShouldContain("vertrouwenspersoon-1");
        Check("waterlanden", Sent(Betrokkene)).ShouldHaveSingleItem().Why.ShouldStartWith("Waterlanden art. 6.8: ");
    }

    [Fact]
    public void Check_ForWhoMayNotKnowTheMelder_SaysNothingOfHow()
    {
        var refusal = DispatchRules.Check(Entries.Fold(Case), ProtocolLibrary.Shipped.All[0], _ => null, new ProgressReported { Date = Day, To = [Betrokkene, Melder] }, mayKnowMelder: false).ShouldHaveSingleItem();
        refusal.ToString().ShouldNotContain("vertrouwenspersoon");
        refusal.ToString().ShouldNotContain("melder");
    }

    private static List<Refusal> Check(string protocol, DossierEvent happening)
        => [.. DispatchRules.Check(Entries.Fold(Case), ProtocolLibrary.Shipped.All.First(known => known.Id == protocol), _ => null, happening)];

    private static DocumentSent Sent(PersonId to) => new() { Date = Day, DocumentKind = "afsluitbericht", To = to, Delivery = Delivery.Post };
}
