using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>The ordemaatregelen of the betrokkene: those in force, and the last imposed.</summary>
internal sealed class OrdemaatregelFields : IFieldFamily
{
    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.List("ordemaatregelen", "de ordemaatregelen die nu voor de betrokkene gelden", Knowledge.Ordemaatregelen, optional: false),
        LetterField.Text("ordemaatregelen.omschrijving", FieldSource.Event, "wat de maatregel inhoudt", Knowledge.Ordemaatregelen),
        new("ordemaatregelen.ingang", TemplateDataKind.Date, FieldSource.Event, "vanaf wanneer") { Needs = Knowledge.Ordemaatregelen },
        new("ordemaatregelen.einde", TemplateDataKind.Date, FieldSource.Event, "tot en met wanneer; kan leeg zijn") { Needs = Knowledge.Ordemaatregelen },
        LetterField.Maybe("ordemaatregel.omschrijving", "de laatst opgelegde ordemaatregel", Knowledge.Ordemaatregelen),
        LetterField.Maybe("ordemaatregel.waarom", "waarom die ordemaatregel nodig is", Knowledge.Ordemaatregelen),
        LetterField.Day("ordemaatregel.ingang", "vanaf wanneer die ordemaatregel geldt", Knowledge.Ordemaatregelen),
        LetterField.Day("ordemaatregel.einde", "tot en met wanneer die ordemaatregel geldt; kan leeg zijn", Knowledge.Ordemaatregelen),
        LetterField.Maybe("ordemaatregel.opgelegdDoor", "wie die ordemaatregel oplegde, als functie", Knowledge.Ordemaatregelen),
        LetterField.Day("ordemaatregel.heroverwegenOp", "wanneer opnieuw wordt bekeken of die ordemaatregel nodig is; kan leeg zijn", Knowledge.Ordemaatregelen),
        LetterField.Maybe("ordemaatregel.reactie", "wat de betrokkene van de ordemaatregel vindt; kan leeg zijn", Knowledge.Ordemaatregelen),
        LetterField.Maybe("ordemaatregel.horen", "of de betrokkene vooraf is gehoord en wat hij zei, of waarom dat niet kon", Knowledge.Ordemaatregelen),
        LetterField.Flag("ordemaatregel.spoed", "er was geen tijd om vooraf te horen", Knowledge.Ordemaatregelen),
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        // A measure that will be imposed together with the letter is not in the dossier yet: the dossier can say yes, never no.
        new("kennisgeving.ordemaatregel", "ordemaatregelen") { Needs = Knowledge.Ordemaatregelen },
        new("ordemaatregel.maatregel", "ordemaatregel.omschrijving") { IsSame = true, Needs = Knowledge.Ordemaatregelen },
        new("ordemaatregel.gehoord", "ordemaatregel.horen") { IsSame = true, Needs = Knowledge.Ordemaatregelen },
        new("ordemaatregel.reden", "ordemaatregel.waarom") { IsSame = true, Needs = Knowledge.Ordemaatregelen },
    ];

    public void Add(FieldContext context)
    {
        if (context.About is not { } about) return;
        OrdemaatregelImposed? running = null;
        DateOnly? until = null;
        var measures = new List<TemplateData>();
        foreach (var happening in context.State.Events.Select(recorded => recorded.Event).Where(happening => happening.Subject == about.Id))
        {
            switch (happening)
            {
                case OrdemaatregelImposed imposed:
                    Close();
                    (running, until) = (imposed, imposed.Until);
                    break;
                case OrdemaatregelExtended extended:
                    until = extended.Until;
                    break;
                case OrdemaatregelEnded:
                    measures.Clear();
                    running = null;
                    break;
            }
        }

        Close();
        context.Put("ordemaatregelen", TemplateData.List(measures), EventNames.OrdemaatregelOpgelegd);
        if (context.State.All<OrdemaatregelImposed>().LastOrDefault(imposed => imposed.Betrokkene == about.Id) is not { } last) return;
        context.Put("ordemaatregel.omschrijving", Word(last), last.Name);
        context.Put("ordemaatregel.waarom", last.Reason, last.Name);
        context.Put("ordemaatregel.ingang", last.Date, last.Name);
        context.Put("ordemaatregel.einde", TemplateData.Of(last == running ? until : last.Until), last.Name);
        context.Put("ordemaatregel.opgelegdDoor", context.OfficeOf(last.Office, last.ImposedBy, last.Date), last.Name);
        context.Put("ordemaatregel.heroverwegenOp", TemplateData.Of(last.ReviewOn), last.Name);
        var heard = context.State.All<OrdemaatregelHeard>().LastOrDefault(heard => heard.Betrokkene == about.Id);
        context.Put("ordemaatregel.reactie", heard?.Response, EventNames.OrdemaatregelGehoord);
        context.PutKnown("ordemaatregel.horen", HearingOf(last, heard), last.Name);
        context.Put("ordemaatregel.spoed", last.IsUrgent, last.Name);

        // A measure that is over on the day of the letter does not hold any more.
        void Close()
        {
            if (running is not null && !(until < context.LetterDate))
                measures.Add(TemplateData.Record(("omschrijving", Word(running)), ("ingang", running.Date), ("einde", TemplateData.Of(until))));
        }
    }

    /// <summary>In the words of a letter to the betrokkene; whether it was urgent is said only when that is recorded.</summary>
    private static string? HearingOf(OrdemaatregelImposed imposed, OrdemaatregelHeard? heard)
    {
        if (heard is { Response: { } response }) return $"U bent gehoord. U zei hierover: {response}";
        if (imposed.WasHeard) return "U bent vooraf gehoord.";
        return imposed.IsUrgent ? "U bent niet vooraf gehoord, omdat er haast bij was." : null;
    }

    private static string Word(OrdemaatregelImposed imposed) => imposed.Kind switch
    {
        OrdemaatregelKind.AccessDenied => "Geen toegang tot de gebouwen van de gemeente",
        OrdemaatregelKind.Suspension => "Schorsing",
        OrdemaatregelKind.OtherWork => "Ander werk of een andere werkplek",
        OrdemaatregelKind.SystemsDenied => "Geen toegang tot systemen van de gemeente",
        _ => imposed.Note ?? "Een andere maatregel, zie het besluit",
    };
}
