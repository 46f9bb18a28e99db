namespace DossierKit.Dossiers;

/// <summary>What the staff register allows: pure, every reason at once.</summary>
internal static class StaffRules
{
    private const string TwoPersons = "Toegang tot integriteitsdossiers geeft niemand alleen.";

    public static List<Refusal> Founding(StaffState state, Municipality municipality, FoundingPerson fi, FoundingPerson verantwoordelijke, string office, bool isDemo)
    {
        var refusals = new List<Refusal>();
        if (state.Municipality is not null) refusals.Add(new("Deze kluis is al ingericht.", "Inrichten kan één keer.", "Wijzig de gegevens van de gemeente of voeg personen toe."));
        refusals.AddRange(Of(municipality));
        refusals.AddRange(Name(fi.DisplayName));
        refusals.AddRange(Name(verantwoordelijke.DisplayName));
        if (fi.Id == verantwoordelijke.Id) refusals.Add(new("De twee eerste personen zijn dezelfde.", TwoPersons, "Noem een functionaris integriteit en een andere persoon als verantwoordelijke."));
        refusals.AddRange(Office(StaffRole.Verantwoordelijke, office));
        foreach (var account in new[] { fi.Account, verantwoordelijke.Account })
        {
            if (account is not null) refusals.AddRange(Account(account));
            else if (!isDemo) refusals.Add(new("Een van de twee eerste personen heeft geen account.", "Zonder account kan die persoon de kluis niet gebruiken.", "Noem het account, zoals os:naam."));
        }

        if (fi.Account is not null && fi.Account == verantwoordelijke.Account)
            refusals.Add(new("De twee eerste personen hebben hetzelfde account.", TwoPersons, "Geef elk een eigen account."));
        return refusals;
    }

    public static List<Refusal> Of(Municipality municipality)
    {
        var refusals = new List<Refusal>();
        foreach (var (field, text) in new[] { ("naam", municipality.Name), ("ondertekenaar", municipality.Signatory), ("functie van de ondertekenaar", municipality.SignatoryFunction), ("protocol", municipality.ProtocolId) })
        {
            if (string.IsNullOrWhiteSpace(text)) refusals.Add(new($"Bij de gemeente ontbreekt: {field}.", "Brieven en nieuwe dossiers hebben dit nodig.", "Vul het in."));
        }

        if (municipality.NumberPrefix is { } prefix && !DossierNumber.TryParse($"{prefix}-2026-0001", out _))
            refusals.Add(new("Het voorvoegsel van dossiernummers kan niet.", "Een dossiernummer heeft alleen letters, cijfers en '-', samen ten hoogste 32.", "Kies een kort voorvoegsel, zoals WL."));
        return refusals;
    }

    public static List<Refusal> Adding(StaffState state, ActingPerson by, PersonId id, string displayName, DateOnly today)
    {
        var refusals = MayKeepRegister(state, by, today);
        if (state.Find(id) is not null) refusals.Add(new($"De aanduiding '{id}' bestaat al.", "Een aanduiding wordt maar één keer gebruikt: ze staat in logboeken.", "Kies een andere aanduiding."));
        refusals.AddRange(Name(displayName));
        return refusals;
    }

    public static List<Refusal> Binding(StaffState state, ActingPerson by, PersonId id, string account, DateOnly today)
    {
        var refusals = MayKeepRegister(state, by, today);
        if (state.Find(id) is null) refusals.Add(Unknown(id));
        refusals.AddRange(Account(account));
        if (state.FindByAccount(account) is not null) refusals.Add(new("Dit account is al gekoppeld.", "Een account hoort bij één persoon.", "Gebruik een ander account."));
        return refusals;
    }

    /// <summary>Whether a binding is in force at once: nothing can be opened with it yet.</summary>
    public static bool NeedsNoSecondPerson(StaffPerson person) => person.Accounts.Count == 0 && person.Appointments.Count == 0;

    /// <summary>Everybody may make a link for himself; for another, who keeps the register.</summary>
    public static List<Refusal> MakingLink(StaffState state, ActingPerson by, PersonId person, DateOnly today)
    {
        var refusals = by.Id == person ? [] : MayKeepRegister(state, by, today);
        if (state.Find(person) is null) refusals.Add(Unknown(person));
        return refusals;
    }

    public static List<Refusal> Enrolling(StaffState state, WebEnrolment enrolment, DateOnly today)
    {
        var refusals = enrolment.How == EnrolledBy.Link && enrolment.By.Id != enrolment.Person ? MayKeepRegister(state, enrolment.By, today) : [];
        if (state.Find(enrolment.Person) is null) refusals.Add(Unknown(enrolment.Person));
        refusals.AddRange(Account(enrolment.Account));
        if (state.FindByAccount(enrolment.Account) is not null) refusals.Add(new("Dit account is al gekoppeld.", "Een account hoort bij één persoon.", "Gebruik een ander account."));
        return refusals;
    }

