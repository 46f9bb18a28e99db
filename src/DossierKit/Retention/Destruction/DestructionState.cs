using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>The stream folded: every list as it stands. Never changes; each event gives a newer one.</summary>
internal sealed record DestructionState
{
    public static DestructionState Empty { get; } = new();

    public IReadOnlyDictionary<string, DestructionList> Lists { get; private init; } = new Dictionary<string, DestructionList>(StringComparer.Ordinal);

    /// <summary>When something was last recorded, by the clock then; not counted are times that people later called wrong.</summary>
    public DateTimeOffset? Newest { get; private init; }

    /// <summary>The same, of what is recorded only by a clock that is trusted: what one person can record by any clock vouches for none.</summary>
    public DateTimeOffset? NewestTrusted { get; private init; }

    /// <summary>The latest time that two people called wrong: an entry up to it, in any journal, says nothing about the clock.</summary>
    public DateTimeOffset? WrongUntil { get; private init; }

    /// <summary>What the first of two said of the clock.</summary>
    public (PersonId Person, string Account, DateTimeOffset Clock)? ClockAsked { get; private init; }

    public DestructionList? Find(string number) => Lists.GetValueOrDefault(number);

    /// <summary>The number of the next list of a year.</summary>
    public string NextNumber(int year)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"VL-{year}-");
        var last = Lists.Keys.Where(number => number.StartsWith(prefix, StringComparison.Ordinal)).Select(number => int.Parse(number.AsSpan(prefix.Length), CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{last + 1:0000}");
    }

    public DestructionState After(DestructionEvent happened, DateTimeOffset at, DestructionRules rules)
    {
        var state = this with { Newest = Newest is { } newest && newest > at ? newest : at };
        if (happened is not (ClockDoubted or ListCancelled or ItemsChanged or ApprovalsVoided)) state = state with { NewestTrusted = NewestTrusted is { } trusted && trusted > at ? trusted : at };
        switch (happened)
        {
            case ListProposed proposed:
                return state.With(new DestructionList
                {
                    Number = proposed.List!,
                    Path = proposed.Path,
                    ProposedBy = proposed.By!.Value,
                    ProposedAs = proposed.Role!.Value,
                    ProposerAccount = proposed.Account!,
                    ProposedAt = at,
                    Items = proposed.Items,
                });
            case ClockDoubted doubted:
                return state with { ClockAsked = (doubted.By!.Value, doubted.Account!, doubted.Clock) };
            case ClockConfirmed confirmed:
                return state with { ClockAsked = null, Newest = confirmed.Clock, NewestTrusted = confirmed.Clock, WrongUntil = confirmed.Wrong };
        }

        return Find(happened.List!) is { } list ? state.With(After(list, happened, at, rules)) : state;
    }

    private static DestructionList After(DestructionList list, DestructionEvent happened, DateTimeOffset at, DestructionRules rules) => happened switch
    {
        // Also when only the reason is another: what was approved was another answer.
        AnswerGiven given => Voided(list with { Items = [.. list.Items.Select(item => item.Number == given.Item ? item with { Answer = given.Answer, Until = given.Until, ReasonHash = given.ReasonHash } : item)] }),
        ItemsChanged changed => Changed(list, [.. list.Items.Select(item => changed.Items.FirstOrDefault(other => other.Number == item.Number) is { } now
            ? now with { Answer = item.Answer, Until = item.Until, ReasonHash = item.ReasonHash, Changes = [.. item.Changes, .. changed.Changes.Where(change => change.Item == item.Number).Select(change => change.What)] }
            : item)]),
        ListApproved approved => Approved(list, new ListApproval(approved.Group, approved.By!.Value, approved.Role!.Value, at, approved.Hash) { Account = approved.Account!, From = approved.From }, rules),
        ApprovalsVoided when list.Status is ListStatus.Proposed or ListStatus.Approved => Voided(list),
        ListCancelled cancelled => list with { Status = ListStatus.Cancelled, CancelledBy = cancelled.By, CancelledBecause = cancelled.Reason, EndedAt = at },
        RunBegun begun => list with { Status = ListStatus.Running, RunBy = begun.By, RunAs = begun.Role, RunAt = list.RunAt ?? at, Run = begun.Run, RunPlace = begun.Place, EndedAt = null, Statement = null, JournalBefore = list.JournalBefore.Length > 0 ? list.JournalBefore : begun.Journal },
        ItemBegun begun => Item(list, begun.Item, item => item with { Outcome = ItemOutcome.Begun, BegunAt = item.BegunAt ?? at, Sha256 = begun.Sha256 ?? item.Sha256, Failure = null, MayRetry = false }),
        ItemEnded ended => Item(list, ended.Item, item => item with { Outcome = ended.Outcome, EndedAt = at, Proof = ended.Proof, Failure = null, MayRetry = false }),
        ItemFailed failed => Item(list, failed.Item, item => item with { Outcome = ItemOutcome.Failed, EndedAt = at, Proof = failed.Proof, Failure = failed.Reason, MayRetry = failed.MayRetry }),
        RunEnded ended => list with { Status = list.Items.Any(item => item.Outcome == ItemOutcome.Failed) ? ListStatus.DoneInPart : ListStatus.Done, EndedAt = at, Statement = ended.Statement, KeySets = [.. list.KeySets.Union(ended.KeySets?.Select(Id) ?? [])] },
        _ => list,
    };

    /// <summary>What was approved is no longer what stands here.</summary>
    private static DestructionList Changed(DestructionList list, IReadOnlyList<DestructionItem> items)
    {
        var changed = list with { Items = items };
        var hash = changed.Hash;
        return hash == list.Hash
            ? changed
            : changed with { Status = ListStatus.Proposed, RunFrom = null, Approvals = [.. list.Approvals.Where(approval => approval.Hash == hash)], Void = [.. list.Void, .. list.Approvals.Where(approval => approval.Hash != hash)] };
    }

    private static DestructionList Voided(DestructionList list) => list with { Status = ListStatus.Proposed, RunFrom = null, Approvals = [], Void = [.. list.Void, .. list.Approvals] };

    private static OpaqueId Id(string text) => OpaqueId.TryParse(text, out var id) ? id : throw new InvalidOperationException("The end of a run names no backup.");

    private static DestructionList Approved(DestructionList list, ListApproval approval, DestructionRules rules)
    {
        // Bound to the exact list: an approval of another one, that got in between, counts for nothing.
        if (approval.Hash != list.Hash) return list with { Void = [.. list.Void, approval] };
        var approved = list with { Approvals = [.. list.Approvals, approval] };
        if (approved.Missing.Count > 0) return approved;
        var last = LegalTime.DateOf(approved.Approvals.Max(given => given.At));
        // Whole days: the day of the approval does not count, whatever was left of it.
        var from = last.AddDays(rules.WaitingDaysOf(list.Path) is var days and > 0 ? days + 1 : 0);
        return approved with { Status = ListStatus.Approved, RunFrom = approved.Approvals.Max(given => given.From) is { } later && later > from ? later : from };
    }

    private static DestructionList Item(DestructionList list, int number, Func<DestructionItem, DestructionItem> change)
        // What was proved gone stays so, whatever a second run, that looked before, still writes.
        => list with { Items = [.. list.Items.Select(item => item.Number == number && item.Outcome != ItemOutcome.Destroyed ? change(item) : item)] };

    private DestructionState With(DestructionList list) => this with { Lists = new Dictionary<string, DestructionList>(Lists, StringComparer.Ordinal) { [list.Number] = list } };
}
