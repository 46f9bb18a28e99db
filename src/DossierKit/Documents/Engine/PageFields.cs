using System.Text;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>
/// Page numbers for which the template holds no result yet. Word counts them at opening, but a program that only reads shows what stands in the file: a "1" is better than nothing.
/// </summary>
internal static class PageFields
{
    private static readonly HashSet<string> Counting = new(StringComparer.OrdinalIgnoreCase) { "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION" };

    /// <summary>Gives every page number in a part a result.</summary>
    public static void Fill(XElement root)
    {
        foreach (var field in root.Descendants(WordXml.SimpleField).Where(field => IsCounting(field.Attr("instr") ?? "") && field.Value.Length == 0).ToArray())
            field.Add(new XElement(WordXml.Run, new XElement(WordXml.Text, "1")));

        var open = new Stack<Field>();
        foreach (var element in root.Descendants().Where(element => element.Name == WordXml.FieldCharacter || element.Name == WordXml.Instruction || element.Name == WordXml.Text).ToArray())
        {
            if (element.Name == WordXml.FieldCharacter)
            {
                switch (element.Attr("fldCharType"))
                {
                    case "begin":
                        open.Push(new Field());
                        break;
                    case "separate" when open.TryPeek(out var field):
                        field.HasResult = true;
                        break;
                    case "end" when open.TryPop(out var field):
                        if (field.Result == 0 && IsCounting(field.Code.ToString())) Complete(element, field.HasResult);
                        break;
                }
            }
            else if (open.TryPeek(out var field))
            {
                if (element.Name == WordXml.Instruction) field.Code.Append(element.Value);
                else if (field.HasResult) field.Result += element.Value.Length;
            }
        }
    }

    private static void Complete(XElement end, bool hasResult)
    {
        if (!hasResult) end.AddBeforeSelf(new XElement(WordXml.FieldCharacter, new XAttribute(WordXml.W + "fldCharType", "separate")));
        end.AddBeforeSelf(new XElement(WordXml.Text, "1"));
    }

    private static bool IsCounting(string code) => code.Split((char[])[' ', '\t', '\\'], StringSplitOptions.RemoveEmptyEntries) is [var kind, ..] && Counting.Contains(kind);

    private sealed class Field
    {
        public StringBuilder Code { get; } = new();

        public bool HasResult { get; set; }

        public int Result { get; set; }
    }
}
