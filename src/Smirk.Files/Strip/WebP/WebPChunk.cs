namespace Smirk.Files.Strip.WebP;

/// <summary>One chunk of a RIFF file.</summary>
/// <param name="Type">Its four letters as a little-endian number; see <see cref="WebPType"/>.</param>
/// <param name="Offset">Where the letters are.</param>
/// <param name="DataLength">Bytes of data, the padding byte after an odd number not counted.</param>
/// <param name="Length">Letters, length, data and padding, as far as they are there.</param>
internal sealed record WebPChunk(uint Type, long Offset, long DataLength, long Length)
{
    /// <summary>Where the data begins.</summary>
    public long Data => Offset + 8;
}

/// <summary>The chunk types that WebP has (RFC 9649).</summary>
internal static class WebPType
{
    public const uint Extended = 0x58385056; // VP8X
    public const uint Lossy = 0x20385056; // "VP8 "
    public const uint Lossless = 0x4C385056; // VP8L
    public const uint Alpha = 0x48504C41; // ALPH
    public const uint Animation = 0x4D494E41; // ANIM
    public const uint Frame = 0x464D4E41; // ANMF
    public const uint ColourProfile = 0x50434349; // ICCP
    public const uint Exif = 0x46495845; // EXIF
    public const uint Xmp = 0x20504D58; // "XMP "

    /// <summary>The four letters where they are printable, else their number.</summary>
    public static string Letters(uint type)
    {
        Span<char> letters = [(char)(type & 0xFF), (char)((type >> 8) & 0xFF), (char)((type >> 16) & 0xFF), (char)(type >> 24)];
        foreach (var letter in letters)
        {
            if (letter is < ' ' or > '~')
                return $"{type:X8}";
        }

        return letters.TrimEnd(' ').ToString();
    }
}
