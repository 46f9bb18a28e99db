using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Web.Bewaring;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Texts;

/// <summary>What happened, in one Dutch sentence per event: the one place for these. Longer texts of an event stand on its own page.</summary>
internal static class EventSentences
{
    /// <summary>The sentence of an event.</summary>
    /// <param name="dossier">For names, as far as this person may know them.</param>
    /// <param name="happening">The event.</param>
    public static string Of(OpenDossier dossier, DossierEvent happening)
    {
        var sentence = Melding() ?? Opdracht() ?? Onderzoek() ?? Gesprek() ?? Besluit() ?? Register() ?? Labels.Event(happening.Name) + ".";
        // What people wrote may end with a full stop of its own.
        return Nl.First(sentence.EndsWith("..", StringComparison.Ordinal) ? sentence[..^1] : sentence);

        string? Melding() => happening switch
        {
            MeldingReceived e => $"Er is een {Labels.Of(e.Form)}{(e.Form == MelderForm.Open ? "" : "e")} melding ontvangen{Via(e.Channel)}{About(" over ", e.Betrokkenen)}.",
            ReceiptConfirmed e => $"De ontvangst van de melding is bevestigd aan {Who(e.To)}{Through(e.Through)}.",
            SignaalLinked e => $"Er is een signaal bij deze zaak gevoegd{(e.Dossier is { } other ? $", uit dossier {other}" : "")}.",
            IntakeHeld e => $"Er is een intakegesprek gehouden met {Who(e.With)}.",
            IntakeReportCorrected e => $"{Who(e.With)} heeft het intakeverslag verbeterd.",
            VerantwoordelijkeInformed e => $"{Staff(e.Verantwoordelijke)} is als verantwoordelijke geïnformeerd.",
            CriteriaWeighed e => e is { IsReliable: true, IsInvestigable: true, IsLikelyBreach: true }
                ? "De melding is getoetst: betrouwbaar, te onderzoeken en vermoedelijk een schending."
                : $"De melding is getoetst: {PersonTexts.And([e.IsReliable ? "betrouwbaar" : "niet betrouwbaar genoeg", e.IsInvestigable ? "te onderzoeken" : "niet te onderzoeken", e.IsLikelyBreach ? "vermoedelijk een schending" : "vermoedelijk geen schending"])}.",
            PreliminaryInquiryDone => "Er is een vooronderzoek gedaan.",
            FoundNotInvestigable => "Er komt geen onderzoek.",
            OtherRouteChosen e => $"De zaak gaat verder in een ander traject: {e.Route}.",
            RetaliationReported e => $"Benadeling gemeld van {Who(e.Of)}.",
            _ => null,
        };

        string? Opdracht() => happening switch
        {
            AangifteFiled e => $"Er is aangifte gedaan bij {e.Authority}.",
            OpdrachtSubmitted e => $"De opdracht is voorgelegd aan {StaffAll(e.To)}.",
            DirectorsDecided e => $"Het directeurenteam is {(e.IsAgreed ? "akkoord" : "niet akkoord")}{(e.IsUrgent ? ", in een spoedoverleg" : "")}.",
            OpdrachtGiven e => $"{ByOffice(e.Opdrachtgever, e.Office)} heeft de opdracht voor het onderzoek gegeven{About(" naar ", e.Betrokkenen)}.",
            OpdrachtExtended e => $"{ByOffice(e.Opdrachtgever, e.Office)} heeft de opdracht uitgebreid.",
            OnderzoekerAppointed e => $"{Who(e.Onderzoeker)} is aangewezen als onderzoeker{(e.IsExternal ? ", van buiten de gemeente" : "")}.",
            OnderzoekerChallenged e => $"{Who(e.Onderzoeker)} is gewraakt; {e.IsUpheld switch { true => "dat is toegewezen", false => "dat is afgewezen", _ => "daar is nog niet op beslist" }}.",
            OnderzoekerWithdrew e => $"{Who(e.Onderzoeker)} is geen onderzoeker meer.",
            ProtocolDeviated e => $"Er is afgeweken van het protocol ({e.Rule}); {Staff(e.SignedBy)} tekende daarvoor.",
            ProtocolSwitched e => $"De zaak volgt voortaan protocol {e.To} {e.ToVersion}; {Staff(e.SignedBy)} tekende daarvoor.",
            RuleKept e => $"Vastgelegd dat een regel van het protocol is nageleefd: {RuleTitle(e.Rule)}{(e.Person is { } one ? $" (voor {Who(one)})" : "")}.",
            FactEstablished e => $"Vastgesteld: {FactNames.InWords(e.Fact, e.Value)}{(e.Person is { } one ? $" (voor {Who(one)})" : "")}.",
            _ => null,
        };

        string? Onderzoek() => happening switch
        {
            KennisgevingGiven e => $"{Who(e.Betrokkene)} heeft de kennisgeving gekregen{How(e.Delivery)}.",
            KennisgevingPostponed e => $"De kennisgeving aan {Who(e.Betrokkene)} is uitgesteld; op {DutchText.Date(e.ReviewOn)} wordt dat opnieuw bekeken.",
            LeidinggevendeInformed e => $"{Who(e.Leidinggevende)} is als leidinggevende geïnformeerd.",
            OrInformed e => $"De {(e.Office == OrOffice.Chair ? "voorzitter" : "vicevoorzitter")} van de ondernemingsraad is geïnformeerd.",
            OrdemaatregelImposed e => $"Ordemaatregel voor {Who(e.Betrokkene)}: {Words.Of(e.Kind).Replace('-', ' ')}{(e.Until is { } until ? $", tot en met {DutchText.Date(until)}" : e.ReviewOn is { } review ? $", op {DutchText.Date(review)} opnieuw bekeken" : "")}.",
            OrdemaatregelHeard e => $"{Who(e.Betrokkene)} is gehoord over de ordemaatregel.",
            OrdemaatregelExtended e => $"De ordemaatregel voor {Who(e.Betrokkene)} is verlengd tot en met {DutchText.Date(e.Until)}.",
            OrdemaatregelEnded e => $"De ordemaatregel voor {Who(e.Betrokkene)} is beëindigd.",
            EvidenceSecured e => $"Bewijs veiliggesteld: {e.What}{(e.From is { } from ? $", van {Who(from)}" : "")}.",
            EvidenceReturned e => $"Bewijs teruggegeven aan {Who(e.To)}: {e.What}.",
            MethodPermitted e => $"Toestemming voor een onderzoeksmethode: {Words.Of(e.Method).Replace('-', ' ')}{(e.Step is { } step ? $", stap {DutchText.Number(step)}" : "")}.",
            ProgressReported e => $"Bericht over de voortgang aan {All(e.To)}{(e.NextOn is { } next ? $"; het volgende komt uiterlijk {DutchText.Date(next)}" : "")}.",
            DataBreachReported e => $"Er is een datalek gemeld{(e.To is { } to ? $" bij {Staff(to)}" : "")}.",
            WederhoorOffered e => $"{Who(e.Betrokkene)} kan reageren op de bevindingen, tot en met {DutchText.Date(e.ReplyUntil)}.",
            WederhoorDone e => e.Response is null ? $"{Who(e.Betrokkene)} heeft niet gereageerd op de bevindingen." : $"{Who(e.Betrokkene)} heeft gereageerd op de bevindingen.",
            FeitenrapportSubmitted e => $"Het feitenrapport is aangeboden aan {Staff(e.To)}.",
            ComplaintReceived e => $"{Who(e.From)} heeft een klacht over het onderzoek.",
            _ => null,
        };

        string? Gesprek() => happening switch
        {
            InvitationSent e => $"{Who(e.To)} is uitgenodigd voor een gesprek op {DutchText.Date(e.ConversationOn)}{(e.Time is { } time ? $" om {time:HH\\:mm} uur" : "")}.",
            ConversationHeld e => $"Gesprek gehouden met {Who(e.With)}, door {All(e.Onderzoekers)}.",
            RecordingMade e => $"Van het gesprek met {Who(e.With)} is een opname gemaakt.",
            VerslagDrawnUp e => $"Het verslag van het gesprek met {Who(e.With)} is opgemaakt.",
            VerslagSent e => $"Het verslag is naar {Who(e.With)} gestuurd{How(e.Delivery)}.",
            VerslagCorrected e => $"{Who(e.With)} heeft wijzigingen op het verslag gegeven.",
            VerslagAdopted e => $"Het verslag van het gesprek met {Who(e.With)} is vastgesteld{(e.IsSigned == true ? " en getekend" : "")}.",
            VerslagRefused e => $"{Who(e.With)} tekent het verslag niet.",
            DissentAttached e => $"{Who(e.With)} heeft een afwijkende mening bij het verslag gevoegd.",
            _ => null,
        };

        string? Besluit() => happening switch
        {
            TenlasteleggingGiven e => $"{Who(e.Betrokkene)} heeft een tenlastelegging gekregen.",
            ZienswijzeRequested e => $"{Who(e.Betrokkene)} is gevraagd om een zienswijze, tot en met {DutchText.Date(e.ReplyUntil)}.",
            VerantwoordingGiven e => $"{Who(e.Betrokkene)} heeft zich verantwoord{(e.IsWritten ? ", schriftelijk" : "")}.",
            BeslisdocumentDrawnUp e => $"Het beslisdocument is opgesteld voor {Staff(e.To)}.",
            OordeelGiven e => $"Oordeel over {Who(e.Betrokkene)}: {Labels.Of(e.Oordeel)}, door {ByOffice(e.JudgedBy, e.Office)}.",
            MaatregelTaken e => $"Maatregel voor {Who(e.Betrokkene)}: {e.Measure.TrimEnd('.', ' ')}, opgelegd door {ByOffice(e.ImposedBy, e.Office)}.",
            SentToPersonnelFile e => $"Een stuk over {Who(e.Betrokkene)} is naar het personeelsdossier gegaan: {Kind(e.DocumentKind)}.",
            InzageGranted e => $"{Who(e.To)} heeft stukken ingezien{(e.WithCopy ? " en een afschrift gekregen" : "")}.",
            InzageOpened e => $"{Staff(e.To)} mag een bestand inzien tot en met {DutchText.Date(e.Until)}{(e.MayTakeOut ? " en meenemen" : "")}.",
            InzageWithdrawn e => $"{Staff(e.To)} mag een bestand niet meer inzien.",
            PartiesInformed e => $"{All(e.To)} {(e.To.Count == 1 ? "heeft" : "hebben")} gehoord hoe het is afgelopen.",
            AftercareOffered e => $"Nazorg aangeboden aan {Who(e.To)}{e.IsAccepted switch { true => "; die is aangenomen", false => "; die is niet aangenomen", _ => "" }}.",
            EerherstelGiven e => $"{Who(e.Betrokkene)} heeft eerherstel gekregen.",
            RegistrationUpdated e => $"Het registratieformulier van {Who(e.Betrokkene)} is bijgewerkt.",
            DossierClosed e => $"Het dossier is gesloten: {Labels.Of(e.Outcome)}.",
            DossierReopened => "Het dossier is heropend.",
            _ => null,
        };

        string? Register() => happening switch
        {
            DossierCreated e => $"Dossier {e.Number} is aangemaakt.",
            FileAdded { Moved: { } move } e => $"Bestand hierheen verplaatst uit {move.From.Title}: {e.File.Title}.",
            FileAdded e => $"Bestand toegevoegd: {e.File.Title}.",
            DocumentDrawnUp { Moved: { } move } e => $"Stuk hierheen verplaatst uit {move.From.Title}: {e.File.Title}.",
            DocumentDrawnUp e => $"{(e.Document.IsConcept ? "Concept" : "Stuk")} opgemaakt: {e.File.Title}{(e.Document.Addressee is { } to ? $", voor {Who(to)}" : "")}.",
            FileMovedAway e => $"Een bestand dat hier lag, is uit {e.From.Title} weggehaald en op zijn goede plaats gelegd.",
            PersonAdded e => $"Gegevens vastgelegd van {PersonTexts.Of(e.Person)}.",
            AnswersRecorded e => $"Antwoorden bewaard voor: {Kind(e.DocumentKind)}.",
            DocumentSent e => $"Stuk verzonden aan {Who(e.To)}{How(e.Delivery)}: {Kind(e.DocumentKind)}{Through(e.Through)}.",
            DeliveryConfirmed e => $"Verzending {e.Dispatch}: {Words.Of(e.Outcome).Replace('-', ' ')}.",
            JournalNoted e => $"Aantekening: {Short(e.Text)}",
            OriginalRegistered e => $"Vastgelegd waar het getekende origineel ligt: {Kind(e.DocumentKind)}{(e.Of is { } of ? $" van {Who(of)}" : "")}.",
            CopyKeptElsewhere e => $"Er is een kopie buiten de kluis: {Kind(e.DocumentKind)}, bij {e.Holder}.",
            CopyRetrieved e => $"Kopie {e.Copy} is {(e.Outcome == CopyOutcome.Returned ? "terug" : "door de houder vernietigd")}.",
            RetentionEvent e => HistoryLines.Sentence(e, dossier.State.Events),
            _ => null,
        };

        string Who(PersonId id) => PersonTexts.Of(dossier, id);
        string All(IReadOnlyList<PersonId> ids) => PersonTexts.Of(dossier, ids);
        string Staff(PersonId id) => PersonTexts.OfStaff(dossier, id);
        string StaffAll(IReadOnlyList<PersonId> ids) => PersonTexts.And([.. ids.Select(Staff)]);
        string About(string lead, IReadOnlyList<PersonId> ids) => ids.Count == 0 ? "" : lead + All(ids);
        string Through(PersonId? id) => id is { } one ? $", via {Who(one)}" : "";
        string Kind(string kind) => dossier.Protocol.Word(kind);
        string RuleTitle(string rule) => dossier.Protocol.FindRule(rule)?.Title ?? rule;
        string ByOffice(PersonId? id, string? office) => (id, office) switch
        {
            ({ } one, { } known) => $"{Staff(one)} ({dossier.Protocol.Word(known)})",
            ({ } one, null) => Staff(one),
            (null, { } known) => $"de {dossier.Protocol.Word(known)}",
            _ => happening.By is { } by ? Who(by) : "de opdrachtgever",
        };
    }

    /// <summary>Of what is destroyed or not for this person: the name is all there is.</summary>
    public static string Of(EventGap gap)
        => $"{Labels.Event(gap.Name)}. {(gap.Reason == GapReason.Destroyed ? "De inhoud is vernietigd." : "De inhoud is niet voor u.")}";

    private static string How(Delivery? delivery) => delivery is { } how ? $" ({Labels.Of(how)})" : "";

    private static string Via(MeldingChannel channel) => channel switch
    {
        MeldingChannel.Fi => " bij de functionaris integriteit",
        MeldingChannel.Leidinggevende => " via de leidinggevende",
        MeldingChannel.Coordinator => " via de coördinator",
        MeldingChannel.Gemeentesecretaris => " via de gemeentesecretaris",
        MeldingChannel.Vertrouwenspersoon => " via de vertrouwenspersoon",
        MeldingChannel.Meldpunt => " via het meldpunt",
        MeldingChannel.Lkog => " via de landelijke klachtencommissie",
        MeldingChannel.HuisVoorKlokkenluiders => " via het Huis voor Klokkenluiders",
        _ => "",
    };

    private static string Short(string text)
    {
        const int most = 160;
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, most - 1).TrimEnd(), "…");
    }
}
