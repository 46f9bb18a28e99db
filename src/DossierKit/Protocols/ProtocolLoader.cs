namespace DossierKit.Protocols;

/// <summary>Reads a protocol file: strict, and every mistake at once.</summary>
public static class ProtocolLoader
{
    /// <summary>A protocol is some hundred kilobytes at most; more is not one.</summary>
    private const int MaxBytes = 4 << 20;

    /// <summary>Reads and checks a protocol.</summary>
    /// <param name="json">The file's bytes, UTF-8 JSON.</param>
    /// <param name="fileName">The file's name, for messages; it is not opened.</param>
    /// <returns>
    /// The protocol, or every mistake with file, line, JSON path, article and what to write instead. An overlay is returned as it is
    /// (<see cref="Protocol.Base"/> set); <see cref="ProtocolLibrary.With"/> lays it over its base.
    /// </returns>
    public static Outcome<Protocol> Load(ReadOnlySpan<byte> json, string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        if (json.Length > MaxBytes)
        {
            return Outcome<Protocol>.Refused(new Refusal(
                "Het bestand is te groot voor een protocol.", FormattableString.Invariant($"{fileName}, {json.Length} bytes; hooguit {MaxBytes}."), "Kijk of dit het goede bestand is."));
        }

        var root = JsonPlace.Parse(json, fileName);
        if (!root.IsDone) return Outcome<Protocol>.Refused(root.Refusals);
        var faults = new ProtocolFaults(fileName);
        var protocol = new ProtocolReader(root.Value, faults).Read();
        return faults.All.Count == 0 ? Outcome<Protocol>.Done(protocol) : Outcome<Protocol>.Refused(faults.All);
    }
}
