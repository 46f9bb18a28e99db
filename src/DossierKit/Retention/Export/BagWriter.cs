using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DossierKit.Retention;

/// <summary>What a file of the bag turned out to be while it was written.</summary>
internal sealed record BagFile(string Path, long Length, string Sha256, string Sha512, ReadOnlyMemory<byte> Head);

/// <summary>
/// A bag by RFC 8493, version 1.0: payload under <c>data/</c>, a manifest of it, <c>bag-info.txt</c>, and a manifest of those; SHA-256 and SHA-512 of each in one pass.
/// </summary>
internal sealed class BagWriter(IBagTarget target)
{
    public const string Declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

    private readonly List<BagFile> _payload = [];
    private readonly List<BagFile> _tags = [];

    /// <summary>What was written under <c>data/</c> so far.</summary>
    public IReadOnlyList<BagFile> Payload => _payload;

    /// <summary>Adds a file under <c>data/</c>.</summary>
    public async ValueTask<BagFile> AddAsync(string path, Stream content, CancellationToken ct)
    {
        var file = await WriteAsync($"data/{path}", content, ct);
        _payload.Add(file);
        return file;
    }

    public async ValueTask<BagFile> AddAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        using var bytes = new MemoryStream(content.ToArray(), writable: false);
        return await AddAsync(path, bytes, ct);
    }

    /// <summary>Writes what makes it a bag, and says that it is whole.</summary>
    /// <param name="info">The lines of <c>bag-info.txt</c>; size and count are added.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>SHA-256 of <c>tagmanifest-sha256.txt</c>: it stands for every byte of the bag.</returns>
    public async ValueTask<string> CompleteAsync(IReadOnlyList<(string Label, string Value)> info, CancellationToken ct)
    {
        var oxum = string.Create(CultureInfo.InvariantCulture, $"{_payload.Sum(file => file.Length)}.{_payload.Count}");
        await TagAsync("bagit.txt", Declaration, ct);
        await TagAsync("bag-info.txt", string.Concat(info.Append(("Payload-Oxum", oxum)).Select(line => $"{line.Item1}: {OneLine(line.Item2)}\n")), ct);
        await TagAsync("manifest-sha256.txt", Manifest(_payload, file => file.Sha256), ct);
        await TagAsync("manifest-sha512.txt", Manifest(_payload, file => file.Sha512), ct);
        var tags = _tags.ToList();
        await TagAsync("tagmanifest-sha512.txt", Manifest(tags, file => file.Sha512), ct);
        var last = await TagAsync("tagmanifest-sha256.txt", Manifest(tags, file => file.Sha256), ct);
        await target.CompleteAsync(ct);
        return last.Sha256;
    }

    private static string Manifest(IEnumerable<BagFile> files, Func<BagFile, string> hash)
        => string.Concat(files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{hash(file)}  {file.Path}\n"));

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async ValueTask<BagFile> TagAsync(string path, string text, CancellationToken ct)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
        var file = await WriteAsync(path, bytes, ct);
        _tags.Add(file);
        return file;
    }

    private async ValueTask<BagFile> WriteAsync(string path, Stream content, CancellationToken ct)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        var (length, head) = (0L, Array.Empty<byte>());
        await target.WriteAsync(path, async (output, token) =>
        {
            var buffer = new byte[1 << 17];
            while (await content.ReadAsync(buffer, token) is > 0 and var read)
            {
                if (head.Length < MediaType.Head) head = [.. head, .. buffer.AsSpan(0, Math.Min(read, MediaType.Head - head.Length))];
                sha256.AppendData(buffer, 0, read);
                sha512.AppendData(buffer, 0, read);
                await output.WriteAsync(buffer.AsMemory(0, read), token);
                length += read;
            }
        }, ct);
        return new BagFile(path, length, Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(sha512.GetHashAndReset()), head);
    }
}
