using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Report;
using Smirk.Dataset.Near.Verify;
using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests.Near;

public sealed class NearPageTests
{
    [Fact]
    public void Pictures_that_cannot_be_shown_leave_a_box_of_their_size()
    {
        using var folder = new TemporaryFolder();
        NearInput[] inputs = [Input("kept.png", 1), Input("other.png", 2), new("gone.png", 1, null, () => throw new IOException("gone"))];
        var group = new NearGroup(0, [], [new NearMember(1, NearKind.Crop, 0.9, null), new NearMember(2, NearKind.Crop, 0.9, null)]);
        var page =
            File.ReadAllText(NearPage.Write(folder.Path, new NearFindings { Groups = [group] }, inputs, null, null, default));

        Assert.Contains("<div class=\"near-none\">no difference to show</div>", page);
        Assert.Contains("<div class=\"near-none\">no duplicate to show</div>", page);
        Assert.Matches(@"\.near-none \{\s*width: 142px; height: 80px;", page);
        Assert.DoesNotContain("http", page);
    }

    // Noise: no two of them match.
    private static NearInput Input(string name, int seed)
    {
        var pixels = new byte[96 * 96 * 3];
        new Random(seed).NextBytes(pixels);
        var png = PictureWriter.Png(new Picture(96, 96, pixels));
        return new NearInput(name, png.Length, null, () => png);
    }
}
