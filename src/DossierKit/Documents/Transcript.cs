namespace DossierKit.Documents;

/// <summary>Long texts in pieces: paragraphs, and the questions and answers of a conversation. A text is written as people type it; nothing of it is changed or left out.</summary>
internal static class Transcript
{
    private static readonly string[] Questions = ["Vraag:", "V:"];
    private static readonly string[] Answers = ["Antwoord:", "A:"];

    /// <summary>The paragraphs of a text: its lines, without blank ones.</summary>
    public static IReadOnlyList<string> Paragraphs(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    /// <summary>Pieces of a conversation, each a record with <c>vraag</c>, <c>antwoord</c> or <c>tekst</c>. A line without a mark goes on with what stands before it as plain text.</summary>
    public static TemplateData Read(string text) => TemplateData.List(Paragraphs(text).Select(line =>
    {
        var (question, answer) = (After(line, Questions), After(line, Answers));
        return TemplateData.Record(("vraag", question), ("antwoord", answer), ("tekst", question is null && answer is null ? line : null));
    }));

    private static string? After(string line, string[] marks)
    {
        var mark = marks.FirstOrDefault(mark => line.StartsWith(mark, StringComparison.OrdinalIgnoreCase));
        return mark is null || line.Length == mark.Length ? null : line[mark.Length..].TrimStart();
    }
}
