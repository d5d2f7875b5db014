using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace Smirk.Gan.Log;

/// <summary>Writes TensorBoard event files: scalars, pictures and histograms (tensorflow/core/util/event.proto, summary.proto).</summary>
/// <remarks>The five messages used are written field by field with Google.Protobuf's coder: that is shorter than generated classes and
/// needs no protoc.</remarks>
public sealed class TensorBoardWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeProvider _clock;

    /// <summary>Opens a new event file in <paramref name="folder"/>.</summary>
    /// <param name="folder">The run's folder; TensorBoard shows all event files below the folder that it is started on.</param>
    /// <param name="clock">Gives the wall time of each event.</param>
    public TensorBoardWriter(string folder, TimeProvider clock)
    {
        _clock = clock;
        var started = clock.GetUtcNow().ToUnixTimeMilliseconds();
        _file = new FileStream(Path.Combine(folder, $"events.out.tfevents.{started}.smirk"), FileMode.CreateNew, FileAccess.Write,
            FileShare.Read);
        WriteEvent(0, 3, output => output.WriteString("brain.Event:2"));
    }

    /// <summary>One number at <paramref name="step"/> (pictures seen).</summary>
    public void Scalar(string tag, long step, double value) => WriteValue(tag, step, output =>
    {
        output.WriteTag(2, WireFormat.WireType.Fixed32);
        output.WriteFloat((float)value);
    });

    /// <summary>One picture, already encoded as PNG, at <paramref name="step"/>.</summary>
    public void Picture(string tag, long step, int width, int height, byte[] png) =>
        WriteValue(tag, step, output => WriteMessage(output, 4, image =>
    {
        WriteInt(image, 1, height);
        WriteInt(image, 2, width);
        WriteInt(image, 3, 3);
        image.WriteTag(4, WireFormat.WireType.LengthDelimited);
        image.WriteBytes(ByteString.CopyFrom(png));
    }));

    /// <summary>The distribution of <paramref name="values"/> at <paramref name="step"/>, in 30 equal buckets.</summary>
    public void Histogram(string tag, long step, ReadOnlySpan<float> values)
    {
        var summary = HistogramSummary.Of(values);
        WriteValue(tag, step, output => WriteMessage(output, 5, histogram =>
        {
            WriteDouble(histogram, 1, summary.Minimum);
            WriteDouble(histogram, 2, summary.Maximum);
            WriteDouble(histogram, 3, summary.Count);
            WriteDouble(histogram, 4, summary.Sum);
            WriteDouble(histogram, 5, summary.SumOfSquares);
            WritePacked(histogram, 6, summary.BucketLimits);
            WritePacked(histogram, 7, summary.Buckets);
        }));
    }

    /// <summary>Brings what was written to the disk's file, so that a running TensorBoard sees it.</summary>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void WriteValue(string tag, long step, Action<CodedOutputStream> value) =>
        WriteEvent(step, 5, summary => summary.WriteBytes(Message(output =>
        WriteMessage(output, 1, entry =>
        {
            entry.WriteTag(1, WireFormat.WireType.LengthDelimited);
            entry.WriteString(tag);
            value(entry);
        }))));

    private void WriteEvent(long step, int field, Action<CodedOutputStream> content)
    {
        var message = Message(output =>
        {
            WriteDouble(output, 1, _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
            WriteInt(output, 2, step);
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            content(output);
        });
        WriteRecord(message.Span);
    }

    // TFRecord: length, its checksum, the bytes, their checksum.
    private void WriteRecord(ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedCrc(head[..8]));
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedCrc(bytes));
        _file.Write(head);
        _file.Write(bytes);
        _file.Write(tail);
    }

    // CRC-32C, rotated and offset as TFRecord wants it (tensorflow/core/lib/hash/crc32c.h).
    internal static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }

    private static ByteString Message(Action<CodedOutputStream> content)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
            content(output);
        return ByteString.CopyFrom(memory.GetBuffer(), 0, (int)memory.Length);
    }

    private static void WriteMessage(CodedOutputStream output, int field, Action<CodedOutputStream> content)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(Message(content));
    }

    private static void WriteInt(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void WriteDouble(CodedOutputStream output, int field, double value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteDouble(value);
    }

    private static void WritePacked(CodedOutputStream output, int field, double[] values)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteLength(values.Length * sizeof(double));
        foreach (var value in values)
            output.WriteDouble(value);
    }
}
