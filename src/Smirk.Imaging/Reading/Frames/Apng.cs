using System.Buffers.Binary;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Writing;

namespace Smirk.Imaging.Reading.Frames;

/// <summary>An animated PNG taken apart into its frames (PNG third edition, 11.3.6): libpng shows only what older viewers do.</summary>
internal sealed class Apng
{
    private const int SignatureLength = 8;
    private const int ChunkOverhead = 12; // length, type, check sum
    private const int HeaderLength = 13;
    private const int ControlLength = 26;
    private const int SequenceLength = 4;

    private readonly List<Chunk> _shared = [];
    private readonly List<Part> _parts = [];
    private byte[] _header = [];

    private Apng()
    {
    }

    /// <summary>How many frames there are, at least 2.</summary>
    public int Count => _parts.Count;

    /// <summary>Pixels across.</summary>
    public int Width => BinaryPrimitives.ReadInt32BigEndian(_header);

    /// <summary>Pixels down.</summary>
    public int Height => BinaryPrimitives.ReadInt32BigEndian(_header.AsSpan(4));

    /// <summary>The frames; null for a still picture, and where they make no sense.</summary>
    public static Apng? Read(ReadOnlySpan<byte> bytes)
    {
        var apng = new Apng();
        return apng.Take(bytes) && apng._parts.Count > 1 && apng._parts.TrueForAll(p => p.Fits(apng.Width, apng.Height)) ? apng : null;
    }

    /// <summary>The number of frames without looking at them; 1 for a still picture.</summary>
    public static int CountOf(ReadOnlySpan<byte> bytes)
    {
        for (var at = SignatureLength; TryChunk(bytes, at, out var chunk); at = chunk.Data + chunk.Length + 4)
        {
            if (chunk.Is("IDAT"u8))
                return 1;
            if (chunk.Is("acTL"u8) && chunk.Length == 8)
                return (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(bytes[chunk.Data..]), 1, 1_000_000);
        }

        return 1;
    }

    /// <summary>Milliseconds that a frame is shown.</summary>
    public int Delay(int frame) => _parts[frame].Delay;

    /// <summary>Draws a frame on what the frames before it left: red, green, blue, alpha a pixel.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="frame">Which; each once, in rising order from 0.</param>
    /// <param name="canvas">What was left, width × height × 4 bytes, all 0 before the first. Holds what is left when this
    /// returns.</param>
    /// <returns>What is shown: the canvas as it was drawn on.</returns>
    /// <exception cref="UnusablePictureException">It can't be decoded.</exception>
    public byte[] Draw(ReadOnlySpan<byte> bytes, int frame, byte[] canvas)
    {
        var part = _parts[frame];
        var before = part.Disposal == 2 ? (byte[])canvas.Clone() : null;
        var samples = VipsDecoder.Samples(AsPng(bytes, part), PictureFormat.Png, out var header);
        var step = header.BitsPerChannel / 8;
        for (var y = 0; y < part.Height; y++)
        {
            for (var x = 0; x < part.Width; x++)
            {
                var from = ((y * part.Width) + x) * header.Channels * step;
                Put(samples, from, header.Channels, step, canvas.AsSpan((((part.Y + y) * Width) + part.X + x) * 4, 4), part.IsBlended);
            }
        }

        var shown = (byte[])canvas.Clone();
        if (before is not null)
            before.CopyTo(canvas, 0);
        for (var y = 0; part.Disposal == 1 && y < part.Height; y++)
            canvas.AsSpan((((part.Y + y) * Width) + part.X) * 4, part.Width * 4).Clear();
        return shown;
    }

    // 16 bits come in the machine's order, their high byte last.
    private static void Put(byte[] samples, int at, int channels, int step, Span<byte> to, bool isBlended)
    {
        var high = step - 1;
        var (red, green, blue) = channels >= 3
            ? (samples[at + high], samples[at + step + high], samples[at + (2 * step) + high])
            : (samples[at + high], samples[at + high], samples[at + high]);
        var alpha = channels is 2 or 4 ? samples[at + ((channels - 1) * step) + high] : (byte)255;
        if (!isBlended || alpha == 255 || to[3] == 0)
        {
            (to[0], to[1], to[2], to[3]) = (red, green, blue, alpha);
            return;
        }

        var under = to[3] * (255 - alpha) / 255;
        var all = alpha + under;
        if (all == 0)
            return;
        to[0] = (byte)(((red * alpha) + (to[0] * under)) / all);
        to[1] = (byte)(((green * alpha) + (to[1] * under)) / all);
        to[2] = (byte)(((blue * alpha) + (to[2] * under)) / all);
        to[3] = (byte)all;
    }

