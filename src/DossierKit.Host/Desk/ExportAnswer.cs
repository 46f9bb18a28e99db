using System.Buffers;

using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Retention;

using Microsoft.Net.Http.Headers;

namespace DossierKit.Host;

/// <summary>What came of taking a dossier out, told to who did so: a download is over before a page can say anything about it.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Report">What went out; <see langword="null"/> when it was not finished.</param>
/// <param name="Refusals">Why it was not finished; empty when it was, and when the connection broke off.</param>
public sealed record ExportTold(DateTimeOffset At, ExportReport? Report, IReadOnlyList<Refusal> Refusals);

/// <summary>What somebody asks of an export.</summary>
/// <param name="With">Compartments besides the whole dossier: melder, or none.</param>
/// <param name="WithSound">Whether sound goes along that was not filed as a recording.</param>
/// <param name="WithPdf">Whether a PDF is made of documents that have none.</param>
internal sealed record ExportWish(IReadOnlyList<Compartment> With, bool WithSound, bool WithPdf)
{
    /// <summary>The same for the library, with the selectielijst in use.</summary>
    public async ValueTask<ExportRequest> RequestAsync(DossierRegister register, CancellationToken ct) => new()
    {
        With = With,
        WithSound = WithSound,
        List = (await SelectielijstLibrary.LoadAsync(register, ct)).InUse,
        Pdf = WithPdf ? PdfConversion.ConvertAsync : null,
    };
}

/// <summary>
/// A whole dossier as an answer: a bag in a zip, straight from the seal to the connection; nothing of it lies on a disk here. The library logs it before the first byte and each file as it
/// is taken, so that what was logged is true wherever it breaks off. What breaks off has no directory at its end and a connection that was cut: no reader takes it for a bag. That it is finished
/// is logged when the last byte was given to the connection.
/// </summary>
internal sealed class ExportAnswer(AtDossier at, ExportRequest request) : IResult
{
    public async Task ExecuteAsync(HttpContext http)
    {
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        var (desk, number, ct) = (at.Visitor.Desk, at.Dossier.Number, http.RequestAborted);
        await using var output = new BeginsWhenWritten(http, $"{number}.zip");
        Outcome<ExportReport> made;
        try
        {
            await using var zip = await ZipBag.BeginAsync(output, number.Value, clock.GetUtcNow(), ct);
            made = await DossierExport.WriteAsync(at.Dossier, request, zip, clock, ct);
        }
        catch (Exception failure) when (http.Response.HasStarted || ct.IsCancellationRequested)
        {
            desk.Exports[number] = new(clock.GetUtcNow(), null, []);
            if (!ct.IsCancellationRequested) http.RequestServices.GetRequiredService<FailureLog>().Write(http, failure);
            http.Abort();
            return;
        }

        desk.Exports[number] = made.IsDone ? new(clock.GetUtcNow(), made.Value, []) : new(clock.GetUtcNow(), null, made.Refusals);
        if (made.IsDone) return;
        if (http.Response.HasStarted) http.Abort();
        else await Problems.Of(made.Refusals, made.Refusals[0].Cause == RefusalCause.NotThere ? StatusCodes.Status404NotFound : null).ExecuteAsync(http);
    }

    /// <summary>
    /// The body of the answer. Only with its first byte is it a file to keep: what is refused before that is an answer like any other. The zip writes what stands around a file without waiting
    /// (some hundred bytes each), which this server does not allow: that waits here for the next content, or for the end.
    /// </summary>
    private sealed class BeginsWhenWritten(HttpContext http, string name) : Stream
    {
        private readonly ArrayBufferWriter<byte> _waiting = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException("The length of what is being made is not known.");

        public override long Position { get => throw WrittenOnce(); set => throw WrittenOnce(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await SendWaitingAsync(cancellationToken);
            if (buffer.Length > 0) await SendAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            await SendWaitingAsync(cancellationToken);
            if (http.Response.HasStarted) await http.Response.Body.FlushAsync(cancellationToken);
        }

        public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("This stream is written.");

        public override long Seek(long offset, SeekOrigin origin) => throw WrittenOnce();

        public override void SetLength(long value) => throw WrittenOnce();

        private async ValueTask SendWaitingAsync(CancellationToken ct)
        {
            if (_waiting.WrittenCount == 0) return;
            await SendAsync(_waiting.WrittenMemory, ct);
            _waiting.ResetWrittenCount();
        }

        private ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
        {
            if (!http.Response.HasStarted && http.Response.ContentType is null)
            {
                var disposition = new ContentDispositionHeaderValue("attachment");
                disposition.SetHttpFileName(name);
                http.Response.ContentType = "application/zip";
                http.Response.Headers.ContentDisposition = disposition.ToString();
            }

            return http.Response.Body.WriteAsync(bytes, ct);
        }

        private static NotSupportedException WrittenOnce() => new("What goes to a browser is written once.");
    }
}
