using System.Text;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Dossiers;

/// <summary>
/// The melder's own letter was filed with the onderzoek, where the onderzoeker and the verantwoordelijke read it. Moving it must leave nothing there, whatever goes
/// wrong on the way, and must not lose it either.
/// </summary>
public sealed class MoveFileTests
{
    private const string Title = "Brief van de klokkenluidster";
    private const string Content = "Ik, degene die dit meldde, werk als enige op de kamer naast het archief.";
    private static readonly DateOnly Day = new(2026, 3, 20);

    [Fact]
    public async Task Move_AFileFiledWithTheOnderzoek_IsReadInMelderAloneAndLeavesNothing()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        var filed = await FileAsync(dossier);
        using var onderzoeker = await fixture.OpenAsync("onderzoeker", number);
        onderzoeker.State.FindFile(filed).ShouldNotBeNull();
        await using var reading = (await onderzoeker.OpenFileAsync(filed, default))!;
        Count(await fixture.EverythingAsync(), Title).ShouldBe(1);

        var moved = (await dossier.MoveFileAsync(filed, Compartment.Melder, "De melder is eruit te herkennen.", default)).Value;

        moved.SeenBy.ShouldBe([new FileSeen(new PersonId("onderzoeker"), new DateOnly(2026, 4, 1), TookOut: false)]);
        moved.Destroyed.ShouldBe(2); // the content, and the entry with name and title
        moved.File.Id.ShouldNotBe(filed);
        moved.File.Compartment.ShouldBe(Compartment.Melder);
        (await ReadAsync(dossier, moved.File.Id)).ShouldBe(Content);
        dossier.State.Files.Count(file => file.Title == Title).ShouldBe(1);
        dossier.State.FindFile(filed)!.Id.ShouldBe(moved.File.Id); // what referred to it still finds it
        dossier.State.Last<FileAdded>()!.Moved!.Reason.ShouldBe("De melder is eruit te herkennen.");

