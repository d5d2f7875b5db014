using Smirk.Files.Zstandard;

namespace Smirk.Collect.Posts;

/// <summary>Files of recorded posts: one post a line (pushshift, Arctic Shift), listing pages as the site served them, plain or
/// .zst.</summary>
public static class PostFile
{
    /// <summary>Whether <paramref name="name"/> is called as files of posts are: .ndjson, .jsonl, .json, and .zst of these or of the
    /// monthly dumps (RS_2018-07.zst).</summary>
    public static bool IsNamedSo(string name)
    {
        var lower = Path.GetFileName(name).ToLowerInvariant();
        return lower.EndsWith(".ndjson") || lower.EndsWith(".jsonl") || lower.EndsWith(".json")
            || (lower.EndsWith(".zst") && !lower.EndsWith(".tar.zst"));
    }

    /// <summary>Whether the file holds all of reddit for some time, rather than one subreddit: then a subreddit that was asked for filters
    /// it.</summary>
    public static bool IsDump(string name) =>
        IsNamedSo(name) && (Path.GetFileName(name).StartsWith("RS_") || name.EndsWith(".zst", StringComparison.OrdinalIgnoreCase));

    /// <summary>The files of posts in <paramref name="path"/>, by name, when it is a folder; itself when it is a file.</summary>
    public static IReadOnlyList<string> FilesOf(string path) =>
        Directory.Exists(path) ? [.. Directory.EnumerateFiles(path).Where(IsNamedSo).Order(StringComparer.Ordinal)] : [path];

    /// <summary>The posts of one file, in its order. Lines that are no post are handed to <paramref name="refused"/> with their number and
    /// reason.</summary>
    public static IEnumerable<Post> Read(string path, Action<string, string>? refused = null, CancellationToken cancel = default)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        foreach (var post in Read(file, Path.GetFileName(path), refused, cancel))
            yield return post;
    }

    /// <summary>The posts of one stream, whose compression is told by its first bytes.</summary>
    public static IEnumerable<Post> Read(
        Stream source, string name, Action<string, string>? refused = null, CancellationToken cancel = default)
    {
        var peeked = new PeekedStream(source);
        using var plain = peeked.StartsWith([0x28, 0xB5, 0x2F, 0xFD]) ? new ZstdStream(peeked) : (Stream)peeked;
        foreach (var post in PostLines.Read(plain, name, refused, cancel))
            yield return post;
    }
}
