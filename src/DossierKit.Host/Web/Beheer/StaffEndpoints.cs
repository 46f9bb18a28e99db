using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Beheer;

/// <summary>Who works with the dossiers: adding people, appointing, ending, letting in; and what waits for a second person. Every change is shown before it is made.</summary>
internal static class StaffEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("/beheer/personen").ExcludeFromDescription().AddEndpointFilter(async (context, next)
            => Keeps(context.HttpContext) ? await next(context) : Problems.NotThere(context.HttpContext));

        staff.MapGet("", (HttpContext http) => ShowAll(http, [], null));
        staff.MapPost("", async (HttpContext http, DossierRegister register, CancellationToken ct) =>
        {
            var form = await http.Request.ReadFormAsync(ct);
            if (!PersonId.TryParse(form["aanduiding"].ToString().Trim(), out var id))
                return ShowAll(http, [new("Deze aanduiding kan niet.", "Een aanduiding heeft 1 tot 40 van a-z, 0-9 en '-'. Ze staat in logboeken, dus gebruik geen naam.", "Kies er een zoals onderzoeker-2.") { Subject = "aanduiding" }], form);
            var added = await register.Staff.AddPersonAsync(http.Visitor().Acting, id, form["naam"].ToString(), Text(form, "functie"), ct);
            return added.IsDone ? Done(http, $"/beheer/personen/{id}", "De persoon is toegevoegd. Geef nu een rol en een link om aan te melden.") : ShowAll(http, added.Refusals, form);
        }).WithMetadata(new FinalAct("een persoon toevoegen"));

        staff.MapGet("/{id}", (string id, HttpContext http) => Show(http, id, []));
        staff.MapPost("/{id}/rol", (string id, HttpContext http, DossierRegister register, CancellationToken ct) => AppointAsync(id, http, register, ct)).WithMetadata(new FinalAct("een rol geven"));
        staff.MapPost("/{id}/rol-beeindigen", (string id, HttpContext http, DossierRegister register, CancellationToken ct) => EndAsync(id, http, register, ct)).WithMetadata(new FinalAct("een rol beëindigen"));
        staff.MapPost("/{id}/account", (string id, HttpContext http, DossierRegister register, UnknownAccounts unknown, CancellationToken ct) => BindAsync(id, http, register, unknown, ct)).WithMetadata(new FinalAct("een account koppelen"));
        staff.MapPost("/{id}/account-weg", (string id, HttpContext http, DossierRegister register, Sessions sessions, CancellationToken ct) => UnbindAsync(id, http, register, sessions, ct)).WithMetadata(new FinalAct("een account loskoppelen"));
        staff.MapPost("/voorstellen/{voorstel}/afwijzen", async (string voorstel, HttpContext http, DossierRegister register, CancellationToken ct) =>
        {
            var declined = await register.Staff.DeclineAsync(http.Visitor().Acting, voorstel, ct);
            return declined.IsDone ? Done(http, "/beheer/personen", "Het voorstel is afgewezen.") : ShowAll(http, declined.Refusals, null);
        });
        staff.MapPost("/{id}/link", (string id, HttpContext http, DossierRegister register, HostSettings settings, CancellationToken ct) => LinkAsync(id, http, register, settings, ct)).WithMetadata(new FinalAct("een link maken waarmee iemand een toegangssleutel maakt"));
        staff.MapPost("/voorstellen/{voorstel}", (string voorstel, HttpContext http, DossierRegister register, CancellationToken ct) => ConfirmAsync(voorstel, http, register, ct)).WithMetadata(new FinalAct("een voorstel bevestigen"));
    }

    private static async Task<IResult> AppointAsync(string id, HttpContext http, DossierRegister register, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (Find(register, id) is not { } person) return Problems.NotThere(http);
        var refusals = new List<Refusal>();
        if (RoleOf(form["rol"].ToString()) is not { } role)
        {
            refusals.Add(new("Kies een rol.", "Zonder rol is er geen aanstelling.", "Kies er een uit de lijst.") { Subject = "rol" });
            role = default;
        }

        var from = Day(form, "van", refusals) ?? Nl.Today(http.RequestServices.GetRequiredService<TimeProvider>());
        var appointment = new Appointment(role, from, Day(form, "tot", refusals), Text(form, "ambt"));
        if (refusals.Count > 0) return Show(http, id, refusals, form);
        if (form["bevestigd"] != "ja")
        {
            var waits = role == StaffRole.Beheerder ? "Dit geldt meteen: een beheerder ziet geen inhoud." : "Een tweede persoon van de integriteitskant moet dit nog bevestigen. Tot dan geldt het niet.";
            return Ask("Rol geven?", $"{person.DisplayName} wordt {Words.Of(role)}{(appointment.Office is { } office ? $" ({office})" : "")} vanaf {Nl.Date(from)}{(appointment.Until is { } until ? $" tot en met {Nl.Date(until)}" : "")}. {waits}", "Rol geven", http, id, form);
        }

        var change = await register.Staff.AppointAsync(http.Visitor().Acting, person.Id, appointment, ct);
        return change.IsDone ? Done(http, $"/beheer/personen/{id}", Told(change.Value, "De rol is gegeven.")) : Show(http, id, change.Refusals, form);
    }

    private static async Task<IResult> EndAsync(string id, HttpContext http, DossierRegister register, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (Find(register, id) is not { } person || RoleOf(form["rol"].ToString()) is not { } role) return Problems.NotThere(http);
        var refusals = new List<Refusal>();
        // The day before today: at once.
        var lastDay = Day(form, "laatsteDag", refusals) ?? Nl.Today(http.RequestServices.GetRequiredService<TimeProvider>()).AddDays(-1);
        if (refusals.Count > 0) return Show(http, id, refusals, form);
        if (form["bevestigd"] != "ja")
            return Ask("Rol beëindigen?", $"{person.DisplayName} is {Words.Of(role)} tot en met {Nl.Date(lastDay)}. Dit geldt meteen en voor alle dossiers. Weer geven kan alleen met twee personen.", "Rol beëindigen", http, id, form, isDanger: true);
        var ended = await register.Staff.EndAsync(http.Visitor().Acting, person.Id, role, lastDay, ct);
        return ended.IsDone ? Done(http, $"/beheer/personen/{id}", "De rol is beëindigd.") : Show(http, id, ended.Refusals, form);
    }

    private static async Task<IResult> BindAsync(string id, HttpContext http, DossierRegister register, UnknownAccounts unknown, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (Find(register, id) is not { } person) return Problems.NotThere(http);
        var guesses = http.RequestServices.GetRequiredService<GuessLimit>();
        if (guesses.Refusal(http) is { } wait) return wait;
        if (unknown.Find(form["code"].ToString()) is not { } account)
        {
            guesses.Failed(http);
            return Show(http, id, [new("Deze code is niet bekend.", "Een code staat een uur op het scherm van wie zich aanmeldt.", "Laat de persoon zich opnieuw aanmelden en neem de code over.") { Subject = "code" }], form);
        }

        if (form["bevestigd"] != "ja") return Ask("Account koppelen?", $"Wie deze code op het scherm heeft, meldt zich voortaan aan als {person.DisplayName}. Ga na dat het die persoon is.", "Account koppelen", http, id, form);
        var change = await register.Staff.BindAsync(http.Visitor().Acting, person.Id, account, ct);
        return change.IsDone ? Done(http, $"/beheer/personen/{id}", Told(change.Value, "Het account is gekoppeld.")) : Show(http, id, change.Refusals, form);
    }

    private static async Task<IResult> UnbindAsync(string id, HttpContext http, DossierRegister register, Sessions sessions, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        // By its mark: the whole of an account stands in no page.
        if (Find(register, id) is not { } person || person.Accounts.FirstOrDefault(known => AccountMark.Of(known) == form["kenmerk"].ToString()) is not { } account) return Problems.NotThere(http);
        if (form["bevestigd"] != "ja")
            return Ask("Account loskoppelen?", $"{person.DisplayName} kan zich niet meer aanmelden met: {AccountText(account)}. Wie er nu mee is aangemeld, is er meteen uit. Weer koppelen kan alleen met twee personen.", "Loskoppelen", http, id, form, isDanger: true);
        var unbound = await register.Staff.UnbindAsync(http.Visitor().Acting, person.Id, account, ct);
        if (!unbound.IsDone) return Show(http, id, unbound.Refusals, form);
        sessions.EndAll(person.Id, session => session.Acting.Account == account);
        return Done(http, $"/beheer/personen/{id}", "Het account is losgekoppeld.");
    }

    private static async Task<IResult> LinkAsync(string id, HttpContext http, DossierRegister register, HostSettings settings, CancellationToken ct)
    {
        if (Find(register, id) is not { } person) return Problems.NotThere(http);
        var made = await register.SignIns.MakeLinkAsync(http.Visitor().Acting, person.Id, LinkUse.Enrol, ct);
        return made.IsDone
            ? Pages.Of<LinkGemaaktPage>(new { Person = person, Link = $"{settings.Origin.GetLeftPart(UriPartial.Authority)}/aanmelden/link/{made.Value}" })
            : Show(http, id, made.Refusals);
    }

    private static async Task<IResult> ConfirmAsync(string proposal, HttpContext http, DossierRegister register, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (register.Staff.Waiting.FirstOrDefault(waiting => waiting.Id == proposal) is not { } found) return Problems.NotThere(http);
        if (form["bevestigd"] != "ja") return Ask("Voorstel bevestigen?", $"{register.Staff.Find(found.Person)?.DisplayName}: {What(found)}. Voorgesteld door {register.Staff.Find(found.ProposedBy)?.DisplayName}. {HowHeSignsIn(register, found)}Daarna geldt het meteen.", "Bevestigen", http, null, form);
        var confirmed = await register.Staff.ConfirmAsync(http.Visitor().Acting, proposal, ct);
        return confirmed.IsDone ? Done(http, "/beheer/personen", "Het voorstel is bevestigd en geldt nu.") : ShowAll(http, confirmed.Refusals, null);
    }

    /// <summary>
    /// Who had no role yet got his first account from one person alone. Before a role makes it worth something, a second person is asked whether it is really his: or whoever made the link would be
    /// the one who reads the dossiers.
    /// </summary>
    private static string HowHeSignsIn(DossierRegister register, StaffProposal proposal)
        => proposal.Appointment is null || register.Staff.Find(proposal.Person) is not { } person ? ""
            : person.Accounts.Count == 0 ? "Deze persoon heeft nog geen account. "
            : $"Deze persoon meldt zich aan met: {string.Join(", ", person.Accounts.Select(AccountText))}. Vraag de persoon zelf of dit kenmerk bij Mijn account staat. ";

    /// <summary>What a proposal asks, in a few words; of an account only its kind and mark.</summary>
    public static string What(StaffProposal proposal) => proposal.Appointment is { } appointment
        ? $"wordt {Words.Of(appointment.Role)}{(appointment.Office is { } office ? $" ({office})" : "")} vanaf {Nl.Date(appointment.From)}"
        : AccountText(proposal.Account!);

    /// <summary>An account, by its kind and six characters to compare.</summary>
    public static string AccountText(string account)
    {
        var kind = account[..account.IndexOf(':', StringComparison.Ordinal)];
        return kind switch
        {
            "passkey" => $"toegangssleutel {AccountMark.Of(account)}",
            "oidc" => $"aanmelding van de gemeente {AccountMark.Of(account)}",
            "os" => $"account op de server ({account[3..]})",
            _ => $"account {AccountMark.Of(account)}",
        };
    }

    public static IReadOnlyList<(string Value, string Text)> Roles => [.. Enum.GetValues<StaffRole>().Select(role => (role.ToString(), Nl.First(Words.Of(role))))];

    private static bool Keeps(HttpContext http)
        => http.RequestServices.GetRequiredService<DossierRegister>().Staff.Find(http.Visitor().Person) is { } person && Menu.KeepsStaff(person, Nl.Today(http.RequestServices.GetRequiredService<TimeProvider>()));

    private static StaffPerson? Find(DossierRegister register, string id) => PersonId.TryParse(id, out var parsed) ? register.Staff.Find(parsed) : null;

    private static StaffRole? RoleOf(string text) => Enum.TryParse<StaffRole>(text, out var role) && Enum.IsDefined(role) && !char.IsDigit(text[0]) ? role : null;

    private static string? Text(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static DateOnly? Day(IFormCollection form, string name, List<Refusal> refusals)
    {
        if (Text(form, name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        refusals.Add(new("Dit is geen datum.", "Een datum heeft een jaar, een maand en een dag.", "Vul hem in als 2026-03-02.") { Subject = name });
        return null;
    }

    private static string Told(StaffChange change, string done) => change.Waiting is null ? done : "Het voorstel wacht nu op een tweede persoon van de integriteitskant.";

    private static IResult Done(HttpContext http, string path, string text)
    {
        http.Visitor().Tell(text);
        return Pages.Next(path);
    }

    private static IResult Ask(string title, string text, string button, HttpContext http, string? id, IFormCollection form, bool isDanger = false) => Pages.Of<VraagPage>(new
    {
        Title = title,
        Text = text,
        Button = button,
        Action = http.Request.Path.ToString(),
        Cancel = id is null ? "/beheer/personen" : $"/beheer/personen/{id}",
        Keep = HeldForms.FieldsOf(form).Select(field => (field.Key, field.Value)).ToList(),
        IsDanger = isDanger,
    });

    private static IResult ShowAll(HttpContext http, IReadOnlyList<Refusal> refusals, IFormCollection? form) => Pages.Of<PersonenPage>(
        new
        {
            http.RequestServices.GetRequiredService<DossierRegister>().Staff,
            Today = Nl.Today(http.RequestServices.GetRequiredService<TimeProvider>()),
            Me = http.Visitor().Person,
            Refusals = refusals,
            Entered = Entered(form),
        },
        Problems.StatusOf(refusals));

    private static IResult Show(HttpContext http, string id, IReadOnlyList<Refusal> refusals, IFormCollection? form = null)
    {
        var staff = http.RequestServices.GetRequiredService<DossierRegister>().Staff;
        return !PersonId.TryParse(id, out var parsed) || staff.Find(parsed) is not { } person ? Problems.NotThere(http) : Pages.Of<PersoonPage>(
            new
            {
                Person = person,
                Waiting = staff.Waiting.Where(waiting => waiting.Person == parsed).ToList(),
                Today = Nl.Today(http.RequestServices.GetRequiredService<TimeProvider>()),
                Refusals = refusals,
                Entered = Entered(form),
            },
            Problems.StatusOf(refusals));
    }

    private static Dictionary<string, string> Entered(IFormCollection? form) => form?.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal) ?? [];
}
