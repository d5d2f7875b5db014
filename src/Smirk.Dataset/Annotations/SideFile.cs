namespace Smirk.Dataset.Annotations;

/// <summary>A text file that may say something about pictures: a caption, a label, boxes.</summary>
/// <param name="Path">Path inside the source, with '/'; archive!member for members.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModifiedTicks">Last change, ticks of 100 ns (UTC).</param>
/// <param name="Read">Gives its bytes.</param>
internal sealed record SideFile(string Path, long Size, long ModifiedTicks, Func<byte[]> Read)
{
    /// <summary>Longest one that is read, in bytes: COCO's own annotations have 450 MB.</summary>
    public const long Longest = 1_000_000_000;

    /// <summary>Its file name.</summary>
    public string Name => NameOf(Path);

    /// <summary>The folder that it lies in, with the '/' or '!' at its end; empty at the top.</summary>
    public string Folder => Path[..^Name.Length];

    /// <summary>The file name at the end of a path.</summary>
    public static string NameOf(string path) => path[(path.AsSpan().LastIndexOfAny('/', '!') + 1)..];
}
