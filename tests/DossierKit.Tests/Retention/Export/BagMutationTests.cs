using System.Text;
using System.Xml.Linq;
using DossierKit.Dossiers;
using DossierKit.Retention;

namespace DossierKit.Tests.Retention.Export;

/// <summary>
/// One thing wrong with a bag, each time another: the verifier finds it, and so does a checker that was written from the same rules by itself, in another language.
/// </summary>
public sealed class BagMutationTests : IAsyncLifetime
{
    private const string Bag = "bag";

    private static readonly XNamespace Mdto = "https://www.nationaalarchief.nl/mdto";

    /// <summary>What may be left out of a sidecar without making it wrong: nothing that identifies, places, values or limits it.</summary>
    private static readonly HashSet<string> MayBeLeftOut =
    [
        "classificatie", "omschrijving", "raadpleeglocatie", "dekkingInTijd", "dekkingInTijdEinddatum", "eventTijd", "eventVerantwoordelijkeActor", "eventResultaat", "begripCode", "bewaartermijn",
        "termijnTriggerStartLooptijd", "termijnStartdatumLooptijd", "termijnLooptijd", "termijnEinddatum", "informatiecategorie", "activiteit", "beperkingGebruikNadereBeschrijving",
    ];

    private BagFixture _bags = null!;
    private string _number = null!;

    public async ValueTask InitializeAsync()
    {
        _bags = await BagFixture.CreateAsync();
        var number = await _bags.Vault.ImportAsync("tip-over-een-controle");
        using var dossier = await _bags.Vault.OpenAsync("fi", number);
        _number = number.Value;
        (await dossier.AddFileAsync(new NewFile("brief.docx", "Brief", FileKind.Document, Compartment.Onderzoek, new DateOnly(2026, 3, 3)), new MemoryStream("PK brief"u8.ToArray()), default)).Refusals.ShouldBeEmpty();
        (await dossier.AddFileAsync(new NewFile("notitie.txt", "Notitie", FileKind.Note, Compartment.Onderzoek, new DateOnly(2026, 3, 3)), new MemoryStream("een notitie"u8.ToArray()), default)).Refusals.ShouldBeEmpty();
        await _bags.ExportAsync(dossier, Bag);
    }

    public ValueTask DisposeAsync() => _bags.DisposeAsync();

    private string Dossier => $"data/{_number}/{_number}.MDTO.xml";

    private string One => Of("-notitie.txt");

    private string OneSidecar => One + ".bestand.MDTO.xml";

    private string OneFolder => One[..One.LastIndexOf('/')];

    private string OneObject => $"{OneFolder}/{OneFolder[(OneFolder.LastIndexOf('/') + 1)..]}.MDTO.xml";

    [Fact]
    public async Task DeclaredContent_LongerThanTheZipSays_StopsOneByteAfterIt()
    {
        using var bomb = new MemoryStream(new byte[100_000]);
        await using var content = new DeclaredContent(bomb, 10);
        using var read = new MemoryStream();
        await content.CopyToAsync(read);
        read.Length.ShouldBe(11);
        using var right = new MemoryStream(new byte[10]);
        await using var whole = new DeclaredContent(right, 10);
        read.SetLength(0);
        whole.CopyTo(read);
        read.Length.ShouldBe(10);
    }

