using System.Collections.Concurrent;
using System.Xml.Linq;

using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace DossierKit.Host.Serving;

/// <summary>
/// The keys of the web alone, gone with the process. Left to itself the framework makes a key at start-up and writes it, in clear, under the home folder of the service, by way of
/// the folder for temporary files; also when the provider that is used needs none. The keys of the vault live in a provider of their own.
/// </summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private readonly ConcurrentQueue<XElement> _keys = new();

    public static void AddServices(IServiceCollection services)
    {
        services.AddDataProtection();
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new KeysInMemory());
    }

    public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys.Select(key => new XElement(key))];

    public void StoreElement(XElement element, string friendlyName) => _keys.Enqueue(new XElement(element));
}
