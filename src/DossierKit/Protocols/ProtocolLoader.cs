namespace DossierKit.Protocols;

/// <summary>Reads a protocol file: strict, and every mistake at once.</summary>
public static class ProtocolLoader
{
    /// <summary>Reads and checks a protocol.</summary>
    /// <param name="json">The file's bytes, UTF-8 JSON.</param>
    /// <param name="fileName">The file's name, for messages; it is not opened.</param>
    /// <returns>The protocol, or every mistake with file, line, JSON path, article and what to write instead.</returns>
    public static Outcome<Protocol> Load(ReadOnlySpan<byte> json, string fileName) => throw new NotSupportedException();
}
