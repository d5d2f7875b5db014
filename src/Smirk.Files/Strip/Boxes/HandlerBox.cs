namespace Smirk.Files.Strip.Boxes;

/// <summary>The box that says what a track or a meta box is for (hdlr). Its last field is a text, in which cameras and programs
/// sign.</summary>
internal static class HandlerBox
{
    // Version and flags, QuickTime's class, the kind, three reserved numbers.
    private const int TextAt = 24;

    /// <summary>What the track is for, such as vide; four letters as a number.</summary>
    public static uint KindOf(ReadOnlySpan<byte> content) => content.Length >= 12 ? Box.TypeOf(content[8..]) : 0;

    /// <summary>Adds the box without its text; as it is where it has none.</summary>
    public static void Write(
        ReadOnlySpan<byte> content, ReadOnlySpan<byte> all, List<byte> to, List<(string Name, long Bytes)> removed)
    {
        if (content.Length <= TextAt || content[TextAt..].IndexOfAnyExcept((byte)0) < 0)
        {
            to.AddRange(all);
            return;
        }

        var made = BoxWriter.Make(Box.TypeOf("hdlr"u8), [.. content[..TextAt], 0]);
        removed.Add(("handler names", all.Length - made.Length));
        to.AddRange(made);
    }
}
