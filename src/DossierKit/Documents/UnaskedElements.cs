using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>What a passage holds that the protocol of the case does not know: learned from the shipped protocols that do, because templates serve all of them.</summary>
internal static class UnaskedElements
{
    private static readonly Dictionary<string, ElementRule> Known = ProtocolLibrary.Shipped.All
        .SelectMany(protocol => protocol.Documents).SelectMany(document => document.Elements)
        .GroupBy(element => element.Id, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The rule of another protocol on such an element, or <see langword="null"/>.</summary>
    public static ElementRule? Find(string id) => Known.GetValueOrDefault(id);

    /// <summary>What its field holds; <see langword="null"/> for a standing passage, which has none.</summary>
    public static TemplateDataKind? KindOf(string id)
        => Find(id) is not { } element ? TemplateDataKind.Text : element.Content == ElementContent.StandingText ? null : Projection.KindOf(element);
}
