using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Dossiers;

/// <summary>What the catalogue keeps of keeping: what was written is read, and what is not whole is refused.</summary>
public sealed class RetentionCodecTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    private static RetentionFacts Full { get; } = new()
    {
        Class = new Classification("selectielijst-2020", "17.1", Nominatie.Vernietigen, "P10Y", Afleidingswijze.AnderDatumkenmerk, "einde-dienstverband", Day) { ProcessTerm = "P5Y" },
        AtClosing = new ClosingClass("12.1.7", true, Day),
        SourceDates = [new SourceDate(Afleidingswijze.AnderDatumkenmerk, "einde-dienstverband", DateOnly.MaxValue), new SourceDate(Afleidingswijze.VervaldatumBesluit, null, DateOnly.MinValue)],
        Override = new ActionDateOverride(Day, Nominatie.BlijvendBewaren, Day, Day),
        Holds = [new Hold(OpaqueId.Random(), HoldKind.Woo, new FileId(OpaqueId.Random()), Day, Day.AddDays(1), new PersonId("fi"), new PersonId("archivaris")), new Hold(OpaqueId.Random(), HoldKind.Civiel, null, Day, Day, new PersonId("fi"), null)],
        Recordings = [new RecordingFacts(new FileId(OpaqueId.Random()), ArchiveObjectKind.Transcript, new FileId(OpaqueId.Random()), Day, Day, 2L << 30, 3) { AlsoOf = [new FileId(OpaqueId.Random()), new FileId(OpaqueId.Random())], IsKept = true }, new RecordingFacts(new FileId(OpaqueId.Random()), ArchiveObjectKind.Opname, null, Day, Day, 0, 0)],
        Moments = [new EventMoment("maatregel-genomen", Day, Day.AddDays(9))],
        Outcome = CaseOutcome.BrokenOff,
        IsKlokkenluider = true,
        HasPolitician = true,
        WentToPersonnelFile = true,
        HasMeasure = true,
        IsIncomplete = true,
        ReopenedOn = Day,
        TransferredOn = Day.AddDays(3),
        CopiesElsewhere = 4,
        ContentVersion = 31,
        Sounds = 2,
    };

    /// <summary>
    /// A transcript once said of which other recordings it may be the account, and the bytes did not: a hold on one of those held it in the dossier and not in the plan. So everything
    /// there is to say is said here, and whoever adds something hears it from this test.
    /// </summary>
    [Fact]
    public void Sample_SaysEverythingThereIsToSay()
    {
        foreach (var part in new object[] { Full, Full.Class!, Full.AtClosing!, Full.Override!, Full.SourceDates[0], Full.Holds[0], Full.Recordings[0], Full.Moments[0] })
        {
            foreach (var property in part.GetType().GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance))
                property.GetValue(part).ShouldNotBeNull($"{part.GetType().Name}.{property.Name}");
        }

        typeof(RetentionFacts).GetProperties().Where(property => property.PropertyType == typeof(bool)).ShouldAllBe(property => (bool)property.GetValue(Full)!);
    }

    /// <summary>Many sessions look at one record: whoever comes while another puts the facts in the place of the bytes gets them too, and never none.</summary>
    [Fact]
    public async Task Retention_OfARecordThatManyThreadsReadAtOnce_IsNeverNone()
    {
        var bytes = RetentionCodec.Write(Full);
        var (wrong, standing) = (0, (CaseStanding?)null);
        using var turn = new Barrier(2);
        void Read(int rounds, bool isLate)
        {
            var wait = new Random(7);
            for (var round = 0; round < rounds; round++)
            {
                if (!isLate) standing = new CaseStanding { Number = new DossierNumber("WL-2026-0001"), Protocol = "waterlanden", Phase = DossierPhase.Gesloten, StartedOn = Day, MarkKey = "", RetentionBytes = bytes };
                turn.SignalAndWait();
                // The other comes in while the first is about to put the facts there: the moment differs from round to round.
                if (isLate) Thread.SpinWait(wait.Next(400));
                if (standing!.Retention.Class is null) Interlocked.Increment(ref wrong);
                turn.SignalAndWait();
            }
        }

        var late = Task.Factory.StartNew(() => Read(40_000, isLate: true), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Read(40_000, isLate: false);
        await late;
        wrong.ShouldBe(0);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        foreach (var facts in new[] { Full, RetentionFacts.None, new RetentionFacts { Override = new ActionDateOverride(null, null, Day, Day) }, new RetentionFacts { HasMeasure = true, Class = Full.Class! with { Kenmerk = null, ProcessTerm = null, Term = null } } })
        {
            var bytes = RetentionCodec.Write(facts);
            var back = RetentionCodec.Read(bytes);
            RetentionCodec.Write(back).ShouldBe(bytes);
            Json(back).ShouldBe(Json(facts));
        }
    }

    [Fact]
    public void Read_WhatIsCutOrLonger_IsRefused()
    {
        var bytes = RetentionCodec.Write(Full);
        for (var length = 0; length < bytes.Length; length++) Should.Throw<FormatException>(() => RetentionCodec.Read(bytes.AsSpan(0, length)), length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Should.Throw<FormatException>(() => RetentionCodec.Read([.. bytes, 0]));
        Should.Throw<FormatException>(() => RetentionCodec.Read([9, .. bytes[1..]]));
    }

    /// <summary>What the versions before this one wrote: the same without its last number, or its last two.</summary>
    [Fact]
    public void Read_OfTheFormatsBefore_IsReadAndKnowsLess()
    {
        var bytes = RetentionCodec.Write(Full);
        bytes[0].ShouldBe((byte)3);
        var old = RetentionCodec.Read([2, .. bytes[1..^1]]);
        old.Sounds.ShouldBe(0);
        Json(old with { Sounds = 2 }).ShouldBe(Json(Full));
        Should.Throw<FormatException>(() => RetentionCodec.Read([2, .. bytes[1..]]));
        old = RetentionCodec.Read([1, .. bytes[1..^2]]);
        old.ContentVersion.ShouldBe(0);
        Json(old with { ContentVersion = 31, Sounds = 2 }).ShouldBe(Json(Full));
        Should.Throw<FormatException>(() => RetentionCodec.Read([1, .. bytes[1..^1]]));
    }

    [Fact]
    public void Standing_ReadFromItsRecord_HasTheFacts()
    {
        var standing = new CaseStanding { Number = new DossierNumber("WL-2026-0001"), Protocol = "waterlanden", Phase = DossierPhase.Gesloten, StartedOn = Day, MarkKey = "", Retention = Full };
        var back = System.Text.Json.JsonSerializer.Deserialize(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(standing, RegisterJsonContext.Default.CaseStanding), RegisterJsonContext.Default.CaseStanding)!;
        Json(back.Retention).ShouldBe(Json(Full));
        (back with { Retention = RetentionFacts.None }).Retention.ShouldBe(RetentionFacts.None);
        RetentionCodec.Read((back with { Retention = new RetentionFacts { HasMeasure = true } }).RetentionBytes!).HasMeasure.ShouldBeTrue();
    }

    private static string Json(RetentionFacts facts) => System.Text.Json.JsonSerializer.Serialize(facts);
}
