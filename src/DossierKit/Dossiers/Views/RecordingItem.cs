namespace DossierKit.Dossiers;

/// <summary>
/// One recording of a conversation, with everything that shares its fate: when the recording goes, its transcripts go, and whoever keeps a copy is told.
/// A file without an event is a recording all the same, and an event without a file is one that was made and does not lie here (any more).
/// </summary>
public sealed record RecordingItem
{
    private const string DocumentKind = "opname";

    /// <summary>The recording; <see langword="null"/> when it was made and does not lie in this dossier: never added, or destroyed.</summary>
    public DossierFile? File { get; init; }

    /// <summary>How it was made; <see langword="null"/> when that was not recorded.</summary>
    public RecordingMade? Made { get; init; }

    /// <summary>The reference of the conversation; <see langword="null"/> when nobody wrote down which: then nothing can be agreed.</summary>
    public string? Conversation { get; init; }

    /// <summary>Who was recorded (handle of the case); <see langword="null"/> when that is not known.</summary>
    public PersonId? With { get; init; }

    /// <summary>The day of the recording.</summary>
    public required DateOnly On { get; init; }

    /// <summary>
    /// The day the verslag of the conversation was agreed; <see langword="null"/> while it is not, also when it was drawn up again, corrected or refused after that.
    /// </summary>
    public DateOnly? AgreedOn { get; init; }

    /// <summary>Copies outside this vault of the recording or of a transcript of it, also those that came back.</summary>
    public IReadOnlyList<CopyElsewhere> Copies { get; init; } = [];

    /// <summary>
    /// Texts written out from the recording that nobody signed: files of kind gespreksverslag with the recording itself, and those with its conversation while the verslag is
    /// not agreed. Never the verslag that was drawn up, refused or signed: that stays in the dossier.
    /// </summary>
    public IReadOnlyList<DossierFile> Transcripts { get; init; } = [];

    /// <summary>The recording of which this file holds the same bytes under another kind, such as evidence; <see langword="null"/> when it was filed as a recording.</summary>
    public FileId? CopyOf { get; init; }

    /// <summary>
    /// It holds the bytes of a recording and is also the file of a verslag that was drawn up, of a registered original or of evidence that was secured. Nobody can tell here which of the two it
    /// is, so neither goes until somebody looked.
    /// </summary>
    public bool IsKept { get; init; }

    internal static IReadOnlyList<RecordingItem> Of(DossierState state)
    {
        var made = state.All<RecordingMade>().ToList();
        var items = state.Files.Where(file => file.Kind == FileKind.Recording).Select(file => Of(state, file, MadeOf(state, made, file))).ToList();
        // The same bytes are the same recording, whatever they were filed as: a copy that may stay would outlive what was destroyed.
        var filed = new Dictionary<string, RecordingItem>(StringComparer.Ordinal);
        foreach (var item in items.OrderBy(item => item.On)) filed.TryAdd(item.File!.Sha256, item);
        if (filed.Count > 0)
        {
            var kept = KeptIn(state);
            foreach (var copy in state.Files.Where(file => file.Kind != FileKind.Recording))
            {
                if (filed.TryGetValue(copy.Sha256, out var original)) items.Add(Of(state, original.File, original.Made, copy) with { IsKept = kept.Contains(copy.Id) });
            }
        }

        var told = items.Select(item => item.Made).OfType<RecordingMade>().ToHashSet(ReferenceEqualityComparer.Instance);
        items.AddRange(made.Where(one => !told.Contains(one)).Select(one => Of(state, null, one)));
        return [.. items.OrderBy(item => item.On)];
    }

    private static RecordingItem Of(DossierState state, DossierFile? file, RecordingMade? made, DossierFile? twin = null)
    {
        var conversation = made?.Conversation ?? (file?.BelongsTo is { } to && state.Events.Any(recorded => recorded.Event.Reference == to) ? to : null);
        var with = made?.With ?? WithOf(state, file, conversation);
        var agreedOn = AgreedOnOf(state, conversation, with);
        var transcripts = TranscriptsOf(state, made?.Reference, agreedOn is null ? conversation : null);
        return new RecordingItem
        {
            File = twin ?? file,
            CopyOf = twin is null ? null : file!.Id,
            Made = made,
            Conversation = conversation,
            With = with,
            On = file?.Date ?? made!.Date,
            AgreedOn = agreedOn,
            Transcripts = transcripts,
            Copies =
            [
                .. state.CopiesElsewhere.Where(copy => copy.Copy.File is { } id
                    ? state.FindFile(id) is { } copied && (copied.Id == (twin ?? file)?.Id || transcripts.Any(transcript => transcript.Id == copied.Id))
                    : copy.Copy.DocumentKind == DocumentKind && (copy.Copy.Of is null || copy.Copy.Of == with)),
            ],
        };
    }

