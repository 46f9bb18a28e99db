using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using static DossierKit.Retention.MdtoNames;

namespace DossierKit.Retention;

/// <summary>
/// Whether the MDTO in a bag fits what lies there, by the sidecar structure of the Nationaal Archief: a folder is an informatieobject with its sidecar inside, a file has its
/// sidecar beside it, everything has one parent, and what a sidecar says of a file is so.
/// </summary>
internal sealed class MdtoStructure(BagSource source, List<BagProblem> problems, IReadOnlyList<BagEntry> payload, Func<string, string> sha256)
{
    private const long MostBytes = 16 << 20;

    private readonly Dictionary<string, XElement> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public async ValueTask CheckAsync(CancellationToken ct)
    {
        var lengths = payload.ToDictionary(file => file.Path, file => file.Length, StringComparer.Ordinal);
        var folders = source.Entries.Where(entry => entry.Kind == BagEntryKind.Folder && entry.Path.StartsWith("data/", StringComparison.Ordinal)).Select(entry => entry.Path).ToList();
        if (folders.Count == 0) Say("data", "Er ligt geen dossier in deze bag.");
        foreach (var folder in folders.Where(folder => !lengths.ContainsKey(SidecarOf(folder)))) Say(folder, $"In deze map ontbreekt de beschrijving {Name(SidecarOf(folder))}.");
        foreach (var (path, length) in lengths)
        {
            if (!path.EndsWith(Sidecar, StringComparison.Ordinal))
            {
                if (!lengths.ContainsKey(path + FileSidecar)) Say(path, $"Naast dit bestand ontbreekt de beschrijving {Name(path)}{FileSidecar}.");
                if (FolderOf(path) == "data") Say(path, "Dit bestand ligt in geen dossier.");
            }
            else if (path.EndsWith(FileSidecar, StringComparison.Ordinal))
            {
                if (!lengths.ContainsKey(path[..^FileSidecar.Length])) Say(path, "Het bestand waar deze beschrijving bij hoort, ligt er niet.");
                if (await ReadAsync(path, length, "bestand", ct) is { } file) _files[path] = file;
            }
            else
            {
                if (path != SidecarOf(FolderOf(path)) || FolderOf(path) == "data") Say(path, "Deze beschrijving heet niet naar de map waarin zij ligt.");
                if (await ReadAsync(path, length, "informatieobject", ct) is { } it) _objects[FolderOf(path)] = it;
            }
        }

        foreach (var (folder, it) in _objects) CheckObject(folder, it);
        foreach (var (path, file) in _files) CheckFile(path, file, lengths);
    }

    private void CheckObject(string folder, XElement it)
    {
        var sidecar = SidecarOf(folder);
        Identify(sidecar, it);
        foreach (var name in (string[])["aggregatieniveau", "event"]) if (it.Element(Mdto + name) is null) Say(sidecar, $"{name} ontbreekt.");
        var level = Text(it, "aggregatieniveau", "begripLabel");
        var parent = FolderOf(folder);
        var parents = it.Elements(Mdto + "isOnderdeelVan").Select(KeyOf).ToList();
        if (parents.Count > 1) Say(sidecar, "Dit informatieobject heeft meer dan één ouder.");
        if (_objects.TryGetValue(parent, out var above))
        {
            if (parents is not [var named] || named != Reference(above)) Say(sidecar, "isOnderdeelVan noemt niet het informatieobject van de map erboven.");
            if (level == Dossier) Say(sidecar, "Een dossier ligt niet in een ander dossier.");
        }
        else if (parent == "data")
        {
            if (level != Dossier) Say(sidecar, "De bovenste map is geen dossier.");
            if (it.Element(Mdto + "taal") is null) Say(sidecar, "taal ontbreekt.");
        }

        // Both ways: each child names its parent, and a parent names each of its children once and nothing else.
        var children = _objects.Where(other => FolderOf(other.Key) == folder).Select(other => Reference(other.Value)).ToList();
        Same(sidecar, "bevatOnderdeel", it.Elements(Mdto + "bevatOnderdeel").Select(KeyOf), children);
        var files = _files.Where(other => FolderOf(other.Key) == folder).Select(other => Reference(other.Value)).ToList();
        Same(sidecar, "heeftRepresentatie", it.Elements(Mdto + "heeftRepresentatie").Select(KeyOf), files);
        if (children.Count == 0 && files.Count == 0) Say(sidecar, "Bij dit informatieobject ligt niets.");
        if (level == Archiefstuk && files.Count == 0) Say(sidecar, "Dit archiefstuk heeft geen bestand.");
    }

