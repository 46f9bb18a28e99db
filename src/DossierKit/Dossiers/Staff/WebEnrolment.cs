namespace DossierKit.Dossiers;

/// <summary>By what somebody may bind a new account of the web to a person.</summary>
internal enum EnrolledBy
{
    /// <summary>A one-time link that <see cref="WebEnrolment.By"/> made.</summary>
    Link,

    /// <summary>The person's own account, in use at this moment and just proved again.</summary>
    OwnAccount,

    /// <summary>A recovery code: nothing but paper.</summary>
    RecoveryCode,
}

/// <summary>An account of the web that its owner just proved to have, and by what it may be bound.</summary>
/// <param name="Person">Whose account.</param>
/// <param name="Account">The account, such as <c>passkey:…</c>.</param>
/// <param name="How">By what.</param>
/// <param name="By">Who stands for it: the maker of the link, or the person.</param>
internal sealed record WebEnrolment(PersonId Person, string Account, EnrolledBy How, ActingPerson By);