    [Fact]
    public async Task Verify_OneThingWrong_IsFoundByBothReaders()
    {
        var mutations = new Dictionary<string, Action<string>>(StringComparer.Ordinal);
        // Bytes: one bit in the middle of each kind of file.
        foreach (var path in (string[])["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt", Dossier, One, OneSidecar, OneObject, Of("-brief.docx"), Of("-brief.pdf"), Of("-registratie.json")])
            mutations[$"bit in {path}"] = bag => Change(bag, path, bytes => bytes[bytes.Length / 2] ^= 1);
        // Files: away, added, renamed, cut short, longer.
        foreach (var path in (string[])["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sha512.txt", Dossier, One, OneSidecar, OneObject]) mutations[$"without {path}"] = bag => File.Delete(Path.Combine(bag, path));
        mutations["without any manifest"] = bag => Delete(bag, "manifest-sha256.txt", "manifest-sha512.txt");
        mutations["without any tagmanifest"] = bag => Delete(bag, "tagmanifest-sha256.txt", "tagmanifest-sha512.txt");
        mutations["file added in data"] = bag => File.WriteAllText(Path.Combine(bag, OneFolder, "extra.txt"), "extra");
        mutations["file added beside data"] = bag => File.WriteAllText(Path.Combine(bag, "extra.txt"), "extra");
        mutations["file added that begins as a tagmanifest"] = bag => File.WriteAllText(Path.Combine(bag, "tagmanifest-kwaad.exe"), "MZ");
        mutations["folder added that begins as a tagmanifest"] = bag =>
        {
            Directory.CreateDirectory(Path.Combine(bag, "tagmanifest-x"));
            File.WriteAllText(Path.Combine(bag, "tagmanifest-x", "kwaad.sh"), "echo");
        };
        mutations["empty folder added"] = bag => Directory.CreateDirectory(Path.Combine(bag, "data", _number, "leeg"));
        mutations["file renamed"] = bag => File.Move(Path.Combine(bag, One), Path.Combine(bag, One.Replace("notitie", "notities", StringComparison.Ordinal)));
        mutations["file renamed in case only"] = bag => File.Move(Path.Combine(bag, One), Path.Combine(bag, One.Replace("notitie", "Notitie", StringComparison.Ordinal)));
        mutations["file cut short"] = bag => Cut(bag, One);
        mutations["file longer"] = bag => File.AppendAllText(Path.Combine(bag, One), "x");
        mutations["two files changed about"] = bag => Swap(bag, One, Of("-brief.docx"));
        // Manifests.
        mutations["checksum of another file"] = bag => Lines(bag, "manifest-sha256.txt", lines => lines[0] = lines[1][..64] + lines[0][64..]);
        mutations["line twice"] = bag => Lines(bag, "manifest-sha256.txt", lines => lines.Add(lines[0]));
        mutations["line away"] = bag => Lines(bag, "manifest-sha512.txt", lines => lines.RemoveAt(0));
        mutations["line empty"] = bag => Lines(bag, "manifest-sha256.txt", lines => lines.Insert(1, ""));
        mutations["checksum of another length"] = bag => Lines(bag, "manifest-sha256.txt", lines => lines[0] = lines[0][1..]);
        mutations["checksum that is none"] = bag => Lines(bag, "manifest-sha256.txt", lines => lines[0] = "x" + lines[0][1..]);
        mutations["path out of the bag"] = bag => Lines(bag, "manifest-sha256.txt", lines => lines.Add($"{lines[0][..64]}  data/../../etc/passwd"));
        mutations["path out of the bag, resealed"] = bag =>
        {
            Lines(bag, "manifest-sha256.txt", lines => lines.Add($"{lines[0][..64]}  ../{Path.GetFileName(bag)}/bagit.txt"));
            ResealTags(bag);
        };
        mutations["absolute path"] = bag => Lines(bag, "manifest-sha256.txt", lines => lines.Add($"{lines[0][..64]}  /etc/passwd"));
        mutations["path of Windows"] = bag => Lines(bag, "manifest-sha256.txt", lines => lines.Add($"{lines[0][..64]}  C:\\windows\\win.ini"));
        mutations["tag file in the payload manifest, resealed"] = bag =>
        {
            Lines(bag, "manifest-sha256.txt", lines => lines.Add($"{Hash(bag, "bagit.txt")}  bagit.txt"));
            ResealTags(bag);
        };
        mutations["unknown algorithm"] = bag => File.Move(Path.Combine(bag, "manifest-sha512.txt"), Path.Combine(bag, "manifest-md5.txt"));
        // Declaration and info, resealed.
        mutations["another encoding"] = Resealed("bagit.txt", text => text.Replace("UTF-8", "ISO-8859-1", StringComparison.Ordinal));
        mutations["another version"] = Resealed("bagit.txt", text => text.Replace("1.0", "2.0", StringComparison.Ordinal));
        mutations["a line too many"] = Resealed("bagit.txt", text => text + "Meer: niets\n");
        mutations["BOM"] = Resealed("bagit.txt", text => "\uFEFF" + text);
        mutations["not UTF-8"] = bag =>
        {
            File.AppendAllBytes(Path.Combine(bag, "bag-info.txt"), [.. "Contact-Name: caf"u8, 0xE9, (byte)'\n']);
            ResealTags(bag);
        };
        mutations["oxum"] = bag =>
        {
            Edit(bag, "bag-info.txt", text => text.Replace("Payload-Oxum: ", "Payload-Oxum: 1", StringComparison.Ordinal));
            ResealTags(bag);
        };
        mutations["info without label"] = Resealed("bag-info.txt", text => text + "zomaar een regel\n");
        mutations["fetch"] = bag =>
        {
            File.WriteAllText(Path.Combine(bag, "fetch.txt"), "https://example.org/x - data/x\n");
            ResealTags(bag);
        };
        // Names, resealed: with nothing but the name against it.
        foreach (var name in (string[])["CON.txt", "nul", "a b.txt", "a:b.txt", "a*b.txt", "punt.", "vraag?.txt", "terug\\streep.txt", new string('x', 125)])
            mutations[$"name {name[..Math.Min(12, name.Length)]}"] = bag => AddFile(bag, name);
        mutations["names that differ in case only"] = bag => AddFile(bag, Path.GetFileName(One).Replace("notitie", "NOTITIE", StringComparison.Ordinal));
        mutations["names that differ in how an accent is written"] = bag =>
        {
            AddFile(bag, "caf\u00e9.txt");
            AddFile(bag, "cafe\u0301.txt");
        };
        // MDTO, resealed.
        mutations["size wrong"] = Sidecar(OneSidecar, it => it.Element(Mdto + "omvang")!.Value = "1");
        mutations["size negative"] = Sidecar(OneSidecar, it => it.Element(Mdto + "omvang")!.Value = "-11");
        mutations["checksum wrong"] = Sidecar(OneSidecar, it => it.Descendants(Mdto + "checksumWaarde").Single().Value = new string('0', 64));
        mutations["algorithm wrong"] = Sidecar(OneSidecar, it => it.Element(Mdto + "checksum")!.Descendants(Mdto + "begripLabel").Single().Value = "MD5");
        mutations["checksum of no time"] = Sidecar(OneSidecar, it => it.Descendants(Mdto + "checksumDatum").Single().Value = "gisteren");
        mutations["name wrong"] = Sidecar(OneSidecar, it => it.Element(Mdto + "naam")!.Value = "anders.txt");
        mutations["address wrong"] = Sidecar(OneSidecar, it => it.Element(Mdto + "URLBestand")!.Value = "data/elders.txt");
        mutations["shows another"] = Sidecar(OneSidecar, it => it.Element(Mdto + "isRepresentatieVan")!.Descendants(Mdto + "identificatieKenmerk").Single().Value = _number);
        mutations["parent swapped"] = Sidecar(OneObject, it => it.Element(Mdto + "isOnderdeelVan")!.Descendants(Mdto + "identificatieKenmerk").Single().Value = $"{_number}/registratie");
        mutations["parent of another name"] = Sidecar(OneObject, it => it.Element(Mdto + "isOnderdeelVan")!.Element(Mdto + "verwijzingNaam")!.Value = "Een ander dossier");
        mutations["two parents"] = Sidecar(OneObject, it => it.Element(Mdto + "isOnderdeelVan")!.AddAfterSelf(new XElement(it.Element(Mdto + "isOnderdeelVan")!)));
        mutations["level of a dossier"] = Sidecar(OneObject, it => it.Element(Mdto + "aggregatieniveau")!.Element(Mdto + "begripLabel")!.Value = "Dossier");
        mutations["top of another level"] = Sidecar(Dossier, it => it.Element(Mdto + "aggregatieniveau")!.Element(Mdto + "begripLabel")!.Value = "Serie");
        mutations["child twice"] = Sidecar(Dossier, it => it.Elements(Mdto + "bevatOnderdeel").First().AddAfterSelf(new XElement(it.Elements(Mdto + "bevatOnderdeel").First())));
        mutations["child of no one"] = Sidecar(Dossier, it => it.Elements(Mdto + "bevatOnderdeel").First().Descendants(Mdto + "identificatieKenmerk").Single().Value = "niemand");
        mutations["same identification"] = Sidecar(OneObject, it => it.Element(Mdto + "identificatie")!.Element(Mdto + "identificatieKenmerk")!.Value = _number);
        mutations["two restrictions out of order"] = Sidecar(OneObject, it => it.AddFirst(new XElement(it.Element(Mdto + "beperkingGebruik")!)));
        mutations["two makers"] = Sidecar(OneObject, it => it.Element(Mdto + "archiefvormer")!.AddAfterSelf(new XElement(it.Element(Mdto + "archiefvormer")!)));
        mutations["two places"] = Sidecar(Dossier, it => it.Element(Mdto + "raadpleeglocatie")!.AddAfterSelf(new XElement(it.Element(Mdto + "raadpleeglocatie")!)));
        mutations["place of two kinds"] = Sidecar(Dossier, it => it.Element(Mdto + "raadpleeglocatie")!.Add(new XElement(Mdto + "raadpleeglocatieOnline", "https://waterlanden.example/")));
        mutations["empty name"] = Sidecar(OneObject, it => it.Element(Mdto + "naam")!.Value = "  ");
        mutations["attribute"] = Sidecar(OneObject, it => it.SetAttributeValue("soort", "x"));
        mutations["loose text"] = Sidecar(OneObject, it => it.AddFirst("tekst"));
        mutations["two objects"] = Sidecar(OneObject, it => it.AddAfterSelf(new XElement(it)));
        mutations["element of elsewhere"] = Sidecar(OneObject, it => it.Element(Mdto + "naam")!.Name = XName.Get("naam", "urn:elders"));
        mutations["date that is none"] = Sidecar(OneObject, it => it.Descendants(Mdto + "dekkingInTijdBegindatum").Single().Value = "2026-02-30");
        mutations["another namespace"] = Resealed(OneObject, text => text.Replace("https://www.nationaalarchief.nl/mdto\">", "https://www.nationaalarchief.nl/topx\">", StringComparison.Ordinal));
        mutations["no version"] = Resealed(OneObject, text => text.Replace("MDTO-XML1.0.1.xsd", "MDTO.xsd", StringComparison.Ordinal));
        mutations["unknown version"] = Resealed(OneObject, text => text.Replace("MDTO-XML1.0.1.xsd", "MDTO-XML9.xsd", StringComparison.Ordinal));
        mutations["document type"] = Resealed(OneObject, text => text.Replace("?>", "?><!DOCTYPE MDTO [<!ENTITY a \"b\">]>", StringComparison.Ordinal));
        mutations["not well-formed"] = Resealed(OneObject, text => text.Replace("</naam>", "</naem>", StringComparison.Ordinal));
        mutations["sidecars changed about"] = bag =>
        {
            Swap(bag, OneSidecar, OneObject);
            BagFixture.Reseal(bag);
        };
        mutations["sidecar of another folder"] = bag =>
        {
            File.Move(Path.Combine(bag, OneObject), Path.Combine(bag, OneFolder, "anders.MDTO.xml"));
            BagFixture.Reseal(bag);
        };
        mutations["thing moved to the top"] = bag =>
        {
            Directory.Move(Path.Combine(bag, OneFolder), Path.Combine(bag, "data", Path.GetFileName(OneFolder)));
            BagFixture.Reseal(bag);
        };
        mutations["file without its sidecar, resealed"] = bag => { Delete(bag, OneSidecar); BagFixture.Reseal(bag); };
        mutations["sidecar without its file, resealed"] = bag => { Delete(bag, One); BagFixture.Reseal(bag); };
        mutations["thing away, resealed"] = bag => { Directory.Delete(Path.Combine(bag, OneFolder), recursive: true); BagFixture.Reseal(bag); };
        if (!OperatingSystem.IsWindows())
        {
            mutations["link to a file of the system"] = bag => Link(bag, One, "/etc/hostname");
            mutations["link to the same bytes"] = bag =>
            {
                File.Copy(Path.Combine(bag, One), bag + ".buiten");
                Link(bag, One, bag + ".buiten");
            };
            mutations["link to a folder"] = bag => Directory.CreateSymbolicLink(Path.Combine(bag, "data", _number, "elders"), "/tmp");
        }

        await CheckAsync(mutations);
    }

