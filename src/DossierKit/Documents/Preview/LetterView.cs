namespace DossierKit.Documents;

/// <summary>A document as a screen can show it: its text in blocks, without anything a file can hide. Safe to show when every text is encoded.</summary>
/// <param name="Header">What stands at the top of the first page.</param>
/// <param name="Body">The text.</param>
/// <param name="Footer">What stands at the foot of the first page.</param>
public sealed record LetterView(IReadOnlyList<LetterBlock> Header, IReadOnlyList<LetterBlock> Body, IReadOnlyList<LetterBlock> Footer)
{
    /// <summary>Reads the text of a document made by this program; of another .docx it shows what it knows.</summary>
    /// <param name="docx">The bytes of the file.</param>
    /// <returns>The text in blocks.</returns>
    /// <exception cref="InvalidDataException">The file is no readable .docx.</exception>
    public static LetterView Read(ReadOnlyMemory<byte> docx) => LetterReader.Read(docx);
}

/// <summary>A paragraph or a table.</summary>
public abstract record LetterBlock
{
    private protected LetterBlock()
    {
    }

    /// <summary>The element of the protocol this belongs to, by its id; <see langword="null"/> when to none.</summary>
    public string? Element { get; init; }
}

/// <summary>How a paragraph stands in a list.</summary>
public enum LetterList
{
    /// <summary>In none.</summary>
    None,

    /// <summary>With a bullet.</summary>
    Bullet,

    /// <summary>With a number.</summary>
    Number,
}

/// <summary>A paragraph.</summary>
/// <param name="Runs">Its text.</param>
public sealed record LetterParagraph(IReadOnlyList<LetterRun> Runs) : LetterBlock
{
    /// <summary>The level of a heading, 1 and up; 0 for ordinary text.</summary>
    public int Heading { get; init; }

    /// <summary>Whether it is the subject or title of the document.</summary>
    public bool IsTitle { get; init; }

    /// <summary>Whether it follows its predecessor without space, as the lines of an address do.</summary>
    public bool IsTight { get; init; }

    /// <summary>Whether it is an item of a list.</summary>
    public LetterList List { get; init; }

    /// <summary>The number before an item or heading, such as <c>2</c> or <c>2.1</c>; <see langword="null"/> for none.</summary>
    public string? Number { get; init; }

    /// <summary>All text of the paragraph.</summary>
    public string Text => string.Concat(Runs.Select(run => run.Text));
}

/// <summary>A table.</summary>
/// <param name="Rows">The rows, each with its cells.</param>
public sealed record LetterTable(IReadOnlyList<LetterRow> Rows) : LetterBlock;

/// <summary>A row of a table.</summary>
/// <param name="Cells">The cells, each with its blocks.</param>
/// <param name="IsHeading">Whether it is repeated at the top of every page.</param>
public sealed record LetterRow(IReadOnlyList<IReadOnlyList<LetterBlock>> Cells, bool IsHeading);

/// <summary>A piece of text with one look.</summary>
/// <param name="Text">The text; a line break is <c>\n</c>, a tab <c>\t</c>.</param>
public sealed record LetterRun(string Text)
{
    /// <summary>Bold.</summary>
    public bool IsBold { get; init; }

    /// <summary>Italic.</summary>
    public bool IsItalic { get; init; }

    /// <summary>Whether it is a marked gap of a draft.</summary>
    public bool IsGap { get; init; }

    /// <summary>The path of the field it was filled in from; <see langword="null"/> for standing text and in documents without marks.</summary>
    public string? Field { get; init; }
}
