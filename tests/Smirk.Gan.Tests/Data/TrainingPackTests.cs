using Smirk.Gan.Data;

namespace Smirk.Gan.Tests.Data;

/// <summary>Packs as training opens them.</summary>
public sealed class TrainingPackTests
{
    [Fact]
    public void A_pack_whose_pictures_are_all_grey_is_learnt_in_grey_unless_told_otherwise()
    {
        using var folder = new TemporaryFolder();
        var path = TinyPack.WriteFlat(folder, 6, 32, 10, 200, 90);
        using var pack = TrainingPack.Open(path, grey: null);
        Assert.Equal([6L, 1, 32, 32], pack.Pictures.Shape);
        Assert.Equal([10, 200, 90], new[] { 0, 1, 2 }.Select(i => pack.Pictures.ToArray<byte>()[i * 32 * 32]));
        using var colour = TrainingPack.Open(path, grey: false);
        Assert.Equal(3, colour.Channels);
        Assert.Equal(pack.Fingerprint, colour.Fingerprint);
    }

    [Fact]
    public void One_coloured_picture_keeps_a_pack_in_colour()
    {
        using var folder = new TemporaryFolder();
        using var pack = TrainingPack.Open(TinyPack.Write(folder), grey: null);
        Assert.Equal(3, pack.Channels);
    }
}
