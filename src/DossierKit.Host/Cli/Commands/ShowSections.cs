using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary>The registers of a dossier, one section each: a table for people and the same as JSON.</summary>
internal static class ShowSections
{
    private static readonly Dictionary<string, Func<OpenDossier, DateOnly, IEnumerable<Section>>> Known = new(StringComparer.Ordinal)
    {
        ["bewijs"] = (dossier, _) => [Evidence(dossier.State)],
        ["verzending"] = (dossier, _) => [Dispatches(dossier.State)],
        ["journaal"] = (dossier, _) => [Journaal(dossier.State)],
        ["registratie"] = (dossier, _) => [Registrations(dossier.State)],
        ["bevoegdheid"] = (dossier, _) => [Authorities(dossier), Onderzoekers(dossier)],
        ["originelen"] = (dossier, today) => [Originals(dossier.State), Copies(dossier.State, today)],
        ["maatregelen"] = (dossier, today) => [Measures(dossier.State, today), Responses(dossier.State, today), Progress(dossier.State, today)],
    };

    /// <summary>The names of all sections.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>Writes a section as a table, or as JSON.</summary>
    /// <exception cref="UsageException">There is no such section.</exception>
    public static void Write(string name, OpenDossier dossier, DateOnly today, Terminal terminal)
    {
        if (!Known.TryGetValue(name, out var make)) throw new UsageException($"--section '{name}' is unknown. Choose one of: {string.Join(", ", Names)}.");
        var sections = make(dossier, today).ToList();
        if (terminal.IsJson)
        {
            var json = new JsonObject { ["nummer"] = dossier.Number.Value, ["section"] = name };
            foreach (var section in sections)
            {
                json[section.Name] = section.Json;
                if (section.Remarks.Count > 0) json[$"{section.Name}Remarks"] = Ids(section.Remarks);
            }

            terminal.Json(json);
            return;
        }

        terminal.Line($"Dossier {dossier.Number}");
        foreach (var section in sections)
        {
            terminal.Line();
            terminal.Line(section.Title);
            if (section.Rows.Count > 0) terminal.Table(section.Heads, section.Rows);
            else terminal.Line("  (niets, of niets dat u mag zien)");
            foreach (var remark in section.Remarks) terminal.Line($"Let op: {remark}.");
        }
    }

    private static Section Evidence(DossierState state) => new(
        "bewijs", "Register van bewijs", ["Kenmerk", "Veiliggesteld", "Wat", "Van", "Door", "Bewaard bij", "SHA-256", "Teruggegeven"],
        [.. state.Evidence.Select(item => (IReadOnlyList<string>)
            [item.Reference ?? "", DutchText.Short(item.Secured.Date), item.Secured.What, Text(item.Secured.From), List(item.Secured.SecuredBy), item.Secured.KeptAt ?? "",
             item.Sha256?[..12] ?? "", item.Returned is { } back ? $"{DutchText.Short(back.Date)} aan {back.To}" : ""])],
        [.. state.Evidence.Select(item => new JsonObject
        {
            ["kenmerk"] = item.Reference,
            ["veiliggesteld"] = DossierJson.Event(item.Secured),
            ["sha256"] = item.Sha256,
            ["hashKlopt"] = item.HashAgrees,
            ["bestanden"] = Ids(item.Files.Select(file => file.Id.ToString())),
            ["teruggegeven"] = item.Returned is { } back ? DossierJson.Event(back) : null,
        })])
    { Remarks = [.. state.Evidence.Where(item => item.HashAgrees == false).Select(item => $"de hash van {item.Reference ?? item.Secured.What} is niet die van het bestand in het dossier")] };

    private static Section Dispatches(DossierState state) => new(
        "verzendingen", "Verzonden stukken", ["Datum", "Stuk", "Aan", "Hoe", "Via", "Nummer", "Kenmerk", "Ontvangst"],
        [.. state.Dispatches.Select(dispatch => (IReadOnlyList<string>)
            [DutchText.Short(dispatch.On), dispatch.DocumentKind, dispatch.To.Value, dispatch.Delivery is { } how ? Words.Of(how) : "", Text(dispatch.Through), dispatch.Number ?? "",
             dispatch.Reference ?? "", Receipt(dispatch)])],
        [.. state.Dispatches.Select(dispatch => new JsonObject
        {
            ["datum"] = DutchText.Iso(dispatch.On),
            ["stuk"] = dispatch.DocumentKind,
            ["aan"] = dispatch.To.Value,
            ["wijze"] = dispatch.Delivery is { } how ? Words.Of(how) : null,
            ["via"] = dispatch.Through?.Value,
            ["verzendnummer"] = dispatch.Number,
            ["kenmerk"] = dispatch.Reference,
            ["wachtOpBewijs"] = dispatch.AwaitsReceipt,
            ["ontvangst"] = dispatch.Receipt is { } receipt ? DossierJson.Event(receipt) : null,
        })]);

