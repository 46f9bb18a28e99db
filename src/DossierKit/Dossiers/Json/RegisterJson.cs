using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>How the register's own records stand on disk.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CaseStanding))]
[JsonSerializable(typeof(AccessRecord))]
[JsonSerializable(typeof(SearchRecord))]
[JsonSerializable(typeof(AccessReason))]
[JsonSerializable(typeof(ShelfEntry))]
[JsonSerializable(typeof(DestructionReason))]
internal sealed partial class RegisterJsonContext : JsonSerializerContext;
