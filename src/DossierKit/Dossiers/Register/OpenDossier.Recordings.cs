using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>A recording to be added.</summary>
/// <param name="Name">Its own name; the extension is that of what it turns out to be.</param>
/// <param name="Title">What a reader calls it; <see langword="null"/>: "Opname van" and the conversation.</param>
/// <param name="Made">
/// How it was made: when, with whom, of which conversation, whether it was discussed beforehand and told that it will be destroyed. Without a reference it gets one, such as <c>opname-1</c>.
/// </param>
public sealed record NewRecording(string Name, string? Title, RecordingMade Made)
{
    /// <summary>Never a name.</summary>
    public override string ToString() => nameof(NewRecording);
}

/// <summary>A recording as it was added.</summary>
/// <param name="File">The recording.</param>
/// <param name="Made">How it was made, as it stands in the dossier.</param>
/// <param name="Format">What it is.</param>
public sealed record AddedRecording(DossierFile File, RecordingMade Made, AudioFormat Format);

/// <summary>A recording as it would be added.</summary>
/// <param name="File">What it would be and where it would go.</param>
/// <param name="Made">How it was made.</param>
/// <param name="Format">What its first bytes say it is.</param>
public sealed record RecordingCheck(NewFile File, RecordingMade Made, AudioFormat Format);

/// <summary>Recordings of conversations.</summary>
public sealed partial class OpenDossier
{
    /// <summary>
    /// Seals a recording (wav, mp3 or m4a, 2 GiB at most) and records how it was made, in one commit: no recording without its event, and no event without its recording.
    /// What it is is decided by its first bytes. Where the protocol asks that it is discussed beforehand and told that it will be destroyed (HRL 8.2), a recording without that is
    /// refused unless a deviation was signed. A melder who may not be known is kept in <c>melder</c>.
    /// </summary>
    /// <param name="recording">What it is.</param>
    /// <param name="content">The bytes; read once, not disposed.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="ct">Stops; nothing of the recording stays.</param>
    /// <returns>The recording, now or by the same request before; or every reason why not.</returns>
    public async ValueTask<Outcome<AddedRecording>> AddRecordingAsync(NewRecording recording, Stream content, WriteTerms terms, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(terms);
        var looked = await LookAtAsync(recording, content, ct);
        if (!looked.IsDone) return Outcome<AddedRecording>.Refused(looked.Refusals);
        var ((file, made, format), bytes) = looked.Value;
        try
        {
            await using var whole = new RecordingContent(bytes, content);
            var added = await SealAndCommitAsync(file, whole, sealedFile => new FileAdded { Date = _register.Today, RecordedBy = Person, File = sealedFile }, terms, ct, made);
            if (!added.IsDone) return Outcome<AddedRecording>.Refused(added.Refusals);
            return State.FindReference(added.Value.BelongsTo!) is RecordingMade stored
                ? Outcome<AddedRecording>.Done(new AddedRecording(added.Value, stored, format))
                : Outcome<AddedRecording>.Refused(NotThere);
        }
        catch (RecordingContent.TooLargeException)
        {
            return Outcome<AddedRecording>.Refused(TooLarge);
        }
    }

    /// <summary>Says whether a recording could be added and what it would be, and stores nothing.</summary>
    /// <param name="recording">What it is.</param>
    /// <param name="content">The bytes; read once, not disposed.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What would be added, or every reason why not.</returns>
    public async ValueTask<Outcome<RecordingCheck>> CheckRecordingAsync(NewRecording recording, Stream content, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(content);
        var looked = await LookAtAsync(recording, content, ct);
        if (!looked.IsDone) return Outcome<RecordingCheck>.Refused(looked.Refusals);
        var check = looked.Value.Check;
        if (!await RefreshAsync(ct)) return Outcome<RecordingCheck>.Refused(NotAnyMore);
        if (CheckRecording((RecordingMade)Filed([check.Made with { Reference = check.Made.Reference ?? FreeReference() }], null)[0], check.File) is { Count: > 0 } refusals) return Outcome<RecordingCheck>.Refused(refusals);
        try
        {
            await using var whole = new RecordingContent(looked.Value.Head, content);
            using var hashing = new HashingStream(whole);
            await hashing.CopyToAsync(Stream.Null, ct);
            return CheckContent(FileKind.Recording, isSound: false, hashing.Hash()).ToList() is { Count: > 0 } known ? Outcome<RecordingCheck>.Refused(known) : Outcome<RecordingCheck>.Done(check);
        }
        catch (RecordingContent.TooLargeException)
        {
            return Outcome<RecordingCheck>.Refused(TooLarge);
        }
    }

