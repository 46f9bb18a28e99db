namespace DossierKit.Host.SignIn;

/// <summary>A browser and its system in a few words, so that somebody recognises his own sessions. Anybody can send anything here: it proves nothing.</summary>
internal static class Device
{
    private static readonly (string Mark, string Name)[] Browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Mark, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    public static string Of(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        var browser = Browsers.FirstOrDefault(known => agent.Contains(known.Mark, StringComparison.Ordinal)).Name;
        var system = Systems.FirstOrDefault(known => agent.Contains(known.Mark, StringComparison.Ordinal)).Name;
        return (browser, system) switch
        {
            (null, null) => "een ander programma",
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser} op {system}",
        };
    }
}
