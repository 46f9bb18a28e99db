using System.Globalization;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>
/// The bookmarks of all parts of a template. A name is taken once in a document, and so is an id; programs other than Word are less strict,
/// and Word itself repeats both in the copy of a text box for old programs.
/// </summary>
internal sealed class BookmarkRegister
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<int> _ids = [];
    private int _last = -1;

    /// <summary>Takes a bookmark's name, and gives it an id of its own when another has it; false when the name is taken already.</summary>
    public bool Claim(XElement start, XElement end)
    {
        if (start.Attr("name") is not { Length: > 0 } name || !_names.Add(name)) return false;
        if (!int.TryParse(start.Attr("id"), CultureInfo.InvariantCulture, out var id) || id is < 0 or > int.MaxValue / 2 || !_ids.Add(id))
        {
            id = _last + 1;
            _ids.Add(id);
            foreach (var mark in (XElement[])[start, end]) mark.SetAttributeValue(WordXml.Id, id);
        }

        _last = Math.Max(_last, id);
        return true;
    }
}
