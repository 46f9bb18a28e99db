using System.Globalization;
using System.Text;

using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Stukken;

/// <summary>A document somebody works on: the kind, the reader chosen by an opaque code in the address, and how far it is.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Choices">Every reader there could be, with the code of each.</param>
/// <param name="Chosen">The one chosen; <see langword="null"/> when there are several and none was chosen.</param>
public sealed record DocumentPlace(string Kind, IReadOnlyList<(string Code, DocumentDestination Destination)> Choices, (string Code, DocumentDestination Destination)? Chosen)
{
    /// <summary>Finds the place of a request, or why there is none.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="code">The code of the reader; <see langword="null"/> when none was chosen.</param>
    public static Outcome<DocumentPlace> Find(OpenDossier dossier, string kind, string? code)
    {
        var found = DocumentAssembly.Destinations(dossier, kind);
        if (!found.IsDone) return Outcome<DocumentPlace>.Refused(found.Refusals);
        var choices = found.Value.Select(one => (CodeOf(dossier, one), one)).ToList();
        var at = code is null ? (choices.Count == 1 ? 0 : -1) : choices.FindIndex(one => one.Item1 == code);
        return Outcome<DocumentPlace>.Done(new DocumentPlace(kind, choices, at < 0 ? null : choices[at]));
    }

    /// <summary>The address of a page of this document; whoever it is for is a code, since a handle can be made of a name.</summary>
    public string Path(OpenDossier dossier, string page = "")
        => $"/dossiers/{dossier.Number.Value}/documenten/nieuw/{Kind}{page}{(Choices.Count > 1 && Chosen is { } chosen ? $"?voor={chosen.Code}" : "")}";

    /// <summary>The request for the reader chosen.</summary>
    public AssemblyRequest Request => Chosen!.Value.Destination.Apply(new AssemblyRequest());

    private static string CodeOf(OpenDossier dossier, DocumentDestination to)
        => dossier.HashOf(Encoding.UTF8.GetBytes($"{to.Addressee}|{to.AddresseePerson}|{to.Betrokkene}|{to.Conversation}"))[..12];
}

/// <summary>How a document, its reader and the origin of its text are said.</summary>
internal static class DocumentTexts
{
    /// <summary>For whom, such as <c>J. van Schelpenwaard (betrokkene-1)</c>.</summary>
    public static string Reader(OpenDossier dossier, DocumentDestination to)
    {
        var reader = to.AddresseePerson is { } person ? $"{PersonTexts.Of(dossier, person)}, {dossier.Protocol.Word(to.Addressee)}" : Labels.Sentence(dossier.Protocol.Word(to.Addressee));
        var about = to.Betrokkene is { } betrokkene && betrokkene != to.AddresseePerson ? $", over {PersonTexts.Of(dossier, betrokkene)}" : "";
        var held = to.Conversation is { } reference && dossier.State.FindReference(reference) is { } conversation ? $", gesprek van {Cli.DutchText.Date(conversation.Date)} ({reference})" : "";
        return reader + about + held;
    }

    /// <summary>Where a value came from, in a sentence.</summary>
    public static string Origin(FieldOrigin? origin) => origin switch
    {
        null => "",
        { Source: FieldSource.Municipality } => "Uit de gegevens van de gemeente",
        { Source: FieldSource.Protocol } => "Uit het protocol",
        { Source: FieldSource.Person, Reference: { } person } => $"Uit de personen van het dossier ({person})",
        { Source: FieldSource.Person } => "Uit de personen van het dossier",
        { Source: FieldSource.Event, Reference: { } happening } => EventKind.Find(happening) is null ? $"Uit het dossier ({happening})" : $"Uit het dossier: {Labels.Event(happening).ToLower(CultureInfo.InvariantCulture)}",
        { Source: FieldSource.Event } => "Uit het dossier",
        _ => "Ingevuld voor dit stuk",
    };

    /// <summary>The origin of a field of the letter; within a list that of the list.</summary>
    public static FieldOrigin? Find(IReadOnlyList<FieldOrigin> origins, string path)
    {
        for (var name = path; ; name = name[..name.LastIndexOf('.')])
        {
            if (origins.LastOrDefault(origin => origin.Path.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found) return found;
            if (!name.Contains('.', StringComparison.Ordinal)) return null;
        }
    }

    /// <summary>The id of a question on the page.</summary>
    public static string FieldId(string path) => $"veld-{string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}";
}
