using System.Reflection;
using System.Text.Json.Serialization;

namespace DossierKit.Retention;

/// <summary>The words of an enum as they stand in JSON.</summary>
internal static class JsonWords
{
    /// <summary>The word of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Words<T>.Of[value];

    /// <summary>The value of a word; <see langword="null"/> when there is none.</summary>
    public static T? Find<T>(string word)
        where T : struct, Enum => Words<T>.Of.FirstOrDefault(pair => pair.Value == word) is { Value: not null } found ? found.Key : null;

    /// <summary>All words, in the order of the values.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(field => (T)field.GetValue(null)!, field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name);
    }
}
