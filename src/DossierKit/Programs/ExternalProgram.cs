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

    /// <summary>Every program that is made use of.</summary>
    public static IReadOnlyList<ExternalProgram> All { get; } = [LibreOffice];
}
