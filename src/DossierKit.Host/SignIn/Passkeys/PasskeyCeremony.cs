using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Vault;

using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DossierKit.Host.SignIn;

/// <summary>A ceremony that began: the number of the attempt, and what the browser gets.</summary>
/// <param name="Attempt">What the answer must name.</param>
/// <param name="Options">Options for <c>navigator.credentials</c>, JSON.</param>
internal sealed record BegunCeremony(string Attempt, string Options);

/// <summary>
/// Making and using passkeys (WebAuthn), by the framework's own handler. What was asked stays here, for one answer within five minutes; nothing of it travels along.
/// Presence alone never suffices: the device must have seen its owner (user verification).
/// </summary>
internal sealed class PasskeyCeremony : IDisposable
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(5);

    private static readonly Refusal Failed = new(
        "De toegangssleutel is niet aangenomen.", "Het antwoord van uw apparaat past niet bij de vraag van deze pagina, of kwam te laat.", "Probeer het opnieuw. Blijft het misgaan, neem dan een andere toegangssleutel.");

    private readonly DossierRegister _register;
    private readonly PasskeyHandler<PasskeyOwner> _handler;
    private readonly PasskeyOwners _owners;
    private readonly UserManager<PasskeyOwner> _users;
    private readonly OneAnswer<string> _asked;
    private readonly HashSet<string> _origins;

    public PasskeyCeremony(DossierRegister register, DossierVault vault, HostSettings settings, TimeProvider clock)
    {
        _register = register;
        _origins = settings.Urls.Append(settings.Origin).Select(url => url.GetLeftPart(UriPartial.Authority)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _asked = new OneAnswer<string>(clock, Time);
        _owners = new PasskeyOwners(register, vault);
        _users = new UserManager<PasskeyOwner>(_owners, Options.Create(new IdentityOptions()), null!, [], [], null!, null!, null!, NullLogger<UserManager<PasskeyOwner>>.Instance);
        _handler = new PasskeyHandler<PasskeyOwner>(_users, Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = settings.Origin.Host,
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AttestationConveyancePreference = "none",
            AuthenticatorTimeout = Time,
            ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && _origins.Contains(context.Origin)),
        }));
    }

    public void Dispose()
    {
        _users.Dispose();
        _owners.Dispose();
    }

    /// <summary>Begins making a passkey for a person.</summary>
    public async Task<BegunCeremony> BeginEnrolAsync(PersonId person, HttpContext http)
    {
        var name = _register.Staff.Find(person)?.DisplayName ?? person.Value;
        var entity = new PasskeyUserEntity { Id = _owners.UserIdOf(person), Name = person.Value, DisplayName = $"{name} - {_register.Staff.Municipality.Name}" };
        var options = await _handler.MakeCreationOptionsAsync(entity, http);
        return new(_asked.Keep(options.AttestationState!), options.CreationOptionsJson);
    }

    /// <summary>Checks what the device answered. Nothing is kept yet.</summary>
    public async Task<Outcome<NewPasskey>> FinishEnrolAsync(PersonId person, PasskeyAnswer answer, string name, HttpContext http)
    {
        if (answer.IsEmpty || _asked.Take(answer.Attempt) is not { } state) return Outcome<NewPasskey>.Refused(Failed);
        var result = await _handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = answer.Credential, AttestationState = state });
        // For whom it was asked decides, not what the answer says.
        if (!result.Succeeded || !result.Passkey.IsUserVerified || result.UserEntity.Id != _owners.UserIdOf(person)) return Outcome<NewPasskey>.Refused(Failed);
        var made = result.Passkey;
        return Outcome<NewPasskey>.Done(new NewPasskey(
            Base64Url.EncodeToString(made.CredentialId), made.PublicKey, made.SignCount, made.Transports ?? [], name, made.IsBackupEligible, made.IsBackedUp));
    }

    /// <summary>Begins signing in; without a person the device says who it is.</summary>
    public async Task<BegunCeremony> BeginSignInAsync(PersonId? person, HttpContext http)
    {
        var options = await _handler.MakeRequestOptionsAsync(person is { } known ? _owners.Of(known) : null, http);
        return new(_asked.Keep(options.AssertionState!), options.RequestOptionsJson);
    }

    /// <summary>Checks what the device answered, and lets its owner in.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="person">Who it must be; <see langword="null"/>: whoever it is.</param>
    /// <param name="http">The request.</param>
    public async Task<Outcome<ActingPerson>> FinishSignInAsync(PasskeyAnswer answer, PersonId? person, HttpContext http)
    {
        if (answer.IsEmpty || _asked.Take(answer.Attempt) is not { } state) return Outcome<ActingPerson>.Refused(Failed);
        var result = await _handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = answer.Credential, AssertionState = state });
        if (!result.Succeeded || !result.Passkey.IsUserVerified || (person is { } expected && result.User.Person != expected)) return Outcome<ActingPerson>.Refused(Failed);
        return await _register.SignIns.SignInAsync(Base64Url.EncodeToString(result.Passkey.CredentialId), result.Passkey.SignCount, result.Passkey.IsBackedUp, http.RequestAborted);
    }
}

