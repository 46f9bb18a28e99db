using DossierKit.Host.Serving;

namespace DossierKit.Host.Api;

/// <summary>The API put together: its version, what every request to it passes, and every resource.</summary>
internal static class ApiHost
{
    /// <summary>The version of the API, on every answer. The first number is that of the address.</summary>
    public const string Version = "1.0.0";

    private const string Root = "/v1";

    public static void AddServices(IServiceCollection services, HostSettings settings)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        RateLimits.AddServices(services, settings.ApiLimits);
        ApiDescription.AddServices(services);
    }

    /// <summary>What every answer of the API carries, also those that refuse.</summary>
    public static void UseVersion(WebApplication app)
        => app.Use((http, next) =>
        {
            if (IsApi(http.Request)) http.Response.Headers["API-Version"] = Version;
            return next(http);
        });

    /// <summary>After routing and signing in: asks what an address can do, and refuses what it does not know.</summary>
    public static void UseRules(WebApplication app)
        => app.Use(async (http, next) =>
        {
            if (!IsApi(http.Request) || http.GetEndpoint() is not { } endpoint)
            {
                await next(http);
                return;
            }

            if (http.Request.Query.Count > 0 && Unknown(http, endpoint) is { } unknown)
            {
                await unknown.ExecuteAsync(http);
                return;
            }

            await next(http);
            // The routing knows which methods there are, and says so.
            if (http.Response.HasStarted || http.Response.StatusCode != StatusCodes.Status405MethodNotAllowed) return;
            var methods = http.Response.Headers.Allow.ToString();
            if (methods.Contains("GET", StringComparison.Ordinal)) http.Response.Headers.Allow = $"{methods}, HEAD, OPTIONS";
            if (HttpMethods.IsOptions(http.Request.Method)) http.Response.StatusCode = StatusCodes.Status204NoContent;
        });

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Root);
        var dossier = api.MapGroup("/dossiers/{nummer}").WithMetadata(new DossierRoute());
        ApiDescription.Map(api);
        DossierApi.Map(api, dossier);
        EventApi.Map(api, dossier);
        PersonApi.Map(dossier);
        DocumentApi.Map(dossier);
        FileApi.Map(dossier);
        RecordingApi.Map(dossier);
        ExportApi.Map(api, dossier);
        TermApi.Map(dossier);
        LogApi.Map(api, dossier);
        RetentionApi.Map(api);
        HoldApi.Map(api);
        SearchApi.Map(api);
        DestructionApi.Map(api);
        ProtocolApi.Map(api);
        TemplateApi.Map(api);
        StaffApi.Map(api);
    }

    // As the routing compares: an address in capitals reaches the same route, and passes the same limits.
    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    // A filter that is misspelt and quietly left out gives the wrong list.
    private static IResult? Unknown(HttpContext http, Endpoint endpoint)
    {
        var known = endpoint.Metadata.GetOrderedMetadata<QueryParameter>();
        var unknown = http.Request.Query.Where(given => given.Value.Count > 1 || !known.Any(parameter => parameter.Name == given.Key)).ToList();
        return unknown.Count == 0 ? null : Problems.Of([new Refusal(
            "Een parameter in dit adres bestaat hier niet, of staat er twee keer.",
            known.Count == 0 ? "Dit adres kent geen parameters." : $"Dit adres kent: {string.Join(", ", known.Select(parameter => parameter.Name))}.",
            "Haal weg wat er niet bij staat. Zet in een adres nooit iets uit een dossier: adressen komen in logboeken.")
        { Subject = "adres" }]);
    }
}
