using System.Text;

using DossierKit.Protocols;

namespace DossierKit.Host.Web.Protocollen;

/// <summary>The addresses of protocols, their articles and their rules: a page that names an article links to it here.</summary>
internal static class ProtocolLinks
{
    /// <summary>The page of a protocol in its version.</summary>
    public static string To(string id, string version) => $"/protocollen/{Uri.EscapeDataString(id)}/{Uri.EscapeDataString(version)}";

    /// <summary>The page of a protocol, at an article such as <c>Waterlanden art. 6.2</c>.</summary>
    public static string ToArticle(Protocol protocol, string article) => $"{To(protocol.Id, protocol.Version)}#{Anchor(article)}";

    /// <summary>The page of a protocol, at a rule, element or term by its id.</summary>
    public static string ToRule(Protocol protocol, string id) => $"{To(protocol.Id, protocol.Version)}#regel-{Uri.EscapeDataString(id)}";

    /// <summary>The anchor of an article: <c>Waterlanden art. 6.2</c> is <c>art-6-2</c>.</summary>
    public static string Anchor(string article)
    {
        var at = article.IndexOf("art. ", StringComparison.Ordinal);
        var text = at >= 0 ? article[(at + 5)..] : article;
        var anchor = new StringBuilder("art");
        var isBreak = true;
        foreach (var c in text.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                isBreak = isBreak || !char.IsLetter(c);
                continue;
            }

            if (isBreak) anchor.Append('-');
            anchor.Append(c);
            isBreak = false;
        }

        return anchor.ToString();
    }
}
