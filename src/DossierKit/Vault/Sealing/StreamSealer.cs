using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>Seals content of unknown length batch by batch; while one batch is written, the next is read and encrypted.</summary>
internal sealed class StreamSealer : IDisposable
{
    private readonly UnitCipher _cipher;
    private readonly ObjectWriter _target;
    private readonly byte[] _plain = ArrayPool<byte>.Shared.Rent(SealedLayout.BatchSize);
    private readonly byte[][] _sealed = new byte[2][];
    private long _unit;
    private int _turn;
    private Task _writing = Task.CompletedTask;

    private StreamSealer(UnitCipher cipher, ObjectWriter target)
    {
        _cipher = cipher;
        _target = target;
    }

    /// <inheritdoc cref="SealedStream.SealAsync"/>
    public static async ValueTask<long> SealAsync(
        SealContext context, ReadOnlyMemory<byte> key, Stream content, long maxContent, ObjectWriter target, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxContent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxContent, SealedLayout.MaxContent);

        var header = new byte[SealedStream.HeaderSize];
        using var sealer = new StreamSealer(SealedHeader.Create(context, key.Span, header), target);
        try
        {
            await target.WriteAsync(header, ct);
            return await sealer.RunAsync(content, maxContent, ct);
        }
        finally
        {
            // The buffers go back to the pool: nothing may still be writing from them.
            await sealer._writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_plain);
        ArrayPool<byte>.Shared.Return(_plain);
        foreach (var buffer in _sealed)
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<long> RunAsync(Stream content, long maxContent, CancellationToken ct)
    {
        long taken = 0;
        int inBatch;
        while (true)
        {
            var wanted = (int)Math.Min(SealedLayout.BatchSize, maxContent - taken);
            inBatch = await content.ReadAtLeastAsync(_plain.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, ct);
            taken += inBatch;
            if (inBatch < SealedLayout.BatchSize) break;

            // Whole units of content are never final: the trailer is still to come.
            await SealBatchAsync(SealedLayout.BatchSize, final: false, last: false, ct);
        }

        // The end: what is left of the content, zeros up to a Padmé size, and the content's length.
        var left = SealedLayout.ForContent(taken).Plain - (taken - inBatch);
        while (left > 0)
        {
            var size = (int)Math.Min(SealedLayout.BatchSize, left);
            left -= size;
            _plain.AsSpan(inBatch, size - inBatch).Clear();
            if (left == 0) BinaryPrimitives.WriteInt64BigEndian(_plain.AsSpan(size - SealedLayout.TrailerSize), taken);
            await SealBatchAsync(size, final: left == 0, last: taken < maxContent, ct);
            inBatch = 0;
        }

        await _writing;
        return taken;
    }

    private async ValueTask SealBatchAsync(int size, bool final, bool last, CancellationToken ct)
    {
        var buffer = _sealed[_turn] ??= ArrayPool<byte>.Shared.Rent(SealedLayout.SealedBatchSize);
        _turn ^= 1;
        var written = 0;
        for (var start = 0; start < size; start += SealedLayout.UnitSize)
        {
            var plain = _plain.AsSpan(start, Math.Min(SealedLayout.UnitSize, size - start));
            _cipher.Seal(_unit++, final && start + plain.Length == size, last, plain, buffer.AsSpan(written));
            written += plain.Length + SealedLayout.TagSize;
        }

        await _writing;
        var bytes = buffer.AsMemory(0, written);

        // One batch alone is written in place: no thread is worth a small object.
        if (final && _unit <= SealedLayout.UnitsPerBatch) await _target.WriteAsync(bytes, ct);
        else _writing = Task.Run(async () => await _target.WriteAsync(bytes, ct), CancellationToken.None);
    }
}
