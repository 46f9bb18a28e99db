using DossierKit.Dossiers;
using static DossierKit.Retention.MdtoNames;

namespace DossierKit.Retention;

/// <summary>
/// A dossier in MDTO: the dossier, each thing it is made of, each file. No person is named in it: actors are the municipality, and a title is the only text of people that goes in.
/// </summary>
internal sealed class DossierMdto(ExportPlan plan, Municipality municipality, ExportClass? chosen, DateTimeOffset at)
{
    private readonly MdtoVerwijzing _archiefvormer = new($"Gemeente {municipality.Name}");
    private readonly string _bron = $"Dossierregister integriteit gemeente {municipality.Name}";

    private string Number => plan.State.Number.Value;

    private MdtoIdentificatie DossierId => new(Number, _bron);

    private string DossierName => $"Integriteitsdossier {Number}";

    /// <summary>The dossier.</summary>
    public MdtoInformatieobject Dossier(IReadOnlyList<MdtoInformatieobject> parts) => new()
    {
        Identificatie = DossierId,
        Naam = DossierName,
        Aggregatieniveau = MdtoNames.Dossier,
        Omschrijving = $"Dossier van een integriteitsmelding, behandeld volgens protocol {plan.State.ProtocolId} versie {plan.State.ProtocolVersion}.{Missing()}",
        Raadpleeglocatie = _archiefvormer,
        DekkingInTijd = (new MdtoBegrip("Looptijd van de zaak", HousePeriods), plan.State.StartedOn, plan.State.ClosedOn),
        Taal = "nl",
        Events = [.. History()],
        Waardering = Valuation(),
        Bewaartermijn = Term(),
        Informatiecategorie = Category(),
        BevatOnderdeel = [.. parts.Select(part => part.AsReference)],
        Archiefvormer = _archiefvormer,
        Activiteit = new MdtoVerwijzing("Behandelen van integriteitsmeldingen"),
        BeperkingGebruik = Restriction(),
    };

    /// <summary>One thing it is made of, with the files that show it.</summary>
    public MdtoInformatieobject Archiefstuk(ExportItem item, IReadOnlyList<MdtoVerwijzing> files) => new()
    {
        Identificatie = ItemId(item),
        Naam = item.Original.Title,
        Aggregatieniveau = MdtoNames.Archiefstuk,
        Classificatie = new MdtoBegrip(KindOf(item.Original.Kind), HouseKinds, item.Original.Compartment.Name),
        DekkingInTijd = (new MdtoBegrip("Datum van het stuk", HousePeriods), item.Original.Date, null),
        Taal = item.Original.Kind == FileKind.Document ? "nl" : null,
        Events =
        [
            new(new MdtoBegrip("Creatie", EventTypes), item.Original.Date, null, null, null),
            .. Recorded(item).Select(recorded => new MdtoEvent(new MdtoBegrip("Toegevoegd aan het dossier", HouseEvents, recorded.Event.Name), null, LegalTime.In(recorded.RecordedAt), _archiefvormer, null)),
        ],
        Waardering = Valuation(),
        Bewaartermijn = Term(),
        Informatiecategorie = Category(),
        IsOnderdeelVan = new MdtoVerwijzing(DossierName, DossierId),
        HeeftRepresentatie = files,
        Archiefvormer = _archiefvormer,
        BeperkingGebruik = Restriction(),
    };

    /// <summary>What was recorded in the case, as one of the things it is made of.</summary>
    public MdtoInformatieobject Registration(IReadOnlyList<MdtoVerwijzing> files) => new()
    {
        Identificatie = new($"{Number}/registratie", _bron),
        Naam = DossierRegistration.Title,
        Aggregatieniveau = MdtoNames.Archiefstuk,
        Classificatie = new MdtoBegrip("registratie", HouseKinds),
        Omschrijving = "Wat in de zaak is vastgelegd: gebeurtenissen en personen, in de volgorde van de zaak.",
        Taal = "nl",
        Events = [new(new MdtoBegrip("Creatie", EventTypes), null, at, _archiefvormer, "Opgemaakt bij de export uit wat in het dossier is vastgelegd.")],
        Waardering = Valuation(),
        Bewaartermijn = Term(),
        Informatiecategorie = Category(),
        IsOnderdeelVan = new MdtoVerwijzing(DossierName, DossierId),
        HeeftRepresentatie = files,
        Archiefvormer = _archiefvormer,
        BeperkingGebruik = Restriction(),
    };

