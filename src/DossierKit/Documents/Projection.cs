using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>Where the value of one field came from, for screens that show it and for whoever must account for a letter.</summary>
/// <param name="Path">The field.</param>
/// <param name="Source">What kind of source.</param>
/// <param name="Reference">The event's name, the person's handle or the answer's path; <see langword="null"/> when the source says enough.</param>
public sealed record FieldOrigin(string Path, FieldSource Source, string? Reference);

/// <summary>What a template is filled with for one addressee.</summary>
/// <param name="Data">The fields. What the addressee may not know is not in it.</param>
/// <param name="Origins">Where each field came from, by path.</param>
/// <param name="Withheld">Paths the addressee may not know; an answer to one of them is refused.</param>
public sealed record ProjectedData(TemplateData Data, IReadOnlyList<FieldOrigin> Origins, IReadOnlyList<string> Withheld)
{
    /// <summary>The value of a path.</summary>
    /// <param name="path">Names joined by points.</param>
    /// <returns>The value, or <see langword="null"/> when it is absent.</returns>
    public TemplateData? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var at = Data;
        foreach (var name in path.Split('.'))
        {
            if (!at.Fields.TryGetValue(name, out var next)) return null;
            at = next;
        }

        return at;
    }
}

/// <summary>What a document is projected from.</summary>
public sealed record ProjectionSource
{
    /// <summary>The dossier.</summary>
    public required DossierState State { get; init; }

    /// <summary>Its protocol.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>The municipality that writes.</summary>
    public required Municipality Municipality { get; init; }

    /// <summary>Finds someone of the staff.</summary>
    public required Func<PersonId, StaffPerson?> Staff { get; init; }

    /// <summary>Who makes the document: the contact when no other is given.</summary>
    public required PersonId Maker { get; init; }
}

/// <summary>
/// Turns a dossier into the fields of a document for one addressee. What the addressee may not know (<see cref="AddresseeKind"/>) is never put in,
/// so that no template, however made, can show it.
/// </summary>
public static class Projection
{
    /// <summary>Projects.</summary>
    /// <param name="source">The dossier and what goes with it.</param>
    /// <param name="addressee">Who the document is for.</param>
    /// <param name="about">The betrokkene it is about; <see langword="null"/> when it is about the case.</param>
    /// <param name="kind">The kind of document.</param>
    /// <param name="answers">The answers, as they count for this document.</param>
    /// <param name="conversation">The reference of the conversation it is about; <see langword="null"/> when it is about none.</param>
    /// <param name="passages">The elements of the template: what is answered for one that the protocol does not ask is a field too. Default none.</param>
    /// <returns>The fields. A field of which nothing is known is absent; one that may be empty is empty.</returns>
    public static ProjectedData For(
        ProjectionSource source, Addressee addressee, CasePerson? about, string kind, DocumentAnswers answers, string? conversation = null, IReadOnlyList<TemplateElement>? passages = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(addressee);
        ArgumentNullException.ThrowIfNull(answers);
        var fields = new FieldTree(addressee);
        DateOnly? letterDate = answers.Find("brief.datum") is { } day && AnswerCheck.TryDate(day, out var date) ? date : null;
        var context = new FieldContext(source, addressee, about, kind, conversation, letterDate, fields);
        foreach (var family in FieldFamilies.All) family.Add(context);
        AddAnswers(fields, answers, addressee);
        AddElements(fields, [.. ElementsOf(source.Protocol, kind, passages ?? [])], answers);
        AddTranscript(fields, kind, answers);
        return fields.Build();
    }

    /// <summary>What was said, piece by piece, from the passage that holds it.</summary>
    private static void AddTranscript(FieldTree fields, string kind, DocumentAnswers answers)
    {
        if (kind is not ("gespreksverslag" or "verantwoordingsverslag")) return;
        if (fields.Find($"{kind}.weergave") is { Raw: string text } && answers.YesOrNo($"{kind}.weergave") is null)
            fields.Put(kind == "gespreksverslag" ? "verslag.weergave" : "verantwoording.weergave", Transcript.Read(text), FieldSource.Answer, $"{kind}.weergave");
    }

