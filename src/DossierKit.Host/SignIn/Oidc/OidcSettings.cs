namespace DossierKit.Host.SignIn;

/// <summary>The municipality's own sign-in, by OpenID Connect. It says who somebody is and nothing more: what he may do stands in the staff register.</summary>
/// <param name="Issuer">The address of the provider, exactly as it names itself.</param>
/// <param name="ClientId">What the provider calls this program.</param>
/// <param name="SecretFile">The file whose first line is the secret; <see langword="null"/>: <c>dossierkit-oidc</c> in the credentials of the service, or none (a public client).</param>
/// <param name="Name">What users call it, after "Aanmelden met".</param>
internal sealed record OidcSettings(Uri Issuer, string ClientId, string? SecretFile, string Name)
{
    /// <summary>Where the provider sends the user back to.</summary>
    public const string CallbackPath = "/aanmelden/oidc/terug";

    private const string CredentialName = "dossierkit-oidc";

    /// <summary>Reads the secret; empty when there is none.</summary>
    public string ReadSecret()
    {
        var file = SecretFile ?? (Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder && File.Exists(Path.Combine(folder, CredentialName)) ? Path.Combine(folder, CredentialName) : null);
        return file is null ? "" : File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";
    }
}
