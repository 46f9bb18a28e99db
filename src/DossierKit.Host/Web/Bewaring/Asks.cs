using DossierKit.Dossiers;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>Something about keeping that asks for a person now.</summary>
/// <param name="Text">What.</param>
/// <param name="Path">Where it is seen to.</param>
/// <param name="Kind">How pressing: danger, warning or neutral.</param>
/// <param name="Word">The same in a word.</param>
public sealed record Ask(string Text, string Path, string Kind, string Word);

/// <summary>What asks for somebody now, the most pressing first.</summary>
internal static class Asks
{
    /// <param name="at">Who looks.</param>
    /// <param name="plan">The plan of today.</param>
    public static List<Ask> Of(AtArchive at, RetentionPlan plan)
    {
        var asks = new List<Ask>();
        Add(plan.Items.Count(item => item.Kind != RetentionObject.Dossier && item.Status == RetentionStatus.TeLaat), "opname had al weg moeten zijn", "opnamen hadden al weg moeten zijn", "/bewaring?stand=te-laat&soort=opname", "danger", "te laat");
        Add(plan.Items.Count(item => item.Kind == RetentionObject.Dossier && item.Status == RetentionStatus.TeLaat), "dossier had al weg moeten zijn", "dossiers hadden al weg moeten zijn", "/bewaring?stand=te-laat&soort=dossier", "danger", "te laat");
        Add(Holds(at).Count(held => held.Hold.ReviewOn <= at.Today), "bewaargrond moet opnieuw worden bekeken", "bewaargronden moeten opnieuw worden bekeken", "/bewaring/vastgehouden", "danger", "bekijken");
        Add(Holds(at).Count(held => MayConfirm(at, held.Hold)), "opheffing van een bewaargrond wacht op een tweede persoon", "opheffingen van een bewaargrond wachten op een tweede persoon", "/bewaring/vastgehouden", "warning", "wacht op u");
        Add(plan.Items.Count(item => item.Kind != RetentionObject.Dossier && item.Status == RetentionStatus.Moet), "opname moet weg", "opnamen moeten weg", "/bewaring?stand=moet&soort=opname", "warning", "moet weg");
        Add(plan.Items.Count(item => item.Kind == RetentionObject.Dossier && item.Status == RetentionStatus.Moet), "dossier moet weg of naar het archief", "dossiers moeten weg of naar het archief", "/bewaring?stand=moet&soort=dossier", "warning", "moet weg");
        Add(plan.Items.Count(item => item.Status == RetentionStatus.Ongeclassificeerd), "gesloten dossier heeft geen klasse", "gesloten dossiers hebben geen klasse", "/bewaring?stand=ongeclassificeerd", "warning", "geen klasse");
        Add(plan.Items.Count(item => item.Warnings.Count > 0), "regel heeft een waarschuwing", "regels hebben een waarschuwing", "/bewaring?letop=ja", "warning", "let op");
        Add(plan.Items.Count(item => item.Kind != RetentionObject.Dossier && item.Status == RetentionStatus.Mag), "opname mag weg", "opnamen mogen weg", "/bewaring?stand=mag&soort=opname", "neutral", "mag weg");
        Add(plan.Items.Count(item => item.Kind == RetentionObject.Dossier && item.Status == RetentionStatus.Mag), "dossier mag weg", "dossiers mogen weg", "/bewaring?stand=mag&soort=dossier", "neutral", "mag weg");
        return asks;

        void Add(int count, string one, string many, string path, string kind, string word)
        {
            if (count > 0) asks.Add(new Ask(Nl.Count(count, one, many), path, kind, word));
        }
    }

    /// <summary>Lists that this person can approve, or carry out.</summary>
    public static List<Ask> OfLists(StaffPerson person, DateOnly today, IReadOnlyList<DestructionList> lists)
        =>
        [
            .. lists.Where(list => ListRights.MayApprove(person, today, list) is not null).Select(list => new Ask($"Lijst {list.Number} ({ListTexts.Size(list)}) wacht op uw goedkeuring", $"/bewaring/lijsten/{list.Number}", "warning", "wacht op u")),
            .. lists.Where(list => ListRights.MayRun(person, today, list)).Select(list => new Ask($"Lijst {list.Number} ({ListTexts.Size(list)}) kan worden uitgevoerd", $"/bewaring/lijsten/{list.Number}", "warning", "wacht op u")),
        ];

    /// <summary>Everything that is held in the dossiers this person sees; those to be looked at first come first.</summary>
    public static IReadOnlyList<HeldLine> Holds(AtArchive at)
        => [.. at.Archive.Entries.SelectMany(entry => entry.Retention.Holds.Select(hold => new HeldLine(entry, hold))).OrderBy(held => held.Hold.ReviewOn).ThenBy(held => held.Entry.Number.Value, StringComparer.Ordinal)];

    /// <summary>Whether somebody else proposed to release it: then this person can be the second.</summary>
    public static bool MayConfirm(AtArchive at, Hold hold) => hold.ReleaseProposedBy is { } proposer && proposer != at.Person.Id && MayDecide(at, hold);

    /// <summary>Whether this person decides on a hold; the register decides in the end.</summary>
    public static bool MayDecide(AtArchive at, Hold hold)
        => at.Is(StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.Verantwoordelijke) || (hold.Kind is HoldKind.Avg or HoldKind.Woo && at.Is(StaffRole.Fg));
}

/// <summary>A hold with the dossier it is in.</summary>
public sealed record HeldLine(ArchiveEntry Entry, Hold Hold);
