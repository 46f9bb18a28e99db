using System.Security.Cryptography;
using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Tests.Documents;
using DossierKit.Tests.Dossiers;

namespace DossierKit.Tests.Walks;

/// <summary>The walk this program is made for, in a real vault: a folder becomes a sealed dossier, and the dossier a letter that is complete and betrays nobody.</summary>
public sealed class FromDossierToLetterTests
{
    private static readonly AssemblyRequest Checked = new() { Checked = true };

    [Fact]
    public async Task Assemble_ImportedDossier_SealsTheLetterWithHowItWasMade()
    {
        await using var vault = await RegisterFixture.CreateAsync();
        var number = await vault.ImportAsync(SampleCase.Complete);
        var dossier = await vault.OpenAsync("fi", number);
        var before = dossier.State.Checkpoint;

        var made = await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", Checked, default);

        made.Refusals.ShouldBeEmpty();
        var drawnUp = (await vault.OpenAsync("fi", number)).State.Documents.ShouldHaveSingleItem();
        drawnUp.Document.ShouldSatisfyAllConditions(
            document => document.Kind.ShouldBe("kennisgeving"),
            document => document.Addressee.ShouldBe(new PersonId("betrokkene-1")),
            document => document.TemplateHash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(RepositoryFiles.Template("kennisgeving.docx"))))),
            document => $"{document.Protocol} {document.ProtocolVersion} {document.EngineVersion}".ShouldBe($"waterlanden 2025 {DocumentAssembly.EngineVersion}"),
            document => document.DataHash.Length.ShouldBe(64),
            document => document.Checkpoint.ShouldBe(before),
            document => document.IsChecked.ShouldBeTrue(),
            document => document.IsConcept.ShouldBeFalse());
        drawnUp.DrawnUpOn.ShouldBe(new DateOnly(2026, 3, 9));
        await using var stored = (await dossier.OpenFileAsync(drawnUp.File.Id, default)).ShouldNotBeNull();
        var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes);
        bytes.ToArray().ShouldBe(made.Value.Bytes.ToArray());
    }

    [Fact]
    public async Task Assemble_TwoFreshVaultsOnOtherDays_GivesTheSameBytes()
    {
        var bytes = new List<byte[]>();
        foreach (var day in new[] { 1, 27 })
        {
            await using var vault = await RegisterFixture.CreateAsync();
            vault.Clock.Now = new DateTimeOffset(2026, 4, day, 23, 59, 0, TimeSpan.Zero);
            var dossier = await vault.OpenAsync("fi", await vault.ImportAsync(SampleCase.Complete));
            bytes.Add((await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", Checked, default)).Value.Bytes.ToArray());
        }

        bytes[1].ShouldBe(bytes[0]);
    }

    [Fact]
    public async Task Assemble_NotChecked_AsksForTheCheckAndStoresNothing()
    {
        await using var vault = await RegisterFixture.CreateAsync();
        var number = await vault.ImportAsync(SampleCase.Complete);
        var dossier = await vault.OpenAsync("fi", number);
        (await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", new AssemblyRequest(), default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("herleidbaarheidscheck");
        var concept = await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", new AssemblyRequest { Concept = true }, default);
        concept.Value.Stored.ShouldBeNull();
        (await vault.OpenAsync("fi", number)).State.Documents.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Assemble_MeldersNameTypedIn_IsRefusedAndStoresNothing(bool concept)
    {
        // Story: an FI pasted a sentence from the intake into the letter, with the melder's name in it. A draft is no exception: drafts are mailed around.
        await using var vault = await RegisterFixture.CreateAsync();
        var number = await vault.ImportAsync(SampleCase.Complete);
        var dossier = await vault.OpenAsync("fi", number);
        var request = SampleCase.Answering(("kennisgeving.vervolg", "Wij bespreken dit met mw. KWELDERHOF.")) with { Checked = true, Concept = concept };
        var refusal = (await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", request, default)).Refusals.ShouldHaveSingleItem();
        refusal.ToString().ShouldNotContain("kwelderhof", Case.Insensitive);
        (await vault.OpenAsync("fi", number)).State.Documents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Assemble_InstalledTemplate_ComesBeforeTheShippedOne()
    {
        await using var vault = await RegisterFixture.CreateAsync();
        var number = await vault.ImportAsync(SampleCase.Complete);
        var own = (await SampleCase.ReadAsync(SampleCase.Complete)).WithTemplate(xml => xml.Replace("Hoogachtend,", "Met vriendelijke groet,", StringComparison.Ordinal)).Template;
        (await vault.Register.Templates.InstallAsync(vault.As("fi"), "kennisgeving", "kennisgeving.docx", own, default)).Refusals.ShouldBeEmpty();
        var made = (await DocumentAssembly.AssembleAsync(await vault.OpenAsync("fi", number), "kennisgeving", Checked, default)).Value;
        SampleCase.Text(made.Bytes).ShouldContain("Met vriendelijke groet,");
        made.Stored!.Document.TemplateHash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(own)));
    }

    [Fact]
    public async Task Assemble_IncompleteDossier_IsMendedByAnswersAndEvents()
    {
        await using var vault = await RegisterFixture.CreateAsync();
        vault.Clock.Now = new DateTimeOffset(2026, 7, 2, 8, 0, 0, TimeSpan.Zero);
        var number = await vault.ImportAsync(SampleCase.Incomplete);
        var dossier = await vault.OpenAsync("fi", number);
        var open = (await DocumentAssembly.QuestionsAsync(dossier, "kennisgeving", new AssemblyRequest(), default)).Value.Where(question => question.IsOpen).Select(question => question.Path);
        var refused = (await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", Checked, default)).Refusals;
        refused.Select(refusal => refusal.Subject).ShouldBe(open, ignoreOrder: true);

        var request = SampleCase.Answering(
            ("kennisgeving.gedraging", "Er zijn aanwijzingen dat u dienstbus 14 in mei en juni 2026 in het weekend hebt gebruikt, zonder dat er dienst was."),
            ("kennisgeving.vervolg", "U krijgt een uitnodiging voor een gesprek."),
            ("kennisgeving.ordemaatregel", "nee")) with
        {
            Checked = true,
            Reasons = new Dictionary<string, string>
            {
                ["kennisgeving.onderzoekers"] = "De onderzoekers worden volgende week aangewezen.",
                ["kennisgeving.ondersteuning"] = "De leidinggevende heeft dit al besproken.",
            },
        };
        var made = await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", request, default);
        made.Refusals.ShouldBeEmpty();
        made.Value.Stored!.Document.Reasons.ShouldBe(request.Reasons, ignoreOrder: true);
        SampleCase.Text(made.Value.Bytes).ShouldNotContain("onderzoekers voeren het uit");
    }

    [Fact]
    public async Task Assemble_UnknownKind_SaysWhatThereIs()
    {
        await using var vault = await RegisterFixture.CreateAsync();
        var dossier = await vault.OpenAsync("fi", await vault.ImportAsync(SampleCase.Complete));
        (await DocumentAssembly.AssembleAsync(dossier, "kennisgevin", Checked, default)).Refusals.ShouldHaveSingleItem().WhatNow.ShouldContain("kennisgeving");
    }

    [Fact]
    public async Task Assemble_ExternalOnderzoeker_MayNotTakeItOut()
    {
        await using var vault = await RegisterFixture.CreateAsync();
        var number = await vault.ImportAsync(SampleCase.Complete);
        await vault.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerExtern);
        var made = await DocumentAssembly.AssembleAsync(await vault.OpenAsync("onderzoeker", number), "kennisgeving", Checked, default);
        made.Refusals.ShouldHaveSingleItem().What.ShouldContain("meenemen");
        (await vault.OpenAsync("fi", number)).State.Documents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Assemble_OnderzoekerWhoTypedTheMeldersName_LearnsNothing()
    {
        // Story: whoever may not know the melder could try names until the check says no. The answer does not tell which name, where, or whose.
        await using var vault = await RegisterFixture.CreateAsync();
        var number = await vault.ImportAsync(SampleCase.Complete);
        await vault.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var dossier = await vault.OpenAsync("onderzoeker", number);
        dossier.State.Melders.ShouldBeEmpty();
        var request = SampleCase.Answering(("kennisgeving.vervolg", "Vraag het aan Kwelderhof.")) with { Checked = true };
        var refusal = (await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", request, default)).Refusals.ShouldHaveSingleItem();
        refusal.ToString().ShouldNotContain("naam", Case.Insensitive);
        refusal.ToString().ShouldNotContain("melder", Case.Insensitive);
        refusal.ToString().ShouldNotContain("word/document.xml");
    }
}
