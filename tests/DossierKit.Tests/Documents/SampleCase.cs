using System.IO.Compression;
using System.Text;
using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Tests.Documents;

/// <summary>
/// A sample dossier in memory: read as an import reads it and folded as the register folds it, without a vault, so that a test of a letter is a test of a letter.
/// Change events and persons with <see cref="With"/>; what stays the same is the real thing.
/// </summary>
internal sealed class SampleCase
{
    public const string Complete = "nevenwerk-groenonderhoud";
    public const string Incomplete = "dienstbus-weekend";

    private readonly DossierNumber _number;
    private readonly IReadOnlyList<DossierEvent> _events;

    private SampleCase(DossierNumber number, IReadOnlyList<DossierEvent> events, Protocol protocol) => (_number, _events, Protocol) = (number, events, protocol);

    public Protocol Protocol { get; private init; }

    public byte[] Template { get; private init; } = File.ReadAllBytes(RepositoryFiles.Template("kennisgeving.docx"));

    public PersonId Maker { get; private init; } = new("fi");

    public DocumentRule Rule => Protocol.FindDocument("kennisgeving")!;

    public DossierState State => DossierFold.Fold(
        _number,
        [.. _events.Select((happening, index) => new DossierEntry(OpaqueId.Random(), index + 1, default, EventKind.Of(happening.GetType()), happening.Compartment, happening))],
        new HashSet<OpaqueId>(), _events.Count, _ => Right.Write);

    public ProjectionSource Source => new()
    {
        State = State,
        Protocol = Protocol,
        Municipality = Waterlanden,
        Staff = id => Staff.FirstOrDefault(person => person.Id == id),
        Maker = Maker,
    };

    private static Municipality Waterlanden => new()
    {
        Name = "Waterlanden",
        Address = new PostalAddress { Street = "Postbus 1000", PostalCode = "9990 AA", Town = "Waterlanden" },
        Signatory = "mevrouw mr. S. Dijkmeesterin",
        SignatoryFunction = "gemeentesecretaris",
        ProtocolId = "waterlanden",
    };

    private static IReadOnlyList<StaffPerson> Staff { get; } =
    [
        new(new("fi"), "mevrouw H. Plassenberger", [], [new(StaffRole.Fi, new DateOnly(2020, 1, 1))]) { Function = "functionaris integriteit" },
        new(new("verantwoordelijke"), "mevrouw mr. S. Dijkmeesterin", [], [new(StaffRole.Verantwoordelijke, new DateOnly(2020, 1, 1), null, "gemeentesecretaris")]) { Function = "gemeentesecretaris" },
        new(new("burgemeester"), "de heer L. Meerkoetering", [], [new(StaffRole.Verantwoordelijke, new DateOnly(2010, 1, 1), null, "burgemeester")]) { Function = "burgemeester" },
    ];

    public static async Task<SampleCase> ReadAsync(string name)
    {
        var read = await DossierImport.ReadAsync(RepositoryFiles.Sample(name), ProtocolLibrary.Shipped, new DateOnly(2026, 11, 21), CancellationToken.None);
        read.Refusals.ShouldBeEmpty();
        var import = read.Value;
        var protocol = import.Protocol.ShouldNotBeNull();
        var created = new DossierCreated
        {
            Date = import.StartsOn,
            Number = import.Number,
            Protocol = protocol.Id,
            ProtocolVersion = protocol.Version,
            HashKey = "",
        };
        return new(import.Number, [created, .. import.Events], protocol);
    }

    public SampleCase With(params DossierEvent[] more) => new(_number, [.. _events, .. more], Protocol) { Template = Template };

    /// <summary>The same case under another shipped protocol: what its letters say is the protocol's doing.</summary>
    public SampleCase Under(string protocol) => new(_number, _events, ProtocolLibrary.Shipped.All.Last(shipped => shipped.Id == protocol)) { Template = Template };

    public SampleCase Without<T>()
        where T : DossierEvent => new(_number, [.. _events.Where(happening => happening is not T)], Protocol) { Template = Template };

    public SampleCase Changing<T>(Func<T, T> change)
        where T : DossierEvent => new(_number, [.. _events.Select(happening => happening is T one ? change(one) : happening)], Protocol) { Template = Template };

