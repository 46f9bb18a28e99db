namespace DossierKit.Vault;

/// <summary>The recovery key as a way in, for when every other unlock secret is lost: open the vault with it, then add a new passphrase.</summary>
public sealed record RecoverySecret : UnlockSecret
{
    private readonly RecoveryKey _key;

    /// <summary>Takes the recovery key; it stays the caller's to dispose, after the vault was opened.</summary>
    /// <param name="key">The key from the sheet.</param>
    public RecoverySecret(RecoveryKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
    }

    /// <inheritdoc/>
    public override UnlockKind Kind => UnlockKind.RecoveryKey;

    internal override void EnsureStrong()
    {
        // A P-256 key is what it is.
    }

    internal override SecretKey NewKey(OpaqueId vault, OpaqueId slot, out byte[] parameters)
    {
        var key = SecretKey.Random();
        parameters = Ecies.Wrap(_key.PublicPoint.Span, key.Span, Context(vault, slot));
        return key;
    }

    internal override SecretKey? TryKey(UnlockSlot slot)
        => slot.Parameters.Length == Ecies.WrappedSize
            ? _key.TryUnwrap(slot.Parameters.Span, Context(slot.Vault, slot.Id))
            : throw slot.Damaged("its recovery parameters have the wrong length");

    private static byte[] Context(OpaqueId vault, OpaqueId slot) => Binding.Of("unlock-recovery", vault, slot);
}
