using DossierKit.Dossiers;

namespace DossierKit.Documents;

/// <summary>What a betrokkene is charged with or asked about (tenlastelegging, zienswijze), and the account he gave of it.</summary>
internal sealed class VerwijtFields : IFieldFamily
{
    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.Day("verwijt.datum", "dag van de tenlastelegging of de uitnodiging voor een zienswijze", Knowledge.Verwijt),
        LetterField.Maybe("verwijt.feiten", "de voorlopige feiten", Knowledge.Verwijt),
        LetterField.Maybe("verwijt.plichtsverzuim", "welke regel is overtreden, met de gronden", Knowledge.Verwijt),
        LetterField.Maybe("verwijt.voornemen", "de straf of maatregel die wordt overwogen; kan leeg zijn", Knowledge.Verwijt),
        LetterField.Day("verwijt.reagerenTot", "laatste dag om een zienswijze te geven, als die is vastgelegd; anders leeg", Knowledge.Verwijt),
        LetterField.Day("verwijt.gesprekOp", "dag van het gesprek over de zienswijze; kan leeg zijn", Knowledge.Verwijt),
        LetterField.Day("verantwoording.datum", "dag van de verantwoording", Knowledge.Verwijt),
        LetterField.Flag("verantwoording.schriftelijk", "de verantwoording was schriftelijk", Knowledge.Verwijt),
        LetterField.Maybe("verantwoording.inhoud", "wat de betrokkene ter verantwoording zei; kan leeg zijn", Knowledge.Verwijt),
        LetterField.List("verantwoording.weergave", "wat er is gezegd, stuk voor stuk: vraag, antwoord of gewone tekst", Knowledge.Verwijt),
        LetterField.Text("verantwoording.weergave.vraag", FieldSource.Answer, "een vraag; anders leeg", Knowledge.Verwijt),
        LetterField.Text("verantwoording.weergave.antwoord", FieldSource.Answer, "een antwoord; anders leeg", Knowledge.Verwijt),
        LetterField.Text("verantwoording.weergave.tekst", FieldSource.Answer, "gewone tekst; anders leeg", Knowledge.Verwijt),
        LetterField.Maybe("verantwoording.bijstand", "wie de betrokkene bijstond; kan leeg zijn", Knowledge.Verwijt),
        LetterField.Day("verantwoording.uiterlijk", "laatste dag voor de verantwoording volgens het protocol; leeg als het protocol daar niets over zegt", Knowledge.Verwijt),
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        new("tenlastelegging.feiten", "verwijt.feiten") { IsSame = true, Needs = Knowledge.Verwijt },
        new("tenlastelegging.plichtsverzuim", "verwijt.plichtsverzuim") { IsSame = true, Needs = Knowledge.Verwijt },
        new("tenlastelegging.voornemen", "verwijt.voornemen") { IsSame = true, Needs = Knowledge.Verwijt },
        new("zienswijze.feiten", "verwijt.feiten") { IsSame = true, Needs = Knowledge.Verwijt },
        new("zienswijze.regels") { Needs = Knowledge.Verwijt },
        new("zienswijze.voornemen", "verwijt.voornemen") { IsSame = true, Needs = Knowledge.Verwijt },
        new("verantwoordingsverslag.gegevens", "verantwoording.datum", "betrokkene.naam") { TakesAnswer = false, Needs = Knowledge.Verwijt, Advice = "Leg de verantwoording vast in het dossier (verantwoording-afgelegd)." },
        new("verantwoordingsverslag.weergave", "verantwoording.inhoud") { IsSame = true, Needs = Knowledge.Verwijt },
        new("verantwoordingsverslag.bijstand", "verantwoording.bijstand") { IsSame = true, Needs = Knowledge.Verwijt },
    ];

    public void Add(FieldContext context)
    {
        if (context.About is not { } about) return;
        var charge = context.State.All<TenlasteleggingGiven>().LastOrDefault(given => given.Betrokkene == about.Id);
        var asked = context.State.All<ZienswijzeRequested>().LastOrDefault(requested => requested.Betrokkene == about.Id);
        if (asked is not null && (charge is null || context.Kind == "zienswijze"))
        {
            context.Put("verwijt.datum", asked.Date, asked.Name);
            context.Put("verwijt.feiten", asked.Facts, asked.Name);
            context.Put("verwijt.voornemen", asked.Intention, asked.Name);
            context.Put("verwijt.reagerenTot", asked.ReplyUntil, asked.Name);
            context.Put("verwijt.gesprekOp", TemplateData.Of(asked.ConversationOn), asked.Name);
        }
        else if (charge is not null)
        {
            context.Put("verwijt.datum", charge.Date, charge.Name);
            context.Put("verwijt.feiten", charge.Facts, charge.Name);
            context.Put("verwijt.plichtsverzuim", charge.Breach, charge.Name);
            context.Put("verwijt.voornemen", charge.IntendedPenalty, charge.Name);
        }

        if ((charge?.Date ?? context.LetterDate) is { } from && context.Source.Protocol.Terms.FirstOrDefault(term => term.Id == "verantwoording") is { Length: { } length })
            context.Put("verantwoording.uiterlijk", length.DueFrom(from, context.Source.Protocol.Workdays, context.Source.Protocol.MovesToWorkday), "verantwoording", FieldSource.Protocol);
        var given = context.State.All<VerantwoordingGiven>().Where(one => one.Betrokkene == about.Id).ToList();
        if ((given.LastOrDefault(one => one.Reference is not null && one.Reference == context.Conversation) ?? given.LastOrDefault()) is not { } account) return;
        context.Put("verantwoording.datum", account.Date, account.Name);
        context.Put("verantwoording.schriftelijk", account.IsWritten, account.Name);
        context.Put("verantwoording.inhoud", account.Content, account.Name);
        context.Put("verantwoording.bijstand", account.AssistedBy is { } id && context.State.FindPerson(id) is { } assisting ? PersonNames.InSentence(assisting) : null, account.Name);
    }
}