    /// <summary>Files that an event calls the verslag, an original or evidence, by the ids they have now.</summary>
    private static HashSet<FileId> KeptIn(DossierState state)
    {
        var secured = state.All<EvidenceSecured>().ToList();
        var references = secured.Where(evidence => evidence.File is null).Select(evidence => evidence.Reference).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. state.All<VerslagDrawnUp>().Select(drawn => drawn.File).Concat(state.All<OriginalRegistered>().Select(original => original.File)).Concat(secured.Select(evidence => evidence.File))
                .OfType<FileId>().Select(id => state.FindFile(id)?.Id).OfType<FileId>(),
            .. state.Files.Where(file => file.BelongsTo is { } to && references.Contains(to)).Select(file => file.Id),
        ];
    }

    /// <summary>The event a file belongs to: the one it names, else one of its conversation or person, the day of the file before others. Two of a kind on other days are nobody's.</summary>
    private static RecordingMade? MadeOf(DossierState state, List<RecordingMade> made, DossierFile file)
    {
        if (file.BelongsTo is not { } to) return made.Count == 1 && state.Files.Count(other => other.Kind == FileKind.Recording) == 1 ? made[0] : null;
        if (made.Find(one => one.Reference == to) is { } named) return named;
        var near = made.Where(one => one.Conversation == to || one.With.Value == to).ToList();
        return near.Find(one => one.Date == file.Date) ?? (near.Count == 1 ? near[0] : null);
    }

    private static PersonId? WithOf(DossierState state, DossierFile? file, string? conversation)
    {
        if (conversation is not null)
        {
            return state.FindReference(conversation) switch
            {
                ConversationHeld held => held.With,
                IntakeHeld intake => intake.With,
                VerantwoordingGiven given => given.Betrokkene,
                _ => null,
            };
        }

        return PersonId.TryParse(file?.BelongsTo, out var person) && state.FindPerson(person) is not null ? person : null;
    }

    private static DateOnly? AgreedOnOf(DossierState state, string? conversation, PersonId? with)
    {
        if (conversation is null) return null;
        var steps = state.Events.Where(recorded => recorded.Event is VerslagEvent verslag and not (VerslagSent or DissentAttached)
            && verslag.Conversation == conversation && (with is null || verslag.With == with)).ToList();
        // A refusal that was recorded afterwards counts, whatever its date: the recording may be the only account that the one who was heard does not dispute.
        return steps.Count > 0 && steps[^1].Event is VerslagAdopted adopted && steps.MaxBy(recorded => recorded.Checkpoint)!.Checkpoint is var newest
            && steps.Last(recorded => recorded.Checkpoint == newest).Event is VerslagAdopted ? adopted.Date : null;
    }

    private static IReadOnlyList<DossierFile> TranscriptsOf(DossierState state, string? recording, string? unsettledConversation)
    {
        if (recording is null && unsettledConversation is null) return [];
        var refused = unsettledConversation is not null && state.All<VerslagRefused>().Any(verslag => verslag.Conversation == unsettledConversation);
        var kept = KeptIn(state);
        var texts = state.Files.Where(file => file.Kind == FileKind.Gespreksverslag && file.BelongsTo is { } to && !kept.Contains(file.Id)
            && (to == recording || (to == unsettledConversation && !refused))).ToList();
        if (texts.Count == 0) return [];
        // Sound that was filed as a verslag is a copy of the recording and no text.
        var sounds = state.Files.Where(file => file.Kind == FileKind.Recording).Select(file => file.Sha256).ToHashSet(StringComparer.Ordinal);
        texts.RemoveAll(text => sounds.Contains(text.Sha256));
        return texts;
    }
}
