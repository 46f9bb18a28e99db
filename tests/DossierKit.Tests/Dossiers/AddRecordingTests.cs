using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

/// <summary>A recording comes with its event or not at all, after consultation, and where it belongs.</summary>
public sealed class AddRecordingTests : IAsyncLifetime
{
    private RegisterFixture _vault = null!;

    public async ValueTask InitializeAsync() => _vault = await RegisterFixture.CreateAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task AddRecording_Wav_IsOneCommitWithItsEvent()
    {
        using var dossier = await OpenAsync();
        var before = dossier.State.Checkpoint;
        var added = await AddAsync(dossier, Made(), Sounds.Wav(3), "gesprek.bin");
        added.Refusals.ShouldBeEmpty();
        added.Value.File.Name.ShouldBe("gesprek.wav"); // what it is, not what it was called
        added.Value.File.Compartment.ShouldBe(Compartment.Opnamen);
        added.Value.File.Kind.ShouldBe(FileKind.Recording);
        added.Value.Made.Reference.ShouldBe("opname-1");
        added.Value.Made.Seconds.ShouldBe(3);
        dossier.State.Checkpoint.ShouldBe(before + 1);
        var item = dossier.State.Recordings.Single(recording => recording.File?.Id == added.Value.File.Id);
        item.Made.ShouldBe(added.Value.Made);
        item.With!.Value.Value.ShouldBe("getuige-1");
        using var stored = new MemoryStream();
        await using (var content = await dossier.OpenFileAsync(added.Value.File.Id, default)) await content!.CopyToAsync(stored);
        stored.ToArray().ShouldBe(Sounds.Wav(3));
        (await AddAsync(dossier, Made(), Sounds.Mp3(200), "deel2.mp3")).Value.Made.Reference.ShouldBe("opname-2");
    }

    [Fact]
    public async Task CheckRecording_SaysTheSameAsAddingAndStoresNothing()
    {
        using var dossier = await OpenAsync();
        var checkpoint = dossier.State.Checkpoint;
        foreach (var (made, bytes) in ((RecordingMade, byte[])[])[
            (Made(), Sounds.Wav(3)), (Made() with { WasDiscussed = false }, Sounds.Wav(1)), (Made() with { Conversation = "gesprek-9" }, Sounds.Wav(1)), (Made(), "%PDF-1.7"u8.ToArray()), (Made() with { Date = new DateOnly(2099, 1, 1) }, Sounds.Wav(1))])
        {
            using var content = new MemoryStream(bytes, writable: false);
            var check = await dossier.CheckRecordingAsync(new NewRecording("gesprek.bin", null, made), content, default);
            dossier.State.Checkpoint.ShouldBe(checkpoint);
            var added = await AddAsync(dossier, made, bytes, "gesprek.bin");
            check.Refusals.ShouldBe(added.Refusals);
            check.IsDone.ShouldBe(added.IsDone);
            if (!added.IsDone) continue;
            (check.Value.File.Name, check.Value.File.Title, check.Value.Format, check.Value.Made.Seconds).ShouldBe((added.Value.File.Name, added.Value.File.Title, added.Value.Format, added.Value.Made.Seconds));
            checkpoint = dossier.State.Checkpoint;
        }
    }

