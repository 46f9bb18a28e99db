namespace DossierKit.Dossiers;

/// <summary>What holds for the registers of a case (evidence, dispatches, originals, copies, registrations, measures): pure, for every dossier alike.</summary>
internal static class RegisterRules
{
    public static void Check(DossierState state, DossierEvent happening, List<Refusal> refusals)
    {
        switch (happening)
        {
            case EvidenceSecured { Sha256: { } hash } when !IsSha256(hash):
                Refuse("Dit is geen SHA-256.", "Een hash heeft 64 tekens: cijfers en de letters a tot en met f.", "Kopieer de hash opnieuw, of geef het bestand in het dossier.");
                break;
            case EvidenceSecured { Sha256: { } hash, File: { } id } when state.FindFile(id) is { } file && !string.Equals(file.Sha256, hash, StringComparison.OrdinalIgnoreCase):
                Refuse("De hash is niet die van het bestand in het dossier.", "Dan is het bewijs veranderd, of is het een ander bestand.", "Kijk welk bestand is veiliggesteld, en leg uit hoe het verschil ontstond.");
                break;
            case EvidenceReturned { Evidence: { } reference } when state.FindReference(reference) is not EvidenceSecured:
                Refuse("Dit bewijs staat niet in het register.", "Het veld 'bewijs' noemt het kenmerk van iets dat is veiliggesteld.", "Kijk in het register van bewijs, of laat 'bewijs' weg.");
                break;
            case EvidenceReturned { Evidence: { } reference } when state.All<EvidenceReturned>().Any(earlier => earlier.Evidence == reference):
                Refuse("Dit bewijs is al teruggegeven.", "Iets gaat één keer terug.", "Kijk in het register van bewijs.");
                break;
            case DeliveryConfirmed receipt when state.FindReference(receipt.Dispatch) is not { } sent || Dispatch.From(sent) is null:
                Refuse("Deze verzending staat niet in het register.", "Het veld 'verzending' noemt het kenmerk van een stuk dat is verzonden.", "Leg eerst stuk-verzonden vast met een kenmerk, zoals verzending-1.");
                break;
            case DeliveryConfirmed receipt when receipt.Date < state.FindReference(receipt.Dispatch)!.Date:
                Refuse("De ontvangst ligt voor de verzending.", "Een stuk komt aan nadat het is verzonden.", "Kijk beide datums na.");
                break;
            case DeliveryConfirmed { Outcome: ReceiptOutcome.Received, Proof: null, File: null } receipt when Dispatch.From(state.FindReference(receipt.Dispatch)!) is { Delivery: Delivery.Registered or Delivery.ByHandWithReceipt }:
                Refuse("Er is geen bewijs van ontvangst genoteerd.", "Een aangetekend of tegen ontvangstbewijs uitgereikt stuk heeft een bewijs.", "Noteer het bewijs in 'bewijs', of voeg het toe en noem het bestand.");
                break;
            case CopyRetrieved retrieved when state.FindReference(retrieved.Copy) is not CopyKeptElsewhere:
                Refuse("Deze kopie staat niet in het register.", "Het veld 'kopie' noemt het kenmerk van een kopie elders.", "Kijk in het register van kopieën.");
                break;
            case CopyRetrieved retrieved when state.All<CopyRetrieved>().Any(earlier => earlier.Copy == retrieved.Copy):
                Refuse("Deze kopie is al terug of vernietigd.", "Dat wordt één keer vastgelegd.", "Kijk in het register van kopieën.");
                break;
            case CopyKeptElsewhere { Reference: null }:
                Refuse("Deze kopie heeft geen kenmerk.", "Met het kenmerk wordt later vastgelegd dat de kopie terug of weg is.", "Geef een kenmerk, zoals kopie-1.");
                break;
            case JournalNoted { Chosen: { } chosen } when chosen == Compartment.Kaft:
                Refuse("Op de kaft staan geen aantekeningen.", "De kaft is leesbaar voor iedereen die van het dossier mag weten.", "Kies een van de andere compartimenten.");
                break;
            case RegistrationUpdated { RepeatOf: not null, EarlierOordeel: null }:
                Refuse("Bij een herhaling hoort het oordeel in het eerdere dossier.", "Een ongegronde zaak telt nooit mee als herhaling.", "Vul 'eerderOordeel' in.");
                break;
            case RegistrationUpdated { RepeatOf: { } earlier } when earlier == state.Number:
                Refuse("Een dossier is geen herhaling van zichzelf.", "'herhalingVan' noemt een ander dossier.", "Vul het nummer van het eerdere dossier in.");
                break;
            case WederhoorOffered offered when offered.ReplyUntil < offered.Date:
            case ZienswijzeRequested asked when asked.ReplyUntil < asked.Date:
                Refuse("De laatste dag om te reageren ligt voor het verzoek.", "Wie mag reageren, krijgt daar tijd voor.", "Kies een latere dag.");
                break;
            case ProgressReported { NextOn: { } next } progress when next <= progress.Date:
                Refuse("Het volgende bericht komt niet na dit bericht.", "'volgendeOp' zegt wanneer de lezer weer iets hoort.", "Kies een latere dag.");
                break;
            case OpdrachtGiven { Opdrachtgever: null, Office: null }:
            case OpdrachtExtended { Opdrachtgever: null, Office: null }:
            case MaatregelTaken { ImposedBy: null, Office: null }:
            case OrdemaatregelImposed { ImposedBy: null, Office: null }:
            case MethodPermitted { PermittedBy: null, Office: null }:
                Refuse("Er staat niet wie dit besloot.", "Een besluit heeft iemand die het nam.", "Noem de persoon, of het ambt in 'ambt', zoals raad of commissaris-van-de-koning.");
                break;
            case OrdemaatregelExtended extended:
                CheckMeasure(extended.Betrokkene, extended.Measure);
                if (extended.Until < extended.Date) Refuse("De nieuwe laatste dag is al voorbij.", "Verlengen gaat over de tijd die komt.", "Kies een latere dag, of leg het einde vast.");
                break;
            case OrdemaatregelHeard heard:
                CheckMeasure(heard.Betrokkene, heard.Measure);
                break;
            case OrdemaatregelEnded ended:
                CheckMeasure(ended.Betrokkene, ended.Measure);
                break;
            case OrdemaatregelImposed imposed when imposed.Until < imposed.Date || imposed.ReviewOn < imposed.Date:
                Refuse("De laatste dag ligt voor het begin.", "Een ordemaatregel duurt van een dag tot een latere dag.", "Kijk de datums na.");
                break;
            case OnderzoekerAppointed appointed when state.All<OnderzoekerChallenged>().LastOrDefault(challenge => challenge.Onderzoeker == appointed.Onderzoeker)?.IsUpheld == true:
                Refuse("Deze onderzoeker is met succes gewraakt.", "Aan de onpartijdigheid van deze persoon is in deze zaak getwijfeld, en dat is gegrond bevonden.", "Wijs iemand anders aan.");
                break;
            case OrInformed { Member: null, Domain: null }:
                Refuse("Er staat niet waarover de ondernemingsraad is geïnformeerd.", "Vooraf gaat het over een lid, na afronding alleen over het domein (HRL 6.2 en 12.2).", "Vul 'orLid' of 'domein' in.");
                break;
            case OrInformed { Member: not null, Domain: not null }:
                Refuse("Het lid en het domein worden niet samen genoemd.", "Na afronding hoort de ondernemingsraad alleen het domein (HRL 12.2).", "Leg twee berichten vast.");
                break;
        }

        void CheckMeasure(PersonId betrokkene, string? reference)
        {
            var running = state.Ordemaatregelen.Where(measure => measure.Imposed.Betrokkene == betrokkene && measure.Ended is null).ToList();
            if (running.Count == 0) Refuse("Er loopt geen ordemaatregel tegen deze persoon.", "Verlengen, horen en beëindigen gaan over een ordemaatregel die er is.", "Leg eerst ordemaatregel-opgelegd vast.");
            else if (reference is null && running.Count > 1) Refuse("Er lopen meer ordemaatregelen tegen deze persoon.", "Dan is niet duidelijk over welke dit gaat.", "Noem het kenmerk in 'ordemaatregel'.");
            else if (reference is not null && !running.Exists(measure => measure.Imposed.Reference == reference)) Refuse("Deze ordemaatregel loopt niet.", "'ordemaatregel' noemt het kenmerk van een die nog loopt.", "Kijk het kenmerk na.");
        }

        void Refuse(string what, string why, string whatNow) => refusals.Add(new Refusal(what, why, whatNow) { Subject = happening.Name });
    }

    private static bool IsSha256(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigit);
}
