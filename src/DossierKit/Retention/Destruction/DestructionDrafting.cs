using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>What goes on a list and what does not, and what changed for what stands on one: pure.</summary>
internal static class DestructionDrafting
{
    /// <summary>Whether the plan of today lets it go.</summary>
    public static bool MayGo(RetentionItem item) => item is { Decision: RetentionDecision.Vernietigen, Status: RetentionStatus.Mag or RetentionStatus.Moet or RetentionStatus.TeLaat, Holds.Count: 0 };

    /// <summary>Whether what stands on a list may go, by the plan it was last compared with.</summary>
    public static bool MayGo(DestructionItem item) => item is { Decision: RetentionDecision.Vernietigen, Status: RetentionStatus.Mag or RetentionStatus.Moet or RetentionStatus.TeLaat };

    /// <summary>Puts a list together from the plan of the dossiers somebody may propose for.</summary>
    /// <param name="choice">What was asked.</param>
    /// <param name="plan">The plan, with the entry of each dossier.</param>
    /// <param name="elsewhere">What stands on another list that is not finished, with what that list is called.</param>
    /// <param name="rules">How large a list may be.</param>
    public static DestructionDraft Draft(DestructionChoice choice, IReadOnlyList<(ArchiveEntry Entry, RetentionItem Item)> plan, IReadOnlyDictionary<(OpaqueId, OpaqueId?), string> elsewhere, DestructionRules rules)
    {
        var leftOut = new List<LeftOff>();
        var families = new List<List<(ArchiveEntry Entry, RetentionItem Item)>>();
        foreach (var family in plan.Where(line => (line.Item.Kind == RetentionObject.Dossier) == (choice.Path == DestructionPath.List)).GroupBy(line => (line.Item.Stream, FamilyOf(line.Entry, line.Item))))
        {
            var members = family.ToList();
            if (members.Find(line => elsewhere.ContainsKey((line.Item.Stream, line.Item.Object))) is { Item: not null } taken)
            {
                leftOut.AddRange(members.Select(line => Left(line.Item, $"Het staat op {elsewhere[(taken.Item.Stream, taken.Item.Object)]}.")));
            }
            else if (members.Exists(line => line.Item.Class?.Kenmerk is { } name && !SourceDate.Names.Contains(name, StringComparer.Ordinal)))
            {
                // Recorded by an earlier version: it would stand on the list and in the verklaring for ever.
                leftOut.AddRange(members.Select(line => Left(line.Item, "De naam van de datum in de klasse kan een persoon noemen: stel de klasse opnieuw vast, met een naam uit de lijst, zoals einde-dienstverband.")));
            }
            else if (members.Exists(line => !MayGo(line.Item)))
            {
                // What shares a fate goes together: a transcript that must stay keeps its recording, and it is said.
                var (isDue, stays) = (members.Exists(line => MayGo(line.Item)), members.Find(line => !MayGo(line.Item)).Item);
                if (choice.Dossiers.Count > 0 || isDue)
                    leftOut.AddRange(members.Select(line => Left(line.Item, MayGo(line.Item) ? $"Een {JsonWords.Of(stays.Kind)} die erbij hoort moet blijven: {WhyNot(stays)}" : WhyNot(line.Item))));
            }
            else
            {
                families.Add(members);
            }
        }

        var items = new List<DestructionItem>();
        // What belongs to several recordings comes last, when it is known which of them are on the list.
        foreach (var family in families.OrderBy(members => RecordingsOf(members[0]).Count > 1).ThenBy(members => members.Min(line => line.Item.Due ?? line.Item.Ripe ?? DateOnly.MaxValue)).ThenBy(members => members[0].Item.Dossier.Value, StringComparer.Ordinal))
        {
            var before = items.Count;
            if (RecordingsOf(family[0]) is { Count: > 1 } recordings
                && recordings.Any(id => family[0].Entry.Retention.Recordings.Any(known => known.File.Value == id) && !items.Exists(item => item.Stream == family[0].Item.Stream && item.Object == id.ToString())))
                leftOut.AddRange(family.Select(line => Left(line.Item, "Het hoort bij meer opnamen, en niet alle gaan weg met deze lijst.")));
            else if (before + family.Count > rules.LargestList)
                leftOut.AddRange(family.Select(line => Left(line.Item, string.Create(CultureInfo.InvariantCulture, $"Op een lijst passen {rules.LargestList} onderdelen ({rules.Source}); dit komt op een volgende."))));
            else
                items.AddRange(family.Select((line, i) => Of(line.Entry, line.Item, before + i + 1)));
        }

        return new DestructionDraft(choice.Path, items, leftOut);
    }

