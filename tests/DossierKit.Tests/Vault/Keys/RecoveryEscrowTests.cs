using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Keys;

public sealed class RecoveryEscrowTests : IDisposable
{
    private const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private readonly RecoveryKey _key = RecoveryKey.Create();

    /// <summary>Always the same one, so that what is tried on it gives the same answer every time.</summary>
    private static RecoveryShare Fixed => new(
        new OpaqueId(Convert.FromHexString("a1b2c3d4000000000000000000000000")), new OpaqueId(Convert.FromHexString("00112233445566778899aabbccddeeff")), 2, 3, Enumerable.Range(0, 32).Select(i => (byte)(i * 29 + 11)).ToArray());

    public void Dispose() => _key.Dispose();

    [Fact]
    public void ToLines_OfAFixedShare_AreTheOnesInTheFormat()
        => Fixed.ToLines().ShouldBe(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Vault/Keys/share-vector.txt")));

    [Theory]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    public void Combine_AnyThresholdOfTypedShares_GivesTheKey(int count, int threshold)
    {
        var shares = Typed(RecoveryEscrow.Split(_key, OpaqueId.Random(), count, threshold));
        for (var mask = 0; mask < 1 << count; mask++)
        {
            var chosen = shares.Where((_, i) => (mask >> i & 1) == 1).Reverse().ToList();
            var outcome = RecoveryEscrow.Combine(chosen);
            outcome.IsDone.ShouldBe(chosen.Count >= threshold);
            if (!outcome.IsDone) continue;
            using var key = outcome.Value;
            key.Id.ShouldBe(_key.Id);
            key.ToPem().ShouldBe(_key.ToPem());
        }
    }

    [Fact]
    public void CheckLine_EveryWrongSign_PointsAtTheLine()
    {
        var lines = Fixed.ToLines();
        for (var line = 0; line < RecoveryShare.LineCount; line++)
        {
            RecoveryShare.CheckLine(line + 1, lines[line]).ShouldBeNull();
            for (var at = 0; at < lines[line].Length; at++)
            {
                if (lines[line][at] == ' ') continue;
                foreach (var sign in Signs.Where(sign => sign != lines[line][at]))
                {
                    var typed = lines.ToArray();
                    typed[line] = typed[line][..at] + sign + typed[line][(at + 1)..];
                    RecoveryShare.Parse(typed).Refusals.ShouldHaveSingleItem().Subject.ShouldBe($"Regel {line + 1}");
                }
            }
        }
    }

    [Fact]
    public void CheckLine_NeighboursSwappedOrASignTooFew_PointsAtTheLine()
    {
        var line = Fixed.ToLines()[2];
        for (var at = 0; at < line.Length - 1; at++)
        {
            if (line[at] == ' ' || line[at + 1] == ' ' || line[at] == line[at + 1]) continue;
            RecoveryShare.CheckLine(3, line[..at] + line[at + 1] + line[at] + line[(at + 2)..]).ShouldNotBeNull();
        }

        RecoveryShare.CheckLine(3, line[..^1])!.Why.ShouldContain("19");
        RecoveryShare.CheckLine(3, line[..^1] + "U")!.Why.ShouldContain("'U'");
        RecoveryShare.CheckLine(4, line)!.Why.ShouldBe("Dit is regel 3 van een blad.");
    }

    [Fact]
    public void Parse_AsPeopleType_IsForgiving()
    {
        var typed = Fixed.ToLines().Select(line => line.ToLowerInvariant().Replace(' ', '-').Replace('0', 'o').Replace('1', 'l')).ToList();
        RecoveryShare.Parse(typed).Value.ToLines().ShouldBe(Fixed.ToLines());
    }

    [Fact]
    public void Parse_SeveralWrongLines_NamesThemAtOnce()
    {
        var lines = Fixed.ToLines().ToArray();
        (lines[1], lines[3]) = (lines[3], lines[1]);
        RecoveryShare.Parse(lines).Refusals.Select(refusal => refusal.Subject).ShouldBe(["Regel 2", "Regel 4"]);
        RecoveryShare.Parse(lines[..4]).Refusals.ShouldHaveSingleItem().Why.ShouldContain("5 regels");
    }

    [Fact]
    public void Parse_LinesOfTwoSheets_IsRefused()
    {
        var shares = RecoveryEscrow.Split(_key, OpaqueId.Random(), 3, 2);
        // The second line holds the number and the beginning of the secret part: each line is right by itself.
        string[] mixed = [.. shares[0].ToLines().Take(2), .. shares[1].ToLines().Skip(2)];
        RecoveryShare.Parse(mixed).Refusals.ShouldHaveSingleItem().What.ShouldBe("Deze regels horen niet bij elkaar.");
    }

    [Fact]
    public void Combine_WhatDoesNotFit_IsRefusedAndSaysWhy()
    {
        var (one, other) = (RecoveryEscrow.Split(_key, OpaqueId.Random(), 3, 2), RecoveryEscrow.Split(_key, OpaqueId.Random(), 3, 2));
        What(one[0], other[1]).ShouldBe("Deze delen horen niet bij elkaar.");
        What(one[0], one[0]).ShouldBe("Een deel is twee keer gegeven.");
        What(one[0]).ShouldBe("Er zijn te weinig delen.");
        What().ShouldBe("Er zijn geen delen gegeven.");

        // A sheet that somebody made himself: every line is right, and the key is another.
        var forged = Forge(one[1]);
        RecoveryShare.Parse(forged.ToLines()).IsDone.ShouldBeTrue();
        What(one[0], forged).ShouldBe("Deze delen vormen niet de sleutel.");
        // One too many is looked at as well.
        What(one[0], one[2], forged).ShouldBe("Deze delen vormen niet de sleutel.");

        RecoveryShare Forge(RecoveryShare share)
        {
            var value = share.Value.ToArray();
            value[31] ^= 1;
            return new RecoveryShare(Id(share.Splitting), Id(share.KeyFingerprint), share.Threshold, share.Number, value);
        }

        static OpaqueId Id(string start) => new(Convert.FromHexString(start.PadRight(32, '0')));

        static string What(params RecoveryShare[] shares) => RecoveryEscrow.Combine(shares).Refusals.ShouldHaveSingleItem().What;
    }

    [Fact]
    public void ToString_OfAShare_ShowsNothingOfIt()
    {
        var share = RecoveryEscrow.Split(_key, OpaqueId.Random(), 3, 2)[0];
        share.ToString().ShouldBe($"RecoveryShare(1, {share.Splitting})");
    }

    private static List<RecoveryShare> Typed(IReadOnlyList<RecoveryShare> shares) => [.. shares.Select(share => RecoveryShare.Parse(share.ToLines()).Value)];
}
