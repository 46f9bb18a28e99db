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
            CopiesElsewhere = full.CopiesElsewhere.Count(copy => copy.Retrieved is null),
        };
        return full.Events.OrderBy(recorded => recorded.Checkpoint).Aggregate(facts, After);
    }

    private static RetentionFacts After(RetentionFacts facts, RecordedEvent recorded) => recorded.Event switch
    {
        DossierClosed closed => facts with
        {
            Outcome = closed.Outcome,
            AtClosing = facts.Class is null && closed.SelectielijstClass is { } named ? new ClosingClass(named, !string.IsNullOrWhiteSpace(closed.ClassGround), closed.Date) : facts.AtClosing,
        },
        DossierReopened reopened => facts with { ReopenedOn = reopened.Date },
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
        DossierTransferred transferred => facts with { TransferredOn = transferred.Date },
        _ => facts,
    };

    private static RetentionFacts Change(RetentionFacts facts, HoldEvent about, Func<Hold, Hold> change)
        => facts with { Holds = [.. facts.Holds.Select(hold => hold.Id == about.Hold ? change(hold) : hold)] };

    /// <summary>Every recording that still lies here, with the other files of it and the unsigned transcripts; each file once.</summary>
    private static List<RecordingFacts> RecordingsOf(DossierState full)
    {
        var found = new List<RecordingFacts>();
        var seen = new HashSet<FileId>();
        foreach (var item in full.Recordings)
        {
            var copies = item.Copies.Count(copy => copy.Retrieved is null);
            var recording = item.File;
            if (recording is not null && seen.Add(recording.Id))
            {
                // The same bytes filed twice: the later one is a copy of the first.
                var first = full.Recordings.Select(other => other.File).OfType<DossierFile>().First(file => file.Sha256 == recording.Sha256).Id;
                var isCopy = first != recording.Id;
                found.Add(new RecordingFacts(recording.Id, isCopy ? ArchiveObjectKind.Kopie : ArchiveObjectKind.Opname, isCopy ? first : null, item.On, item.AgreedOn, recording.Length, copies));
            }

            foreach (var transcript in item.Transcripts.Where(transcript => seen.Add(transcript.Id)))
                found.Add(new RecordingFacts(transcript.Id, ArchiveObjectKind.Transcript, recording?.Id, item.On, item.AgreedOn, transcript.Length, 0));
        }

        return found;
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
