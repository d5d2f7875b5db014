using Smirk.Files.Strip;
using Smirk.Imaging.Reading;

namespace Smirk.Files.Tests.Strip;

/// <summary>Every real file at hand goes through strip.</summary>
public sealed class RealFilesTests
{
    [Theory]
    [InlineData("metadata")]
    [InlineData("pile")]
    [InlineData("hostile")]
    public void Strip_twice_is_strip_once(string folder)
    {
        foreach (var (path, bytes) in Files(folder))
        {
            var once = MetadataStripper.Strip(bytes);
            Assert.Equal(once.Status == StripStatus.Stripped, once.Removed.Count > 0);
            Assert.Equal(once.Status == StripStatus.Refused, once.Reason is not null);
            if (once.Status == StripStatus.Stripped)
                Assert.True(MetadataStripper.Strip(once.Bytes).Status == StripStatus.Clean, path);
            else
                Assert.True(once.Bytes.Span.SequenceEqual(bytes), path);
        }
    }

    [Fact]
    public void Strip_takes_every_file_of_the_metadata_collections() =>
        Assert.All(Files("metadata"), file => Assert.NotEqual(StripStatus.Refused, MetadataStripper.Strip(file.Bytes).Status));

    [Fact]
    public void Strip_refuses_nothing_of_the_pile_but_what_is_no_whole_picture()
    {
        var refused = Files("pile").Select(f => MetadataStripper.Strip(f.Bytes)).Where(o => o.Status == StripStatus.Refused).ToList();
        Assert.Equal(4, refused.Count(o => o.Format == StripFormat.Unknown));
        Assert.Equal(3, refused.Count(o => o.IsDamaged));
    }

    [Theory]
    [InlineData("metadata")]
    [InlineData("pile")]
    [InlineData("hostile")]
    public void Strip_leaves_the_picture_as_libvips_displays_it(string folder)
    {
        foreach (var (path, bytes) in Files(folder))
        {
            var outcome = MetadataStripper.Strip(bytes);
            if (outcome.Status == StripStatus.Stripped)
                Assert.True(Decode(bytes) is var before && Decode(outcome.Bytes.ToArray()) is var after && before.AsSpan()
                    .SequenceEqual(after), path);
        }
    }

    // Some hostile files can be stripped but not decoded: then neither of the two can.
    private static byte[] Decode(byte[] bytes)
    {
        try
        {
            return PictureReader.Decode(bytes).Pixels;
        }
        catch (UnusablePictureException)
        {
            return [];
        }
    }

    private static IEnumerable<(string Path, byte[] Bytes)> Files(string folder) =>
        Directory.EnumerateFiles(TestData.Require(folder), "*", SearchOption.AllDirectories).Order()
            .Select(path => (path, File.ReadAllBytes(path)));
}
