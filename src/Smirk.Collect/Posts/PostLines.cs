using System.Text.Json;

namespace Smirk.Collect.Posts;

/// <summary>Posts in text: JSON values one after another, each a post, a listing page, an array of posts, or an object with the posts under
/// "data".</summary>
/// <remarks>Reads line by line; a document over several lines is read on until it is whole. A line never costs more than
/// <see cref="LongestLine"/> of memory.</remarks>
internal static class PostLines
{
    /// <summary>Bytes; the longest recorded post has some 200,000, a listing page of 100 some millions.</summary>
    public const int LongestLine = 16 << 20;

    public static IEnumerable<Post> Read(Stream source, string name, Action<string, string>? refused, CancellationToken cancel)
    {
        using var lines = new LineReader(source, LongestLine, cancel);
        var first = true;
        while (lines.Next())
        {
            cancel.ThrowIfCancellationRequested();
            if (lines.TooLong)
            {
                refused?.Invoke($"{name}:{lines.Number}", $"line over {LongestLine >> 20} MB");
                continue;
            }

            if (lines.Line.Length == 0)
                continue;
            var found = TryRead(lines.Line);

            // A page saved with line breaks: the first line alone is no document, so all of the file may be one.
            if (found is null && first)
                found = lines.TakeRest() ? TryRead(lines.Line) : null;
            first = false;
            if (found is null)
                refused?.Invoke($"{name}:{lines.Number}", "not JSON");
            else if (found.Count == 0)
                refused?.Invoke($"{name}:{lines.Number}", "not a post");
            foreach (var post in found ?? [])
                yield return post;
        }
    }

    /// <summary>The posts in one JSON document; null when it isn't JSON.</summary>
    public static List<Post>? TryRead(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. Posts(document.RootElement)];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The posts in <paramref name="root"/>, whichever of the shapes it has.</summary>
    public static IEnumerable<Post> Posts(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return root.EnumerateArray().SelectMany(Posts);
        if (root.ValueKind != JsonValueKind.Object)
            return [];
        if (root.TryGetProperty("data", out var data))
        {
            if (data.ValueKind == JsonValueKind.Array)
                return data.EnumerateArray().SelectMany(Posts);
            if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty("children", out var children)
                && children.ValueKind == JsonValueKind.Array)
                return children.EnumerateArray().SelectMany(Posts);
        }

        // t1 is a comment: a post's own page lists them after the post.
        return root.Text("kind") is null or "t3" && PostReader.Read(root) is { } post ? [post] : [];
    }
}