    [Fact]
    public async Task Verify_AnyElementLeftOut_IsFoundByBothReadersUnlessItMayBeLeftOut()
    {
        var mutations = new Dictionary<string, Action<string>>(StringComparer.Ordinal);
        var allowed = new Dictionary<string, Action<string>>(StringComparer.Ordinal);
        foreach (var path in (string[])[Dossier, OneSidecar, OneObject, Of("-brief.pdf.bestand.MDTO.xml"), Of("-000.MDTO.xml")])
        {
            var elements = XDocument.Load(Path.Combine(_bags.At(Bag), path)).Root!.Elements().Single().Descendants().ToList();
            for (var i = 0; i < elements.Count; i++)
            {
                var at = i;
                // Many of a kind say the same: of each path one first and one last.
                if (elements[i].ElementsBeforeSelf(elements[i].Name).Any() && elements[i].ElementsAfterSelf(elements[i].Name).Any()) continue;
                // One of several events may go too: that something else happened is nobody's to know from the file alone.
                var isAllowed = MayBeLeftOut.Contains(elements[i].Name.LocalName) || (elements[i].Name.LocalName == "event" && elements[i].Parent!.Elements(Mdto + "event").Count() > 1)
                    || (elements[i].Name.LocalName == "taal" && path != Dossier);
                (isAllowed ? allowed : mutations)[$"{path} without {elements[i].Name.LocalName} ({i})"] = Sidecar(path, it => it.Descendants().ElementAt(at).Remove());
            }
        }

        mutations.Count.ShouldBeGreaterThan(100);
        await CheckAsync(mutations);
        await CheckAsync(allowed, isRight: true);
    }