    private static Section Journaal(DossierState state) => new(
        "journaal", "Journaal", ["Datum", "Tijd", "Gebeurtenis", "Door", "Compartiment", "Vastgelegd", "Inhoud"],
        [.. state.Journaal.Select(line => (IReadOnlyList<string>)
            [DutchText.Short(line.On), line.Time is { } time ? $"{time:HH\\:mm}" : "", line.Name, Text(line.By), line.Compartment.Name,
             line.RecordedOn is { } recorded ? DutchText.Short(recorded) : "", Content(line)])],
        [.. state.Journaal.Select(line => new JsonObject
        {
            ["datum"] = DutchText.Iso(line.On),
            ["tijd"] = line.Time is { } time ? $"{time:HH\\:mm}" : null,
            ["soort"] = line.Name,
            ["door"] = line.By?.Value,
            ["compartiment"] = line.Compartment.Name,
            ["vastgelegd"] = line.RecordedOn is { } recorded ? DutchText.Iso(recorded) : null,
            ["gebeurtenis"] = line.Event is { } happening ? DossierJson.Event(happening) : null,
            ["zonderInhoud"] = line.Gap switch { GapReason.Destroyed => "vernietigd", GapReason.NotForThisPerson => "niet-voor-u", _ => null },
        })]);

    private static Section Registrations(DossierState state) => new(
        "registraties", "Registratie per betrokkene", ["Betrokkene", "Veld", "Waarde"],
        [.. state.Registrations.SelectMany(form => Form(form).Where(field => field.Value.Length > 0).Select((field, at) => (IReadOnlyList<string>)[at == 0 ? form.Betrokkene.Id.Value : "", field.Name, field.Value]))],
        [.. state.Registrations.Select(form => new JsonObject
        {
            ["betrokkene"] = form.Betrokkene.Id.Value,
            ["eersteSignaal"] = form.SignalledOn is { } day ? DutchText.Iso(day) : null,
            ["signalen"] = form.Signals,
            ["kanaal"] = Null(Word(form.Channel)),
            ["aard"] = Null(Word(form.Nature)),
            ["vorm"] = Null(Word(form.Form)),
            ["typen"] = Ids(form.Types.Select(Words.Of)),
            ["beoordeling"] = Null(Word(form.Assessment)),
            ["oordeel"] = Null(Word(form.Oordeel)),
            ["maatregelen"] = Ids(form.Measures),
            ["afdoening"] = Null(Word(form.Disposition)),
            ["herhalingVan"] = form.RepeatOf?.Value,
            ["teltAlsHerhaling"] = form.CountsAsRepeat,
            ["open"] = Ids(form.Open),
        })]);

    private static Section Authorities(OpenDossier dossier)
    {
        var all = dossier.State.Betrokkenen.Select(person => dossier.AuthorityOf(person.Id)!).ToList();
        var tasks = Enum.GetValues<AuthorityTask>();
        return new Section(
            "bevoegdheden", "Wie waarover gaat", ["Betrokkene", "Positie", "Taak", "Wie", "Met hulp van", "Artikel"],
            [.. all.SelectMany(authority => tasks.Select(task => (IReadOnlyList<string>)
                [authority.Betrokkene.Value, authority.Position ?? "(niet bekend)", Task(task), Actors(authority.For(task)?.Holders, " of ", dossier.Protocol) ?? "(protocol zwijgt)",
                 Actors(authority.For(task)?.Assistants, ", ", dossier.Protocol) ?? "", authority.For(task)?.Article ?? ""]))],
            [.. all.Select(authority => new JsonObject
            {
                ["betrokkene"] = authority.Betrokkene.Value,
                ["positie"] = authority.Position,
                ["taken"] = new JsonArray([.. tasks.Select(task => new JsonObject
                {
                    ["taak"] = CaseAuthority.DeviationId(task).Split('.')[1],
                    ["wie"] = authority.For(task) is { } right ? Ids(right.Holders) : null,
                    ["metHulpVan"] = authority.For(task) is { } helped ? Ids(helped.Assistants) : null,
                    ["artikel"] = authority.For(task)?.Article,
                })]),
            })])
        {
            Remarks =
            [
                .. all.Where(authority => tasks.Any(task => authority.For(task) is null)).Select(authority => $"over {authority.Betrokkene} zegt het protocol niet alles; dan wordt niemand verondersteld en vraagt vastleggen een afwijking"),
                .. dossier.ActsWithoutAuthority().Select(refusal => $"{refusal.What.TrimEnd('.')} ({refusal.Why.TrimEnd('.')})"),
            ],
        };
    }