    private bool Take(ReadOnlySpan<byte> bytes)
    {
        var isAnimated = false;
        for (var at = SignatureLength; TryChunk(bytes, at, out var chunk); at = chunk.Data + chunk.Length + 4)
        {
            if (chunk.Is("IHDR"u8) && chunk.Length == HeaderLength)
                _header = bytes.Slice(chunk.Data, HeaderLength).ToArray();
            else if (chunk.Is("acTL"u8))
                isAnimated = true;
            else if (chunk.Is("fcTL"u8) && chunk.Length == ControlLength)
                _parts.Add(new Part(bytes.Slice(chunk.Data, ControlLength)));
            else if (chunk.Is("IDAT"u8) && _parts.Count > 0)
                _parts[^1].Data.Add(chunk);
            else if (chunk.Is("fdAT"u8) && _parts.Count > 0 && chunk.Length >= SequenceLength)
                _parts[^1].Data.Add(chunk with { Data = chunk.Data + SequenceLength, Length = chunk.Length - SequenceLength });
            else if (chunk.Is("PLTE"u8) || chunk.Is("tRNS"u8))
                _shared.Add(chunk);
        }

        return isAnimated && _header.Length == HeaderLength && Width > 0 && Height > 0;
    }

    // A frame is a PNG of its own size whose data are called otherwise.
    private byte[] AsPng(ReadOnlySpan<byte> bytes, Part part)
    {
        using var file = new MemoryStream();
        file.Write(bytes[..SignatureLength]);
        var header = (byte[])_header.Clone();
        BinaryPrimitives.WriteInt32BigEndian(header, part.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), part.Height);
        PngChunks.Write(file, "IHDR"u8, header);
        foreach (var chunk in _shared)
            PngChunks.Write(file, chunk.Is("PLTE"u8) ? "PLTE"u8 : "tRNS"u8, bytes.Slice(chunk.Data, chunk.Length));
        foreach (var chunk in part.Data)
            PngChunks.Write(file, "IDAT"u8, bytes.Slice(chunk.Data, chunk.Length));
        PngChunks.Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static bool TryChunk(ReadOnlySpan<byte> bytes, int at, out Chunk chunk)
    {
        chunk = default;
        if (at + ChunkOverhead > bytes.Length || BinaryPrimitives.ReadInt32BigEndian(bytes[at..]) is not (>= 0 and var length)
            || length > bytes.Length - at - ChunkOverhead)
            return false;
        chunk = new Chunk(BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]), at + 8, length);
        return true;
    }

    private readonly record struct Chunk(uint Type, int Data, int Length)
    {
        public bool Is(ReadOnlySpan<byte> letters) => Type == BinaryPrimitives.ReadUInt32BigEndian(letters);
    }

    // What fcTL says: place, size, delay as a fraction of a second, what becomes of the frame, whether it is blended.
    private sealed class Part(ReadOnlySpan<byte> control)
    {
        public int Width { get; } = BinaryPrimitives.ReadInt32BigEndian(control[4..]);

        public int Height { get; } = BinaryPrimitives.ReadInt32BigEndian(control[8..]);

        public int X { get; } = BinaryPrimitives.ReadInt32BigEndian(control[12..]);

        public int Y { get; } = BinaryPrimitives.ReadInt32BigEndian(control[16..]);

        public int Delay { get; } = 1000 * BinaryPrimitives.ReadUInt16BigEndian(control[20..])
            / (BinaryPrimitives.ReadUInt16BigEndian(control[22..]) is var divisor and not 0 ? divisor : 100);

        public byte Disposal { get; } = control[24];

        public bool IsBlended { get; } = control[25] == 1;

        public List<Chunk> Data { get; } = [];

        public bool Fits(int width, int height) =>
            Width > 0 && Height > 0 && X >= 0 && Y >= 0 && (long)X + Width <= width && (long)Y + Height <= height && Data.Count > 0;
    }
}