    /// <summary>Reads the first bytes, and says by them what it is.</summary>
    private async ValueTask<Outcome<(RecordingCheck Check, ReadOnlyMemory<byte> Head)>> LookAtAsync(NewRecording recording, Stream content, CancellationToken ct)
    {
        var length = content.CanSeek ? content.Length - content.Position : (long?)null;
        if (length > RecordingContent.MaxLength) return Outcome<(RecordingCheck, ReadOnlyMemory<byte>)>.Refused(TooLarge);
        var bytes = await RecordingContent.ReadHeadAsync(content, ct);
        if (AudioHead.Read(bytes.Span, length ?? (bytes.Length < AudioHead.Length ? bytes.Length : null)) is not { } head) return Outcome<(RecordingCheck, ReadOnlyMemory<byte>)>.Refused(NoRecording);
        var made = recording.Made with { Seconds = head.Duration is { } duration ? (int)Math.Round(duration.TotalSeconds) : null };
        var file = new NewFile(
            Path.ChangeExtension(recording.Name, head.Extension), recording.Title ?? $"Opname van {made.Conversation}", FileKind.Recording,
            PlaceOf(made), made.Date, made.Reference);
        return Outcome<(RecordingCheck, ReadOnlyMemory<byte>)>.Done((new RecordingCheck(file, made, head.Format), bytes));
    }

    /// <summary>Every reason why this recording may not be added now, its event judged first.</summary>
    private List<Refusal> CheckRecording(RecordingMade made, NewFile file)
    {
        List<Refusal> refusals =
        [
            .. Check([made]), .. CheckConsent(made, _stream.With([made], _register.Now)), .. CheckPlace(file.Compartment, "bestand-toegevoegd"),
            .. EventRules.Check(_stream.With([made], _register.Now), file with { BelongsTo = made.Reference }, _register.Today, Access.MayRead),
        ];
        if (PlaceOf(made) != file.Compartment) refusals.Add(ChangedMeanwhile("opname-gemaakt"));
        return [.. refusals.Distinct()];
    }

    /// <summary>Where the bytes lie: with the melder when it is his voice, else with the recordings.</summary>
    private Compartment PlaceOf(RecordingMade made) => EventFiling.Complete(_stream.Full, made).Compartment == Compartment.Melder ? Compartment.Melder : Compartment.Opnamen;

    /// <summary>What the protocol asks of a recording that this one does not have; nothing where the protocol is silent or a deviation was signed.</summary>
    private IEnumerable<Refusal> CheckConsent(RecordingMade made, DossierState after)
    {
        if (made is { WasDiscussed: true, WasToldOfDestruction: true }) yield break;
        var protocol = ProtocolNow;
        foreach (var duty in DutyGate.DutiesOf(after, protocol, FindStaff).Where(duty => duty.IsUnsettled && duty.Rule.FulfilledWhen is { } when
            && ((!made.WasDiscussed && when.Facts.Contains(FactNames.OpnameOverlegd)) || (!made.WasToldOfDestruction && when.Facts.Contains(FactNames.OpnameVernietigingVerteld)))))
            yield return DutyGate.Refuse(duty, protocol);
    }