        // For the onderzoeker there is a note that something was put elsewhere, and the gap it left.
        await Should.ThrowAsync<ObjectDestroyedException>(async () => await reading.ReadExactlyAsync(new byte[1]));
        (await onderzoeker.RefreshAsync(default)).ShouldBeTrue();
        onderzoeker.State.FindFile(filed).ShouldBeNull();
        (await onderzoeker.OpenFileAsync(filed, default)).ShouldBeNull();
        (await onderzoeker.OpenFileAsync(moved.File.Id, default)).ShouldBeNull();
        onderzoeker.State.Last<FileMovedAway>()!.From.ShouldBe(Compartment.Onderzoek);
        onderzoeker.State.Gaps.ShouldContain(gap => gap.Name == "bestand-toegevoegd" && gap.Reason == GapReason.Destroyed && gap.Compartment == Compartment.Onderzoek);
        // Once in its right place, nowhere else: tried with every key that is left.
        Count(await fixture.EverythingAsync(), Title).ShouldBe(1);
        Count(await fixture.EverythingAsync(), Content).ShouldBe(1);
        (await fixture.Vault.VerifyAsync(null, default)).Findings.ShouldAllBe(finding => finding.Kind == VerifyFindingKind.Leftover);
        (await fixture.Register.Log.ReadAsync(default)).ShouldContain(entry => entry.Record.Act == AccessAct.FileMoved && entry.Record.File == filed.ToString());
    }

    [Fact]
    public async Task Move_KilledAtEveryStep_IsInOnePlaceOnlyAndNeverLost()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var (inOldPlace, inNewPlace) = (0, 0);
        for (var (step, isThrough) = (1, false); !isThrough; step++)
        {
            step.ShouldBeLessThan(60);
            var title = $"{Title}, poging {step}";
            using var register = await fixture.OpenElsewhereAsync();
            using var dossier = (await register.OpenAsync(number, fixture.As("fi", register), "verplaatsen", default))!;
            var filed = await FileAsync(dossier, title);
            // From this change on nothing reaches the disk any more: the process is gone.
            var done = 0;
            fixture.Store.Fault = (operation, _) => operation is StoreOperation.Commit or StoreOperation.Delete && Interlocked.Increment(ref done) >= step ? StoreFault.Before : null;
            try
            {
                isThrough = (await dossier.MoveFileAsync(filed, Compartment.Melder, "De melder is eruit te herkennen.", default)).IsDone;
            }
            catch (VaultException)
            {
                // That is the kill.
            }

            fixture.Store.Fault = null;
            using var later = await fixture.OpenElsewhereAsync();
            using var opened = (await later.OpenAsync(number, fixture.As("fi", later), "kijken", default))!;
            var file = opened.State.Files.Where(file => file.Title == title).ShouldHaveSingleItem($"step {step}");
            (await ReadAsync(opened, file.Id)).ShouldBe(Content, $"step {step}");
            Count(await fixture.EverythingAsync(), title).ShouldBe(1, $"step {step}");
            if (file.Compartment == Compartment.Onderzoek)
            {
                inOldPlace++;
                (await opened.MoveFileAsync(filed, Compartment.Melder, "nog eens", default)).IsDone.ShouldBeTrue($"step {step}");
            }
            else
            {
                inNewPlace++;
                (await opened.OpenFileAsync(filed, default)).ShouldBeNull($"step {step}");
            }
        }

        inOldPlace.ShouldBeGreaterThan(1);
        inNewPlace.ShouldBeGreaterThan(1); // also killed after the commit, before the destruction was carried out
    }

    [Fact]
    public async Task Move_AnAssembledDocument_StaysThatDocument()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        var stored = (await dossier.StoreDocumentAsync(Document("kennisgeving"), "kennisgeving.docx", "Kennisgeving", Day, Encoding.UTF8.GetBytes(Content), default)).Value;

        var moved = (await dossier.MoveFileAsync(stored.File.Id, Compartment.Besluit, "Hoort bij het besluit.", default)).Value;

        var drawn = dossier.State.Documents.ShouldHaveSingleItem();
        drawn.File.ShouldBe(moved.File);
        drawn.Document.Kind.ShouldBe("kennisgeving");
        drawn.DrawnUpOn.ShouldBe(Day);
        (await ReadAsync(dossier, moved.File.Id)).ShouldBe(Content);
    }

    [Fact]
    public async Task Move_ADocumentWithItsPdf_TakesThePdfAlongInOneCommit()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        var first = (await dossier.StoreDocumentAsync(Document("kennisgeving"), "kennisgeving.docx", "Kennisgeving", Day, Encoding.UTF8.GetBytes(Content), default)).Value.File;
        var pdf = await PdfAsync(dossier);
        var second = (await dossier.StoreDocumentAsync(Document("kennisgeving"), "kennisgeving.docx", "Kennisgeving", Day, Encoding.UTF8.GetBytes(Content), default)).Value.File;
        var secondPdf = await PdfAsync(dossier);
        var checkpoint = dossier.State.Checkpoint;

        var moved = (await dossier.MoveFileAsync(first.Id, Compartment.Besluit, "r", default)).Value;

        dossier.State.Checkpoint.ShouldBe(checkpoint + 1);
        moved.Destroyed.ShouldBe(4);
        moved.Along.ShouldHaveSingleItem().Name.ShouldBe("kennisgeving.pdf");
        dossier.State.Files.Select(file => file.Id).ShouldNotContain(pdf);
        dossier.State.FindFile(second.Id)!.Compartment.ShouldBe(Compartment.Onderzoek); // the other version stays, with its own PDF
        dossier.State.FindFile(secondPdf)!.Compartment.ShouldBe(Compartment.Onderzoek);
        (await dossier.MoveFileAsync(secondPdf, Compartment.Besluit, "r", default)).Value.Along.ShouldHaveSingleItem().Name.ShouldBe("kennisgeving.docx");
        dossier.State.Documents.ShouldAllBe(drawn => drawn.File.Compartment == Compartment.Besluit);
    }

    [Fact]
    public async Task Move_WhileAnotherProcessWrites_DropsWhatWasDerivedAndSucceeds()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var elsewhere = await fixture.OpenElsewhereAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        using var other = (await elsewhere.OpenAsync(number, fixture.As("fi", elsewhere), "aantekening", default))!;
        var filed = await FileAsync(dossier);
        (await other.RefreshAsync(default)).ShouldBeTrue();
        var derived = new Derivation(async () => (await other.RecordAsync(new JournalNoted { Date = Day, Text = "Gebeld." }, default)).IsDone.ShouldBeTrue());
        fixture.Register.AddDerived(derived);

        var moved = (await dossier.MoveFileAsync(filed, Compartment.Melder, "De melder is eruit te herkennen.", default)).Value;

        derived.Dropped.ShouldContain(filed.Value);
        dossier.State.All<JournalNoted>().ShouldHaveSingleItem();
        (await ReadAsync(dossier, moved.File.Id)).ShouldBe(Content);
        (await dossier.OpenFileAsync(filed, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Move_WhatMayNotBe_IsRefusedAndChangesNothing()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        var filed = await FileAsync(dossier);
        var recording = dossier.State.Files.Single(file => file.Kind == FileKind.Recording).Id;
        using (var onderzoeker = await fixture.OpenAsync("onderzoeker", number))
        {
            await RefusedAsync(onderzoeker, filed, Compartment.Melder, "r", "U mag 'bestand-verplaatst' hier niet vastleggen.");
            await RefusedAsync(onderzoeker, dossier.State.Files.First(file => file.Compartment == Compartment.Melder).Id, Compartment.Onderzoek, "r", "Dit bestand is er niet.");
        }

        await RefusedAsync(dossier, filed, Compartment.Onderzoek, "r", "Het bestand ligt al in onderzoek.");
        await RefusedAsync(dossier, filed, Compartment.Melder, " ", "Er staat niet bij waarom het bestand wordt verplaatst.");
        await RefusedAsync(dossier, filed, Compartment.Kaft, "r", "Op de kaft staan geen bestanden.");
        await RefusedAsync(dossier, recording, Compartment.Besluit, "r", "Een opname hoort in het compartiment opnamen.");
        var named = await FileAsync(dossier, "Mail van Kwelderhof", Compartment.Melder);
        await RefusedAsync(dossier, named, Compartment.Onderzoek, "r", "De naam of titel van dit bestand zegt mogelijk wie de melder is.");
        dossier.State.Files.Count(file => file.Id == filed && file.Compartment == Compartment.Onderzoek).ShouldBe(1);
        dossier.State.All<FileMovedAway>().ShouldBeEmpty();
    }

    private static async Task RefusedAsync(OpenDossier dossier, FileId file, Compartment to, string reason, string what)
        => (await dossier.MoveFileAsync(file, to, reason, default)).Refusals.Select(refusal => refusal.What).ShouldContain(what);

    private static async Task<FileId> FileAsync(OpenDossier dossier, string title = Title, Compartment? where = null)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(Content));
        return (await dossier.AddFileAsync(new NewFile("brief.txt", title, FileKind.Letter, where ?? Compartment.Onderzoek, Day), content, default)).Value.Id;
    }

    private static async Task<FileId> PdfAsync(OpenDossier dossier)
    {
        using var content = new MemoryStream([1]);
        return (await dossier.AddFileAsync(new NewFile("kennisgeving.pdf", "Kennisgeving (pdf)", FileKind.Document, Compartment.Onderzoek, Day, "betrokkene-1"), content, default)).Value.Id;
    }

    private static async Task<string> ReadAsync(OpenDossier dossier, FileId file)
    {
        await using var content = (await dossier.OpenFileAsync(file, default))!;
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync();
    }

    private static DossierDocument Document(string kind) => new()
    {
        Kind = kind,
        Addressee = new PersonId("betrokkene-1"),
        TemplateHash = new string('0', 64),
        Protocol = "waterlanden",
        ProtocolVersion = "2025",
        EngineVersion = "1",
        DataHash = new string('0', 64),
        Checkpoint = 1,
    };

    private static int Count(string text, string sought) => text.Split(sought).Length - 1;

    /// <summary>Data derived elsewhere; while it is dropped for the first time something else happens.</summary>
    private sealed class Derivation(Func<Task> meanwhile) : IDerivedData
    {
        public HashSet<OpaqueId> Dropped { get; } = [];

        public async ValueTask DropAsync(OpaqueId source, CancellationToken ct)
        {
            if (Dropped.Count == 0)
            {
                Dropped.Add(source);
                await meanwhile();
            }

            Dropped.Add(source);
        }

        public ValueTask<bool> ProveGoneAsync(OpaqueId source, CancellationToken ct) => ValueTask.FromResult(Dropped.Contains(source));
    }
}
