using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace DossierKit.Host.Api;

/// <summary>A parameter of the address after the question mark. None ever holds something of a dossier: addresses stand in logs of proxies and in the history of browsers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, Dutch.</param>
/// <param name="Words">The words it can be; <see langword="null"/>: any text.</param>
/// <param name="IsNumber">Whether it is a whole number.</param>
internal sealed record QueryParameter(string Name, string Description, IReadOnlyList<string>? Words = null, bool IsNumber = false);

/// <summary>A header a request can carry.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, Dutch.</param>
/// <param name="IsRequired">Whether the request is refused without it.</param>
internal sealed record HeaderParameter(string Name, string Description, bool IsRequired);

/// <summary>Marks a list that comes in pages.</summary>
internal sealed class PagedRoute;

/// <summary>Marks a route that changes a dossier: the version it was decided on must be said.</summary>
internal sealed class ChangingRoute;

/// <summary>Marks a route that makes something: sent twice with one key, it is done once.</summary>
internal sealed class RepeatableRoute;

/// <summary>Marks a resource that has a version.</summary>
internal sealed class VersionedRoute;

/// <summary>A status a route can refuse with, beside those that all have.</summary>
internal sealed record RefusingStatus(int Status);

/// <summary>What an answer or a request looks like, for the description.</summary>
internal sealed record Example(int? Status, JsonNode Json);

/// <summary>Bytes that a route gives or takes.</summary>
/// <param name="Status">Of an answer; <see langword="null"/>: of the request.</param>
/// <param name="ContentTypes">The types.</param>
internal sealed record BinaryContent(int? Status, IReadOnlyList<string> ContentTypes);

/// <summary>The fields of a form that carries a file, which comes last.</summary>
/// <param name="Fields">The names.</param>
/// <param name="Needed">Those that may not be left out.</param>
internal sealed record UploadForm(IReadOnlyList<string> Fields, IReadOnlyList<string> Needed);

/// <summary>How a route of the API is described, once, where it is mapped.</summary>
internal static class ApiRoutes
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string operation, string tag, string summary, string description = "")
        => route.WithName(operation).WithTags(tag).WithSummary(summary).WithDescription(description);

    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK, [StringSyntax(StringSyntaxAttribute.Json)] string? example = null)
    {
        route.Produces<T>(status, "application/json");
        if (example is not null) route.WithMetadata(new Example(status, JsonNode.Parse(example)!));
        return route;
    }

    public static RouteHandlerBuilder GivesBytes(this RouteHandlerBuilder route, int status, params IReadOnlyList<string> types) => route.Produces(status).WithMetadata(new BinaryContent(status, types));

    public static RouteHandlerBuilder TakesBytes(this RouteHandlerBuilder route, params IReadOnlyList<string> types) => route.WithMetadata(new BinaryContent(null, types));

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, [StringSyntax(StringSyntaxAttribute.Json)] string? example = null)
        where T : notnull
    {
        route.Accepts<T>("application/json");
        if (example is not null) route.WithMetadata(new Example(null, JsonNode.Parse(example)!));
        return route;
    }

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) route.WithMetadata(new RefusingStatus(status));
        return route;
    }

    public static RouteHandlerBuilder Query(this RouteHandlerBuilder route, string name, string description, IReadOnlyList<string>? words = null, bool isNumber = false)
        => route.WithMetadata(new QueryParameter(name, description, words, isNumber));

    public static RouteHandlerBuilder Header(this RouteHandlerBuilder route, string name, string description, bool isRequired = false)
        => route.WithMetadata(new HeaderParameter(name, description, isRequired));

    /// <summary>A list in pages: see <see cref="Paging"/>.</summary>
    public static RouteHandlerBuilder Paged(this RouteHandlerBuilder route) => route.WithMetadata(new PagedRoute())
        .Query(Paging.AfterName, "Waar de vorige bladzijde ophield: neem de link 'next' over. Leeg: van voren af aan.")
        .Query(Paging.CountName, $"Hoeveel er op een bladzijde staan: 1 tot {Paging.Most}. Standaard {Paging.Usual}.", isNumber: true);

    /// <summary>The answer has an ETag, and is left out when the asker has it already.</summary>
    public static RouteHandlerBuilder Versioned(this RouteHandlerBuilder route) => route.WithMetadata(new VersionedRoute());

    /// <summary>Something changes: see <see cref="WriteConditions"/>.</summary>
    public static RouteHandlerBuilder Changes(this RouteHandlerBuilder route) => route.WithMetadata(new ChangingRoute(), new RepeatableRoute());

    /// <summary>Something is made outside a dossier.</summary>
    public static RouteHandlerBuilder Makes(this RouteHandlerBuilder route) => route.WithMetadata(new RepeatableRoute());
}
