using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

public sealed partial class DestructionRegister
{
    /// <summary>
    /// One run of one list: per dossier, begin in the journal of the lists, decide and destroy in one commit of the dossier, prove through a second opening of the vault, end in the journal.
    /// After a crash the outcome of what was begun is read from the dossier itself: its own commit is the moment at which something was destroyed.
    /// </summary>
    private sealed class DestructionRun(DestructionRegister lists, SystemTask task, DestructionList list, ActingPerson by, DateTimeOffset? restoredAt, IProgress<DestructionProgress>? progress)
    {
        /// <summary>Dossiers removed together: one pass over the log and one snapshot of the catalogue for all.</summary>
        private const int Together = 100;

        private const string Vanished = "Het is er niet meer; deze uitvoering heeft het niet vernietigd.";

        private readonly DossierRegister _register = lists._register;
        private readonly HashSet<int> _begun = [.. list.Items.Where(item => item.Outcome == ItemOutcome.Begun || item is { MayRetry: true, BegunAt: not null }).Select(item => item.Number)];
        private int _done = list.Items.Count(item => IsSettled(item));
        private Selectielijst? _selectielijst;
        private (DecidingMoment? Moment, Dictionary<string, RetentionItem> Items) _planned = (null, []);

        public async ValueTask WorkAsync(CancellationToken ct)
        {
            Report(0);
            _selectielijst = await lists.ListInUseAsync(ct);
            await using var prover = await DestructionProver.OpenAsync(_register, ct);
            var open = list.Items.Where(item => !IsSettled(item)).ToList();
            foreach (var item in open.Where(item => item.Answer != ItemAnswer.Destroy)) await SettleAsync(item, ct);
            var going = open.Where(item => item.Answer == ItemAnswer.Destroy).ToList();
            foreach (var dossier in going.Where(item => item.Object is not null).GroupBy(item => item.Stream)) await DestroyFilesAsync(dossier.Key, [.. dossier], prover, ct);
            foreach (var dossiers in going.Where(item => item.Object is null).Chunk(Together)) await DestroyDossiersAsync(dossiers, prover, ct);
        }

        private static bool IsSettled(DestructionItem item)
            => item.Outcome is ItemOutcome.Destroyed or ItemOutcome.Kept or ItemOutcome.ToTransfer || (item.Outcome == ItemOutcome.Failed && !item.MayRetry);

        private async ValueTask SettleAsync(DestructionItem item, CancellationToken ct)
        {
            if (item.Answer == ItemAnswer.Transfer)
            {
                await EndAsync([new ItemEnded { List = list.Number, Item = item.Number, Outcome = ItemOutcome.ToTransfer }], ct);
                return;
            }

            var failure = item.Object is null ? await KeepAsync(item, ct) : null;
            await EndAsync([failure is null
                ? new ItemEnded { List = list.Number, Item = item.Number, Outcome = ItemOutcome.Kept }
                : new ItemFailed { List = list.Number, Item = item.Number, Reason = failure }], ct);
        }

        /// <summary>Keeping longer becomes a decision in the dossier. Recording it twice, after a crash, says the same twice.</summary>
        private async ValueTask<string?> KeepAsync(DestructionItem item, CancellationToken ct)
        {
            var opened = await _register.OpenArchiveAsync(by, ct);
            if (!opened.IsDone) return Text(opened.Refusals);
            var place = $"Lijst {list.Number}, onderdeel {item.Number.ToString(CultureInfo.InvariantCulture)}: ";
            // A run that was cut off between the dossier and the list.
            using (var lease = await _register.BorrowAsync(item.Stream, item.Dossier, ct))
            {
                if (lease?.Stream.Full.All<ActionDateChanged>().Any(changed => changed.KeepUntil == item.Until && changed.Reason?.StartsWith(place, StringComparison.Ordinal) == true) == true) return null;
            }

            var kept = await opened.Value.RecordAsync(item.Dossier, new ActionDateChanged
            {
                Date = _register.Today,
                KeepUntil = item.Until,
                Computed = item.Due,
                Reason = $"{place}{await lists.ReasonInAsync(item.StreamText, item.ReasonHash, ct)}",
            }, ct);
            return kept.IsDone ? null : Text(kept.Refusals);
        }

