namespace Smirk.Files.Strip.Gif;

/// <summary>What a block of a GIF file is (GIF89a, appendix A).</summary>
internal enum GifBlockKind
{
    /// <summary>Header, screen and global colour table.</summary>
    Screen,

    /// <summary>Delay, transparency and disposal of the next picture.</summary>
    GraphicControl,

    /// <summary>A picture: descriptor, local colour table, data.</summary>
    Image,

    /// <summary>How often the animation repeats (application extension NETSCAPE2.0 or ANIMEXTS1.0).</summary>
    Loop,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>Text drawn by the decoder; no viewer does.</summary>
    PlainText,

    /// <summary>XMP in an application extension.</summary>
    Xmp,

    /// <summary>Another application extension.</summary>
    Application,

    /// <summary>An extension that GIF doesn't have.</summary>
    Unknown,

    /// <summary>The end.</summary>
    Trailer,
}

/// <summary>One block of a GIF file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Bytes in all, its data sub-blocks and their end included.</param>
internal sealed record GifBlock(GifBlockKind Kind, long Offset, long Length);
