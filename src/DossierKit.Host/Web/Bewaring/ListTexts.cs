using DossierKit.Dossiers;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>What lists of destruction are called on the screen, Dutch (B1).</summary>
internal static class ListTexts
{
    public static string Of(DestructionPath path) => path == DestructionPath.Light ? "opnamen" : "dossiers";

    public static string Of(ItemAnswer answer) => answer switch
    {
        ItemAnswer.Destroy => "vernietigen",
        ItemAnswer.KeepUntil => "langer bewaren",
        _ => "naar het archief",
    };

    public static string Of(ApprovalGroup group) => group switch
    {
        ApprovalGroup.Second => "een tweede persoon",
        ApprovalGroup.Archivaris => "de archivaris",
        _ => "de medebeslisser",
    };

    public static string Of(ItemOutcome outcome) => outcome switch
    {
        ItemOutcome.Open => "nog niets gebeurd",
        ItemOutcome.Begun => "begonnen",
        ItemOutcome.Destroyed => "vernietigd",
        ItemOutcome.Kept => "langer bewaard",
        ItemOutcome.ToTransfer => "gaat naar het archief",
        _ => "niet gelukt",
    };

    public static string Kind(ItemOutcome outcome) => outcome switch
    {
        ItemOutcome.Destroyed or ItemOutcome.Kept or ItemOutcome.ToTransfer => "safe",
        ItemOutcome.Failed => "danger",
        ItemOutcome.Begun => "warning",
        _ => "neutral",
    };

    /// <summary>How far a list is, in a few words.</summary>
    public static string Of(DestructionList list, DateOnly today) => list.Status switch
    {
        ListStatus.Proposed => "wacht op goedkeuring",
        ListStatus.Approved => today < list.RunFrom ? "goedgekeurd, wachttijd loopt" : "kan worden uitgevoerd",
        ListStatus.Running => "wordt uitgevoerd",
        // For good, as far as the program saw it itself.
        ListStatus.Done => list is { IsFinal: true, DeclaredGone.Count: 0 } ? "definitief vernietigd" : "vernietigd",
        ListStatus.DoneInPart => "niet alles is gelukt",
        _ => "ingetrokken",
    };

    public static string Kind(DestructionList list, DateOnly today) => list.Status switch
    {
        ListStatus.Done => "safe",
        ListStatus.DoneInPart => "danger",
        ListStatus.Running => "warning",
        ListStatus.Approved when today >= list.RunFrom => "warning",
        _ => "neutral",
    };

    /// <summary>What a list holds: "12 dossiers", "3 opnamen".</summary>
    public static string Size(DestructionList list)
        => list.Path == DestructionPath.List ? Nl.Count(list.Items.Count, "dossier", "dossiers") : Nl.Count(list.Items.Count, "opname of wat erbij hoort", "opnamen en wat erbij hoort");

    /// <summary>What an item is called: "opname 0f8e7d6c in WL-2026-0001".</summary>
    public static string Name(DestructionItem item) => item.Object is { Length: >= 8 } id ? $"{RetentionTexts.Of(item.Kind)} {id[..8]}" : RetentionTexts.Of(item.Kind);

    /// <summary>Enough of a hash to compare by eye.</summary>
    public static string Mark(string hash) => string.Join(' ', hash[..16].Chunk(4).Select(part => new string(part)));
}

/// <summary>Who is offered what on a list. The register decides when it is done; this only keeps buttons away from who would be refused.</summary>
internal static class ListRights
{
    private static readonly StaffRole[] Deciders = [StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.Medebeslisser];

    public static bool MaySee(StaffPerson person, DateOnly today)
        => Menu.KeepsArchive(person, today) || person.Is(StaffRole.OnderzoekerIntern, today) || person.Is(StaffRole.OnderzoekerExtern, today);

    public static bool MayPropose(StaffPerson person, DateOnly today, DestructionPath path)
        => path == DestructionPath.List
            ? Is(person, today, Deciders)
            : Is(person, today, StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.OnderzoekerIntern, StaffRole.OnderzoekerExtern);

    public static bool MayAnswer(StaffPerson person, DateOnly today, DestructionList list) => IsOpen(list) && (Is(person, today, Deciders) || list.ProposedBy == person.Id);

    /// <summary>As what this person can approve; <see langword="null"/>: not.</summary>
    public static ApprovalGroup? MayApprove(StaffPerson person, DateOnly today, DestructionList list)
    {
        if (!IsOpen(list) || list.ProposedBy == person.Id || list.Approvals.Any(approval => approval.Person == person.Id)) return null;
        foreach (var group in list.Missing)
        {
            if (group == ApprovalGroup.Second ? Is(person, today, Deciders)
                : !Is(person, today, StaffRole.Fi, StaffRole.PlaatsvervangendFi) && person.Is(group == ApprovalGroup.Archivaris ? StaffRole.Archivaris : StaffRole.Medebeslisser, today)) return group;
        }

        return null;
    }

    public static bool MayCancel(StaffPerson person, DateOnly today, DestructionList list)
        => IsOpen(list) && (Is(person, today, Deciders) || person.Is(StaffRole.Verantwoordelijke, today) || list.ProposedBy == person.Id);

    public static bool MayRun(StaffPerson person, DateOnly today, DestructionList list) => list.CanRun && !(today < list.RunFrom) && Is(person, today, Deciders);

    private static bool IsOpen(DestructionList list) => list.Status is ListStatus.Proposed or ListStatus.Approved;

    private static bool Is(StaffPerson person, DateOnly today, params ReadOnlySpan<StaffRole> roles)
    {
        foreach (var role in roles)
        {
            if (person.Is(role, today)) return true;
        }

        return false;
    }
}
