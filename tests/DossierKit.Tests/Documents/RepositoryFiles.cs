namespace DossierKit.Tests.Documents;

/// <summary>Finds the files that lie beside the code: templates and sample dossiers.</summary>
internal static class RepositoryFiles
{
    private static readonly string Root = Find();

    public static string Sample(params string[] path) => Path.Combine([Root, "sample-dossiers", .. path]);

    public static string Template(string name) => Path.Combine(Root, "templates", name);

    public static string Protocol(string name) => Path.Combine(Root, "src", "DossierKit", "Protocols", "Data", name);

    public static string Expected(string name) => Path.Combine(Root, "tests", "DossierKit.Tests", "Documents", "Expected", name);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DossierKit.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests must run from a folder inside the repository.");
    }
}
