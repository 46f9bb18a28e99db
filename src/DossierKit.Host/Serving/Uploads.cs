using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

using DossierKit.Host.SignIn;

using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DossierKit.Host.Serving;

/// <summary>A file on its way in. Its content is read once, straight from the connection, before the next one is asked for.</summary>
/// <param name="FileName">Its own name, cleaned; <c>bestand</c> when it had none.</param>
/// <param name="Fields">What was said about it: form fields that came before it.</param>
/// <param name="Content">The bytes as they arrive; nothing of them was or will be put on a disk in clear.</param>
internal sealed record Upload(string FileName, IReadOnlyDictionary<string, string> Fields, Stream Content)
{
    /// <summary>Never the name.</summary>
    public override string ToString() => nameof(Upload);
}

/// <summary>An upload that cannot be taken, with the HTTP status that says so.</summary>
internal sealed class UploadException(int status, Refusal refusal, Exception? inner = null) : Exception("Refused.", inner)
{
    public int Status { get; } = status;

    public Refusal Refusal { get; } = refusal;
}

/// <summary>
/// Files as they come over the wire. The framework's own forms (<c>IFormFile</c>) put a file on disk in clear before anyone sees it; here the parts are read one by one, and the
/// content goes from the connection into the seal. A form says who sends it and what it is about before its files: of a request that may not be, no byte of content is read.
/// </summary>
internal static class Uploads
{
    /// <summary>The most fields before a file, and the most characters in one.</summary>
    public const int MaxFields = 20, MaxFieldLength = 4_000;

    /// <summary>The most files in one request.</summary>
    public const int MaxFiles = 50;

    // Room for boundaries and fields beside the content.
    private const int Overhead = 1 << 20;
    private const int Buffer = 1 << 16;
    private const string SendForm = "Stuur een formulier (multipart/form-data) met eerst de velden en dan het bestand.";

