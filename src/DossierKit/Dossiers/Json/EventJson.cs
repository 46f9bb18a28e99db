using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DossierKit.Dossiers;

/// <summary>How events stand on disk: Dutch names, strict, unknown fields refused.</summary>
internal static class EventJson
{
    /// <summary>The options of every record of this area.</summary>
    public static JsonSerializerOptions Options => DossierJsonContext.Default.Options;

    public static JsonTypeInfo TypeInfoOf(Type type)
        => DossierJsonContext.Default.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type.Name} is missing in the JSON context.");

    public static byte[] Write(DossierEvent happening) => JsonSerializer.SerializeToUtf8Bytes(happening, TypeInfoOf(happening.GetType()));

    /// <summary>Reads a payload of which the name is known from its envelope.</summary>
    /// <exception cref="JsonException">The payload is no such event.</exception>
    public static DossierEvent Read(EventKind kind, ReadOnlySpan<byte> payload)
        => (DossierEvent)(JsonSerializer.Deserialize(payload, TypeInfoOf(kind.Type)) ?? throw new JsonException("An event cannot be null."));

    /// <summary>The fields a person fills in, required ones first, then in the order of the record.</summary>
    public static IReadOnlyList<EventField> FieldsOf(Type type)
        =>
        [
            .. TypeInfoOf(type).Properties.Where(IsFilledIn)
                .Select(FieldOf)
                .OrderByDescending(field => field.IsRequired),
        ];

    private static EventField FieldOf(JsonPropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var isList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        var item = isList ? type.GetGenericArguments()[0] : type;
        return new EventField(property.Name, DescriptionOf(property), JsonShape.Describe(property.PropertyType), property.IsRequired)
        {
            ValueType = item,
            IsNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null,
            IsList = isList,
            IsStaff = property.AttributeProvider?.IsDefined(typeof(StaffHandleAttribute), true) == true,
            Role = EventRules.RoleOf(property.Name),
            Words = item.IsEnum ? JsonShape.WordsOf(item) : [],
            Parts = item == typeof(CasePerson) || item == typeof(PostalAddress) ? FieldsOf(item) : [],
        };
    }

    /// <summary>Whether a person fills the member in: not the name of the event, nor what the register writes.</summary>
    public static bool IsFilledIn(JsonPropertyInfo property)
        => property.Set is not null && property.AttributeProvider?.IsDefined(typeof(WrittenByRegisterAttribute), true) != true;

    private static string DescriptionOf(JsonPropertyInfo property)
        => property.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), true).OfType<DescriptionAttribute>().FirstOrDefault()?.Description ?? property.Name;
}

[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Disallow,
    AllowDuplicateProperties = false,
    Converters = [typeof(TimeOnlyJson), typeof(DossierEventJson)])]
