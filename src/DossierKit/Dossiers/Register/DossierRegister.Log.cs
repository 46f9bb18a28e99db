using System.Globalization;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>The log of all doors, for those who watch over it.</summary>
public sealed partial class DossierRegister
{
    /// <summary>How many commits one page looks at before it says that there is more: a filter that finds nothing must not read for minutes.</summary>
    private const int MostCommits = 20_000;

    /// <summary>
    /// A page of the log, newest first, as far as this person may see it: everybody his own acts; the FG all, without content, and purposes only of cases he is appointed to; the FI and
    /// the deputy those in cases they may know of. Nobody sees acts in a case he is part of.
    /// </summary>
    /// <param name="person">Who looks.</param>
    /// <param name="filter">What for.</param>
    /// <param name="older">The <see cref="LogPage.Older"/> of the page before; <see langword="null"/>: from the newest.</param>
    /// <param name="count">At most how many, 1 to 500.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The page; an empty one when nothing is there, or nothing is for this person.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count.</exception>
    public async ValueTask<LogPage> LogAsync(ActingPerson person, LogFilter filter, string? older, int count, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 500);
        var found = new List<LogEntry>();
        var (last, looked, isEnd) = (0L, 0, true);
        if (older is not null && !Log.Cursor.TryRead(older, out last)) return new LogPage([], null);
        if (await LogRulesOfAsync(person, ct) is not { } rules) return new LogPage([], null);
        await foreach (var act in Log.NewestFirstAsync(older is null ? null : last, null, ct))
        {
            if (filter.IsBefore(act.At)) break;
            // Commits hold one act, so a page ends between two.
            if (found.Count == count || ++looked > MostCommits)
            {
                isEnd = false;
                break;
            }

            last = act.Sequence;
            if (filter.Wants(act) && rules.See(act) is { } entry && (filter.Dossier is null || entry.Dossier == filter.Dossier)) found.Add(entry);
        }

