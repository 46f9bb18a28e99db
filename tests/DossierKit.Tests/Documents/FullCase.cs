using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Documents;

/// <summary>
/// A case with everybody in it and everything done: two betrokkenen, two melders (one through a vertrouwenspersoon), getuigen, a benadeelde, a raadsman, from melding to closing.
/// </summary>
internal static class FullCase
{
    /// <summary>Names by the role that is protected; each is in the case and nowhere else.</summary>
    public static readonly IReadOnlyDictionary<string, CaseRole> Names = new Dictionary<string, CaseRole>(StringComparer.Ordinal)
    {
        ["Kwelderhof"] = CaseRole.Melder,
        ["Zilverschoonte"] = CaseRole.Melder,
        ["Waterdrieblad"] = CaseRole.Vertrouwenspersoon,
        ["Lisdoddema"] = CaseRole.Getuige,
        ["Moerasspirea"] = CaseRole.Getuige,
        ["Dotterbloemer"] = CaseRole.Benadeelde,
        ["Schelpenwaard"] = CaseRole.Betrokkene,
        ["Zeggewoude"] = CaseRole.Betrokkene,
        ["Krabbescheer"] = CaseRole.Raadsman,
        ["Oeverzichter"] = CaseRole.Leidinggevende,
    };

    public static async Task<SampleCase> ReadAsync() => (await SampleCase.ReadAsync(SampleCase.Complete)).With([.. Persons(), .. Events()]);

    public static async Task<SampleCase> ReadAsync(Protocol protocol) => (await ReadAsync()).Under(protocol);

    /// <summary>Something to say for every element of a rule that asks for words, so that only what the test is about can be missing.</summary>
    public static DocumentAnswers AnswersTo(Protocol protocol, string kind)
    {
        var answers = DocumentAnswers.None.With("brief.datum", "2026-06-01").With("contact.telefoon", "(0999) 12 34 56").With("contact.email", "integriteit@waterlanden.example")
            .With("uitnodiging.datum", "2026-06-08").With("uitnodiging.tijd", "10.00");
        foreach (var element in protocol.FindDocument(kind)?.Elements ?? [])
        {
            if (ElementSource.Find(element.Id) is { TakesAnswer: false }) continue;
            var answer = element.Content switch
            {
                ElementContent.StandingText => element.Strength == Strength.IfApplicable ? "ja" : null,
                ElementContent.Date => "2026-06-08",
                ElementContent.List => "eerste punt\ntweede punt",
                _ => $"Tekst bij {element.Id}.",
            };
            if (answer is not null) answers = answers.With(element.Id, answer);
        }

        return answers;
    }

    private static IEnumerable<DossierEvent> Persons()
    {
        CasePerson[] persons =
        [
            Person("betrokkene-2", CaseRole.Betrokkene, "mevrouw", "E.", "Zeggewoude") with { Position = Position.Medewerker, Function = "projectleider" },
            Person("melder-2", CaseRole.Melder, "de heer", "K.", "Zilverschoonte") with { Form = MelderForm.Vertrouwelijk, Position = Position.Medewerker },
            Person("getuige-2", CaseRole.Getuige, "mevrouw", "B.", "Moerasspirea") with { Position = Position.Medewerker, Function = "hoveniersopzichter" },
            Person("benadeelde-1", CaseRole.Benadeelde, "de heer", "F.", "Dotterbloemer"),
            Person("raadsman-1", CaseRole.Raadsman, "mevrouw mr.", "P.", "Krabbescheer") with { Of = new PersonId("betrokkene-1") },
        ];
        return persons.Select(person => new PersonAdded { Date = Day(2, 19), Person = person });
    }

    private static CasePerson Person(string id, CaseRole role, string salutation, string initials, string surname) => new()
    {
        Id = new PersonId(id),
        Role = role,
        Salutation = salutation,
        Initials = initials,
        Surname = surname,
        Address = new PostalAddress { Street = "Biezenpad 4", PostalCode = "9994 BP", Town = "Waterlanden" },
    };

