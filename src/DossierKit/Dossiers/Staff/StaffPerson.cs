using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>Someone who works with the dossiers.</summary>
/// <param name="Id">The handle, such as <c>fi</c>; stands in logs.</param>
/// <param name="DisplayName">The name as letters and screens show it.</param>
/// <param name="Accounts">The accounts bound to this person, such as <c>os:jvermeer</c>.</param>
/// <param name="Appointments">Present, past and future appointments that are in force by confirmation.</param>
public sealed record StaffPerson(PersonId Id, string DisplayName, IReadOnlyList<string> Accounts, IReadOnlyList<Appointment> Appointments)
{
    /// <summary>The function as letters show it; <see langword="null"/> when not given.</summary>
    public string? Function { get; init; }

    /// <summary>The roles held on a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns>The roles; empty when none.</returns>
    public IReadOnlyList<StaffRole> RolesOn(DateOnly day)
        => [.. Appointments.Where(appointment => appointment.IsInForceOn(day)).Select(appointment => appointment.Role).Distinct()];

    /// <summary>Whether a role is held on a day.</summary>
    /// <param name="role">The role.</param>
    /// <param name="day">The day.</param>
    /// <returns><see langword="true"/> when it is.</returns>
    public bool Is(StaffRole role, DateOnly day) => Appointments.Any(appointment => appointment.Role == role && appointment.IsInForceOn(day));

    /// <summary>The handle: a name is never written by accident.</summary>
    public override string ToString() => Id.ToString();
}

/// <summary>A role someone holds from one day to another.</summary>
/// <param name="Role">The role.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day; <see langword="null"/> while no end is known.</param>
/// <param name="Office">
/// For a verantwoordelijke: the office by which authority follows from the position of a betrokkene, an actor of the protocol such as
/// <c>gemeentesecretaris</c> or <c>burgemeester</c>. <see langword="null"/> for other roles.
/// </param>
public sealed record Appointment(
    [property: JsonPropertyName("rol")] StaffRole Role,
    [property: JsonPropertyName("van")] DateOnly From,
    [property: JsonPropertyName("totEnMet")] DateOnly? Until = null,
    [property: JsonPropertyName("ambt")] string? Office = null)
{
    /// <summary>Whether it is in force on a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns><see langword="true"/> from the first to the last day, both included.</returns>
    public bool IsInForceOn(DateOnly day) => day >= From && (Until is not { } last || day <= last);
}

/// <summary>One of the two persons a vault begins with.</summary>
/// <param name="Id">The handle.</param>
/// <param name="DisplayName">The name.</param>
/// <param name="Account">The account, such as <c>os:jvermeer</c>; may be <see langword="null"/> in a demo vault only.</param>
/// <param name="Function">The function as letters show it.</param>
public sealed record FoundingPerson(PersonId Id, string DisplayName, string? Account, string? Function = null);

/// <summary>Something that waits for a second person of the integrity side.</summary>
/// <param name="Id">What to confirm by.</param>
/// <param name="Person">Whom it concerns.</param>
/// <param name="Appointment">The appointment asked for; <see langword="null"/> when it is a binding.</param>
/// <param name="Account">The account to bind; <see langword="null"/> when it is an appointment.</param>
/// <param name="ProposedBy">Who proposed it.</param>
/// <param name="ProposedAt">When, UTC.</param>
public sealed record StaffProposal(string Id, PersonId Person, Appointment? Appointment, string? Account, PersonId ProposedBy, DateTimeOffset ProposedAt);

/// <summary>What became of a change in the staff register.</summary>
/// <param name="Person">The person as it now stands.</param>
/// <param name="Waiting">What still waits for a second person; <see langword="null"/> when it is in force.</param>
public sealed record StaffChange(StaffPerson Person, StaffProposal? Waiting);

/// <summary>
/// A person of the staff who was let in by his account: made by <see cref="StaffRegister.SignIn"/> alone, so that forgetting the check does not compile.
/// </summary>
public sealed class ActingPerson
{
    internal ActingPerson(PersonId id, string account)
    {
        Id = id;
        Account = account;
    }

    /// <summary>The person's handle.</summary>
    public PersonId Id { get; }

    /// <summary>The account by which the person was let in, such as <c>os:jvermeer</c>.</summary>
    public string Account { get; }

    /// <summary>How the person came in.</summary>
    public AccountKind Kind => AccountKinds.Of(Account);

    /// <inheritdoc/>
    public override string ToString() => Id.ToString();
}

/// <summary>How somebody comes in.</summary>
public enum AccountKind
{
    /// <summary><c>os:</c>: an account of the computer the vault is on, by the command line.</summary>
    [JsonStringEnumMemberName("os")] Computer,

    /// <summary><c>passkey:</c>: a passkey, in the browser.</summary>
    [JsonStringEnumMemberName("passkey")] Passkey,

    /// <summary><c>oidc:</c>: the municipality's own sign-in, in the browser.</summary>
    [JsonStringEnumMemberName("oidc")] OpenIdConnect,

    /// <summary><c>demo:</c>: one click in a demo vault.</summary>
    [JsonStringEnumMemberName("demo")] Demo,

    /// <summary><c>token:</c>: a program of the person, by a token.</summary>
    [JsonStringEnumMemberName("token")] Token,

    /// <summary>Any other kind: of a vault made by another version.</summary>
    [JsonStringEnumMemberName("anders")] Other,
}

/// <summary>Kinds of accounts by how they are written.</summary>
internal static class AccountKinds
{
    public static AccountKind Of(string account) => account.Split(':', 2)[0] switch
    {
        "os" => AccountKind.Computer,
        "passkey" => AccountKind.Passkey,
        "oidc" => AccountKind.OpenIdConnect,
        "demo" => AccountKind.Demo,
        "token" => AccountKind.Token,
        _ => AccountKind.Other,
    };

    public static bool IsOfWeb(string account) => Of(account) is AccountKind.Passkey or AccountKind.OpenIdConnect;
}
