using System.Security.Cryptography;
using System.Text.Json;

using DossierKit.Dossiers;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Dossiers;
using DossierKit.Host.Web.Parts;

namespace DossierKit.Host.Web;

/// <summary>
/// Two people, or two windows, on one dossier. A form carries a <see cref="Parts.VersionField"/>: what it was filled in by, and a key that makes a second press of the button
/// do nothing. When what its sender sees has changed since, nothing is written and the sender decides again, with both in sight.
/// <code>
/// var recorded = await at.Dossier.RecordAsync([happening], Conflict.Terms(form), ct);
/// if (recorded.IsDone) return Pages.Next(…);
/// return Conflict.PageFor(recorded.Refusals, at, http, form, "Ordemaatregel opgelegd", Label) ?? Pages.Of&lt;MyForm&gt;(…, 400);
/// </code>
/// A route that re-renders its form asks <see cref="WantsForm"/> first: the sender chose to change what was filled in.
/// </summary>
internal static class Conflict
{
    public const string Version = "versie", Request = "verzoek", Change = "aanpassen";

    private static readonly HashSet<string> Own = new(StringComparer.Ordinal) { Version, Request, Change, SameSite.Field };

    /// <summary>On what terms a form is carried out: once, and on what it was filled in by.</summary>
    public static WriteTerms Terms(IFormCollection form) => new(
        form[Request].ToString() is { Length: > 0 } key ? new RequestKey(key, Fingerprint(form)) : null,
        form[Version].ToString() is { Length: > 0 } version ? version : null);

    /// <summary>What a form says, apart from what the page put in it: the same form sent again is the same request, whatever a handle or a day filled in by the program has become.</summary>
    private static string Fingerprint(IFormCollection form) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        form.Where(field => !Own.Contains(field.Key)).OrderBy(field => field.Key, StringComparer.Ordinal).SelectMany(field => field.Value.Select(value => new[] { field.Key, value ?? "" })).ToList())));

    /// <summary>Whether the sender wants the form back as it was filled in, to change it.</summary>
    public static bool WantsForm(IFormCollection form) => form.ContainsKey(Change);

    /// <summary>Whether a refusal means that what the sender saw has changed.</summary>
    public static bool Is(IReadOnlyList<Refusal> refusals) => refusals.Any(refusal => refusal.Cause == RefusalCause.Changed);

    /// <summary>The page where the sender decides again; <see langword="null"/> when the refusals are of another kind.</summary>
    /// <param name="refusals">Why it was not written.</param>
    /// <param name="at">Who, and which dossier.</param>
    /// <param name="http">The request; its path is sent to again.</param>
    /// <param name="form">What was filled in.</param>
    /// <param name="what">What the form does, as a title: <c>Persoon toevoegen</c>.</param>
    /// <param name="labelOf">The label of a field; <see langword="null"/>: it is not shown, only kept.</param>
    public static IResult? PageFor(IReadOnlyList<Refusal> refusals, AtDossier at, HttpContext http, IFormCollection form, string what, Func<string, string?> labelOf)
    {
        if (!Is(refusals)) return null;
        var since = at.Visitor.Desk.ShownUpTo(at.Dossier.Number, form[Version].ToString());
        return Pages.Of<ConflictPage>(
            new
            {
                at.Dossier,
                What = what,
                IsKnown = since is not null,
                Since = since is { } last ? Timeline.Since(at.Dossier, last) : Timeline.Latest(at.Dossier, 5),
                Filled = form.Where(field => !Own.Contains(field.Key)).Select(field => (Label: labelOf(field.Key), Values: field.Value.Where(value => !string.IsNullOrWhiteSpace(value)).ToList()))
                    .Where(field => field.Label is not null && field.Values.Count > 0).Select(field => (field.Label!, string.Join(", ", field.Values))).ToList(),
                Keep = form.Where(field => !Own.Contains(field.Key)).SelectMany(field => field.Value.Select(value => (field.Key, value ?? ""))).ToList(),
                Action = http.Request.Path.Value!,
            },
            StatusCodes.Status409Conflict);
    }
}
