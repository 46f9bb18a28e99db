using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;

using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DossierKit.Host.Api;

/// <summary>
/// The description of the API, OpenAPI 3.1, for everyone to read: made once, on the first request, from the routes as they are mapped. The framework gives the schemas of what
/// routes give and take; what is said of all routes alike is added here, and events and persons get the schema that documents them on disk.
/// </summary>
internal static class ApiDescription
{
    private const string Name = "v1";
    private const string Root = "/v1";

    public static void AddServices(IServiceCollection services)
    {
        services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = route => route.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
            options.CreateSchemaReferenceId = type => type.Type.IsGenericType && type.Type.GetGenericTypeDefinition() == typeof(Page<>)
                ? $"{type.Type.GetGenericArguments()[0].Name}Lijst"
                : OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null ? null
                : type.Type == typeof(Problem) ? "Probleem" : type.Type == typeof(Reason) ? "Reden" : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        });
        services.AddSingleton<Written>();
    }

    public static void Map(IEndpointRouteBuilder api)
        => api.MapGet("/openapi.json", async (Written written, HttpContext http) =>
        {
            // Everyone may read it and keep it for a while: it holds nothing of a vault.
            http.Response.Headers.CacheControl = "public, max-age=300";
            return Results.Bytes(await written.Bytes.Value, "application/json");
        }).AllowAnonymous().ExcludeFromDescription();

    /// <summary>The description as it is sent.</summary>
    internal sealed class Written(IServiceProvider services)
    {
        public Lazy<Task<byte[]>> Bytes { get; } = new(() => WriteAsync(services));
    }

    private static async Task<byte[]> WriteAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var drawn = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        var document = JsonNode.Parse(await drawn.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!.AsObject();
        var routes = services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => (Name: endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName, endpoint.Metadata))
            .Where(route => route.Name is not null).ToDictionary(route => route.Name!, route => route.Metadata, StringComparer.Ordinal);

        var paths = new JsonObject();
        foreach (var (path, methods) in document["paths"]!.AsObject().ToList())
        {
            document["paths"]!.AsObject().Remove(path);
            foreach (var (_, operation) in methods!.AsObject()) ApiOperation.Complete(path[Root.Length..], operation!.AsObject(), routes[operation["operationId"]!.GetValue<string>()]);
            paths[path[Root.Length..]] = methods;
        }

        document["paths"] = paths;
        document["info"] = Info(services.GetRequiredService<DossierRegister>().Staff.Municipality, services.GetRequiredService<HostSettings>());
        document["servers"] = new JsonArray(new JsonObject { ["url"] = Root, ["description"] = "Deze server" });
        document["tags"] = new JsonArray([.. ApiTexts.Tags.Select(tag => new JsonObject { ["name"] = tag.Name, ["description"] = tag.Description })]);
        var components = document["components"]!.AsObject();
        components["securitySchemes"] = ApiTexts.SecuritySchemes();
        document["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }, new JsonObject { ["sessie"] = new JsonArray() });
        ApiSchemas.Complete(components["schemas"]!.AsObject());
        return Encoding.UTF8.GetBytes(document.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    private static JsonObject Info(Municipality municipality, HostSettings settings) => new()
    {
        ["title"] = "DossierKit API",
        ["version"] = ApiHost.Version,
        ["summary"] = "Integriteitsdossiers van een gemeente",
        ["description"] = ApiTexts.Introduction,
        ["contact"] = new JsonObject
        {
            ["name"] = $"Gemeente {municipality.Name}, functionaris integriteit",
            // Every field is asked for by the rules; where the municipality gave no address it is one that leads nowhere (RFC 2606).
            ["email"] = municipality.Email ?? "geen-adres@voorbeeld.invalid",
            ["url"] = settings.Origin.ToString(),
        },
        ["license"] = new JsonObject { ["name"] = "EUPL-1.2", ["identifier"] = "EUPL-1.2" },
    };
}
