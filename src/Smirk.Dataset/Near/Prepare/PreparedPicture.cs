using System.Security.Cryptography;
using Smirk.Dataset.Memory;
using Smirk.Dataset.Near.Hashes;
using Smirk.Files.Strip;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Prepare;

/// <summary>A picture made ready to be compared: luminance at a working size, its own rectangle, hashes and keypoints. About 200
/// KB.</summary>
internal sealed class PreparedPicture
{
    /// <summary>Longest side of the working size: a picture that fills a third of a screenshot still has keypoints there.</summary>
    public const int LongestSide = 512;

    /// <summary>Shortest side of the working size: ORB looks at 31 pixels around a keypoint, so small pictures are enlarged.</summary>
    public const int ShortestSide = 256;

    /// <summary>Keypoints that are looked for: enough that a quarter of the picture has some.</summary>
    public const int Keypoints = 400;

    // Anime is flat: corners of little contrast are all that some pictures have.
    private const int Contrast = 7;

    // A keypoint's place and descriptor; the sixteen hashes and the objects around them.
    private const int KeypointBytes = 48;
    private const int OtherBytes = 2048;

    // A large picture comes out at a fraction that still is several times the working size.
    private static readonly DecodeOptions Reduced =
        new DecodeOptions { ShrinkTo = LongestSide, MostPixels = DecodeOptions.Large }.Unlimited();

    private static readonly StripOptions Bare = new() { DropGainMap = true };

    private readonly Lazy<LocalFeatures> _mirroredFeatures;

    private PreparedPicture(Picture picture, PictureHeader header)
    {
        (Width, Height) = header.IsTurned ? (header.Height, header.Width) : (header.Width, header.Height);
        (Animated, HasAlpha) = (header.Frames > 1, header.HasAlpha);
        Grey = AtWorkingSize(picture);
        IsFlat = Flatness.Of(Grey.Pixels, Grey.Width);
        Colours = ColourMap.Of(picture, Grey);
        Features = LocalFeatures.Detect(Grey, Keypoints, Contrast);
        Own = FrameTrimmer.Trim(Grey);
        Whole = PdqHasher.HashDihedral(LuminancePlane.FromGrey(Grey), out var quality);
        Quality = quality;
        IsTrimmed = Own.Width < Grey.Width || Own.Height < Grey.Height;
        Trimmed =
            IsTrimmed ? PdqHasher.HashDihedral(LuminancePlane.FromGrey(Grey.Crop(Own.X, Own.Y, Own.Width, Own.Height)), out _) : Whole;
        _mirroredFeatures = new(() => LocalFeatures.Detect(Grey.Mirror(), Keypoints, Contrast));
    }

    /// <summary>Pixels across, upright.</summary>
    public int Width { get; }

    /// <summary>Pixels down, upright.</summary>
    public int Height { get; }

    /// <summary>Whether the file holds more than one frame or page; this is one of them.</summary>
    public bool Animated { get; }

    /// <summary>Whether there is transparency, used or not.</summary>
    public bool HasAlpha { get; }

    /// <summary>Luminance at the working size.</summary>
    public GreyPicture Grey { get; }

    /// <summary>Whether it is line art, a sprite, a score.</summary>
    public bool IsFlat { get; }

    /// <summary>Its colours, coarsely.</summary>
    public ColourMap Colours { get; }

    /// <summary>Keypoints in the working size.</summary>
    public LocalFeatures Features { get; }

    /// <summary>The part of the working size that isn't border or caption.</summary>
    public PictureBox Own { get; }

    /// <summary>Whether there is a border or caption.</summary>
    public bool IsTrimmed { get; }

    /// <summary>PDQ of the eight turns and flips of all of it.</summary>
    public Hash256[] Whole { get; }

    /// <summary>PDQ of the eight turns and flips of <see cref="Own"/>.</summary>
    public Hash256[] Trimmed { get; }

    /// <summary>PDQ's quality, 0–100.</summary>
    public int Quality { get; }

    /// <summary>Keypoints of the picture mirrored left to right: ORB doesn't know a mirrored place again.</summary>
    public LocalFeatures MirroredFeatures => _mirroredFeatures.Value;

    /// <summary>Bytes that it takes, about.</summary>
    public long Bytes => Grey.Pixels.Length + (3L * Colours.Width * Colours.Height) + (2L * Keypoints * KeypointBytes) + OtherBytes;

    /// <summary>Decodes and makes ready; large pictures are decoded at a fraction of their size, within
    /// <paramref name="memory"/>.</summary>
    /// <exception cref="UnusablePictureException">The bytes can't be decoded.</exception>
    public static PreparedPicture Decode(byte[] bytes, MemoryBudget memory) => Decode(bytes, memory, out _);

    /// <summary>The same, with a digest of the decoded pixels, equal for files that differ in metadata or lossless format only.</summary>
    /// <exception cref="UnusablePictureException">The bytes can't be decoded.</exception>
    public static PreparedPicture Decode(byte[] bytes, MemoryBudget memory, out byte[] pixelDigest)
    {
        using var turn = memory.Turn();
        var picture = PictureReader.Decode(bytes, Reduced, turn.Admit);
        var header = turn.Header;
        // What was decoded at a fraction may differ in what was left out, and an animation in its later frames: there the bytes decide,
        // without metadata. What is transparent may look the same on one ground and otherwise on another.
        var whole = picture.Width * (long)picture.Height == header.Pixels && header.Frames == 1;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(BitConverter.GetBytes(whole ? picture.Width : -1));
        digest.AppendData(whole ? picture.Pixels : MetadataStripper.Strip(bytes, Bare).Bytes.Span);
        if (whole && AlphaPlane.Of(bytes, header) is { } alpha)
            digest.AppendData(alpha);
        pixelDigest = digest.GetHashAndReset();
        return new PreparedPicture(picture, header);
    }

    private static GreyPicture AtWorkingSize(Picture picture)
    {
        var (longest, shortest) = (Math.Max(picture.Width, picture.Height), Math.Min(picture.Width, picture.Height));
        var scale = Math.Min((double)LongestSide / longest, Math.Max(1, (double)ShortestSide / shortest));
        var (width, height) = (Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
        // Large pictures lose their size before their colour: resizing three channels costs less than weighing all their pixels.
        if (longest > 2 * LongestSide)
            return GreyPicture.FromRgb(width, height, PixelPlane.Resize(picture.Pixels, picture.Width, picture.Height, 3, width, height));
        return GreyPicture.FromRgb(picture.Width, picture.Height, picture.Pixels).Resize(width, height);
    }
}
