using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.State;

/// <summary>This test assembly run again as a second process that uses the same state folder. It starts before the test runner does, when the environment names an action.</summary>
internal static class StateProcess
{
    private const string Variable = "DOSSIERKIT_TEST_STATE";

    public static readonly OpaqueId Vault = new("0123456789abcdef"u8);

    public static SecretKey Key() => SecretKey.CopyOf("0123456789abcdef0123456789abcdef"u8);

    public static StateDirectory Open(string folder) => StateDirectory.Open(folder, null, Vault, Key());

    public static OpaqueId Id(int number) => OpaqueId.Derive("state test"u8, number.ToString(CultureInfo.InvariantCulture));

    public static byte[] Hash(long sequence) => SHA256.HashData(BitConverter.GetBytes(sequence));

    public static Process Start(params string[] action) => StartTraced([], action);

    public static Process StartTraced(string[] strace, params string[] action)
    {
        string[] command = [.. strace.Length > 0 ? (string[])["strace", .. strace] : [], "dotnet", typeof(StateProcess).Assembly.Location];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment[Variable] = string.Join('|', action);
        return Process.Start(start)!;
    }

    public static async Task<string> EndAsync(this Process process)
    {
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output);
        process.Dispose();
        return output.Trim();
    }

    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } action) return;
        var words = action.Split('|');
        try
        {
            using var state = Open(words[1]);
            switch (words[0])
            {
                case "heads":
                    for (var sequence = 1; sequence <= 400; sequence++) state.WriteHead(Id(1), sequence, Hash(sequence));
                    break;
                case "ledger":
                    var first = int.Parse(words[2], CultureInfo.InvariantCulture);
                    for (var i = first; i < first + 25; i++) state.Ledger.Append([new Destroyed(DestroyedKind.Object, Id(0), Id(i), DateTimeOffset.UnixEpoch)]);
                    break;
                case "failing-ledger":
                    Say(() => state.Ledger.Append([new Destroyed(DestroyedKind.Object, Id(1000), Id(7), DateTimeOffset.UnixEpoch)]));
                    Say(() => state.Ledger.Append([new Destroyed(DestroyedKind.Object, Id(1000), Id(8), DateTimeOffset.UnixEpoch)]));
                    using (var again = Open(words[1])) again.Ledger.Append([new Destroyed(DestroyedKind.Object, Id(1000), Id(7), DateTimeOffset.UnixEpoch)]);
                    Console.WriteLine("reopened");
                    break;
                case "hold":
                    using (state.Lock(exclusive: bool.Parse(words[2]), TimeSpan.Zero, default))
                    {
                        Console.WriteLine("held");
                        Console.ReadLine();
                    }

                    break;
            }

            Environment.Exit(0);
        }
        catch (Exception e) when (e is VaultException or IOException)
        {
            Console.WriteLine(e);
            Environment.Exit(1);
        }
    }

    private static void Say(Action action)
    {
        try
        {
            action();
            Console.WriteLine("done");
        }
        catch (VaultException e)
        {
            Console.WriteLine($"{e.GetType().Name}: {e.Message}");
        }
    }
}
