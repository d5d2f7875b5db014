using System.Buffers.Binary;

namespace Smirk.Dataset.Near.Keeper;

/// <summary>How much a lossy WebP lost, read from the quantizers in the header of its VP8 frame (RFC 6386, 9.2–9.6).</summary>
internal static class WebPQuality
{
    private const int ChunkHeader = 8;
    private const int FrameHeader = 10;
    private const int CoarsestQuantizer = 127;

    /// <summary>The quality that cwebp would have been told, 0–100; 100 for lossless, null where no VP8 key frame is found.</summary>
    public static int? Of(ReadOnlySpan<byte> file)
    {
        for (var at = 12; at + ChunkHeader <= file.Length;)
        {
            var name = file.Slice(at, 4);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            var body = file[(at + ChunkHeader)..];
            if (name.SequenceEqual("VP8L"u8))
                return 100;
            if (name.SequenceEqual("VP8 "u8))
                return Quantizer(body) is { } quantizer ? Quality(quantizer) : null;
            if (name.SequenceEqual("ANMF"u8))
                // An animation's frame: its own chunks follow 16 bytes of place and time.
                at += ChunkHeader + 16;
            else if (size > body.Length)
                return null;
            else
                at += ChunkHeader + (int)size + ((int)size & 1);
        }

        return null;
    }

    // libwebp's way from quality to quantizer, backwards: quantizer = 127 (1 − linear^⅓), linear = ⅔ quality up to ¾, 2 quality − 1 above.
    private static int Quality(double quantizer)
    {
        var linear = Math.Pow(1 - (quantizer / CoarsestQuantizer), 3);
        return (int)Math.Round(100 * (linear < 0.5 ? linear * 1.5 : (linear + 1) / 2));
    }

    // 0–127; the mean where the frame's segments have their own.
    private static double? Quantizer(ReadOnlySpan<byte> frame)
    {
        var isKeyFrame =
            frame.Length > FrameHeader && (frame[0] & 1) == 0 && frame.Slice(3, 3).SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]);
        if (!isKeyFrame)
            return null;
        var bits = new BoolReader(frame[FrameHeader..]);
        bits.Skip(2); // colour space, clamping
        var segments = new int?[4];
        var absolute = false;
        if (bits.Flag())
        {
            var (map, data) = (bits.Flag(), bits.Flag());
            if (data)
            {
                absolute = bits.Flag();
                for (var i = 0; i < segments.Length; i++)
                    segments[i] = bits.Flag() ? bits.Signed(7) : 0;
                for (var i = 0; i < segments.Length; i++)
                    bits.SkipOptional(6 + 1); // loop filter
            }

            for (var i = 0; map && i < 3; i++)
                bits.SkipOptional(8); // probabilities
        }

        bits.Skip(1 + 6 + 3); // loop filter: kind, level, sharpness
        if (bits.Flag() && bits.Flag())
        {
            for (var i = 0; i < 8; i++)
                bits.SkipOptional(6 + 1); // its changes by reference and mode
        }

        bits.Skip(2); // partitions
        var all = bits.Number(7);
        return bits.IsOver ? null
            : segments.Average(segment => Math.Clamp(segment is not { } own ? all : absolute ? own : all + own, 0, CoarsestQuantizer));
    }

    // RFC 6386, 7: arithmetic coding; every bit of a header but the probabilities' own has the probability ½.
    private ref struct BoolReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at;
        private uint _range = 255;
        private uint _value;
        private int _bits;

        // Whether more was read than there is.
        public readonly bool IsOver => _at > _bytes.Length;

        public bool Flag()
        {
            // At least the byte that is compared and one bit beyond.
            while (_bits < 8)
            {
                _value = (_value << 8) | (_at < _bytes.Length ? _bytes[_at] : 0u);
                _at++;
                _bits += 8;
            }

            var split = 1 + ((_range - 1) >> 1);
            var big = split << (_bits - 8);
            var set = _value >= big;
            if (set)
                _value -= big;
            _range = set ? _range - split : split;
            while (_range < 128)
            {
                _range <<= 1;
                _bits--;
            }

            return set;
        }

        public int Number(int bits)
        {
            var number = 0;
            for (var i = 0; i < bits; i++)
                number = (number << 1) | (Flag() ? 1 : 0);
            return number;
        }

        public int Signed(int bits)
        {
            var number = Number(bits);
            return Flag() ? -number : number;
        }

        public void Skip(int bits) => _ = Number(bits);

        public void SkipOptional(int bits)
        {
            if (Flag())
                Skip(bits);
        }
    }
}
