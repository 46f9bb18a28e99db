namespace DossierKit.Programs;

/// <summary>A program of another maker that this one can make use of. It is never needed for keeping dossiers, only for what <see cref="Without"/> says.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Executable">The file to run, looked for in <c>PATH</c>.</param>
/// <param name="Package">The Debian package that brings it.</param>
/// <param name="Without">Dutch: what still works where it is missing, one sentence.</param>
internal sealed record ExternalProgram(string Name, string Executable, string Package, string Without)
{
    /// <summary>Turns a .docx into a PDF.</summary>
    public static ExternalProgram LibreOffice { get; } = new("LibreOffice", "soffice", "libreoffice-writer-nogui",
        "Het Word-document is het resultaat; dat kunt u zelf in Word als pdf opslaan.");

    /// <summary>Reads the text of a pdf.</summary>
    public static ExternalProgram PdfToText { get; } = new("pdftotext", "pdftotext", "poppler-utils", "Een pdf blijft te lezen, maar is niet doorzoekbaar.");

    /// <summary>Makes a picture of a page of a pdf that has no text.</summary>
    public static ExternalProgram PdfToPicture { get; } = new("pdftoppm", "pdftoppm", "poppler-utils", "Een gescande pdf blijft te lezen, maar is niet doorzoekbaar.");

    /// <summary>Reads the letters in a picture.</summary>
    public static ExternalProgram Tesseract { get; } = new("tesseract", "tesseract", "tesseract-ocr tesseract-ocr-nld", "Een plaatje blijft te zien, maar de letters erin zijn niet doorzoekbaar.");

    /// <summary>Reads a document of Word 97 to 2003.</summary>
    public static ExternalProgram Antiword { get; } = new("antiword", "antiword", "antiword", "Een oud Word-document blijft te openen, maar is niet doorzoekbaar.");

    /// <summary>Every program that is made use of.</summary>
    public static IReadOnlyList<ExternalProgram> All { get; } = [LibreOffice, PdfToText, PdfToPicture, Tesseract, Antiword];
}
