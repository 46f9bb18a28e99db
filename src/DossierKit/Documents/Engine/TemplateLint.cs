namespace DossierKit.Documents;

/// <summary>How serious a finding is.</summary>
public enum LintSeverity
{
    /// <summary>The template cannot be used.</summary>
    Error,

    /// <summary>The document may look or read wrong.</summary>
    Warning,

    /// <summary>It works, and could be better.</summary>
    Advice,
}

/// <summary>Something the author of a template should look at.</summary>
/// <param name="Severity">How serious it is.</param>
/// <param name="Rule">A short fixed name of the rule, such as <c>tabel-zonder-kop</c>.</param>
/// <param name="Finding">What, where, and what to do, in Dutch.</param>
public sealed record LintFinding(LintSeverity Severity, string Rule, Refusal Finding);

/// <summary>Looks at a template as its author would want a colleague to: everything that refuses, and everything that could be better.</summary>
public static class TemplateLint
{
    /// <summary>Examines a template.</summary>
    /// <param name="docx">The bytes of the .docx (or .dotx) file.</param>
    /// <param name="fileName">Its name, for the texts only.</param>
    /// <returns>Errors first, then warnings, then advice, each in document order; empty when all is well.</returns>
    public static IReadOnlyList<LintFinding> Run(ReadOnlyMemory<byte> docx, string fileName) => throw new NotSupportedException();
}