[JsonSerializable(typeof(ImportFolder))]
[JsonSerializable(typeof(AangifteFiled))]
[JsonSerializable(typeof(ActionDateChanged))]
[JsonSerializable(typeof(AftercareOffered))]
[JsonSerializable(typeof(AnswersRecorded))]
[JsonSerializable(typeof(BeslisdocumentDrawnUp))]
[JsonSerializable(typeof(ClassSet))]
[JsonSerializable(typeof(ComplaintReceived))]
[JsonSerializable(typeof(ConversationHeld))]
[JsonSerializable(typeof(CopyKeptElsewhere))]
[JsonSerializable(typeof(CopyRetrieved))]
[JsonSerializable(typeof(CriteriaWeighed))]
[JsonSerializable(typeof(DataBreachReported))]
[JsonSerializable(typeof(DeliveryConfirmed))]
[JsonSerializable(typeof(DirectorsDecided))]
[JsonSerializable(typeof(DissentAttached))]
[JsonSerializable(typeof(DocumentDrawnUp))]
[JsonSerializable(typeof(DocumentSent))]
[JsonSerializable(typeof(DossierClosed))]
[JsonSerializable(typeof(DossierCreated))]
[JsonSerializable(typeof(DossierReopened))]
[JsonSerializable(typeof(DossierTransferred))]
[JsonSerializable(typeof(EerherstelGiven))]
[JsonSerializable(typeof(EvidenceReturned))]
[JsonSerializable(typeof(EvidenceSecured))]
[JsonSerializable(typeof(FactEstablished))]
[JsonSerializable(typeof(FeitenrapportSubmitted))]
[JsonSerializable(typeof(FileAdded))]
[JsonSerializable(typeof(FileMovedAway))]
[JsonSerializable(typeof(FoundNotInvestigable))]
[JsonSerializable(typeof(HoldPlaced))]
[JsonSerializable(typeof(HoldReleaseProposed))]
[JsonSerializable(typeof(HoldReleased))]
[JsonSerializable(typeof(HoldReviewed))]
[JsonSerializable(typeof(IntakeHeld))]
[JsonSerializable(typeof(IntakeReportCorrected))]
[JsonSerializable(typeof(InvitationSent))]
[JsonSerializable(typeof(InzageGranted))]
[JsonSerializable(typeof(InzageOpened))]
[JsonSerializable(typeof(InzageWithdrawn))]
[JsonSerializable(typeof(JournalNoted))]
[JsonSerializable(typeof(KennisgevingGiven))]
[JsonSerializable(typeof(KennisgevingPostponed))]
[JsonSerializable(typeof(LeidinggevendeInformed))]
[JsonSerializable(typeof(MaatregelTaken))]
[JsonSerializable(typeof(MeldingReceived))]
[JsonSerializable(typeof(MethodPermitted))]
[JsonSerializable(typeof(OnderzoekerAppointed))]
[JsonSerializable(typeof(OnderzoekerChallenged))]
[JsonSerializable(typeof(OnderzoekerWithdrew))]
[JsonSerializable(typeof(OordeelGiven))]
[JsonSerializable(typeof(OpdrachtExtended))]
[JsonSerializable(typeof(OpdrachtGiven))]
[JsonSerializable(typeof(OpdrachtSubmitted))]
[JsonSerializable(typeof(OrInformed))]
[JsonSerializable(typeof(OrdemaatregelEnded))]
[JsonSerializable(typeof(OrdemaatregelExtended))]
[JsonSerializable(typeof(OrdemaatregelHeard))]
[JsonSerializable(typeof(OrdemaatregelImposed))]
[JsonSerializable(typeof(OriginalRegistered))]
[JsonSerializable(typeof(OtherRouteChosen))]
[JsonSerializable(typeof(PartiesInformed))]
[JsonSerializable(typeof(PersonAdded))]
[JsonSerializable(typeof(PreliminaryInquiryDone))]
[JsonSerializable(typeof(ProgressReported))]
[JsonSerializable(typeof(ProtocolDeviated))]
[JsonSerializable(typeof(ProtocolSwitched))]
[JsonSerializable(typeof(ReceiptConfirmed))]
[JsonSerializable(typeof(RecordingMade))]
[JsonSerializable(typeof(RegistrationUpdated))]
[JsonSerializable(typeof(RetaliationReported))]
[JsonSerializable(typeof(RuleKept))]
[JsonSerializable(typeof(SentToPersonnelFile))]
[JsonSerializable(typeof(SignaalLinked))]
[JsonSerializable(typeof(SourceDateSet))]
[JsonSerializable(typeof(TenlasteleggingGiven))]
[JsonSerializable(typeof(VerantwoordelijkeInformed))]
[JsonSerializable(typeof(VerantwoordingGiven))]
[JsonSerializable(typeof(VerslagAdopted))]
[JsonSerializable(typeof(VerslagCorrected))]
[JsonSerializable(typeof(VerslagDrawnUp))]
[JsonSerializable(typeof(VerslagRefused))]
[JsonSerializable(typeof(VerslagSent))]
[JsonSerializable(typeof(WederhoorDone))]
[JsonSerializable(typeof(WederhoorOffered))]
[JsonSerializable(typeof(ZienswijzeRequested))]
internal sealed partial class DossierJsonContext : JsonSerializerContext;