        private async ValueTask DestroyFilesAsync(OpaqueId stream, List<DestructionItem> items, DestructionProver prover, CancellationToken ct)
        {
            var ended = new List<DestructionEvent>();
            try
            {
                await _register.Staff.RefreshAsync(ct);
                var hashes = await prover.HashesAsync(stream, items[0].Dossier, ct);
                await BeginAsync(items, item => hashes.GetValueOrDefault(Id(item)), ct);
                var why = new Dictionary<OpaqueId, string>();
                List<OpaqueId> allowed = [];
                var destroyed = await task.DestroyDecidedAsync(stream, items[0].Dossier, [.. items.Select(Id)], Reason(items), moment => allowed = Decide(moment, items, why), ct);
                // What somebody else destroyed meanwhile was not this list's doing, unless this list began it before it was cut off.
                var gone = items.Where(item => destroyed.Gone.Contains(Id(item)) && (allowed.Contains(Id(item)) || _begun.Contains(item.Number))).ToList();
                var proofs = await prover.ProveFilesAsync(stream, items[0].Dossier, gone.ConvertAll(item => (Id(item), item.Kind == RetentionObject.Transcript ? null : hashes.GetValueOrDefault(Id(item)) ?? item.Sha256)), ct);
                foreach (var item in items)
                {
                    if (proofs.TryGetValue(Id(item), out var proof)) ended.Add(Outcome(item, proof));
                    else ended.Add(new ItemFailed { List = list.Number, Item = item.Number, Reason = why.GetValueOrDefault(Id(item)) ?? Vanished });
                }
            }
            catch (VaultException failure)
            {
                ended.AddRange(items.Where(item => !ended.Exists(done => NumberOf(done) == item.Number)).Select(item => Failed(item, failure)));
            }

            await EndAsync(ended, ct);
        }

        private async ValueTask DestroyDossiersAsync(DestructionItem[] items, DestructionProver prover, CancellationToken ct)
        {
            var ended = new List<DestructionEvent>();
            var closed = new Dictionary<OpaqueId, IReadOnlyList<OpaqueId>>();
            var hashes = new Dictionary<int, string?>();
            foreach (var item in items.Where(item => !_begun.Contains(item.Number))) hashes[item.Number] = await HashAsync(item, prover, ct);
            await BeginAsync(items, item => hashes.GetValueOrDefault(item.Number), ct);
            foreach (var item in items)
            {
                try
                {
                    await _register.Staff.RefreshAsync(ct);
                    await lists.EnsureTurnAsync(list.Number, list.Run, ct);
                    string? why = null;
                    // One that this list closed before a crash is past deciding; one that somebody else's list destroyed was not this run's.
                    if (await task.CloseDecidedAsync(item.Stream, item.Dossier, Reason([item]), moment => (why = WhyNot(moment, item)) is null, ct) is not { } ids)
                        ended.Add(new ItemFailed { List = list.Number, Item = item.Number, Reason = why! });
                    else if (ids.Count == 0 && !_begun.Contains(item.Number))
                        ended.Add(new ItemFailed { List = list.Number, Item = item.Number, Reason = Vanished });
                    else
                        closed[item.Stream] = ids;
                }
                catch (VaultException failure)
                {
                    ended.Add(Failed(item, failure));
                }
            }

            var going = items.Where(item => closed.ContainsKey(item.Stream)).ToList();
            try
            {
                await task.DestroyClosedAsync(closed, ct);
                await lists.ForgetReasonsAsync(closed.Keys, ct);
                foreach (var item in going) ended.Add(Outcome(item, await prover.ProveDossierAsync(item.Stream, item.Dossier, closed[item.Stream], ct)));
            }
            catch (VaultException failure)
            {
                ended.AddRange(going.Where(item => !ended.Exists(done => NumberOf(done) == item.Number)).Select(item => Failed(item, failure)));
            }

            await EndAsync(ended, ct);
        }

        /// <summary>The decision on files, in the step that destroys: those of which nothing changed since the approval, and with them all that share their fate.</summary>
        private List<OpaqueId> Decide(DecidingMoment moment, List<DestructionItem> items, Dictionary<OpaqueId, string> why)
        {
            why.Clear();
            foreach (var item in items)
            {
                if (WhyNot(moment, item) is { } reason) why[Id(item)] = reason;
            }

            var recordings = moment.Entry.Retention.Recordings;
            foreach (var family in recordings.GroupBy(DestructionDrafting.FamilyOf))
            {
                var members = family.Select(recording => recording.File.Value).ToList();
                var blocked = members.Find(member => why.ContainsKey(member) || items.TrueForAll(item => Id(item) != member));
                if (blocked == default) continue;
                foreach (var member in members.Where(member => items.Exists(item => Id(item) == member)))
                    why.TryAdd(member, "Er hoort iets bij dat niet weg mag of niet op de lijst staat: een opname, haar kopieën en haar transcripten gaan samen.");
            }

            // What is of several recordings goes when each of them that is still here goes.
            foreach (var shared in recordings.Where(recording => recording.AlsoOf is { Count: > 0 }))
            {
                if (DestructionDrafting.RecordingsOf(shared).Any(id => recordings.Any(known => known.File.Value == id) && (why.ContainsKey(id) || items.TrueForAll(item => Id(item) != id)))
                    && items.Exists(item => Id(item) == shared.File.Value))
                    why.TryAdd(shared.File.Value, "Het hoort bij meer opnamen, en niet alle mogen weg of staan op de lijst.");
            }

            return [.. items.Select(Id).Where(id => !why.ContainsKey(id))];
        }

