namespace DossierKit.Retention;

/// <summary>Opens the zip of a bag that was received.</summary>
internal static class BagFiles
{
    public static Stream OpenRead(string path)
        => new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 1 << 16, Options = FileOptions.Asynchronous });
}
