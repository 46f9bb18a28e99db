using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>What someone does for the integrity dossiers of the municipality.</summary>
public enum StaffRole
{
    /// <summary>Functionaris integriteit: takes in meldingen, coordinates every case.</summary>
    [JsonStringEnumMemberName("fi")] Fi,

    /// <summary>The deputy of the FI.</summary>
    [JsonStringEnumMemberName("plaatsvervangend-fi")] PlaatsvervangendFi,

    /// <summary>Onderzoeker from inside; sees only the cases he is appointed to.</summary>
    [JsonStringEnumMemberName("onderzoeker-intern")] OnderzoekerIntern,

    /// <summary>Onderzoeker from outside; sees only the cases he is appointed to.</summary>
    [JsonStringEnumMemberName("onderzoeker-extern")] OnderzoekerExtern,

    /// <summary>Who decides in a case, by the position of the betrokkene: see <see cref="Appointment.Office"/>.</summary>
    [JsonStringEnumMemberName("verantwoordelijke")] Verantwoordelijke,

    /// <summary>Keeps the archive: ids, classes and dates, never content.</summary>
    [JsonStringEnumMemberName("archivaris")] Archivaris,

    /// <summary>Decides with others on destruction: ids, classes and dates, never content.</summary>
    [JsonStringEnumMemberName("medebeslisser")] Medebeslisser,

    /// <summary>Sits in the directeurenteam: the opdracht only.</summary>
    [JsonStringEnumMemberName("directeur")] Directeur,

    /// <summary>Heads the integrity bureau and advises the directeurenteam.</summary>
    [JsonStringEnumMemberName("hoofd-bi")] HoofdBi,

    /// <summary>Vertrouwenspersoon; sees the melder he brought.</summary>
    [JsonStringEnumMemberName("vertrouwenspersoon")] Vertrouwenspersoon,

    /// <summary>Adviser (terms of employment, law); sees the besluit of cases he is named in.</summary>
    [JsonStringEnumMemberName("adviseur")] Adviseur,

    /// <summary>Functionaris voor gegevensbescherming.</summary>
    [JsonStringEnumMemberName("fg")] Fg,

    /// <summary>Runs the machine; sees no content and no dossiers.</summary>
    [JsonStringEnumMemberName("beheerder")] Beheerder,
}
