namespace DossierKit.Documents;

/// <summary>Marks around a filled-in value, in characters no text of people uses (the private use area of Unicode).</summary>
internal static class FieldMark
{
    public const char Start = '\uE000';
    public const char EndOfPath = '\uE001';
    public const char End = '\uE002';

    /// <summary>The value between marks; a mark in the value itself is taken out, so that none can be feigned.</summary>
    public static string Around(string path, string value) => $"{Start}{path}{EndOfPath}{Strip(value)}{End}";

    private static string Strip(string value) => value.AsSpan().IndexOfAny(Start, EndOfPath, End) < 0 ? value : string.Concat(value.Where(c => c is not (Start or EndOfPath or End)));
}
