namespace DossierKit.Documents;

/// <summary>
/// Fields on their way into a <see cref="TemplateData"/>: the one place that decides whether an addressee may have a field. A path that is neither in
/// <see cref="LetterField"/> nor an element's is a mistake of the program, not of the user.
/// </summary>
internal sealed class FieldTree(Addressee addressee)
{
    private readonly SortedDictionary<string, TemplateData> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, FieldOrigin> _origins = new(StringComparer.OrdinalIgnoreCase);

    public bool IsFilled(string path) => _values.TryGetValue(path, out var value) && value.IsFilled;

    public TemplateData? Find(string path) => _values.GetValueOrDefault(path);

    public bool Has(string path) => _values.ContainsKey(path);

    /// <summary>Puts a field of the catalogue in, unless the addressee may not know it.</summary>
    public void Put(string path, TemplateData value, FieldSource source, string? reference)
    {
        var field = LetterField.Find(path) ?? throw new ArgumentException($"'{path}' is no field of a letter.", nameof(path));
        if (MayKnow(field.Needs)) Set(path, value, source, reference);
    }

    /// <summary>Puts a whole record of fields in that everybody may know, such as the words of the protocol.</summary>
    public void PutWhole(string name, TemplateData record) => _values[name] = record;

    /// <summary>Puts the field of an element in, unless the addressee may not know it.</summary>
    public void PutElement(string elementId, TemplateData value, FieldSource source, string? reference)
    {
        if (MayKnow(ElementSource.Find(elementId)?.Needs)) Set(elementId, value, source, reference);
    }

    /// <summary>Gives an element the value of a field; when the field was withheld or never known, the element has none either.</summary>
    public void Link(string elementId, string path)
    {
        if (_values.TryGetValue(path, out var value)) PutElement(elementId, value, _origins[path].Source, _origins[path].Reference);
    }

    public ProjectedData Build()
    {
        var withheld = LetterField.All.Where(field => !MayKnow(field.Needs)).Select(field => field.Path)
            .Concat(ElementSource.All.Where(source => !MayKnow(source.Needs)).Select(source => source.Element)).ToList();
        return new(Nest(_values.Select(pair => (pair.Key.Split('.'), pair.Value)).ToList(), 0), [.. _origins.Values], withheld);
    }

    private bool MayKnow(Knowledge? needed) => needed is not { } one || addressee.Knows(one);

    private void Set(string path, TemplateData value, FieldSource source, string? reference)
    {
        _values[path] = value;
        _origins[path] = new FieldOrigin(path, source, reference);
    }

    private static TemplateData Nest(List<(string[] Path, TemplateData Value)> values, int depth)
        => TemplateData.Record(values
            .GroupBy(item => item.Path[depth], StringComparer.OrdinalIgnoreCase)
            .Select(group => (group.Key, group.Any(item => item.Path.Length == depth + 1)
                ? group.First(item => item.Path.Length == depth + 1).Value
                : Nest([.. group], depth + 1))));
}
