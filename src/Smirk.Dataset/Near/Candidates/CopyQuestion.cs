using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Smirk.Dataset.Near.Hashes;
using Smirk.Dataset.Near.Prepare;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Candidates;

/// <summary>All of a picture that is needed to ask what it might be a copy of. Unlike a <see cref="NearDescriptor"/>, which others are
/// compared with, it has all keypoints, of the mirrored picture too, and is needed once: up to 39 KB.</summary>
/// <param name="features">Keypoints in the working size.</param>
/// <param name="mirrored">Those of the picture mirrored; made when they are asked for.</param>
/// <param name="whole">PDQ of the eight turns and flips of all of it.</param>
/// <param name="trimmed">The same without borders and captions.</param>
/// <param name="isTrimmed">Whether there are any.</param>
internal sealed class CopyQuestion(LocalFeatures features, Func<LocalFeatures> mirrored, Hash256[] whole, Hash256[] trimmed, bool isTrimmed)
{
    /// <summary>Names the method and its version in the catalog; changes with anything that changes these bytes.</summary>
    public const string Kind = "near-question-3";

    /// <summary>The kind under which the descriptor waits with it: one of the other kinds says that a picture was compared.</summary>
    public const string DescriptorKind = "near-waiting-3";

    private const int Turns = 8;
    private const int HashBytes = 32;
    private const int HeaderBytes = 16;

    // Four numbers and the words of its descriptor.
    private const long PointBytes = (4 * sizeof(float)) + (LocalFeatures.Words * sizeof(ulong));

    /// <summary>Keypoints in the working size.</summary>
    public LocalFeatures Features { get; } = features;

    /// <summary>Keypoints of the picture mirrored left to right.</summary>
    public LocalFeatures MirroredFeatures => mirrored();

    /// <summary>PDQ of the eight turns and flips of all of it.</summary>
    public Hash256[] Whole { get; } = whole;

    /// <summary>The same without borders and captions.</summary>
    public Hash256[] Trimmed { get; } = trimmed;

    /// <summary>Whether there are borders or captions.</summary>
    public bool IsTrimmed { get; } = isTrimmed;

    /// <summary>What is asked about a picture that was just made ready.</summary>
    public static CopyQuestion Of(PreparedPicture picture) =>
        new(picture.Features, () => picture.MirroredFeatures, picture.Whole, picture.Trimmed, picture.IsTrimmed);

    /// <summary>For the catalog, without any loss: asked later it finds what it would have found at once.</summary>
    public byte[] ToBytes()
    {
        var turned = MirroredFeatures;
        var bytes = new byte[HeaderBytes + (2 * Turns * HashBytes) + Length(Features) + Length(turned)];
        bytes[0] = 1;
        bytes[1] = IsTrimmed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Features.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), turned.Count);
        var rest = bytes.AsSpan(HeaderBytes);
        Put(MemoryMarshal.AsBytes<Hash256>(Whole), ref rest);
        Put(MemoryMarshal.AsBytes<Hash256>(Trimmed), ref rest);
        foreach (var points in new[] { Features, turned })
        {
            Put(MemoryMarshal.AsBytes(points.Points), ref rest);
            Put(MemoryMarshal.AsBytes(points.Descriptors.AsSpan()), ref rest);
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null when the bytes are damaged or of another version.</summary>
    public static CopyQuestion? FromBytes(byte[] bytes)
    {
        if (bytes.Length < HeaderBytes || bytes[0] != 1)
            return null;
        var (straight, turned) =
            (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8)));
        if (straight < 0 || turned < 0 || bytes.Length != HeaderBytes + (2 * Turns * HashBytes) + (PointBytes * ((long)straight + turned)))
            return null;
        var rest = bytes.AsSpan(HeaderBytes);
        var (whole, trimmed) = (Take<Hash256>(Turns, ref rest), Take<Hash256>(Turns, ref rest));
        var features = Points(straight, ref rest);
        var mirrored = Points(turned, ref rest);
        return new CopyQuestion(features, () => mirrored, whole, trimmed, bytes[1] != 0);
    }

    private static int Length(LocalFeatures features) =>
        (features.Points.Length * sizeof(float)) + (features.Descriptors.Length * sizeof(ulong));

    private static LocalFeatures Points(int count, ref Span<byte> rest) =>
        new(Take<float>(4 * count, ref rest), Take<ulong>(LocalFeatures.Words * count, ref rest));

    private static T[] Take<T>(int count, ref Span<byte> rest)
        where T : unmanaged
    {
        var length = count * Marshal.SizeOf<T>();
        var taken = MemoryMarshal.Cast<byte, T>(rest[..length]).ToArray();
        rest = rest[length..];
        return taken;
    }

    private static void Put(ReadOnlySpan<byte> from, ref Span<byte> rest)
    {
        from.CopyTo(rest);
        rest = rest[from.Length..];
    }
}
