using System.Buffers.Binary;
using System.Security.Cryptography;
using Smirk.Files.Strip.Report;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;

namespace Smirk.Dataset.Near.Keeper;

/// <summary>What a file can show beyond its first frame's 8-bit pixels, and what it tells beside them. Of files that look the same the
/// richer one is kept.</summary>
/// <param name="Depth">Bits a channel that are used: 16 where the lower eight say something.</param>
/// <param name="HasGainMap">Whether it has a gain map for HDR screens.</param>
/// <param name="Frames">1 for a still picture.</param>
/// <param name="HasAlpha">Whether some of it is transparent.</param>
/// <param name="Told">Its metadata.</param>
/// <param name="Shown">The same for files that show the same with all of this, pixels of the first frame aside.</param>
public sealed record Richness(int Depth, bool HasGainMap, int Frames, bool HasAlpha, MetadataAmount Told, UInt128 Shown)
{
    private const int Plain = 8;

    /// <summary>What is known of a file that can't be read any more.</summary>
    public static Richness None { get; } = new(Plain, false, 1, false, default, default);

    /// <summary>Looks at a file.</summary>
    /// <exception cref="UnusablePictureException">The bytes can't be decoded.</exception>
    public static Richness Of(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var header = PictureReader.ReadHeader(bytes);
        var gainMap = JpegTrailer.GainMapOf(bytes);
        using var shown = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        shown.AppendData(gainMap);
        var depth = Plain;
        if (header.BitsPerChannel > Plain && header is { Format: not PictureFormat.Bmp, Frames: 1, Pixels: <= DecodeOptions.Large })
        {
            var samples = PictureReader.ReadSamples(bytes, out header);
            depth = DepthOf(samples, header.BitsPerChannel);
            if (depth > Plain)
                shown.AppendData(samples);
        }

        var alpha = AlphaPlane.Of(bytes, header);
        shown.AppendData(alpha ?? []);
        var digest = BinaryPrimitives.ReadUInt128LittleEndian(shown.GetHashAndReset());
        return new Richness(
            depth, !gainMap.IsEmpty || HasGainMapItem(bytes, header.Format), header.Frames, alpha is not null, MetadataAmount.Of(bytes),
            digest);
    }

    /// <summary>Which of two shows more: depth, gain map, frames, transparency, in that order.</summary>
    public int CompareShown(Richness other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Depth, HasGainMap, Frames, HasAlpha).CompareTo((other.Depth, other.HasGainMap, other.Frames, other.HasAlpha));
    }

    // What was 8 bits once has the same byte twice.
    private static int DepthOf(ReadOnlySpan<byte> samples, int bits)
    {
        if (bits != 2 * Plain)
            return bits;
        for (var i = 0; i + 1 < samples.Length; i += 2)
        {
            if (samples[i] != samples[i + 1])
                return bits;
        }

        return Plain;
    }

    // HEIF names the kinds of its items: Apple's auxiliary picture, and the derived one of ISO 21496-1.
    private static bool HasGainMapItem(ReadOnlySpan<byte> bytes, PictureFormat format)
    {
        const int head = 1 << 16;
        bytes = bytes[..Math.Min(bytes.Length, head)];
        return format is PictureFormat.Heic or PictureFormat.Avif && (bytes.IndexOf("hdrgainmap"u8) >= 0 || bytes.IndexOf("tmap"u8) >= 0);
    }
}