    /// <summary>The item as the plan has it now.</summary>
    public static DestructionItem Of(ArchiveEntry entry, RetentionItem item, int number) => new()
    {
        Number = number,
        Dossier = item.Dossier,
        StreamText = item.Stream.ToString(),
        Object = item.Object?.ToString(),
        Kind = item.Kind,
        Of = RecordingOf(entry, item)?.Of?.ToString(),
        Ripe = item.Ripe,
        Due = item.Due,
        Status = item.Status,
        Decision = item.Decision,
        Reasons = item.Reasons,
        Class = item.Class,
        Protocol = $"{entry.Protocol} {entry.ProtocolVersion}".TrimEnd(),
        StartedOn = entry.StartedOn,
        ClosedOn = entry.ClosedOn,
        Bytes = item.Bytes,
        Files = item.Object is null ? entry.Files : 1,
        CopiesElsewhere = item.Object is null ? entry.Retention.CopiesElsewhere : RecordingOf(entry, item)?.CopiesElsewhere ?? 0,
        Fingerprint = item.Fingerprint(),
    };

    /// <summary>What is different, in words; <see langword="null"/> when nothing is that was decided on.</summary>
    public static string? ChangeOf(DestructionItem was, ArchiveEntry entry, RetentionItem now)
    {
        if (was.Fingerprint == now.Fingerprint()) return null;
        if (now.Holds.Count > 0 && now.Status == RetentionStatus.Vastgehouden) return "er is een bewaargrond geplaatst of veranderd";
        if (was.ClosedOn is not null && entry.ClosedOn is null) return "het dossier is heropend";
        if (was.Class != now.Class) return "de klasse is veranderd";
        if (was.Ripe != now.Ripe || was.Due != now.Due) return "de datum is veranderd";
        return was.Bytes != now.Bytes ? "er zijn bestanden bijgekomen of weggegaan" : now.Object is null ? "er is iets in het dossier vastgelegd of veranderd" : "de gronden zijn veranderd";
    }

    /// <summary>The item as it is when nothing of it is there any more.</summary>
    public static DestructionItem Vanished(DestructionItem was) => was with { Decision = RetentionDecision.Bewaren, Status = RetentionStatus.Open, Fingerprint = new string('0', 64) };

    /// <summary>What an object shares its fate with: the recording it was made from.</summary>
    private static OpaqueId? FamilyOf(ArchiveEntry entry, RetentionItem item) => RecordingOf(entry, item) is { } recording ? FamilyOf(recording) : item.Object;

    /// <summary>What goes together: a recording with its copies and what was written out from it alone. What is of several recordings goes by itself, when each of them goes or is gone.</summary>
    public static OpaqueId FamilyOf(RecordingFacts recording) => recording is { AlsoOf.Count: > 0 } ? recording.File.Value : (recording.Of ?? recording.File).Value;

    /// <summary>The recordings of which something is: more than one for some transcripts only.</summary>
    public static IReadOnlyList<OpaqueId> RecordingsOf(RecordingFacts recording) => [(recording.Of ?? recording.File).Value, .. (recording.AlsoOf ?? []).Select(also => also.Value)];

    private static IReadOnlyList<OpaqueId> RecordingsOf((ArchiveEntry Entry, RetentionItem Item) line) => RecordingOf(line.Entry, line.Item) is { } recording ? RecordingsOf(recording) : [];

    private static RecordingFacts? RecordingOf(ArchiveEntry entry, RetentionItem item)
        => item.Object is { } id ? entry.Retention.Recordings.FirstOrDefault(recording => recording.File.Value == id) : null;

    private static LeftOff Left(RetentionItem item, string why) => new(item.Dossier, item.Object?.ToString(), why);

    private static string WhyNot(RetentionItem item) => item.Reasons.Count > 0 ? $"{item.Reasons[^1].Text} ({item.Reasons[^1].Article})" : "het plan laat het niet toe.";
}
