using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>What a person is in a case.</summary>
public enum CaseRole
{
    /// <summary>Who reported.</summary>
    [JsonStringEnumMemberName("melder")] Melder,

    /// <summary>Whose conduct the melding is about.</summary>
    [JsonStringEnumMemberName("betrokkene")] Betrokkene,

    /// <summary>Who can tell about the facts.</summary>
    [JsonStringEnumMemberName("getuige")] Getuige,

    /// <summary>Who was harmed.</summary>
    [JsonStringEnumMemberName("benadeelde")] Benadeelde,

    /// <summary>A partner, relative or business relation of someone in the case.</summary>
    [JsonStringEnumMemberName("verwant")] Verwant,

    /// <summary>Who assists a person heard.</summary>
    [JsonStringEnumMemberName("raadsman")] Raadsman,

    /// <summary>Through whom all correspondence goes.</summary>
    [JsonStringEnumMemberName("gemachtigde")] Gemachtigde,

    /// <summary>The direct superior of a betrokkene.</summary>
    [JsonStringEnumMemberName("leidinggevende")] Leidinggevende,

    /// <summary>Who investigates.</summary>
    [JsonStringEnumMemberName("onderzoeker")] Onderzoeker,

    /// <summary>Through whom a confidential melder reported; the only address of such a melder.</summary>
    [JsonStringEnumMemberName("vertrouwenspersoon")] Vertrouwenspersoon,

    /// <summary>Who advises on measures, such as the adviser on terms of employment.</summary>
    [JsonStringEnumMemberName("adviseur")] Adviseur,

    /// <summary>Someone else, without a part in the facts (a chair of the works council, an interpreter).</summary>
    [JsonStringEnumMemberName("overig")] Overig,
}

/// <summary>How a melder reports.</summary>
public enum MelderForm
{
    /// <summary>Nobody knows who it is.</summary>
    [JsonStringEnumMemberName("anoniem")] Anoniem,

    /// <summary>Known to the FI (or the vertrouwenspersoon) only.</summary>
    [JsonStringEnumMemberName("vertrouwelijk")] Vertrouwelijk,

    /// <summary>May be named.</summary>
    [JsonStringEnumMemberName("open")] Open,
}

/// <summary>The position of a person towards the municipality; it decides who has authority.</summary>
public enum Position
{
    /// <summary>An employee.</summary>
    [JsonStringEnumMemberName("medewerker")] Medewerker,

    /// <summary>The head of a department.</summary>
    [JsonStringEnumMemberName("diensthoofd")] Diensthoofd,

    /// <summary>The municipal secretary, who is also the general director.</summary>
    [JsonStringEnumMemberName("gemeentesecretaris")] Gemeentesecretaris,

    /// <summary>An alderman.</summary>
    [JsonStringEnumMemberName("wethouder")] Wethouder,

    /// <summary>A member of the council.</summary>
    [JsonStringEnumMemberName("raadslid")] Raadslid,

    /// <summary>The mayor.</summary>
    [JsonStringEnumMemberName("burgemeester")] Burgemeester,

    /// <summary>The council's clerk.</summary>
    [JsonStringEnumMemberName("griffier")] Griffier,

    /// <summary>An employee of the council's clerk.</summary>
    [JsonStringEnumMemberName("griffiemedewerker")] Griffiemedewerker,

    /// <summary>Someone from outside.</summary>
    [JsonStringEnumMemberName("extern")] Extern,
}

/// <summary>A postal address in the Netherlands.</summary>
public sealed record PostalAddress
{
    /// <summary>Street and number.</summary>
    [JsonPropertyName("straat"), Description("Straat en huisnummer")] public required string Street { get; init; }

    /// <summary>Postal code, such as <c>1234 AB</c>.</summary>
    [JsonPropertyName("postcode"), Description("Postcode, zoals 1234 AB")] public required string PostalCode { get; init; }

    /// <summary>Town.</summary>
    [JsonPropertyName("plaats"), Description("Plaats")] public required string Town { get; init; }
}

/// <summary>
/// A person in a case. What is known of a melder lies in the compartment <c>melder</c> and nowhere else; see <see cref="Compartment"/>.
/// </summary>
public sealed record CasePerson
{
    /// <summary>The handle within the case, such as <c>betrokkene-1</c>; never made of a name.</summary>
    [JsonPropertyName("id"), Description("Aanduiding binnen het dossier, zoals betrokkene-1; geen naam")] public required PersonId Id { get; init; }

    /// <summary>What the person is in the case.</summary>
    [JsonPropertyName("rol"), Description("Rol in de zaak")] public required CaseRole Role { get; init; }

