using System.Xml;
using System.Xml.Schema;

namespace DossierKit.Tests.Retention.Export;

/// <summary>The four official texts of the schema. They are not part of this repository; without them such tests are skipped, visibly.</summary>
internal static class MdtoSchemas
{
    private static readonly string[] Names = ["MDTO-XML1.0.xsd", "MDTO-XML1.0.1.xsd", "MDTO-XML1.0.2.xsd", "MDTO-XML1.0.21.xsd"];

    public static IReadOnlyList<(string Name, XmlSchemaSet Schemas)> LoadOrSkip()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var mdto = Path.Combine(folder.FullName, "shared", "mdto");
            if (Directory.Exists(mdto)) return [.. Names.Select(name => (name, Load(Path.Combine(mdto, name))))];
        }

        Assert.Skip("There is no folder shared/mdto with the official schemas.");
        throw new InvalidOperationException();
    }

    /// <summary>What a schema says of a file; empty when it is valid.</summary>
    public static IReadOnlyList<string> Check(XmlSchemaSet schemas, string file)
    {
        var wrong = new List<string>();
        // The file's own hint is not followed: what it is checked against is chosen here.
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = schemas, XmlResolver = null, ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings };
        settings.ValidationEventHandler += (_, found) => wrong.Add($"{file}: {found.Message}");
        using var reader = XmlReader.Create(file, settings);
        while (reader.Read())
        {
        }

        return wrong;
    }

    private static XmlSchemaSet Load(string path)
    {
        var schemas = new XmlSchemaSet { XmlResolver = null };
        using var reader = XmlReader.Create(path);
        schemas.Add("https://www.nationaalarchief.nl/mdto", reader);
        schemas.Compile();
        return schemas;
    }
}