    public MdtoIdentificatie ItemId(ExportItem item) => new($"{Number}/{item.Original.Id}", _bron);

    /// <summary>What a bestand is known by; a PDF made at the export has no id in the vault.</summary>
    public MdtoIdentificatie BestandId(string informatieobject, string file) => new($"{informatieobject}/{file}", _bron);

    public MdtoBestand Bestand(MdtoVerwijzing reference, MdtoInformatieobject of, BagFile file) => new()
    {
        Identificatie = reference.Identificatie!,
        Naam = reference.Naam,
        Omvang = file.Length,
        Bestandsformaat = new MdtoBegrip(MediaType.Of(reference.Naam, file.Head.Span), MediaTypes),
        Sha256 = file.Sha256,
        ChecksumAt = at,
        Url = file.Path,
        IsRepresentatieVan = of.AsReference,
    };

    private IEnumerable<RecordedEvent> Recorded(ExportItem item) => plan.State.Events.Where(recorded => recorded.Event switch
    {
        FileAdded added => added.File.Id == item.Original.Id,
        DocumentDrawnUp drawn => drawn.File.Id == item.Original.Id,
        _ => false,
    });

    /// <summary>What happened to the dossier as a whole; what happened in the case is in its registration.</summary>
    private IEnumerable<MdtoEvent> History()
    {
        yield return new(new MdtoBegrip("Creatie", EventTypes), plan.State.StartedOn, null, _archiefvormer, null);
        foreach (var recorded in plan.State.Events)
        {
            var (label, result) = recorded.Event switch
            {
                MeldingReceived => ("Melding ontvangen", null),
                OpdrachtGiven => ("Opdracht verstrekt", null),
                OordeelGiven => ("Oordeel gegeven", null),
                DossierClosed closed => ("Dossier gesloten", JsonShape.WordsOf(typeof(CaseOutcome))[(int)closed.Outcome]),
                DossierReopened => ("Dossier heropend", null),
                DossierTransferred { IsWithdrawn: true } => ("Overdracht aan het archief teruggenomen", null),
                DossierTransferred => ("Overgedragen aan het archief", null),
                _ => ((string?)null, (string?)null),
            };
            if (label is not null) yield return new(new MdtoBegrip(label, HouseEvents, recorded.Event.Name), recorded.Event.Date, null, _archiefvormer, result);
        }

        yield return new(new MdtoBegrip("Geëxporteerd uit het dossierregister", HouseEvents, "dossier-meegenomen"), null, at, _archiefvormer, $"Stukken: {plan.Items.Count + 1}.{Missing()}");
    }

    /// <summary>An archive must know that something is not there, and not what.</summary>
    private string Missing() => plan.Omissions.Count == 0 ? "" : $" Niet meegegaan: {string.Join("; ", plan.Omissions.Select(omission => omission.Text).Distinct(StringComparer.Ordinal))}.";

    private MdtoBegrip Valuation() => chosen?.IsPermanent switch
    {
        true => new("Blijvend te bewaren", Valuations, "B"),
        false => new("Tijdelijk te bewaren", Valuations, "V"),
        null => new("Nader te bepalen", Valuations, "N"),
    };

    private MdtoTermijn? Term() => chosen is not { IsPermanent: false, Term: not null }
        ? null
        : new(
            chosen.From == Afleidingswijze.Afgehandeld
                ? new MdtoBegrip("Dossier gesloten", HouseEvents, "dossier-gesloten")
                : new MdtoBegrip(JsonShape.WordsOf(typeof(Afleidingswijze))[(int)chosen.From].Replace('_', ' '), Zgw, JsonShape.WordsOf(typeof(Afleidingswijze))[(int)chosen.From]),
            chosen.StartsOn, chosen.Term, chosen.EndsOn);

    private MdtoBegrip? Category() => chosen is null ? null : new(chosen.Name, chosen.List, chosen.Number);

    private static MdtoBeperking Restriction() => new(
        new MdtoBegrip("Vertrouwelijk", HouseRestrictions, "vertrouwelijk"),
        "Integriteitsdossier met persoonsgegevens: alleen voor wie met de zaak is belast (HRL 13, HVN 4.2). Wie het ontvangt, bepaalt de openbaarheid opnieuw voordat iemand het inziet.");

    private static string KindOf(FileKind kind) => JsonShape.WordsOf(typeof(FileKind))[(int)kind];
}
