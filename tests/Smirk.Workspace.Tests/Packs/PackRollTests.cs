using Smirk.Workspace.Packs;

namespace Smirk.Workspace.Tests.Packs;

public sealed class PackRollTests
{
    [Fact]
    public void What_is_written_is_read_and_nothing_else()
    {
        var roll = new PackRoll(Beat: 12, Quarter: 8, Tempo: 190);
        Assert.Equal("12/8/190", roll.ToString());
        Assert.Equal(roll, PackRoll.TryParse("12/8/190"));
        foreach (var other in new[] { null, "", "12/8", "12/8/0", "0/8/190", "49/8/190", "12/8/190/1", "12/8/-190", "a/b/c" })
            Assert.Null(PackRoll.TryParse(other));
    }

    [Theory]
    [InlineData("a/b.mid!0003 4-4 125bpm.png", 64)]
    [InlineData("a/b.mid!0003 4-4 125bpm in C.png", 64)]
    [InlineData("a/b.MIDI!0003 seconds 8 bars.png", 128)]
    [InlineData("jazz.zip!b.mid!0003 3-4 125bpm 8 bars in C.png", 128)]
    [InlineData("a/b.png!0003 8 bars.png", null)]
    [InlineData("a/8 bars.png", null)]
    public void A_rows_name_says_the_size_of_its_roll(string file, int? size) =>
        Assert.Equal(size, new PackRow(0, "p", file).RollSize);
}
