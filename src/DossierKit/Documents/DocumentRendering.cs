using System.Collections.Frozen;
using DossierKit.Dossiers;

namespace DossierKit.Documents;

/// <summary>From a prepared case to the bytes of a document: pure, and the same bytes for the same case on any day and in any place.</summary>
internal static class DocumentRendering
{
    /// <summary>Renders, or tells everything that is missing at once: elements, answers and fields.</summary>
    public static Outcome<AssembledDocument> Render(AssemblyCase given, AssemblyRequest request)
    {
        var judgement = given.Judgement;
        List<Refusal> problems = [.. given.Problems, .. judgement.Refusals];

        // Passages of missing elements are skipped here: their gap was named with its article, and need not be named again as an empty field.
        var omit = request.Concept ? judgement.Omit : judgement.Omit.Concat(judgement.Missing).ToFrozenSet(StringComparer.Ordinal);
        var rendered = given.Template.Render(given.Data.Data, new RenderOptions { Concept = request.Concept, OmitElements = omit, Properties = PropertiesOf(given) });
        if (!rendered.IsDone) problems.AddRange(rendered.Refusals.DistinctBy(missing => missing.Subject ?? missing.ToString()).Select(missing => WithQuestion(given, missing)));
        if (problems.Count > 0 && (!request.Concept || !rendered.IsDone)) return Outcome<AssembledDocument>.Refused(problems);

        var faults = DocumentCheck.Run(rendered.Value.Bytes);
        if (faults.Count > 0) return Outcome<AssembledDocument>.Refused([.. problems, .. faults.Distinct()]);
        var empty = EmptyPassages(given, omit, rendered.Value.Bytes);
        problems.AddRange(empty);
        if (empty.Count > 0 && !request.Concept) return Outcome<AssembledDocument>.Refused(problems);
        return Outcome<AssembledDocument>.Done(new AssembledDocument
        {
            Kind = given.Kind,
            FileName = FileNameOf(given, request.Concept),
            Bytes = rendered.Value.Bytes,
            IsConcept = request.Concept,
            Remarks = [.. given.Remarks, .. judgement.Remarks, .. rendered.Value.Remarks, .. problems.Select(problem => problem.ToString())],
            Origins = given.Data.Origins,
        });
    }

    /// <summary>Every text of the document and its file name, with the place for a reader.</summary>
    public static IReadOnlyList<CheckedText> TextsOf(AssembledDocument document)
        => [new CheckedText("bestandsnaam", document.FileName), .. DocumentText.Extract(document.Bytes).Select(text => new CheckedText(PlaceOf(text), text.Text))];

    /// <summary>The date of the document; a final one always has it, because its template asks for it or the request gave it.</summary>
    public static DateOnly? DateOf(AssemblyCase given) => given.Data.Find("brief.datum")?.Raw as DateOnly?;

