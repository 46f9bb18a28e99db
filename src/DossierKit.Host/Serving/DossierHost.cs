using DossierKit.Dossiers;
using DossierKit.Host.Api;
using DossierKit.Host.Operations;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Beheer;
using DossierKit.Host.Web.Bewaring;
using DossierKit.Host.Web.Dossiers;
using DossierKit.Host.Web.Hulp;
using DossierKit.Host.Web.Logboek;
using DossierKit.Host.Web.Protocollen;
using DossierKit.Host.Web.Sjablonen;
using DossierKit.Host.Web.Stappen;
using DossierKit.Host.Web.Stukken;
using DossierKit.Host.Web.Vastleggen;
using DossierKit.Host.Web.Werk;
using DossierKit.Host.Web.Zoeken;
using DossierKit.Retention;
using DossierKit.Search;
using DossierKit.Vault;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace DossierKit.Host.Serving;

/// <summary>The web host put together: what every request passes, in order, and every route.</summary>
internal static class DossierHost
{
    /// <summary>Builds the host over an open vault; the vault and register stay the caller's to dispose, after the host.</summary>
    public static WebApplication Build(HostSettings settings, DossierVault vault, DossierRegister register, TimeProvider clock)
    {
        // Nothing is taken from variables or files of the working directory: what is said on the command line is what runs. And nothing watches that directory either: the usual builder
        // goes through all that lies below it, which may be the vault.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            Args = [],
            ApplicationName = typeof(DossierHost).Assembly.GetName().Name,
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrel();
        HostLogs.Configure(builder.Logging, settings);
        var services = builder.Services;
        if (settings.Certificate is { } certificate) services.AddSingleton(provider => Certificates.Open(certificate, clock, provider.GetRequiredService<ILogger<Certificates>>()));
        builder.WebHost.ConfigureKestrel(kestrel => Listening.Configure(kestrel, settings, kestrel.ApplicationServices.GetService<Certificates>()));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.ShutdownTimeout);
        services.AddSingleton<Metrics>().AddSingleton<RequestLog>().AddHostedService<SystemdNotifier>().AddHostedService<ClockObserver>();
        if (WindowsService.MayBeService) services.AddHostedService<WindowsService>();
        services.AddSingleton(settings).AddSingleton(vault).AddSingleton(register).AddSingleton(clock);
        services.AddSingleton<FailureLog>().AddSingleton<HeldTemplates>();
        services.AddSingleton(provider => DestructionRegister.Of(register)).AddSingleton<DestructionRuns>();
        services.AddSingleton(provider => CardDoor.Open(register));
        services.AddSingleton<SearchDesk>().AddHostedService<IndexKeeper>();
        services.AddRouting();
        KeysInMemory.AddServices(services);
        services.AddRazorComponents();
        ApiHost.AddServices(services, settings);
        services.AddAuthentication(SessionHandler.Name).AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.Name, null);
        SignInServices.Add(services, settings);
        // Every route asks for a session unless it says otherwise.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        var app = builder.Build();
        // At once, not when somebody first compares: whoever destroys a dossier before that must find its cards.
        app.Services.GetRequiredService<CardRegister>();
        Metrics.Use(app, settings);
        Proxies.UseForwarded(app, settings);
        SecurityHeaders.Use(app);
        HeadRequests.Use(app);
        ApiHost.UseVersion(app);
        Problems.Use(app);
        Proxies.UseNames(app, settings);
        Stopping.Use(app);
        app.UseRouting();
        app.UseAuthentication();
        SameSite.Use(app);
        app.UseAuthorization();
        app.UseRateLimiter();
        ApiHost.UseRules(app);
        DossierDoor.Use(app);
        ArchiveDoor.Use(app);
        FinalActGate.Use(app);
        Map(app, settings);
        return app;
    }

    private static void Map(WebApplication app, HostSettings settings)
    {
        EmbeddedAssets.Map(app);
        HealthPage.Map(app);
        Metrics.Map(app, settings);
        SecurityText.Map(app, settings);

        SignInServices.Map(app, settings);
        HulpEndpoints.Map(app);
        ProtocolEndpoints.Map(app);
        TemplateEndpoints.Map(app);
        LogEndpoints.Map(app);
        BeheerEndpoints.Map(app);
        WerkEndpoints.Map(app);
        DossierListEndpoints.Map(app);
        NieuwEndpoints.Map(app);
        DoelEndpoints.Map(app);
        BewaringEndpoints.Map(app);
        LijstEndpoints.Map(app);
        ZoekenEndpoints.Map(app);

        var dossier = app.MapGroup("/dossiers/{nummer}").WithMetadata(new DossierRoute());
        OverviewEndpoints.Map(dossier);
        TijdlijnEndpoints.Map(dossier);
        DocumentenEndpoints.Map(dossier);
        UploadEndpoints.Map(dossier);
        BestandEndpoints.Map(dossier);
        OpnameEndpoints.Map(dossier);
        ExportEndpoints.Map(dossier);
        AssemblyEndpoints.Map(dossier);
        PersonenEndpoints.Map(dossier);
        OnderzoekEndpoints.Map(dossier);
        InzageEndpoints.Map(dossier);
        LogboekEndpoints.Map(dossier);
        StappenEndpoints.Map(dossier);
        VastleggenEndpoints.Map(dossier);

        ApiHost.Map(app);
    }
}