    private void CheckFile(string sidecar, XElement file, Dictionary<string, long> lengths)
    {
        Identify(sidecar, file);
        var path = sidecar[..^FileSidecar.Length];
        if (!_objects.TryGetValue(FolderOf(path), out var of) || KeyOf(file.Element(Mdto + "isRepresentatieVan")!) != Reference(of)) Say(sidecar, "isRepresentatieVan noemt niet het informatieobject van deze map.");
        if (Text(file, "naam") != Name(path)) Say(sidecar, "naam is niet de naam van het bestand.");
        if (file.Element(Mdto + "URLBestand") is not { } url || url.Value != path) Say(sidecar, "URLBestand wijst niet naar het bestand in deze bag.");
        if (!lengths.TryGetValue(path, out var length)) return;
        if (Text(file, "omvang") != length.ToString(CultureInfo.InvariantCulture)) Say(sidecar, "omvang is niet het aantal bytes van het bestand.");
        var sums = file.Elements(Mdto + "checksum").Where(sum => Text(sum, "checksumAlgoritme", "begripLabel") is "SHA-256" or "SHA256").Select(sum => Text(sum, "checksumWaarde")).ToList();
        if (sums.Count == 0) Say(sidecar, "Er is geen checksum met SHA-256.");
        else if (sums.Exists(sum => !string.Equals(sum, sha256(path), StringComparison.OrdinalIgnoreCase))) Say(sidecar, "checksum is niet die van het bestand.");
    }

    private async ValueTask<XElement?> ReadAsync(string path, long length, string kind, CancellationToken ct)
    {
        if (length > MostBytes)
        {
            Say(path, "Deze beschrijving is te groot.");
            return null;
        }

        try
        {
            await using var content = await source.OpenAsync(path, ct);
            using var xml = XmlReader.Create(content, new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostBytes });
            var root = (await XDocument.LoadAsync(xml, LoadOptions.None, ct)).Root!;
            var wrong = MdtoGrammar.Check(root);
            foreach (var text in wrong) Say(path, $"Dit is geen geldige MDTO: {text}.");
            if (wrong.Count > 0) return null;
            var only = root.Elements().Single();
            if (only.Name.LocalName == kind) return only;
            Say(path, $"Hier hoort de beschrijving van een {kind}.");
            return null;
        }
        catch (XmlException e)
        {
            Say(path, string.Create(CultureInfo.InvariantCulture, $"Dit is geen XML (regel {e.LineNumber})."));
            return null;
        }
    }

    private void Identify(string sidecar, XElement it)
    {
        foreach (var id in it.Elements(Mdto + "identificatie").Select(Id))
        {
            if (_ids.TryGetValue(id, out var other)) Say(sidecar, $"De identificatie is ook die van {other}.");
            else _ids[id] = sidecar;
        }
    }

    private void Same(string sidecar, string name, IEnumerable<string> named, List<string> there)
    {
        var left = named.ToList();
        foreach (var one in there)
        {
            if (!left.Remove(one)) Say(sidecar, $"{name} noemt niet alles wat in deze map ligt.");
        }

        if (left.Count > 0) Say(sidecar, $"{name} noemt iets dat niet in deze map ligt, of noemt iets twee keer.");
    }

    /// <summary>What a reference must say to mean this one: its name and its identification.</summary>
    private static string Reference(XElement it) => $"{Text(it, "naam")}\n{Id(it.Element(Mdto + "identificatie")!)}";

    private static string KeyOf(XElement reference)
        => $"{Text(reference, "verwijzingNaam")}\n{(reference.Element(Mdto + "verwijzingIdentificatie") is { } id ? Id(id) : "")}";

    private static string Id(XElement id) => $"{Text(id, "identificatieBron")}\n{Text(id, "identificatieKenmerk")}";

    private static string Text(XElement it, params ReadOnlySpan<string> path)
    {
        var at = it;
        foreach (var name in path)
        {
            if (at.Element(Mdto + name) is not { } next) return "";
            at = next;
        }

        return at.Value;
    }

    private static string SidecarOf(string folder) => $"{folder}/{Name(folder)}{Sidecar}";

    private static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private void Say(string path, string text) => problems.Add(new BagProblem(path, text));
}
