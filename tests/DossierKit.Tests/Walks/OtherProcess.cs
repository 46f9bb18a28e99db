using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Walks;

/// <summary>
/// This test assembly run again as another process with the same vault on disk: it opens a dossier and its recording, reads the beginning, says so, waits for a line,
/// and then tries everything it had open. It starts before the test runner does, when the environment names a vault.
/// </summary>
internal static class OtherProcess
{
    private const string Variable = "DOSSIERKIT_TEST_READER";

    /// <summary>What the process says of each attempt when all it can say is that the thing is gone.</summary>
    public const string Gone = "gone";

    public static UnlockSecret Secret() => new CredentialFileSecret(SHA512.HashData("a credential of this test alone"u8));

    public static async Task<Process> StartReaderAsync(VaultPlace place, DossierNumber number)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OtherProcess).Assembly.Location]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment[Variable] = string.Join('|', place.Data, place.State, number.Value);
        var process = Process.Start(start)!;
        (await process.StandardOutput.ReadLineAsync()).ShouldBe("reading");
        return process;
    }

    /// <summary>Lets it go on, and gives what it says: one line per attempt.</summary>
    public static async Task<string[]> GoOnAsync(this Process process)
    {
        await process.StandardInput.WriteLineAsync();
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } words || words.Split('|') is not [var data, var state, var number]) return;
        try
        {
            ReadAsync(new VaultPlace(data, state), new DossierNumber(number)).GetAwaiter().GetResult();
            Environment.Exit(0);
        }
        catch (Exception e) when (e is VaultException or IOException)
        {
            Console.WriteLine(e);
            Environment.Exit(1);
        }
    }

    private static async Task ReadAsync(VaultPlace place, DossierNumber number)
    {
        await using var vault = await DossierVault.OpenAsync(place, Secret(), default);
        using var register = await DossierRegister.LoadAsync(vault, TimeProvider.System, default);
        using var dossier = (await register.OpenAsync(number, register.Staff.SignIn(new PersonId("fi"), "os:fi").Value, "luisteren naar Schelpenwaard", default))!;
        var recording = dossier.State.Files.Single(file => file.Kind == FileKind.Recording);
        await using var playing = (await dossier.OpenFileAsync(recording.Id, default))!;
        await playing.ReadExactlyAsync(new byte[1000]);
        Console.WriteLine("reading");
        Console.ReadLine();

        await SayAsync(async () => await playing.ReadAsync(new byte[1000]) > 0);
        await SayAsync(async () => await dossier.OpenFileAsync(recording.Id, default) is not null);
        await SayAsync(async () => await dossier.RefreshAsync(default) && dossier.State.FindFile(recording.Id) is not null);
        await SayAsync(async () => await register.OpenAsync(number, register.Staff.SignIn(new PersonId("fi"), "os:fi").Value, "nog eens Schelpenwaard", default) is { } again && again.State.FindFile(recording.Id) is not null);
    }

    private static async Task SayAsync(Func<Task<bool>> attempt)
    {
        try
        {
            Console.WriteLine(await attempt() ? "still there" : Gone);
        }
        catch (ObjectDestroyedException)
        {
            Console.WriteLine(Gone);
        }
        catch (VaultException e)
        {
            Console.WriteLine($"{e.GetType().Name}: {e.Message}");
        }
    }
}
