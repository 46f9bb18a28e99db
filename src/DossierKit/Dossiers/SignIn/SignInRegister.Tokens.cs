using System.Globalization;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>Tokens for programs.</summary>
public sealed partial class SignInRegister
{
    /// <summary>How many days a token holds at most.</summary>
    public const int TokenDays = 90;

    /// <summary>What a token begins with, so that one that leaked is recognised.</summary>
    private const string TokenPrefix = "dossierkit_";

    /// <summary>Makes a token with the rights of its owner.</summary>
    /// <param name="by">The owner. When that account is taken away, the token is worth nothing.</param>
    /// <param name="name">What the owner calls it.</param>
    /// <param name="until">The last day, within <see cref="TokenDays"/>.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The token and its secret, which is kept nowhere; or every reason why not.</returns>
    public async ValueTask<Outcome<(ApiToken Token, string Secret)>> MakeTokenAsync(ActingPerson by, string name, DateOnly until, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        var (id, secret) = (OpaqueId.Random().ToString()[..12], TokenPrefix + SecretText.New());
        return await ChangeAsync(
            _ =>
            {
                var refusals = Name(name, "naam");
                if (until < Today || until > Today.AddDays(TokenDays))
                    refusals.Add(new("Deze laatste dag kan niet.", string.Create(CultureInfo.InvariantCulture, $"Een sleutel werkt hoogstens {TokenDays} dagen."), "Kies een eerdere dag.") { Subject = "tot" });
                return refusals;
            },
            _ => [new TokenMade { Person = by.Id, Id = id, Hash = SecretText.Hash(secret), DisplayName = name.Trim(), Until = until, Account = by.Account }],
            state => (state.Tokens[id].Token, secret),
            ct);
    }

    /// <summary>The tokens of a person that were not revoked, oldest first; also those whose last day is past.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The list.</returns>
    public async ValueTask<IReadOnlyList<ApiToken>> TokensAsync(PersonId person, CancellationToken ct)
        => [.. (await NewestAsync(ct)).Tokens.Values.Select(kept => kept.Token).Where(token => token.Person == person).OrderBy(token => token.CreatedAt)];

    /// <summary>Takes a token out of use at once. By its owner.</summary>
    /// <param name="by">The owner.</param>
    /// <param name="id">The token's id.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>Done, or why not.</returns>
    public ValueTask<Outcome<bool>> RevokeTokenAsync(ActingPerson by, string id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        return ChangeAsync<bool>(
            state => state.Tokens.TryGetValue(id, out var kept) && kept.Token.Person == by.Id ? [] : [new("Deze sleutel is er niet.", "Hij is ingetrokken of niet van u.", "Kijk in uw lijst.")],
            _ => [new TokenRevoked { Person = by.Id, Id = id, By = by.Id }],
            _ => true,
            ct);
    }

    /// <summary>Lets the owner of a token in. The first use of a day is kept.</summary>
    /// <param name="secret">What the program sent.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The person, with the account <c>token:</c> and the token's id; <see langword="null"/> when the token does not hold.</returns>
    public async ValueTask<ActingPerson?> SignInByTokenAsync(string secret, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (!secret.StartsWith(TokenPrefix, StringComparison.Ordinal)) return null;
        await _staff.RefreshAsync(ct);
        var (hash, today) = (SecretText.Hash(secret), Today);
        if ((await NewestAsync(ct)).Tokens.Values.FirstOrDefault(known => known.Hash == hash) is not { } kept) return null;
        if (kept.Token.Until < today || !_staff.SignIn(kept.Token.Person, kept.Account).IsDone) return null;
        if (kept.Token.LastUsed != today)
            await ChangeAsync(_ => [], _ => [new TokenUsed { Person = kept.Token.Person, Id = kept.Token.Id, On = today }], _ => true, ct);
        return new ActingPerson(kept.Token.Person, $"token:{kept.Token.Id}");
    }
}
