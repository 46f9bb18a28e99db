namespace DossierKit.Vault;

/// <summary>Every way a sealed stream can be wrong, each with a text of its own: what, why, what now.</summary>
internal static class SealFailure
{
    private const string WhatNow = "Nothing of it that is not genuine is given out. Run verify to see what else is hit, and restore it from a backup.";

    public static VaultDamagedException Cut(in SealContext context, string where)
        => Damaged(context, $"is cut: {where}.");

    public static VaultDamagedException NoSealedStream(in SealContext context)
        => Damaged(context, "is no sealed stream: it does not start with 'DKS1'.");

    public static VaultEnvironmentException NewerFormat(in SealContext context, ushort format)
        => new($"{Name(context)} has format {format}; this version of DossierKit reads format {SealedHeader.Format}. It was written by a newer version. Install that version and try again.");

    public static VaultDamagedException OtherContext(in SealContext context, string field)
        => Damaged(context, $"belongs elsewhere: its header names another {field}. It was moved or planted here, or its header was changed.");

    public static VaultDamagedException OtherKey(in SealContext context)
        => Damaged(context, "was sealed under another key than the one on record, or its salt or commitment was changed.");

    public static VaultDamagedException ImpossibleLength(in SealContext context, long length)
        => Damaged(context, $"has {length} bytes, and no sealed stream has that length: bytes were cut off or added.");

    public static VaultDamagedException ChangedUnit(in SealContext context, long unit)
        => Damaged(context, $"was changed: unit {unit} (64 KiB each, from 0) does not authenticate.");

    public static VaultDamagedException CutAtUnit(in SealContext context, long unit)
        => Damaged(context, $"is cut: it ends with unit {unit}, which is not the final one.");

    public static VaultDamagedException BytesAfterFinalUnit(in SealContext context, long unit)
        => Damaged(context, $"has bytes added: more follows after unit {unit}, which is the final one.");

    public static VaultDamagedException PartsMissing(in SealContext context)
        => Damaged(context, "is followed by another part, and none is on record: the list of parts is cut.");

    public static VaultDamagedException PartsAdded(in SealContext context)
        => Damaged(context, "is the last part, and more parts are on record: parts were added.");

    public static VaultDamagedException BadContentLength(in SealContext context)
        => Damaged(context, "holds a content length that does not fit its size: it was written by a faulty program that had the key.");

    public static VaultDamagedException BadPadding(in SealContext context)
        => Damaged(context, "holds something in its padding: it was written by a faulty program that had the key.");

    private static VaultDamagedException Damaged(in SealContext context, string why) => new($"{Name(context)} {why} {WhatNow}");

    private static string Name(in SealContext context) => $"Sealed {context.Kind} {context.Object}, part {context.Part},";
}
