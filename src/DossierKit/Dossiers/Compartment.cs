using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>
/// A part of a dossier with a key of its own: the unit of access, of search and of destruction. The set is closed; the name is the same on disk and in the API.
/// </summary>
[JsonConverter(typeof(CompartmentJson))]
public readonly record struct Compartment
{
    private readonly string? _name;

    private Compartment(string name, string title)
    {
        _name = name;
        Title = title;
    }

    /// <summary>The cover: number, protocol, dates. No names and no content; whoever may know that the dossier exists may read it.</summary>
    public static Compartment Kaft { get; } = new("kaft", "Kaft");

    /// <summary>The melding and its assessment, without who the melder is.</summary>
    public static Compartment Melding { get; } = new("melding", "Melding");

    /// <summary>Everything that says who the melder is. Nothing else holds it.</summary>
    public static Compartment Melder { get; } = new("melder", "Melder");

    /// <summary>The opdracht, how it came about, and whom it is about.</summary>
    public static Compartment Opdracht { get; } = new("opdracht", "Opdracht");

    /// <summary>The onderzoek: conversations, evidence, letters, the report.</summary>
    public static Compartment Onderzoek { get; } = new("onderzoek", "Onderzoek");

    /// <summary>Recordings, apart because they go first.</summary>
    public static Compartment Opnamen { get; } = new("opnamen", "Opnamen");

    /// <summary>Oordeel, beslisdocument, measures and what follows.</summary>
    public static Compartment Besluit { get; } = new("besluit", "Besluit");

    /// <summary>
    /// How long the dossier is kept, and why: class, dates, holds, transfer. No names of the case and no content; written through the archive door alone, and it dies with the dossier.
    /// </summary>
    public static Compartment Bewaring { get; } = new("bewaring", "Bewaring");

    /// <summary>All compartments, in the order of a dossier.</summary>
    public static IReadOnlyList<Compartment> All { get; } = [Kaft, Melding, Melder, Opdracht, Onderzoek, Opnamen, Besluit, Bewaring];

    /// <summary>The compartments that can hold files.</summary>
    public static IReadOnlyList<Compartment> WithFiles { get; } = [.. All.Where(compartment => compartment != Kaft && compartment != Bewaring)];

    /// <summary>The name on disk and in the API.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Name => _name ?? throw new InvalidOperationException("A compartment was used before it was set.");

    /// <summary>The name for a reader.</summary>
    public string Title { get; } = "";

    /// <summary>Finds a compartment by name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="compartment">The compartment, when there is one.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? name, out Compartment compartment)
    {
        foreach (var known in All)
        {
            if (known.Name != name) continue;
            compartment = known;
            return true;
        }

        compartment = default;
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
