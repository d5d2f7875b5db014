using System.Buffers.Binary;

namespace Smirk.Imaging.Reading.Frames;

/// <summary>The track of an AVIF or HEIF image sequence (ISO/IEC 23008-12, 7). Its frames can't be decoded here, but they can be
/// counted.</summary>
internal static class ImageSequence
{
    private const int BoxHeader = 8;
    private const int MostFrames = 1_000_000;

    /// <summary>Samples of the longest track; 1 where there is none.</summary>
    public static int CountOf(ReadOnlySpan<byte> bytes) => Math.Clamp(Longest(bytes, depth: 0), 1, MostFrames);

    // moov, trak, mdia, minf and stbl hold each other and at last stsz, whose third number is the count.
    private static int Longest(ReadOnlySpan<byte> boxes, int depth)
    {
        var longest = 0;
        for (var at = 0; at + BoxHeader <= boxes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(boxes[at..]);
            var type = boxes.Slice(at + 4, 4);
            var left = boxes.Length - at;
            var end = length == 0 ? left : (int)Math.Min(length, (uint)left);
            if (end < BoxHeader)
                break;
            var content = boxes[(at + BoxHeader)..(at + end)];
            if (type.SequenceEqual("stsz"u8) && content.Length >= 12)
                longest = Math.Max(longest, (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(content[8..]), MostFrames));
            else if (depth < 8 && (type.SequenceEqual("moov"u8) || type.SequenceEqual("trak"u8) || type.SequenceEqual("mdia"u8)
                || type.SequenceEqual("minf"u8) || type.SequenceEqual("stbl"u8)))
                longest = Math.Max(longest, Longest(content, depth + 1));
            at += end;
        }

        return longest;
    }
}
