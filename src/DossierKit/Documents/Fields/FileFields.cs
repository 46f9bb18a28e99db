using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>The files and documents that may go along to this reader: default none but his own.</summary>
internal sealed class FileFields : IFieldFamily
{
    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.List("stukken", "de stukken die deze lezer mag zien"),
        LetterField.Text("stukken.nummer", FieldSource.Event, "volgnummer"),
        LetterField.Text("stukken.titel", FieldSource.Event, "titel van het stuk"),
        new("stukken.datum", TemplateDataKind.Date, FieldSource.Event, "datum van het stuk"),
        LetterField.Text("stukken.soort", FieldSource.Event, "wat voor stuk het is"),
        LetterField.Text("stukken.bestand", FieldSource.Event, "naam van het bestand"),
        LetterField.Text("stukken.sha256", FieldSource.Event, "controlegetal van het bestand (SHA-256)"),
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        new("bijlagenlijst.stukken", "stukken") { TakesAnswer = false, Advice = "Voeg eerst stukken toe aan het dossier." },
    ];

    public void Add(FieldContext context)
    {
        var files = context.State.Files.Where(file => MaySee(context, file)).OrderBy(file => file.Date).ThenBy(file => file.Title, StringComparer.Ordinal)
            // Never by id: that is drawn at random, and the list would differ from one vault to the next.
            .ThenBy(file => file.Name, StringComparer.Ordinal).ThenBy(file => file.Sha256, StringComparer.Ordinal);
        context.Put("stukken", TemplateData.List(files.Select((file, index) => TemplateData.Record(
            ("nummer", (index + 1).ToString(CultureInfo.InvariantCulture)),
            ("titel", file.Title),
            ("datum", file.Date),
            ("soort", KindWord(file.Kind)),
            ("bestand", file.Name),
            ("sha256", file.Sha256)))), EventNames.BestandToegevoegd);
    }

    /// <summary>
    /// What is the reader's own (a document addressed to him, the verslag of his own conversation); beyond that only who may know the findings, and never a recording,
    /// nor what says who the melder is.
    /// </summary>
    private static bool MaySee(FieldContext context, DossierFile file)
    {
        if (file.Compartment == Compartment.Opnamen) return false;
        if (file.Compartment == Compartment.Melder) return context.Addressee.Knows(Knowledge.Melder) && (context.Reader is null || IsOwn(context, file));
        if (IsOwn(context, file)) return true;
        if (!context.Addressee.Knows(Knowledge.Bijlagen)) return false;
        if (file.Compartment == Compartment.Besluit) return context.Addressee.Knows(Knowledge.Maatregel);
        if (file.Compartment == Compartment.Melding) return context.Addressee.Knows(Knowledge.Melding);
        return file.Compartment == Compartment.Opdracht ? context.Addressee.Knows(Knowledge.Onderzoeksvragen) : context.Addressee.Knows(Knowledge.Bevindingen);
    }

    private static bool IsOwn(FieldContext context, DossierFile file)
    {
        if (context.Reader is not { } reader || file.BelongsTo is not { } belongs) return false;
        if (file.Kind is FileKind.Document or FileKind.Letter) return belongs == reader.Id.Value;
        return file.Kind == FileKind.Gespreksverslag && (belongs == reader.Id.Value || context.State.All<ConversationHeld>().Any(held => held.Reference == belongs && held.With == reader.Id));
    }

    private static string KindWord(FileKind kind) => kind switch
    {
        FileKind.Document => "stuk",
        FileKind.Recording => "opname",
        _ => JsonShape.WordsOf(typeof(FileKind))[(int)kind],
    };
}
