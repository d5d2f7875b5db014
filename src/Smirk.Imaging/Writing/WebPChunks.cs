using System.Buffers.Binary;

namespace Smirk.Imaging.Writing;

/// <summary>Takes metadata out of WebP files. libvips before 8.15 writes EXIF into each, told to or not.</summary>
internal static class WebPChunks
{
    private const int HeaderLength = 12;
    private const byte MetadataFlags = 0x20 | 0x08 | 0x04; // ICC, EXIF, XMP

    /// <summary>The same picture without EXIF, XMP and ICC chunks; <paramref name="webp"/> is well-formed, our own encoder's.</summary>
    public static byte[] WithoutMetadata(ReadOnlySpan<byte> webp)
    {
        var kept = new MemoryStream(webp.Length);
        kept.Write(webp[..HeaderLength]);
        for (var at = HeaderLength; at + 8 <= webp.Length;)
        {
            var length = 8 + BinaryPrimitives.ReadInt32LittleEndian(webp[(at + 4)..]);
            var chunk = webp.Slice(at, Math.Min(length + (length & 1), webp.Length - at));
            at += chunk.Length;
            if (chunk.StartsWith("EXIF"u8) || chunk.StartsWith("XMP "u8) || chunk.StartsWith("ICCP"u8))
                continue;
            if (chunk.StartsWith("VP8X"u8))
            {
                var flags = (byte)(chunk[8] & ~MetadataFlags);
                // Without flags the simple layout says the same.
                if (flags == 0)
                    continue;
                kept.Write(chunk[..8]);
                kept.WriteByte(flags);
                kept.Write(chunk[9..]);
                continue;
            }

            kept.Write(chunk);
        }

        var bytes = kept.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }
}
