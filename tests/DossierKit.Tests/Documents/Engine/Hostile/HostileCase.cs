namespace DossierKit.Tests.Documents.Engine.Hostile;

/// <summary>A template as somebody else might write it, values as they stand in a file, and what must come out.</summary>
/// <param name="Name">What it tries.</param>
/// <param name="Docx">The template.</param>
/// <param name="Values">The file with values, JSON.</param>
internal sealed record HostileCase(string Name, byte[] Docx, string Values)
{
    /// <summary>The text of each part that must come out, by part name; see <see cref="RenderedChecks.Text(System.Xml.Linq.XElement)"/> for the notation.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>What must stand in the raw XML of a part; with <c>!</c> in front: what must not.</summary>
    public IReadOnlyList<(string Part, string Xml)> Xml { get; init; } = [];

    /// <summary>Words LibreOffice must show.</summary>
    public IReadOnlyList<string> Shown { get; init; } = [];

    /// <summary>Whether double braces in the output are right, because a value holds them.</summary>
    public bool HasBraces { get; init; }

    /// <summary>For a case that must be refused: words of the refusal, the place among them.</summary>
    public IReadOnlyList<string> Refusal { get; init; } = [];

    public static HostileCase Of(string name, TestDocx docx, string values, string body, params (string Part, string Xml)[] xml)
        => new(name, docx.Build(), values) { Texts = new Dictionary<string, string> { ["word/document.xml"] = body }, Xml = xml };

    public static HostileCase Refused(string name, byte[] docx, string values, params string[] words) => new(name, docx, values) { Refusal = words };

    public HostileCase Also(string part, string text) => this with { Texts = new Dictionary<string, string>(Texts) { [part] = text } };

    public HostileCase Showing(params string[] words) => this with { Shown = words };

    public override string ToString() => Name;
}