    /// <summary>The files of a form, one at a time. The route carries <see cref="ReadsOwnBody"/>: the form token is checked here, in its field, unless it came in the header.</summary>
    /// <param name="http">The request.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="UploadException">The request is not one that can be taken; also thrown while content is read.</exception>
    public static async IAsyncEnumerable<Upload> ReadFormAsync(HttpContext http, [EnumeratorCancellation] CancellationToken ct)
    {
        var reader = new MultipartReader(BoundaryOf(http.Request), Prepare(http), Buffer) { HeadersCountLimit = 8, HeadersLengthLimit = 8 << 10, BodyLengthLimit = LimitOf(http) };
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = 0;
        while (await NextAsync(reader, ct) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name) is not { Length: > 0 and <= 100 } name)
                throw Bad("Een onderdeel van dit formulier heeft geen naam.", SendForm);
            // Multipart within multipart is how one request becomes thousands.
            if (part.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true) throw Bad("Een onderdeel van dit formulier bestaat zelf weer uit onderdelen.", SendForm);
            var fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName);
            if (!fileName.HasValue)
            {
                if (files > 0) throw Bad("Na een bestand volgt nog een veld.", SendForm);
                if (fields.Count == MaxFields) throw Bad($"Dit formulier heeft meer dan {MaxFields} velden.", SendForm);
                if (!fields.TryAdd(name.ToString(), await FieldAsync(part.Body, ct))) throw Bad("Een veld staat er twee keer.", SendForm);
                continue;
            }

            if (files == 0) CheckToken(http, fields);
            var content = new ArrivingContent(part.Body, LimitOf(http));
            // What a browser sends for a file that nobody chose: no name, no bytes.
            if (fileName.Length == 0 && await content.IsEmptyAsync(ct)) continue;
            if (++files > MaxFiles) throw Bad(string.Create(CultureInfo.InvariantCulture, $"Dit zijn meer dan {MaxFiles} bestanden in één keer."), "Stuur ze in delen.");
            yield return new Upload(FileNames.Clean(fileName.ToString()), fields, content);
            await content.FinishAsync(ct);
        }

        if (files == 0)
        {
            CheckToken(http, fields);
            throw Bad("Er is geen bestand gekozen.", "Kies een bestand en probeer het opnieuw.");
        }
    }

    /// <summary>The one file that is the body of a request; its name and fields stand elsewhere. The form token came in the header, or the request came with a token of its own.</summary>
    /// <param name="http">The request.</param>
    /// <param name="fileName">The name as given.</param>
    /// <param name="fields">What was said about it.</param>
    /// <exception cref="UploadException">The request is not one that can be taken; also thrown while content is read.</exception>
    public static Upload ReadBody(HttpContext http, string? fileName, IReadOnlyDictionary<string, string> fields)
    {
        CheckToken(http, fields);
        return new Upload(FileNames.Clean(fileName), fields, new ArrivingContent(Prepare(http), LimitOf(http)));
    }

    private static long LimitOf(HttpContext http) => http.RequestServices.GetRequiredService<HostSettings>().MaxUpload;

    private static Stream Prepare(HttpContext http)
    {
        // Whoever compresses can send a gigabyte in a kilobyte; and what is evidence is kept as it was.
        if (http.Request.Headers.ContentEncoding.Count > 0)
        {
            throw new UploadException(StatusCodes.Status415UnsupportedMediaType, new("Een gecomprimeerde aanvraag wordt niet aangenomen.", "De header Content-Encoding is gezet.", "Stuur het bestand zoals het is."));
        }

        var limit = LimitOf(http);
        if (http.Request.ContentLength > limit + Overhead) throw TooLarge(limit);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit + Overhead;
        return http.Request.Body;
    }

    private static string BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new UploadException(StatusCodes.Status415UnsupportedMediaType, new("Dit is geen formulier met een bestand.", "De header Content-Type zegt iets anders dan multipart/form-data.", SendForm));
        return HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 70 } boundary ? boundary.ToString() : throw Bad("Dit formulier heeft geen goede scheiding tussen de onderdelen.", SendForm);
    }

    private static void CheckToken(HttpContext http, IReadOnlyDictionary<string, string> fields)
    {
        // The header was checked before the route was reached; a token of its own needs none.
        if (http.Features.Get<TokenVisit>() is not null || http.Request.Headers[SameSite.Header].ToString().Length > 0) return;
        if (http.VisitorOrNull() is { } visitor && SameSite.Matches(visitor, fields.GetValueOrDefault(SameSite.Field))) return;
        throw new UploadException(StatusCodes.Status403Forbidden, new("Dit formulier kwam niet van een pagina van dit programma.", "Het geheime veld van de pagina ontbreekt of klopt niet.", "Open de pagina opnieuw en vul het formulier daar in."));
    }

    private static async ValueTask<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadNextSectionAsync(ct);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Broken(broken);
        }
    }

    private static async ValueTask<string> FieldAsync(Stream body, CancellationToken ct)
    {
        var buffer = new byte[(MaxFieldLength * 3) + 1];
        var content = new ArrivingContent(body, buffer.Length - 1);
        try
        {
            var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer, 0, length);
            if (text.Length <= MaxFieldLength) return text;
        }
        catch (UploadException tooLong) when (tooLong.Status == StatusCodes.Status413PayloadTooLarge)
        {
            // Told below: it is the field that is too long, not the file.
        }
        catch (DecoderFallbackException)
        {
            throw Bad("Een veld van dit formulier bevat tekens die geen UTF-8 zijn.", SendForm);
        }

        throw Bad(string.Create(CultureInfo.InvariantCulture, $"Een veld van dit formulier heeft meer dan {MaxFieldLength} tekens."), SendForm);
    }

    private static UploadException Bad(string what, string whatNow) => new(StatusCodes.Status400BadRequest, new(what, "Zo kan het niet worden aangenomen; er is niets opgeslagen.", whatNow));

    private static UploadException Broken(Exception inner)
        => new(StatusCodes.Status400BadRequest, new("Het formulier kwam niet heel aan.", "De onderdelen zijn niet goed afgesloten, of te lang; er is niets opgeslagen.", "Probeer het opnieuw."), inner);

    private static UploadException TooLarge(long limit) => new(StatusCodes.Status413PayloadTooLarge, new(
        "Dit bestand is te groot.", $"Hier past hoogstens {Cli.DutchText.Size(limit)}; er is niets opgeslagen.", "Verdeel het, of laat de beheerder het toevoegen met de opdracht 'add' op de server."));

    /// <summary>Content as it arrives: counted, and every way a connection can break it off is told in one way.</summary>
    private sealed class ArrivingContent(Stream inner, long limit) : ArrivingStream
    {
        private long _read;
        private int _peeked = -1;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_peeked >= 0 && buffer.Length > 0)
            {
                buffer.Span[0] = (byte)_peeked;
                _peeked = -1;
                return 1;
            }

            try
            {
                var count = await inner.ReadAsync(buffer, cancellationToken);
                _read += count;
                return _read <= limit ? count : throw TooLarge(limit);
            }
            catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                throw TooLarge(limit);
            }
            catch (InvalidDataException)
            {
                throw TooLarge(limit);
            }
            catch (IOException broken) when (broken is not BadHttpRequestException)
            {
                throw Broken(broken);
            }
        }

        public async ValueTask<bool> IsEmptyAsync(CancellationToken ct)
        {
            var one = new byte[1];
            if (await ReadAsync(one, ct) == 0) return true;
            _peeked = one[0];
            return false;
        }

        /// <summary>Reads over what the taker left, so that the next part can be found.</summary>
        public async ValueTask FinishAsync(CancellationToken ct)
        {
            var rest = new byte[Buffer];
            while (await ReadAsync(rest, ct) > 0)
            {
            }
        }
    }
}
