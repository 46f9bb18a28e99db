using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>A way to sign in.</summary>
public enum SignInKind
{
    /// <summary>One click in a demo vault.</summary>
    [JsonStringEnumMemberName("voorbeeld")] Demo,

    /// <summary>A passkey.</summary>
    [JsonStringEnumMemberName("toegangssleutel")] Passkey,

    /// <summary>The municipality's own sign-in (OpenID Connect).</summary>
    [JsonStringEnumMemberName("oidc")] OpenIdConnect,
}

/// <summary>What a one-time link is for.</summary>
public enum LinkUse
{
    /// <summary>Enrolling a passkey, handed over by whoever made the link.</summary>
    [JsonStringEnumMemberName("inschrijven")] Enrol,

    /// <summary>Enrolling a passkey after a recovery code was used.</summary>
    [JsonStringEnumMemberName("herstel")] Recover,

    /// <summary>Signing in to a demo vault.</summary>
    [JsonStringEnumMemberName("voorbeeld")] Demo,
}

/// <summary>A passkey of a person: the public half, nothing secret.</summary>
/// <param name="Person">Whose.</param>
/// <param name="Id">The credential id, base64url.</param>
/// <param name="PublicKey">The public key as COSE.</param>
/// <param name="Counter">The last counter it gave; 0 for one that does not count.</param>
/// <param name="Transports">How browsers may reach it.</param>
/// <param name="DisplayName">What its owner calls it.</param>
/// <param name="IsBackupEligible">Whether its maker may copy it to other devices.</param>
/// <param name="IsBackedUp">Whether it was copied.</param>
/// <param name="CreatedAt">When it was enrolled, UTC.</param>
/// <param name="LastUsed">When it was last used, UTC; <see langword="null"/>: never yet.</param>
public sealed record Passkey(
    PersonId Person, string Id, ReadOnlyMemory<byte> PublicKey, uint Counter, IReadOnlyList<string> Transports, string DisplayName, bool IsBackupEligible, bool IsBackedUp,
    DateTimeOffset CreatedAt, DateTimeOffset? LastUsed)
{
    /// <summary>The account of the staff register that this passkey is.</summary>
    public string Account => $"passkey:{Id}";

    /// <summary>The credential id: a name is never written by accident.</summary>
    public override string ToString() => Id;
}

/// <summary>A passkey that its owner just made and proved to have, not kept yet.</summary>
/// <param name="Id">The credential id, base64url.</param>
/// <param name="PublicKey">The public key as COSE.</param>
/// <param name="Counter">Its counter.</param>
/// <param name="Transports">How browsers may reach it.</param>
/// <param name="DisplayName">What its owner calls it.</param>
/// <param name="IsBackupEligible">Whether its maker may copy it to other devices.</param>
/// <param name="IsBackedUp">Whether it was copied.</param>
public sealed record NewPasskey(string Id, ReadOnlyMemory<byte> PublicKey, uint Counter, IReadOnlyList<string> Transports, string DisplayName, bool IsBackupEligible, bool IsBackedUp);

/// <summary>A one-time link that still holds.</summary>
/// <param name="Person">For whom.</param>
/// <param name="Use">What for.</param>
/// <param name="Until">Until when, UTC.</param>
public sealed record OneTimeLink(PersonId Person, LinkUse Use, DateTimeOffset Until);

/// <summary>A token for programs that use the API as a person.</summary>
/// <param name="Id">Its id, which stands in logs.</param>
/// <param name="Person">As whom.</param>
/// <param name="DisplayName">What its owner calls it.</param>
/// <param name="Until">The last day.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="LastUsed">The last day it was used; <see langword="null"/>: never yet.</param>
public sealed record ApiToken(string Id, PersonId Person, string DisplayName, DateOnly Until, DateTimeOffset CreatedAt, DateOnly? LastUsed);

/// <summary>When and how somebody last signed in.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">How.</param>
public sealed record LastSignIn(DateTimeOffset At, SignInKind Kind);