    private static Section Onderzoekers(OpenDossier dossier)
    {
        var all = dossier.State.Persons.Where(person => person.Role == CaseRole.Onderzoeker).Select(person => dossier.MayInvestigate(person.Id)!).ToList();
        var appointed = dossier.State.Onderzoekers.Select(person => person.Id).ToHashSet();
        return new Section(
            "onderzoekers", "Wie onderzoekt", ["Onderzoeker", "Aangewezen", "Extern", "Bezwaren"],
            [.. all.Select(standing => (IReadOnlyList<string>)
                [standing.Person.Value, YesNo(appointed.Contains(standing.Person)), YesNo(standing.IsExternal),
                 standing.MayInvestigate ? "geen" : string.Join("; ", standing.Objections.Select(objection => $"{objection.Text}{(objection.Article is { } article ? $" ({article})" : "")}"))])],
            [.. all.Select(standing => new JsonObject
            {
                ["onderzoeker"] = standing.Person.Value,
                ["aangewezen"] = appointed.Contains(standing.Person),
                ["extern"] = standing.IsExternal,
                ["bezwaren"] = new JsonArray([.. standing.Objections.Select(objection => new JsonObject { ["bezwaar"] = objection.Text, ["artikel"] = objection.Article, ["blokkeert"] = objection.IsBlocking })]),
            })])
        { Remarks = Investigators.Lacking(dossier.State, dossier.Protocol) };
    }

    private static Section Originals(DossierState state) => new(
        "originelen", "Getekende originelen", ["Stuk", "Van", "Gesprek", "Vorm", "Ligt in", "Getekend door"],
        [.. state.Originals.Select(line => line.Original is { } original
            ? (IReadOnlyList<string>)[original.DocumentKind, Text(original.Of), original.Conversation ?? "", Words.Of(original.Form), original.Where, List(original.SignedBy)]
            : ["gespreksverslag", line.Verslag!.With.Value, line.Verslag.Conversation, "", "(niet vastgelegd)", ""])],
        [.. state.Originals.Select(line => new JsonObject
        {
            ["origineel"] = line.Original is { } original ? DossierJson.Event(original) : null,
            ["verslag"] = line.Verslag is { } verslag ? DossierJson.Event(verslag) : null,
            ["ontbreekt"] = line.IsMissing,
        })]);

    private static Section Copies(DossierState state, DateOnly today) => new(
        "kopieen", "Kopieën buiten de kluis", ["Kenmerk", "Sinds", "Stuk", "Bij", "Waarom", "Terug op", "Stand"],
        [.. state.CopiesElsewhere.Select(copy => (IReadOnlyList<string>)
            [copy.Copy.Reference ?? "", DutchText.Short(copy.Copy.Date), copy.Copy.DocumentKind, copy.Copy.Holder, copy.Copy.Reason, copy.Copy.DueBackOn is { } due ? DutchText.Short(due) : "",
             copy.Retrieved is { } back ? $"{Words.Of(back.Outcome)} op {DutchText.Short(back.Date)}" : copy.IsOverdue(today) ? "nog daar, had terug gemoeten" : "nog daar"])],
        [.. state.CopiesElsewhere.Select(copy => new JsonObject
        {
            ["kopie"] = DossierJson.Event(copy.Copy),
            ["nogDaar"] = copy.IsOut,
            ["teLaat"] = copy.IsOverdue(today),
            ["terug"] = copy.Retrieved is { } back ? DossierJson.Event(back) : null,
        })]);

    private static Section Measures(DossierState state, DateOnly today) => new(
        "ordemaatregelen", "Ordemaatregelen", ["Vanaf", "Betrokkene", "Maatregel", "Tot en met", "Heroverwegen", "Gehoord", "Loopt", "Te doen"],
        [.. state.Ordemaatregelen.Select(measure => (IReadOnlyList<string>)
            [DutchText.Short(measure.Imposed.Date), measure.Imposed.Betrokkene.Value, Words.Of(measure.Imposed.Kind), Day(measure.Until), Day(measure.ReviewOn), Hearing(measure.Hearing),
             YesNo(measure.RunsOn(today)), measure.WorkOn(today) ?? ""])],
        [.. state.Ordemaatregelen.Select(measure => new JsonObject
        {
            ["opgelegd"] = DossierJson.Event(measure.Imposed),
            ["totEnMet"] = Iso(measure.Until),
            ["heroverwegenOp"] = Iso(measure.ReviewOn),
            ["gehoord"] = Hearing(measure.Hearing),
            ["beeindigd"] = measure.Ended is { } ended ? DutchText.Iso(ended.Date) : null,
            ["loopt"] = measure.RunsOn(today),
            ["teDoen"] = measure.WorkOn(today),
        })]);

