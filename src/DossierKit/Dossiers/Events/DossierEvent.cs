using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>
/// Something that happened in a dossier: one sealed record per name of <see cref="Protocols.EventNames"/>. On disk, in the API and in dossier.json it has its Dutch
/// name under <c>soort</c> and Dutch field names; unknown fields are refused. See <see cref="EventKind"/> for the table of all.
/// (Lists guard their own default: the generated reader sets every init-only property, with null where the JSON has nothing.)
/// </summary>
public abstract record DossierEvent
{
    private protected DossierEvent()
    {
    }

    /// <summary>The Dutch name, such as <c>melding-ontvangen</c>.</summary>
    [JsonPropertyName("soort"), JsonPropertyOrder(-2)] public string Name => EventKind.Of(GetType()).Name;

    /// <summary>The legal date on which it happened (Europe/Amsterdam), which may be before the day it was recorded.</summary>
    [JsonPropertyName("datum"), JsonPropertyOrder(-1), Description("Datum waarop het gebeurde, zoals 2026-03-02")] public required DateOnly Date { get; init; }

    /// <summary>A reference of one's own within the dossier, such as <c>gesprek-1</c>; files, verslagen and recordings refer to it. <see langword="null"/> when none is needed.</summary>
    [JsonPropertyName("kenmerk"), Description("Eigen kenmerk binnen het dossier, zoals gesprek-1")] public string? Reference { get; init; }

    /// <summary>Who did it: a handle of the staff or of the case. <see langword="null"/>: whoever recorded it.</summary>
    [StaffHandle, JsonPropertyName("door"), Description("Wie het deed (aanduiding); leeg: wie het vastlegt")] public PersonId? By { get; init; }

    /// <summary>Who recorded it (handle of the staff). Written by the register; nobody fills it in.</summary>
    [JsonPropertyName("vastgelegdDoor"), WrittenByRegister, StaffHandle] public PersonId? RecordedBy { get; init; }

    /// <summary>Free explanation.</summary>
    [JsonPropertyName("toelichting"), Description("Toelichting")] public string? Note { get; init; }

    /// <summary>
    /// The compartment it is sealed in when its own content decides otherwise than its kind: about a melder, or about something that lies elsewhere.
    /// Written by the register (<see cref="EventFiling"/>); nobody fills it in.
    /// </summary>
    [JsonPropertyName("ligtIn"), WrittenByRegister] public Compartment? KeptIn { get; init; }

    /// <summary>
    /// The mark of the request that recorded it, when it had a key of its own (<see cref="RequestKey"/>): keyed hashes, so that it says nothing. Written by the register, and absent from what
    /// people see.
    /// </summary>
    [JsonPropertyName("verzoek"), WrittenByRegister] public string? Request { get; init; }

    /// <summary>The compartment it is sealed in.</summary>
    [JsonIgnore] public virtual Compartment Compartment => KeptIn ?? EventKind.Of(GetType()).Compartment;

    /// <summary>The one person of the case it is about, for terms that run per person; <see langword="null"/> when it is about the case, or about several.</summary>
    [JsonIgnore] public virtual PersonId? Subject => Subjects.Count == 1 ? Subjects[0] : null;

    /// <summary>The persons of the case it is about; most events name one or none.</summary>
    [JsonIgnore] public virtual IReadOnlyList<PersonId> Subjects => [];

    /// <summary>The conversation (or other referenced event) it belongs to, for terms that run per conversation; default its own reference.</summary>
    [JsonIgnore] public virtual string? About => Reference;

    /// <summary>Name and date: never content.</summary>
    public sealed override string ToString() => $"{Name} {Date:yyyy-MM-dd}";
}

/// <summary>Marks a field that the register writes and no person fills in: refused in what people bring.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WrittenByRegisterAttribute : Attribute;
