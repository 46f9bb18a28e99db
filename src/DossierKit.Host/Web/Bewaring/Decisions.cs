using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Web.Parts;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>Every decision on keeping that people take: a new one is one here.</summary>
internal static class Decisions
{
    private static readonly Afleidingswijze[] SourceKinds = [Afleidingswijze.AnderDatumkenmerk, Afleidingswijze.IngangsdatumBesluit, Afleidingswijze.VervaldatumBesluit];

    public static IReadOnlyList<Decision> All { get; } =
    [
        ClassChoice.Decision,
        new()
        {
            Path = "brondatum",
            Title = "Een datum vastleggen",
            Lead = "Sommige termijnen lopen niet vanaf het sluiten van het dossier, maar vanaf een andere dag. Zolang die dag niet bekend is, wordt niets vernietigd.",
            Button = "Datum vastleggen",
            Told = "De datum is vastgelegd. De bewaartermijn is opnieuw berekend.",
            IsOffered = about => Decides(about),
            Fields = about =>
            [
                new("vanaf", "Welke dag is het?") { Kind = FieldKind.Radios, Options = [.. SourceKinds.Select(kind => (Words.Of(kind), Nl.First(OfSource(kind))))], Value = about.Entry.Retention.Class is { From: var from } && SourceKinds.Contains(from) ? Words.Of(from) : null },
                new("datumkenmerk", "Naam van de dag") { Help = "Alleen bij een andere dag.", Options = ClassChoice.DateNames, Empty = "Geen", IsOptional = true, Value = about.Entry.Retention.Class?.Kenmerk },
                new("brondatum", "Datum") { Type = "date" },
                new("grond", "Hoe weet u dit?") { Lines = 3, Help = "Bijvoorbeeld: volgens het besluit van die dag. Zet hier geen namen." },
            ],
            Read = (about, input) => new SourceDateSet
            {
                Date = about.At.Today,
                From = input.Word<Afleidingswijze>("vanaf", "De soort dag") ?? default,
                Kenmerk = input.Text("datumkenmerk") is { Length: > 0 } name ? name : null,
                SourceDate = input.Day("brondatum", "De datum"),
                Ground = input.Needed("grond", "Hoe u dit weet", "De bewaartermijn loopt vanaf deze dag, dus later moet te zien zijn waar hij vandaan komt."),
            },
        },
        new()
        {
            Path = "datum",
            Title = "Langer bewaren",
            Lead = "U kunt een dossier langer bewaren dan de termijn zegt, nooit korter. Beide datums en de reden blijven te zien.",
            Button = "Langer bewaren",
            Told = "Het dossier blijft langer bewaard.",
            IsOffered = about => Decides(about),
            Fields = about =>
            [
                new("tot", "Bewaren tot")
                {
                    Type = "date",
                    IsOptional = true,
                    Help = about.Item.Due is { } due ? $"Nu mag het weg vanaf {Nl.Date(due)}. Vul een latere dag in." : "Nu is er nog geen dag berekend.",
                },
                new("nominatie", "Nooit vernietigen: het dossier blijvend bewaren") { Kind = FieldKind.Checkbox, IsOptional = true },
                Reason("Bijvoorbeeld: het dossier is van belang voor de geschiedenis van de gemeente."),
            ],
            Read = (about, input) =>
            {
                var reason = input.Needed("reden", "De reden", "Afwijken van de termijn vraagt een reden.");
                var forGood = input.Text("nominatie") == "ja";
                DateOnly? until = input.Text("tot").Length > 0 ? input.Day("tot", "De dag") : null;
                if (until is null && !forGood && input.Refusals.All(refusal => refusal.Subject != "tot"))
                    input.Refusals.Add(new Refusal("Er verandert niets.", "Er is geen dag ingevuld, en niet gekozen voor blijvend bewaren.", "Vul de dag in tot wanneer het dossier blijft.") { Subject = "tot" });
                return new ActionDateChanged { Date = about.At.Today, KeepUntil = until, Nominatie = forGood ? Nominatie.BlijvendBewaren : null, Computed = about.At.Desk.ComputedOf(about.Entry), Reason = reason };
            },
        },
        new()
        {
            Path = "datum-intrekken",
            Title = "Weer volgens de klasse bewaren",
            Lead = "Het besluit om langer te bewaren vervalt. Daarna geldt weer de datum die uit de klasse volgt.",
            Button = "Weer volgens de klasse",
            Told = "De datum volgt weer uit de klasse.",
            Final = "een dossier eerder weg laten gaan dan was besloten",
            IsOffered = about => Decides(about) && about.Entry.Retention.Override is not null,
            Fields = _ => [Reason(null)],
            Read = (about, input) => new ActionDateChanged { Date = about.At.Today, IsWithdrawn = true, Reason = input.Needed("reden", "De reden", "Terugkomen op een besluit vraagt een reden.") },
        },
        HoldDecisions.Place,
        new()
        {
            Path = "overgedragen",
            Title = "Overgedragen aan het archief",
            Lead = "Het archief heeft bevestigd dat het dit dossier heeft ontvangen. Vanaf dan beheert het archief het, en verandert hier niets meer.",
            Button = "Overdracht vastleggen",
            Told = "Vastgelegd: het archief heeft het dossier.",
            Final = "vastleggen dat het archief een dossier heeft ontvangen",
            IsOffered = about => about.At.Is(StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris) && about.Entry is { ClosedOn: not null, Retention.TransferredOn: null },
            Fields = about =>
            [
                new("aan", "Aan welk archief?"),
                new("datum", "Datum van het ontvangstbewijs") { Type = "date", Value = Nl.Iso(about.At.Today) },
                new("ontvangstbewijs", "Kenmerk van het ontvangstbewijs"),
                new("sha256", "Controlegetal van wat is ontvangen (SHA-256)") { IsOptional = true, Help = "64 tekens, zoals het op het ontvangstbewijs staat." },
            ],
            Read = (about, input) => new DossierTransferred
            {
                To = input.Needed("aan", "Het archief", "Het archief dat het dossier ontving, wordt genoemd."),
                Date = input.Day("datum", "De datum"),
                Receipt = input.Needed("ontvangstbewijs", "Het kenmerk van het ontvangstbewijs", "Overgedragen is een dossier pas als het archief de ontvangst heeft bevestigd."),
                Sha256 = input.Text("sha256") is { Length: > 0 } hash ? hash.ToLowerInvariant() : null,
            },
        },
        new()
        {
            Path = "overdracht-terugnemen",
            Title = "Overdracht terugnemen",
            Lead = "Het archief heeft dit dossier niet, of er is iets verkeerds vastgelegd. Daarna wordt het hier weer bewaard zoals daarvoor, en kunt u de juiste overdracht vastleggen.",
            Button = "Overdracht terugnemen",
            Told = "De overdracht is teruggenomen. Het dossier wordt hier weer bewaard.",
            Final = "terugnemen dat het archief een dossier heeft ontvangen",
            IsOffered = about => about.At.Is(StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris) && about.Entry.Retention.TransferredOn is not null,
            Fields = _ => [Reason("Bijvoorbeeld: het ontvangstbewijs was van een ander dossier. Zet hier geen namen.")],
            Read = (about, input) => new DossierTransferred { Date = about.At.Today, IsWithdrawn = true, Reason = input.Needed("reden", "De reden", "Later moet te zien zijn waarom de overdracht niet klopte.") },
        },
        .. HoldDecisions.OfAHold,
    ];

    /// <summary>Whether this person decides on how long the dossier stays.</summary>
    public static bool Decides(Deciding about) => about.At.Is(StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.Verantwoordelijke) && about.Entry.Retention.TransferredOn is null;

    private static string OfSource(Afleidingswijze kind) => kind switch
    {
        Afleidingswijze.IngangsdatumBesluit => "de dag dat het besluit ingaat",
        Afleidingswijze.VervaldatumBesluit => "de dag dat het besluit vervalt",
        _ => "een andere dag, zoals het einde van een dienstverband",
    };

    /// <summary>The reason that every decision asks.</summary>
    public static DecisionField Reason(string? help) => new("reden", "Waarom?") { Lines = 3, Help = help };
}
