using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;

namespace DossierKit.Vault;

/// <summary>
/// Chooses the ring key for new wraps: of the keys that are active by now the one activated last, else the one that will be first.
/// The framework's own choice also looks at expiration, and then closes a ring whose keys are all expired, for reading too:
/// a clock that runs wrong would lock everyone out. Here dates order the keys and do nothing else.
/// </summary>
internal sealed class OrderedKeyResolver : IDefaultKeyResolver
{
    public DefaultKeyResolution ResolveDefaultKeyPolicy(DateTimeOffset now, IEnumerable<IKey> allKeys)
    {
        var keys = allKeys.OrderBy(key => key.ActivationDate).ThenBy(key => key.CreationDate).ThenBy(key => key.KeyId).ToList();
        return new DefaultKeyResolution { DefaultKey = keys.LastOrDefault(key => key.ActivationDate <= now) ?? keys.FirstOrDefault() };
    }
}
