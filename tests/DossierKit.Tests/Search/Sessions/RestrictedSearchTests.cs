using DossierKit.Dossiers;
using DossierKit.Search;
using DossierKit.Vault;

namespace DossierKit.Tests.Search.Sessions;

/// <summary>Whoever searches finds what he may read, all of it, and learns nothing of the rest: not by a hit, a count, a score or a piece of text.</summary>
public sealed class RestrictedSearchTests
{
    [Fact]
    public async Task Search_WhatSomebodyMayRead_IsFoundWithPlaceAndWordsAround()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        var file = await fixture.FileAsync("In de schuur achter het gemeentehuis stond een onbekende grasmaaier van de firma.", Compartment.Onderzoek, "Bezoek aan de schuur");
        await fixture.UpdateAsync();

        var answer = await fixture.AskAsync("fi", "grasmaaier");
        var hit = answer.Hits.ShouldHaveSingleItem();
        (answer.Total, hit.File, hit.Dossier, hit.Title, hit.Compartment, hit.Date).ShouldBe((1, file.Id, fixture.Number, "Bezoek aan de schuur", Compartment.Onderzoek, SearchFixture.Day));
        string.Concat(hit.Fragments[0].Pieces.Select(piece => piece.IsHit ? $"[{piece.Text}]" : piece.Text)).ShouldBe("In de schuur achter het gemeentehuis stond een onbekende [grasmaaier] van de firma.");
        (await fixture.AskAsync("onderzoeker", "grasmaaier")).Total.ShouldBe(1);
        (await fixture.AskAsync("fi", "waterscooter")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Search_ByWhoMayReadNothing_IsRefused()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.Vault.HireAsync("beheerder", "de heer B. Rietkraagsma", StaffRole.Beheerder);
        await fixture.Vault.HireAsync("archivaris", "mevrouw C. Zeekleidijk", StaffRole.Archivaris);
        foreach (var person in new[] { "beheerder", "archivaris" })
            (await fixture.Search.SearchAsync(fixture.Vault.As(person), new SearchRequest { Query = "a", Purpose = "b" }, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
    }

    /// <summary>The law of the whole: what is added to, changed in or destroyed from what somebody may not read changes no byte of any answer to him.</summary>
    [Fact]
    public async Task Search_WhateverHappensWhereOneMayNotRead_AnswersTheSame()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.FileAsync("De grasmaaier en de heggenschaar waren op zondag in gebruik.", Compartment.Onderzoek);
        await fixture.UpdateAsync();
        string[] queries = ["grasmaaier", "gras*", "*schaar", "heggenschaar~", "\"de heggenschaar\"", "grasmaaier zitmaaier", "zitmaaier", "g?asmaaier -heggenschaar", "+zondag +maandag", "[gras TO heg]", "*:*", "besluut"];
        var before = await AllAsync();

        var besluit = await fixture.FileAsync("De grasmaaier, de zitmaaier en nog een grasmaaier; het besluit noemt de heggenschaar niet op maandag.", Compartment.Besluit);
        await fixture.FileAsync("De melder is mevrouw Lisdoddema; de grasmaaier is van haar.", Compartment.Melder);
        (await AllAsync()).ShouldBe(before, "added, not yet indexed");
        await fixture.UpdateAsync();
        (await AllAsync()).ShouldBe(before, "indexed");
        (await fixture.AskAsync("fi", "zitmaaier")).Total.ShouldBe(1, "it is there for who may read it");
        var task = await fixture.Vault.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default);
        await task.DestroyObjectsAsync(fixture.Number, [besluit.Id.Value], "proef", default);
        (await AllAsync()).ShouldBe(before, "destroyed");
        await fixture.UpdateAsync();
        (await AllAsync()).ShouldBe(before, "and indexed anew");
        await task.DestroyCompartmentAsync(fixture.Number, Compartment.Besluit, "proef", default);
        (await AllAsync()).ShouldBe(before, "with its compartment");

        async Task<string> AllAsync()
        {
            var seen = new List<string>();
            foreach (var query in queries) seen.Add($"{query}: {await fixture.SeenAsync("onderzoeker", query)}");
            return string.Join('\n', seen);
        }
    }

