using DossierKit.Host.Serving;
using DossierKit.Host.Web.Aanmelden;
using DossierKit.Host.Web.Account;
using DossierKit.Host.Web.Beheer;

namespace DossierKit.Host.SignIn;

/// <summary>All that signing in needs, and all its routes.</summary>
internal static class SignInServices
{
    public static void Add(IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton<Sessions>().AddSingleton<TokenVisits>().AddSingleton<HeldForms>().AddSingleton<GuessLimit>().AddSingleton<PasskeyCeremony>().AddSingleton<UnknownAccounts>();
        services.AddSingleton<SessionEnds>().AddHostedService(provider => provider.GetRequiredService<SessionEnds>());
        OidcSignIn.Add(services, settings);
    }

    public static void Map(IEndpointRouteBuilder routes, HostSettings settings)
    {
        SignInEndpoints.Map(routes);
        LinkEndpoints.Map(routes);
        PresenceEndpoints.Map(routes);
        AccountEndpoints.Map(routes);
        StaffEndpoints.Map(routes);
        OidcSignIn.Map(routes, settings);
    }
}
