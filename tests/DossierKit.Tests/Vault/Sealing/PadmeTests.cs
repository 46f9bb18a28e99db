using DossierKit.Vault;
using FsCheck;
using FsCheck.Fluent;

namespace DossierKit.Tests.Vault.Sealing;

public sealed class PadmeTests
{
    [Theory]
    [InlineData(0, 256)]
    [InlineData(256, 256)]
    [InlineData(257, 272)]
    [InlineData(1000, 1024)]
    [InlineData(65_536, 65_536)]
    [InlineData(65_537, 67_584)]
    [InlineData((64L << 20) + 8, 66L << 20)]
    public void Round_Length_IsThePublishedSize(long length, long size) => Padme.Round(length).ShouldBe(size);

    [Fact]
    public void Round_AnyLength_HoldsItAddsAtMostTwelvePercentAndIsStable()
        => Prop.ForAll(Gen.Choose(0, int.MaxValue).Select(length => (long)length * 1000).ToArbitrary(), length =>
        {
            var size = Padme.Round(length);
            return size >= length && size >= 256 && (size <= 256 || size - length <= 0.12 * length) && Padme.Round(size) == size && Padme.Round(length + 1) >= size;
        }).QuickCheckThrowOnFailure();

    /// <summary>The content's length stands in the last 8 bytes of the final unit; were they ever cut in two, it could not be read.</summary>
    [Fact]
    public void Round_BeyondOneUnit_LeavesRoomForTheTrailerInTheFinalUnit()
        => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), length =>
        {
            var layout = SealedLayout.ForContent(length);
            return layout.PlainSizeOf(layout.Units - 1) >= 256 && SealedLayout.FromSealedLength(layout.SealedLength) == layout;
        }).QuickCheckThrowOnFailure();
}
