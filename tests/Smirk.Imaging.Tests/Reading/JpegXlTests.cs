using System.Runtime.InteropServices;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;

namespace Smirk.Imaging.Tests.Reading;

public sealed partial class JpegXlTests
{
    [Fact]
    public void Decode_gives_the_pixels_of_a_lossless_picture_and_refuses_half_of_it()
    {
        var pixels = new byte[40 * 30 * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i * 7 / 5);
        var file = Encoded(pixels, 40, 30);
        Assert.Equal(PictureFormat.Jxl, FormatSniffer.Sniff(file));
        var header = PictureReader.ReadHeader(file);
        Assert.Equal((40, 30, 1), (header.Width, header.Height, header.Orientation));
        Assert.Equal(pixels, PictureReader.Decode(file).Pixels);
        Assert.Throws<UnusablePictureException>(() => PictureReader.Decode(file.AsSpan(0, file.Length / 2)));
    }

    // libvips has its part for JPEG XL loaded once one was to be read.
    private static unsafe byte[] Encoded(byte[] pixels, int width, int height)
    {
        var refused = Assert.Throws<UnusablePictureException>(() => PictureReader.ReadHeader([0xFF, 0x0A, 0, 0, 0, 0]));
        Assert.SkipWhen(refused.Message.Contains("can't read", StringComparison.Ordinal), "this machine's libvips has no JPEG XL");
        Block("VipsForeignSaveJxl", 0);
        var image = NewFromMemory(pixels, (nuint)pixels.Length, width, height, 3, 0);
        byte* encoded;
        nuint length;
        Assert.Equal(0, SaveJxl(image, &encoded, &length, "lossless", 1, IntPtr.Zero));
        return new ReadOnlySpan<byte>(encoded, (int)length).ToArray();
    }

    [LibraryImport("libvips.so.42", EntryPoint = "vips_image_new_from_memory_copy")]
    private static partial IntPtr NewFromMemory(byte[] bytes, nuint size, int width, int height, int bands, int format);

    [LibraryImport("libvips.so.42", EntryPoint = "vips_operation_block_set", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void Block(string operations, int state);

    [LibraryImport("libvips.so.42", EntryPoint = "vips_jxlsave_buffer", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int SaveJxl(IntPtr image, byte** encoded, nuint* length, string option, int value, IntPtr end);
}
