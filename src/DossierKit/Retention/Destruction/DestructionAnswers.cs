namespace DossierKit.Retention;

/// <summary>What an answer must say; every reason why not at once.</summary>
internal static class DestructionAnswers
{
    public static List<Refusal> Check(DestructionItem item, ItemAnswer answer, DateOnly? until, string? reason, DateOnly today, int longest)
    {
        var refusals = new List<Refusal>();
        if (answer != ItemAnswer.KeepUntil && until is not null)
            refusals.Add(new("Bij dit antwoord hoort geen datum.", "Alleen wie langer bewaart, noemt een dag.", "Laat de datum weg.") { Subject = "tot" });
        switch (answer)
        {
            case ItemAnswer.Destroy when !DestructionDrafting.MayGo(item):
                refusals.Add(new($"{item.Name} mag nu niet worden vernietigd.", Why(item), "Kies een ander antwoord.") { Subject = "antwoord" });
                break;
            case ItemAnswer.KeepUntil when item.Object is not null && item.Status != RetentionStatus.Vastgehouden:
                // A recording has no class to deviate from: only proceedings keep it (HRL 8.2), and those are a hold.
                refusals.Add(new(
                    "Een opname blijft niet langer zonder bewaargrond.", "Zij wordt zo spoedig mogelijk vernietigd, tenzij zij nodig is voor een procedure (HRL 8.2).", "Plaats een bewaargrond op de opname.")
                { Subject = "antwoord" });
                break;
            case ItemAnswer.KeepUntil:
                if (until is not { } day || day <= today) refusals.Add(new("De dag tot wanneer het blijft ontbreekt of is voorbij.", "Wie langer bewaart, zegt tot wanneer.", "Geef een latere dag.") { Subject = "tot" });
                if (CheckReason(reason, longest) is { } wrong) refusals.Add(wrong);
                break;
            case ItemAnswer.Transfer when item.Object is not null:
                refusals.Add(new("Een opname gaat niet naar het archief.", "Alleen een heel dossier wordt overgedragen.", "Kies een ander antwoord.") { Subject = "antwoord" });
                break;
        }

        return refusals;
    }

    public static Refusal? CheckReason(string? reason, int longest)
    {
        if (string.IsNullOrWhiteSpace(reason)) return new("De reden ontbreekt.", "Wie later kijkt, moet kunnen zien waarom.", "Vul de reden in, zonder namen.") { Subject = "reden" };
        return reason.Length > longest || reason.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            ? new("De reden kan zo niet.", $"Zij is te lang (meer dan {longest} tekens) of bevat stuurtekens.", "Schrijf de reden korter.") { Subject = "reden" }
            : null;
    }

    private static string Why(DestructionItem item) => item.Reasons.Count > 0 ? $"{item.Reasons[^1].Text} ({item.Reasons[^1].Article})" : "Het plan laat het niet toe.";
}
