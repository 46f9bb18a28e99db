namespace DossierKit.Host.Cli;

/// <summary>What the program tells the shell. Scripts build on these numbers: they never change meaning.</summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Refused by a rule; or no access or not there (one answer for both); or a faulty template or data.</summary>
    Refused = 1,

    /// <summary>Wrong use: an unknown command or option, a missing argument, a file that is not there.</summary>
    WrongUse = 2,

    /// <summary>Bytes of the vault are damaged, missing, cut, planted or rolled back.</summary>
    Damaged = 3,

    /// <summary>The surroundings do not allow it: disk, rights, unlock secret, a newer format; or a bug.</summary>
    Environment = 4,

    /// <summary>Stopped by the user (128 + SIGINT, as shells expect).</summary>
    Cancelled = 130,
}
