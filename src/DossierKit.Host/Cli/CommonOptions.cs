using System.CommandLine;

namespace DossierKit.Host.Cli;

/// <summary>Options that mean the same everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>The environment variable that names the vault when <c>--data</c> does not.</summary>
    public const string DataVariable = "DOSSIERKIT_DATA";

    public static readonly Option<string?> Data = new("--data")
    {
        Description = $"The folder of the vault. Default: the variable {DataVariable}.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<string?> State = new("--state")
    {
        Description = "The folder, outside the vault, that remembers what must not be rolled back. Default: the state folder of your account.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<string?> UnlockFile = new("--unlock-file")
    {
        Description = "The file that unlocks the vault. Default: $CREDENTIALS_DIRECTORY/dossierkit, a demo vault's own file, or a passphrase that is asked for.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Write the result (or the refusals) as one JSON document.",
        Recursive = true,
    };

    public static readonly Option<string?> As = new("--as")
    {
        Description = "Who you are in this vault. Outside a demo vault: the person bound to your account, and the default.",
        HelpName = "PERSON",
    };

    public static readonly Option<string?> Purpose = new("--purpose")
    {
        Description = "What you open the dossier for; logged before the first byte is read.",
        HelpName = "TEXT",
    };
}
