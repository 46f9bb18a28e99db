namespace DossierKit.Dossiers;

/// <summary>What someone may do with a compartment; each includes those before it.</summary>
public enum Right
{
    /// <summary>Nothing: it is as if it were not there.</summary>
    Nothing,

    /// <summary>Know that something happened and when, not what.</summary>
    Metadata,

    /// <summary>Read.</summary>
    Read,

    /// <summary>Read and add.</summary>
    Write,
}

/// <summary>What a person may do in one dossier, at one moment.</summary>
public sealed class DossierAccess
{
    internal DossierAccess()
    {
    }

    /// <summary>The right in a compartment.</summary>
    /// <param name="compartment">The compartment.</param>
    /// <returns>The right; <see cref="Right.Nothing"/> when there is none.</returns>
    public Right In(Compartment compartment) => throw new NotSupportedException();

    /// <summary>Whether content of a compartment may be taken out of the vault by this person: a right of its own.</summary>
    /// <param name="compartment">The compartment.</param>
    /// <returns><see langword="true"/> when it may.</returns>
    public bool MayExport(Compartment compartment) => throw new NotSupportedException();

    /// <summary>Whether a compartment may be read.</summary>
    /// <param name="compartment">The compartment.</param>
    /// <returns><see langword="true"/> when it may.</returns>
    public bool MayRead(Compartment compartment) => In(compartment) >= Right.Read;

    /// <summary>Whether something may be added to a compartment.</summary>
    /// <param name="compartment">The compartment.</param>
    /// <returns><see langword="true"/> when it may.</returns>
    public bool MayWrite(Compartment compartment) => In(compartment) >= Right.Write;
}
