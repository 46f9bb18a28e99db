using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DossierKit.Retention;

/// <summary>Something wrong with a bag.</summary>
/// <param name="Path">Where, in the bag; empty for the bag as a whole.</param>
/// <param name="Text">What is wrong, Dutch.</param>
public sealed record BagProblem(string Path, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Text : $"{Path}: {Text}";
}

/// <summary>What was found in a bag.</summary>
/// <param name="Problems">Everything that is wrong; empty when the bag is whole and right. After 1,000 the check stops, and the first says so.</param>
/// <param name="Files">How many files lie under <c>data/</c>.</param>
/// <param name="Bytes">Their length together.</param>
/// <param name="Dossier">The number of the dossier in it; <see langword="null"/> when there is not exactly one.</param>
/// <param name="Sha256">SHA-256 of <c>tagmanifest-sha256.txt</c>, as the export told it; <see langword="null"/> when there is none.</param>
public sealed record BagReport(IReadOnlyList<BagProblem> Problems, int Files, long Bytes, string? Dossier, string? Sha256)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsValid => Problems.Count == 0;
}

/// <summary>
/// Checks a bag without a vault and without schemas: whole and unchanged by RFC 8493, safe to unpack anywhere, and MDTO that fits what lies there: one parent each, a sidecar for
/// every folder and file, sizes and hashes of the files themselves. Everything that is wrong is told at once, up to a number; what is larger than any export is not looked into (<see cref="BagLimits"/>).
/// </summary>
public static class BagVerifier
{
    private static readonly string[] Known = ["sha256", "sha512"];

