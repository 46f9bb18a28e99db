using System.Globalization;
using System.Text;

namespace DossierKit.Documents;

/// <summary>A place in a template that a Word user can find: part, heading, paragraph or cell, words.</summary>
/// <param name="Part">The part in Dutch: <c>tekst</c>, <c>koptekst (eerste pagina)</c>, <c>voettekst</c>, <c>voetnoten</c>, …</param>
/// <param name="Heading">The nearest heading above; <see langword="null"/> when there is none.</param>
/// <param name="Paragraph">The number of the paragraph in its part, or in its cell when there is one, from 1.</param>
/// <param name="Words">The words around the place.</param>
public sealed record TemplatePlace(string Part, string? Heading, int Paragraph, string Words)
{
    /// <summary>The table, counted in its part from 1, and its row and cell from 1; <see langword="null"/> outside a table.</summary>
    public (int Table, int Row, int Cell)? InTable { get; init; }

    /// <summary>The place in Dutch, for a person who looks for it.</summary>
    /// <returns>Such as <c>tekst, onder de kop 'Horen', alinea 4, bij '… geachte {{naam}} …'</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(Part);
        if (Heading is not null) text.Append(", onder de kop '").Append(Heading).Append('\'');
        if (InTable is { } cell) text.Append(CultureInfo.InvariantCulture, $", tabel {cell.Table}, rij {cell.Row}, cel {cell.Cell}");
        if (InTable is null || Paragraph > 1) text.Append(CultureInfo.InvariantCulture, $", alinea {Paragraph}");
        if (Words.Length > 0) text.Append(", bij '").Append(Words).Append('\'');
        return text.ToString();
    }
}

/// <summary>What a template asks of a field.</summary>
public enum TemplateFieldKind
{
    /// <summary>Any single value.</summary>
    Value,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A whole or decimal number.</summary>
    Number,

    /// <summary>Yes or no, or anything that can be filled or empty.</summary>
    Condition,

    /// <summary>A list, or a record whose fields are used.</summary>
    List,
}

/// <summary>A field a template uses.</summary>
/// <param name="Path">The path as written in the template, in lower case.</param>
/// <param name="Kind">What the template asks of it.</param>
/// <param name="Within">The loops it stands in, outermost first; empty outside loops. The path is looked up in the innermost item first, then outward.</param>
/// <param name="Places">Where it is used, in order.</param>
public sealed record TemplateField(string Path, TemplateFieldKind Kind, IReadOnlyList<string> Within, IReadOnlyList<TemplatePlace> Places);

/// <summary>A passage of the template that satisfies an element of the protocol: a content control tagged <c>element:&lt;id&gt;</c>.</summary>
/// <param name="Id">The element, such as <c>kennisgeving.gedraging</c>.</param>
/// <param name="Place">Where it begins.</param>
/// <param name="Locked">Whether the content control may not be deleted.</param>
/// <param name="Fields">The paths of the fields, loops and conditions inside, in order, each once.</param>
public sealed record TemplateElement(string Id, TemplatePlace Place, bool Locked, IReadOnlyList<string> Fields);
