using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace DossierKit.Host.Cli;

/// <summary>The Dutch words of the domain's enumerations: the same on disk, in the API and on the command line.</summary>
internal static class Words
{
    private static readonly ConcurrentDictionary<Type, (string Word, object Value)[]> Known = new();

    /// <summary>The word of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Table<T>().First(pair => pair.Value.Equals(value)).Word;

    /// <summary>All words, in order.</summary>
    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Table<T>().Select(pair => pair.Word);

    /// <summary>The value of a word.</summary>
    /// <exception cref="UsageException">There is no such word; with the words there are.</exception>
    public static T Parse<T>(string word, string option)
        where T : struct, Enum
    {
        foreach (var (known, value) in Table<T>())
        {
            if (string.Equals(known, word, StringComparison.OrdinalIgnoreCase)) return (T)value;
        }

        throw new UsageException($"{option} '{word}' is unknown. Choose one of: {string.Join(", ", All<T>())}.");
    }

    /// <summary>The value of a word as it stands on disk; <see langword="false"/> when there is none.</summary>
    public static bool TryParse<T>(string? word, out T value)
        where T : struct, Enum
    {
        foreach (var (known, found) in Table<T>())
        {
            if (known != word) continue;
            value = (T)found;
            return true;
        }

        value = default;
        return false;
    }

    private static (string Word, object Value)[] Table<T>()
        where T : struct, Enum => Known.GetOrAdd(typeof(T), static type =>
        [
            .. type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name.ToLowerInvariant(), field.GetValue(null)!)),
        ]);
}