        /// <summary>Why an item may not go, looking at the dossier, the clock and who decided as they are now; <see langword="null"/> when it may.</summary>
        private string? WhyNot(DecidingMoment moment, DestructionItem item)
        {
            if (lists._state.Find(list.Number)?.Run != list.Run) return "Een andere uitvoering heeft deze lijst overgenomen.";
            if (lists.DoubtOf(lists._state, moment.Newest) is { } doubt) return $"{doubt.What} {doubt.Why}";
            if (lists.WhyVoid(list, new Dictionary<OpaqueId, CaseStanding> { [item.Stream] = moment.Standing }, restoredAt) is { } cause) return Text([VoidText(list, cause)]);
            if (PlannedAt(moment).GetValueOrDefault(item.Object ?? "") is not { } now) return Vanished;
            if (DestructionDrafting.ChangeOf(item, moment.Entry, now) is { } change) return $"Na de goedkeuring veranderd: {change}.";
            return DestructionDrafting.MayGo(now) ? null : $"Het mag nu niet weg: {now.Reasons[^1].Text} ({now.Reasons[^1].Article})";
        }

        /// <summary>The plan of a dossier at a moment, by object: made once for all items that are decided on then.</summary>
        private Dictionary<string, RetentionItem> PlannedAt(DecidingMoment moment)
        {
            if (!ReferenceEquals(_planned.Moment, moment))
                _planned = (moment, RetentionPlanner.PlanOf(moment.Entry, _selectielijst!, _register.Protocols.Library.Find, _register.Today).ToDictionary(planned => planned.Object?.ToString() ?? "", StringComparer.Ordinal));
            return _planned.Items;
        }

        private DestructionEvent Outcome(DestructionItem item, DestructionProof proof) => proof.Holds
            ? new ItemEnded { List = list.Number, Item = item.Number, Outcome = ItemOutcome.Destroyed, Proof = proof }
            : new ItemFailed { List = list.Number, Item = item.Number, Proof = proof, MayRetry = true, Reason = $"De sleutels zijn vernietigd, maar niet alles is aantoonbaar weg: {Missing(proof)}." };

        private static string Missing(DestructionProof proof) => string.Join(", ", new (bool Holds, string What)[]
        {
            (proof.ReadsFail, "het is nog te lezen"), (proof.KeysGone, "er is nog een sleutel"), (proof.BytesGone, "er zijn nog bestanden van"),
            (proof.DerivedGone, "er is nog iets van afgeleid"), (proof.Unlisted, "het wordt nog vermeld"),
        }.Where(point => !point.Holds).Select(point => point.What));

        private ItemFailed Failed(DestructionItem item, VaultException failure) => new()
        {
            List = list.Number,
            Item = item.Number,
            MayRetry = true,
            // The text of the failure is for operators and may hold paths; this is kept for ever.
            Reason = failure is VaultDamagedException ? "De kluis is op dit punt beschadigd; laat de beheerder de kluis controleren." : "De computer of de schijf kon het niet afmaken; voer de lijst opnieuw uit.",
        };

        private static async ValueTask<string?> HashAsync(DestructionItem item, DestructionProver prover, CancellationToken ct)
        {
            try
            {
                var hashes = await prover.HashesAsync(item.Stream, item.Dossier, ct);
                return hashes.Count == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(hashes.Values.Order(StringComparer.Ordinal).Select(hash => hash + "\n")))));
            }
            catch (VaultException)
            {
                return null; // It is destroyed all the same; the statement then has no hash of it.
            }
        }

        private async ValueTask BeginAsync(IReadOnlyList<DestructionItem> items, Func<DestructionItem, string?> hashOf, CancellationToken ct)
            => await lists.RecordAsync(list.Number, list.Run, [.. items.Where(item => !_begun.Contains(item.Number)).Select(item => new ItemBegun { List = list.Number, Item = item.Number, Sha256 = hashOf(item) })], ct);

        // What happened is kept, also when the caller gave up meanwhile.
        private async ValueTask EndAsync(IReadOnlyList<DestructionEvent> events, CancellationToken ct)
        {
            await lists.RecordAsync(list.Number, list.Run, events, CancellationToken.None);
            Report(events.Count);
            ct.ThrowIfCancellationRequested();
        }

        private void Report(int more)
        {
            _done += more;
            progress?.Report(new DestructionProgress(_done, list.Items.Count));
        }

        private string Reason(IReadOnlyList<DestructionItem> items)
            => $"Vernietigd volgens lijst {list.Number}, {(items.Count == 1 ? "onderdeel" : "onderdelen")} {string.Join(", ", items.Select(item => item.Number))}: {string.Join("; ", items.SelectMany(item => item.Reasons).Select(reason => reason.Article).Distinct(StringComparer.Ordinal))}";

        private static OpaqueId Id(DestructionItem item) => OpaqueId.TryParse(item.Object, out var id) ? id : throw new InvalidOperationException("A whole dossier is no file.");

        private static int NumberOf(DestructionEvent happened) => happened switch
        {
            ItemEnded ended => ended.Item,
            ItemFailed failed => failed.Item,
            _ => 0,
        };

        private static string Text(IReadOnlyList<Refusal> refusals) => string.Join(' ', refusals.Select(refusal => $"{refusal.What} {refusal.Why}"));
    }
}
