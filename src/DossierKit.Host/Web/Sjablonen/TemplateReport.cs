using System.Collections.Concurrent;
using System.Security.Cryptography;

using DossierKit.Documents;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Sjablonen;

/// <summary>What is to be told of one template: whether it can be used, what its author should look at, and which elements of the protocol it has a passage for.</summary>
/// <param name="Template">The template; <see langword="null"/> when it cannot be used.</param>
/// <param name="Findings">What lint found.</param>
public sealed record TemplateReport(DocumentTemplate? Template, IReadOnlyList<LintFinding> Findings)
{
    private const int Most = 128;

    // Looking at a template takes the slow validator; its content says all, so each content is looked at once.
    private static readonly ConcurrentDictionary<string, TemplateReport> Known = new(StringComparer.Ordinal);

    public int Errors => Count(LintSeverity.Error);

    public int Warnings => Count(LintSeverity.Warning);

    public int Advice => Count(LintSeverity.Advice);

    public bool CanBeUsed => Template is not null && Errors == 0;

    // Looking takes tens of times the size of what is looked at: one at a time.
    private static readonly SemaphoreSlim Looking = new(1, 1);

    /// <summary>Looks at a template that somebody tries out; not remembered, because nothing says that it will be used.</summary>
    public static async ValueTask<TemplateReport> LookAsync(byte[] docx, string fileName, CancellationToken ct)
    {
        await Looking.WaitAsync(ct);
        try
        {
            return Look(docx, fileName);
        }
        finally
        {
            Looking.Release();
        }
    }

    /// <summary>Looks at a template in use, or remembers.</summary>
    public static TemplateReport Of(byte[] docx, string fileName)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(docx));
        if (Known.TryGetValue(key, out var known)) return known;
        if (Known.Count >= Most) Known.Clear();
        return Known[key] = Look(docx, fileName);
    }

    private static TemplateReport Look(byte[] docx, string fileName)
    {
        var compiled = DocumentTemplate.Compile(docx, fileName);
        return new(compiled.IsDone ? compiled.Value : null, TemplateLint.Run(docx, fileName));
    }

    /// <summary>Elements that must stand in the document and for which the template has no passage.</summary>
    public IReadOnlyList<ElementRule> Missing(DocumentRule? rule)
    {
        var there = Template?.Elements.Select(element => element.Id).ToHashSet(StringComparer.Ordinal) ?? [];
        return rule is null ? [] : [.. rule.Elements.Where(element => element.Strength != Strength.May && !there.Contains(element.Id))];
    }

    private int Count(LintSeverity severity) => Findings.Count(finding => finding.Severity == severity);
}
