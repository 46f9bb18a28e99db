using System.Collections.Concurrent;

using DossierKit.Dossiers;
using DossierKit.Retention;

namespace DossierKit.Host;

/// <summary>
/// Lists that are being carried out. A run outlives the request that began it: whoever closes his browser leaves nothing half done. When the host stops, the run stops between two
/// steps, and somebody goes on with it later.
/// </summary>
internal sealed class DestructionRuns(DestructionRegister lists, IHostApplicationLifetime lifetime, Serving.FailureLog failures)
{
    /// <summary>How long a request waits for the end before it answers with how far it is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Running> _running = new(StringComparer.Ordinal);

    /// <summary>How far the run of a list is; <see langword="null"/> when none goes on in this host.</summary>
    public DestructionProgress? Of(string number) => _running.TryGetValue(number, out var running) ? running.Progress : null;

    /// <summary>Begins a run, or goes on with one.</summary>
    /// <param name="by">Who.</param>
    /// <param name="number">The list.</param>
    /// <param name="typed">What was typed to confirm it.</param>
    /// <param name="takesOver">Whether he says that a run that began elsewhere is over.</param>
    /// <param name="request">The key of the request; <see langword="null"/>: it has none.</param>
    /// <returns>The list when it was done soon; <see langword="null"/> while it goes on; or every reason why not.</returns>
    public async ValueTask<Outcome<DestructionList?>> StartAsync(ActingPerson by, string number, string typed, bool takesOver, RequestKey? request = null)
    {
        var mine = new Running();
        var task = lists.RunAsync(by, number, typed, takesOver, mine, request, lifetime.ApplicationStopping).AsTask();
        if (!task.IsCompleted) _running[number] = mine;
        _ = task.ContinueWith(
            ended =>
            {
                _running.TryRemove(new(number, mine));
                if (ended.Exception is { } failure && !lifetime.ApplicationStopping.IsCancellationRequested) failures.Write("/bewaring/lijsten/{lijst}/uitvoeren", failure.InnerException ?? failure);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (await Task.WhenAny(task, Task.Delay(Patience, CancellationToken.None)) != task) return Outcome<DestructionList?>.Done(null);
        var ended = await task;
        return ended.IsDone ? Outcome<DestructionList?>.Done(ended.Value) : Outcome<DestructionList?>.Refused(ended.Refusals);
    }

    private sealed class Running : IProgress<DestructionProgress>
    {
        private long _packed;

        public DestructionProgress Progress
        {
            get
            {
                var packed = Interlocked.Read(ref _packed);
                return new((int)(packed >> 32), (int)packed);
            }
        }

        public void Report(DestructionProgress value) => Interlocked.Exchange(ref _packed, ((long)value.Done << 32) | (uint)value.Total);
    }
}
