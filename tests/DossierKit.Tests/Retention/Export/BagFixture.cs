using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Tests.Dossiers;

namespace DossierKit.Tests.Retention.Export;

/// <summary>A vault, a folder to write bags in, and what is done with bags.</summary>
internal sealed class BagFixture : IAsyncDisposable
{
    private BagFixture(RegisterFixture vault) => Vault = vault;

    public RegisterFixture Vault { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("dossierkit-bag-").FullName;

    public static async Task<BagFixture> CreateAsync() => new(await RegisterFixture.CreateAsync());

    /// <summary>A PDF of nothing, for tests that are about something else.</summary>
    public static PdfMaker NoPdf { get; } = (_, _) => new(Outcome<ReadOnlyMemory<byte>>.Done("%PDF-1.7\n%%EOF\n"u8.ToArray()));

    public string At(string name) => Path.Combine(Folder, name);

    public async Task<ExportReport> ExportAsync(OpenDossier dossier, string name, params Compartment[] with)
    {
        var made = await DossierExport.WriteAsync(dossier, new ExportRequest { With = with, Pdf = NoPdf }, FolderBag.Begin(At(name)).Value, Vault.Clock, default);
        made.Refusals.ShouldBeEmpty();
        return made.Value;
    }

    /// <summary>A copy of a bag.</summary>
    public string Copy(string bag, string name)
    {
        foreach (var file in Directory.EnumerateFiles(At(bag), "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(At(name), Path.GetRelativePath(At(bag), file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return At(name);
    }

    /// <summary>Writes the manifests of a bag anew, so that only what is in its files can betray it.</summary>
    public static void Reseal(string bag)
    {
        var payload = Files(bag).Where(path => path.StartsWith("data/", StringComparison.Ordinal)).ToList();
        var info = Path.Combine(bag, "bag-info.txt");
        var oxum = $"Payload-Oxum: {payload.Sum(path => new FileInfo(Path.Combine(bag, path)).Length)}.{payload.Count}";
        File.WriteAllText(info, string.Concat(File.ReadAllLines(info).Select(line => (line.StartsWith("Payload-Oxum", StringComparison.Ordinal) ? oxum : line) + "\n")));
        foreach (var algorithm in (string[])["sha256", "sha512"])
        {
            Manifest($"manifest-{algorithm}.txt", payload, algorithm);
        }

        foreach (var algorithm in (string[])["sha256", "sha512"])
        {
            Manifest($"tagmanifest-{algorithm}.txt", Files(bag).Where(path => !path.StartsWith("data/", StringComparison.Ordinal) && !path.StartsWith("tagmanifest", StringComparison.Ordinal)), algorithm);
        }

        void Manifest(string name, IEnumerable<string> paths, string algorithm) => File.WriteAllText(Path.Combine(bag, name), string.Concat(paths.Select(path =>
        {
            var bytes = File.ReadAllBytes(Path.Combine(bag, path));
            return $"{Convert.ToHexStringLower(algorithm == "sha256" ? SHA256.HashData(bytes) : SHA512.HashData(bytes))}  {path}\n";
        })));
    }

    /// <summary>The files of a bag, relative, in order.</summary>
    public static IReadOnlyList<string> Files(string bag)
        => [.. Directory.EnumerateFiles(bag, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(bag, path).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal)];

    /// <summary>What the checker in Python says of each bag: <see langword="null"/> when it is right, else its problems.</summary>
    public static async Task<IReadOnlyList<string?>> PythonAsync(params IReadOnlyList<string> bags)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Retention", "Export", "bag_checker.py"));
        foreach (var bag in bags) start.ArgumentList.Add(bag);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no python3 on this machine.");
            throw;
        }

        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            var answer = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            (await errors).ShouldBe("");
            var verdicts = new List<string?>();
            foreach (var line in answer.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.StartsWith("OK ", StringComparison.Ordinal)) verdicts.Add(null);
                else if (line.StartsWith("WRONG ", StringComparison.Ordinal)) verdicts.Add("");
                else verdicts[^1] += line + "\n";
            }

            verdicts.Count.ShouldBe(bags.Count, answer);
            return verdicts;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
