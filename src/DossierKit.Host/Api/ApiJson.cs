using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

using DossierKit.Host.Serving;

namespace DossierKit.Host.Api;

/// <summary>How the API writes and reads: what is absent is left out, numbers are numbers, and what is unknown, doubled or null where nothing may be null is refused.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32)]
[JsonSerializable(typeof(Page<Dossierregel>))]
[JsonSerializable(typeof(Page<Gebeurtenis>))]
[JsonSerializable(typeof(Page<Gebeurtenissoort>))]
[JsonSerializable(typeof(Page<JsonObject>))]
[JsonSerializable(typeof(Page<Persoon>))]
[JsonSerializable(typeof(Page<Bestand>))]
[JsonSerializable(typeof(Page<Stuk>))]
[JsonSerializable(typeof(Page<Vraag>))]
[JsonSerializable(typeof(Page<Termijn>))]
[JsonSerializable(typeof(Page<Plicht>))]
[JsonSerializable(typeof(Page<Protocolregel>))]
[JsonSerializable(typeof(Page<Sjabloonregel>))]
[JsonSerializable(typeof(Page<Medewerker>))]
[JsonSerializable(typeof(Dossier))]
[JsonSerializable(typeof(NieuwDossier))]
[JsonSerializable(typeof(NieuweGebeurtenis))]
[JsonSerializable(typeof(NieuwStuk))]
[JsonSerializable(typeof(Stukkeuzes))]
[JsonSerializable(typeof(Afsluitlijst))]
[JsonSerializable(typeof(Protocoltekst))]
[JsonSerializable(typeof(Sjabloon))]
[JsonSerializable(typeof(Logbladzijde))]
[JsonSerializable(typeof(Page<Bewaarregel>))]
[JsonSerializable(typeof(Page<Bewaarbesluit>))]
[JsonSerializable(typeof(Page<Vastgehouden>))]
[JsonSerializable(typeof(Page<Selectielijstresultaat>))]
[JsonSerializable(typeof(Bewaring))]
[JsonSerializable(typeof(Vooruitblik))]
[JsonSerializable(typeof(NieuweKlasse))]
[JsonSerializable(typeof(NieuweBrondatum))]
[JsonSerializable(typeof(NieuweDatum))]
[JsonSerializable(typeof(NieuweBewaargrond))]
[JsonSerializable(typeof(Herziening))]
[JsonSerializable(typeof(Besluitreden))]
[JsonSerializable(typeof(NieuweOverdracht))]
[JsonSerializable(typeof(Terugname))]
[JsonSerializable(typeof(Page<Vernietigingslijst>))]
[JsonSerializable(typeof(Vernietigingslijst))]
[JsonSerializable(typeof(Lijstconcept))]
[JsonSerializable(typeof(Lijstvoorstel))]
[JsonSerializable(typeof(Antwoord))]
[JsonSerializable(typeof(Bevestiging))]
[JsonSerializable(typeof(Exportoverzicht))]
[JsonSerializable(typeof(Exportverzoek))]
[JsonSerializable(typeof(Exportcontrole))]
[JsonSerializable(typeof(Page<Opname>))]
[JsonSerializable(typeof(Opname))]
[JsonSerializable(typeof(Zoekvraag))]
[JsonSerializable(typeof(Zoekantwoord))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ApiJson : JsonSerializerContext;
