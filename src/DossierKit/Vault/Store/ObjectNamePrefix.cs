namespace DossierKit.Vault;

/// <summary>The rule for prefixes of listings, the same in every store.</summary>
internal static class ObjectNamePrefix
{
    /// <summary>Refuses what is no prefix: anything but nothing, or whole segments ending in '/'.</summary>
    /// <exception cref="ArgumentException">The prefix or the limit cannot be meant.</exception>
    public static void Check(string prefix, int limit)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        if (prefix.Length > 0 && (prefix[^1] != '/' || !ObjectName.IsValid(prefix[..^1])))
            throw new ArgumentException($"'{prefix}' is no prefix: use nothing, or whole segments ending in '/'.", nameof(prefix));
    }
}
