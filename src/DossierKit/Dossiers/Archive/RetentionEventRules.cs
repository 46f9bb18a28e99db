namespace DossierKit.Dossiers;

/// <summary>What must hold before a decision on keeping is recorded, for every dossier alike: pure, every reason at once. What a class may be, the selectielijst decides.</summary>
internal static class RetentionEventRules
{
    /// <summary>What is said of a name of a date that is none of <see cref="SourceDate.Names"/>.</summary>
    public static Refusal BadName(string subject) => new(
        "Deze naam van een datum bestaat niet.",
        "De naam van een datum blijft bewaard als het dossier weg is. Daarom kiest u er een uit een vaste lijst.",
        $"Kies uit: {string.Join(", ", SourceDate.Names)}.")
    { Subject = subject };

    /// <summary>Every reason why a decision may not be recorded.</summary>
    /// <param name="full">The full state it would follow.</param>
    /// <param name="happening">What is decided, stamped with who and with which account.</param>
    /// <param name="today">The legal date.</param>
    /// <param name="latestReview">The last day on which a hold must be looked at again.</param>
    /// <param name="isIntegritySide">Whether somebody is of the integrity side of this case.</param>
    public static List<Refusal> Check(DossierState full, RetentionEvent happening, DateOnly today, DateOnly latestReview, Func<PersonId, bool> isIntegritySide)
    {
        var refusals = new List<Refusal>();
        var facts = RetentionFold.Of(full, null);
        if (facts.TransferredOn is not null && happening is not (HoldEvent or HoldPlaced or DossierTransferred { IsWithdrawn: true }))
            Refuse("Dit dossier is al overgedragen.", "Wat is overgedragen, wordt door het archief beheerd.", "Overleg met het archief. Is dit ten onrechte vastgelegd? Neem de overdracht dan eerst terug.");
        switch (happening)
        {
            case ClassSet set:
                Needs(set.Ground, "de grond", "Een klasse zonder grond telt niet: later moet duidelijk zijn waarom deze klasse is gekozen.");
                CheckName(set.Kenmerk);
                break;
            case SourceDateSet source:
                Needs(source.Ground, "waar de datum vandaan komt", "De bewaartermijn loopt vanaf deze datum.");
                CheckSource(source);
                break;
            case ActionDateChanged changed:
                Needs(changed.Reason, "de reden", "Later moet te zien zijn waarom is afgeweken van de berekende datum.");
                CheckChange(changed);
                break;
            case HoldPlaced placed:
                Needs(placed.Reason, "de reden", "Iets langer bewaren vraagt een reden.");
                Needs(placed.Citation, "de verwijzing", "Zonder zaaknummer of kenmerk weet later niemand waarvoor het bewaard bleef.");
                CheckReview(placed.ReviewOn);
                if (placed.Object is { } id && full.FindFile(id) is null) Refuse("Dit bestand staat niet in het dossier.", "Een bewaargrond geldt voor een bestand of voor het hele dossier.", "Kijk in de lijst van opnamen, of plaats de bewaargrond op het hele dossier.");
                break;
            case HoldEvent about when facts.Holds.FirstOrDefault(hold => hold.Id == about.Hold) is not { } hold:
                Refuse("Deze bewaargrond is er niet.", "Hij is nooit geplaatst, of al opgeheven.", "Kijk in de lijst van bewaargronden.");
                break;
            case HoldEvent about:
                Needs(about.Reason, "de reden", "Een besluit over een bewaargrond vraagt een reden.");
                CheckHold(full, about, facts.Holds.First(known => known.Id == about.Hold));
                break;
            case DossierTransferred { IsWithdrawn: true } withdrawn:
                Needs(withdrawn.Reason, "de reden", "Later moet te zien zijn waarom de overdracht niet klopte.");
                if (facts.TransferredOn is null) Refuse("Er is geen overdracht om terug te nemen.", "Dit dossier is niet overgedragen.", "Kijk het nummer na.");
                if (withdrawn is not { To: null, Receipt: null, Sha256: null }) Refuse("Terugnemen en vastleggen gaan niet samen.", "Eerst vervalt wat verkeerd is vastgelegd.", "Neem de overdracht terug, en leg daarna de juiste vast.");
                break;
            case DossierTransferred transferred:
                Needs(transferred.To, "aan wie", "Het archief dat het dossier ontving, wordt genoemd.");
                Needs(transferred.Receipt, "het ontvangstbewijs", "Overgedragen is een dossier pas als het archief de ontvangst heeft bevestigd.");
                if (!full.IsClosed) Refuse("Dit dossier is niet gesloten.", "Een dossier dat nog loopt, wordt niet overgedragen.", "Sluit het dossier eerst.");
                if (transferred.Reason is not null) Refuse("Bij een overdracht hoort geen reden.", "Een reden hoort bij het terugnemen van een overdracht.", "Laat de reden weg.");
                if (transferred.Date > today) Refuse("De datum ligt in de toekomst.", "Overdracht wordt vastgelegd als zij is gebeurd.", "Kies de dag van het ontvangstbewijs.");
                break;
        }

        return refusals;

        void CheckSource(SourceDateSet source)
        {
            if (source.From is not (Afleidingswijze.AnderDatumkenmerk or Afleidingswijze.IngangsdatumBesluit or Afleidingswijze.VervaldatumBesluit))
                Refuse("Voor deze afleidingswijze wordt geen datum vastgelegd.", "Alleen een ander datumkenmerk en de datums van een besluit worden vastgelegd; de andere volgen uit het dossier of bestaan hier niet.", "Kies ander_datumkenmerk, ingangsdatum_besluit of vervaldatum_besluit.");
            if (source.From == Afleidingswijze.AnderDatumkenmerk && string.IsNullOrWhiteSpace(source.Kenmerk))
                Refuse("De datum heeft geen naam.", "Bij een ander datumkenmerk hoort de naam van de datum.", "Geef een naam, zoals einde-dienstverband.");
            CheckName(source.Kenmerk);
            if (source.SourceDate.Year is < 1900 or > 2200) Refuse("Dit jaar kan niet kloppen.", "Dit lijkt een tikfout.", "Kijk het jaartal na.");
        }

        // It stands on lists of destruction and in the verklaring, which are kept for ever.
        void CheckName(string? name)
        {
            if (!string.IsNullOrWhiteSpace(name) && !SourceDate.Names.Contains(name, StringComparer.Ordinal)) refusals.Add(BadName(happening.Name));
        }

        void CheckChange(ActionDateChanged changed)
        {
            if (changed.IsWithdrawn)
            {
                if (facts.Override is null) Refuse("Er is niets om in te trekken.", "De datum volgt al uit de klasse.", "Kijk waarom deze datum geldt.");
                if (changed.KeepUntil is not null || changed.Nominatie is not null) Refuse("Intrekken en aanpassen gaan niet samen.", "Na het intrekken geldt weer wat uit de klasse volgt.", "Leg eerst het intrekken vast.");
                return;
            }

            if (changed is { KeepUntil: null, Nominatie: null }) Refuse("Er verandert niets.", "Er is geen datum en geen andere waardering gegeven.", "Geef de dag tot wanneer het bewaard blijft, of blijvend_bewaren.");
            if (facts.Override is { } before && ((before.KeepUntil is { } earlier && !(changed.KeepUntil >= earlier)) || (before.Nominatie is { } forever && changed.Nominatie != forever)))
                Refuse("Er is al besloten dit langer te bewaren.", "Een nieuw besluit kan dat langer maken, niet korter.", "Kies een dag die niet eerder is, en laat blijvend bewaren staan; of laat het eerdere besluit eerst intrekken.");
            if (changed.Nominatie == Nominatie.Vernietigen) Refuse("Zo wordt een dossier niet alsnog vernietigd.", "Wat blijvend bewaard wordt, wordt alleen vernietigd als een andere klasse geldt.", "Stel een andere klasse vast, met de grond.");
            if (changed.KeepUntil is { } until && until <= today) Refuse("Deze dag is al voorbij.", "Aanpassen is langer bewaren, nooit korter: de termijn van de selectielijst is een ondergrens.", "Kies een latere dag.");
            if (changed.KeepUntil is { } day && changed.Computed is { } computed && day < computed) Refuse("Deze dag ligt voor de berekende archiefactiedatum.", "Aanpassen is langer bewaren, nooit korter: de termijn van de selectielijst is een ondergrens.", "Kies een latere dag, of stel een andere klasse vast.");
        }

        void CheckReview(DateOnly reviewOn)
        {
            if (reviewOn <= today) Refuse("De dag van heroverweging is niet later dan vandaag.", "Op die dag wordt gekeken of de bewaargrond nog nodig is.", "Kies een latere dag.");
            else if (reviewOn > latestReview) Refuse("De dag van heroverweging is te ver weg.", "Een bewaargrond wordt zo vaak bekeken als het protocol zegt; zegt het niets, dan elk jaar (eigen keuze).", FormattableString.Invariant($"Kies een dag tot en met {latestReview:dd-MM-yyyy}."));
        }

        void CheckHold(DossierState state, HoldEvent about, Hold hold)
        {
            switch (about)
            {
                case HoldReviewed reviewed:
                    CheckReview(reviewed.ReviewOn);
                    break;
                case HoldReleaseProposed when hold.ReleaseProposedBy is not null:
                    Refuse("De opheffing is al voorgesteld.", "Een tweede persoon moet haar nu bevestigen.", "Vraag een ander om de opheffing te bevestigen.");
                    break;
                case HoldReleased when hold.ReleaseProposedBy is null:
                    Refuse("Niemand heeft deze opheffing voorgesteld.", "Opheffen doen twee mensen: de een stelt het voor, de ander bevestigt het.", "Stel de opheffing eerst voor.");
                    break;
                case HoldReleased released:
                    CheckSecond(state, released, hold.ReleaseProposedBy!.Value);
                    break;
            }
        }

        void CheckSecond(DossierState state, HoldReleased released, PersonId proposer)
        {
            var proposal = state.Events.Where(recorded => recorded.Event is HoldReleaseProposed proposed && proposed.Hold == released.Hold).MaxBy(recorded => recorded.Checkpoint)?.Event as RetentionEvent;
            if (released.RecordedBy == proposer || proposal?.AccountMark is null || proposal.AccountMark == released.AccountMark)
                Refuse("Een ander moet dit bevestigen.", "Wie de opheffing voorstelde, kan haar niet zelf bevestigen, ook niet met een ander account.", "Vraag een tweede persoon.");
            if (!isIntegritySide(released.RecordedBy!.Value) && !isIntegritySide(proposer))
                Refuse("Hier moet iemand van de integriteitskant bij zijn.", "Een van de twee is de functionaris integriteit, de plaatsvervanger of de verantwoordelijke.", "Vraag een van hen om de opheffing te bevestigen.");
        }

        void Needs(string? text, string what, string why)
        {
            if (string.IsNullOrWhiteSpace(text)) Refuse($"Er ontbreekt iets: {what}.", why, "Vul het in.");
            else if (text.Length > 2_000) Refuse($"De tekst is te lang: {what}.", "Er passen 2.000 tekens in.", "Schrijf het korter.");
        }

        void Refuse(string what, string why, string whatNow) => refusals.Add(new Refusal(what, why, whatNow) { Subject = happening.Name });
    }
}
