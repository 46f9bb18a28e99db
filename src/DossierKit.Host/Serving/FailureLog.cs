using DossierKit.Host.Cli;
using DossierKit.Host.SignIn;
using DossierKit.Vault;

namespace DossierKit.Host.Serving;

/// <summary>Tells the administrator of failures: kind and place in the program, never the message of an unexpected exception, which can hold content.</summary>
internal sealed partial class FailureLog(ILogger<FailureLog> log)
{
    public void Write(HttpContext http, Exception failure) => Write((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)", failure);

    /// <summary>A failure of work that went on after its request was answered.</summary>
    public void Write(string route, Exception failure)
    {
        switch (failure)
        {
            case RefusedException or ObjectDestroyedException or JournalConflictException or BadHttpRequestException or UploadException:
                break;
            case OidcException:
                // Not of this program: the municipality's own sign-in, or how it was set up here.
                ProviderFailed(log, failure.Message);
                break;
            case VaultException:
                VaultFailed(log, route, failure.Message);
                break;
            default:
                var text = Failures.Bug(failure);
                Bug(log, route, text);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Signing in at the municipality failed: {Message}")]
    private static partial void ProviderFailed(ILogger log, string message);

    [LoggerMessage(Level = LogLevel.Error, Message = "The vault failed at {Route}: {Message}")]
    private static partial void VaultFailed(ILogger log, string route, string message);

    [LoggerMessage(Level = LogLevel.Critical, Message = "At {Route}: {Text}")]
    private static partial void Bug(ILogger log, string route, string text);
}
