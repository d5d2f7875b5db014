using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Smirk.Imaging.Reading;

namespace Smirk.Imaging.Tests.Reading;

public sealed class BmpReaderTests
{
    // Bottom row first: red, green over blue, white as people see it is blue, white, red, green as stored.
    private static readonly byte[] Seen = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];

    [Fact]
    public void Decode_reads_24_bits() =>
        Assert.Equal(Seen, PictureReader.Decode(Make(2, 2, 24, 0, [255, 0, 0, 255, 255, 255, 0, 0, 0, 0, 255, 0, 255, 0, 0, 0])).Pixels);

    [Fact]
    public void Decode_reads_rows_from_the_top_when_the_height_is_negative() =>
        Assert.Equal(Seen, PictureReader.Decode(Make(2, -2, 24, 0, [0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0, 255, 255, 255, 0, 0])).Pixels);

    [Theory]
    [InlineData(8, new byte[] { 2, 3, 0, 0, 0, 1, 0, 0 })]
    [InlineData(4, new byte[] { 0x23, 0, 0, 0, 0x01, 0, 0, 0 })]
    [InlineData(2, new byte[] { 0xB0, 0, 0, 0, 0x10, 0, 0, 0 })]
    public void Decode_reads_palettes(int bits, byte[] rows)
    {
        byte[] palette = [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0];
        Assert.Equal(Seen, PictureReader.Decode(Make(2, 2, bits, 0, rows, palette, colours: 4)).Pixels);
    }

    [Fact]
    public void Decode_reads_one_bit() =>
        Assert.Equal([9, 8, 7, 3, 2, 1, 9, 8, 7], PictureReader.Decode(
            Make(3, 1, 1, 0, [0b1010_0000, 0, 0, 0], [1, 2, 3, 0, 7, 8, 9, 0], colours: 2)).Pixels);

    [Fact]
    public void Decode_reads_16_bits_plain_and_with_masks()
    {
        Assert.Equal([255, 0, 0, 0, 0, 255], PictureReader.Decode(Make(2, 1, 16, 0, [0x00, 0x7C, 0x1F, 0x00])).Pixels);
        byte[] masks565 = [0, 0xF8, 0, 0, 0xE0, 0x07, 0, 0, 0x1F, 0, 0, 0];
        Assert.Equal([255, 0, 0, 0, 255, 0], PictureReader.Decode(Make(2, 1, 16, 3, [0x00, 0xF8, 0xE0, 0x07], masks565)).Pixels);
    }

    [Fact]
    public void Decode_lays_32_bits_with_alpha_over_white_unless_all_of_it_is_zero()
    {
        byte[] masks = [0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF];
        Assert.Equal([10, 20, 30, 255, 255, 255], PictureReader.Decode(Make(2, 1, 32, 6, [30, 20, 10, 255, 30, 20, 10, 0], masks)).Pixels);
        Assert.Equal([250, 255, 255, 0, 0, 0],
            PictureReader.Decode(Make(2, 1, 32, 6, [255, 255, 250, 255, 255, 255, 255, 0], masks)).Pixels);
        Assert.Equal([10, 20, 30, 10, 20, 30], PictureReader.Decode(Make(2, 1, 32, 6, [30, 20, 10, 0, 30, 20, 10, 0], masks)).Pixels);
        Assert.Equal([10, 20, 30], PictureReader.Decode(Make(1, 1, 32, 0, [30, 20, 10, 0])).Pixels);
    }

    [Fact]
    public void Decode_reads_run_lengths()
    {
        byte[] palette = [0, 0, 0, 0, 3, 2, 1, 0, 6, 5, 4, 0];
        // Bottom row: 3 × colour 1; end of line; literal 1, 2, 1; end.
        byte[] runs = [3, 1, 0, 0, 0, 3, 1, 2, 1, 0, 0, 1];
        byte[] expected = [1, 2, 3, 4, 5, 6, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3];
        Assert.Equal(expected, PictureReader.Decode(Make(3, 2, 8, 1, runs, palette, colours: 3)).Pixels);
        byte[] nibbles = [3, 0x11, 0, 0, 0, 3, 0x12, 0x10, 0, 1];
        Assert.Equal(expected, PictureReader.Decode(Make(3, 2, 4, 2, nibbles, palette, colours: 3)).Pixels);
    }

    [Theory]
    [InlineData(24, 5)]
    [InlineData(24, 0)]
    [InlineData(30, 0)]
    [InlineData(8, 2)]
    public void Decode_refuses_what_no_program_writes(int bits, int compression) =>
        Assert.Throws<UnusablePictureException>(
            () => PictureReader.Decode(Make(bits == 24 && compression == 0 ? 0 : 2, 2, bits, compression, new byte[64])));

    [Fact]
    public void Decode_refuses_every_cut() =>
        Assert.All(Enumerable.Range(0, 70 - 2), length =>
            Assert.Throws<UnusablePictureException>(() => PictureReader.Decode(Make(2, 2, 24, 0, new byte[16]).AsSpan(0, length))));

    [Fact]
    public void Decode_takes_or_refuses_any_header_and_data()
    {
        var headers = from bits in Gen.Elements(1, 2, 4, 8, 16, 24, 32)
                      from compression in Gen.Elements(0, 1, 2, 3, 6)
                      from width in Gen.Choose(1, 40)
                      from height in Gen.Choose(-40, 40)
                      from rest in ArbMap.Default.GeneratorFor<byte[]>().Resize(400)
                      from flips in Gen.Choose(0, 53).ListOf(3)
                      select (Bytes: Make(width, height, bits, compression, rest), flips);
        Prop.ForAll(headers.ToArbitrary(), sample =>
        {
            foreach (var flip in sample.flips.Where(f => f >= 10))
                sample.Bytes[flip] ^= 1;
            try
            {
                return PictureReader.Decode(sample.Bytes).Width > 0;
            }
            catch (UnusablePictureException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] Make(int width, int height, int bits, int compression, byte[] pixels, byte[]? between = null, int colours = 0)
    {
        between ??= [];
        var header = new byte[54];
        (header[0], header[1], header[14], header[26]) = ((byte)'B', (byte)'M', 40, 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(10), 54 + between.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(28), (short)bits);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(30), compression);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(46), colours);
        return [.. header, .. between, .. pixels];
    }
}
