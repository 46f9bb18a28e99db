using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

/// <summary>Which recordings a case has, and what shares their fate.</summary>
public sealed class RecordingItemTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId Getuige = new("getuige-1");
    private static readonly PersonId Betrokkene = new("betrokkene-1");

    private static readonly DossierEvent[] Heard =
    [
        new PersonAdded { Date = Day, Person = Entries.Person("getuige-1", CaseRole.Getuige, "Lisdoddema") },
        new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") with { Position = Position.Medewerker } },
        new ConversationHeld { Date = Day, With = Getuige, Onderzoekers = [], Reference = "gesprek-1" },
        new ConversationHeld { Date = Day.AddDays(2), With = Betrokkene, Onderzoekers = [], Reference = "gesprek-2" },
    ];

    [Fact]
    public void Recordings_WithAndWithoutFileOrEvent_AreAllThere()
    {
        var audio = Filed("opname.wav", FileKind.Recording, "gesprek-1");
        var loose = Filed("losse-opname.mp3", FileKind.Recording, "gesprek-2", Day.AddDays(2));
        var state = Fold(Made("gesprek-1", Getuige), Made("gesprek-3", Getuige, "opname-9", Day.AddDays(5)), audio, loose);
        state.Recordings.Select(item => (item.File?.Name, item.Made?.Conversation, item.Conversation, item.With?.Value, item.On)).ShouldBe(
        [
            ("opname.wav", "gesprek-1", "gesprek-1", "getuige-1", Day),
            ("losse-opname.mp3", null, "gesprek-2", "betrokkene-1", Day.AddDays(2)),
            (null, "gesprek-3", "gesprek-3", "getuige-1", Day.AddDays(5)),
        ]);
    }

    [Fact]
    public void Recordings_TwoOfOneConversation_EachHasItsOwnEvent()
    {
        var state = Fold(
            Made("gesprek-1", Getuige, "opname-1"), Made("gesprek-1", Getuige, "opname-2"),
            Filed("deel-2.wav", FileKind.Recording, "opname-2"), Filed("deel-1.wav", FileKind.Recording, "opname-1"));
        state.Recordings.Select(item => (item.File!.Name, item.Made!.Reference)).ShouldBe([("deel-2.wav", "opname-2"), ("deel-1.wav", "opname-1")]);
    }

    [Fact]
    public void AgreedOn_FollowsTheLastWordOnTheVerslag()
    {
        DossierEvent[] agreed = [Made("gesprek-1", Getuige), Verslag<VerslagDrawnUp>(1), Verslag<VerslagSent>(1), Verslag<VerslagAdopted>(9)];
        Agreed(agreed[..^1]).ShouldBeNull();
        Agreed(agreed).ShouldBe(Day.AddDays(9));
        Agreed([.. agreed, Verslag<VerslagSent>(10)]).ShouldBe(Day.AddDays(9)); // a copy of what was agreed
        Agreed([.. agreed, Verslag<VerslagCorrected>(10)]).ShouldBeNull();
        Agreed([.. agreed, Verslag<VerslagRefused>(10)]).ShouldBeNull();
        Agreed([.. agreed, Verslag<VerslagCorrected>(10), Verslag<VerslagAdopted>(12)]).ShouldBe(Day.AddDays(12));
        // The verslag of somebody else is not the verslag of this recording.
        Agreed([Made("gesprek-1", Getuige), new VerslagAdopted { Date = Day, Conversation = "gesprek-2", With = Betrokkene }]).ShouldBeNull();

        static DateOnly? Agreed(DossierEvent[] events) => Fold(events).Recordings.ShouldHaveSingleItem().AgreedOn;
    }

    [Fact]
    public void Transcripts_AreUnsignedTextsAndNeverTheVerslag()
    {
        var raw = Filed("uitgeschreven.txt", FileKind.Gespreksverslag, "gesprek-1");
        var verslag = Filed("verslag.docx", FileKind.Gespreksverslag, "gesprek-1");
        var scan = Filed("getekend.pdf", FileKind.Gespreksverslag, "gesprek-1");
        var note = Filed("notitie.txt", FileKind.Note, "gesprek-1");
        var other = Filed("ander-gesprek.txt", FileKind.Gespreksverslag, "gesprek-2");
        var literal = Filed("letterlijk.txt", FileKind.Gespreksverslag, "opname-1");
        DossierEvent[] events =
        [
            Made("gesprek-1", Getuige, "opname-1"), raw, verslag, scan, note, other, literal,
            new VerslagDrawnUp { Date = Day, Conversation = "gesprek-1", With = Getuige, File = verslag.File.Id },
            new OriginalRegistered { Date = Day, DocumentKind = "gespreksverslag", Form = OriginalForm.Scan, Where = "kluis", Conversation = "gesprek-1", File = scan.File.Id },
        ];
        Transcripts(events).ShouldBe(["uitgeschreven.txt", "letterlijk.txt"]);
        // Once it is agreed, or refused, what lies with the conversation is the record of it; what lies with the recording still goes along.
        Transcripts([.. events, Verslag<VerslagAdopted>(9)]).ShouldBe(["letterlijk.txt"]);
        Transcripts([.. events, Verslag<VerslagRefused>(9)]).ShouldBe(["letterlijk.txt"]);

        static IEnumerable<string> Transcripts(DossierEvent[] events) => Fold(events).Recordings.ShouldHaveSingleItem().Transcripts.Select(file => file.Name);
    }

    [Fact]
    public void Copies_OfTheRecordingAndItsTranscripts_AreFound()
    {
        var audio = Filed("opname.wav", FileKind.Recording, "gesprek-1");
        var raw = Filed("uitgeschreven.txt", FileKind.Gespreksverslag, "gesprek-1");
        var state = Fold(
            Made("gesprek-1", Getuige), audio, raw,
            Copy("kopie-1", "opname", audio.File.Id, null), Copy("kopie-2", "gespreksverslag", raw.File.Id, null), Copy("kopie-3", "opname", null, Getuige),
            Copy("kopie-4", "opname", null, Betrokkene), Copy("kopie-5", "onderzoeksopdracht", null, null), Copy("kopie-6", "opname", null, null),
            new CopyRetrieved { Date = Day, Copy = "kopie-1", Outcome = CopyOutcome.Returned });
        var copies = state.Recordings.ShouldHaveSingleItem().Copies;
        copies.Select(copy => (copy.Copy.Reference, copy.IsOut)).ShouldBe([("kopie-1", false), ("kopie-2", true), ("kopie-3", true), ("kopie-6", true)]);
    }

    [Fact]
    public void Recordings_SameBytesUnderAnotherKind_AreCopiesOfTheFirst()
    {
        var (first, second) = (Filed("een.wav", FileKind.Recording, "opname-1"), Filed("twee.wav", FileKind.Recording, "opname-2", Day.AddDays(1)));
        var evidence = Filed("bijlage.bin", FileKind.Evidence, null, Day.AddDays(-5), first.File.Sha256);
        var text = Filed("verslag.docx", FileKind.Gespreksverslag, "opname-2", Day.AddDays(3), first.File.Sha256);
        var other = Filed("notitie.txt", FileKind.Note, "gesprek-1");
        DossierEvent[] events = [Made("gesprek-1", Getuige, "opname-1"), Made("gesprek-2", Betrokkene, "opname-2", Day.AddDays(1)), evidence, first, second, text, other, Verslag<VerslagAdopted>(9)];
        Fold(events).Recordings.Select(item => (item.File!.Name, item.CopyOf, item.Conversation, item.On, item.AgreedOn)).ShouldBe(
        [
            ("een.wav", null, "gesprek-1", Day, Day.AddDays(9)), ("bijlage.bin", first.File.Id, "gesprek-1", Day, Day.AddDays(9)),
            ("verslag.docx", first.File.Id, "gesprek-1", Day, Day.AddDays(9)), ("twee.wav", null, "gesprek-2", Day.AddDays(1), null),
        ]);
        Fold(events).Recordings.SelectMany(item => item.Transcripts).ShouldBeEmpty(); // sound is no text, whatever it was filed as
        RetentionFold.Of(Fold(events), null).Recordings.Select(one => (one.File, one.Kind, one.Of)).ShouldBe(
        [
            (first.File.Id, ArchiveObjectKind.Opname, null), (evidence.File.Id, ArchiveObjectKind.Kopie, first.File.Id), (text.File.Id, ArchiveObjectKind.Kopie, first.File.Id),
            (second.File.Id, ArchiveObjectKind.Opname, null),
        ]);
    }

    /// <summary>Evidence, a verslag or an original whose bytes were filed as a recording as well: it is said, and does not go as a copy.</summary>
    [Fact]
    public void Recordings_BytesThatAreAlsoEvidenceOrAVerslag_AreKept()
    {
        var audio = Filed("een.wav", FileKind.Recording, "opname-1");
        var files = Enumerable.Range(0, 5).Select(n => Filed($"{n}.bin", FileKind.Evidence, n == 3 ? "bewijs-1" : null, null, audio.File.Sha256)).ToList();
        var state = Fold(
            [
                Made("gesprek-1", Getuige, "opname-1"), audio, .. files,
                new VerslagDrawnUp { Date = Day, Conversation = "gesprek-1", With = Getuige, File = files[0].File.Id },
                new OriginalRegistered { Date = Day, DocumentKind = "gespreksverslag", Form = OriginalForm.Scan, Where = "kluis", File = files[1].File.Id },
                new EvidenceSecured { Date = Day, What = "Voicemail", File = files[2].File.Id }, new EvidenceSecured { Date = Day, What = "Voicemail", Reference = "bewijs-1" },
                Verslag<VerslagAdopted>(9),
            ]);
        state.Recordings.Where(item => item.IsKept).Select(item => item.File!.Name).ShouldBe(["0.bin", "1.bin", "2.bin", "3.bin"], ignoreOrder: true);
        RetentionFold.Of(state, null).Recordings.Where(one => one.IsKept).Select(one => one.Kind).ShouldBe(Enumerable.Repeat(ArchiveObjectKind.Kopie, 4));
        RetentionFold.Of(state, null).Recordings.Single(one => one.File == audio.File.Id).IsKept.ShouldBeFalse();
    }

    private static DossierState Fold(params DossierEvent[] events) => Entries.Fold([.. Heard, .. events]);

    private static RecordingMade Made(string conversation, PersonId with, string? reference = null, DateOnly? on = null)
        => new() { Date = on ?? Day, With = with, Conversation = conversation, WasDiscussed = true, WasToldOfDestruction = true, Reference = reference };

    private static VerslagEvent Verslag<T>(int days)
        where T : VerslagEvent
    {
        var date = Day.AddDays(days);
        return typeof(T).Name switch
        {
            nameof(VerslagDrawnUp) => new VerslagDrawnUp { Date = date, Conversation = "gesprek-1", With = Getuige },
            nameof(VerslagSent) => new VerslagSent { Date = date, Conversation = "gesprek-1", With = Getuige },
            nameof(VerslagCorrected) => new VerslagCorrected { Date = date, Conversation = "gesprek-1", With = Getuige },
            nameof(VerslagRefused) => new VerslagRefused { Date = date, Conversation = "gesprek-1", With = Getuige },
            _ => new VerslagAdopted { Date = date, Conversation = "gesprek-1", With = Getuige },
        };
    }

    private static CopyKeptElsewhere Copy(string reference, string kind, FileId? file, PersonId? of)
        => new() { Date = Day, Reference = reference, DocumentKind = kind, Holder = "rechtbank", Reason = "r", File = file, Of = of };

    private static FileAdded Filed(string name, FileKind kind, string? belongsTo, DateOnly? on = null, string? sha256 = null) => new()
    {
        Date = on ?? Day,
        File = new DossierFile
        {
            Id = new FileId(DossierKit.Vault.OpaqueId.Random()),
            Name = name,
            Title = name,
            Kind = kind,
            Compartment = kind == FileKind.Recording ? Compartment.Opnamen : Compartment.Onderzoek,
            Date = on ?? Day,
            BelongsTo = belongsTo,
            Length = 1,
            Sha256 = sha256 ?? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name))),
        },
    };
}
