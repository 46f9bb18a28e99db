using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Web.Parts;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>Holding something although its time has come, and what becomes of that: one person holds, two release.</summary>
internal static class HoldDecisions
{
    public static Decision Place { get; } = new()
    {
        Path = "bewaargronden/nieuw",
        Title = "Vasthouden",
        Lead = "Wat u vasthoudt, gaat niet weg zolang het nodig is. U doet dit alleen; opheffen doet u later met een tweede persoon.",
        Button = "Vasthouden",
        Told = "Dit wordt vastgehouden.",
        IsOffered = about => Decisions.Decides(about) || about.At.Is(StaffRole.Fg),
        Fields = about =>
        [
            new("soort", "Waarvoor is het nodig?") { Kind = FieldKind.Radios, Options = [.. HoldKinds(about).Select(kind => (Words.Of(kind), Nl.First(RetentionTexts.Of(kind))))] },
            .. about.Entry.Retention.Recordings.Count == 0 ? [] : (IEnumerable<DecisionField>)
            [
                new("object", "Wat houdt u vast?")
                {
                    IsOptional = true,
                    Empty = "Het hele dossier, met alles erin",
                    Options = [.. about.Entry.Retention.Recordings.Select(recording => (recording.File.ToString(), $"{Nl.First(RetentionTexts.Of(recording.Kind))} {RetentionTexts.Short(recording.File)} van {Nl.Date(recording.MadeOn)}"))],
                },
            ],
            new("verwijzing", "Zaaknummer of kenmerk") { Help = "Van de rechtszaak of het verzoek. Zet hier geen namen." },
            new("toetsenOp", "Wanneer kijkt u opnieuw?") { Type = "date", Help = "Binnen een half jaar. Op die dag vraagt het programma of dit nog nodig is.", Value = Nl.Iso(about.At.Today.AddMonths(6)) },
            Decisions.Reason("Zet hier geen namen."),
        ],
        Read = (about, input) => new HoldPlaced
        {
            Date = about.At.Today,
            Kind = input.Word<HoldKind>("soort", "Waarvoor het nodig is") ?? default,
            Object = FileId.TryParse(input.Text("object"), out var file) ? file : null,
            Citation = input.Needed("verwijzing", "Het zaaknummer of kenmerk", "Later moet te zien zijn waarvoor dit bewaard bleef."),
            ReviewOn = input.Day("toetsenOp", "De dag om opnieuw te kijken"),
            Reason = input.Needed("reden", "De reden", "Langer bewaren vraagt een reden."),
        },
    };

    /// <summary>What is decided on a hold that is there.</summary>
    public static IReadOnlyList<Decision> OfAHold { get; } =
    [
        new()
        {
            Path = "herzien",
            IsOfHold = true,
            Title = "Opnieuw bekeken: blijft nodig",
            Lead = "U hebt gekeken of dit nog moet worden vastgehouden, en dat is zo. Was er een voorstel om het op te heffen, dan vervalt dat.",
            Button = "Blijft vastgehouden",
            Told = "Dit blijft vastgehouden.",
            IsOffered = about => Asks.MayDecide(about.At, about.Hold!),
            Fields = about =>
            [
                new("toetsenOp", "Wanneer kijkt u weer?") { Type = "date", Help = "Binnen een half jaar.", Value = Nl.Iso(about.At.Today.AddMonths(6)) },
                Decisions.Reason(null),
            ],
            Read = (about, input) => new HoldReviewed { Date = about.At.Today, Hold = about.Hold!.Id, ReviewOn = input.Day("toetsenOp", "De dag om weer te kijken"), Reason = input.Needed("reden", "De reden", "Later moet te zien zijn waarom dit bleef.") },
        },
        new()
        {
            Path = "opheffing-voorstellen",
            IsOfHold = true,
            Title = "Opheffing voorstellen",
            Lead = "U stelt voor dit niet langer vast te houden. Een tweede persoon, met een eigen account, bevestigt dat. Tot dan verandert er niets.",
            Button = "Opheffing voorstellen",
            Told = "Het voorstel wacht nu op een tweede persoon.",
            IsOffered = about => Asks.MayDecide(about.At, about.Hold!) && about.Hold!.ReleaseProposedBy is null,
            Fields = _ => [Decisions.Reason("Bijvoorbeeld: de rechter heeft uitspraak gedaan en niemand gaat in beroep.")],
            Read = (about, input) => new HoldReleaseProposed { Date = about.At.Today, Hold = about.Hold!.Id, Reason = input.Needed("reden", "De reden", "De tweede persoon moet kunnen zien waarom u dit voorstelt.") },
        },
        new()
        {
            Path = "opheffen",
            IsOfHold = true,
            Title = "Opheffing bevestigen",
            Lead = "Een ander stelde voor dit niet langer vast te houden. Bevestigt u dat, dan geldt weer de gewone termijn. Dat kan betekenen dat het meteen weg moet.",
            Button = "Opheffen",
            Told = "Dit wordt niet langer vastgehouden. De gewone termijn geldt weer.",
            Final = "een bewaargrond opheffen",
            IsOffered = about => Asks.MayConfirm(about.At, about.Hold!),
            Fields = _ => [Decisions.Reason(null)],
            Read = (about, input) => new HoldReleased { Date = about.At.Today, Hold = about.Hold!.Id, Reason = input.Needed("reden", "De reden", "Ook de tweede persoon zegt waarom.") },
        },
    ];

    private static IEnumerable<HoldKind> HoldKinds(Deciding about)
        => Enum.GetValues<HoldKind>().Where(kind => Decisions.Decides(about) || kind is HoldKind.Avg or HoldKind.Woo);
}
