using System.Diagnostics;
using System.Text.Json.Nodes;

using DossierKit.Vault;

namespace DossierKit.Host.Cli;

/// <summary>The command was called wrongly. English, for whoever typed it: what, why, what now.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The surroundings do not allow it, seen by the program itself rather than by the vault.</summary>
internal sealed class EnvironmentFailureException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A rule refused, or data was faulty: every reason at once.</summary>
internal sealed class RefusedException(params IReadOnlyList<Refusal> refusals) : Exception("Refused.")
{
    /// <summary>The one answer for "no access" and "not there": whoever may not know a dossier learns nothing from the difference.</summary>
    public static RefusedException NotThere() => new(new Refusal(
        "Dit dossier of stuk is er niet, of u hebt geen toegang.",
        "Het programma zegt niet welke van de twee: dat is soms al vertrouwelijk.",
        "Controleer het nummer en uw opdracht, of vraag het aan de functionaris integriteit.")
    { Subject = "geen-toegang" });

    public IReadOnlyList<Refusal> Refusals { get; } = refusals;
}

/// <summary>Outcomes on the command line: a refusal ends the command.</summary>
internal static class Outcomes
{
    /// <summary>The value.</summary>
    /// <exception cref="RefusedException">There is none; with every reason.</exception>
    public static T OrRefuse<T>(this Outcome<T> outcome) => outcome.IsDone ? outcome.Value : throw new RefusedException(outcome.Refusals);
}

/// <summary>The one place where a failure becomes an exit code and a text.</summary>
internal static class Failures
{
    /// <summary>Tells the user what went wrong and returns the exit code.</summary>
    public static ExitCode Report(Exception failure, Terminal terminal)
    {
        switch (failure)
        {
            case RefusedException refused:
                terminal.Refusals(refused.Refusals);
                return ExitCode.Refused;
            case JournalConflictException:
                terminal.Refusals([new Refusal(
                    "Iemand anders schreef op hetzelfde moment in dit dossier.",
                    "Er is niets opgeslagen: twee wijzigingen tegelijk zouden elkaar kunnen tegenspreken.",
                    "Bekijk het dossier opnieuw en voer de opdracht nog een keer uit.")
                { Subject = "gelijktijdig" }]);
                return ExitCode.Refused;
            case ObjectDestroyedException:
                terminal.Refusals([new Refusal(
                    "Dit stuk is vernietigd.",
                    "De sleutel bestaat niet meer; niemand kan het nog openen.",
                    "In het journaal staat wanneer en waarom het is vernietigd.")
                { Subject = "vernietigd" }]);
                return ExitCode.Refused;
            case UsageException:
                return Tell(terminal, ExitCode.WrongUse, "wrong-use", failure.Message);
            case VaultDamagedException:
                return Tell(terminal, ExitCode.Damaged, "damaged", failure.Message);
            case VaultException or EnvironmentFailureException:
                return Tell(terminal, ExitCode.Environment, "environment", failure.Message);
            case IOException or UnauthorizedAccessException:
                return Tell(terminal, ExitCode.Environment, "environment", $"The system refused a file operation. {failure.Message} Check the path, the rights and the space on the disk, and run the command again.");
            case OperationCanceledException:
                return Tell(terminal, ExitCode.Cancelled, "cancelled", "Stopped on request. What was reported as done is stored; the rest is not. Run the command again to finish it.");
            default:
                return Tell(terminal, ExitCode.Environment, "bug", Bug(failure));
        }
    }

    private static ExitCode Tell(Terminal terminal, ExitCode code, string kind, string message)
    {
        terminal.Failure(message, new JsonObject { ["error"] = kind, ["message"] = message, ["exit"] = (int)code });
        return code;
    }

    // The message of an unexpected exception may hold content of a dossier; its type and the methods it passed do not.
    public static string Bug(Exception failure)
    {
        var frames = new StackTrace(failure, fNeedFileInfo: false).GetFrames()
            .Select(frame => frame.GetMethod())
            .Where(method => method?.DeclaringType?.FullName?.StartsWith("DossierKit", StringComparison.Ordinal) == true)
            .Take(8)
            .Select(method => $"{Environment.NewLine}  at {method!.DeclaringType!.FullName}.{method.Name}");
        return $"This is a bug in DossierKit ({failure.GetType().FullName}). Nothing was stored that was not reported as done. "
            + $"Please report the lines below; they hold no content of a dossier.{string.Concat(frames)}";
    }
}
