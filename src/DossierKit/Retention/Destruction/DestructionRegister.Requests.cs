using System.Collections.Concurrent;
using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>What is sent twice is done once: the key of a request stands with what it recorded, so that it outlives a crash and holds in every process.</summary>
public sealed partial class DestructionRegister
{
    private readonly ConcurrentDictionary<string, (string Content, string? List)> _requests = new(StringComparer.Ordinal);

    /// <inheritdoc cref="ProposeAsync(ActingPerson, DestructionChoice, RequestKey?, CancellationToken)"/>
    public ValueTask<Outcome<DestructionList>> ProposeAsync(ActingPerson by, DestructionChoice choice, CancellationToken ct) => ProposeAsync(by, choice, null, ct);

    /// <inheritdoc cref="ReviewAsync(ActingPerson, string, int, ItemAnswer, DateOnly?, string?, RequestKey?, CancellationToken)"/>
    public ValueTask<Outcome<DestructionList>> ReviewAsync(ActingPerson by, string number, int item, ItemAnswer answer, DateOnly? until, string? reason, CancellationToken ct)
        => ReviewAsync(by, number, item, answer, until, reason, null, ct);

    /// <inheritdoc cref="ApproveAsync(ActingPerson, string, string?, RequestKey?, CancellationToken)"/>
    public ValueTask<Outcome<DestructionList>> ApproveAsync(ActingPerson by, string number, string? seen, CancellationToken ct) => ApproveAsync(by, number, seen, null, ct);

    /// <inheritdoc cref="CancelAsync(ActingPerson, string, string, RequestKey?, CancellationToken)"/>
    public ValueTask<Outcome<DestructionList>> CancelAsync(ActingPerson by, string number, string reason, CancellationToken ct) => CancelAsync(by, number, reason, null, ct);

    /// <inheritdoc cref="RunAsync(ActingPerson, string, string, bool, IProgress{DestructionProgress}?, RequestKey?, CancellationToken)"/>
    public ValueTask<Outcome<DestructionList>> RunAsync(ActingPerson by, string number, string typed, IProgress<DestructionProgress>? progress, CancellationToken ct)
        => RunAsync(by, number, typed, takesOver: false, progress, null, ct);

    /// <summary>How a request is remembered, or why its key cannot be used.</summary>
    private Outcome<RequestMark?> MarkOf(ActingPerson by, RequestKey? request)
        => request is null ? Outcome<RequestMark?>.Done(null)
            : request.Check() is { } unusable ? Outcome<RequestMark?>.Refused(unusable)
            : Outcome<RequestMark?>.Done(RequestMark.Of(Convert.ToBase64String(_accountKey), by.Id, request, []));

    /// <summary>The number of the list that the same request was about before; empty when there was none.</summary>
    private string EarlierListOf(RequestMark? mark) => mark is { } asked && _requests.TryGetValue(asked.Key, out var earlier) ? earlier.List ?? "" : "";

    private void Remember(DestructionEvent happened)
    {
        if (RequestMark.Parse(happened.Request) is { } mark) _requests[mark.Key] = (mark.Content, happened.List);
    }

    /// <summary>Changes lists once per request: asked before, nothing is decided again; the same key with something else is refused.</summary>
    private ValueTask<IReadOnlyList<Refusal>> ChangeAsync(
        ActingPerson by,
        RequestMark? mark,
        Func<(StaffPerson? Person, DestructionState State, IReadOnlyDictionary<Vault.OpaqueId, CaseStanding> Standings), ValueTask<(IReadOnlyList<Refusal> Refusals, IReadOnlyList<Recorded> Happened)>> decide,
        CancellationToken ct)
        => mark is not { } asked ? ChangeAsync(by, decide, ct) : ChangeAsync(
            async state =>
            {
                if (_requests.TryGetValue(asked.Key, out var earlier)) return (earlier.Content == asked.Content ? [] : [RequestMark.Reused], []);
                var (refusals, happened) = await decide(await LookAsync(by, state, ct));
                // What was refused was not done, whatever became void by it: asked again, it is judged again.
                return (refusals, refusals.Count > 0 ? happened : [.. happened.Select(record => record with { Event = record.Event with { Request = asked.ToString() } })]);
            },
            ct);
}
