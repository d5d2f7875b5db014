namespace Smirk.Files.Strip.Png;

/// <summary>One chunk of a PNG file.</summary>
/// <param name="Type">Its four letters as a big-endian number; see <see cref="PngType"/>.</param>
/// <param name="Offset">Where its length field is.</param>
/// <param name="DataLength">Bytes of data.</param>
internal sealed record PngChunk(uint Type, long Offset, int DataLength)
{
    /// <summary>Where the data begins.</summary>
    public long Data => Offset + 8;

    /// <summary>Length, type, data and CRC.</summary>
    public long Length => IsMissing ? 0 : 12L + DataLength;

    /// <summary>The file should have it and doesn't.</summary>
    public bool IsMissing { get; init; }
}

/// <summary>The chunk types that strip tells apart (PNG third edition, APNG included; C2PA's caBX).</summary>
internal static class PngType
{
    public const uint Header = 0x49484452; // IHDR
    public const uint Palette = 0x504C5445; // PLTE
    public const uint Data = 0x49444154; // IDAT
    public const uint End = 0x49454E44; // IEND
    public const uint Transparency = 0x74524E53; // tRNS
    public const uint Gamma = 0x67414D41; // gAMA
    public const uint Chromaticities = 0x6348524D; // cHRM
    public const uint Srgb = 0x73524742; // sRGB
    public const uint ColourProfile = 0x69434350; // iCCP
    public const uint CodePoints = 0x63494350; // cICP
    public const uint SignificantBits = 0x73424954; // sBIT
    public const uint MasteringDisplay = 0x6D444356; // mDCV
    public const uint LightLevel = 0x634C4C49; // cLLI
    public const uint Background = 0x624B4744; // bKGD
    public const uint PixelSize = 0x70485973; // pHYs
    public const uint Animation = 0x6163544C; // acTL
    public const uint Frame = 0x6663544C; // fcTL
    public const uint FrameData = 0x66644154; // fdAT
    public const uint Exif = 0x65584966; // eXIf
    public const uint Text = 0x74455874; // tEXt
    public const uint CompressedText = 0x7A545874; // zTXt
    public const uint InternationalText = 0x69545874; // iTXt
    public const uint Time = 0x74494D45; // tIME
    public const uint ContentCredentials = 0x63614258; // caBX

    /// <summary>Whether a decoder must know the chunk: its first letter is a capital (bit 5 clear).</summary>
    public static bool IsCritical(uint type) => (type & 0x20000000) == 0;

    /// <summary>The four letters.</summary>
    public static string Letters(uint type) => string.Create(4, type, (span, value) =>
    {
        for (var i = 0; i < 4; i++)
            span[i] = (char)((value >> (24 - (8 * i))) & 0xFF);
    });

    /// <summary>Whether all four are ASCII letters, which is all that a type may have.</summary>
    public static bool IsWellFormed(uint type) => Letters(type).All(char.IsAsciiLetter);
}
