namespace DossierKit.Documents;

/// <summary>A family of fields: which there are, what they say of elements, and how they are read from a dossier.</summary>
internal interface IFieldFamily
{
    /// <summary>The fields, in the order of the README of the templates.</summary>
    IReadOnlyList<LetterField> Fields { get; }

    /// <summary>Elements of documents that these fields fill, or of which the dossier knows whether they apply.</summary>
    IReadOnlyList<ElementSource> Elements => [];

    /// <summary>Puts in what is known. What nobody knows is left out; <see cref="FieldTree"/> keeps out what the reader may not know.</summary>
    void Add(FieldContext context);
}

/// <summary>All families: one file each, so that a field is found where its story is.</summary>
internal static class FieldFamilies
{
    public static IReadOnlyList<IFieldFamily> All { get; } =
    [
        new HouseFields(), new ReaderFields(), new MeldingFields(), new OpdrachtFields(), new OnderzoekFields(), new OrdemaatregelFields(),
        new GesprekFields(), new BevindingenFields(), new VerwijtFields(), new OordeelFields(), new RegistratieFields(), new FileFields(), new ProtocolFields(),
    ];
}
