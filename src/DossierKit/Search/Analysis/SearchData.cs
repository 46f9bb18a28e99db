namespace DossierKit.Search;

/// <summary>The word lists and tables that ship with the program.</summary>
internal static class SearchData
{
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(SearchData).Assembly.GetManifestResourceStream($"DossierKit.Search.Data.{name}") ?? throw new InvalidOperationException($"{name} is not in the program.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }

    /// <summary>All words of a list, separated by white space.</summary>
    public static IEnumerable<string> Words(string name) => Lines(name).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