    public SampleCase ChangingPerson(string id, Func<CasePerson, CasePerson> change)
        => Changing<PersonAdded>(added => added.Person.Id.Value == id ? added with { Person = change(added.Person) } : added);

    public SampleCase WithTemplate(byte[] docx) => new(_number, _events, Protocol) { Template = docx };

    /// <summary>The shipped template with its main text changed, as a municipality would change it in Word.</summary>
    public SampleCase WithTemplate(Func<string, string> change) => WithTemplate(Change(Template, "word/document.xml", change));

    public AssemblyCase Prepare(AssemblyRequest? request = null)
    {
        var prepared = AssemblyCase.Prepare(Source, "kennisgeving", Compile(), request ?? new AssemblyRequest());
        prepared.Refusals.ShouldBeEmpty();
        return prepared.Value;
    }

    public Outcome<AssembledDocument> Make(AssemblyRequest? request = null)
    {
        var prepared = AssemblyCase.Prepare(Source, "kennisgeving", Compile(), request ?? new AssemblyRequest());
        return prepared.IsDone ? DocumentRendering.Render(prepared.Value, request ?? new AssemblyRequest()) : Outcome<AssembledDocument>.Refused(prepared.Refusals);
    }

    /// <summary>The text of a document without its properties, which change with every edit of a template.</summary>
    public static string Body(ReadOnlyMemory<byte> docx) => string.Join("== ", Text(docx).Split("== ").Where(part => !part.StartsWith("docProps", StringComparison.Ordinal)));

    public static AssemblyRequest Answering(params (string Path, string? Answer)[] answers)
        => new() { Answers = answers.Aggregate(DocumentAnswers.None, (all, answer) => all.With(answer.Path, answer.Answer)) };

    /// <summary>The document of any kind, with the shipped template, as <c>assemble</c> makes it; without the vault and without the name check.</summary>
    public Outcome<AssembledDocument> Make(string kind, AssemblyRequest? request = null)
    {
        var prepared = Prepare(kind, request);
        return prepared.IsDone ? DocumentRendering.Render(prepared.Value, request ?? new AssemblyRequest()) : Outcome<AssembledDocument>.Refused(prepared.Refusals);
    }

    public Outcome<AssemblyCase> Prepare(string kind, AssemblyRequest? request = null)
    {
        var compiled = DocumentTemplate.Compile(ShippedTemplates.Find(kind).ShouldNotBeNull(), $"{kind}.docx");
        compiled.Refusals.ShouldBeEmpty();
        return AssemblyCase.Prepare(Source, kind, compiled.Value, request ?? new AssemblyRequest());
    }

    /// <summary>The same case under another protocol, as a municipality that follows that one would have it.</summary>
    public SampleCase Under(Protocol protocol) => new(_number, _events, protocol) { Template = Template };

    /// <summary>The text of a document for a diff: each part with its paragraphs.</summary>
    public static string Text(ReadOnlyMemory<byte> docx)
    {
        var text = new StringBuilder();
        foreach (var part in DocumentText.Extract(docx).Where(piece => piece.Kind is DocumentTextKind.Paragraph or DocumentTextKind.Property).GroupBy(piece => piece.Part))
        {
            text.Append("== ").Append(part.Key).Append('\n');
            foreach (var piece in part) text.Append(piece.Text).Append('\n');
        }

        return text.ToString();
    }

    public static void ShouldBeExpected(string text, string fileName)
    {
        var file = RepositoryFiles.Expected(fileName);
        if (Environment.GetEnvironmentVariable("DOSSIERKIT_WRITE_EXPECTED") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        text.ShouldBe(File.ReadAllText(file));
    }

    private DocumentTemplate Compile()
    {
        var compiled = DocumentTemplate.Compile(Template, "kennisgeving.docx");
        compiled.Refusals.ShouldBeEmpty();
        return compiled.Value;
    }

    private static byte[] Change(byte[] docx, string part, Func<string, string> change)
    {
        var stream = new MemoryStream();
        stream.Write(docx);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            string text;
            using (var reader = new StreamReader(zip.GetEntry(part)!.Open())) text = reader.ReadToEnd();
            var changed = change(text);
            changed.ShouldNotBe(text, "the change must find something to change");
            zip.GetEntry(part)!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(part).Open(), new UTF8Encoding(false));
            writer.Write(changed);
        }

        return stream.ToArray();
    }
}