    /// <summary>Checks a bag.</summary>
    /// <param name="path">A folder, or a zip.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="IOException">Something could not be read.</exception>
    public static async ValueTask<BagReport> VerifyAsync(string path, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Directory.Exists(path)) return await VerifyAsync(BagFiles.OpenRead(path), ct);
        try
        {
            await using var folder = new FolderBagSource(path);
            return await new Run(folder).VerifyAsync(ct);
        }
        catch (BagTooLargeException large)
        {
            return Wrong(large.Text);
        }
    }

    /// <summary>Checks a bag in one zip.</summary>
    /// <param name="zip">The zip, seekable; disposed.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="IOException">Something could not be read.</exception>
    public static async ValueTask<BagReport> VerifyAsync(Stream zip, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(zip);
        await using var content = zip;
        try
        {
            await using var source = await ZipBagSource.OpenAsync(zip, ct);
            return await new Run(source).VerifyAsync(ct);
        }
        catch (ZipNamesException)
        {
            return Wrong("Deze zip beschrijft zijn bestanden op twee plaatsen verschillend, of bevat iets dat niet in zijn lijst staat. Wie hem uitpakt, kan iets anders krijgen dan hier is nagekeken.");
        }
        catch (BagTooLargeException large)
        {
            return Wrong(large.Text);
        }
        catch (InvalidDataException)
        {
            return Wrong("Dit is geen map en geen zip, of de zip is afgebroken of beschadigd.");
        }
    }

    /// <summary>What is wrong with a bag that was not looked into.</summary>
    private static BagReport Wrong(string text) => new([new BagProblem("", text)], 0, 0, null, null);

    private sealed class Run(BagSource source)
    {
        private readonly BagProblems _problems = new();
        private readonly Dictionary<string, BagEntry> _files = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (string Sha256, string Sha512)> _hashes = new(StringComparer.Ordinal);

        public async ValueTask<BagReport> VerifyAsync(CancellationToken ct)
        {
            try
            {
                await CheckAsync(ct);
            }
            catch (BagStoppedException)
            {
                // The problems say so.
            }

            var payload = Payload();
            var dossier = source.Entries.Where(entry => entry.Kind == BagEntryKind.Folder && entry.Path.Count('/') == 1 && entry.Path.StartsWith("data/", StringComparison.Ordinal)).Select(entry => entry.Path[5..]).ToList();
            return new BagReport(_problems.Said, payload.Count, payload.Sum(file => file.Length), dossier is [var only] ? only : null, _hashes.TryGetValue("tagmanifest-sha256.txt", out var hash) ? hash.Sha256 : null);
        }

        private async ValueTask CheckAsync(CancellationToken ct)
        {
            Look(ct);
            foreach (var path in _files.Keys.Order(StringComparer.Ordinal)) await HashAsync(path, ct);
            await DeclarationAsync(ct);
            await ManifestsAsync("manifest-", path => path.StartsWith("data/", StringComparison.Ordinal), "payload", ct);
            await ManifestsAsync("tagmanifest-", path => !path.StartsWith("data/", StringComparison.Ordinal) && path is not ("tagmanifest-sha256.txt" or "tagmanifest-sha512.txt"), "tagbestanden", ct);
            await InfoAsync(ct);
            await new MdtoStructure(source, _problems, Payload(), path => _hashes[path].Sha256).CheckAsync(ct);
        }

        private List<BagEntry> Payload() => [.. _files.Values.Where(file => file.Path.StartsWith("data/", StringComparison.Ordinal))];

        private void Look(CancellationToken ct)
        {
            var folded = new Dictionary<string, string>(StringComparer.Ordinal);
            var filled = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in source.Entries)
            {
                for (var at = entry.Path.LastIndexOf('/'); at > 0 && filled.Add(entry.Path[..at]); at = entry.Path.LastIndexOf('/', at - 1)) ct.ThrowIfCancellationRequested();
            }

            foreach (var entry in source.Entries)
            {
                ct.ThrowIfCancellationRequested();
                if (BagPath.Problem(entry.Path) is { } problem) Say(entry.Path, $"Deze naam is niet veilig: {problem}.");
                if (entry.Kind == BagEntryKind.Other) Say(entry.Path, "Dit is een verwijzing, een dubbele naam of iets anders dan een bestand. Het is niet geopend.");
                if (folded.TryGetValue(BagPath.Folded(entry.Path), out var other) && other != entry.Path) Say(entry.Path, $"Deze naam is op sommige systemen dezelfde als {other}.");
                folded[BagPath.Folded(entry.Path)] = entry.Path;
                if (entry.Kind == BagEntryKind.File) _files[entry.Path] = entry;
                if (entry.Kind == BagEntryKind.Folder && !filled.Contains(entry.Path)) Say(entry.Path, "Deze map is leeg.");
            }

            if (_files.ContainsKey(FolderBag.Unfinished)) Say(FolderBag.Unfinished, "Deze export is niet afgemaakt. Verwijder hem en maak hem opnieuw.");
            if (_files.ContainsKey("fetch.txt")) Say("fetch.txt", "Deze bag wil bestanden van elders ophalen. Dat gebeurt niet.");
        }

        private async ValueTask HashAsync(string path, CancellationToken ct)
        {
            using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
            await using var content = await source.OpenAsync(path, ct);
            var buffer = new byte[1 << 17];
            var length = 0L;
            while (await content.ReadAsync(buffer, ct) is > 0 and var read)
            {
                length += read;
                sha256.AppendData(buffer, 0, read);
                sha512.AppendData(buffer, 0, read);
            }

            // A zip tells the length of what it holds, and can tell another.
            if (length != _files[path].Length) Say(path, "Dit bestand is langer of korter dan de zip zegt.");
            _hashes[path] = (Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(sha512.GetHashAndReset()));
        }

        private async ValueTask DeclarationAsync(CancellationToken ct)
        {
            if (await TextAsync("bagit.txt", ct) is not { } text) return;
            if (text.ReplaceLineEndings("\n") is not (BagWriter.Declaration or "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"))
                Say("bagit.txt", "Hier staat niet de versie van BagIt (1.0) en de codering UTF-8, en niets anders.");
        }

        /// <summary>Every manifest of a kind names every file of its kind once, with its hash.</summary>
        private async ValueTask ManifestsAsync(string prefix, Func<string, bool> isOfKind, string kind, CancellationToken ct)
        {
            var manifests = _files.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal) && path.EndsWith(".txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
            if (!manifests.Exists(path => Known.Contains(path[prefix.Length..^4]))) Say("", $"Er is geen lijst van {kind} met SHA-256 of SHA-512 ({prefix}sha256.txt).");
            foreach (var manifest in manifests)
            {
                var algorithm = manifest[prefix.Length..^4];
                if (!Known.Contains(algorithm)) Say(manifest, "Deze soort controlegetal wordt niet nagekeken.");
                else if (_files[manifest].Length > BagLimits.LargestManifest) Say(manifest, "Dit bestand is te groot.");
                else await CheckManifestAsync(manifest, algorithm, isOfKind, ct);
            }
        }

        private async ValueTask CheckManifestAsync(string manifest, string algorithm, Func<string, bool> isOfKind, CancellationToken ct)
        {
            var named = new HashSet<string>(StringComparer.Ordinal);
            var folded = new HashSet<string>(StringComparer.Ordinal);
            try
            {
                var number = 0;
                await using var content = await source.OpenAsync(manifest, ct);
                await foreach (var line in BagLines.ReadAsync(content, ct)) CheckLine(line, ++number);
            }
            catch (DecoderFallbackException)
            {
                Say(manifest, "Dit bestand is geen UTF-8.");
                return;
            }

            foreach (var path in _files.Keys.Where(isOfKind).Where(path => !named.Contains(path)).Order(StringComparer.Ordinal)) Say(path, $"Dit bestand staat niet in {manifest}.");

            void CheckLine(string? line, int number)
            {
                if (number == 1 && line is ['\uFEFF', .. var rest])
                {
                    Say(manifest, "Dit bestand begint met een BOM; UTF-8 in een bag heeft die niet.");
                    line = rest;
                }

                var where = string.Create(CultureInfo.InvariantCulture, $"regel {number}");
                var gap = line.AsSpan().IndexOfAny(' ', '\t');
                var hash = gap < 0 ? "" : line![..gap];
                var path = gap < 0 ? "" : Decoded(line![gap..].TrimStart(' ', '\t'));
                if (hash.Length != (algorithm == "sha256" ? 64 : 128) || !hash.All(char.IsAsciiHexDigit) || path.Length == 0)
                {
                    Say(manifest, $"{where} is geen controlegetal met een pad.");
                    return;
                }

                if (path.StartsWith('*')) path = path[1..];
                if (BagPath.Problem(path) is { } problem) Say(manifest, $"{where}: {problem}.");
                else if (!isOfKind(path)) Say(manifest, $"{where} noemt een bestand dat niet in deze lijst hoort.");
                else if (!named.Add(path) || !folded.Add(BagPath.Folded(path))) Say(manifest, $"{where} noemt {path} nog een keer.");
                else if (!_files.ContainsKey(path)) Say(path, $"Dit bestand staat in {manifest} en ligt er niet.");
                else if (!string.Equals(hash, algorithm == "sha256" ? _hashes[path].Sha256 : _hashes[path].Sha512, StringComparison.OrdinalIgnoreCase)) Say(path, $"De inhoud is niet die van {manifest}: het bestand of de lijst is veranderd.");
            }
        }

        private async ValueTask InfoAsync(CancellationToken ct)
        {
            if (await TextAsync("bag-info.txt", ct) is not { } text) return;
            var oxums = text.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("Payload-Oxum:", StringComparison.OrdinalIgnoreCase)).Select(line => line["Payload-Oxum:".Length..].Trim()).ToList();
            var payload = Payload();
            if (oxums is not [var oxum] || oxum != string.Create(CultureInfo.InvariantCulture, $"{payload.Sum(file => file.Length)}.{payload.Count}"))
                Say("bag-info.txt", "Het aantal bytes en bestanden (Payload-Oxum) is niet dat van wat er ligt.");
            foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Where(line => line.Length > 0 && line[0] is not (' ' or '\t')))
            {
                if (line.IndexOf(':', StringComparison.Ordinal) <= 0) Say("bag-info.txt", "Een regel heeft niet de vorm 'Naam: waarde'.");
            }
        }

        private async ValueTask<string?> TextAsync(string path, CancellationToken ct)
        {
            if (!_files.TryGetValue(path, out var file))
            {
                Say(path, "Dit bestand hoort in een bag en ligt er niet.");
                return null;
            }

            if (file.Length > BagLimits.LargestText)
            {
                Say(path, "Dit bestand is te groot.");
                return null;
            }

            await using var content = await source.OpenAsync(path, ct);
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, ct);
            try
            {
                var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
                if (!text.StartsWith('\uFEFF')) return text;
                Say(path, "Dit bestand begint met een BOM; UTF-8 in een bag heeft die niet.");
                return text[1..];
            }
            catch (DecoderFallbackException)
            {
                Say(path, "Dit bestand is geen UTF-8.");
                return null;
            }
        }

        /// <summary>RFC 8493 (2.1.3): only line ends and '%' are written another way.</summary>
        private static string Decoded(string path)
            => path.Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase).Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase).Replace("%25", "%", StringComparison.Ordinal);

        private void Say(string path, string text) => _problems.Say(path, text);
    }
}
