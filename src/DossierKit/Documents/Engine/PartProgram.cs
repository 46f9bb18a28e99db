namespace DossierKit.Documents;

/// <summary>What the renderer does at a point of a part. A and B are the operands of <see cref="Token"/>.</summary>
internal enum Op : byte
{
    /// <summary>Copies bytes: A offset, B length in the part's literals.</summary>
    Literal,

    /// <summary>Prints field A.</summary>
    Field,

    /// <summary>Repeats up to token B for each item of block A.</summary>
    Loop,

    /// <summary>Goes on, or jumps behind token B when the condition of block A does not hold.</summary>
    If,

    /// <summary>Goes on, or jumps behind token B when element A is left out.</summary>
    Element,

    /// <summary>Goes on the first time, and jumps behind token B when definition A was printed before.</summary>
    Once,

    /// <summary>Ends a <see cref="Loop"/>, <see cref="If"/>, <see cref="Element"/> or <see cref="Once"/>.</summary>
    End,

    /// <summary>Begins something that disappears when nothing comes between <see cref="Content"/> and <see cref="EndDroppable"/>: a table without rows, an empty link.</summary>
    Droppable,

    /// <summary>Where the content of a <see cref="Droppable"/> begins.</summary>
    Content,

    /// <summary>Ends a <see cref="Droppable"/>: A offset, B length of its closing literal.</summary>
    EndDroppable,

    /// <summary>Begins a paragraph that disappears when nothing visible is printed in it.</summary>
    Paragraph,

    /// <summary>Something visible was printed in the current paragraph.</summary>
    Visible,

    /// <summary>Ends a <see cref="Paragraph"/>.</summary>
    EndParagraph,

    /// <summary>Prints an empty paragraph (literal A, B) when the last thing printed is none: what a cell must end with.</summary>
    CloseWithParagraph,

    /// <summary>Prints an empty paragraph when the last thing printed is a table: Word would join the two.</summary>
    SeparateTables,

    /// <summary>A fresh paragraph id.</summary>
    ParagraphId,

    /// <summary>A fresh drawing id.</summary>
    DrawingId,

    /// <summary>A fresh content control id.</summary>
    ControlId,

    /// <summary>A fresh suffix for an identifier that must be unique.</summary>
    UniqueSuffix,

    /// <summary>A fresh id for bookmark A.</summary>
    BookmarkId,

    /// <summary>The id last given to bookmark A.</summary>
    BookmarkIdAgain,

    /// <summary>A fresh name for bookmark A.</summary>
    BookmarkName,

    /// <summary>The name of bookmark A in this item, given now when it has none yet.</summary>
    BookmarkNameAgain,

    /// <summary>The numbering of slot A.</summary>
    NumberingId,

    /// <summary>The numberings made on the way.</summary>
    NewNumberings,

    /// <summary>Prints note A into its own part and its fresh id here.</summary>
    Note,

    /// <summary>The id of the note being printed.</summary>
    NoteId,

    /// <summary>The notes printed on the way, of kind A.</summary>
    Notes,

    /// <summary>In a draft: the paragraph that says CONCEPT.</summary>
    ConceptParagraph,

    /// <summary>In a draft, at the first section: references to the header that says CONCEPT; A is the set of types that are missing.</summary>
    ConceptReferences,
}

internal readonly record struct Token(Op Op, int A = 0, int B = 0);

/// <summary>A field as the renderer needs it; the formatting is that of the run in which its tag began.</summary>
internal sealed record FieldUse(string Path, string[] Segments, IReadOnlyList<ValueFormat> Formats, TemplatePlace Place, byte[] RunStart, byte[] MarkStart);

/// <summary>A loop or condition as the renderer needs it; its level decides how an absent field is shown in a draft.</summary>
internal sealed record BlockUse(TagKind Kind, string Path, string[] Segments, TemplatePlace Place, BlockLevel Level, bool Renumber)
{
    /// <summary>Numberings that begin anew for each item: slot, and the numbering it copies.</summary>
    public List<(int Slot, int Numbering)> Numberings { get; } = [];

    /// <summary>Bookmarks that get a name of their own in each item.</summary>
    public List<int> Bookmarks { get; } = [];
}

internal enum BlockLevel
{
    Inline,
    Paragraphs,
    Rows,
}

/// <summary>A footnote or endnote: its tokens in the part of the notes.</summary>
internal sealed record NoteUse(int Kind, int From, int To);

/// <summary>A part that is printed: its literals and its instructions.</summary>
internal sealed record PartProgram(string Name, byte[] Literals, Token[] Tokens)
{
    public bool IsConstant => Tokens.All(t => t.Op == Op.Literal);
}

/// <summary>What all parts of a template share while it is compiled, and the renderer reads.</summary>
internal sealed class ProgramTables
{
    public List<FieldUse> Fields { get; } = [];

    public List<BlockUse> Blocks { get; } = [];

    public List<string> Elements { get; } = [];

    /// <summary>The names of bookmarks that stand in repeated content.</summary>
    public List<string> Bookmarks { get; } = [];

    public HashSet<string> BookmarkNames { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Numberings that are copied: what follows the new id in a <c>w:num</c>.</summary>
    public List<byte[]> Numberings { get; } = [];

    public int NumberingSlots { get; set; }

    public int Definitions { get; set; }

    public List<NoteUse> Notes { get; } = [];

    /// <summary>The highest id a separator of the footnotes and of the endnotes has; notes are numbered from there.</summary>
    public int[] FirstNoteIds { get; } = [0, 0];

    /// <summary>Paragraph ids of the template; fresh ones avoid them.</summary>
    public HashSet<uint> ParagraphIds { get; } = [];

    public HashSet<int> DrawingIds { get; } = [];

    public int LastDrawingId { get; set; }

    public int LastBookmarkId { get; set; }

    public int LastNumberingId { get; set; }

    public HashSet<int> ControlIds { get; } = [];
}
