using System.Globalization;

using DossierKit.Vault;

namespace DossierKit.Host.Cli.Recovery;

/// <summary>Takes shares of the recovery key from whoever types them, or line by line from a pipe. They are never taken from the command line, where other users can read them.</summary>
internal static class ShareInput
{
    /// <summary>Asks for as many shares as they say are needed, and puts the key together in memory. The caller disposes it.</summary>
    /// <exception cref="RefusedException">A line from a pipe is wrong, or the shares do not fit each other.</exception>
    /// <exception cref="UsageException">The input ended too early.</exception>
    public static RecoveryKey Read(Terminal terminal, CancellationToken ct) => ReadWithSplitting(terminal, ct).Key;

    /// <summary>As <see cref="Read"/>, with the splitting that stands on the shares.</summary>
    public static (RecoveryKey Key, string Splitting) ReadWithSplitting(Terminal terminal, CancellationToken ct)
    {
        var shares = new List<RecoveryShare>();
        do
        {
            var share = One(terminal, shares.Count + 1, ct);
            if (Prompt.IsInteractive && shares.Any(known => known.Number == share.Number && known.Splitting == share.Splitting))
            {
                terminal.Note(string.Create(CultureInfo.InvariantCulture, $"Deel {share.Number} is er al. Geef een ander deel."));
                continue;
            }

            shares.Add(share);
            if (Prompt.IsInteractive) terminal.Note(string.Create(CultureInfo.InvariantCulture, $"Deel {share.Number} is goed: verdeling {share.Splitting}, herstelsleutel {share.KeyFingerprint}…"));
        }
        while (shares.Count < shares[0].Threshold);

        return (RecoveryEscrow.Combine(shares).OrRefuse(), shares[0].Splitting);
    }

    private static RecoveryShare One(Terminal terminal, int count, CancellationToken ct)
    {
        var lines = new List<string>(RecoveryShare.LineCount);
        if (Prompt.IsInteractive) terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{Ordinal(count)} deel: typ de {RecoveryShare.LineCount} regels van het blad over, zonder het regelnummer."));
        while (lines.Count < RecoveryShare.LineCount)
        {
            ct.ThrowIfCancellationRequested();
            var number = lines.Count + 1;
            if (Prompt.IsInteractive) Console.Error.Write($"  {number}: ");
            var typed = ReadLine(ct) ?? throw new UsageException("The input ended before the shares were complete. A share has five lines; type as many shares as stands on the sheets.");
            if (typed.Trim().Length == 0) continue;
            if (RecoveryShare.CheckLine(number, typed) is { } wrong && Prompt.IsInteractive)
            {
                terminal.Note($"     {wrong.What} {wrong.Why} {wrong.WhatNow}");
                continue;
            }

            // A share that stays on the screen is read by whoever comes by, and by whoever scrolls back.
            if (Prompt.IsInteractive && !Console.IsErrorRedirected) Console.Error.Write("\u001b[1A\u001b[2K");
            lines.Add(typed);
        }

        return RecoveryShare.Parse(lines).OrRefuse();
    }

    private static string? ReadLine(CancellationToken ct)
    {
        if (!Prompt.IsInteractive) return Console.In.ReadLine();
        // On a thread of its own: reading a line cannot be cancelled, and Ctrl-C must not wait for Enter.
        var reading = Task.Run(Console.ReadLine, CancellationToken.None);
        reading.Wait(ct);
        return reading.Result;
    }

    private static string Ordinal(int count) => count == 1 ? "Eerste" : string.Create(CultureInfo.InvariantCulture, $"{count}e");
}
