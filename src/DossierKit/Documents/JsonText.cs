using System.Text.Json;

namespace DossierKit.Documents;

/// <summary>Text from JSON that may hold half a surrogate pair (<c>"\ud800"</c>): well-formed JSON, but no text, and the reader throws over it.</summary>
internal static class JsonText
{
    /// <summary>The text of a string, or <see langword="null"/> when it is none.</summary>
    public static string? Of(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The name of a property, or <see langword="null"/> when it is no text.</summary>
    public static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