    [Fact]
    public async Task Verify_SidecarsChangedAtRandom_BothReadersAgree()
    {
        var random = new Random(20261122);
        var paths = BagFixture.Files(_bags.At(Bag)).Where(path => path.EndsWith(".MDTO.xml", StringComparison.Ordinal)).ToList();
        var bags = new List<string>();
        for (var round = 0; round < 150; round++)
        {
            var bag = _bags.Copy(Bag, $"r{round}");
            var path = paths[random.Next(paths.Count)];
            Sidecar(path, it =>
            {
                var all = it.DescendantsAndSelf().ToList();
                var (one, other) = (all[random.Next(all.Count)], all[random.Next(all.Count)]);
                switch (random.Next(5))
                {
                    case 0 when one != it: one.Remove(); break;
                    case 1 when one != it: one.AddAfterSelf(new XElement(one)); break;
                    case 2: one.Name = other.Name; break;
                    case 3 when !one.HasElements: one.Value = other.HasElements ? "" : other.Value; break;
                    default: one.AddFirst(new XElement(other)); break;
                }
            })(bag);
            bags.Add(bag);
        }

        var python = await BagFixture.PythonAsync(bags);
        var apart = new List<string>();
        for (var i = 0; i < bags.Count; i++)
        {
            var problems = (await BagVerifier.VerifyAsync(bags[i], default)).Problems;
            if ((problems.Count == 0) != (python[i] is null)) apart.Add($"{bags[i]}: verifier [{string.Join("; ", problems)}], checker [{python[i]}]");
        }

        apart.ShouldBeEmpty();
        python.Count(verdict => verdict is not null).ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Verify_WhatIsNoBagAtAll_SaysSo()
    {
        Directory.CreateDirectory(_bags.At("leeg"));
        (await BagVerifier.VerifyAsync(_bags.At("leeg"), default)).Problems.Count.ShouldBeGreaterThan(3);
        File.WriteAllText(_bags.At("geen.zip"), "geen zip");
        (await BagVerifier.VerifyAsync(_bags.At("geen.zip"), default)).Problems.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Verify_PipeInAFolder_IsNotOpened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes in a folder are of Unix.");
        var bag = _bags.Copy(Bag, "pijp");
        using (var made = System.Diagnostics.Process.Start("mkfifo", Path.Combine(bag, OneFolder, "pijp"))) await made.WaitForExitAsync();
        (await BagVerifier.VerifyAsync(bag, default).AsTask().WaitAsync(TimeSpan.FromMinutes(1))).Problems.ShouldContain(problem => problem.Path.EndsWith("/pijp", StringComparison.Ordinal));
    }

    private async Task CheckAsync(Dictionary<string, Action<string>> mutations, bool isRight = false)
    {
        var names = mutations.Keys.ToList();
        var bags = new List<string>();
        foreach (var name in names)
        {
            var bag = _bags.Copy(Bag, $"{(isRight ? "goed" : "m")}{bags.Count}");
            mutations[name](bag);
            bags.Add(bag);
        }

        var wrong = new List<string>();
        var python = await BagFixture.PythonAsync(bags);
        for (var i = 0; i < names.Count; i++)
        {
            var problems = (await BagVerifier.VerifyAsync(bags[i], default)).Problems;
            if ((problems.Count == 0) != isRight) wrong.Add($"verifier: {names[i]}: {string.Join("; ", problems)}");
            if ((python[i] is null) != isRight) wrong.Add($"checker: {names[i]}: {python[i]}");
        }

        wrong.ShouldBeEmpty();
    }

    private string Of(string end) => BagFixture.Files(_bags.At(Bag)).Single(path => path.EndsWith(end, StringComparison.Ordinal));

    private static void Change(string bag, string path, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(Path.Combine(bag, path));
        change(bytes);
        File.WriteAllBytes(Path.Combine(bag, path), bytes);
    }

    private static void Edit(string bag, string path, Func<string, string> change)
    {
        var before = File.ReadAllText(Path.Combine(bag, path));
        var after = change(before);
        after.ShouldNotBe(before, path); // a change that changes nothing proves nothing
        File.WriteAllBytes(Path.Combine(bag, path), Encoding.UTF8.GetBytes(after));
    }

    private static Action<string> Resealed(string path, Func<string, string> change) => bag =>
    {
        Edit(bag, path, change);
        BagFixture.Reseal(bag);
    };

    private static Action<string> Sidecar(string path, Action<XElement> change) => bag =>
    {
        var xml = XDocument.Load(Path.Combine(bag, path));
        change(xml.Root!.Elements().First());
        File.WriteAllText(Path.Combine(bag, path), xml.ToString());
        BagFixture.Reseal(bag);
    };

    private static void Lines(string bag, string path, Action<List<string>> change)
    {
        var lines = File.ReadAllLines(Path.Combine(bag, path)).ToList();
        change(lines);
        File.WriteAllText(Path.Combine(bag, path), string.Concat(lines.Select(line => line + "\n")));
    }

    private static void Delete(string bag, params string[] paths)
    {
        foreach (var path in paths) File.Delete(Path.Combine(bag, path));
    }

    private static void Cut(string bag, string path)
    {
        var bytes = File.ReadAllBytes(Path.Combine(bag, path));
        File.WriteAllBytes(Path.Combine(bag, path), bytes[..^1]);
    }

    private static void Swap(string bag, string one, string other)
    {
        var (first, second) = (File.ReadAllBytes(Path.Combine(bag, one)), File.ReadAllBytes(Path.Combine(bag, other)));
        File.WriteAllBytes(Path.Combine(bag, one), second);
        File.WriteAllBytes(Path.Combine(bag, other), first);
    }

    private static void Link(string bag, string path, string to)
    {
        File.Delete(Path.Combine(bag, path));
        File.CreateSymbolicLink(Path.Combine(bag, path), to);
    }

    private static string Hash(string bag, string path) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(bag, path))));

    /// <summary>Adds a file with its own sidecar, known to its thing, and reseals: only its name is wrong.</summary>
    private void AddFile(string bag, string name)
    {
        var path = $"{OneFolder}/{name}";
        File.Copy(Path.Combine(bag, One), Path.Combine(bag, path));
        // The longest name of a file leaves no room for that of its sidecar.
        var xml = XDocument.Load(Path.Combine(bag, OneSidecar));
        var it = xml.Root!.Elements().Single();
        it.Element(Mdto + "naam")!.Value = name;
        it.Element(Mdto + "URLBestand")!.Value = path;
        it.Element(Mdto + "identificatie")!.Element(Mdto + "identificatieKenmerk")!.Value = name;
        File.WriteAllText(Path.Combine(bag, path + ".bestand.MDTO.xml"), xml.ToString());
        var thing = XDocument.Load(Path.Combine(bag, OneObject));
        var shown = thing.Root!.Descendants(Mdto + "heeftRepresentatie").First();
        var copy = new XElement(shown);
        copy.Element(Mdto + "verwijzingNaam")!.Value = name;
        copy.Descendants(Mdto + "identificatieKenmerk").Single().Value = name;
        shown.AddAfterSelf(copy);
        File.WriteAllText(Path.Combine(bag, OneObject), thing.ToString());
        BagFixture.Reseal(bag);
    }

    /// <summary>Writes the tag manifests anew and leaves the payload manifests as they are.</summary>
    private static void ResealTags(string bag)
    {
        foreach (var algorithm in (string[])["sha256", "sha512"])
        {
            File.WriteAllText(Path.Combine(bag, $"tagmanifest-{algorithm}.txt"), string.Concat(BagFixture.Files(bag)
                .Where(path => !path.StartsWith("data/", StringComparison.Ordinal) && !path.StartsWith("tagmanifest", StringComparison.Ordinal)).Select(path =>
                {
                    var bytes = File.ReadAllBytes(Path.Combine(bag, path));
                    return $"{Convert.ToHexStringLower(algorithm == "sha256" ? System.Security.Cryptography.SHA256.HashData(bytes) : System.Security.Cryptography.SHA512.HashData(bytes))}  {path}\n";
                })));
        }
    }
}
