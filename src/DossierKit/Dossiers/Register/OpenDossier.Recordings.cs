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
    /// <param name="content">The bytes; only the first are read, not disposed.</param>
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
        return CheckRecording((RecordingMade)Filed([check.Made with { Reference = check.Made.Reference ?? FreeReference() }], null)[0], check.File) is { Count: > 0 } refusals
            ? Outcome<RecordingCheck>.Refused(refusals)
            : Outcome<RecordingCheck>.Done(check);
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
    /// What a recording that comes as a file like any other lacks: where the protocol asks for consultation, the event that says how it was made must be there already, with what it asks.
    /// Otherwise the way around <see cref="AddRecordingAsync"/> would be to call it a file.
    /// </summary>
    private IEnumerable<Refusal> CheckHowMade(NewFile file)
    {
        if (file.Kind != FileKind.Recording || !ProtocolNow.Rules.Any(rule => rule.FulfilledWhen is { } when && (when.Facts.Contains(FactNames.OpnameOverlegd) || when.Facts.Contains(FactNames.OpnameVernietigingVerteld)))) return [];
        var full = _stream.Full;
        var made = full.All<RecordingMade>().Where(one => file.BelongsTo is { } to && (one.Reference == to || one.Conversation == to || one.With.Value == to)).ToList();
        return made.Count == 0 ? [NotSaidHowMade] : made.SelectMany(one => CheckConsent(one, full)).Distinct();
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
        "Voeg haar toe als opname van een gesprek; of leg eerst opname-gemaakt vast, en laat het bestand daarbij horen.")
    { Subject = "opname-gemaakt", Remedies = Remedies.Recording };

    private static Refusal TooLarge { get; } = new("Deze opname is te groot.", "Een opname is ten hoogste 2 GiB.", "Deel de opname in stukken, of zet haar om naar mp3 of m4a.") { Subject = "opname" };
}