    /// <summary>Whether an account of the web is in force at once; otherwise a second person of the integrity side confirms it.</summary>
    public static bool IsInForceAtOnce(StaffState state, WebEnrolment enrolment, DateOnly today)
    {
        var person = state.Find(enrolment.Person)!;
        return enrolment.How switch
        {
            EnrolledBy.OwnAccount => true,
            // Paper can be found: it brings back an account, and who reads dossiers with it a second person decides.
            // A role that begins tomorrow reads them tomorrow.
            EnrolledBy.RecoveryCode => person.Appointments.All(appointment => appointment.Role == StaffRole.Beheerder || appointment.Until < today),
            // The first of all: whoever holds the account of this computer that the vault was founded with makes a link for himself. Nobody could confirm it yet.
            _ => NeedsNoSecondPerson(person)
                || (enrolment.By.Id == enrolment.Person && IsOfComputer(enrolment.By.Account) && state.IsIntegritySide(person.Id, today)
                    && !state.Persons.Any(other => state.IsIntegritySide(other.Id, today) && other.Accounts.Any(AccountKinds.IsOfWeb))),
        };
    }

    private static bool IsOfComputer(string account) => AccountKinds.Of(account) == AccountKind.Computer;

    public static List<Refusal> Appointing(StaffState state, ActingPerson by, PersonId id, Appointment appointment, DateOnly today)
    {
        var refusals = appointment.Role == StaffRole.Beheerder ? MayKeepRegister(state, by, today) : MustBeIntegritySide(state, by, today);
        if (state.Find(id) is null) refusals.Add(Unknown(id));
        refusals.AddRange(Office(appointment.Role, appointment.Office));
        if (appointment.Until < appointment.From) refusals.Add(new("De aanstelling eindigt voordat ze begint.", "De laatste dag ligt voor de eerste.", "Kies een latere laatste dag."));
        return refusals;
    }

    public static List<Refusal> Ending(StaffState state, ActingPerson by, PersonId id, StaffRole role, DateOnly lastDay, DateOnly today)
    {
        var refusals = MustBeIntegritySide(state, by, today);
        var person = state.Find(id);
        if (person is null)
            refusals.Add(Unknown(id));
        else if (!person.Appointments.Any(appointment => appointment.Role == role && !(appointment.Until < lastDay)))
            refusals.Add(new("Deze persoon heeft die rol niet.", "Er is geen aanstelling die nog loopt.", "Kijk in de lijst van personen welke rollen er zijn."));
        if (refusals.Count > 0) return refusals;

        // Whoever ends the last second person could from then on do nothing alone, and nobody could help him.
        var after = state.After(new RoleEnded { By = by.Id, Person = id, Role = role, LastDay = lastDay }, default, default);
        if (after.Persons.Count(other => after.IsIntegritySide(other.Id, Later(lastDay, today))) < 2)
            refusals.Add(new("Er moeten twee personen overblijven die samen toegang kunnen geven.", TwoPersons, "Stel eerst een ander aan als functionaris integriteit, plaatsvervanger of verantwoordelijke."));
        return refusals;
    }

    /// <summary>
    /// Taking an account away is for one of the integrity side, or its owner, alone. But somebody must stay who can let people in again: who proposes an account, and another of the
    /// integrity side who confirms it, each with an account of his own.
    /// </summary>
    public static List<Refusal> Unbinding(StaffState state, ActingPerson by, PersonId id, string account, DateOnly today)
    {
        var refusals = by.Id == id ? [] : MustBeIntegritySide(state, by, today);
        if (state.Find(id) is not { } person) refusals.Add(Unknown(id));
        else if (!person.Accounts.Contains(account, StringComparer.Ordinal))
            refusals.Add(new("Dit account is niet aan deze persoon gekoppeld.", "Het is al losgekoppeld, of hoort bij een ander.", "Kijk in de lijst van accounts."));
        if (refusals.Count > 0) return refusals;

        var after = state.After(new AccountUnbound { By = by.Id, Person = id, Account = account }, default, default);
        if (after.Find(id)!.Accounts.Count > 0 || !state.IsIntegritySide(id, today)) return [];
        var others = after.Persons.Where(other => other.Id != id && other.Accounts.Count > 0).ToList();
        var confirming = others.Count(other => after.IsIntegritySide(other.Id, today));
        var proposing = others.Count(other => MayKeepRegister(after, other.Id, today));
        if (confirming < 1 || proposing < 2)
            refusals.Add(new("Dit is het laatste account waarmee deze persoon binnenkomt.", "Daarna kunnen geen twee anderen samen een nieuw account geven, en blijft die persoon buiten.", "Koppel eerst een ander account, of stel nog iemand aan."));
        return refusals;
    }

