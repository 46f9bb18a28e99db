using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Retention;

namespace DossierKit.Host.Cli.Commands;

/// <summary>Items, holds and classes as JSON: the same everywhere.</summary>
internal static class RetentionJson
{
    public static JsonObject Item(RetentionItem item) => new()
    {
        ["dossier"] = item.Dossier.Value,
        ["object"] = item.Object?.ToString(),
        ["kind"] = Words.Of(item.Kind),
        ["decision"] = Words.Of(item.Decision),
        ["status"] = Words.Of(item.Status),
        ["ripe"] = Day(item.Ripe),
        ["due"] = Day(item.Due),
        ["class"] = item.Class is { } set ? Class(set) : null,
        ["bytes"] = item.Bytes,
        ["reasons"] = new JsonArray([.. item.Reasons.Select(reason => new JsonObject { ["code"] = reason.Code, ["text"] = reason.Text, ["article"] = reason.Article })]),
        ["holds"] = new JsonArray([.. item.Holds.Select(Hold)]),
        ["warnings"] = new JsonArray([.. item.Warnings.Select(warning => (JsonNode)warning)]),
        ["fingerprint"] = item.Fingerprint(),
    };

    public static JsonObject Class(Classification set) => new()
    {
        ["lijst"] = set.List,
        ["resultaat"] = set.Result,
        ["nominatie"] = Words.Of(set.Nominatie),
        ["termijn"] = set.Term,
        ["vanaf"] = Words.Of(set.From),
        ["datumkenmerk"] = set.Kenmerk,
        ["procestermijn"] = set.ProcessTerm,
        ["op"] = Day(set.SetOn),
    };

    public static JsonObject Hold(Hold hold) => new()
    {
        ["id"] = hold.Id.ToString(),
        ["soort"] = Words.Of(hold.Kind),
        ["object"] = hold.Object?.ToString(),
        ["op"] = Day(hold.PlacedOn),
        ["toetsenOp"] = Day(hold.ReviewOn),
        ["door"] = hold.PlacedBy.Value,
        ["opheffingVoorgesteldDoor"] = hold.ReleaseProposedBy?.Value,
    };

    public static string? Day(DateOnly? day) => day is { } known ? DutchText.Iso(known) : null;
}
