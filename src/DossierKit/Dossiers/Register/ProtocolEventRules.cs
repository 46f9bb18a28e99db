using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>What events about the protocol itself must say, in every dossier. Whether the rule they name exists is judged where the protocol is known.</summary>
internal static class ProtocolEventRules
{
    /// <summary>Facts that the dossier tells by itself: who says otherwise mends the dossier.</summary>
    private static readonly Dictionary<string, string> FromTheDossier = new(StringComparer.Ordinal)
    {
        [FactNames.Positie] = "de positie van een persoon (persoon-toegevoegd)",
        [FactNames.PolitiekAmbtsdrager] = "de positie van een persoon (persoon-toegevoegd)",
        [FactNames.OrLid] = "wat van een persoon bekend is (persoon-toegevoegd)",
        [FactNames.OrVoorzitter] = "wat van een persoon bekend is (persoon-toegevoegd)",
        [FactNames.Gemachtigde] = "de personen van de zaak (persoon-toegevoegd)",
        [FactNames.Vorm] = "de vorm van de melding (melding-ontvangen of persoon-toegevoegd)",
        [FactNames.MelderBekend] = "de vorm van de melding (melding-ontvangen of persoon-toegevoegd)",
        [FactNames.MelderVertrouwelijk] = "de vorm van de melding (melding-ontvangen of persoon-toegevoegd)",
        [FactNames.MelderAnoniem] = "de vorm van de melding (melding-ontvangen of persoon-toegevoegd)",
        [FactNames.SoortMelding] = "de aard van de melding (melding-ontvangen)",
        [FactNames.Gegrond] = "het oordeel (oordeel-gegeven)",
        [FactNames.Akkoord] = "het besluit van het directeurenteam (besluit-directeurenteam)",
    };

    public static void Check(DossierEvent happening, List<Refusal> refusals)
    {
        switch (happening)
        {
            case RuleKept { Note: null or "" }:
                Refuse("Er staat niet bij hoe de regel is nageleefd.", "Wie later kijkt, moet kunnen zien wat er is gedaan.", "Vul bij 'toelichting' in wat er is gedaan, of waarom de regel hier niet aan de orde is. Zonder namen.", "toelichting");
                break;
            case FactEstablished established:
                CheckFact(established);
                break;
        }

        void CheckFact(FactEstablished established)
        {
            if (!FactNames.IsKnown(established.Fact))
                Refuse($"Het feit '{established.Fact}' bestaat niet.", "Regels hangen af van feiten uit een vaste lijst.", Nearest.Advice(established.Fact, FactNames.All), "feit");
            else if (FromTheDossier.TryGetValue(established.Fact, out var origin))
                Refuse($"Het feit '{established.Fact}' legt u zo niet vast.", $"Het volgt uit {origin}.", "Verbeter het daar.", "feit");
            else if (!FactNames.ValuesOf(established.Fact).Contains(established.Value, StringComparer.Ordinal))
                Refuse($"Het feit '{established.Fact}' kent deze waarde niet.", "De waarden liggen vast.", $"Kies uit: {string.Join(", ", FactNames.ValuesOf(established.Fact))}.", "waarde");
            if (string.IsNullOrWhiteSpace(established.Note))
                Refuse("Er staat niet bij waarom dit zo is.", "Van dit feit hangt af welke regels gelden.", "Vul 'toelichting' in. Zonder namen.", "toelichting");
        }

        void Refuse(string what, string why, string whatNow, string subject) => refusals.Add(new Refusal(what, why, whatNow) { Subject = subject });
    }
}
