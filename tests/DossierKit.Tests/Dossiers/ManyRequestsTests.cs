using System.Security.Cryptography;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Dossiers;

/// <summary>One person, many requests at once, and another process beside it: what a web server does all day.</summary>
public sealed class ManyRequestsTests
{
    private static readonly DateOnly Day = new(2026, 4, 1);

    [Fact]
    public async Task OpenDossier_OfTwoPeople_IsOneInMemoryAndEachSeesHisPart()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var directeur = await fixture.HireAsync("directeur", "mevrouw D. Sluiswachter", StaffRole.Directeur);
        var first = await fixture.OpenAsync("fi", number);
        await first.RecordAsync(new OpdrachtSubmitted { Date = Day, To = [directeur.Id] }, default);
        using var second = (await fixture.Register.OpenAsync(number, directeur, "besluiten", default))!;
        fixture.Register.OpenStreams.ShouldBe(1);

        await first.RecordAsync(Note("alleen voor het onderzoek"), default);
        (await second.RefreshAsync(default)).ShouldBeTrue();
        second.State.All<JournalNoted>().ShouldBeEmpty();
        first.State.All<JournalNoted>().ShouldContain(note => note.Text == "alleen voor het onderzoek");

        // Who closes it closes it for himself.
        first.Dispose();
        (await second.RefreshAsync(default)).ShouldBeTrue();
        fixture.Register.OpenStreams.ShouldBe(1);
        second.Dispose();
        fixture.Register.OpenStreams.ShouldBe(0);
        using var later = await fixture.OpenAsync("fi", number);
        later.State.All<JournalNoted>().ShouldContain(note => note.Text == "alleen voor het onderzoek");
    }

    [Fact]
    public async Task OpenDossier_OpenedAndClosedByManyAtOnce_KeepsNothing()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        await Task.WhenAll(Enumerable.Range(0, 24).Select(worker => Task.Run(async () =>
        {
            for (var round = 0; round < 8; round++)
            {
                using var dossier = await fixture.OpenAsync("fi", number);
                if (worker % 6 == 0) (await dossier.RecordAsync(Note($"{worker}-{round}"), default)).Refusals.ShouldBeEmpty();
                (await dossier.RefreshAsync(default)).ShouldBeTrue();
            }
        })));

        fixture.Register.OpenStreams.ShouldBe(0);
        using var later = await fixture.OpenAsync("fi", number);
        later.State.All<JournalNoted>().Count(note => note.Text.Contains('-', StringComparison.Ordinal)).ShouldBe(32);
    }

    [Fact]
    public async Task OpenDossier_HammeredByTwoProcesses_LosesAndDoublesNothing()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var elsewhere = await fixture.OpenElsewhereAsync();
        using var here = await fixture.OpenAsync("fi", number);
        using var there = (await elsewhere.OpenAsync(number, fixture.As("fi", elsewhere), "behandelen", default))!;
        var written = new System.Collections.Concurrent.ConcurrentBag<string>();
        var files = new System.Collections.Concurrent.ConcurrentDictionary<string, byte[]>();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(worker => Task.Run(async () =>
        {
            var dossier = worker % 2 == 0 ? here : there;
            for (var round = 0; round < 6; round++)
            {
                var text = $"aantekening {worker}-{round}";
                switch ((worker + round) % 4)
                {
                    case 0:
                        (await dossier.RecordAsync(Note(text), default)).Refusals.ShouldBeEmpty();
                        written.Add(text);
                        break;
                    case 1:
                        var bytes = RandomNumberGenerator.GetBytes(round % 2 == 0 ? 400_000 : 900);
                        using (var content = new MemoryStream(bytes))
                            (await dossier.AddFileAsync(new NewFile($"{worker}-{round}.bin", text, FileKind.Evidence, Compartment.Onderzoek, Day), content, default)).Refusals.ShouldBeEmpty();
                        files[text] = bytes;
                        break;
                    case 2:
                        (await dossier.RefreshAsync(default)).ShouldBeTrue();
                        var state = dossier.State;
                        state.Events.Select(recorded => recorded.Entry).ShouldBeUnique();
                        foreach (var file in state.Files.Where(file => files.ContainsKey(file.Title)).Take(3))
                        {
                            // Moved by another request a moment ago: then it is not here any more, and never something else.
                            if (await TryReadAsync(dossier, file.Id) is { } read) read.ShouldBe(files[file.Title]);
                        }


                        break;
                    default:
                        if (dossier.State.Files.FirstOrDefault(file => file.Compartment == Compartment.Onderzoek && files.ContainsKey(file.Title)) is { } wrong)
                            await dossier.MoveFileAsync(wrong.Id, Compartment.Besluit, "hoort bij het besluit", default);
                        break;
                }
            }
        })));

        using var later = await fixture.OpenAsync("fi", number);
        later.State.All<JournalNoted>().Select(note => note.Text).Where(text => text.StartsWith("aantekening", StringComparison.Ordinal)).Order().ShouldBe(written.Order());
        later.State.Files.Select(file => file.Title).Where(files.ContainsKey).Order().ShouldBe(files.Keys.Order());
        foreach (var file in later.State.Files.Where(file => files.ContainsKey(file.Title))) (await ReadAsync(later, file.Id)).ShouldBe(files[file.Title]);
        await here.RefreshAsync(default);
        await there.RefreshAsync(default);
        new[] { here.Version, there.Version }.ShouldAllBe(version => version == later.Version);
        // A file that two moved at once was sealed twice; what the loser sealed is nobody's.
        (await fixture.Vault.VerifyAsync(null, default)).Findings.ShouldAllBe(finding => finding.Kind == VerifyFindingKind.Leftover);
    }

    [Fact]
    public async Task AddFile_WhileItIsSealed_HoldsUpNobody()
    {
        // An upload takes minutes. Whoever waits for it cannot work.
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        await using var content = new OnceStream(new byte[900_000], async () =>
        {
            (await dossier.RefreshAsync(default)).ShouldBeTrue();
            (await dossier.RecordAsync(Note("intussen"), default)).Refusals.ShouldBeEmpty();
        });
        (await dossier.AddFileAsync(new NewFile("groot.bin", "Groot", FileKind.Evidence, Compartment.Onderzoek, Day), content, default)).Refusals.ShouldBeEmpty();
        dossier.State.Files.ShouldContain(file => file.Title == "Groot");
        dossier.State.All<JournalNoted>().ShouldContain(note => note.Text == "intussen");
    }

    [Fact]
    public async Task Dispose_WhileAFileIsRead_LetsItBeReadToItsEndAndBeginsNothingNew()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var dossier = await fixture.OpenAsync("fi", number);
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);
        using var content = new MemoryStream(bytes);
        var file = (await dossier.AddFileAsync(new NewFile("groot.bin", "Groot", FileKind.Evidence, Compartment.Onderzoek, Day), content, default)).Value;
        var read = new byte[bytes.Length];
        await using (var stream = (await dossier.OpenFileAsync(file.Id, default))!)
        {
            await stream.ReadExactlyAsync(read.AsMemory(0, 1000));
            dossier.Dispose();
            await Should.ThrowAsync<ObjectDisposedException>(() => dossier.RefreshAsync(default).AsTask());
            await Should.ThrowAsync<ObjectDisposedException>(() => dossier.OpenFileAsync(file.Id, default).AsTask());
            await stream.ReadExactlyAsync(read.AsMemory(1000));
        }

        read.ShouldBe(bytes);
        dossier.Dispose();
    }

    [Fact]
    public async Task Refresh_WhenARoleEnded_TakesTheDossierAway()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("onderzoeker", number);
        (await dossier.RefreshAsync(default)).ShouldBeTrue();
        await fixture.Register.Staff.EndAsync(fixture.As("fi"), new PersonId("onderzoeker"), StaffRole.OnderzoekerIntern, Day.AddDays(-1), default);
        (await dossier.RecordAsync(Note("nog even"), default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NotThere);
        (await dossier.RefreshAsync(default)).ShouldBeFalse();
        dossier.State.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refresh_TheDayAfterAnAppointment_TakesTheDossierAway()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.ImportAsync();
        await fixture.Register.Staff.EndAsync(fixture.As("fi"), new PersonId("onderzoeker"), StaffRole.OnderzoekerIntern, Day, default);
        using var dossier = await fixture.OpenAsync("onderzoeker", number);
        (await dossier.RefreshAsync(default)).ShouldBeTrue();
        fixture.Clock.Now = fixture.Clock.Now.AddDays(1);
        (await dossier.RefreshAsync(default)).ShouldBeFalse();
    }

    internal static JournalNoted Note(string text) => new() { Date = Day, Text = text };

    private static async Task<byte[]?> TryReadAsync(OpenDossier dossier, FileId file)
    {
        try
        {
            await using var content = await dossier.OpenFileAsync(file, default);
            if (content is null) return null;
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes);
            return bytes.ToArray();
        }
        catch (ObjectDestroyedException)
        {
            return null;
        }
    }

    internal static async Task<byte[]> ReadAsync(OpenDossier dossier, FileId file)
    {
        await using var content = await dossier.OpenFileAsync(file, default) ?? throw new InvalidOperationException("It cannot be opened.");
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
