using FsCheck;
using FsCheck.Fluent;
using Smirk.Export.Buckets;

namespace Smirk.Export.Tests;

/// <summary>What training with aspect buckets does to pictures.</summary>
public sealed class BucketTests
{
    [Fact]
    public void Every_shape_has_a_bucket_of_no_more_pixels_that_it_fills() => Prop.ForAll(
        ArbMap.Default.ArbFor<(PositiveInt, PositiveInt)>(),
        size =>
        {
            var (width, height) = ((size.Item1.Get * 37 % 3000) + 64, (size.Item2.Get * 53 % 3000) + 64);
            foreach (var resolution in (int[])[512, 768, 1024])
            {
                var at = new AspectBuckets(resolution).Place(width, height);
                Assert.Equal((0, 0), (at.Width % 64, at.Height % 64));
                Assert.InRange(at.Width * at.Height, 1, resolution * resolution);
                Assert.Equal(at.Width, (width - (2 * at.Across)) * at.Scale, 0.01);
                Assert.Equal(at.Height, (height - (2 * at.Down)) * at.Scale, 0.01);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(512, 512, 512, 512, 512)]
    [InlineData(512, 1024, 512, 704, 320)]
    [InlineData(1024, 1500, 1000, 1216, 832)]
    public void Known_sizes_go_where_trainers_put_them(int resolution, int width, int height, int bucketWidth, int bucketHeight)
    {
        var at = new AspectBuckets(resolution).Place(width, height);
        Assert.Equal((bucketWidth, bucketHeight), (at.Width, at.Height));
    }

    [Fact]
    public void The_page_counts_what_is_enlarged_cut_and_dropped()
    {
        using var set = new SmallSet();
        set.Box(1, 0, 0, 20, 20);
        var result = set.Export(new ExportOptions { Output = set.File2("out"), Report = set.File2("page/buckets.html"), DryRun = true });
        Assert.False(Directory.Exists(set.File2("out")));
        var page = File.ReadAllText(result.Report!);
        foreach (var word in (string[])["512²", "768²", "1024²", "enlarged", "cut through a face", "in a bucket smaller than a batch"])
            Assert.Contains(word, page);
        Assert.Contains("<td>enlarged</td><td>6</td>", page);
    }
}
