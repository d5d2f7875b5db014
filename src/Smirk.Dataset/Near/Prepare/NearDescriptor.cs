using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Smirk.Dataset.Near.Hashes;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Prepare;

/// <summary>What is kept of a picture so that later ones can be compared with it: hashes and its strongest keypoints from all over it, in
/// under 4 KB.</summary>
internal sealed class NearDescriptor
{
    /// <summary>Names the method and its version in the catalog; changes with anything that changes these bytes.</summary>
    public const string Kind = "near-3";

    /// <summary>Keypoints kept.</summary>
    public const int Keypoints = 96;

    private const int HeaderBytes = 96;
    private const int AlphaAt = 12;
    private const int DigestAt = 80;
    private const int PointBytes = 6;
    private const int KeypointBytes = PointBytes + (8 * LocalFeatures.Words);

    private readonly byte[] _bytes;

    private NearDescriptor(byte[] bytes) => _bytes = bytes;

    /// <summary>PDQ of the whole picture.</summary>
    public Hash256 Whole => Hash(16);

    /// <summary>PDQ without borders and captions; <see cref="Whole"/> when there are none.</summary>
    public Hash256 Trimmed => Hash(48);

    /// <summary>The same for pictures with the same pixels: half of a SHA-256.</summary>
    public UInt128 Pixels => BinaryPrimitives.ReadUInt128LittleEndian(_bytes.AsSpan(DigestAt));

    /// <summary>PDQ's quality, 0–100.</summary>
    public int Quality => _bytes[1];

    /// <summary>Whether the file holds several frames or pages.</summary>
    public bool Animated => _bytes[2] != 0;

    /// <summary>Whether there is transparency, used or not.</summary>
    public bool HasAlpha => _bytes[AlphaAt] != 0;

    /// <summary>How many keypoints.</summary>
    public int Count => _bytes[3];

    /// <summary>Whether there is too little in the picture to know it again: one colour, a gradient, a few pixels.</summary>
    public bool HasNoFeatures => Quality < 10 && Count < 10;

    /// <summary>Takes what is to be kept.</summary>
    public static NearDescriptor Of(PreparedPicture picture, ReadOnlySpan<byte> pixelDigest)
    {
        var chosen = SpreadKeypoints.Choose(picture.Features, picture.Grey.Width, picture.Grey.Height, Keypoints);
        var count = chosen.Count;
        var bytes = new byte[HeaderBytes + (count * KeypointBytes)];
        bytes[0] = 1;
        bytes[1] = (byte)picture.Quality;
        bytes[2] = picture.Animated ? (byte)1 : (byte)0;
        bytes[3] = (byte)count;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), picture.Width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), picture.Height);
        bytes[AlphaAt] = picture.HasAlpha ? (byte)1 : (byte)0;
        Write(bytes.AsSpan(16), picture.Whole[0]);
        Write(bytes.AsSpan(48), picture.Trimmed[0]);
        pixelDigest[..16].CopyTo(bytes.AsSpan(DigestAt));
        for (var i = 0; i < count; i++)
        {
            var at = bytes.AsSpan(HeaderBytes + (i * PointBytes));
            var (x, y) = picture.Features.Position(chosen[i]);
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)(x * 64));
            BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)(y * 64));
            at[4] = (byte)(picture.Features.Angle(chosen[i]) * 256 / 360);
            at[5] = (byte)Math.Clamp(MathF.Round(MathF.Log2(picture.Features.Size(chosen[i])) * 16), 0, 255);
            MemoryMarshal.AsBytes(picture.Features.Descriptor(chosen[i]))
                .CopyTo(bytes.AsSpan(HeaderBytes + (count * PointBytes) + (i * 8 * LocalFeatures.Words)));
        }

        return new NearDescriptor(bytes);
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null when the bytes are damaged or of another version.</summary>
    public static NearDescriptor? FromBytes(byte[] bytes) =>
        bytes.Length >= HeaderBytes && bytes[0] == 1 && bytes.Length == HeaderBytes + (bytes[3] * KeypointBytes) ? new NearDescriptor(bytes)
            : null;

    /// <summary>Reads a <see cref="Head"/>. Without its keypoints a picture can't be looked for; null when the bytes are damaged or of
    /// another version.</summary>
    public static NearDescriptor? FromHead(byte[] head) => head.Length == HeaderBytes && head[0] == 1 ? new NearDescriptor(head) : null;

    /// <summary>Puts together what was stored in two parts; null when they are damaged or of another version.</summary>
    public static NearDescriptor? FromParts(byte[] head, byte[] keypoints) =>
        head.Length == HeaderBytes ? FromBytes([.. head, .. keypoints]) : null;

    /// <summary>For the catalog. Not to be changed.</summary>
    public byte[] ToBytes() => _bytes;

    /// <summary>All but the keypoints, 96 bytes.</summary>
    public byte[] Head => _bytes[..HeaderBytes];

    /// <summary>The keypoints' places and descriptors.</summary>
    public byte[] Tail => _bytes[HeaderBytes..];

    /// <summary>The descriptors, four words a keypoint.</summary>
    public ReadOnlySpan<ulong> Descriptors => MemoryMarshal.Cast<byte, ulong>(_bytes.AsSpan(HeaderBytes + (Count * PointBytes)));

    /// <summary>The keypoints, to within a 64th of a pixel, 1.4° and 4 % of size.</summary>
    public LocalFeatures Features()
    {
        var points = new float[4 * Count];
        for (var i = 0; i < Count; i++)
        {
            var at = _bytes.AsSpan(HeaderBytes + (i * PointBytes));
            points[4 * i] = BinaryPrimitives.ReadUInt16LittleEndian(at) / 64f;
            points[(4 * i) + 1] = BinaryPrimitives.ReadUInt16LittleEndian(at[2..]) / 64f;
            points[(4 * i) + 2] = MathF.Pow(2, at[5] / 16f);
            points[(4 * i) + 3] = at[4] * 360 / 256f;
        }

        return new LocalFeatures(points, Descriptors.ToArray());
    }

    private Hash256 Hash(int at)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(_bytes.AsSpan(at, 32));
        return new Hash256(words[0], words[1], words[2], words[3]);
    }

    private static void Write(Span<byte> to, in Hash256 hash)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(to[..32]);
        (words[0], words[1], words[2], words[3]) = (hash.A, hash.B, hash.C, hash.D);
    }
}