        return new LogPage(found, isEnd ? null : Log.Cursor.Of(last));
    }

    /// <summary>
    /// Everything a filter finds, as CSV (UTF-8, ';' between fields, one header line), newest first; logged before the first byte. For the FG, the FI and the deputy.
    /// </summary>
    /// <param name="person">Who takes it out.</param>
    /// <param name="filter">What.</param>
    /// <param name="to">Where it goes; not closed.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>How many acts were written, or the reason why none.</returns>
    public async ValueTask<Outcome<int>> ExportLogAsync(ActingPerson person, LogFilter filter, Stream to, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(to);
        if (await LogRulesOfAsync(person, ct) is not { SeesOthers: true } rules) return Outcome<int>.Refused(NotForYou);
        await Log.WriteAsync(new AccessRecord { Act = AccessAct.LogExported, Person = person.Id, Via = person.Kind }, null, null, ct);
        var count = 0;
        // The mark by which spreadsheets know UTF-8.
        await WriteLineAsync("\uFEFFmoment;daad;persoon;via;dossier;bestand;doel;nakijken");
        await foreach (var act in Log.NewestFirstAsync(null, null, ct))
        {
            if (filter.IsBefore(act.At)) break;
            if (!filter.Wants(act) || rules.See(act) is not { } entry || (filter.Dossier is not null && entry.Dossier != filter.Dossier)) continue;
            await WriteLineAsync(string.Join(';', Fields(entry).Select(CsvField)));
            count++;
        }

        return Outcome<int>.Done(count);

        ValueTask WriteLineAsync(string line) => to.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\r\n"), ct);
    }

    /// <summary>Checks the whole chain of the log; logged. For the FG, the FI and the deputy.</summary>
    /// <param name="person">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What was found, or the reason why not.</returns>
    public async ValueTask<Outcome<LogVerification>> VerifyLogAsync(ActingPerson person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (await LogRulesOfAsync(person, ct) is not { SeesOthers: true }) return Outcome<LogVerification>.Refused(NotForYou);
        await Log.WriteAsync(new AccessRecord { Act = AccessAct.LogVerified, Person = person.Id, Via = person.Kind }, null, null, ct);
        try
        {
            var (commits, head) = await Log.VerifyAsync(ct);
            return Outcome<LogVerification>.Done(new LogVerification(true, commits, head, null));
        }
        catch (VaultDamagedException damage)
        {
            return Outcome<LogVerification>.Done(new LogVerification(false, 0, "", damage.Message));
        }
    }

    /// <summary>
    /// What was done on the server itself, by the command line, since this person last looked (<see cref="SeeDirectWorkAsync"/>). For the FI, the deputy and the FG, to be shown when they
    /// sign in: whoever works on the server passes no sign-in.
    /// </summary>
    /// <param name="person">Who looks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The work, empty when there was none; <see langword="null"/> when it is not for this person.</returns>
    public async ValueTask<DirectWork?> DirectWorkSinceAsync(ActingPerson person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        const int Most = 100;
        if (await LogRulesOfAsync(person, ct) is not { SeesOthers: true } rules) return null;
        var entries = new List<LogEntry>();
        DateTimeOffset? since = null;
        var (looked, isComplete) = (0, true);
        await foreach (var act in Log.NewestFirstAsync(null, null, ct))
        {
            if (act.Record.Act == AccessAct.DirectWorkSeen && act.Record.Person == person.Id)
            {
                since = act.At;
                break;
            }

            if (++looked > MostCommits || entries.Count > Most)
            {
                isComplete = false;
                break;
            }

            if (act.Record.Via == AccountKind.Computer && rules.See(act) is { } entry) entries.Add(entry);
        }

        var changes = Staff.Acts.Where(act => act.Via == AccountKind.Computer && (since is not { } last || act.At > last)).Reverse().Take(Most)
            .Select(act => new StaffChangeDone(act.At, act.By, act.Name));
        return new DirectWork(since, [.. entries.Take(Most)], [.. changes], isComplete);
    }

    /// <summary>Remembers, in the log, that this person looked at the work on the server; what comes after is shown next time.</summary>
    /// <param name="person">Who looked.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>A task.</returns>
    public async ValueTask SeeDirectWorkAsync(ActingPerson person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (await LogRulesOfAsync(person, ct) is { SeesOthers: true })
            await Log.WriteAsync(new AccessRecord { Act = AccessAct.DirectWorkSeen, Person = person.Id, Via = person.Kind }, null, null, ct);
    }

    /// <summary>Logs an act of signing in; returns when it is durable, so that nobody is let in unseen.</summary>
    /// <param name="act">What.</param>
    /// <param name="person">Who; <see langword="null"/> when that is not known, as with a sign-in that failed.</param>
    /// <param name="via">How; <see langword="null"/> when that is not known.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>A task.</returns>
    public async ValueTask LogSignInAsync(SignInAct act, PersonId? person, AccountKind? via, CancellationToken ct)
        => await Log.WriteAsync(new AccessRecord { Act = ActOf(act), Person = person, Via = via }, null, null, ct);

    private static AccessAct ActOf(SignInAct act) => act switch
    {
        SignInAct.SignedIn => AccessAct.SignedIn,
        SignInAct.Failed => AccessAct.SignInFailed,
        SignInAct.SignedOut => AccessAct.SignedOut,
        SignInAct.LinkUsed => AccessAct.LinkUsed,
        SignInAct.RecoveryCodeUsed => AccessAct.RecoveryCodeUsed,
        SignInAct.SteppedUp => AccessAct.SteppedUp,
        SignInAct.SessionEnded => AccessAct.SessionEnded,
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };

    private static Refusal NotForYou { get; } = new(
        "U mag het logboek niet nakijken of meenemen.", "Dat is voor de functionaris gegevensbescherming en de functionaris integriteit.", "Uw eigen handelingen ziet u in uw overzicht; vraag een van hen om de rest.");

    private async ValueTask<LogRules?> LogRulesOfAsync(ActingPerson person, CancellationToken ct)
    {
        await Staff.RefreshAsync(ct);
        if (Staff.Find(person) is not { } known) return null;
        return new LogRules(known, Today, (await _index.AllAsync(ct)).ToDictionary(entry => entry.Stream, entry => entry.Standing));
    }

    private static IEnumerable<string> Fields(LogEntry entry) =>
    [
        entry.At.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        JsonShape.WordsOf(typeof(AccessAct))[(int)entry.Act],
        entry.Person?.ToString() ?? "",
        entry.Via is { } via ? JsonShape.WordsOf(typeof(AccountKind))[(int)via] : "",
        entry.Dossier?.ToString() ?? "",
        entry.File?.ToString() ?? "",
        entry.Purpose ?? "",
        entry.NeedsReview ? "ja" : "",
    ];

    /// <summary>A field in quotes. A spreadsheet reads what begins with these characters as a formula, and a purpose is free text.</summary>
    private static string CsvField(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