/// <summary>What a page sends back of a ceremony.</summary>
internal sealed record PasskeyAnswer(string Attempt, string Credential)
{
    public const string AttemptField = "poging";
    public const string CredentialField = "antwoord";

    /// <summary>What the fields begin with when they are a proof beside a form of its own.</summary>
    public const string ProofPrefix = "bevestig-";

    // A credential is a few kilobytes; more is no credential.
    public bool IsEmpty => Attempt.Length == 0 || Credential.Length is 0 or > 64 * 1024;

    public static PasskeyAnswer Of(IFormCollection form, string prefix = "") => new(form[prefix + AttemptField].ToString(), form[prefix + CredentialField].ToString());
}

/// <summary>A person as the framework's passkey handler sees one.</summary>
/// <param name="Person">Who.</param>
/// <param name="UserId">What stands on the device: the same for every passkey of a person in this vault, and of no meaning elsewhere.</param>
internal sealed record PasskeyOwner(PersonId Person, string UserId);

/// <summary>The passkeys of the register, as the framework's handler wants to read them. It writes nothing: that is the register's own.</summary>
internal sealed class PasskeyOwners(DossierRegister register, DossierVault vault) : IUserPasskeyStore<PasskeyOwner>
{
    // Of the vault as well: on one computer (localhost) two vaults with a person 'fi' must not overwrite each other's passkeys.
    public string UserIdOf(PersonId person) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{vault.Id}/{person}")).AsSpan(0, 16));

    public PasskeyOwner Of(PersonId person) => new(person, UserIdOf(person));

    public Task<PasskeyOwner?> FindByIdAsync(string userId, CancellationToken cancellationToken)
        => Task.FromResult(register.Staff.Persons.Select(person => Of(person.Id)).FirstOrDefault(owner => owner.UserId == userId));

    public async Task<PasskeyOwner?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
        => await register.SignIns.FindPasskeyAsync(Base64Url.EncodeToString(credentialId), cancellationToken) is { } passkey ? Of(passkey.Person) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken)
        => await register.SignIns.FindPasskeyAsync(Base64Url.EncodeToString(credentialId), cancellationToken) is { } passkey && passkey.Person == user.Person ? InfoOf(passkey) : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyOwner user, CancellationToken cancellationToken)
        => [.. (await register.SignIns.PasskeysAsync(user.Person, cancellationToken)).Select(InfoOf)];

    public Task<string> GetUserIdAsync(PasskeyOwner user, CancellationToken cancellationToken) => Task.FromResult(user.UserId);

    public Task<string?> GetUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Person.Value);

    public Task<string?> GetNormalizedUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task<PasskeyOwner?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task AddOrUpdatePasskeyAsync(PasskeyOwner user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadOnly();

    public Task RemovePasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadOnly();

    public Task SetUserNameAsync(PasskeyOwner user, string? userName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task SetNormalizedUserNameAsync(PasskeyOwner user, string? normalizedName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> CreateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> UpdateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> DeleteAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw ReadOnly();

    public void Dispose()
    {
    }

    private static UserPasskeyInfo InfoOf(Passkey passkey) => new(
        Base64Url.DecodeFromChars(passkey.Id), passkey.PublicKey.ToArray(), passkey.CreatedAt, passkey.Counter, [.. passkey.Transports], isUserVerified: true,
        passkey.IsBackupEligible, passkey.IsBackedUp, attestationObject: [], clientDataJson: [])
    { Name = passkey.DisplayName };

    private static NotSupportedException ReadOnly() => new("Passkeys are kept by the register; the framework only reads them.");
}
