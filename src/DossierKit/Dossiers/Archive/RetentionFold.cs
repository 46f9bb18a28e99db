using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>Draws the facts of keeping from the full state of a dossier: pure. Decisions count in the order in which they were recorded, whatever their date.</summary>
internal static class RetentionFold
{
    public static RetentionFacts Of(DossierState full, Protocol? protocol)
    {
        var facts = new RetentionFacts
        {
            Recordings = RecordingsOf(full),
            Moments = MomentsOf(full, protocol),
            IsKlokkenluider = full.All<MeldingReceived>().Any(melding => melding.Nature == MeldingNature.Misstand || melding.Channel == MeldingChannel.HuisVoorKlokkenluiders)
                || full.All<RegistrationUpdated>().Any(form => form.Channel == MeldingChannel.HuisVoorKlokkenluiders),
            HasPolitician = full.Betrokkenen.Any(person => person.Position is Position.Wethouder or Position.Raadslid or Position.Burgemeester),
            WentToPersonnelFile = full.All<SentToPersonnelFile>().Any(),
            HasMeasure = full.All<MaatregelTaken>().Any(),
            ContentVersion = full.Events.Where(recorded => recorded.Event is not (RetentionEvent or InzageGranted or InzageOpened or InzageWithdrawn)).Select(recorded => recorded.Checkpoint).DefaultIfEmpty().Max(),
            // What lies with the recordings as something else was filed by an earlier version.
            Sounds = full.Files.Count(file => file.Kind != FileKind.Recording && (file.IsSound || Sound.IsCalled(file.Name) || (file.Compartment == Compartment.Opnamen && file.Kind != FileKind.Gespreksverslag))),
            CopiesElsewhere = full.CopiesElsewhere.Count(copy => copy.Retrieved is null),
        };
        facts = full.Events.OrderBy(recorded => recorded.Checkpoint).Aggregate(facts, After);
        // What refers to a file is not lost when it is put in its right place: a hold holds it there.
        return facts with { Holds = [.. facts.Holds.Select(hold => hold.Object is { } held && full.FindFile(held) is { } file ? hold with { Object = file.Id } : hold)] };
    }

    private static RetentionFacts After(RetentionFacts facts, RecordedEvent recorded) => recorded.Event switch
    {
        DossierClosed closed => facts with
        {
            Outcome = closed.Outcome,
            // Another class than the one that was set: both are kept, and neither counts until somebody decides.
            AtClosing = closed.SelectielijstClass is not { } named ? facts.AtClosing
                : named == facts.Class?.Result ? null
                : new ClosingClass(named, !string.IsNullOrWhiteSpace(closed.ClassGround), closed.Date),
        },
        DossierReopened reopened => facts with { ReopenedOn = reopened.Date, AtClosing = null },
        ClassSet set => facts with { Class = set.Class, AtClosing = null },
        SourceDateSet source => facts with
        {
            SourceDates = [.. facts.SourceDates.Where(known => known.From != source.From || known.Kenmerk != source.Kenmerk), new SourceDate(source.From, source.Kenmerk, source.SourceDate)],
        },
        ActionDateChanged { IsWithdrawn: true } => facts with { Override = null },
        ActionDateChanged changed => facts with { Override = new ActionDateOverride(changed.KeepUntil, changed.Nominatie, changed.Computed, changed.Date) },
        HoldPlaced placed => facts with { Holds = [.. facts.Holds, new Hold(recorded.Entry, placed.Kind, placed.Object, placed.Date, placed.ReviewOn, placed.RecordedBy!.Value, null)] },
        HoldReviewed reviewed => Change(facts, reviewed, hold => hold with { ReviewOn = reviewed.ReviewOn, ReleaseProposedBy = null }),
        HoldReleaseProposed proposed => Change(facts, proposed, hold => hold with { ReleaseProposedBy = proposed.RecordedBy }),
        HoldReleased released => facts with { Holds = [.. facts.Holds.Where(hold => hold.Id != released.Hold)] },
        DossierTransferred { IsWithdrawn: true } => facts with { TransferredOn = null },
        DossierTransferred transferred => facts with { TransferredOn = transferred.Date },
        _ => facts,
    };

    private static RetentionFacts Change(RetentionFacts facts, HoldEvent about, Func<Hold, Hold> change)
        => facts with { Holds = [.. facts.Holds.Select(hold => hold.Id == about.Hold ? change(hold) : hold)] };

    /// <summary>Every recording that still lies here, with the other files of it and the unsigned transcripts; each file once.</summary>
    private static List<RecordingFacts> RecordingsOf(DossierState full)
    {
        var items = full.Recordings;
        var found = new List<RecordingFacts>();
        var at = new Dictionary<FileId, int>();
        var firstOf = new Dictionary<string, FileId>(StringComparer.Ordinal);
        // A transcript belongs to recordings that lie here; only when there is none, to one that is gone.
        foreach (var item in items.Where(item => item.File is not null).Concat(items.Where(item => item.File is null)))
        {
            FileId? recording = null;
            if (item.File is { } file)
            {
                // The same bytes filed twice: the later one is a copy of the first, and what is written out from the copy is written out from both.
                firstOf.TryAdd(file.Sha256, file.Id);
                recording = firstOf[file.Sha256];
                var isCopy = recording != file.Id;
                Add(new RecordingFacts(file.Id, isCopy ? ArchiveObjectKind.Kopie : ArchiveObjectKind.Opname, isCopy ? recording : null, item.On, item.AgreedOn, file.Length, item.Copies.Count(copy => copy.Retrieved is null)) { IsKept = item.IsKept });
            }

            foreach (var transcript in item.Transcripts) Add(new RecordingFacts(transcript.Id, ArchiveObjectKind.Transcript, recording, item.On, item.AgreedOn, transcript.Length, 0));
        }

        return found;

        void Add(RecordingFacts facts)
        {
            if (at.TryAdd(facts.File, found.Count))
            {
                found.Add(facts);
                return;
            }

            // Written out from a conversation of which several recordings were made: it may be the account of each of them.
            var known = found[at[facts.File]];
            if (facts.Of is { } also && also != known.Of && known.AlsoOf?.Contains(also) != true) found[at[facts.File]] = known with { AlsoOf = [.. known.AlsoOf ?? [], also] };
        }
    }

    private static List<EventMoment> MomentsOf(DossierState full, Protocol? protocol)
    {
        if (protocol is null) return [];
        var names = protocol.Retention.SelectMany(rule => rule.CountsFrom)
            .Where(name => name is not (EventNames.DossierGesloten or EventNames.VerslagVastgesteld)).Distinct(StringComparer.Ordinal);
        return
        [
            .. names.Select(name => (Name: name, Dates: full.ProtocolEvents.Where(happened => happened.Name == name).Select(happened => happened.Date).ToList()))
                .Where(found => found.Dates.Count > 0).Select(found => new EventMoment(found.Name, found.Dates.Min(), found.Dates.Max())),
        ];
    }
}