    /// <summary>Answers to known questions go over what the dossier says; of other fields the dossier's word stands.</summary>
    private static void AddAnswers(FieldTree fields, DocumentAnswers answers, Addressee addressee)
    {
        foreach (var field in LetterField.All)
        {
            if (field.IsOfItem) continue;
            var isAsked = field.Question is not null && !(field.OnlyForOffice && addressee.Person is not null);
            if (isAsked && answers.Find(field.Path) is { } answer && Value(field, answer) is { } value)
                fields.Put(field.Path, value, FieldSource.Answer, field.Path);
            else if (field.Optional && !fields.Has(field.Path))
                fields.Put(field.Path, EmptyOf(field.Kind), field.Question is null ? field.Source : FieldSource.Answer, null);
        }
    }

    /// <summary>The elements of the protocol, and those passages it does not ask: what these hold is known from the protocols that do.</summary>
    private static IEnumerable<(string Id, TemplateDataKind? Kind)> ElementsOf(Protocol protocol, string kind, IReadOnlyList<TemplateElement> passages)
    {
        var asked = protocol.FindDocument(kind)?.Elements ?? [];
        return asked.Select(element => (element.Id, element.Content == ElementContent.StandingText ? null : (TemplateDataKind?)KindOf(element)))
            .Concat(passages.Select(passage => passage.Id).Except(asked.Select(element => element.Id), StringComparer.OrdinalIgnoreCase).Select(id => (id, UnaskedElements.KindOf(id))));
    }

    private static void AddElements(FieldTree fields, IReadOnlyList<(string Id, TemplateDataKind? Kind)> elements, DocumentAnswers answers)
    {
        foreach (var (id, kind) in elements)
        {
            if (kind is null) continue;
            var known = ElementSource.Find(id);
            if (known?.TakesAnswer != false && answers.Find(id) is { } answer && answers.YesOrNo(id) is null && Value(kind.Value, answer) is { } value)
                fields.PutElement(id, value, FieldSource.Answer, id);
            else if (known is { IsSame: true })
                fields.Link(id, known.Fields[0]);
            else if (known is { Fields.Count: > 0 } && known.Fields.All(fields.IsFilled))
                fields.PutElement(id, TemplateData.Empty, FieldSource.Event, null);
        }
    }

    private static TemplateData EmptyOf(TemplateDataKind kind) => kind switch
    {
        TemplateDataKind.List => TemplateData.List([]),
        TemplateDataKind.Flag => false,
        _ => TemplateData.Empty,
    };

    /// <summary>A telephone number is not cut in two by the end of a line.</summary>
    private static TemplateData? Value(LetterField field, string answer)
        => field.Path == "contact.telefoon" ? answer.Replace(' ', '\u00A0') : Value(field.Kind, answer);

    /// <summary>The value of an answer, or null when it is not of the kind asked for; <see cref="AnswerCheck"/> tells the user.</summary>
    internal static TemplateData? Value(TemplateDataKind kind, string answer) => kind switch
    {
        TemplateDataKind.Date => AnswerCheck.TryDate(answer, out var date) ? date : null,
        TemplateDataKind.List => TemplateData.List(DocumentAnswers.Lines(answer).Select(line => (TemplateData)line)),
        _ => answer,
    };

    internal static TemplateDataKind KindOf(ElementRule element) => element.Content switch
    {
        ElementContent.Date => TemplateDataKind.Date,
        ElementContent.List => TemplateDataKind.List,
        ElementContent.FromDossier when ElementSource.Find(element.Id) is { IsSame: true } known && LetterField.Find(known.Fields[0]) is { } field => field.Kind,
        _ => TemplateDataKind.Text,
    };
}
