namespace DossierKit.Vault;

/// <summary>A failure of the vault that a caller can react to. The text is English, for an operator, in three parts: what, why, what now; never a person or content.</summary>
public abstract class VaultException : Exception
{
    private protected VaultException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>Bytes of the vault are damaged, missing, cut, planted or rolled back. Nothing is served from them.</summary>
public sealed class VaultDamagedException : VaultException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is damaged (object name), why it is thought so, what to do now.</param>
    /// <param name="inner">The cause, if any.</param>
    public VaultDamagedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>The surroundings do not allow the work: no such folder, full or failing disk, wrong or missing unlock secret, a newer format, a place that cannot do what the vault needs.</summary>
public sealed class VaultEnvironmentException : VaultException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What could not be done, why, what to do now.</param>
    /// <param name="inner">The cause, if any.</param>
    public VaultEnvironmentException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>Another writer appended to the same stream first. Nothing was written; read again, decide again, and retry.</summary>
public sealed class JournalConflictException : VaultException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="stream">The stream that moved on.</param>
    public JournalConflictException(OpaqueId stream)
        : base($"Stream {stream} was written by another process first. Nothing was stored. Read it again and retry.")
    {
    }
}

/// <summary>The object, payload or stream was destroyed: its key is gone, so nobody can open it again.</summary>
public sealed class ObjectDestroyedException : VaultException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">The destroyed object or stream.</param>
    public ObjectDestroyedException(OpaqueId id)
        : base($"Object {id} was destroyed: its key no longer exists. The journal says when and why.")
    {
    }
}
