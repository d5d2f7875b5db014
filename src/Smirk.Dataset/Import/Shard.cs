using System.Globalization;
using Smirk.Files.Archives;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Seeds;

namespace Smirk.Dataset.Import;

/// <summary>One of several equal parts of all sources. Which part a file belongs to is decided by its path inside the source alone, so that
/// every machine says the same, and files that are added later change nothing for the others. An archive is one file.</summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Of">How many parts there are.</param>
public sealed record Shard(int Number, int Of)
{
    // More parts than anybody has processes for are a slip of the finger.
    private const int Most = 100_000;

    /// <summary>Reads "3/8".</summary>
    /// <exception cref="UsageException">The text is no such part.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var number, var of]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            && int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var parts)
            && part >= 1 && part <= parts && parts <= Most
            ? new Shard(part, parts)
            : throw new UsageException($"--shard {text}: expected a part and how many there are, such as 1/8 up to 8/8.");
    }

    /// <summary>Whether the file, or the member of an archive, at <paramref name="path"/> inside its source belongs to this part.</summary>
    public bool Owns(string path) => (int)(Seed.Derive(0, UnitOf(path)) % (ulong)Of) == Number - 1;

    /// <summary>The file that <paramref name="path"/> is in: the archive of a member, else the path itself.</summary>
    internal static string UnitOf(string path)
    {
        for (var at = path.IndexOf('!'); at >= 0; at = path.IndexOf('!', at + 1))
        {
            if (ArchiveKinds.HasArchiveName(path[..at]))
                return path[..at];
        }

        return path;
    }
}
