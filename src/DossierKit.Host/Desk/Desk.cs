using System.Collections.Concurrent;

using DossierKit.Dossiers;

namespace DossierKit.Host;

/// <summary>What came of asking for a dossier.</summary>
/// <param name="Dossier">The dossier, as it is now; <see langword="null"/> otherwise. Stays the desk's own: never dispose it.</param>
/// <param name="NeedsPurpose">Whether this session must first say what for; asked for every number alike, whether it exists or not.</param>
internal readonly record struct DeskAnswer(OpenDossier? Dossier, bool NeedsPurpose);

/// <summary>
/// The dossiers one session has open: the only way from a request to content. The first opening is logged with its purpose, before the first byte; later requests
/// see the dossier as it is then, with the rights that hold then.
/// </summary>
internal sealed class Desk(DossierRegister register, ActingPerson person) : IDisposable
{
    private const int MostPurposes = 1_000;

    private readonly ConcurrentDictionary<DossierNumber, OpenDossier> _open = new();
    private readonly ConcurrentDictionary<DossierNumber, string> _purposes = new();
    private readonly ConcurrentDictionary<(DossierNumber Number, string Version), long> _shown = new();
    private readonly SemaphoreSlim _opening = new(1, 1);

    /// <summary>What the dossiers of this session were opened for.</summary>
    public IReadOnlyDictionary<DossierNumber, string> Purposes => new Dictionary<DossierNumber, string>(_purposes);

    /// <summary>What came of the last export of each dossier in this session.</summary>
    public ConcurrentDictionary<DossierNumber, ExportTold> Exports { get; } = new();

    /// <summary>Says what a dossier is opened for, before it is opened.</summary>
    public void SetPurpose(DossierNumber number, string purpose)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(purpose);
        // Asked for every number alike, so also for thousands that do not exist.
        if (_purposes.Count >= MostPurposes)
        {
            foreach (var known in _purposes.Keys.Where(known => !_open.ContainsKey(known))) _purposes.TryRemove(known, out _);
        }

        _purposes[number] = purpose.Trim();
    }

    /// <summary>Opens a dossier, or brings the open one up to date.</summary>
    /// <param name="number">What was asked for; a text that is no number is not there either.</param>
    /// <param name="purpose">What for; <see langword="null"/>: as said before in this session.</param>
    /// <param name="ct">Stops.</param>
    public async ValueTask<DeskAnswer> OpenAsync(string number, string? purpose, CancellationToken ct)
    {
        var isNumber = DossierNumber.TryParse(number, out var parsed);
        if (isNumber && _open.TryGetValue(parsed, out var open)) return new(await GoOnAsync(parsed, open, purpose, ct), NeedsPurpose: false);
        var why = string.IsNullOrWhiteSpace(purpose) ? isNumber ? _purposes.GetValueOrDefault(parsed) : null : purpose.Trim();
        if (why is null) return new(null, NeedsPurpose: true);
        return isNumber ? new(await OpenAsync(parsed, why, ct), NeedsPurpose: false) : default;
    }

    /// <summary>Remembers up to where the events went when a form showed this version. Kept here and not in the form: the count of commits would tell of what its reader may not see.</summary>
    public void Showed(OpenDossier dossier)
    {
        // A session that lasts a day shows a few hundred versions; what is forgotten only makes a conflict page say less.
        if (_shown.Count > 1_000) _shown.Clear();
        _shown.TryAdd((dossier.Number, dossier.Version), dossier.State.Checkpoint);
    }

    /// <summary>The last commit a form of that version showed; <see langword="null"/> when this session never showed one.</summary>
    public long? ShownUpTo(DossierNumber number, string version) => _shown.TryGetValue((number, version), out var checkpoint) ? checkpoint : null;

    public void Dispose()
    {
        foreach (var dossier in _open.Values) dossier.Dispose();
        _open.Clear();
        _opening.Dispose();
    }

    private async ValueTask<OpenDossier?> OpenAsync(DossierNumber number, string purpose, CancellationToken ct)
    {
        await _opening.WaitAsync(ct);
        try
        {
            // Two requests at once must not be two entries in the log.
            if (_open.TryGetValue(number, out var open)) return await GoOnAsync(number, open, purpose, ct);
            if (await register.OpenAsync(number, person, purpose, ct) is not { } opened) return null;
            _purposes[number] = purpose;
            return _open[number] = opened;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>A purpose that was not told before for this dossier is logged like the first one: a program that goes on for days must not do everything under what it came for on Monday.</summary>
    private async ValueTask<OpenDossier?> GoOnAsync(DossierNumber number, OpenDossier open, string? purpose, CancellationToken ct)
    {
        var still = await StillAsync(number, open, ct);
        if (still is null || string.IsNullOrWhiteSpace(purpose) || await still.GoOnForAsync(purpose.Trim(), ct)) return still;
        if (_open.TryRemove(new(number, open))) open.Dispose();
        return null;
    }

    private async ValueTask<OpenDossier?> StillAsync(DossierNumber number, OpenDossier open, CancellationToken ct)
    {
        if (await open.RefreshAsync(ct)) return open;
        if (_open.TryRemove(new(number, open))) open.Dispose();
        return null;
    }
}