    private static Section Responses(DossierState state, DateOnly today) => new(
        "reacties", "Wederhoor en zienswijze", ["Soort", "Betrokkene", "Gevraagd", "Reageren tot", "Gedaan", "Stand"],
        [.. state.Responses.Select(step => (IReadOnlyList<string>)
            [Kind(step.Kind), step.Betrokkene.Value, Day(step.AskedOn), Day(step.ReplyUntil), Day(step.DoneOn), Standing(step, today)])],
        [.. state.Responses.Select(step => new JsonObject
        {
            ["soort"] = Kind(step.Kind),
            ["betrokkene"] = step.Betrokkene.Value,
            ["gevraagdOp"] = Iso(step.AskedOn),
            ["reagerenTot"] = Iso(step.ReplyUntil),
            ["gedaanOp"] = Iso(step.DoneOn),
            ["stand"] = Standing(step, today),
        })]);

    private static Section Progress(DossierState state, DateOnly today) => new(
        "voortgang", "Toegezegde berichten over de voortgang", ["Aan", "Uiterlijk", "Stand"],
        [.. state.ProgressDue.OrderBy(due => due.Value).Select(due => (IReadOnlyList<string>)[due.Key.Value, DutchText.Short(due.Value), due.Value < today ? "te laat" : "loopt"])],
        [.. state.ProgressDue.OrderBy(due => due.Value).Select(due => new JsonObject { ["aan"] = due.Key.Value, ["volgendeOp"] = DutchText.Iso(due.Value), ["teLaat"] = due.Value < today })]);

    private static IEnumerable<(string Name, string Value)> Form(CaseRegistration form)
    {
        yield return ("eerste signaal", $"{Day(form.SignalledOn)} {Word(form.Channel)}".Trim());
        yield return ("aard", Word(form.Nature));
        yield return ("typen", string.Join(", ", form.Types.Select(Words.Of)));
        yield return ("beoordeling", Word(form.Assessment));
        yield return ("oordeel", Word(form.Oordeel));
        yield return ("maatregelen", string.Join("; ", form.Measures));
        yield return ("afdoening", Word(form.Disposition));
        yield return ("herhaling van", form.RepeatOf is { } earlier ? $"{earlier}{(form.CountsAsRepeat ? "" : " (telt niet mee: niet gegrond)")}" : "");
        yield return ("nog open", string.Join(", ", form.Open));
    }

    private static string Receipt(Dispatch dispatch) => dispatch.Receipt is { } receipt
        ? $"{Words.Of(receipt.Outcome)} op {DutchText.Short(receipt.Date)}{(receipt.Proof is { } proof ? $" ({proof})" : "")}"
        : dispatch.AwaitsReceipt ? "nog geen bewijs" : "";

    private static string Content(JournalLine line) => line.Event switch
    {
        JournalNoted note => note.Text.ReplaceLineEndings(" "),
        { } happening => DossierJson.Summary(happening),
        null => line.Gap == GapReason.Destroyed ? "(inhoud vernietigd)" : "(inhoud niet voor u)",
    };

    private static string? Actors(IReadOnlyList<string>? actors, string between, Protocol protocol) => actors is null ? null : string.Join(between, actors.Select(protocol.Word));

    private static string Task(AuthorityTask task) => task switch
    {
        AuthorityTask.Receives => "ontvangt",
        AuthorityTask.Commissions => "geeft opdracht",
        AuthorityTask.Judges => "oordeelt",
        _ => "legt op",
    };

    private static string Hearing(OrdemaatregelHearing hearing) => hearing switch
    {
        OrdemaatregelHearing.Before => "vooraf",
        OrdemaatregelHearing.After => "achteraf",
        _ => "nog niet",
    };

    private static string Kind(ResponseKind kind) => kind == ResponseKind.Wederhoor ? "wederhoor" : "zienswijze";

    private static string Standing(ResponseStep step, DateOnly today)
        => step.DoneOn is not null ? step.Response is null ? "niet gebruikt" : "gebruikt" : step.HasLapsedOn(today) ? "verlopen: leg vast dat er geen reactie kwam, of geef meer tijd" : "loopt";

    private static string Text(PersonId? person) => person?.Value ?? "";

    private static string List(IEnumerable<PersonId> persons) => string.Join(", ", persons.Select(person => person.Value));

    private static string Word<T>(T? value)
        where T : struct, Enum => value is { } known ? Words.Of(known) : "";

    private static string? Null(string word) => word.Length > 0 ? word : null;

    private static string Day(DateOnly? day) => day is { } known ? DutchText.Short(known) : "";

    private static string? Iso(DateOnly? day) => day is { } known ? DutchText.Iso(known) : null;

    private static string YesNo(bool value) => value ? "ja" : "nee";

    private static JsonArray Ids(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    /// <summary>One table of a section.</summary>
    private sealed record Section(string Name, string Title, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows, JsonArray Json)
    {
        public IReadOnlyList<string> Remarks { get; init; } = [];
    }
}
