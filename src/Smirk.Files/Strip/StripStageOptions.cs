using Smirk.Files.Posix;

namespace Smirk.Files.Strip;

/// <summary>Which files are stripped, and where the result goes. Without <see cref="InPlace"/> and <see cref="Output"/> nothing is written:
/// the files are only looked at.</summary>
public sealed record StripStageOptions
{
    /// <summary>Files and folders; folders with all that is below them. A link that is named here is followed, one that is found below is
    /// not.</summary>
    public required IReadOnlyList<RawPath> Paths { get; init; }

    /// <summary>What goes besides metadata.</summary>
    public StripOptions Strip { get; init; } = StripOptions.Default;

    /// <summary>Each file is replaced by its stripped form.</summary>
    public bool InPlace { get; init; }

    /// <summary>Stripped and clean pictures are written here, under the path that they have below the folder that was named; refused ones
    /// are not.</summary>
    public RawPath? Output { get; init; }

    /// <summary>With <see cref="InPlace"/>: the originals are kept here, under the path that they have below the folder that was
    /// named.</summary>
    public RawPath? Backup { get; init; }

    /// <summary>Decide, but write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Written files get the present as their time instead of the original's.</summary>
    public bool Touch { get; init; }

    /// <summary>Also reads what the metadata says (<see cref="StrippedFile.Carried"/>).</summary>
    public bool Describe { get; init; }

    /// <summary>A path that isn't there is refused by name instead of being an error: it comes from a list, which ages.</summary>
    public bool MissingIsRefused { get; init; }

    /// <summary>How many files are worked on at once.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether anything is to be written.</summary>
    public bool Writes => !DryRun && (InPlace || Output is not null);
}