    [Fact]
    public async Task Search_ForANameInMelder_FindsItNowhereForNobody()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.FileAsync("De melder is mevrouw Wilgenroosje-Kanarie van de afdeling groen.", Compartment.Melder);
        await fixture.UpdateAsync();
        foreach (var query in new[] { "wilgenroosje", "wilgenroos*", "*kanarie", "wilgenroosjes~2", "\"mevrouw wilgenroosje\"", "*:*" })
        {
            var seen = await fixture.SeenAsync("fi", query);
            seen.ShouldNotContain("Wilgenroosje-");
            seen.ShouldNotContain("\"Compartment\":\"melder\"");
        }

        (await fixture.AskAsync("fi", "wilgenroosje")).Total.ShouldBe(0);
        fixture.Vault.Store.Snapshot().Keys.Count(name => name.Value.Contains("/d/", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Search_WhenTheRightEnds_FindsNothingAtTheNextSearch()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.FileAsync("De grasmaaier.", Compartment.Onderzoek);
        await fixture.UpdateAsync();
        (await fixture.AskAsync("onderzoeker", "grasmaaier")).Total.ShouldBe(1);
        (await fixture.Vault.Register.Staff.EndAsync(fixture.Vault.As("fi"), new PersonId("onderzoeker"), StaffRole.OnderzoekerIntern, new DateOnly(2026, 3, 31), default)).IsDone.ShouldBeTrue();
        (await fixture.Search.SearchAsync(fixture.Vault.As("onderzoeker"), new SearchRequest { Query = "grasmaaier", Purpose = "werk" }, default)).IsDone.ShouldBeFalse();
    }

    /// <summary>Another process writes, moves and destroys; this one has everything in memory and must notice at the next search.</summary>
    [Fact]
    public async Task Search_AfterAnotherProcessDestroyed_FindsItNoMore()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        var file = await fixture.FileAsync("De kanariegele grasmaaier.", Compartment.Onderzoek);
        await fixture.FileAsync("Een tweede stuk, dat blijft.", Compartment.Onderzoek);
        await fixture.UpdateAsync();
        (await fixture.AskAsync("fi", "k?nariege*")).Total.ShouldBe(1);

        var elsewhere = await fixture.Vault.OpenElsewhereAsync();
        await (await elsewhere.BeginTaskAsync(SystemTaskKind.Destroy, null, default)).DestroyObjectsAsync(fixture.Number, [file.Id.Value], "proef", default);

        (await fixture.AskAsync("fi", "k?nariege*")).Total.ShouldBe(0);
        (await fixture.Vault.EverythingAsync()).ShouldNotContain("kanariegele");
        var waiting = await fixture.AskAsync("fi", "tweede");
        waiting.Total.ShouldBe(0);
        waiting.Waiting.ShouldBeGreaterThan(0, "what shared its segment waits for the next update");
        await fixture.UpdateAsync();
        (await fixture.AskAsync("fi", "tweede")).Total.ShouldBe(1);
        (await fixture.Index.ProveGoneAsync(file.Id.Value, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task Search_WithAScoreBeyondAllNumbers_IsAnswered()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.FileAsync("De grasmaaier.", Compartment.Onderzoek);
        await fixture.UpdateAsync();
        foreach (var query in new[] { $"grasmaaier^{new string('9', 60)}", $"{string.Concat(Enumerable.Repeat("(", 20))}grasmaaier{string.Concat(Enumerable.Repeat("^999)", 20))}^999", "\ud800grasmaaier", "grasmaaier\0", new string('(', 500), "AND OR NOT", "+ - !", "\"", "grasmaaier~99", "[TO]", "*" })
        {
            var answer = await fixture.AskAsync("fi", query);
            answer.Hits.ShouldAllBe(hit => float.IsFinite(hit.Score));
            System.Text.Json.JsonSerializer.Serialize(answer).ShouldNotBeEmpty();
        }

        (await fixture.Search.SearchAsync(fixture.Vault.As("fi"), new SearchRequest { Query = "a", Purpose = new string('d', 201) }, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("doel");
        (await fixture.Search.SearchAsync(fixture.Vault.As("fi"), new SearchRequest { Query = "grasmaaier", Purpose = "werk", Skip = 10_000 }, default)).Value.Hits.ShouldBeEmpty();
    }

    /// <summary>A query made of a document is words of it: destroyed with its dossier, although the document itself is no hit.</summary>
    [Fact]
    public async Task Search_ForMoreLikeOne_IsForgottenWithItsDossier()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        var first = fixture.Number;
        var file = await fixture.FileAsync("De kanariegele zitmaaier van de loods.", Compartment.Onderzoek);
        await fixture.ImportAsync("pas-in-het-cafe");
        await fixture.FileAsync("Ook hier een kanariegele zitmaaier.", Compartment.Onderzoek);
        await fixture.UpdateAsync();
        var answer = (await fixture.Search.SearchAsync(fixture.Vault.As("fi"), new SearchRequest { Like = (first, file.Id), Purpose = "vergelijken" }, default)).Value;
        answer.Hits.ShouldAllBe(hit => hit.Dossier == fixture.Number);
        answer.ReadAs!.ShouldContain("kanariegele");
        await (await fixture.Vault.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default)).DestroyDossierAsync(first, default);
        (await fixture.Vault.Register.Searches.ReadAsync(default)).ShouldBeEmpty();
    }

    /// <summary>One damaged dossier keeps nobody from the others.</summary>
    [Fact]
    public async Task Search_BesideADamagedDossier_FindsInTheOthers()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        var broken = fixture.Number;
        await fixture.ImportAsync("pas-in-het-cafe");
        await fixture.FileAsync("De grasmaaier.", Compartment.Onderzoek);
        var stream = (await fixture.Vault.Register.IndexableAsync(default)).Single(dossier => dossier.Number == broken).Stream;
        var name = new ObjectName($"s/{stream}/j/{1:x16}");
        await fixture.Vault.Store.DeleteAsync(name, default);
        await fixture.Vault.Store.PutIfAbsentAsync(name, new byte[200], default);

        (await fixture.Index.UpdateAsync(rebuild: false, null, default)).Damaged.ShouldBe(1);
        var answer = await fixture.AskAsync("fi", "grasmaaier");
        (answer.Total, answer.Damaged).ShouldBe((1, 1));
    }

    /// <summary>Somebody searched and went home: what was destroyed since is in no view that waits for him.</summary>
    [Fact]
    public async Task Destroy_LetsGoOfEveryViewWithIt()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        var file = await fixture.FileAsync("De kanariegele grasmaaier.", Compartment.Onderzoek);
        await fixture.UpdateAsync();
        await fixture.AskAsync("fi", "iets");
        await fixture.AskAsync("onderzoeker", "iets");
        fixture.Search.Kept.ShouldBe((2, 1), "they may read the same, so they share a view");
        var elsewhere = await fixture.Vault.OpenElsewhereAsync();
        await (await elsewhere.BeginTaskAsync(SystemTaskKind.Destroy, null, default)).DestroyObjectsAsync(fixture.Number, [file.Id.Value], "proef", default);
        await fixture.UpdateAsync();
        fixture.Search.Kept.ShouldBe((0, 0));

        await fixture.AskAsync("fi", "iets");
        await (await elsewhere.BeginTaskAsync(SystemTaskKind.Destroy, null, default)).DestroyDossierAsync(fixture.Number, default);
        fixture.Search.Kept.ShouldBe((1, 1));
        await fixture.UpdateAsync();
        fixture.Search.Kept.ShouldBe((0, 0));
    }

