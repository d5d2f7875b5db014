namespace Smirk.Files.Strip.Boxes;

/// <summary>Boxes whose type is told by 16 bytes. None of them is needed to show a picture or a movie.</summary>
internal static class UuidBox
{
    private static ReadOnlySpan<byte> Xmp =>
        [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

    private static ReadOnlySpan<byte> C2pa =>
        [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81];

    /// <summary>What a person calls a box with this content.</summary>
    public static string NameOf(ReadOnlySpan<byte> content) =>
        content.StartsWith(Xmp) ? "XMP" : content.StartsWith(C2pa) ? "C2PA" : "private box (uuid)";
}
