using System.Globalization;
using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>How dossiers come to be: made empty, or imported with their files; once per request, each with a number nobody else has.</summary>
public sealed partial class DossierRegister
{
    /// <summary>Makes an empty dossier. By the FI or the deputy.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="number">Its number, never used before; <see langword="null"/>: the next free number of the year.</param>
    /// <param name="protocol">The protocol; <see langword="null"/>: the municipality's own, in force on <paramref name="date"/>.</param>
    /// <param name="date">The day it begins.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The number, or every reason why not.</returns>
    public ValueTask<Outcome<DossierNumber>> CreateAsync(ActingPerson by, DossierNumber? number, ProtocolReference? protocol, DateOnly date, CancellationToken ct)
        => CreateAsync(by, number, protocol, date, null, ct);

    /// <summary>Makes an empty dossier, once for a request. By the FI or the deputy.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="number">Its number, never used before; <see langword="null"/>: the next free number of the year.</param>
    /// <param name="protocol">The protocol; <see langword="null"/>: the municipality's own, in force on <paramref name="date"/>.</param>
    /// <param name="date">The day it begins.</param>
    /// <param name="request">The key of the request: sent again, it gives the number it gave before. <see langword="null"/>: a dossier each time.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The number, or every reason why not.</returns>
    public async ValueTask<Outcome<DossierNumber>> CreateAsync(ActingPerson by, DossierNumber? number, ProtocolReference? protocol, DateOnly date, RequestKey? request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await Staff.RefreshAsync(ct);
        if (request?.Check() is { } unusable) return Outcome<DossierNumber>.Refused(unusable);
        Func<string, RequestMark>? mark = request is null
            ? null
            : key => RequestMark.Of(key, by.Id, request, System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number}\n{protocol?.Id}\n{protocol?.Version}\n{date:O}")));
        // One at a time, so that the same request sent twice at once finds itself; another process that makes dossiers at the same moment is not foreseen.
        await _making.WaitAsync(ct);
        try
        {
            return mark is not null && await FindMadeAsync(mark, ct) is { } made ? made : await MakeAsync(by, number, protocol, date, mark, ct);
        }
        finally
        {
            _making.Release();
        }
    }

    private async ValueTask<Outcome<DossierNumber>?> FindMadeAsync(Func<string, RequestMark> mark, CancellationToken ct)
    {
        foreach (var (_, standing) in await _index.AllAsync(ct))
        {
            if (standing.IsBeingMade || RequestMark.Parse(standing.Request) is not { } known) continue;
            var asked = mark(standing.MarkKey);
            if (asked.Key != known.Key) continue;
            return asked == known ? Outcome<DossierNumber>.Done(standing.Number) : Outcome<DossierNumber>.Refused(RequestMark.Reused);
        }

        return null;
    }

    private async ValueTask<Outcome<DossierNumber>> MakeAsync(
        ActingPerson by, DossierNumber? number, ProtocolReference? protocol, DateOnly date, Func<string, RequestMark>? mark, CancellationToken ct)
    {
        var refusals = MayMake(by, number);
        if (date > Today) refusals.Add(new("De datum ligt in de toekomst.", "Een dossier begint op een dag die er al was.", "Kies vandaag of een eerdere dag."));
        var found = Protocols.Find(protocol ?? new ProtocolReference(Staff.Municipality.ProtocolId, null), date);
        if (found is null) refusals.Add(NoProtocol(protocol, date));
        if (refusals.Count > 0) return Outcome<DossierNumber>.Refused(refusals);
        while (true)
        {
            var chosen = number ?? await NextNumberAsync(date.Year, ct);
            var made = await new DossierMaker(this, by).MakeAsync(chosen, found!, date, [], [], null, ct, mark);
            // Without a number of one's own, whoever took it first only means: take the next.
            if (made.IsDone || number is not null) return made;
        }
    }

    /// <summary>Writes a dossier read by <see cref="DossierImport.ReadAsync"/>: persons, events, files and answers in one commit. By the FI or the deputy.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="import">What was read and found valid.</param>
    /// <param name="progress">Told the bytes sealed so far; may be <see langword="null"/>.</param>
    /// <param name="ct">Stops; nothing of the dossier stays.</param>
    /// <returns>The number, or every reason why not (such as a number that exists).</returns>
    public async ValueTask<Outcome<DossierNumber>> ImportAsync(ActingPerson by, DossierImport import, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(import);
        await Staff.RefreshAsync(ct);
        var refusals = MayMake(by, import.Number);
        var protocol = import.Protocol ?? Protocols.Find(new ProtocolReference(Staff.Municipality.ProtocolId, null), import.StartsOn);
        if (protocol is null) refusals.Add(NoProtocol(null, import.StartsOn));
        return refusals.Count > 0
            ? Outcome<DossierNumber>.Refused(refusals)
            : await new DossierMaker(this, by).MakeAsync(import.Number, protocol!, import.StartsOn, import.Events, import.Files, progress, ct);
    }

    private List<Refusal> MayMake(ActingPerson by, DossierNumber? number)
    {
        var refusals = new List<Refusal>();
        if (Staff.Find(by)?.RolesOn(Today).Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi) != true)
            refusals.Add(new("U mag geen dossier aanmaken.", "Dat doen de functionaris integriteit en de plaatsvervanger.", "Vraag een van hen.") { Cause = RefusalCause.NoRight });
        if (number is { } given && Staff.IsFounded && Staff.Municipality.NumberPrefix is { } prefix && !given.Value.StartsWith($"{prefix.ToUpperInvariant()}-", StringComparison.Ordinal))
            refusals.Add(new("Dit dossiernummer begint niet zoals de gemeente dat wil.", $"Nummers van deze gemeente beginnen met {prefix}-.", $"Kies een nummer zoals {prefix}-2026-0001."));
        return refusals;
    }

    private static Refusal NoProtocol(ProtocolReference? protocol, DateOnly date) => new(
        "Er is geen protocol voor dit dossier.",
        string.Create(CultureInfo.InvariantCulture, $"{(protocol is { } asked ? $"Protocol {asked.Id} {asked.Version}" : "Het protocol van de gemeente")} is er niet, of gold niet op {date:yyyy-MM-dd}."),
        "Kies een ander protocol of installeer het.");

    private async ValueTask<DossierNumber> NextNumberAsync(int year, CancellationToken ct)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{Staff.Municipality.NumberPrefix?.ToUpperInvariant() ?? "D"}-{year}-");
        // Also those that are gone: a number that was destroyed stays that of what was destroyed.
        var gone = await _destroyed.AllAsync(ct);
        var last = (await _index.AllAsync(ct)).Select(entry => entry.Standing.Number.Value).Concat(gone.Select(number => number.Value)).Where(number => number.StartsWith(prefix, StringComparison.Ordinal))
            .Select(number => int.TryParse(number.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var serial) ? serial : 0).DefaultIfEmpty(0).Max();
        return new DossierNumber(string.Create(CultureInfo.InvariantCulture, $"{prefix}{last + 1:0000}"));
    }
}
