using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DossierKit.Host.Web;

/// <summary>Answers of screens.</summary>
internal static class Pages
{
    /// <summary>A page, from its component and its parameters by name.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="status">The HTTP status: 400 for a form that comes back with mistakes.</param>
    public static IResult Of<TPage>(object? parameters = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent
        => parameters is null ? new RazorComponentResult<TPage> { StatusCode = status } : new RazorComponentResult<TPage>(parameters) { StatusCode = status };

    /// <summary>After a form that was carried out: on to a page, so that reloading sends nothing twice.</summary>
    public static IResult Next(string path) => new SeeOther(path);

    /// <summary>A path within this host, or the page to fall back on: no address of another site is ever followed.</summary>
    public static string LocalPath(string? path, string fallback)
        => path is { Length: > 0 } && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl) ? path : fallback;

    private sealed class SeeOther(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
