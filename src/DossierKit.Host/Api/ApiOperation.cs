using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using DossierKit.Host.Serving;

namespace DossierKit.Host.Api;

/// <summary>Completes the description of one route with what its metadata say: parameters, headers, examples, and every way it refuses.</summary>
internal static partial class ApiOperation
{
    public static void Complete(string path, JsonObject operation, EndpointMetadataCollection route)
    {
        Parameters(path, operation, route);
        Body(operation, route);
        Answers(operation, route);
        Refusals(path, operation, route);
        if (operation["description"]?.GetValue<string>() is "") operation.Remove("description");
    }

    private static void Parameters(string path, JsonObject operation, EndpointMetadataCollection route)
    {
        var parameters = new JsonArray();
        foreach (Match match in InPath().Matches(path))
        {
            var name = match.Groups[1].Value;
            parameters.Add(Parameter(name, "path", true, ApiTexts.OfPathParameter(name), new JsonObject { ["type"] = "string" }));
        }

        foreach (var query in route.GetOrderedMetadata<QueryParameter>())
        {
            var schema = new JsonObject { ["type"] = query.IsNumber ? "integer" : "string" };
            if (query.Words is { } words) schema["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]);
            parameters.Add(Parameter(query.Name, "query", false, query.Description, schema));
        }

        if (route.GetMetadata<DossierRoute>() is not null)
            parameters.Add(Header(DossierDoor.PurposeHeader, "Waarvoor u dit dossier opent (UTF-8, percent-gecodeerd). Nodig bij de eerste keer in een sessie; komt in het logboek.", false));
        foreach (var header in route.GetOrderedMetadata<HeaderParameter>()) parameters.Add(Header(header.Name, header.Description, header.IsRequired));
        if (route.GetMetadata<VersionedRoute>() is not null) parameters.Add(Header("If-None-Match", "De ETag die u al hebt: is er niets veranderd, dan is het antwoord 304.", false));
        if (route.GetMetadata<ChangingRoute>() is not null) parameters.Add(Header("If-Match", "De ETag van de versie waar u op afgaat, of * als een ander intussen iets veranderd mag hebben.", true));
        if (route.GetMetadata<RepeatableRoute>() is not null) parameters.Add(Header(WriteConditions.KeyHeader, "Een eigen willekeurige sleutel van 1 tot 200 tekens. Dezelfde aanvraag met dezelfde sleutel wordt één keer gedaan, ook na een herstart.", false));
        if (parameters.Count > 0) operation["parameters"] = parameters;
        else operation.Remove("parameters");
    }

    private static void Body(JsonObject operation, EndpointMetadataCollection route)
    {
        if (route.GetOrderedMetadata<BinaryContent>().FirstOrDefault(binary => binary.Status is null) is { } taken)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject(taken.ContentTypes.Select(type => KeyValuePair.Create(type, (JsonNode?)(type.StartsWith("multipart/", StringComparison.Ordinal) && route.GetMetadata<UploadForm>() is { } form ? FormContent(form) : new JsonObject())))),
            };
        }

        if (operation["requestBody"] is not { } body) return;
        body["required"] = true;
        if (route.GetOrderedMetadata<Example>().FirstOrDefault(example => example.Status is null) is { } example) body["content"]!["application/json"]!["example"] = example.Json.DeepClone();
    }

    private static JsonObject FormContent(UploadForm form) => new()
    {
        ["schema"] = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. form.Needed.Append("bestand").Select(name => JsonValue.Create(name))]),
            ["properties"] = new JsonObject(
            [
                .. form.Fields.Select(name => KeyValuePair.Create(name, (JsonNode?)(name == UploadFields.Date ? new JsonObject { ["type"] = "string", ["format"] = "date" } : Text()))),
                KeyValuePair.Create("bestand", (JsonNode?)new JsonObject { ["type"] = "string", ["contentMediaType"] = "application/octet-stream", ["description"] = "Het bestand, als laatste onderdeel." }),
            ]),
        },
    };

    private static void Answers(JsonObject operation, EndpointMetadataCollection route)
    {
        var answers = operation["responses"]!.AsObject();
        foreach (var given in route.GetOrderedMetadata<BinaryContent>().Where(binary => binary.Status is not null))
        {
            answers[Code(given.Status!.Value)] = new JsonObject { ["content"] = new JsonObject(given.ContentTypes.Select(type => KeyValuePair.Create(type, (JsonNode?)new JsonObject()))) };
        }

        foreach (var (code, answer) in answers)
        {
            var status = int.Parse(code, CultureInfo.InvariantCulture);
            answer!["description"] = ApiTexts.Of(status);
            answer["headers"] = Headers(status, route);
            if (route.GetOrderedMetadata<Example>().FirstOrDefault(example => example.Status == status) is { } example) answer["content"]!["application/json"]!["example"] = example.Json.DeepClone();
        }

        if (route.GetMetadata<VersionedRoute>() is not null) answers["304"] = new JsonObject { ["description"] = ApiTexts.Of(304), ["headers"] = Headers(304, route) };
    }

    private static JsonObject Headers(int status, EndpointMetadataCollection route)
    {
        var headers = new JsonObject { ["API-Version"] = HeaderOf("De versie van de API.") };
        if (route.GetMetadata<VersionedRoute>() is not null || route.GetMetadata<ChangingRoute>() is not null) headers["ETag"] = HeaderOf("De versie van het dossier zoals u het ziet.");
        if (status == StatusCodes.Status201Created) headers["Location"] = HeaderOf("Waar het te vinden is.");
        if (route.GetMetadata<PagedRoute>() is not null && status == StatusCodes.Status200OK) headers["Link"] = HeaderOf("De volgende bladzijde: rel=\"next\".");
        return headers;
    }

    private static void Refusals(string path, JsonObject operation, EndpointMetadataCollection route)
    {
        var statuses = new SortedSet<int> { 401, 429, 500, 503 };
        var takesBody = operation["requestBody"] is not null;
        var isOfDossier = route.GetMetadata<DossierRoute>() is not null;
        if (operation["parameters"] is not null || takesBody) statuses.Add(400);
        if (InPath().IsMatch(path) || isOfDossier) statuses.Add(404);
        if (route.GetMetadata<ChangingRoute>() is not null) statuses.UnionWith([409, 412, 428]);
        // Of whoever comes with a session and without its token.
        if (takesBody) statuses.UnionWith([403, 413, 415]);
        statuses.UnionWith(route.GetOrderedMetadata<RefusingStatus>().Select(refusing => refusing.Status));
        var answers = operation["responses"]!.AsObject();
        foreach (var status in statuses)
        {
            var headers = new JsonObject { ["API-Version"] = HeaderOf("De versie van de API.") };
            if (status == 429) headers["Retry-After"] = HeaderOf("Over hoeveel seconden u het weer kunt proberen.");
            answers[Code(status)] = new JsonObject
            {
                ["description"] = ApiTexts.Of(status),
                ["headers"] = headers,
                ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Probleem" } } },
            };
        }
    }

    private static string Code(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject HeaderOf(string description) => new() { ["description"] = description, ["schema"] = Text() };

    private static JsonObject Header(string name, string description, bool isRequired) => Parameter(name, "header", isRequired, description, Text());

    private static JsonObject Parameter(string name, string place, bool isRequired, string description, JsonObject schema)
        => new() { ["name"] = name, ["in"] = place, ["required"] = isRequired, ["description"] = description, ["schema"] = schema };

    [GeneratedRegex(@"\{(?<naam>[a-z]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InPath();
}