    /// <summary>
    /// What a recording that comes as a file like any other lacks: where the protocol asks for consultation, the event that says how it was made must be there already, with what it asks,
    /// and be of this recording alone. Otherwise the way around <see cref="AddRecordingAsync"/> would be to call it a file, and one event would let in any number of them.
    /// </summary>
    private IEnumerable<Refusal> CheckHowMade(NewFile file)
    {
        if (file.Kind != FileKind.Recording || !ProtocolNow.Rules.Any(rule => rule.FulfilledWhen is { } when && (when.Facts.Contains(FactNames.OpnameOverlegd) || when.Facts.Contains(FactNames.OpnameVernietigingVerteld)))) return [];
        var full = _stream.Full;
        if (file.BelongsTo is not { } to || full.All<RecordingMade>().FirstOrDefault(one => one.Reference == to) is not { } made) return [NotSaidHowMade];
        return full.Files.Any(other => other.Kind == FileKind.Recording && other.BelongsTo == to) ? [HasItsFile] : CheckConsent(made, full);
    }

    /// <summary>What the first bytes of a file say against its kind; of a film nothing yet, its tracks can lie at the end.</summary>
    private static async ValueTask<List<Refusal>> CheckHeadAsync(NewFile file, ReadOnlyMemory<byte> head, SoundWatch watch, CancellationToken ct)
    {
        if (file.Kind == FileKind.Recording) return AudioHead.Read(head.Span, head.Length < AudioHead.Length ? head.Length : null) is null ? [NoRecording] : [];
        return !MayBeSound(file.Kind) && (Sound.IsCalled(file.Name) || (watch.IsToldByHead && await watch.IsSoundAsync(ct))) ? [SoundElsewhere] : [];
    }

    /// <summary>What else than a recording sound can be: evidence, and a message of a melder. Somebody chose that kind, and the plan of keeping says that it is there.</summary>
    private static bool MayBeSound(FileKind kind) => kind is FileKind.Recording or FileKind.Evidence or FileKind.Melding;

    /// <summary>
    /// What the content says, once all of it is known and on the dossier as it is at the commit: a recording is filed as one and nothing else, and nothing else as a recording. The bytes
    /// of one thing under two kinds would keep the recording alive, or let evidence go with it; and what was destroyed does not come back.
    /// </summary>
    private IEnumerable<Refusal> CheckContent(FileKind kind, bool isSound, string sha256)
    {
        if (isSound && !MayBeSound(kind)) yield return SoundElsewhere;
        if (_stream.WasDestroyed(sha256)) yield return Access.MayRead(Compartment.Opnamen) ? DestroyedBefore : KnownContent;
        var same = _stream.Full.Files.Where(file => file.Sha256 == sha256 && (kind == FileKind.Recording || file.Kind == FileKind.Recording)).ToList();
        if (same.Count == 0) yield break;
        // Who may not know the other file does not learn that it is there.
        if (same.Exists(file => !Access.MayRead(file))) yield return KnownContent;
        else yield return same.Exists(file => file.Kind == FileKind.Recording) ? RecordedAlready : FiledAlready;
    }

    /// <summary>The FI hears that there is a copy of what was destroyed, and of what was refused without saying why.</summary>
    private async ValueTask LogContentAsync(IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        if (refusals.Contains(DestroyedBefore)) await TellAsync("Deze persoon wilde een bestand toevoegen dat in dit dossier is vernietigd. Er is dus nog een kopie buiten de kluis.");
        else if (refusals.Contains(KnownContent)) await TellAsync("Deze persoon wilde een bestand toevoegen dat in dit dossier ligt of lag op een plaats die hij niet mag zien, als opname of als kopie daarvan. Het antwoord zei niet waarom het niet kan.");

        async ValueTask TellAsync(string why)
            => await _register.Log.WriteAsync(new AccessRecord { Act = AccessAct.Refused, Person = Person, Via = _person.Kind, NeedsReview = true }, _stream.Id, new AccessReason { Purpose = _purpose, Reason = why }, ct);
    }

