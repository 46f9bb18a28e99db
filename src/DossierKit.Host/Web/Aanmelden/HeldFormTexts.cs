using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Dossiers;
using DossierKit.Host.Web.Stukken;
using DossierKit.Host.Web.Texts;
using DossierKit.Host.Web.Vastleggen;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Aanmelden;

/// <summary>What a held form holds, in the words of the form it came from: without opening the dossier, which nobody gave a purpose for yet.</summary>
internal static class HeldFormTexts
{
    private static readonly string[] Unseen = ["versie", "id", "naar", "actie"];

    /// <param name="form">The form.</param>
    /// <param name="protocols">Where the names of the parts of a letter are looked up, the likeliest first: which one the dossier follows is not known before it is opened.</param>
    public static IReadOnlyList<(string Name, string? Value)> Lines(HeldForm form, IReadOnlyList<Protocol> protocols)
    {
        var kind = form.Path.Split('/') is ["", "dossiers", _, "vastleggen", var soort, ..] ? EventKind.Find(soort.Split('?')[0]) : null;
        return
        [
            .. form.Fields.Where(field => !string.IsNullOrWhiteSpace(field.Value) && !Unseen.Contains(field.Key) && !field.Key.StartsWith(AnswerForm.Before, StringComparison.Ordinal))
                .GroupBy(field => field.Key, StringComparer.Ordinal)
                .Select(field => (LabelOf(field.Key, kind, protocols), (string?)string.Join(", ", field.Select(one => Said(one.Value))))),
        ];
    }

    private static string LabelOf(string name, EventKind? kind, IReadOnlyList<Protocol> protocols)
    {
        if (kind?.Fields.FirstOrDefault(field => field.Name == name) is { } known) return EventLabels.Of(kind, known, name).Label;
        if (ElementOf(name, AnswerForm.Answer) is { } answered) return TitleOf(answered, protocols);
        if (ElementOf(name, AnswerForm.Reason) is { } left) return $"Waarom weggelaten: {TitleOf(left, protocols)}";
        return PersonForm.LabelOf(name) ?? Labels.Sentence(name);
    }

    // antwoord:kennisgeving.gedraging@aan:betrokkene-1 is about the element before the @.
    private static string? ElementOf(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..].Split('@')[0] : null;

    private static string TitleOf(string element, IReadOnlyList<Protocol> protocols)
        => protocols.Select(protocol => protocol.FindElement(element)?.Title).FirstOrDefault(title => title is not null) ?? Labels.Sentence(element.Replace('.', ' '));

    private static string Said(string value)
        => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Nl.Date(day) : value;
}
