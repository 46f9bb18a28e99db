namespace DossierKit.Protocols;

/// <summary>The rules of a protocol file, and what it leaves out.</summary>
internal sealed partial class ProtocolReader
{
    private Rule ReadRule(ProtocolObject item)
    {
        var rule = new Rule
        {
            Id = Unique(item),
            Article = item.Text("artikel"),
            Title = item.Text("titel"),
            Text = item.Text("tekst"),
            Actor = item.Name("wie", "bekende actor", _actors),
            Strength = item.Choice("kracht", ProtocolWords.Strengths, Strength.May),
            Phase = item.Choice("fase", ProtocolWords.Phases, RulePhase.Always),
            When = item.Condition("als"),
            Positions = item.Names("posities", "bekende positie", PositionNames.All),
            Roles = item.Names("rollen", "rol van een persoon in een zaak", RoleNames.All),
            After = item.Names("na", "bekende gebeurtenis", EventNames.All),
            FulfilledBy = item.Names("vervuldDoor", "bekende gebeurtenis", EventNames.All),
            Count = item.Count("aantal"),
            FulfilledWhen = item.Has("vervuldAls") ? item.Condition("vervuldAls") : null,
            GuardedBy = [.. item.NamesOrOne("geborgdIn", "bekende waarborg", ProtocolWords.Guards.Keys).Where(ProtocolWords.Guards.ContainsKey).Select(word => ProtocolWords.Guards[word])],
            Before = item.Names("voor", "bekende gebeurtenis", EventNames.All),
            Origin = ReadOrigin(item),
        };
        Contradictions(rule, item);
        item.Done();
        return rule;
    }

    /// <summary>Fields that are right by themselves and say nothing together.</summary>
    private static void Contradictions(Rule rule, ProtocolObject item)
    {
        if (item.Has("aantal") && rule.FulfilledBy.Count == 0)
            item.Fault(item.PlaceOf("aantal"), "Er staat een aantal, maar niet van welke gebeurtenis.", "Zet er 'vervuldDoor' bij, of laat 'aantal' weg.");
        if (item.Has("aantal") && rule.Roles.Count > 0)
            item.Fault(item.PlaceOf("aantal"), "Een regel die voor elke persoon apart geldt, kan geen aantal vragen.", "Laat 'aantal' of 'rollen' weg.");
        if (rule.FulfilledBy.Intersect(rule.Before, StringComparer.Ordinal).FirstOrDefault() is { } circle)
            item.Fault(item.PlaceOf("voor"), $"De gebeurtenis '{circle}' moet er eerst zijn voordat zij zelf mag.", "Haal haar weg bij 'voor' of bij 'vervuldDoor'.");
        if (rule is { Strength: Strength.Must or Strength.IfApplicable, Count: 1, GuardedBy.Count: 0 } && rule.FulfilledBy.Intersect(rule.After, StringComparer.Ordinal).FirstOrDefault() is { } moot)
            item.Fault(item.PlaceOf("vervuldDoor"), $"De gebeurtenis '{moot}' laat deze regel gelden en toont meteen dat hij is nageleefd: zo kan hij nooit open staan.", "Haal haar weg bij 'vervuldDoor', of schrijf 'geborgdIn' als het programma er zelf voor zorgt.");
        if (rule.GuardedBy.Count > 0 && rule.Before.Count > 0)
            item.Fault(item.PlaceOf("voor"), "Het programma bewaakt deze regel zelf, dus er is niets om op te wachten.", "Laat 'voor' of 'geborgdIn' weg.");
    }

    private LeftOut ReadLeftOut(ProtocolObject item)
    {
        var left = new LeftOut([.. item.ObjectsOrOne("bron").Select(Reference)], item.Text("wat"), item.Text("reden"));
        item.Done();
        return left;
    }
}
