namespace DossierKit.Tests.Vault.Store;

/// <summary>A folder of a test's own; dispose removes it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dossierkit-test-").FullName;

    public string Below(params string[] parts) => System.IO.Path.Join([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
