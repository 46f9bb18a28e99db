using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

/// <summary>What may not stand in a register: a receipt of nothing, a hash of another file, a repeat that cannot count.</summary>
public sealed class RegisterRulesTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId Betrokkene = new("betrokkene-1");
    private static readonly FileId File = new(DossierKit.Vault.OpaqueId.Random());
    private static readonly string Hash = new('a', 64);

    private static readonly DossierEvent[] Case =
    [
        new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") },
        new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-2", CaseRole.Betrokkene, "Pijlkruidt") },
        new FileAdded { Date = Day, File = new DossierFile { Id = File, Name = "a", Title = "a", Kind = FileKind.Evidence, Compartment = Compartment.Onderzoek, Date = Day, Length = 1, Sha256 = Hash } },
        new EvidenceSecured { Date = Day, What = "laptop", Reference = "bewijs-1" },
        new EvidenceSecured { Date = Day, What = "ordner", Reference = "bewijs-2" },
        new EvidenceReturned { Date = Day, What = "ordner", Evidence = "bewijs-2", To = Betrokkene },
        new DocumentSent { Date = Day, DocumentKind = "kennisgeving", To = Betrokkene, Delivery = Delivery.Registered, Reference = "verzending-1" },
        new DocumentSent { Date = Day, DocumentKind = "kennisgeving", To = Betrokkene, Delivery = Delivery.Post, Reference = "verzending-2" },
        new CopyKeptElsewhere { Date = Day, DocumentKind = "kennisgeving", Holder = "directeur", Reason = "r", Reference = "kopie-1" },
        new CopyKeptElsewhere { Date = Day, DocumentKind = "kennisgeving", Holder = "directeur", Reason = "r", Reference = "kopie-2" },
        new CopyRetrieved { Date = Day, Copy = "kopie-2", Outcome = CopyOutcome.Returned },
        new PersonAdded { Date = Day, Person = Entries.Person("onderzoeker-1", CaseRole.Onderzoeker, "Griendhorster") },
        new OnderzoekerChallenged { Date = Day, Onderzoeker = new("onderzoeker-1"), Reason = "r", IsUpheld = true },
        Measure("orde-1"),
        Measure("orde-2"),
    ];

    public static TheoryData<string, string?, DossierEvent> Cases => new()
    {
        { "bewijs met hash", null, new EvidenceSecured { Date = Day, What = "w", Sha256 = Hash } },
        { "bewijs met hash van het bestand", null, new EvidenceSecured { Date = Day, What = "w", Sha256 = Hash.ToUpperInvariant(), File = File } },
        { "bewijs met kapotte hash", "Dit is geen SHA-256.", new EvidenceSecured { Date = Day, What = "w", Sha256 = "abc" } },
        { "bewijs met andere hash", "De hash is niet die van het bestand in het dossier.", new EvidenceSecured { Date = Day, What = "w", Sha256 = new string('b', 64), File = File } },
        { "bewijs terug", null, new EvidenceReturned { Date = Day, What = "w", Evidence = "bewijs-1", To = Betrokkene } },
        { "bewijs zonder kenmerk terug", null, new EvidenceReturned { Date = Day, What = "w", To = Betrokkene } },
        { "onbekend bewijs terug", "Dit bewijs staat niet in het register.", new EvidenceReturned { Date = Day, What = "w", Evidence = "bewijs-9", To = Betrokkene } },
        { "iets anders terug", "Dit bewijs staat niet in het register.", new EvidenceReturned { Date = Day, What = "w", Evidence = "kopie-1", To = Betrokkene } },
        { "bewijs twee keer terug", "Dit bewijs is al teruggegeven.", new EvidenceReturned { Date = Day, What = "w", Evidence = "bewijs-2", To = Betrokkene } },
        { "ontvangst", null, Receipt("verzending-1", ReceiptOutcome.Received) with { Proof = "post" } },
        { "ontvangst van gewone post", null, Receipt("verzending-2", ReceiptOutcome.Received) },
        { "retour zonder bewijs", null, Receipt("verzending-1", ReceiptOutcome.Returned) },
        { "ontvangst zonder bewijs", "Er is geen bewijs van ontvangst genoteerd.", Receipt("verzending-1", ReceiptOutcome.Received) },
        { "ontvangst van niets", "Deze verzending staat niet in het register.", Receipt("verzending-9", ReceiptOutcome.Received) },
        { "ontvangst van bewijs", "Deze verzending staat niet in het register.", Receipt("bewijs-1", ReceiptOutcome.Received) },
        { "ontvangst voor verzending", "De ontvangst ligt voor de verzending.", Receipt("verzending-2", ReceiptOutcome.Received) with { Date = Day.AddDays(-1) } },
        { "kopie zonder kenmerk", "Deze kopie heeft geen kenmerk.", new CopyKeptElsewhere { Date = Day, DocumentKind = "kennisgeving", Holder = "h", Reason = "r" } },
        { "kopie terug", null, new CopyRetrieved { Date = Day, Copy = "kopie-1", Outcome = CopyOutcome.Returned } },
        { "kopie twee keer terug", "Deze kopie is al terug of vernietigd.", new CopyRetrieved { Date = Day, Copy = "kopie-2", Outcome = CopyOutcome.Returned } },
        { "onbekende kopie terug", "Deze kopie staat niet in het register.", new CopyRetrieved { Date = Day, Copy = "kopie-9", Outcome = CopyOutcome.Returned } },
        { "aantekening op de kaft", "Op de kaft staan geen aantekeningen.", new JournalNoted { Date = Day, Text = "t", Chosen = Compartment.Kaft } },
        { "herhaling zonder oordeel", "Bij een herhaling hoort het oordeel in het eerdere dossier.", new RegistrationUpdated { Date = Day, Betrokkene = Betrokkene, RepeatOf = new DossierNumber("WL-2024-0001") } },
        { "herhaling van zichzelf", "Een dossier is geen herhaling van zichzelf.", new RegistrationUpdated { Date = Day, Betrokkene = Betrokkene, RepeatOf = new DossierNumber("WL-2026-0001"), EarlierOordeel = Oordeel.Gegrond } },
        { "wederhoor zonder tijd", "De laatste dag om te reageren ligt voor het verzoek.", new WederhoorOffered { Date = Day, Betrokkene = Betrokkene, ReplyUntil = Day.AddDays(-1) } },
        { "zienswijze zonder tijd", "De laatste dag om te reageren ligt voor het verzoek.", new ZienswijzeRequested { Date = Day, Betrokkene = Betrokkene, Facts = "f", ReplyUntil = Day.AddDays(-1) } },
        { "volgend bericht gisteren", "Het volgende bericht komt niet na dit bericht.", new ProgressReported { Date = Day, To = [Betrokkene], NextOn = Day } },
        { "opdracht van niemand", "Er staat niet wie dit besloot.", new OpdrachtGiven { Date = Day, Betrokkenen = [Betrokkene] } },
        { "opdracht van een ambt", null, new OpdrachtGiven { Date = Day, Betrokkenen = [Betrokkene], Office = "commissaris-van-de-koning" } },
        { "uitbreiding van niemand", "Er staat niet wie dit besloot.", new OpdrachtExtended { Date = Day, Reason = "r" } },
        { "maatregel van niemand", "Er staat niet wie dit besloot.", new MaatregelTaken { Date = Day, Betrokkene = Betrokkene, Measure = "m" } },
        { "methode van niemand", "Er staat niet wie dit besloot.", new MethodPermitted { Date = Day, Method = InquiryMethod.Files, Weighing = "w" } },
        { "OR over niets", "Er staat niet waarover de ondernemingsraad is geïnformeerd.", new OrInformed { Date = Day, Office = OrOffice.Chair } },
        { "OR over lid en domein", "Het lid en het domein worden niet samen genoemd.", new OrInformed { Date = Day, Office = OrOffice.Chair, Member = Betrokkene, Domain = "d" } },
        { "gewraakte onderzoeker", "Deze onderzoeker is met succes gewraakt.", new OnderzoekerAppointed { Date = Day, Onderzoeker = new("onderzoeker-1") } },
        { "verlenging van een van twee", null, new OrdemaatregelExtended { Date = Day, Betrokkene = Betrokkene, Measure = "orde-1", Until = Day.AddDays(9), Reason = "r" } },
        { "verlenging, maar van welke", "Er lopen meer ordemaatregelen tegen deze persoon.", new OrdemaatregelExtended { Date = Day, Betrokkene = Betrokkene, Until = Day.AddDays(9), Reason = "r" } },
        { "einde van een die er niet is", "Deze ordemaatregel loopt niet.", new OrdemaatregelEnded { Date = Day, Betrokkene = Betrokkene, Measure = "orde-9" } },
        { "horen zonder ordemaatregel", "Er loopt geen ordemaatregel tegen deze persoon.", new OrdemaatregelHeard { Date = Day, Betrokkene = new("betrokkene-2") } },
        { "verlenging tot gisteren", "De nieuwe laatste dag is al voorbij.", new OrdemaatregelExtended { Date = Day, Betrokkene = Betrokkene, Measure = "orde-1", Until = Day.AddDays(-1), Reason = "r" } },
        { "ordemaatregel tot gisteren", "De laatste dag ligt voor het begin.", Measure("orde-3") with { Until = Day.AddDays(-1) } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_OneEvent_IsAllowedOrRefusedWithItsReason(string name, string? refusal, DossierEvent happening)
        => EventRules.Check(Entries.Fold(Case), happening, Day.AddDays(10)).Select(found => found.What).ShouldBe(refusal is null ? [] : [refusal], name);

    private static DeliveryConfirmed Receipt(string dispatch, ReceiptOutcome outcome) => new() { Date = Day, Dispatch = dispatch, Outcome = outcome };

    private static OrdemaatregelImposed Measure(string reference)
        => new() { Date = Day, Betrokkene = Betrokkene, Kind = OrdemaatregelKind.Suspension, Reason = "r", ImposedBy = new("verantwoordelijke"), WasHeard = true, Until = Day.AddDays(5), Reference = reference };
}
