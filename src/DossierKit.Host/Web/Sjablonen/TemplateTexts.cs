using DossierKit.Documents;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Sjablonen;

/// <summary>How findings about templates and the fields of templates are said.</summary>
internal static class TemplateTexts
{
    public static string Of(LintSeverity severity) => severity switch
    {
        LintSeverity.Error => "fout",
        LintSeverity.Warning => "waarschuwing",
        _ => "advies",
    };

    public static string Kind(LintSeverity severity) => severity switch
    {
        LintSeverity.Error => "danger",
        LintSeverity.Warning => "warning",
        _ => "neutral",
    };

    /// <summary>Such as "2 waarschuwingen, 1 advies".</summary>
    public static string Findings(TemplateReport report)
    {
        List<string> parts = [];
        if (report.Errors > 0) parts.Add(Nl.Count(report.Errors, "fout", "fouten"));
        if (report.Warnings > 0) parts.Add(Nl.Count(report.Warnings, "waarschuwing", "waarschuwingen"));
        if (report.Advice > 0) parts.Add(Nl.Count(report.Advice, "advies", "adviezen"));
        return parts.Count == 0 ? "niets" : string.Join(", ", parts);
    }

    public static string Of(TemplateFieldKind kind) => kind switch
    {
        TemplateFieldKind.Date => "datum",
        TemplateFieldKind.Time => "tijd",
        TemplateFieldKind.Number => "getal",
        TemplateFieldKind.Condition => "voorwaarde",
        TemplateFieldKind.List => "lijst",
        _ => "tekst",
    };
}
