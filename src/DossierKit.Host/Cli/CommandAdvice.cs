namespace DossierKit.Host.Cli;

/// <summary>
/// Where the command line offers what mends a refusal: the one place that knows, since the texts of the library are read on pages and by programs as well.
/// </summary>
internal static class CommandAdvice
{
    /// <summary>What the user can do, and with which option or command.</summary>
    public static string WhatNow(Refusal refusal)
        => string.Join("; ", Of(refusal)) is { Length: > 0 } how ? $"{refusal.WhatNow} [{how}]" : refusal.WhatNow;

    private static IEnumerable<string> Of(Refusal refusal)
    {
        var name = refusal.AnswerPath ?? refusal.Subject;
        var remedies = refusal.Remedies;
        if (remedies.HasFlag(Remedies.Answer)) yield return $"--answers met '{name}'";
        if (remedies.HasFlag(Remedies.Reason)) yield return $"--reason {name}=REDEN";
        if (remedies.HasFlag(Remedies.Conversation)) yield return "--gesprek KENMERK";
        if (remedies.HasFlag(Remedies.Reader)) yield return "--betrokkene, --to of --person";
        if (remedies.HasFlag(Remedies.Confirmation)) yield return "lezen met --concept, bevestigen met --checked";
        if (remedies.HasFlag(Remedies.Template)) yield return $"template install {name}.docx";
        if (remedies.HasFlag(Remedies.Protocol)) yield return "protocol show";
        if (remedies.HasFlag(Remedies.Document)) yield return $"assemble {name}";
        if (remedies.HasFlag(Remedies.Melder)) yield return "move, of export --with melder";
        if (remedies.HasFlag(Remedies.Recording)) yield return "recording add";
    }
}
