using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Report;
using Smirk.Drawing.Variants;
using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests.Near;

/// <summary>Pictures that differ in something small: none may be called a duplicate.</summary>
public class NearVariantsTests
{
    [Theory]
    [InlineData("expr-", 4)]
    [InlineData("form-", 3)]
    [InlineData("hair-", 3)]
    public void Small_differences_in_files_make_alternates(string prefix, int count)
    {
        var files = Directory.GetFiles(TestData.Require("faults"))
            .Where(f => Path.GetFileName(f).StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(count, files.Count);
        var findings = Searched.Find([.. files.Select(File.ReadAllBytes)]);
        Assert.Empty(findings.Groups);
    }

    [Fact]
    public void Variants_stay_and_their_copies_go() => Check(Enumerable.Range(0, 10), most: 0);

    [Fact]
    [Trait("Speed", "slow")]
    public void Variants_of_a_hundred_sets_stay_but_for_one_in_two_hundred() => Check(Enumerable.Range(100, 100), most: 1);

    [Fact]
    public void Alternates_name_the_region_that_differs()
    {
        var scene = new Picture(400, 600, 210, 220, 230);
        var (plain, marked) = (WithFace(scene, mouth: 300), WithFace(scene, mouth: 320));
        var findings = Searched.Find([PictureWriter.Png(plain), PictureWriter.Png(marked)]);
        Assert.Empty(findings.Groups);
        var region = Assert.Single(Assert.Single(findings.Alternates).Members).Match!.Difference!.Value;
        Assert.InRange(region.Top * 600, 285, 330);
        Assert.InRange(region.Left * 400, 170, 215);
        var inputs = new[] { plain, marked }
            .Select((p, i) => { var bytes = PictureWriter.Png(p); return new NearInput($"{i}", bytes.Length, null, () => bytes); });
        using var folder = new TemporaryFolder();
        var page = File.ReadAllText(NearPage.Write(folder.Path, findings, [.. inputs], null, null, default));
        Assert.Contains("differs in the outlined region", page, StringComparison.Ordinal);
    }

    private static void Check(IEnumerable<int> sets, int most)
    {
        var (bytes, names) = (new List<byte[]>(), new List<string>());
        foreach (var set in sets)
        {
            var random = new Random(set);
            foreach (var (variant, number) in VariantSets.Draw(set, random).Select((v, n) => (v, n)))
            {
                bytes.AddRange([PictureWriter.Png(variant.Picture), PictureWriter.Jpeg(variant.Picture, random.Next(70, 93))]);
                names.AddRange([$"set {set} {variant.Trait} {variant.FaceShare:0.00} #{number}",
                    $"set {set} {variant.Trait} {variant.FaceShare:0.00} #{number}"]);
            }
        }

        var findings = Searched.Find(bytes);
        var dropped = findings.Groups.SelectMany(g => g.Members.Select(m => m.Index)).ToHashSet();
        var lost = Enumerable.Range(0, names.Count).GroupBy(i => names[i]).Where(files => files.All(dropped.Contains))
            .Select(files => files.Key).ToList();
        Assert.True(lost.Count <= most, string.Join('\n', lost));
        // Copies are found all the same: without this a search that finds nothing would pass.
        Assert.True(dropped.Count >= names.Count / 2 * 0.8, $"{dropped.Count} of {names.Count / 2} copies found");
    }

    // A plain head with eyes; the mouth is a line of 24 × 3 pixels at a height.
    private static Picture WithFace(Picture scene, int mouth)
    {
        var pixels = (byte[])scene.Pixels.Clone();
        Fill(pixels, scene.Width, 120, 200, 150, 160, 250, 220, 200);
        Fill(pixels, scene.Width, 150, 240, 20, 14, 40, 30, 60);
        Fill(pixels, scene.Width, 220, 240, 20, 14, 40, 30, 60);
        Fill(pixels, scene.Width, 110, 180, 170, 30, 90, 60, 140);
        Fill(pixels, scene.Width, 100, 380, 190, 200, 40, 60, 120);
        for (var i = 0; i < 12; i++)
            Fill(pixels, scene.Width, 10 + (i * 31 % 340), 20 + (i * 47 % 130), 24 + (i * 5), 12 + (i * 3), (byte)(60 + (i * 13)),
                (byte)(200 - (i * 11)), (byte)(90 + (i * 7)));
        Fill(pixels, scene.Width, 182, mouth, 24, 3, 120, 40, 40);
        return new Picture(scene.Width, scene.Height, pixels);
    }

    private static void Fill(byte[] pixels, int stride, int left, int top, int width, int height, byte red, byte green, byte blue)
    {
        for (var y = top; y < top + height; y++)
        {
            for (var x = left; x < left + width; x++)
                (pixels[((y * stride) + x) * 3], pixels[(((y * stride) + x) * 3) + 1], pixels[(((y * stride) + x) * 3) + 2]) =
                    (red, green, blue);
        }
    }
}
