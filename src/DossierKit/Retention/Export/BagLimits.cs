namespace DossierKit.Retention;

/// <summary>How large a bag may be before it is not looked at: whoever sends one must not be able to fill the memory or the days of whoever checks it.</summary>
internal static class BagLimits
{
    /// <summary>Files and folders.</summary>
    public const int MostEntries = 100_000;

    /// <summary>Characters of a path; an export of this program stays under 200.</summary>
    public const int LongestPath = 500;

    /// <summary>Bytes of the directory of a zip.</summary>
    public const long LargestDirectory = 64 << 20;

    /// <summary>Bytes of a list of hashes; it is read line by line.</summary>
    public const long LargestManifest = 64 << 20;

    /// <summary>Bytes of any other text of the bag itself.</summary>
    public const long LargestText = 1 << 20;

    /// <summary>Problems, and then it stops.</summary>
    public const int MostProblems = 1_000;

    private const long SmallSidecar = 256 << 10, LargestSidecar = 8 << 20, PerEntry = 1 << 10;

    /// <summary>Bytes of a sidecar: that of a dossier names everything in it, so that a bag with much in it may have larger ones.</summary>
    public static long SidecarOf(int files) => Math.Min(SmallSidecar + PerEntry * files, LargestSidecar);

    /// <summary>Bytes that a zip may unpack to.</summary>
    public static decimal UnpackedOf(long zip) => 8m * zip + (64 << 20);
}

/// <summary>A bag is larger than is looked at.</summary>
/// <param name="text">What is too much, Dutch.</param>
internal sealed class BagTooLargeException(string text) : FormatException("The bag is larger than is looked at.")
{
    /// <summary>What is too much, Dutch.</summary>
    public string Text { get; } = text;

    public static BagTooLargeException Entries => new("Hierin liggen meer dan 100.000 bestanden en mappen, of hun namen zijn heel lang. Er is niet verder gekeken.");

    public static BagTooLargeException Unpacked => new("Deze zip pakt uit tot meer dan acht keer zijn eigen grootte. Er is niet verder gekeken. Vertrouwt u wie hem stuurde, vraag dan om een zip zonder compressie.");
}