    /// <summary>How a melder reports; asked for a melder, <see langword="null"/> for anyone else.</summary>
    [JsonPropertyName("vorm"), Description("Alleen bij een melder: anoniem, vertrouwelijk of open")] public MelderForm? Form { get; init; }

    /// <summary>Form of address, such as <c>de heer</c> or <c>mevrouw</c>; <see langword="null"/> when unknown.</summary>
    [JsonPropertyName("aanspreking"), Description("Aanspreking, zoals de heer of mevrouw")] public string? Salutation { get; init; }

    /// <summary>Initials, such as <c>J.M.</c>.</summary>
    [JsonPropertyName("voorletters"), Description("Voorletters, zoals J.M.")] public string? Initials { get; init; }

    /// <summary>First name or the name someone is called by.</summary>
    [JsonPropertyName("voornaam"), Description("Voornaam of roepnaam")] public string? FirstName { get; init; }

    /// <summary>The part before the surname, such as <c>van der</c>.</summary>
    [JsonPropertyName("tussenvoegsel"), Description("Tussenvoegsel, zoals van der")] public string? Prefix { get; init; }

    /// <summary>Surname without prefix; <see langword="null"/> only for an anonymous melder.</summary>
    [JsonPropertyName("achternaam"), Description("Achternaam zonder tussenvoegsel")] public string? Surname { get; init; }

    /// <summary>Other names the person goes by (maiden name, nickname); the name check looks for these as well.</summary>
    [JsonPropertyName("andereNamen"), Description("Andere namen, zoals een meisjesnaam of bijnaam")] public IReadOnlyList<string> OtherNames { get; init => field = value ?? []; } = [];

    /// <summary>Function, such as <c>beleidsmedewerker</c>.</summary>
    [JsonPropertyName("functie"), Description("Functie")] public string? Function { get; init; }

    /// <summary>Department.</summary>
    [JsonPropertyName("afdeling"), Description("Afdeling")] public string? Department { get; init; }

    /// <summary>Position towards the municipality. <see langword="null"/>: unknown.</summary>
    [JsonPropertyName("positie"), Description("Positie: medewerker, wethouder, …; bepaalt wie bevoegd is")] public Position? Position { get; init; }

    /// <summary>Whether the person sits in the works council (OR), so that its chair is told beforehand.</summary>
    [JsonPropertyName("orLid"), Description("Is lid van de ondernemingsraad")] public bool IsOrMember { get; init; }

    /// <summary>Whether the person chairs the works council, so that the vice-chair is told instead.</summary>
    [JsonPropertyName("orVoorzitter"), Description("Is voorzitter van de ondernemingsraad")] public bool IsOrChair { get; init; }

    /// <summary>Where letters go.</summary>
    [JsonPropertyName("adres"), Description("Postadres")] public PostalAddress? Address { get; init; }

    /// <summary>E-mail address.</summary>
    [JsonPropertyName("email"), Description("E-mailadres")] public string? Email { get; init; }

    /// <summary>The handle in the staff register when the person works with these dossiers: an onderzoeker, or someone who must be kept out of this one.</summary>
    [JsonPropertyName("medewerker"), Description("Aanduiding in het personenregister, als deze persoon met dossiers werkt")] public PersonId? Staff { get; init; }

    /// <summary>For whom a raadsman, gemachtigde, leidinggevende or verwant acts or is related to: another person of the case.</summary>
    [JsonPropertyName("van"), Description("Bij wie deze persoon hoort: raadsman, gemachtigde, leidinggevende of verwant van")] public PersonId? Of { get; init; }

    /// <summary>Prefix and surname, such as <c>van der Meer</c>; empty for an anonymous melder.</summary>
    [JsonIgnore] public string FamilyName => string.Join(' ', new[] { Prefix, Surname }.Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>Initials (or first name), prefix and surname, such as <c>J.M. van der Meer</c>; empty for an anonymous melder.</summary>
    [JsonIgnore] public string FullName => Surname is null ? "" : string.Join(' ', new[] { Initials ?? FirstName, FamilyName }.Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>
    /// The compartment that holds this person's data, decided by the role alone: a melder and the vertrouwenspersoon who brought one in <c>melder</c>;
    /// whom the opdracht is about and who carries it out in <c>opdracht</c>; everyone else in <c>onderzoek</c>.
    /// </summary>
    [JsonIgnore]
    public Compartment Compartment => Role switch
    {
        CaseRole.Melder or CaseRole.Vertrouwenspersoon => Compartment.Melder,
        CaseRole.Betrokkene or CaseRole.Onderzoeker or CaseRole.Leidinggevende => Compartment.Opdracht,
        _ => Compartment.Onderzoek,
    };

    /// <summary>The role and handle: a person's name is never written by accident.</summary>
    public override string ToString() => $"{Role} {Id}";
}
