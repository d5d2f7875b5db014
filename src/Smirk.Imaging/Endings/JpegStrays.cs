using System.Buffers.Binary;
using Smirk.Imaging.Formats;

namespace Smirk.Imaging.Endings;

/// <summary>Takes bytes out of a JPEG that stand between its segments and belong to none. Decoders pass over them, but libjpeg warns only
/// once of anything: a warning of stray bytes would hide that of damage.</summary>
internal static class JpegStrays
{
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    /// <summary>The file without them; null where there are none.</summary>
    public static byte[]? Remove(ReadOnlySpan<byte> bytes)
    {
        var (tidy, kept) = ((MemoryStream?)null, 0);
        for (var at = 2; at + 4 <= bytes.Length;)
        {
            var next = JpegMarkers.Next(bytes, at);
            if (next > at)
            {
                tidy ??= new MemoryStream(bytes.Length);
                tidy.Write(bytes[kept..at]);
                (kept, at) = (next, next);
            }

            if (at + 4 > bytes.Length || bytes[at + 1] == EndOfImage)
                break;
            var isScan = bytes[at + 1] == StartOfScan;
            at += bytes[at + 1] is 0x01 or (>= 0xD0 and <= 0xD8) ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (isScan)
                at = JpegMarkers.ScanEnd(bytes, at);
        }

        tidy?.Write(bytes[kept..]);
        return tidy?.ToArray();
    }
}
