using System.Text;

namespace DossierKit.Search;

/// <summary>What a file is, by its content.</summary>
internal enum FileFormat
{
    /// <summary>Nothing that is known.</summary>
    Unknown,
    Empty,
    Text,
    Html,
    Mail,
    /// <summary>A zip: Office and LibreOffice too.</summary>
    Packed,
    Pdf,
    Picture,
    Rtf,
    /// <summary>Files of old Office programs, of Outlook, and new ones with a password.</summary>
    Compound,
    /// <summary>Sound or film.</summary>
    Recording,
    /// <summary>Packed in a way that is not read.</summary>
    OtherPacked,
    /// <summary>A program.</summary>
    Program,
}

/// <summary>Recognises files by how they begin: names lie. Of texts that could be anything the name decides.</summary>
internal static class FileRecognition
{
    private static readonly (byte[] Start, int At, FileFormat Kind)[] Marks =
    [
        ([.. "PK\x03\x04"u8], 0, FileFormat.Packed), ([.. "PK\x05\x06"u8], 0, FileFormat.Packed),
        ([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], 0, FileFormat.Compound),
        ([.. "{\\rtf"u8], 0, FileFormat.Rtf),
        ([0x89, .. "PNG\r\n"u8], 0, FileFormat.Picture), ([0xff, 0xd8, 0xff], 0, FileFormat.Picture), ([.. "II*\0"u8], 0, FileFormat.Picture), ([.. "MM\0*"u8], 0, FileFormat.Picture),
        ([.. "GIF8"u8], 0, FileFormat.Picture), ([.. "WEBP"u8], 8, FileFormat.Picture),
        ([.. "ID3"u8], 0, FileFormat.Recording), ([.. "OggS"u8], 0, FileFormat.Recording), ([.. "fLaC"u8], 0, FileFormat.Recording), ([.. "WAVE"u8], 8, FileFormat.Recording),
        ([.. "AVI "u8], 8, FileFormat.Recording), ([.. "ftyp"u8], 4, FileFormat.Recording), ([0x1a, 0x45, 0xdf, 0xa3], 0, FileFormat.Recording), ([.. "#!AMR"u8], 0, FileFormat.Recording),
        ([0xff, 0xfb], 0, FileFormat.Recording), ([0xff, 0xf3], 0, FileFormat.Recording), ([0xff, 0xf1], 0, FileFormat.Recording), ([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11], 0, FileFormat.Recording),
        ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 0, FileFormat.OtherPacked), ([.. "Rar!"u8], 0, FileFormat.OtherPacked), ([0x1f, 0x8b, 8], 0, FileFormat.OtherPacked),
        ([.. "BZh"u8], 0, FileFormat.OtherPacked), ([0xfd, .. "7zXZ"u8], 0, FileFormat.OtherPacked), ([.. "ustar"u8], 257, FileFormat.OtherPacked), ([0x78, 0x9f, 0x3e, 0x22], 0, FileFormat.OtherPacked),
        ([.. "MZ"u8], 0, FileFormat.Program), ([0x7f, .. "ELF"u8], 0, FileFormat.Program),
    ];

    private static readonly HashSet<string> MailFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "To", "Cc", "Bcc", "Date", "Subject", "Sender", "Reply-To", "Return-Path", "Received", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "In-Reply-To", "References",
        "Delivered-To", "DKIM-Signature", "X-Mailer", "User-Agent", "Thread-Topic", "Thread-Index", "Authentication-Results", "X-Originating-IP", "Importance", "X-Priority", "X-Unsent", "ARC-Seal",
    };

    /// <summary>Recognises a file.</summary>
    /// <param name="head">Its first bytes: 64 KiB, or all of it.</param>
    /// <param name="name">Its name; only the extension is looked at.</param>
    public static FileFormat Of(ReadOnlySpan<byte> head, string name)
    {
        if (head.IsEmpty) return FileFormat.Empty;
        if (head[..Math.Min(head.Length, 1024)].IndexOf("%PDF-"u8) is >= 0 and var pdf && (pdf == 0 || !Charsets.LooksLikeText(head[..pdf]) || Extension(name) is "pdf")) return FileFormat.Pdf;
        foreach (var (start, at, kind) in Marks)
        {
            // Two bytes are not much to go by: text may begin so too.
            if (head.Length >= at + start.Length && head[at..].StartsWith(start) && (start.Length > 2 || !Charsets.LooksLikeText(head[..Math.Min(head.Length, 512)]))) return kind;
        }

        if (head.StartsWith("BM"u8) && Extension(name) is "bmp") return FileFormat.Picture;
        if (!Charsets.LooksLikeText(head)) return FileFormat.Unknown;
        var encoding = Charsets.Guess(head);
        var text = encoding.GetString(head[..Math.Min(head.Length, 8 << 10)]).AsSpan().TrimStart("\ufeff \t\r\n");
        if (encoding is not UnicodeEncoding and not UTF32Encoding && LooksLikeMail(text, Extension(name))) return FileFormat.Mail;
        return LooksLikePage(text, Extension(name)) ? FileFormat.Html : FileFormat.Text;
    }

    /// <summary>The extension in small letters, without its dot.</summary>
    public static string Extension(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 || name.Length - dot > 8 ? "" : name[(dot + 1)..].ToLowerInvariant();
    }

    private static bool LooksLikeMail(ReadOnlySpan<char> text, string extension)
    {
        var isNamed = extension is "eml" or "mht" or "mhtml" or "mbox";
        var (fields, isFirst) = (0, true);
        foreach (var line in text.EnumerateLines())
        {
            var (wasFirst, colon) = (isFirst, line.IndexOf(':'));
            isFirst = false;
            if (line.IsEmpty) break;
            if (line[0] is ' ' or '\t' || (wasFirst && line.StartsWith("From "))) continue;
            if (colon <= 0 || line[..colon].ContainsAny(' ', '\t')) return isNamed && fields > 0;
            if (MailFields.Contains(line[..colon].ToString())) fields++;
        }

        // One line with a name before it, "Subject: …", is how people write a note.
        return fields >= (isNamed ? 1 : 2);
    }

    private static bool LooksLikePage(ReadOnlySpan<char> text, string extension)
    {
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<?xml")) return true;
        if (text.IsEmpty || text[0] != '<') return extension is "html" or "htm" or "xhtml" && text.Contains('<');
        return extension is "html" or "htm" or "xhtml" or "xml" or "svg" || (text.Contains("<body", StringComparison.OrdinalIgnoreCase) || text.Contains("<head", StringComparison.OrdinalIgnoreCase) || text.Contains("<div", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<p>", StringComparison.OrdinalIgnoreCase) || text.Contains("<table", StringComparison.OrdinalIgnoreCase));
    }
}
