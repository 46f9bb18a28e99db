namespace DossierKit.Host.Web.Parts;

/// <summary>What a field looks like. Public because components take it.</summary>
public enum FieldKind
{
    /// <summary>An input of its <c>Type</c>, a text area when it has more lines, a select when it has options.</summary>
    Input,

    /// <summary>One of the options, all in sight.</summary>
    Radios,

    /// <summary>Any of the options.</summary>
    Checkboxes,

    /// <summary>Ja or nee.</summary>
    YesNo,

    /// <summary>One box to tick: value <c>ja</c>, or absent.</summary>
    Checkbox,

    /// <summary>A list, one item a line.</summary>
    Lines,
}
