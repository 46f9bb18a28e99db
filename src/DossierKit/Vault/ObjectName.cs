namespace DossierKit.Vault;

/// <summary>
/// The name of an object in the store: one to eight segments of lower-case letters, digits and '-', joined by '/', at most 200 characters.
/// It cannot climb out of its root and means the same on every file system.
/// </summary>
internal readonly record struct ObjectName : IComparable<ObjectName>
{
    private readonly string? _value;

    public ObjectName(string value)
        => _value = IsValid(value) ? value : throw new ArgumentException($"'{value}' is no object name: use segments of a-z, 0-9 and '-', joined by '/'.", nameof(value));

    public string Value => _value ?? throw new InvalidOperationException("An object name was used before it was set.");

    public static bool IsValid(string value)
    {
        if (value.Length is 0 or > 200) return false;
        var segments = 0;
        foreach (var range in value.AsSpan().Split('/'))
        {
            var segment = value.AsSpan()[range];
            if (++segments > 8 || segment.IsEmpty || segment.ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-")) return false;
        }

        return true;
    }

    /// <summary>Ordinal order of the whole name, which is the order of listings.</summary>
    public int CompareTo(ObjectName other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