    /// <summary>A proposal is declined by one of the integrity side, also by who made it: saying no must not wait.</summary>
    public static List<Refusal> Declining(StaffState state, ActingPerson by, string id, DateOnly today)
    {
        var proposal = state.Waiting.FirstOrDefault(waiting => waiting.Id == id);
        var refusals = proposal?.ProposedBy == by.Id ? [] : MustBeIntegritySide(state, by, today);
        if (proposal is null) refusals.Add(new("Dit voorstel wacht niet op bevestiging.", "Het bestaat niet of is al bevestigd of afgewezen.", "Kijk in de lijst van voorstellen die wachten."));
        return refusals;
    }

    public static List<Refusal> Confirming(StaffState state, ActingPerson by, string id, DateOnly today)
    {
        var refusals = MustBeIntegritySide(state, by, today);
        if (state.Waiting.FirstOrDefault(waiting => waiting.Id == id) is not { } proposal)
        {
            refusals.Add(new("Dit voorstel wacht niet op bevestiging.", "Het bestaat niet of is al bevestigd.", "Kijk in de lijst van voorstellen die wachten."));
            return refusals;
        }

        if (proposal.ProposedBy == by.Id) refusals.Add(new("U kunt uw eigen voorstel niet bevestigen.", TwoPersons, "Vraag een ander van de integriteitskant om te bevestigen."));
        if (proposal.Person == by.Id) refusals.Add(new("U kunt geen voorstel over uzelf bevestigen.", TwoPersons, "Vraag een ander van de integriteitskant om te bevestigen."));
        if (proposal.Account is { } account && state.FindByAccount(account) is not null)
            refusals.Add(new("Dit account is intussen gekoppeld.", "Een account hoort bij één persoon.", "Stel een ander account voor."));
        return refusals;
    }

    /// <summary>The integrity side and the beheerder keep the register; what gives access asks more.</summary>
    public static List<Refusal> MayKeepRegister(StaffState state, ActingPerson by, DateOnly today)
        => MayKeepRegister(state, by.Id, today)
            ? []
            : [new("U mag het personenregister niet wijzigen.", "Dat doen de functionaris integriteit, de plaatsvervanger, een verantwoordelijke of de beheerder.", "Vraag een van hen.") { Cause = RefusalCause.NoRight }];

    private static bool MayKeepRegister(StaffState state, PersonId by, DateOnly today) => state.IsIntegritySide(by, today) || state.Find(by)?.Is(StaffRole.Beheerder, today) == true;

    private static List<Refusal> MustBeIntegritySide(StaffState state, ActingPerson by, DateOnly today)
        => state.IsIntegritySide(by.Id, today)
            ? []
            : [new("U mag deze rol niet geven, bevestigen of beëindigen.", "Dat doen de functionaris integriteit, de plaatsvervanger of een verantwoordelijke.", "Vraag een van hen.") { Cause = RefusalCause.NoRight }];

    private static Refusal Unknown(PersonId id) => new($"De persoon '{id}' staat niet in het register.", "Alleen wie erin staat kan een account of rol krijgen.", "Voeg de persoon eerst toe.");

    private static DateOnly Later(DateOnly lastDay, DateOnly today) => (lastDay < today ? today : lastDay).AddDays(1);

    private static List<Refusal> Name(string name)
        => string.IsNullOrWhiteSpace(name) || name.Length > 200 || name.Any(char.IsControl)
            ? [new("Deze naam kan niet.", "Een naam heeft 1 tot 200 tekens op één regel.", "Vul de naam in zoals die in brieven staat.")]
            : [];

    private static List<Refusal> Account(string account)
    {
        var colon = account.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && AccountKinds.Of(account) is not (AccountKind.Computer or AccountKind.Passkey or AccountKind.OpenIdConnect))
            return [new("Deze soort account kan niet worden gekoppeld.", "Een voorbeeld of een sleutel voor een programma is geen account van een persoon.", "Koppel een account van deze computer (os:naam), een toegangssleutel of de aanmelding van de gemeente.")];
        return colon <= 0 || colon == account.Length - 1 || account.Length > 256 || account != account.Trim() || account.Any(c => char.IsControl(c) || (char.IsWhiteSpace(c) && c != ' '))
            ? [new("Dit account kan niet.", "Een account heeft een soort en een naam met ':' ertussen, op één regel.", "Schrijf het als os:naam.")]
            : [];
    }

    private static List<Refusal> Office(StaffRole role, string? office)
    {
        if (role != StaffRole.Verantwoordelijke)
            return office is null ? [] : [new("Alleen bij een verantwoordelijke hoort een ambt.", "Het ambt bepaalt over wie iemand bevoegd is.", "Laat het ambt weg.")];
        return string.IsNullOrWhiteSpace(office)
            ? [new("Bij een verantwoordelijke hoort een ambt.", "Het protocol geeft de bevoegdheid aan een ambt, naar de positie van de betrokkene.", "Noem het ambt, zoals gemeentesecretaris of burgemeester.")]
            : [];
    }
}
