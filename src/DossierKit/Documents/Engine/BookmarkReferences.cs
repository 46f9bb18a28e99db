using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>Word fields that name a bookmark (REF, PAGEREF, NOTEREF, a link to a place), and where in their code the name stands.</summary>
internal static partial class BookmarkReferences
{
    /// <summary>The name of the bookmark in a field's code; <see langword="null"/> when there is none.</summary>
    public static Capture? NameIn(string code) => Pattern().Match(code) is { Success: true } found ? found.Groups["name"].Captures[0] : null;

    /// <summary>Word cuts the code of a field in pieces as it does text: those of a reference are joined in the first piece, so that the name can be replaced.</summary>
    public static void Join(XElement root)
    {
        var open = new Stack<List<XElement>>();
        foreach (var element in root.Descendants().Where(element => element.Name == WordXml.FieldCharacter || element.Name == WordXml.Instruction).ToArray())
        {
            if (element.Name == WordXml.Instruction)
            {
                if (open.TryPeek(out var pieces)) pieces.Add(element);
                continue;
            }

            switch (element.Attr("fldCharType"))
            {
                case "begin":
                    open.Push([]);
                    break;
                case "separate" when open.TryPeek(out var pieces):
                    Join(pieces);
                    pieces.Clear();
                    break;
                case "end" when open.TryPop(out var pieces):
                    Join(pieces);
                    break;
            }
        }
    }

    private static void Join(List<XElement> pieces)
    {
        if (pieces.Count < 2) return;
        var code = pieces.Aggregate(new StringBuilder(), (text, piece) => text.Append(piece.Value)).ToString();
        if (NameIn(code) is null) return;
        pieces[0].Value = code;
        pieces[0].SetAttributeValue(XNamespace.Xml + "space", "preserve");
        foreach (var piece in pieces.Skip(1))
        {
            var run = piece.Parent!;
            piece.Remove();
            if (run.Name == WordXml.Run && !run.Elements().Any(element => element.Name != WordXml.RunProperties)) run.Remove();
        }
    }

    [GeneratedRegex("""^\s*(?:(?:REF|PAGEREF|NOTEREF)\s+"?(?<name>[^\s"\\]+)|HYPERLINK\s[^"]*\\l\s+"?(?<name>[^\s"\\]+))""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
