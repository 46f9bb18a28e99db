using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using static DossierKit.Retention.MdtoNames;

namespace DossierKit.Retention;

/// <summary>
/// Whether the MDTO in a bag fits what lies there, by the sidecar structure of the Nationaal Archief: a folder is an informatieobject with its sidecar inside, a file has its
/// sidecar beside it, everything has one parent, and what a sidecar says of a file is so. Of each sidecar only what others must agree with is kept, and of that a hash.
/// </summary>
internal sealed class MdtoStructure(BagSource source, BagProblems problems, IReadOnlyList<BagEntry> payload, Func<string, string> sha256)
{
    private readonly Dictionary<string, It> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, One> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, string> _ids = [];
    private readonly long _most = BagLimits.SidecarOf(payload.Count);

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
                if (await ReadAsync(path, length, "bestand", ct) is { } file) _files[path] = ReadFile(path, file, lengths);
            }
            else
            {
                if (path != SidecarOf(FolderOf(path)) || FolderOf(path) == "data") Say(path, "Deze beschrijving heet niet naar de map waarin zij ligt.");
                if (await ReadAsync(path, length, "informatieobject", ct) is { } it) _objects[FolderOf(path)] = ReadObject(path, FolderOf(path), it);
            }
        }

        var children = _objects.ToLookup(other => FolderOf(other.Key), other => other.Value.Key, StringComparer.Ordinal);
        var files = _files.ToLookup(other => FolderOf(other.Key), other => other.Value.Key, StringComparer.Ordinal);
        foreach (var (folder, it) in _objects)
        {
            ct.ThrowIfCancellationRequested();
            CheckObject(folder, it, [.. children[folder]], [.. files[folder]]);
        }

        foreach (var (sidecar, file) in _files)
        {
            if (!_objects.TryGetValue(FolderOf(sidecar), out var of) || file.Of != of.Key) Say(sidecar, "isRepresentatieVan noemt niet het informatieobject van deze map.");
        }
    }

    private It ReadObject(string sidecar, string folder, XElement it)
    {
        Identify(sidecar, it);
        foreach (var name in (string[])["aggregatieniveau", "event"]) if (it.Element(Mdto + name) is null) Say(sidecar, $"{name} ontbreekt.");
        if (FolderOf(folder) == "data" && it.Element(Mdto + "taal") is null) Say(sidecar, "taal ontbreekt.");
        return new It(Reference(it), Text(it, "aggregatieniveau", "begripLabel") switch { Dossier => Dossier, Archiefstuk => Archiefstuk, _ => "" },
            KeysOf(it, "isOnderdeelVan"), KeysOf(it, "bevatOnderdeel"), KeysOf(it, "heeftRepresentatie"));
    }

    private One ReadFile(string sidecar, XElement file, Dictionary<string, long> lengths)
    {
        Identify(sidecar, file);
        var path = sidecar[..^FileSidecar.Length];
        if (Text(file, "naam") != Name(path)) Say(sidecar, "naam is niet de naam van het bestand.");
        if (file.Element(Mdto + "URLBestand") is not { } url || url.Value != path) Say(sidecar, "URLBestand wijst niet naar het bestand in deze bag.");
        if (lengths.TryGetValue(path, out var length))
        {
            if (Text(file, "omvang") != length.ToString(CultureInfo.InvariantCulture)) Say(sidecar, "omvang is niet het aantal bytes van het bestand.");
            var sums = file.Elements(Mdto + "checksum").Where(sum => Text(sum, "checksumAlgoritme", "begripLabel") is "SHA-256" or "SHA256").Select(sum => Text(sum, "checksumWaarde")).ToList();
            if (sums.Count == 0) Say(sidecar, "Er is geen checksum met SHA-256.");
            else if (sums.Exists(sum => !string.Equals(sum, sha256(path), StringComparison.OrdinalIgnoreCase))) Say(sidecar, "checksum is niet die van het bestand.");
        }

        return new One(Reference(file), KeyOf(file.Element(Mdto + "isRepresentatieVan")!));
    }

    private void CheckObject(string folder, It it, UInt128[] children, UInt128[] files)
    {
        var sidecar = SidecarOf(folder);
        var parent = FolderOf(folder);
        if (it.Parents.Length > 1) Say(sidecar, "Dit informatieobject heeft meer dan één ouder.");
        if (_objects.TryGetValue(parent, out var above))
        {
            if (it.Parents is not [var named] || named != above.Key) Say(sidecar, "isOnderdeelVan noemt niet het informatieobject van de map erboven.");
            if (it.Level == Dossier) Say(sidecar, "Een dossier ligt niet in een ander dossier.");
        }
        else if (parent == "data" && it.Level != Dossier) Say(sidecar, "De bovenste map is geen dossier.");

        // Both ways: each child names its parent, and a parent names each of its children once and nothing else.
        Same(sidecar, "bevatOnderdeel", it.Children, children);
        Same(sidecar, "heeftRepresentatie", it.Files, files);
        if (children.Length == 0 && files.Length == 0) Say(sidecar, "Bij dit informatieobject ligt niets.");
        if (it.Level == Archiefstuk && files.Length == 0) Say(sidecar, "Dit archiefstuk heeft geen bestand.");
    }

    private async ValueTask<XElement?> ReadAsync(string path, long length, string kind, CancellationToken ct)
    {
        if (length > _most)
        {
            Say(path, "Deze beschrijving is te groot.");
            return null;
        }

        try
        {
            await using var content = await source.OpenAsync(path, ct);
            using var xml = XmlReader.Create(content, new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = _most });
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
        foreach (var id in it.Elements(Mdto + "identificatie").Select(id => Hash(Id(id))))
        {
            if (_ids.TryGetValue(id, out var other)) Say(sidecar, $"De identificatie is ook die van {other}.");
            else _ids[id] = sidecar;
        }
    }

    private void Same(string sidecar, string name, UInt128[] named, UInt128[] there)
    {
        var left = named.CountBy(one => one).ToDictionary(pair => pair.Key, pair => pair.Value);
        var more = named.Length;
        foreach (var one in there)
        {
            if (left.TryGetValue(one, out var count) && count > 0) (left[one], more) = (count - 1, more - 1);
            else Say(sidecar, $"{name} noemt niet alles wat in deze map ligt.");
        }

        if (more > 0) Say(sidecar, $"{name} noemt iets dat niet in deze map ligt, of noemt iets twee keer.");
    }

    private static UInt128[] KeysOf(XElement it, string name) => [.. it.Elements(Mdto + name).Select(KeyOf)];

    /// <summary>What a reference must say to mean this one: its name and its identification.</summary>
    private static UInt128 Reference(XElement it) => Hash($"{Text(it, "naam")}\n{Id(it.Element(Mdto + "identificatie")!)}");

    private static UInt128 KeyOf(XElement reference)
        => Hash($"{Text(reference, "verwijzingNaam")}\n{(reference.Element(Mdto + "verwijzingIdentificatie") is { } id ? Id(id) : "")}");

    private static string Id(XElement id) => $"{Text(id, "identificatieBron")}\n{Text(id, "identificatieKenmerk")}";

    private static UInt128 Hash(string text) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

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

    private void Say(string path, string text) => problems.Say(path, text);

    /// <summary>What must agree with others of an informatieobject.</summary>
    private sealed record It(UInt128 Key, string Level, UInt128[] Parents, UInt128[] Children, UInt128[] Files);

    /// <summary>What must agree with others of a bestand.</summary>
    private sealed record One(UInt128 Key, UInt128 Of);
}