    [Fact]
    public async Task AddRecording_LargerThanTheHead_IsWhole()
    {
        using var dossier = await OpenAsync();
        var wav = Sounds.Wav(20);
        new Random(7).NextBytes(wav.AsSpan(44));
        using var once = new OnceStream(wav, () => Task.CompletedTask);
        var added = await dossier.AddRecordingAsync(new NewRecording("gesprek.wav", null, Made()), once, WriteTerms.None, default);
        added.Refusals.ShouldBeEmpty();
        added.Value.File.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(wav)));
        added.Value.File.Length.ShouldBe(wav.Length);
    }

    [Fact]
    public async Task AddRecording_NotDiscussedOrNotTold_IsRefusedWithItsArticle()
    {
        using var dossier = await OpenAsync();
        var checkpoint = dossier.State.Checkpoint;
        foreach (var made in (RecordingMade[])[Made() with { WasDiscussed = false }, Made() with { WasToldOfDestruction = false }])
        {
            var refused = await AddAsync(dossier, made, Sounds.Wav(1));
            refused.Refusals.ShouldHaveSingleItem().Why.ShouldContain("Waterlanden art. 7.6");
        }

        dossier.State.Checkpoint.ShouldBe(checkpoint); // neither the event nor the file

        var deviated = new ProtocolDeviated { Date = new DateOnly(2026, 3, 30), Rule = "gesprek.opname-overleg", Reasons = "Het overleg volgde na afloop.", SignedBy = new PersonId("verantwoordelijke") };
        using (var owner = await _vault.OpenAsync("verantwoordelijke", dossier.Number)) (await owner.RecordAsync(deviated, default)).Refusals.ShouldBeEmpty();
        await dossier.RefreshAsync(default);
        (await AddAsync(dossier, Made() with { WasDiscussed = false }, Sounds.Wav(1))).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task AddRecording_ProtocolSilent_IsTakenAsItIs()
    {
        // Ommen says that a conversation may be recorded, and no more.
        using var dossier = await OpenAsync();
        (await dossier.SwitchProtocolAsync(new("ommen", null), "Verkeerd protocol gekozen.", new PersonId("verantwoordelijke"), new DateOnly(2026, 3, 30), default)).Refusals.ShouldBeEmpty();
        (await AddAsync(dossier, Made() with { WasDiscussed = false, WasToldOfDestruction = false }, Sounds.Wav(1))).Refusals.ShouldBeEmpty();
    }

    /// <summary>The way around: a recording that is added as a file like any other, or many by the event of one.</summary>
    [Fact]
    public async Task AddFile_RecordingOfWhichNobodySaysHowItWasMade_IsRefused()
    {
        using var dossier = await OpenAsync();
        foreach (var belongsTo in (string?[])[null, "betrokkene-1", "gesprek-1", "getuige-1"]) // that conversation has its event, of another recording
            (await FileAsync(dossier, belongsTo)).Refusals.ShouldHaveSingleItem().ShouldSatisfyAllConditions(refusal => refusal.Subject.ShouldBe("opname-gemaakt"), refusal => refusal.Remedies.ShouldBe(Remedies.Recording));
        (await dossier.RecordAsync(Made() with { Reference = "opname-8" }, default)).Refusals.ShouldBeEmpty();
        (await FileAsync(dossier, "opname-8", 2)).Refusals.ShouldBeEmpty();
        (await FileAsync(dossier, "opname-8", 3)).Refusals.ShouldHaveSingleItem().What.ShouldContain("ligt al een opname");

        (await dossier.RecordAsync(Made() with { Reference = "opname-9", WasDiscussed = false }, default)).Refusals.ShouldBeEmpty(); // it happened, and it is told
        (await FileAsync(dossier, "opname-9")).Refusals.ShouldHaveSingleItem().Why.ShouldContain("Waterlanden art. 7.6");
        var deviated = new ProtocolDeviated { Date = new DateOnly(2026, 3, 30), Rule = "gesprek.opname-overleg", Reasons = "Het overleg volgde na afloop.", SignedBy = new PersonId("verantwoordelijke") };
        using (var owner = await _vault.OpenAsync("verantwoordelijke", dossier.Number)) (await owner.RecordAsync(deviated, default)).Refusals.ShouldBeEmpty();
        await dossier.RefreshAsync(default);
        (await FileAsync(dossier, "opname-9")).Refusals.ShouldBeEmpty();

        (await dossier.SwitchProtocolAsync(new("ommen", null), "Verkeerd protocol gekozen.", new PersonId("verantwoordelijke"), new DateOnly(2026, 3, 30), default)).Refusals.ShouldBeEmpty();
        (await FileAsync(dossier, null, 4)).Refusals.ShouldBeEmpty(); // a protocol that is silent

        static async Task<Outcome<DossierFile>> FileAsync(OpenDossier dossier, string? belongsTo, int seconds = 1)
        {
            using var content = new MemoryStream(Sounds.Wav(seconds), writable: false);
            return await dossier.AddFileAsync(new NewFile("gesprek.wav", "Gesprek", FileKind.Recording, Compartment.Opnamen, new DateOnly(2026, 2, 26), belongsTo), content, default);
        }
    }

    /// <summary>Evidence that is filed once more as a recording would go with the recordings: by whatever way it comes, and whatever it is.</summary>
    [Theory]
    [InlineData(FileKind.Evidence, true)]
    [InlineData(FileKind.Evidence, false)]
    [InlineData(FileKind.Melding, true)]
    public async Task AddFile_WhatLiesInTheDossierAlready_IsNoRecording(FileKind kind, bool asRecording)
    {
        using var dossier = await OpenAsync();
        var voicemail = Sounds.Wav(2);
        (await FileAsync(dossier, voicemail, kind, Compartment.Onderzoek)).Refusals.ShouldBeEmpty();
        (await dossier.RecordAsync(Made() with { Reference = "opname-9" }, default)).Refusals.ShouldBeEmpty();
        var checkpoint = dossier.State.Checkpoint;
        var refusals = asRecording ? (await AddAsync(dossier, Made(), voicemail)).Refusals : (await FileAsync(dossier, voicemail, FileKind.Recording, Compartment.Opnamen, "opname-9")).Refusals;
        refusals.ShouldHaveSingleItem().What.ShouldContain("ligt al in het dossier, en niet als opname");
        using (var content = new MemoryStream(voicemail, writable: false))
            (await dossier.CheckRecordingAsync(new NewRecording("gesprek.wav", null, Made()), content, default)).Refusals.ShouldBe(refusals);
        dossier.State.Checkpoint.ShouldBe(checkpoint);
        dossier.State.Recordings.ShouldNotContain(item => item.CopyOf != null);

        // A document under that kind is no recording whatever it is called.
        (await FileAsync(dossier, "%PDF-1.7 bewijs"u8.ToArray(), FileKind.Recording, Compartment.Opnamen, "opname-9")).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("opname");
    }

    /// <summary>Who may not see the file does not learn that it is there; the FI hears that somebody tried.</summary>
    [Fact]
    public async Task AddFile_WhatLiesWithTheMelder_TellsNothing()
    {
        await _vault.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        using var dossier = await OpenAsync();
        (await FileAsync(dossier, Sounds.Wav(2), FileKind.Evidence, Compartment.Melder)).Refusals.ShouldBeEmpty();
        using var onderzoeker = await _vault.OpenAsync("onderzoeker", dossier.Number);
        (await AddAsync(onderzoeker, Made(), Sounds.Wav(2))).Refusals.ShouldHaveSingleItem().IsNeutral.ShouldBeTrue();
        (await dossier.LogAsync(null, 500, default)).Entries.ShouldContain(entry => entry.Act == AccessAct.Refused && entry.Person == new PersonId("onderzoeker"));
    }

    /// <summary>A recording that is filed as something else outlives the recordings and nobody hears of it.</summary>
    [Fact]
    public async Task AddFile_SoundUnderAnotherKind_IsRefusedOrTold()
    {
        using var dossier = await OpenAsync();
        foreach (var (bytes, name) in ((byte[], string)[])[(Sounds.Wav(2), "gesprek.dat"), (Movies.Of("isom", [new byte[200_000]], "soun"), "gesprek.dat"), ("onleesbaar"u8.ToArray(), "gesprek.ds2")])
        {
            foreach (var kind in (FileKind[])[FileKind.Other, FileKind.Note, FileKind.Gespreksverslag])
                (await FileAsync(dossier, bytes, kind, Compartment.Onderzoek, name: name)).Refusals.ShouldHaveSingleItem().What.ShouldContain("is geluid");
        }

        foreach (var kind in (FileKind[])[FileKind.Other, FileKind.Evidence])
            (await FileAsync(dossier, Sounds.Wav(2), kind, Compartment.Opnamen)).Refusals.ShouldContain(refusal => refusal.What.Contains("alleen opnamen", StringComparison.Ordinal));
        (await FileAsync(dossier, "Getuige: ja."u8.ToArray(), FileKind.Gespreksverslag, Compartment.Opnamen, name: "tekst.txt")).Refusals.ShouldBeEmpty();
        (await FileAsync(dossier, Movies.Of("isom", [new byte[200_000]], "vide", "soun"), FileKind.Other, Compartment.Onderzoek, name: "film.mp4")).Refusals.ShouldBeEmpty();

        (await FileAsync(dossier, Sounds.Wav(2), FileKind.Evidence, Compartment.Onderzoek, name: "voicemail.dat")).Value.IsSound.ShouldBeTrue();
        dossier.State.Files.Single(file => file.Name == "voicemail.dat").IsSound.ShouldBeTrue();
        dossier.State.Files.Single(file => file.Name == "film.mp4").IsSound.ShouldBeFalse();
        var entry = (await _vault.Register.AllEntriesAsync(default)).Single(entry => entry.Number == dossier.Number);
        entry.Retention.Sounds.ShouldBe(1);
        var plan = DossierKit.Retention.RetentionPlanner.PlanOf(entry, DossierKit.Retention.ShippedSelectielijst.List, _vault.Register.Protocols.Library.Find, new DateOnly(2026, 3, 31));
        plan.First(item => item.Object is null).Warnings.ShouldContain(warning => warning.Contains("geluid", StringComparison.Ordinal));
    }

    private static async Task<Outcome<DossierFile>> FileAsync(OpenDossier dossier, byte[] bytes, FileKind kind, Compartment place, string? belongsTo = null, string name = "bestand.wav")
    {
        using var once = new OnceStream(bytes, () => Task.CompletedTask);
        return await dossier.AddFileAsync(new NewFile(name, "Bestand", kind, place, new DateOnly(2026, 2, 26), belongsTo), once, default);
    }

    [Fact]
    public async Task AddRecording_SomethingElse_IsRefusedWhateverItsName()
    {
        using var dossier = await OpenAsync();
        var checkpoint = dossier.State.Checkpoint;
        (await AddAsync(dossier, Made(), "%PDF-1.7 geen geluid"u8.ToArray(), "gesprek.wav")).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("opname");
        (await AddAsync(dossier, Made() with { Conversation = "gesprek-9" }, Sounds.Wav(1))).Refusals.ShouldContain(refusal => refusal.Subject == "gesprek");
        dossier.State.Checkpoint.ShouldBe(checkpoint);
    }

    [Fact]
    public async Task AddRecording_LengthKnownToBeTooLarge_IsRefusedBeforeItIsRead()
    {
        using var dossier = await OpenAsync();
        using var large = new LargeStream(Sounds.Wav(1));
        (await dossier.AddRecordingAsync(new NewRecording("gesprek.wav", null, Made()), large, WriteTerms.None, default)).Refusals.ShouldHaveSingleItem().Why.ShouldContain("2 GiB");
        large.Position.ShouldBe(0);
    }

    [Fact]
    public async Task Content_WithoutEnd_StopsAtTheLargestRecording()
    {
        await using var content = new RecordingContent(new byte[10], new LargeStream([]));
        var (buffer, total) = (new byte[1 << 20], 0L);
        await Should.ThrowAsync<RecordingContent.TooLargeException>(async () =>
        {
            while (true) total += await content.ReadAsync(buffer);
        });
        total.ShouldBeInRange(RecordingContent.MaxLength - buffer.Length, RecordingContent.MaxLength);
    }

    [Fact]
    public async Task AddRecording_OfTheMelder_LiesWithTheMelder()
    {
        using var dossier = await OpenAsync();
        (await dossier.RecordAsync(new IntakeHeld { Date = new DateOnly(2026, 3, 30), With = new PersonId("melder-1"), Reference = "intake-9" }, default)).Refusals.ShouldBeEmpty();
        var added = await AddAsync(dossier, Made() with { With = new PersonId("melder-1"), Conversation = "intake-9" }, Sounds.Wav(1));
        added.Refusals.ShouldBeEmpty();
        added.Value.File.Compartment.ShouldBe(Compartment.Melder);
        added.Value.Made.Compartment.ShouldBe(Compartment.Melder);
    }

    [Fact]
    public async Task AddRecording_SameRequestTwice_IsAddedOnce()
    {
        using var dossier = await OpenAsync();
        var terms = new WriteTerms(new RequestKey("een-keer"));
        var first = await AddAsync(dossier, Made(), Sounds.Wav(1), terms: terms);
        var again = await AddAsync(dossier, Made(), Sounds.Wav(1), terms: terms);
        again.Refusals.ShouldBeEmpty();
        again.Value.File.Id.ShouldBe(first.Value.File.Id);
        dossier.State.Recordings.Count(item => item.Made?.Reference is not null).ShouldBe(1);
    }

    private async Task<OpenDossier> OpenAsync() => await _vault.OpenAsync("fi", await _vault.ImportAsync());

    private static RecordingMade Made() => new() { Date = new DateOnly(2026, 2, 26), With = new PersonId("getuige-1"), Conversation = "gesprek-1", WasDiscussed = true, WasToldOfDestruction = true };

    private static async Task<Outcome<AddedRecording>> AddAsync(OpenDossier dossier, RecordingMade made, byte[] bytes, string name = "gesprek.wav", WriteTerms? terms = null)
    {
        using var content = new MemoryStream(bytes, writable: false);
        return await dossier.AddRecordingAsync(new NewRecording(name, null, made), content, terms ?? WriteTerms.None, default);
    }

    /// <summary>A beginning, and then silence without end.</summary>
    private sealed class LargeStream(byte[] start) : MemoryStream(start)
    {
        public override long Length => RecordingContent.MaxLength + 1;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : buffer.Length;
    }
}
