using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention.Planning;

/// <summary>Entries of invented dossiers, for rules that need no vault.</summary>
internal static class ArchiveEntries
{
    public static readonly DateOnly Closed = new(2024, 2, 29);

    public static Classification Ten { get; } = new("selectielijst-2020", "12.1.7", Nominatie.Vernietigen, "P10Y", Afleidingswijze.Afgehandeld, null, Closed);

    public static Classification Forever { get; } = new("selectielijst-2020", "4.1.4", Nominatie.BlijvendBewaren, null, Afleidingswijze.Afgehandeld, null, Closed);

    public static Protocol? Find(string id, string? version) => ProtocolLibrary.Shipped.Find(id, version);

    public static ArchiveEntry Entry(DateOnly? closedOn, RetentionFacts facts, string protocol = "waterlanden", string version = "2025", string number = "WL-2024-0001")
        => new(
            OpaqueId.Derive("stream"u8, number), new DossierNumber(number), closedOn is null ? DossierPhase.Onderzoek : DossierPhase.Gesloten, new DateOnly(2023, 5, 1), closedOn, facts.Class?.Result, 3, 4_000, facts.Recordings.Count,
            protocol, version, facts);

    public static RecordingFacts Recording(string name = "a", DateOnly? agreed = null, ArchiveObjectKind kind = ArchiveObjectKind.Opname, string? of = null, int copies = 0)
        => new(File(name), kind, of is null ? null : File(of), new DateOnly(2023, 6, 1), agreed, 1_000, copies);

    public static FileId File(string name) => new(OpaqueId.Derive("file"u8, name));

    public static Hold Hold(HoldKind kind = HoldKind.Civiel, FileId? on = null, DateOnly? review = null)
        => new(OpaqueId.Derive("hold"u8, $"{kind}{on}"), kind, on, new DateOnly(2023, 7, 1), review ?? new DateOnly(2099, 1, 1), new PersonId("fi"), null);

    public static IReadOnlyList<RetentionItem> Plan(ArchiveEntry entry, DateOnly today) => RetentionPlanner.PlanOf(entry, ShippedSelectielijst.List, Find, today);
}
