using System.Text;

namespace DossierKit.Host.Cli;

/// <summary>Asks the user something: questions on standard error (results stay clean), answers from standard input.</summary>
internal static class Prompt
{
    /// <summary>Whether somebody is there to answer.</summary>
    public static bool IsInteractive => !Console.IsInputRedirected;

    /// <summary>Asks for one line; an empty answer gives <paramref name="fallback"/>, or asks again when there is none.</summary>
    /// <exception cref="UsageException">Nobody is there to answer.</exception>
    public static string Ask(string question, string option, string? fallback, CancellationToken ct)
    {
        if (!IsInteractive) throw new UsageException($"{option} is missing, and there is no terminal to ask '{question}'. Give {option}.");
        while (true)
        {
            Console.Error.Write(string.IsNullOrEmpty(fallback) ? $"{question}: " : $"{question} [{fallback}]: ");
            // On a thread of its own: reading a line cannot be cancelled, and Ctrl-C must not wait for Enter.
            var reading = Task.Run(Console.ReadLine, CancellationToken.None);
            reading.Wait(ct);
            var answer = reading.Result ?? throw new UsageException($"The input ended before '{question}' was answered. Give {option}.");
            if (answer.Trim() is { Length: > 0 } given) return given;
            if (fallback is not null) return fallback;
        }
    }

    /// <summary>Reads a passphrase: without echo from a terminal, or one line when the input is a pipe. It is never taken from the command line, where other users can read it.</summary>
    /// <exception cref="EnvironmentFailureException">There is none.</exception>
    public static string Passphrase(string question)
    {
        if (!IsInteractive)
        {
            return Console.In.ReadLine() is { Length: > 0 } line
                ? line
                : throw new EnvironmentFailureException("The vault is locked and nothing unlocks it: no --unlock-file, no $CREDENTIALS_DIRECTORY/dossierkit, and no passphrase on standard input. Give one of these.");
        }

        Console.Error.Write($"{question}: ");
        Console.TreatControlCAsInput = true;
        try
        {
            return ReadWithoutEcho();
        }
        finally
        {
            Console.TreatControlCAsInput = false;
            Console.Error.WriteLine();
        }
    }

    private static string ReadWithoutEcho()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }) throw new OperationCanceledException();
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return typed.ToString();
                case ConsoleKey.Backspace:
                    if (typed.Length > 0) typed.Length -= char.IsLowSurrogate(typed[^1]) && typed.Length > 1 ? 2 : 1;
                    break;
                default:
                    if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
                    break;
            }
        }
    }
}
