using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace DossierKit.Vault;

/// <summary>
/// The DataProtection ring as objects <c>ring/&lt;vault&gt;/&lt;32 hex&gt;</c>: <c>"DKR1" | sealed element</c>, sealed as a whole under a key derived
/// from the root secret and bound to vault and name.
/// The framework's own ring is neither durable nor authentic: a power cut leaves an empty key file, a planted key is used, a forged revocation
/// or a garbage file blocks it. Here an element is durable when <see cref="StoreElement"/> returns, and anything that we did not write is refused by name.
/// </summary>
internal sealed class KeyRingRepository : IXmlRepository
{
    /// <summary>More keys than explicit rotation makes in centuries; beyond it someone is filling the ring.</summary>
    public const int MaximumElements = 256;

    public const int MaximumSize = 32 << 10;

    private readonly IObjectStore _store;
    private readonly OpaqueId _vault;
    private readonly SecretKey _sealingKey;
    private readonly List<XElement> _elements;
    private readonly Lock _gate = new();

    private KeyRingRepository(IObjectStore store, OpaqueId vault, SecretKey sealingKey, List<XElement> elements)
    {
        _store = store;
        _vault = vault;
        _sealingKey = sealingKey;
        _elements = elements;
    }

    private static ReadOnlySpan<byte> Magic => "DKR1"u8;

    public static string Prefix(OpaqueId vault) => $"ring/{vault}/";

    /// <summary>Reads and checks the whole ring; one bad element refuses it all. The sealing key stays the caller's, and must live as long as the repository.</summary>
    /// <exception cref="VaultDamagedException">An element was damaged, planted, copied from elsewhere, or is not a key.</exception>
    public static async ValueTask<KeyRingRepository> LoadAsync(IObjectStore store, OpaqueId vault, SecretKey sealingKey, CancellationToken ct)
    {
        var elements = await ReadAsync(store, vault, sealingKey, ct);
        return new KeyRingRepository(store, vault, sealingKey, elements);
    }

    /// <summary>Reads the ring again; whether another process added to it.</summary>
    /// <exception cref="VaultDamagedException">An element is not ours.</exception>
    public async ValueTask<bool> ReloadAsync(CancellationToken ct)
    {
        var elements = await ReadAsync(_store, _vault, _sealingKey, ct);
        lock (_gate)
        {
            if (elements.Count <= _elements.Count) return false;
            _elements.Clear();
            _elements.AddRange(elements);
            return true;
        }
    }

    private static async ValueTask<List<XElement>> ReadAsync(IObjectStore store, OpaqueId vault, SecretKey sealingKey, CancellationToken ct)
    {
        var elements = new List<XElement>();
        await foreach (var name in store.ListAllAsync(Prefix(vault), ct))
        {
            if (elements.Count == MaximumElements) throw Damaged(name, $"the ring has more than {MaximumElements} elements");
            if (!OpaqueId.TryParse(name.Value[Prefix(vault).Length..], out _)) throw Damaged(name, "its name is not one of ours");
            var bytes = await store.ReadSmallAsync(name, MaximumSize, ct) ?? throw Damaged(name, "it disappeared while it was read");
            elements.Add(Open(vault, sealingKey, name, bytes));
        }

        return elements;
    }

    /// <summary>All elements, checked when they were loaded; copies, because the framework may change what it gets.</summary>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_gate) return [.. _elements.Select(element => new XElement(element))];
    }

    /// <summary>Seals an element and stores it; returns when it is durable.</summary>
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        if (Objection(element) is { } why) throw new InvalidOperationException($"Only keys go into the ring: {why}.");
        var name = new ObjectName($"{Prefix(_vault)}{OpaqueId.Random()}");
        var plain = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        try
        {
            byte[] bytes = [.. Magic, .. KeyWrap.Seal(_sealingKey.Span, plain, Aad(_vault, name))];
            // The framework's interface is synchronous; a small object of the disk store is a completed task anyway.
            if (!_store.PutIfAbsentAsync(name, bytes, CancellationToken.None).AsTask().GetAwaiter().GetResult())
                throw new InvalidOperationException("A random object name was taken.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }

        lock (_gate) _elements.Add(new XElement(element));
    }

    public static XElement Open(OpaqueId vault, SecretKey sealingKey, ObjectName name, byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith(Magic))
            throw Damaged(name, bytes.AsSpan().IndexOf("<key"u8) >= 0 || bytes.AsSpan().IndexOf("masterKey"u8) >= 0 ? "it is a key that is not sealed; someone planted it" : "it does not start as one");
        var plain = new byte[Math.Max(0, bytes.Length - Magic.Length - KeyWrap.Overhead)];
        try
        {
            if (!KeyWrap.TryOpen(sealingKey.Span, bytes.AsSpan(Magic.Length), Aad(vault, name), plain))
                throw Damaged(name, "its seal is broken: it was changed, cut, copied from elsewhere, or sealed by someone without the root secret");
            using var reader = XmlReader.Create(new MemoryStream(plain), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var element = XElement.Load(reader);
            return Objection(element) is { } why ? throw Damaged(name, why) : element;
        }
        catch (XmlException e)
        {
            throw new VaultDamagedException(Text(name, "what is sealed in it is not XML"), e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    // Revocations are never written: DataProtection cannot destroy a key, and a revoked key would only lock its owner out. Destruction deletes stream keys.
    private static string? Objection(XElement element)
        => element.Name != "key" ? $"it is a '{element.Name.LocalName}', and this ring holds keys only"
            : !Guid.TryParseExact((string?)element.Attribute("id"), "D", out _) || (string?)element.Attribute("version") != "1" ? "it is not a key of version 1"
            : null;

    private static byte[] Aad(OpaqueId vault, ObjectName name) => Binding.Of("ring", vault, default, Encoding.ASCII.GetBytes(name.Value));

    private static VaultDamagedException Damaged(ObjectName name, string why) => new(Text(name, why));

    private static string Text(ObjectName name, string why)
        => $"Object {name} is no element of this vault's key ring: {why}. The vault stays closed, nothing was changed. If it was planted, find out by whom and remove it; if it was damaged, restore it from a backup.";
}
