using System.Text.Json;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// What somebody must look at: told at the top of the first page of the day, so it may not take longer as the log grows. The log is gone through once, from its end; from then on only what
/// this instance reads on is looked at.
/// </summary>
internal sealed partial class AccessLog
{
    private readonly SemaphoreSlim _reviewing = new(1, 1);
    private readonly List<LoggedAct> _reviews = [];
    private int? _reviewed;

    /// <summary>The acts somebody must look at, oldest first; without purposes, and without the reason where the dossier was destroyed since.</summary>
    public async ValueTask<IReadOnlyList<LoggedAct>> ReviewsAsync(CancellationToken ct)
    {
        var journal = await NewestAsync(ct);
        await _reviewing.WaitAsync(ct);
        try
        {
            var envelopes = journal.Envelopes;
            if (_reviewed is null)
            {
                // What lies before the first entry this instance holds.
                var found = new List<LoggedAct>();
                await foreach (var act in NewestFirstAsync(envelopes.Count > 0 ? envelopes[0].Sequence : null, static type => type == ForReview, ct)) found.Add(WithoutPurpose(act));
                found.Reverse();
                _reviews.AddRange(found);
            }

            for (var i = _reviewed ?? 0; i < envelopes.Count; i++)
            {
                var envelope = envelopes[i];
                if (envelope.Type != ForReview || envelope.Compartment != StayingCompartment || await journal.OpenPayloadAsync(envelope, ct) is not { } payload) continue;
                var record = JsonSerializer.Deserialize(payload, RegisterJsonContext.Default.AccessRecord)!;
                var next = i + 1 < envelopes.Count ? envelopes[i + 1] : null;
                var reason = next is not null && next.Type == ReasonType && next.Sequence == envelope.Sequence && await journal.OpenPayloadAsync(next, ct) is { } why
                    ? JsonSerializer.Deserialize(why, RegisterJsonContext.Default.AccessReason)
                    : null;
                _reviews.Add(WithoutPurpose(new LoggedAct(envelope.Sequence, envelope.Id, envelope.At, record, reason)));
            }

            _reviewed = envelopes.Count;
            return [.. _reviews.Select(act => OpaqueId.TryParse(act.Record.Dossier, out var dossier) && vault.Catalogue.IsDestroyed(dossier) ? act with { Reason = null } : act)];
        }
        finally
        {
            _reviewing.Release();
        }
    }

    // A purpose is in somebody's own words and goes with its dossier: it is not kept here. A reason is one of a few sentences of this program.
    private static LoggedAct WithoutPurpose(LoggedAct act) => act.Reason is { } reason ? act with { Reason = reason with { Purpose = null } } : act;
}
