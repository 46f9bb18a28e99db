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
    /// <param name="answers">The answers, as they count for the betrokkene.</param>
    /// <returns>The fields. A field of which nothing is known is absent; one that may be empty is empty.</returns>
    public static ProjectedData For(ProjectionSource source, Addressee addressee, CasePerson? about, string kind, DocumentAnswers answers)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(addressee);
        ArgumentNullException.ThrowIfNull(answers);
        var fields = new FieldTree(addressee);
        DateOnly? letterDate = answers.Find("brief.datum") is { } day && AnswerCheck.TryDate(day, out var date) ? date : null;
        new CaseFields(source, addressee, about, kind, letterDate, fields).Add();
        AddAnswers(fields, answers);
        AddElements(fields, source.Protocol.FindDocument(kind), answers);
        return fields.Build();
    }

    /// <summary>Answers to known questions go over what the dossier says; of other fields the dossier's word stands.</summary>
    private static void AddAnswers(FieldTree fields, DocumentAnswers answers)
    {
        foreach (var field in LetterField.All)
        {
            if (field.Question is null) continue;
            if (answers.Find(field.Path) is { } answer && Value(field, answer) is { } value)
                fields.Put(field.Path, value, FieldSource.Answer, field.Path);
            else if (field.Optional && !fields.Has(field.Path))
                fields.Put(field.Path, field.Kind == TemplateDataKind.List ? TemplateData.List([]) : TemplateData.Empty, FieldSource.Answer, null);
        }
    }

    private static void AddElements(FieldTree fields, DocumentRule? rule, DocumentAnswers answers)
    {
        if (rule is null) return;
        foreach (var element in rule.Elements)
        {
            if (element.Content == ElementContent.StandingText) continue;
            var known = ElementSource.Find(element.Id);
            if (known?.TakesAnswer != false && answers.Find(element.Id) is { } answer && answers.YesOrNo(element.Id) is null && Value(KindOf(element), answer) is { } value)
                fields.PutElement(element.Id, value, FieldSource.Answer, element.Id);
            else if (known is { IsSame: true })
                fields.Link(element.Id, known.Fields[0]);
            else if (known is not null && known.Fields.All(fields.IsFilled))
                fields.PutElement(element.Id, TemplateData.Empty, FieldSource.Event, null);
        }
    }

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
