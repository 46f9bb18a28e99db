using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>Who reads, where the letter goes, what he may know, and whom it is about.</summary>
internal sealed class ReaderFields : IFieldFamily
{
    private static readonly (string Flag, string[] Actors, string Meaning)[] Kinds =
    [
        ("betrokkene", ["betrokkene"], "de lezer is de betrokkene"),
        ("melder", ["melder"], "de lezer is een melder (of de vertrouwenspersoon namens de melder)"),
        ("getuige", ["getuige"], "de lezer is een getuige"),
        ("benadeelde", ["benadeelde"], "de lezer is een benadeelde"),
        ("leidinggevende", ["leidinggevende"], "de lezer is de leidinggevende van de betrokkene"),
        ("vertrouwenspersoon", ["vertrouwenspersoon"], "de lezer is een vertrouwenspersoon"),
        ("gemachtigde", ["gemachtigde", "raadsman"], "de lezer is een gemachtigde of raadsman"),
        ("onderzoeker", ["onderzoeker"], "de lezer is een onderzoeker"),
        ("or", ["voorzitter-or", "vicevoorzitter-or", "ondernemingsraad"], "de lezer is de voorzitter of vicevoorzitter van de ondernemingsraad"),
        ("directeur", ["verantwoordelijk-directeur"], "de lezer is de verantwoordelijk directeur"),
    ];

    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.Text("geadresseerde.naam", FieldSource.Person, "naam van de ontvanger, zoals op de envelop") with
        {
            OnlyForOffice = true, Question = "Aan wie is het stuk gericht?", Hint = "Alleen als de ontvanger een functie heeft en geen persoon in het dossier is. Laat het leeg om de functie te noemen.",
        },
        LetterField.Text("geadresseerde.aanhef", FieldSource.Person, "aanhef, bijvoorbeeld ‘Geachte heer Van Rietland’") with
        {
            OnlyForOffice = true, Question = "Hoe begint de brief?", Hint = "Bijvoorbeeld: Geachte mevrouw Plassenberg.",
        },
        LetterField.Text("geadresseerde.functie", FieldSource.Protocol, "wat de ontvanger is, als woord van het protocol, bijvoorbeeld ‘verantwoordelijke’"),
        LetterField.Text("geadresseerde.straat", FieldSource.Person, "adres van de ontvanger: straat en nummer"),
        LetterField.Text("geadresseerde.postcode", FieldSource.Person, "adres van de ontvanger: postcode"),
        LetterField.Text("geadresseerde.plaats", FieldSource.Person, "adres van de ontvanger: plaats"),
        LetterField.Text("geadresseerde.perAdres", FieldSource.Person, "naam van de gemachtigde, als de brief via een gemachtigde gaat; anders leeg. Het adres is dan dat van de gemachtigde") with { Optional = true },
        .. Kinds.Select(one => LetterField.Flag($"lezer.{one.Flag}", one.Meaning, source: FieldSource.Person)),
        LetterField.Flag("lezer.verantwoordelijke", "de lezer is de verantwoordelijke, hoe die ook heet", source: FieldSource.Person),
        LetterField.Flag("lezer.viaVertrouwenspersoon", "de brief is voor de melder en gaat naar de vertrouwenspersoon, het enige adres", source: FieldSource.Person),
        .. Enum.GetValues<Knowledge>().Select(known => LetterField.Flag($"lezer.weet.{AddresseeKind.WordOf(known)}", $"de lezer mag weten: {AddresseeKind.MeaningOf(known)}", source: FieldSource.Protocol)),
        LetterField.Text("betrokkene.naam", FieldSource.Person, "naam van de betrokkene om wie het gaat", Knowledge.Betrokkenen),
        LetterField.Maybe("betrokkene.functie", "functie van de betrokkene; kan leeg zijn", Knowledge.Betrokkenen, FieldSource.Person),
        LetterField.Maybe("betrokkene.afdeling", "afdeling van de betrokkene; kan leeg zijn", Knowledge.Betrokkenen, FieldSource.Person),
        LetterField.Maybe("betrokkene.positie", "positie van de betrokkene, bijvoorbeeld medewerker of wethouder; kan leeg zijn", Knowledge.Betrokkenen, FieldSource.Person),
        LetterField.List("betrokkenen", "de betrokkenen van wie deze lezer de naam mag weten", Knowledge.Betrokkenen),
        LetterField.Text("betrokkenen.naam", FieldSource.Person, "naam van de betrokkene", Knowledge.Betrokkenen),
        LetterField.Text("betrokkenen.functie", FieldSource.Person, "functie van de betrokkene; kan leeg zijn", Knowledge.Betrokkenen),
        LetterField.Text("betrokkenen.afdeling", FieldSource.Person, "afdeling van de betrokkene; kan leeg zijn", Knowledge.Betrokkenen),
        LetterField.Text("melder.naam", FieldSource.Person, "naam van de melder; alleen in een brief aan de melder zelf", Knowledge.Melder),
        LetterField.Maybe("melder.toestemming", "of de melder goedvindt dat zijn naam wordt genoemd: ja, nee of leeg", Knowledge.Melder),
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        new("intakeverslag.identiteit", "melder.toestemming") { IsSame = true, Needs = Knowledge.Melder },
    ];

    public void Add(FieldContext context)
    {
        AddKind(context);
        AddAbout(context);
        var melder = context.Reader is { Role: CaseRole.Melder } reader ? reader : context.State.Melders.Count == 1 ? context.State.Melders[0] : null;
        if (melder is not null)
        {
            context.PutKnown("melder.naam", melder.Surname is null ? null : PersonNames.InSentence(melder), melder.Id.Value, FieldSource.Person);
            context.PutKnown("melder.toestemming", context.State.Facts.For(melder.Id.Value).Find(FactNames.MelderStemtInMetBekendmaking), EventNames.IntakeGehouden);
        }

        if (context.Reader is { } person) AddPerson(context, person);
        else AddOffice(context);
    }

    /// <summary>The vertrouwenspersoon through whom a melder reported: the only address of one who did not report openly (Ommen, bijlage 6, vertrouwelijkheid).</summary>
    public static CasePerson? OnlyAddressOf(CasePerson melder, DossierState state)
        => melder is not { Role: CaseRole.Melder, Form: not MelderForm.Open } ? null
            : state.Persons.LastOrDefault(other => other.Role == CaseRole.Vertrouwenspersoon && (other.Of == melder.Id || (other.Of is null && state.Melders.Count == 1)));

    private static void AddKind(FieldContext context)
    {
        var actor = context.Addressee.Kind.Id;
        foreach (var (flag, actors, _) in Kinds) context.Put($"lezer.{flag}", actors.Contains(actor, StringComparer.Ordinal), null, FieldSource.Person);
        context.Put("lezer.verantwoordelijke", actor == "verantwoordelijke" || context.Addressee.HasAuthority, null, FieldSource.Person);
        context.Put("lezer.viaVertrouwenspersoon", context.Reader is { } reader && OnlyAddressOf(reader, context.State) is not null, null, FieldSource.Person);
        foreach (var known in Enum.GetValues<Knowledge>()) context.Put($"lezer.weet.{AddresseeKind.WordOf(known)}", context.Addressee.Knows(known), null, FieldSource.Protocol);
        context.Put("geadresseerde.functie", context.Word(actor), context.Source.Protocol.Id, FieldSource.Protocol);
    }

    private static void AddAbout(FieldContext context)
    {
        context.Put("betrokkenen", TemplateData.List(context.State.Betrokkenen.Where(context.MayName).Select(person => TemplateData.Record(
            ("naam", PersonNames.InSentence(person)), ("functie", person.Function), ("afdeling", person.Department)))), null, FieldSource.Person);
        if (context.About is not { } about || !context.MayName(about)) return;
        context.Put("betrokkene.naam", PersonNames.InSentence(about), about.Id.Value, FieldSource.Person);
        context.Put("betrokkene.functie", about.Function, about.Id.Value, FieldSource.Person);
        context.Put("betrokkene.afdeling", about.Department, about.Id.Value, FieldSource.Person);
        context.Put("betrokkene.positie", about.Position is { } position ? CaseFactsOf.PositionName(position) : null, about.Id.Value, FieldSource.Person);
    }

    private static void AddPerson(FieldContext context, CasePerson reader)
    {
        var only = OnlyAddressOf(reader, context.State);
        var person = only ?? reader;
        if (person.Surname is not null)
        {
            context.Put("geadresseerde.naam", PersonNames.OnEnvelope(person), person.Id.Value, FieldSource.Person);
            context.Put("geadresseerde.aanhef", PersonNames.Salutation(person), person.Id.Value, FieldSource.Person);
        }

        // All correspondence goes through a gemachtigde once there is one (Heerenveen 2011 3.3): the letter stays the person's, the address is the gemachtigde's.
        var gemachtigde = context.State.Persons.LastOrDefault(other => other.Role == CaseRole.Gemachtigde && other.Of == person.Id && other.Address is not null);
        context.Put("geadresseerde.perAdres", gemachtigde is null ? null : PersonNames.InSentence(gemachtigde), gemachtigde?.Id.Value, FieldSource.Person);
        var at = gemachtigde ?? person;
        AddAddress(context, at.Address ?? (IsInHouse(at) ? context.Source.Municipality.Address : null), at.Id.Value);
    }

    /// <summary>Colleagues get their letter at work when no other address is known; a betrokkene and a melder never do, because others open the post there.</summary>
    private static bool IsInHouse(CasePerson person)
        => person.Role is CaseRole.Leidinggevende or CaseRole.Vertrouwenspersoon or CaseRole.Adviseur or CaseRole.Overig
            || (person.Role is CaseRole.Getuige && person.Position is not (null or Position.Extern));

    /// <summary>An office: the one who holds it when the dossier knows, else the office itself; letters for it go to the town hall.</summary>
    private static void AddOffice(FieldContext context)
    {
        var actor = context.Addressee.Kind.Id;
        var told = actor == "verantwoordelijke" || context.Addressee.HasAuthority ? context.State.Last<VerantwoordelijkeInformed>() : null;
        var staff = told is null ? null : context.Source.Staff(told.Verantwoordelijke);
        var word = told?.Office is { } office ? context.Word(office) : context.Word(actor);
        context.Put("geadresseerde.naam", staff?.DisplayName ?? $"De {word}", staff?.Id.Value, FieldSource.Person);
        context.Put("geadresseerde.aanhef", "Geachte mevrouw of heer", staff?.Id.Value, FieldSource.Person);
        if (staff is not null) context.Put("geadresseerde.functie", word, staff.Id.Value, FieldSource.Person);
        AddAddress(context, context.Source.Municipality.Address, null);
    }

    private static void AddAddress(FieldContext context, PostalAddress? address, string? of)
    {
        context.PutKnown("geadresseerde.straat", address?.Street, of, FieldSource.Person);
        context.PutKnown("geadresseerde.postcode", address?.PostalCode, of, FieldSource.Person);
        context.PutKnown("geadresseerde.plaats", address?.Town, of, FieldSource.Person);
    }
}
