namespace DossierKit.Dossiers;

/// <summary>Who opened what of this dossier, and when.</summary>
public sealed partial class OpenDossier
{
    /// <summary>Whoever reads on in a file after so long opens it again, and that is logged.</summary>
    public static readonly TimeSpan ReadingPause = TimeSpan.FromMinutes(15);

    /// <summary>Whether this person may see the log of this dossier: the FI, the deputy and the verantwoordelijke of the case.</summary>
    public bool MaySeeLog => Access.MaySeeLog;

    /// <summary>
    /// Goes on in the open dossier for another purpose; one that was not told before is logged like the first, before anything more is handed out. Files opened from now on are logged with it.
    /// </summary>
    /// <param name="purpose">Why, in the person's own words; not empty.</param>
    /// <param name="ct">Stops.</param>
    /// <returns><see langword="false"/>: the dossier was destroyed meanwhile, and nothing of it may be handed out.</returns>
    public async ValueTask<bool> GoOnForAsync(string purpose, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(purpose);
        // More purposes than anybody has: what is forgotten is only logged once more.
        const int Most = 1_000;
        if (!_told.ContainsKey(purpose))
        {
            using var use = _uses.Begin();
            await _telling.WaitAsync(ct);
            try
            {
                if (!_told.ContainsKey(purpose))
                {
                    if (!await _register.Log.WriteAsync(new AccessRecord { Act = AccessAct.Opened, Person = Person, Via = _person.Kind }, _stream.Id, new AccessReason { Purpose = purpose }, ct)) return false;
                    if (_told.Count >= Most) _told.Clear();
                    _told[purpose] = true;
                }
            }
            finally
            {
                _telling.Release();
            }
        }

        _purpose = purpose;
        return true;
    }

    /// <summary>
    /// A page of the dossier's own log, newest first. Whoever may not know the melder does not see what would say who that is: purposes of others, what a vertrouwenspersoon did, and
    /// refusals for being part of the facts.
    /// </summary>
    /// <param name="older">The <see cref="LogPage.Older"/> of the page before; <see langword="null"/>: from the newest.</param>
    /// <param name="count">At most how many, 1 to 500.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The page; empty when it is not for this person.</returns>
    public async ValueTask<LogPage> LogAsync(string? older, int count, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 500);
        const int MostCommits = 20_000;
        var view = _view;
        var last = 0L;
        if (!view.Access.MaySeeLog || (older is not null && !_register.Log.Cursor.TryRead(older, out last)))
            return new LogPage([], null);
        var stream = _stream.Id.ToString();
        var began = view.Moment.Entries.Min(entry => entry.At).AddDays(-1);
        var (found, looked, isEnd) = (new List<LogEntry>(), 0, true);
        await foreach (var act in _register.Log.NewestFirstAsync(older is null ? null : last, null, ct))
        {
            // Nobody opened it before it was made; a clock may have been set back a little.
            if (act.At < began) break;
            if (found.Count == count || ++looked > MostCommits)
            {
                isEnd = false;
                break;
            }

            last = act.Sequence;
            if (act.Record.Dossier == stream && See(act, view) is { } entry) found.Add(entry);
        }

        return new LogPage(found, isEnd ? null : _register.Log.Cursor.Of(last));
    }

    /// <summary>Logs that a file is opened or taken out, before the first byte; not again for each part of it that is read in one go.</summary>
    private async ValueTask<bool> LogFileAsync(AccessAct act, FileId file, bool isPart, CancellationToken ct)
    {
        // More files than anybody listens to at once: what is forgotten is only logged once more.
        const int Most = 1_000;
        var reading = (act, file, _purpose);
        if (isPart && GoesOn()) return true;
        // Players ask for two parts at once; the second of them waits until the first is logged.
        using var turn = await TakeTurnAsync(ct);
        if (isPart && GoesOn()) return true;
        var record = new AccessRecord { Act = act, Person = Person, Via = _person.Kind, File = file.ToString() };
        if (!await _register.Log.WriteAsync(record, _stream.Id, new AccessReason { Purpose = reading.Item3 }, ct)) return false;
        if (_reading.Count >= Most) _reading.Clear();
        _reading[reading] = _register.Now;
        return true;

        bool GoesOn()
        {
            if (!_reading.TryGetValue(reading, out var last) || _register.Now - last > ReadingPause) return false;
            _reading[reading] = _register.Now;
            return true;
        }
    }

    /// <summary>A neutral answer tells somebody who tries name after name all the same; who reviews it sees that it was tried.</summary>
    private async ValueTask LogNeutralAsync(IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        if (Access.MayRead(Compartment.Melder) || !refusals.Any(refusal => refusal.IsNeutral)) return;
        await _register.Log.WriteAsync(
            new AccessRecord { Act = AccessAct.Refused, Person = Person, Via = _person.Kind, NeedsReview = true }, _stream.Id,
            new AccessReason { Purpose = _purpose, Reason = "Deze persoon wilde iemand die bij de zaak hoort of daarop lijkt, als onderzoeker aanwijzen of een bestand laten zien. Het antwoord zei niet waarom het niet kan." }, ct);
    }

    private LogEntry? See(LoggedAct act, DossierView view)
    {
        var record = act.Record;
        var isOwn = record.Person == Person;
        var mayKnowMelder = view.Access.MayRead(Compartment.Melder);
        if (!isOwn && !mayKnowMelder && (record.NeedsReview || IsVertrouwenspersoon(record.Person))) return null;
        // Nobody reviews himself.
        var needsReview = record.NeedsReview && mayKnowMelder && !isOwn;
        FileId? file = Vault.OpaqueId.TryParse(record.File, out var id) && view.State.FindFile(new FileId(id)) is not null ? new FileId(id) : null;
        return new LogEntry(act.Entry.ToString(), act.At, record.Act, record.Person, record.Via, Number, file, isOwn || mayKnowMelder ? act.Reason?.Purpose : null, needsReview);
    }

    private bool IsVertrouwenspersoon(PersonId? person)
        => person is { } id && _stream.Full.Persons.Any(known => known.Role == CaseRole.Vertrouwenspersoon && known.Staff == id);
}
