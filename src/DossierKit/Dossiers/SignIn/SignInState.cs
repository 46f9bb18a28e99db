using System.Collections.Immutable;

namespace DossierKit.Dossiers;

/// <summary>The sign-in register at one moment, folded from its events; immutable and pure.</summary>
internal sealed record SignInState
{
    public static SignInState Empty { get; } = new();

    /// <summary>By credential id.</summary>
    public ImmutableDictionary<string, Passkey> Passkeys { get; private init; } = ImmutableDictionary.Create<string, Passkey>(StringComparer.Ordinal);

    /// <summary>By hash; those that were not used.</summary>
    public ImmutableDictionary<string, LinkMade> Links { get; private init; } = ImmutableDictionary.Create<string, LinkMade>(StringComparer.Ordinal);

    /// <summary>Whose code, by hash; those that were not used.</summary>
    public ImmutableDictionary<string, PersonId> RecoveryCodes { get; private init; } = ImmutableDictionary.Create<string, PersonId>(StringComparer.Ordinal);

    /// <summary>By id; those that were not revoked.</summary>
    public ImmutableDictionary<string, KeptToken> Tokens { get; private init; } = ImmutableDictionary.Create<string, KeptToken>(StringComparer.Ordinal);

    /// <summary>The last time somebody signed in, and the time before that.</summary>
    public ImmutableDictionary<PersonId, (LastSignIn Last, LastSignIn? Before)> Last { get; private init; } = ImmutableDictionary<PersonId, (LastSignIn, LastSignIn?)>.Empty;

    public SignInState After(SignInEvent happened, DateTimeOffset at) => happened switch
    {
        PasskeyEnrolled made => this with
        {
            Passkeys = Passkeys.SetItem(made.Id, new Passkey(made.Person, made.Id, made.PublicKey, made.Counter, made.Transports, made.DisplayName, made.IsBackupEligible, made.IsBackedUp, at, null)),
        },
        PasskeyRenamed renamed => Passkeys.TryGetValue(renamed.Id, out var known) ? this with { Passkeys = Passkeys.SetItem(known.Id, known with { DisplayName = renamed.DisplayName }) } : this,
        PasskeyRemoved removed => this with { Passkeys = Passkeys.Remove(removed.Id) },
        SignedIn signedIn => With(signedIn, at),
        LinkMade made => this with { Links = Links.SetItem(made.Hash, made) },
        LinkUsed used => this with { Links = Links.Remove(used.Hash) },
        // New codes make the old ones worthless.
        RecoveryCodesMade made => this with
        {
            RecoveryCodes = RecoveryCodes.RemoveRange(RecoveryCodes.Where(code => code.Value == made.Person).Select(code => code.Key)).SetItems(made.Hashes.Select(hash => KeyValuePair.Create(hash, made.Person))),
        },
        RecoveryCodeUsed used => this with { RecoveryCodes = RecoveryCodes.Remove(used.Hash) },
        TokenMade made => this with { Tokens = Tokens.SetItem(made.Id, new KeptToken(new ApiToken(made.Id, made.Person, made.DisplayName, made.Until, at, null), made.Hash, made.Account)) },
        TokenUsed used => Tokens.TryGetValue(used.Id, out var known) ? this with { Tokens = Tokens.SetItem(used.Id, known with { Token = known.Token with { LastUsed = used.On } }) } : this,
        TokenRevoked revoked => this with { Tokens = Tokens.Remove(revoked.Id) },
        _ => throw new InvalidOperationException($"No rule for {happened.Name}."),
    };

    private SignInState With(SignedIn signedIn, DateTimeOffset at)
    {
        var after = this with { Last = Last.SetItem(signedIn.Person, (new LastSignIn(at, signedIn.Kind), Last.TryGetValue(signedIn.Person, out var known) ? known.Last : null)) };
        if (signedIn.Passkey is not { } id || !Passkeys.TryGetValue(id, out var passkey)) return after;
        return after with { Passkeys = Passkeys.SetItem(id, passkey with { Counter = signedIn.Counter ?? passkey.Counter, IsBackedUp = signedIn.IsBackedUp ?? passkey.IsBackedUp, LastUsed = at }) };
    }
}

/// <summary>A token with what it is recognised by.</summary>
internal sealed record KeptToken(ApiToken Token, string Hash, string Account);
