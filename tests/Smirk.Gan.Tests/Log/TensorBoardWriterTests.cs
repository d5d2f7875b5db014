using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using Smirk.Gan.Log;

namespace Smirk.Gan.Tests.Log;

public sealed class TensorBoardWriterTests
{
    [Fact]
    public void Records_are_framed_and_hold_what_was_written()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new TensorBoardWriter(folder.Path, TimeProvider.System))
        {
            writer.Scalar("loss", 1234, 0.5);
            writer.Histogram("weights", 1234, [1, 2, 3]);
            writer.Picture("grid", 1234, 2, 1, [9, 9]);
        }

        var records = Records(File.ReadAllBytes(Directory.GetFiles(folder.Path).Single())).ToList();
        Assert.Equal(4, records.Count);
        Assert.Contains("brain.Event:2", Encoding.UTF8.GetString(records[0]));

        // Event { wall_time = 1, step = 2, summary = 5 { value = 1 { tag = 1, simple_value = 2 } } }
        var scalar = new CodedInputStream(records[1]);
        Assert.Equal(1, Field(scalar));
        scalar.ReadDouble();
        Assert.Equal(2, Field(scalar));
        Assert.Equal(1234, scalar.ReadInt64());
        Assert.Equal(5, Field(scalar));
        var summary = scalar.ReadBytes().CreateCodedInput();
        Assert.Equal(1, Field(summary));
        var value = summary.ReadBytes().CreateCodedInput();
        Assert.Equal(1, Field(value));
        Assert.Equal("loss", value.ReadString());
        Assert.Equal(2, Field(value));
        Assert.Equal(0.5f, value.ReadFloat());
    }

    [Fact]
    public void The_checksum_is_TFRecords()
    {
        // CRC-32C of "123456789" is 0xe3069283 (RFC 3720); masked: rotated right by 15, plus 0xa282ead8.
        const uint crc = 0xe3069283;
        Assert.Equal(unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8), TensorBoardWriter.MaskedCrc("123456789"u8));
    }

    private static IEnumerable<byte[]> Records(byte[] file)
    {
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(TensorBoardWriter.MaskedCrc(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            var record = file.AsSpan(at + 12, length).ToArray();
            Assert.Equal(TensorBoardWriter.MaskedCrc(record), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            yield return record;
            at += 16 + length;
        }
    }

    private static int Field(CodedInputStream input) => WireFormat.GetTagFieldNumber(input.ReadTag());
}
