using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;

using Microsoft.Extensions.Primitives;

namespace DossierKit.Host.Web.Logboek;

/// <summary>What was asked of the log, as it was filled in.</summary>
/// <param name="Dossier">The number.</param>
/// <param name="Person">The handle.</param>
/// <param name="Act">The act, by its word.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day.</param>
/// <param name="RefusalsOnly">Only refusals and failed sign-ins.</param>
/// <param name="Older">Where the page goes on.</param>
public sealed record LogQuery(string Dossier, string Person, string Act, string From, string Until, bool RefusalsOnly, string Older)
{
    /// <summary>Whether nothing was filled in.</summary>
    public bool IsEmpty => Dossier.Length + Person.Length + Act.Length + From.Length + Until.Length == 0 && !RefusalsOnly;

    /// <summary>Reads it from a query or a form.</summary>
    public static LogQuery Read(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        var all = fields.ToDictionary(field => field.Key, field => field.Value.ToString().Trim(), StringComparer.Ordinal);
        string Of(string name) => all.GetValueOrDefault(name, "");
        return new(Of("dossier"), Of("persoon"), Of("daad"), Of("van"), Of("tot"), Of("geweigerd") == "ja", Of("ouder"));
    }

    /// <summary>The filter, or what is wrong with what was filled in.</summary>
    internal Outcome<LogFilter> ToFilter()
    {
        var refusals = new List<Refusal>();
        DossierNumber? dossier = null;
        PersonId? person = null;
        if (Dossier.Length > 0 && !(DossierNumber.TryParse(Dossier.ToUpperInvariant(), out var number) && (dossier = number) is not null)) refusals.Add(new("Dit is geen dossiernummer.", "Een nummer ziet eruit als WL-2026-0001.", "Verbeter het nummer.") { Subject = "dossier" });
        if (Person.Length > 0 && !(PersonId.TryParse(Person, out var id) && (person = id) is not null)) refusals.Add(new("Deze persoon is er niet.", "Een naam in het logboek heeft kleine letters, cijfers en streepjes.", "Kies iemand uit de lijst.") { Subject = "persoon" });
        var from = Day(From, "van", refusals);
        var until = Day(Until, "tot", refusals);
        if (from > until) refusals.Add(new("De laatste dag ligt voor de eerste.", "Zo is er niets te vinden.", "Verbeter een van de dagen.") { Subject = "tot" });
        AccessAct? act = null;
        if (Act.Length > 0) act = Enum.GetValues<AccessAct>().Cast<AccessAct?>().FirstOrDefault(known => Words.Of(known!.Value) == Act);
        return refusals.Count > 0 ? Outcome<LogFilter>.Refused(refusals)
            : Outcome<LogFilter>.Done(new LogFilter { Dossier = dossier, Person = person, Act = act, From = from, Until = until, RefusalsOnly = RefusalsOnly });
    }

    /// <summary>The address of the next page.</summary>
    public string Next(string older)
    {
        var address = QueryString.Create(Fields.Where(field => field.Value.Length > 0).Select(field => KeyValuePair.Create(field.Name, (string?)field.Value)));
        return $"/logboek{address.Add("ouder", older)}";
    }

    /// <summary>The fields of the filter, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields => [("dossier", Dossier), ("persoon", Person), ("daad", Act), ("van", From), ("tot", Until), ("geweigerd", RefusalsOnly ? "ja" : "")];

    private static DateOnly? Day(string text, string field, List<Refusal> refusals)
    {
        if (text.Length == 0) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        refusals.Add(new("Dit is geen dag.", "Een dag ziet eruit als 2026-03-02.", "Kies een dag uit de kalender.") { Subject = field });
        return null;
    }
}
