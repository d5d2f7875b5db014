using Smirk.Music.Compose;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Seeds;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands.Tunes;

/// <summary><c>draw --tunes</c>: a folder of made-up jazz as MIDI files.</summary>
internal static class DrawnTunes
{
    private const int Least = 2, Most = 100_000;

    /// <summary>Writes the pile, or what is missing of it.</summary>
    /// <returns>How many files were written.</returns>
    /// <exception cref="UsageException">There can't be as many.</exception>
    /// <exception cref="UnusableInputException">The folder holds something else.</exception>
    public static int Write(string folder, int count, ulong seed, Screen screen, CancellationToken cancel)
    {
        if (count is < Least or > Most)
            throw new UsageException($"{count} tunes can't be made up; a pile has {Least} to {Most}.");
        Directory.CreateDirectory(folder);
        var others = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).ToHashSet();
        var (written, seen) = (0, 0);
        foreach (var (name, bytes) in TunePile.Files(count, i => unchecked((int)Seed.Derive(seed, $"tune {i}"))))
        {
            cancel.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, name);
            if (others.Remove(name) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
                throw Occupied(folder);
            if (seen == 0 && others.Any(other => !other.EndsWith(".mid", StringComparison.Ordinal)))
                throw Occupied(folder);
            if (!File.Exists(path))
            {
                AtomicFile.Write(path, bytes);
                written++;
            }

            screen.Report(new StageAdvanced("draw", ++seen, count, "tunes"));
        }

        return written;
    }

    private static UnusableInputException Occupied(string folder) => new(
        $"{folder} isn't empty, and what is in it isn't this pile of tunes. Choose a folder that doesn't exist yet.");
}
