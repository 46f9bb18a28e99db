using DossierKit.Dossiers;

namespace DossierKit.Host.Cli.Commands;

/// <summary>What a decision on keeping says, on one line.</summary>
internal static class RetentionText
{
    public static string Of(DossierEvent happening) => happening switch
    {
        ClassSet set => $": {set.Result} ({set.Ground})",
        SourceDateSet source => $": {source.Kenmerk ?? Words.Of(source.From)} = {DutchText.Date(source.SourceDate)} ({source.Ground})",
        ActionDateChanged { IsWithdrawn: true } changed => $": ingetrokken ({changed.Reason})",
        ActionDateChanged changed => $": {(changed.KeepUntil is { } until ? $"bewaren tot {DutchText.Date(until)}" : "blijvend bewaren")}{(changed.Computed is { } computed ? $", berekend was {DutchText.Date(computed)}" : "")} ({changed.Reason})",
        HoldPlaced placed => $": {Words.Of(placed.Kind)}, {placed.Citation}, toetsen op {DutchText.Date(placed.ReviewOn)} ({placed.Reason})",
        HoldReviewed reviewed => $": toetsen op {DutchText.Date(reviewed.ReviewOn)} ({reviewed.Reason})",
        HoldEvent about => $": {about.Hold.ToString()[..8]} ({about.Reason})",
        DossierTransferred { IsWithdrawn: true } withdrawn => $": teruggenomen ({withdrawn.Reason})",
        DossierTransferred transferred => $": aan {transferred.To}, {transferred.Receipt}",
        _ => "",
    };
}