    /// <summary>The protocol of the case by the newest state, also when it was switched since this was opened.</summary>
    private Protocol ProtocolNow => _register.Protocols.Library.Find(_stream.Full.ProtocolId, _stream.Full.ProtocolVersion) ?? Protocol;

    private string FreeReference()
    {
        var used = _stream.Full.Events.Select(recorded => recorded.Event.Reference).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, used.Count + 1).Select(n => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"opname-{n}")).First(name => !used.Contains(name));
    }

    private static Refusal NoRecording { get; } = new(
        "Dit is geen opname die hier past.",
        "Het programma kijkt naar de inhoud: een opname is wav, mp3 of m4a, ook als de naam iets anders zegt.",
        "Kies het geluidsbestand zelf, of zet de opname eerst om naar een van deze drie.")
    { Subject = "opname" };

    private static Refusal NotSaidHowMade { get; } = new(
        "Van deze opname is niet vastgelegd hoe zij is gemaakt.",
        "Het protocol vraagt dat een opname vooraf is besproken en dat is verteld dat zij wordt vernietigd (HRL 8.2).",
        "Voeg haar toe als opname van een gesprek; of leg eerst opname-gemaakt vast met een eigen kenmerk, en laat het bestand daarbij horen.")
    { Subject = "opname-gemaakt", Remedies = Remedies.Recording };

    private static Refusal HasItsFile { get; } = new(
        "Bij deze opname-gemaakt ligt al een opname.",
        "Van elke opname wordt apart vastgelegd hoe zij is gemaakt (HRL 8.2).",
        "Voeg haar toe als opname van een gesprek; of leg eerst een eigen opname-gemaakt vast.")
    { Subject = "opname-gemaakt", Remedies = Remedies.Recording };

    private static Refusal SoundElsewhere { get; } = new(
        "Dit bestand is geluid, en deze soort is dat niet.",
        "Een opname van een gesprek wordt eerder vernietigd dan de rest van het dossier (HRL 8.2). Onder een andere soort zou zij blijven.",
        "Voeg haar toe als opname van een gesprek. Is het geen opname van een gesprek, kies dan bewijs; bij de bewaring staat dan dat er geluid in het dossier ligt.")
    { Subject = "opname" };

    private static Refusal RecordedAlready { get; } = new(
        "Dit bestand ligt al als opname in het dossier.",
        "Een tweede exemplaar zou blijven als de opname wordt vernietigd, of die vernietiging tegenhouden (HRL 8.2).",
        "Laat het bij de opname die er is.")
    { Subject = "opname" };

    private static Refusal FiledAlready { get; } = new(
        "Dit bestand ligt al in het dossier, en niet als opname.",
        "Als opname zou het met zijn inhoud worden vernietigd, ook waar het bewijs of een verslag is.",
        "Laat het liggen. Hoort het bij de opnamen, overleg dan met de functionaris integriteit.")
    { Subject = "opname" };

    private static Refusal DestroyedBefore { get; } = new(
        "Dit bestand is in dit dossier vernietigd.",
        "Wat is vernietigd, komt niet terug: dan was het niet weg. Dit is een kopie van buiten de kluis.",
        "Overleg met de functionaris integriteit. Leg vast waar de kopie was, en vernietig haar daar.")
    { Subject = "opname" };

    private static Refusal KnownContent { get; } = new(
        "Dit bestand kan nu niet worden toegevoegd.",
        "De functionaris integriteit moet er eerst naar kijken.",
        "Vraag de functionaris integriteit.")
    { Subject = "opname", IsNeutral = true };

    private static Refusal TooLarge { get; } = new("Deze opname is te groot.", "Een opname is ten hoogste 2 GiB.", "Deel de opname in stukken, of zet haar om naar mp3 of m4a.") { Subject = "opname" };
}