    private static IEnumerable<DossierEvent> Events()
    {
        PersonId betrokkene = new("betrokkene-1"), second = new("betrokkene-2"), staff = new("verantwoordelijke");
        PersonId[] onderzoekers = [new("onderzoeker-1"), new("onderzoeker-2")];
        yield return new SignaalLinked { Date = Day(2, 18), Melders = [new("melder-2")], Betrokkenen = [second], Reason = "Tweede melding over dezelfde opdrachten." };
        yield return new OpdrachtExtended { Date = Day(3, 20), Opdrachtgever = staff, Reason = "Er is een tweede betrokkene in beeld.", Betrokkenen = [second], Questions = ["Wie tekende de bonnen?"], Duration = "twaalf weken" };
        yield return new MethodPermitted { Date = Day(3, 20), Method = InquiryMethod.EmailAndInternet, PermittedBy = staff, Weighing = "Zonder de e-mail is niet na te gaan wie de bonnen aanvroeg." };
        yield return new ConversationHeld { Date = Day(3, 17), Reference = "gesprek-2", With = betrokkene, Onderzoekers = onderzoekers, Begin = new(14, 0), End = new(15, 20), Place = "Stadhuis, kamer 1.02", AssistedBy = new PersonId("raadsman-1") };
        yield return new VerslagDrawnUp { Date = Day(3, 19), Conversation = "gesprek-2", With = betrokkene };
        yield return new VerslagSent { Date = Day(3, 19), Conversation = "gesprek-2", With = betrokkene };
        yield return new DissentAttached { Date = Day(3, 25), Conversation = "gesprek-2", With = betrokkene, Content = "Ik heb gezegd dat mijn teamleider ervan wist." };
        yield return new VerslagRefused { Date = Day(3, 26), Conversation = "gesprek-2", With = betrokkene, Reason = "Ik wil eerst overleggen." };
        yield return new ConversationHeld { Date = Day(3, 24), Reference = "gesprek-3", With = new("getuige-2"), Onderzoekers = onderzoekers };
        yield return new ConversationHeld { Date = Day(3, 25), Reference = "gesprek-4", With = new("melder-1"), Onderzoekers = onderzoekers };
        yield return new ConversationHeld { Date = Day(3, 27), Reference = "gesprek-5", With = second, Onderzoekers = onderzoekers };
        yield return new ProtocolDeviated { Date = Day(3, 27), Rule = "gespreksverslag.paraaf", Reasons = "Het verslag is digitaal getekend.", SignedBy = staff };
        yield return new WederhoorOffered { Date = Day(4, 8), Betrokkene = betrokkene, ReplyUntil = Day(4, 20) };
        yield return new WederhoorDone { Date = Day(4, 15), Betrokkene = betrokkene, Response = "Ik dacht dat het mocht." };
        yield return new FeitenrapportSubmitted { Date = Day(4, 22), To = staff };
        yield return new ZienswijzeRequested { Date = Day(4, 24), Betrokkene = betrokkene, Facts = "U werkte in 2025 voor Groenwerk Zonnedauw.", ReplyUntil = Day(5, 8), Intention = "Een schriftelijke waarschuwing." };
        yield return new VerantwoordingGiven { Date = Day(5, 6), Betrokkene = betrokkene, Content = "V: Wist u dat het moest worden gemeld?\nA: Nee, dat wist ik niet." };
        yield return new OordeelGiven { Date = Day(5, 12), Betrokkene = betrokkene, Oordeel = Oordeel.Gegrond, Reasons = "Het werk is niet gemeld.", Blame = "Hij kende de regel.", Circumstances = "Hij is er zelf over begonnen." };
        yield return new OordeelGiven { Date = Day(5, 12), Betrokkene = second, Oordeel = Oordeel.Ongegrond, Reasons = "De bonnen zijn door een ander getekend." };
        yield return new MaatregelTaken { Date = Day(5, 20), Betrokkene = betrokkene, Measure = "Een schriftelijke waarschuwing", ImposedBy = staff, Basis = "Cao Gemeenten artikel 11.4" };
        yield return new DossierClosed { Date = Day(5, 29), Outcome = CaseOutcome.Completed };
    }

    private static DateOnly Day(int month, int day) => new(2026, month, day);
}
