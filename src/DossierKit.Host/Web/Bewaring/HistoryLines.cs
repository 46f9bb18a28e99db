using DossierKit.Dossiers;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>A decision on keeping, as it is told.</summary>
/// <param name="On">When.</param>
/// <param name="Text">What.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who, by name on the screen.</param>
public sealed record HistoryLine(DateOnly On, string Text, string? Reason, string By);

/// <summary>The decisions on keeping in sentences, the newest first.</summary>
internal static class HistoryLines
{
    public static List<HistoryLine> Of(IReadOnlyList<RecordedEvent> events, StaffRegister staff, Vault.OpaqueId? hold = null)
    {
        var lines = new List<HistoryLine>();
        foreach (var recorded in events)
        {
            if (hold is { } only && recorded.Entry != only && (recorded.Event as HoldEvent)?.Hold != only) continue;
            var (text, reason) = Tell((RetentionEvent)recorded.Event, events);
            lines.Add(new HistoryLine(recorded.Event.Date, text, reason, recorded.Event.RecordedBy is { } by ? staff.Find(by)?.DisplayName ?? by.Value : "het programma"));
        }

        lines.Reverse();
        return lines;
    }

    /// <summary>A decision in one sentence, without its reason.</summary>
    /// <param name="happening">The decision.</param>
    /// <param name="events">The events it stands among: what is decided on a hold names it by the event that placed it.</param>
    public static string Sentence(RetentionEvent happening, IReadOnlyList<RecordedEvent> events) => Tell(happening, events).Text;

    private static (string Text, string? Reason) Tell(RetentionEvent happening, IReadOnlyList<RecordedEvent> events) => happening switch
    {
        ClassSet set => ($"Klasse {set.Result} vastgesteld ({set.List}): {RetentionTexts.Of(set.Nominatie)}{(set.Term is { } term ? $" na {RetentionTexts.Period(term)}, {RetentionTexts.Of(set.From)}" : "")}.", set.Ground),
        SourceDateSet source => ($"Datum vastgelegd{(source.Kenmerk is { } name ? $" ({name})" : "")}: {Nl.Date(source.SourceDate)}.", source.Ground),
        ActionDateChanged { IsWithdrawn: true } withdrawn => ("Het besluit om langer te bewaren is ingetrokken.", withdrawn.Reason),
        ActionDateChanged changed => ($"Langer bewaren: {(changed.Nominatie is null ? "" : "blijvend")}{(changed.KeepUntil is { } until ? $"{(changed.Nominatie is null ? "" : " en in elk geval ")}tot {Nl.Date(until)}" : "")}. Volgens de klasse was het {(changed.Computed is { } computed ? Nl.Date(computed) : "nog niet bekend")}.", changed.Reason),
        HoldPlaced placed => ($"Vastgehouden voor: {RetentionTexts.Of(placed.Kind)}, {placed.Citation}. {(placed.Object is { } id ? $"Alleen bestand {RetentionTexts.Short(id)}." : "Het hele dossier.")} Opnieuw bekijken op {Nl.Date(placed.ReviewOn)}.", placed.Reason),
        HoldReviewed reviewed => ($"Opnieuw bekeken: blijft vastgehouden voor {KindOf(reviewed, events)}. Weer bekijken op {Nl.Date(reviewed.ReviewOn)}.", reviewed.Reason),
        HoldReleaseProposed proposed => ($"Voorgesteld om niet langer vast te houden voor: {KindOf(proposed, events)}.", proposed.Reason),
        HoldReleased released => ($"Niet langer vastgehouden voor: {KindOf(released, events)}.", released.Reason),
        DossierTransferred { IsWithdrawn: true } withdrawn => ("De overdracht aan het archief is teruggenomen.", withdrawn.Reason),
        DossierTransferred transferred => ($"Overgedragen aan {transferred.To}, ontvangstbewijs {transferred.Receipt}.", null),
        _ => (Labels.Event(happening.Name) + ".", null),
    };

    private static string KindOf(HoldEvent about, IReadOnlyList<RecordedEvent> events)
        => events.FirstOrDefault(recorded => recorded.Entry == about.Hold)?.Event is HoldPlaced placed ? RetentionTexts.Of(placed.Kind) : "een andere reden";
}