    [Fact]
    public async Task Search_AfterTheDossierWasDestroyed_OpensNoTermOfIt()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.FileAsync("De kanariegele grasmaaier.", Compartment.Onderzoek);
        await fixture.UpdateAsync();
        (await fixture.AskAsync("fi", "kanariegele")).Total.ShouldBe(1);
        (await fixture.Vault.EverythingAsync()).ShouldContain("kanariegele", customMessage: "the search can find what it looks for");
        await (await fixture.Vault.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default)).DestroyDossierAsync(fixture.Number, default);
        (await fixture.Search.SearchAsync(fixture.Vault.As("fi"), new SearchRequest { Query = "iets", Purpose = "werk" }, default)).IsDone.ShouldBeFalse();
        var left = await fixture.Vault.EverythingAsync();
        left.ShouldNotContain("grasmaaier");
        left.ShouldNotContain("kanariegele", customMessage: "nor what was asked when it was found");
    }

    [Fact]
    public async Task Search_AfterAFileWasMovedToMelder_FindsItNoMore()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        var file = await fixture.FileAsync("Ik heb dit gemeld, wilgenroosje.", Compartment.Onderzoek);
        await fixture.UpdateAsync();
        (await fixture.AskAsync("onderzoeker", "wilgenroosje")).Total.ShouldBe(1);
        using (var dossier = await fixture.Vault.OpenAsync("fi", fixture.Number)) (await dossier.MoveFileAsync(file.Id, Compartment.Melder, "De melder is eruit te herkennen.", default)).IsDone.ShouldBeTrue();
        foreach (var person in new[] { "fi", "onderzoeker" }) (await fixture.AskAsync(person, "wilgenroosje")).Total.ShouldBe(0);
        await fixture.UpdateAsync();
        foreach (var person in new[] { "fi", "onderzoeker" }) (await fixture.AskAsync(person, "wilgenroosje")).Total.ShouldBe(0);
    }

    /// <summary>Fields of the case come from compartments as well: whoever may not read the besluit does not find by the outcome, nor sees it counted.</summary>
    [Fact]
    public async Task Search_ByWhatIsKnownOfTheCase_FindsByWhatOneMayKnow()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.FileAsync("De grasmaaier.", Compartment.Onderzoek, "Eerste bezoek");
        await fixture.UpdateAsync();
        var all = await fixture.AskAsync("fi", "grasmaaier");
        all.Facets["soort"].ShouldBe([new FacetValue("notitie", 1)]);
        all.Facets["functie"].Count.ShouldBeGreaterThan(0);
        foreach (var query in new[] { "soort:notitie", "compartiment:onderzoek", "titel:eerste*", "datum:[2026-03-01 TO 2026-03-31]", "datum:2026-03*", "jaar:2026", $"dossier:\"{fixture.Number}\"", "protocol:waterlanden" })
            (await fixture.AskAsync("onderzoeker", $"+grasmaaier +{query}")).Total.ShouldBe(1, query);
        foreach (var query in new[] { "soort:brief", "datum:[2025-01-01 TO 2025-12-31]", "titel:tweede*", "uitkomst:onzin" })
            (await fixture.AskAsync("onderzoeker", $"+grasmaaier +{query}")).Total.ShouldBe(0, query);
        var read = await fixture.AskAsync("fi", "grasmaaier AND (schuur OR");
        read.Problem.ShouldNotBeNull();
        read.ReadAs.ShouldNotBeNull();
        (await fixture.AskAsync("fi", "kleur:rood")).Problem!.Why.ShouldContain("soort");
    }

    [Fact]
    public async Task Search_ByTheOutcome_TellsNothingToWhoMayNotKnowIt()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.ImportAsync("pas-in-het-cafe");
        await fixture.UpdateAsync();
        var (known, hidden) = (await fixture.AskAsync("fi", "*:*"), await fixture.AskAsync("onderzoeker", "*:*"));
        hidden.Hits.ShouldContain(hit => hit.Dossier == fixture.Number, "he works on this case");
        known.Facets.Keys.ShouldContain("uitkomst");
        hidden.Facets.Keys.ShouldNotContain("uitkomst");
        foreach (var value in known.Facets["uitkomst"].Select(value => value.Value))
        {
            (await fixture.AskAsync("fi", $"uitkomst:{value}")).Total.ShouldBeGreaterThan(0);
            (await fixture.AskAsync("onderzoeker", $"uitkomst:{value}")).Total.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Search_ForMoreLikeOne_FindsOthersAndNotItself()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        var one = await fixture.FileAsync("De zitmaaier en de heggenschaar stonden in de schuur.", Compartment.Onderzoek, "Eerste");
        await fixture.FileAsync("Over de heggenschaar en de zitmaaier is later gesproken.", Compartment.Onderzoek, "Tweede");
        await fixture.FileAsync("Een vergadering over iets anders.", Compartment.Onderzoek, "Derde");
        var hidden = await fixture.FileAsync("De zitmaaier in het besluit.", Compartment.Besluit, "Vierde");
        await fixture.UpdateAsync();
        async Task<Outcome<SearchAnswer>> LikeAsync(string person, FileId file)
            => await fixture.Search.SearchAsync(fixture.Vault.As(person), new SearchRequest { Like = (fixture.Number, file), Purpose = "vergelijken" }, default);

        (await LikeAsync("onderzoeker", one.Id)).Value.Hits.Select(hit => hit.Title).ShouldBe(["Tweede"]);
        (await LikeAsync("fi", one.Id)).Value.Hits.Select(hit => hit.Title).ShouldBe(["Tweede", "Vierde"], ignoreOrder: true);
        // What is not there, and what is not for him: one answer.
        var refused = (await LikeAsync("onderzoeker", hidden.Id)).Refusals;
        refused.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NotThere);
        (await LikeAsync("onderzoeker", new FileId(OpaqueId.Random()))).Refusals.ShouldBe(refused);
    }

    [Fact]
    public async Task Search_ForAWordThatIsNowhere_SuggestsOneThatOneMayRead()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.FileAsync("De grasmaaier stond buiten.", Compartment.Onderzoek);
        await fixture.FileAsync("De grasmaiier is een vergissing.", Compartment.Besluit);
        await fixture.UpdateAsync();
        (await fixture.AskAsync("onderzoeker", "grasmaiiers AND buiten")).DidYouMean.ShouldBe("grasmaaier AND buiten");
        (await fixture.AskAsync("fi", "grasmaiiert")).DidYouMean.ShouldBe("grasmaiier");
        (await fixture.AskAsync("fi", "grasmaaier")).DidYouMean.ShouldBeNull();
    }

    [Fact]
    public async Task Search_IsLoggedWithItsPurpose_BeforeTheAnswer()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        var file = await fixture.FileAsync("De grasmaaier.", Compartment.Onderzoek);
        await fixture.UpdateAsync();
        await fixture.AskAsync("fi", "grasmaaier");
        var record = (await fixture.Vault.Register.Searches.ReadAsync(default)).ShouldHaveSingleItem().Record;
        (record.Person, record.Query, record.Purpose, record.Total).ShouldBe((new PersonId("fi"), "grasmaaier", "voorbereiden van het gesprek", 1));
        record.Files.ShouldBe([file.Id.ToString()]);
        (await fixture.Vault.Register.Log.ReadAsync(default)).ShouldContain(entry => entry.Record.Act == AccessAct.Searched);
        // The query stands nowhere in the log that others read.
        (await fixture.Vault.Register.Log.ReadAsync(default)).ShouldAllBe(entry => entry.Reason == null || entry.Reason.Purpose != "grasmaaier");

        // A log that cannot be written shows nothing.
        fixture.Vault.Store.Fault = (operation, _) => operation == StoreOperation.Commit ? StoreFault.Before : null;
        await Should.ThrowAsync<VaultException>(() => fixture.AskAsync("fi", "grasmaaier"));
    }

    /// <summary>Whoever searches for one name after another is not stopped, but somebody looks at it; the answers stay the same.</summary>
    [Fact]
    public async Task Search_ForManyNames_WaitsForReview()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.UpdateAsync();
        var names = new[] { "Kwelderhof", "waterdrieblad", "Schelpenwaard", "Oeverzichter", "Lisdoddema" };
        foreach (var name in names[..4]) await fixture.AskAsync("onderzoeker", $"verslag {name}");
        (await fixture.Vault.Register.ReviewsAsync(fixture.Vault.As("fi"), default)).Value.ShouldBeEmpty();
        await fixture.AskAsync("onderzoeker", names[3]);
        (await fixture.Vault.Register.ReviewsAsync(fixture.Vault.As("fi"), default)).Value.ShouldBeEmpty("the same name again is no other name");
        await fixture.AskAsync("onderzoeker", $"\"{names[4]}\"~2 OR iets");
        var item = (await fixture.Vault.Register.ReviewsAsync(fixture.Vault.As("fi"), default)).Value.ShouldHaveSingleItem();
        (item.Person, item.Dossier).ShouldBe((new PersonId("onderzoeker"), null));
        item.Reason.ShouldContain("namen");
        foreach (var name in names) item.Reason.ShouldNotContain(name, Case.Insensitive);

        // A day later it begins anew, and so it does in another process, which knows what was asked before.
        fixture.Vault.Clock.Now += TimeSpan.FromHours(25);
        foreach (var name in names[..4]) await fixture.AskAsync("onderzoeker", name);
        (await fixture.Vault.Register.ReviewsAsync(fixture.Vault.As("fi"), default)).Value.Count.ShouldBe(1);
        var elsewhere = await fixture.Vault.OpenElsewhereAsync();
        var index = await fixture.OpenIndexAsync(elsewhere);
        using var search = new DossierSearch(index);
        await fixture.AskAsync("onderzoeker", names[4], search, elsewhere);
        (await fixture.Vault.Register.ReviewsAsync(fixture.Vault.As("fi"), default)).Value.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Search_WithoutPurposeOrWords_SaysBothAtOnce()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        var refused = await fixture.Search.SearchAsync(fixture.Vault.As("fi"), new SearchRequest { Query = " ", Purpose = "", Take = 0, Skip = -1 }, default);
        refused.Refusals.Select(refusal => refusal.Subject).ShouldBe(["doel", "vraag", "vanaf", "aantal"]);
    }

    [Fact]
    public async Task Update_ReadsOnlyWhatIsNew_AndRebuildReadsAll()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.FileAsync("Een.", Compartment.Onderzoek);
        var first = await fixture.Index.UpdateAsync(rebuild: false, null, default);
        first.Changed.ShouldBe(1);
        (await fixture.Index.UpdateAsync(rebuild: false, null, default)).ShouldBe(new IndexReport(1, 0, 0, 0));
        await fixture.FileAsync("Twee.", Compartment.Onderzoek);
        (await fixture.Index.UpdateAsync(rebuild: false, null, default)).Files.ShouldBeLessThan(first.Files);
        (await fixture.Index.UpdateAsync(rebuild: true, null, default)).Files.ShouldBe(first.Files + 1);
        foreach (var word in new[] { "een", "twee" }) (await fixture.AskAsync("fi", $"tekst:{word}s~")).Total.ShouldBeGreaterThanOrEqualTo(0);
        (await fixture.AskAsync("fi", "twee")).Total.ShouldBe(1);
    }

    /// <summary>Another process has made the index anew: this one goes on with what it has, and finds what is new after its own look.</summary>
    [Fact]
    public async Task Search_BesideAnotherProcessThatIndexes_FindsTheSame()
    {
        await using var fixture = await SearchFixture.CreateAsync();
        await fixture.UpdateAsync();
        await fixture.FileAsync("De grasmaaier.", Compartment.Onderzoek);
        (await fixture.AskAsync("fi", "grasmaaier")).Waiting.ShouldBe(1);
        var elsewhere = await fixture.Vault.OpenElsewhereAsync();
        await (await fixture.OpenIndexAsync(elsewhere)).UpdateAsync(rebuild: false, null, default);
        (await fixture.Index.UpdateAsync(rebuild: false, null, default)).Files.ShouldBe(0, "the other has read it");
        (await fixture.AskAsync("fi", "grasmaaier")).Total.ShouldBe(1);
    }
}
