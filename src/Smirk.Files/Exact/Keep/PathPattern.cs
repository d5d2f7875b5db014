using System.Text;

namespace Smirk.Files.Exact.Keep;

/// <summary>Patterns as fnmatch(3) has them without flags: * is anything, slashes too, ? one byte or character, [a-z] and [!a-z] one of a
/// set, \ takes the next as it is.</summary>
internal static class PathPattern
{
    /// <summary>Whether all of <paramref name="path"/> matches, or what follows one of its slashes: originals/* matches
    /// x/originals/y.</summary>
    public static bool Matches(string pattern, ReadOnlySpan<byte> path)
    {
        var bytes = Encoding.UTF8.GetBytes(pattern);
        while (true)
        {
            if (MatchesAll(bytes, path))
                return true;
            var slash = path.IndexOf((byte)'/');
            if (slash < 0)
                return false;
            path = path[(slash + 1)..];
        }
    }

    private static bool MatchesAll(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> path)
    {
        // Where the last * stood, to let it take one byte more when what follows doesn't fit.
        var (at, here) = (0, 0);
        var (star, starPath) = (-1, 0);
        while (here < path.Length)
        {
            if (at < pattern.Length && pattern[at] == (byte)'*')
            {
                (star, starPath) = (at++, here);
            }
            else if (at < pattern.Length && MatchesOne(pattern[at..], path[here..], out var usedPattern, out var usedPath))
            {
                at += usedPattern;
                here += usedPath;
            }
            else if (star >= 0)
            {
                at = star + 1;
                here = ++starPath;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].IndexOfAnyExcept((byte)'*') < 0;
    }

    private static bool MatchesOne(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> path, out int usedPattern, out int usedPath)
    {
        (usedPattern, usedPath) = (1, 1);
        switch (pattern[0])
        {
            case (byte)'?':
                // A character where it is one, else a byte.
                if (Rune.DecodeFromUtf8(path, out _, out var length) == System.Buffers.OperationStatus.Done)
                    usedPath = length;
                return true;
            case (byte)'[' when pattern.Length > 2 && pattern[2..].IndexOf((byte)']') is >= 0 and var end:
                usedPattern = end + 3;
                return InSet(pattern[1..(end + 2)], path[0]);
            case (byte)'\\' when pattern.Length > 1:
                usedPattern = 2;
                return pattern[1] == path[0];
            default:
                return pattern[0] == path[0];
        }
    }

    private static bool InSet(ReadOnlySpan<byte> set, byte value)
    {
        var negated = set.Length > 1 && set[0] is (byte)'!' or (byte)'^';
        var found = false;
        for (var i = negated ? 1 : 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == (byte)'-')
            {
                found |= value >= set[i] && value <= set[i + 2];
                i += 2;
            }
            else
            {
                found |= set[i] == value;
            }
        }

        return found != negated;
    }
}
