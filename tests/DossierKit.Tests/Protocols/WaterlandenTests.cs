using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>The shipped protocol of Waterlanden says what the sources behind it say.</summary>
public class WaterlandenTests
{
    private static readonly Protocol Waterlanden = ProtocolLibrary.Shipped.Find("waterlanden", "2025")!;

    [Fact]
    public void Shipped_EveryProtocol_LoadsWithoutFaults()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "waterlanden-2025.json");
        using var stream = typeof(Protocol).Assembly.GetManifestResourceStream("DossierKit.Protocols.Data.waterlanden-2025.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var outcome = ProtocolLoader.Load(bytes, Path.GetFileName(path));
        outcome.Refusals.Select(refusal => refusal.ToString()).ShouldBeEmpty();
    }
}