    public static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    /// <summary>
    /// Number, kind, who reads when that differs, and the place of person or conversation in the dossier when there are several: never a handle somebody made of a name.
    /// A second one like it gets a version, so that no two files of a dossier have one name.
    /// </summary>
    private static string FileNameOf(AssemblyCase given, bool concept)
    {
        var state = given.Source.State;
        var readers = given.Rule.Addressees.Count > 0 ? given.Rule.Addressees : [DocumentTraits.Of(given.Kind).Reader];
        var actor = given.Addressee.Kind.Id;
        var isNamed = !DocumentTraits.Of(given.Kind).IsOfConversation && (readers.Count > 1 || !readers.Contains(actor, StringComparer.Ordinal));
        var name = $"{state.Number}-{given.Kind}{(isNamed ? $"-{actor}" : "")}{PlaceOf(given)}{(concept ? "-concept" : "")}";
        var version = 1;
        string FileName() => version == 1 ? $"{name}.docx" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}-versie-{version}.docx");
        while (!concept && state.Files.Any(file => file.Name.Equals(FileName(), StringComparison.OrdinalIgnoreCase))) version++;
        return FileName();
    }

    private static string PlaceOf(AssemblyCase given)
    {
        var state = given.Source.State;
        if (DocumentTraits.Of(given.Kind).IsOfConversation)
        {
            var held = state.All<ConversationHeld>().ToList();
            return held.Count > 1 ? Place(held.FindIndex(one => one.Reference == given.Conversation)) : "";
        }

        var person = given.Addressee.Person is { } id && given.Addressee.Kind.Id != "betrokkene" ? state.FindPerson(id) : given.About;
        if (person is null) return "";
        var same = state.Persons.Where(other => other.Role == person.Role).ToList();
        return same.Count > 1 ? Place(same.FindIndex(other => other.Id == person.Id)) : "";

        static string Place(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-{index + 1}");
    }

    private static DocumentProperties PropertiesOf(AssemblyCase given) => new()
    {
        Title = $"{Capital(given.Word)} {given.Source.State.Number}",
        Creator = $"Gemeente {given.Source.Municipality.Name}",
        Created = DateOf(given),
        Custom = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DossierKit sjabloon"] = given.Template.Hash,
            ["DossierKit protocol"] = $"{given.Source.Protocol.Id} {given.Source.Protocol.Version}",
            ["DossierKit versie"] = DocumentAssembly.EngineVersion,
        }.ToFrozenDictionary(StringComparer.Ordinal),
    };

    /// <summary>Elements the protocol demands whose passage is in the template and turned out to show nothing.</summary>
    private static List<Refusal> EmptyPassages(AssemblyCase given, IReadOnlySet<string> omit, ReadOnlyMemory<byte> docx)
    {
        var shown = DocumentCheck.ElementsWithText(docx);
        return
        [
            .. given.Rule.Elements
                .Where(element => element.Strength != Protocols.Strength.May && !omit.Contains(element.Id) && !given.Judgement.Missing.Contains(element.Id) && !shown.Contains(element.Id))
                .Select(element => new Refusal(
                    $"De passage '{element.Title}' is leeg gebleven.", $"Zij moet iets laten zien volgens {element.Article}.",
                    $"Zet in het sjabloon tekst in het inhoudsbesturingselement 'element:{element.Id}', buiten een voorwaarde die hier niet geldt.")
                { Subject = element.Id }),
        ];
    }

    /// <summary>A field that is absent because nobody answered it gets its question; the others keep the place in the template.</summary>
    private static Refusal WithQuestion(AssemblyCase given, Refusal missing)
    {
        if (missing.Subject is not { } path) return missing;
        if (LetterField.Find(path) is { Question: { } question } field)
            return missing with { WhatNow = $"Beantwoord: {question} {field.Hint}".TrimEnd(), Subject = field.Path, Remedies = Remedies.Answer };
        if (given.Data.Withheld.Contains(path, StringComparer.OrdinalIgnoreCase))
            return missing with { WhatNow = "De ontvanger van dit stuk mag dit niet weten. Haal het veld uit het sjabloon." };
        return DossierAdvice(path) is { } advice ? missing with { WhatNow = advice } : missing;
    }

    private static string? DossierAdvice(string path) => path.Split('.')[0].ToUpperInvariant() switch
    {
        "GEADRESSEERDE" => "Vul naam en adres van deze persoon aan in het dossier (persoon-toegevoegd).",
        "ONDERZOEK" => "Leg de opdracht vast in het dossier (opdracht-verstrekt).",
        "ONDERZOEKERS" => "Wijs de onderzoekers aan in het dossier (onderzoeker-aangewezen).",
        _ => null,
    };

    private static string PlaceOf(DocumentText text) => text.Kind switch
    {
        DocumentTextKind.Property => $"eigenschappen ({text.Part})",
        DocumentTextKind.PartName => "naam van een onderdeel",
        DocumentTextKind.Attribute => $"verborgen kenmerk ({text.Part})",
        DocumentTextKind.Field => $"veldcode ({text.Part})",
        _ => text.Part,
    };
}
