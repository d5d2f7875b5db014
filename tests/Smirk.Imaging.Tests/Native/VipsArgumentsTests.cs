using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Native;
using Smirk.Imaging.Writing;
using Smirk.Native;
using TestData = Smirk.Tests.TestData;

namespace Smirk.Imaging.Tests.Native;

/// <summary>Arguments as they reach libsmirk_vips: wrong ones come back as a status with a reason, never as a trap.</summary>
public sealed unsafe class VipsArgumentsTests
{
    private const int Side = 8;

    private static readonly int[] Sizes = [int.MinValue, -1, 0, 1, 2, 3, 4, 7, Side, 1 << 30, int.MaxValue];

    private static readonly Picture Square = new(Side, Side, [.. Enumerable.Range(0, Side * Side * 3).Select(i => (byte)(i * 5))]);

    private static readonly (PictureFormat Format, byte[] Bytes)[] Files =
        [(PictureFormat.Jpeg, PictureWriter.Jpeg(Square)), (PictureFormat.Png, PictureWriter.Png(Square)),
            (PictureFormat.WebP, PictureWriter.WebP(Square))];

    [Fact]
    public void Plain_decoders_decode_the_sides_that_are_there_and_refuse_all_others()
    {
        var sizes = Gen.Elements(Sizes);
        var samples =
            from shrink in sizes from width in sizes from height in sizes from channels in sizes select (shrink, width, height, channels);
        Prop.ForAll(samples.ToArbitrary(), sample =>
        {
            var (shrink, width, height, channels) = sample;
            return Files.All(file =>
            {
                var pixels = new byte[Side * Side * 3];
                int status;
                fixed (byte* at = file.Bytes, to = pixels)
                {
                    status = file.Format switch
                    {
                        PictureFormat.Jpeg => NativeMethods.PlainJpeg(at, file.Bytes.Length, shrink, width, height, channels, to),
                        PictureFormat.Png => NativeMethods.PlainPng(at, file.Bytes.Length, width, height, to),
                        _ => NativeMethods.PlainWebP(at, file.Bytes.Length, width, height, to),
                    };
                }

                var jpeg = file.Format == PictureFormat.Jpeg;
                var (valid, expected) = (shrink is 1 or 2 or 4 or 8 && channels is 1 or 3, jpeg && shrink > 0 ? Side / shrink : Side);
                return (NativeStatus)status switch
                {
                    NativeStatus.Ok => (!jpeg || valid) && width == expected && height == expected,
                    NativeStatus.Unusable => (!jpeg || valid) && (width, height) != (expected, expected),
                    NativeStatus.BadArgument => !Possible(width) || !Possible(height) || (jpeg && !valid),
                    _ => false,
                };
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(16)]
    public void A_shrink_that_is_no_power_of_two_up_to_8_is_refused(int shrink)
    {
        foreach (var (format, bytes) in Files)
        {
            fixed (byte* at = bytes)
            {
                var status = NativeMethods.Open(at, bytes.Length, format, shrink, 0, out _, out var picture);
                Assert.True(picture.IsInvalid);
                var error = Assert.Throws<ArgumentException>(() => VipsCheck.Ensure(status, format));
                Assert.Contains($"by 1, 2, 4 or 8, not by {shrink}", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void Pixels_of_other_than_1_or_3_channels_are_refused(int channels)
    {
        foreach (var (format, bytes) in Files)
        {
            var pixels = new byte[Side * Side * 4];
            fixed (byte* at = bytes, to = pixels)
            {
                VipsCheck.Ensure(NativeMethods.Open(at, bytes.Length, format, 1, 0, out _, out var picture), format);
                using (picture)
                    Assert.Equal(NativeStatus.BadArgument, (NativeStatus)NativeMethods.Read(picture, channels, to));
            }
        }
    }

    [Fact]
    public void Encoding_any_size_gives_bytes_or_a_reason()
    {
        var sizes = Gen.Elements(Sizes);
        var formats = Gen.Elements(PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.WebP, PictureFormat.Gif, PictureFormat.Tiff);
        var samples = from width in sizes
                      from height in sizes
                      from frames in sizes
                      from quality in Gen.Elements(-1, 0, 1, 100, 101)
                      from delay in Gen.Elements(-1, 0, 10)
                      from format in Gen.Elements(
                          PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.WebP, PictureFormat.Gif, PictureFormat.Tiff)
                      select (width, height, frames, quality, delay, format);
        var pixels = new byte[Side * Side * Side * 3];
        Prop.ForAll(samples.ToArbitrary(), sample =>
        {
            var (width, height, frames, quality, delay, format) = sample;
            int status;
            VipsBytes encoded;
            fixed (byte* at = pixels)
                status = NativeMethods.Encode(at, width, height, frames, format, quality, 0, delay, out encoded, out _);
            using (encoded)
            {
                var animated = format is PictureFormat.WebP or PictureFormat.Gif;
                var good = width is >= 1 and <= Side && height is >= 1 and <= Side && frames is >= 1 and <= Side
                    && (frames == 1 || (animated && delay >= 1))
                        && (format is not (PictureFormat.Jpeg or PictureFormat.WebP) || quality is >= 1 and <= 100)
                    && format != PictureFormat.Tiff;
                return good == (status == (int)NativeStatus.Ok) && good != encoded.IsInvalid;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    /// <summary>libjpeg reports by a jump that there is no memory for its decoder: the place to land must be known by then.</summary>
    [Fact]
    public void A_JPEG_for_whose_decoder_there_is_no_memory_is_unusable()
    {
        Assert.SkipUnless(Shell.Has("cc"), "Needs a C compiler.");
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "a.jpg"), Files[0].Bytes);
        var libraries = Environment.GetEnvironmentVariable("SMIRK_NATIVE") ?? Path.Combine(TestData.Repository, "build/native");
        var script = $"cc -rdynamic -o decode '{SourcePath()}' -ldl && ./decode '{libraries}/libsmirk_vips.so' a.jpg";
        Assert.Equal($"{(int)NativeStatus.Unusable}", Shell.Run(folder.Path, script));
    }

    private static bool Possible(int side) => side is >= 1 and <= 10_000_000;

    private static string SourcePath([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "no_memory_for_libjpeg.c");
}
