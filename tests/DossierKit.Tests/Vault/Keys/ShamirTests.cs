using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Keys;

public sealed class ShamirTests
{
    [Fact]
    public void Multiply_IsTheFieldOfAes()
    {
        // FIPS 197, 4.2 and 4.2.1.
        Shamir.Multiply(0x57, 0x83).ShouldBe((byte)0xC1);
        Shamir.Multiply(0x57, 0x13).ShouldBe((byte)0xFE);
        for (var a = 0; a < 256; a++)
        {
            Shamir.Multiply((byte)a, 1).ShouldBe((byte)a);
            Shamir.Multiply((byte)a, 0).ShouldBe((byte)0);
            if (a > 0) Shamir.Multiply((byte)a, Shamir.Inverse((byte)a)).ShouldBe((byte)1);
            for (var b = 0; b < 256; b += 7)
            {
                Shamir.Multiply((byte)a, (byte)b).ShouldBe(Shamir.Multiply((byte)b, (byte)a));
                Shamir.Multiply((byte)a, (byte)(b ^ 0x35)).ShouldBe((byte)(Shamir.Multiply((byte)a, (byte)b) ^ Shamir.Multiply((byte)a, 0x35)));
            }
        }
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    [InlineData(6, 6)]
    [InlineData(16, 2)]
    public void Interpolate_AnyThresholdOfShares_GivesTheSecretAndOneLessDoesNot(int shares, int threshold)
    {
        var secret = Enumerable.Range(0, 32).Select(i => (byte)(i * 41 + 3)).ToArray();
        var split = Shamir.Split(secret, shares, threshold);
        foreach (var chosen in Subsets(shares, threshold)) Shamir.Interpolate(Points(split, chosen), 0).ShouldBe(secret);
        foreach (var chosen in Subsets(shares, threshold - 1)) Shamir.Interpolate(Points(split, chosen), 0).ShouldNotBe(secret);
    }

    /// <summary>
    /// Whatever the secret is, the shares that are one too few look the same: every pair of values comes as often for one secret as for another. 65,536 splittings of a byte; the chi-square of 256
    /// cells stays below what chance exceeds once in 10^9.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void Split_OneShareTooFew_SaysNothingOfTheSecret(byte secret)
    {
        const int Splittings = 65536;
        foreach (var threshold in (int[])[2, 3])
        {
            var counts = new int[threshold - 1, 256];
            var sums = new int[256];
            var content = new byte[4096];
            Array.Fill(content, secret);
            for (var round = 0; round < Splittings / content.Length; round++)
            {
                var split = Shamir.Split(content, 3, threshold);
                for (var i = 0; i < content.Length; i++)
                {
                    for (var share = 0; share < threshold - 1; share++) counts[share, split[share][i]]++;
                    // And what they say together: the sum of two shares, for a threshold of three.
                    sums[threshold == 3 ? split[0][i] ^ split[1][i] : split[0][i]]++;
                }
            }

            for (var share = 0; share < threshold - 1; share++) ChiSquare([.. Enumerable.Range(0, 256).Select(value => counts[share, value])]).ShouldBeLessThan(400);
            ChiSquare(sums).ShouldBeLessThan(400);
        }

        static double ChiSquare(int[] cells) => cells.Sum(count => Math.Pow(count - (Splittings / 256.0), 2) / (Splittings / 256.0));
    }

    private static List<(byte, ReadOnlyMemory<byte>)> Points(byte[][] split, IEnumerable<int> chosen) => [.. chosen.Select(i => ((byte)(i + 1), (ReadOnlyMemory<byte>)split[i]))];

    private static IEnumerable<IReadOnlyList<int>> Subsets(int of, int size)
        => Enumerable.Range(0, 1 << of).Where(mask => System.Numerics.BitOperations.PopCount((uint)mask) == size && size > 0).Select(mask => (IReadOnlyList<int>)[.. Enumerable.Range(0, of).Where(i => (mask >> i & 1) == 1)]);
}
