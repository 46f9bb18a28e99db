using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>The id of a file in a dossier: the sealed object's, 32 hexadecimal digits that say nothing about it.</summary>
/// <param name="Value">The sealed object.</param>
[JsonConverter(typeof(FileIdJson))]
public readonly record struct FileId(OpaqueId Value)
{
    /// <summary>Reads an id.</summary>
    /// <param name="text">32 lower-case hexadecimal digits.</param>
    /// <param name="id">The id, when the text is one.</param>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out FileId id)
    {
        var valid = OpaqueId.TryParse(text, out var value);
        id = new FileId(value);
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
