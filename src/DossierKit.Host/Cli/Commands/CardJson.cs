using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Search;

namespace DossierKit.Host.Cli.Commands;

/// <summary>Cards and comparisons as JSON; a field that is not for this person is absent.</summary>
internal static class CardJson
{
    public static IEnumerable<string> Columns(ComparisonRight right)
    {
        if (right.Inquiry) yield return "onderzoek";
        if (right.Oordeel) yield return "oordeel";
        if (right.Measure) yield return "maatregel";
    }

    public static string Word(FactorMatch match) => match switch
    {
        FactorMatch.Same => "gelijk",
        FactorMatch.Partly => "deels",
        FactorMatch.Different => "anders",
        _ => "onbekend",
    };

    public static JsonObject Of(CaseComparison found) => new()
    {
        ["vergelijkt"] = Strings(Columns(found.Compares)),
        ["zaak"] = Of(found.Here),
        ["naaste"] = new JsonArray([.. found.Nearest.Select(Of)]),
        ["tegenvoorbeelden"] = new JsonArray([.. found.CounterExamples.Select(Of)]),
        ["aantallen"] = new JsonArray([.. found.Numbers.Select(number => new JsonObject { ["type"] = Words.Of(number.Type), ["uitkomst"] = number.Outcome, ["aantal"] = number.Count })]),
        ["motivering"] = found.Motivering,
    };

    public static JsonObject Of(KeptCard kept) => new()
    {
        ["kaart"] = kept.Id,
        ["dossier"] = kept.Dossier.Value,
        ["betrokkene"] = kept.Betrokkene.Value,
        ["status"] = Words.Of(kept.Status),
        ["voorgesteldDoor"] = kept.ProposedBy.Value,
        ["goedgekeurdDoor"] = kept.ApprovedBy?.Value,
        ["tot"] = DutchText.Iso(kept.Until),
        ["sha256"] = kept.Hash,
        ["inhoud"] = Of(kept.Card),
        ["bekeken"] = Of(kept.Warnings),
    };

    public static JsonObject Of(CardListing card) => new()
    {
        ["kaart"] = card.Id,
        ["dossier"] = card.Dossier.Value,
        ["betrokkene"] = card.Betrokkene.Value,
        ["status"] = Words.Of(card.Status),
        ["voorgesteldDoor"] = card.ProposedBy.Value,
        ["goedgekeurdDoor"] = card.ApprovedBy?.Value,
        ["tot"] = DutchText.Iso(card.Until),
    };

    public static JsonObject Of(InzageRequest request) => new()
    {
        ["verzoek"] = request.Id,
        ["kaart"] = request.Card,
        ["door"] = request.By.Value,
        ["op"] = DutchText.Iso(request.On),
        ["doel"] = request.Purpose,
        ["dossier"] = request.Dossier?.Value,
        ["akkoord"] = request.IsGranted,
        ["totEnMet"] = request.Until is { } until ? DutchText.Iso(until) : null,
        ["beslotenDoor"] = request.DecidedBy?.Value,
        ["reden"] = request.Reason,
    };

    public static JsonArray Of(IEnumerable<TraceWarning> warnings)
        => new([.. warnings.Select(warning => new JsonObject { ["plaats"] = warning.Place, ["wat"] = warning.What, ["woorden"] = warning.Text })]);

    public static JsonObject Of(CaseCard card)
    {
        var json = Of((CaseProfile)card);
        json["onderzoek"] = card.Inquiry;
        Put(json, "oordeel", card.Oordeel is { } oordeel ? Words.Of(oordeel) : null);
        Put(json, "maatregel", card.Measure is { } measure ? Words.Of(measure) : null);
        Put(json, "afwijking", card.Deviation);
        json["jaar"] = card.Year;
        json["protocol"] = card.Protocol;
        Put(json, "samenvatting", card.Summary is { Length: > 0 } summary ? summary : null);
        return json;
    }

    private static JsonObject Of(CaseProfile profile)
    {
        var json = new JsonObject { ["typen"] = Strings(profile.Types.Select(Words.Of)) };
        if (profile.Basis.Count > 0) json["grondslag"] = Strings(profile.Basis.Select(Words.Of));
        Put(json, "functiegroep", profile.Group is { } group ? Words.Of(group) : null);
        Put(json, "opzet", profile.Intent is { } intent ? Words.Of(intent) : null);
        Put(json, "duur", profile.Duration is { } duration ? Words.Of(duration) : null);
        Put(json, "schade", profile.Damage is { } damage ? Words.Of(damage) : null);
        if (profile.EarlierFounded is { } earlier) json["eerdereGegrondeZaken"] = earlier;
        if (profile.Aggravating is { } aggravating) json["verzwarend"] = Strings(aggravating.Select(Words.Of));
        if (profile.Mitigating is { } mitigating) json["verzachtend"] = Strings(mitigating.Select(Words.Of));
        return json;
    }

    private static JsonObject Of(ComparedCard card) => new()
    {
        ["kaart"] = card.Id,
        ["gelijkenis"] = Math.Round(card.Likeness.Score, 4),
        ["gewogen"] = card.Likeness.Weighed,
        ["uitkomst"] = card.Outcome,
        ["inhoud"] = Of(card.Card),
        ["factoren"] = new JsonArray([.. card.Likeness.Lines.Select(line => new JsonObject
        {
            ["factor"] = line.Factor.Id, ["gewicht"] = line.Factor.Weight, ["dezeZaak"] = Strings(line.Here), ["kaart"] = Strings(line.There), ["vergelijking"] = Word(line.Match),
            ["punten"] = Math.Round(line.Points, 4), ["waarom"] = line.Factor.Why,
        })]),
    };

    private static void Put(JsonObject json, string name, string? value)
    {
        if (value is not null) json[name] = value;
    }

    private static JsonArray Strings(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);
}
