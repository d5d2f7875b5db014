using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Export;

/// <summary>What to export, and how.</summary>
public sealed record ExportOptions
{
    private static readonly ExportFormat[] Squares = [ExportFormat.StyleGan, ExportFormat.Npz, ExportFormat.Idx];

    private static readonly ExportFormat[] Split2 =
    [
        ExportFormat.ImageFolder, ExportFormat.Parquet, ExportFormat.WebDataset, ExportFormat.Coco, ExportFormat.Yolo, ExportFormat.Npz,
        ExportFormat.Idx,
    ];

    /// <summary>The folder, or the file for <see cref="ExportFormat.StyleGan"/> and <see cref="ExportFormat.Npz"/>.</summary>
    public required string Output { get; init; }

    /// <summary>The layout.</summary>
    public ExportFormat Format { get; init; }

    /// <summary>What of each picture; null for what the format is usually made of: packed squares where all have to be of one size, whole
    /// pictures otherwise.</summary>
    public ExportWhat? What { get; init; }

    /// <summary>Longest side in pixels; larger ones are shrunk. Null for no limit.</summary>
    public int? MaxSide { get; init; }

    /// <summary>Which pack, or the edge of squares, in pixels; null for the largest pack there is, and for squares as they come.</summary>
    public int? Size { get; init; }

    /// <summary>How pictures become square.</summary>
    public ExportSquare Square { get; init; }

    /// <summary>Share of near-duplicate groups that goes into the validation part, 0 to 0.9.</summary>
    public double Split { get; init; }

    /// <summary>The word that a trainer is to learn, first in every caption; null for none.</summary>
    public string? Trigger { get; init; }

    /// <summary>Words that follow the trigger in every caption; null for none.</summary>
    public string? Prefix { get; init; }

    /// <summary>"sidecar" (what came with the pictures), "none", or a file of captions.</summary>
    public string Captions { get; init; } = "sidecar";

    /// <summary>Where classes come from, see <see cref="LabelSource"/>.</summary>
    public string Labels { get; init; } = "none";

    /// <summary>How often a trainer shows each picture in an epoch: the N of <see cref="ExportFormat.Kohya"/>'s N_trigger.</summary>
    public int Repeats { get; init; } = 10;

    /// <summary>Whether <see cref="ExportFormat.Kohya"/>'s file names end with the face's box.</summary>
    public bool FaceNames { get; init; }

    /// <summary>Where to write the report on buckets, an HTML page; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>Pictures in a training batch, for the report: smaller buckets are dropped by some trainers.</summary>
    public int Batch { get; init; } = 4;

    /// <summary>Whether only the report is made, and nothing is exported.</summary>
    public bool DryRun { get; init; }

    /// <summary>Longest shard in bytes, of the formats that have some.</summary>
    public long ShardBytes { get; init; } = 500_000_000;

    /// <summary>Pictures worked on at the same time; 0 for one a core. The files are the same for any number.</summary>
    public int Threads { get; init; }

    /// <summary>What is exported.</summary>
    internal ExportWhat Taken => What ?? (NeedsSquares ? ExportWhat.Pack : ExportWhat.Pictures);

    /// <summary>How pictures become square: formats that need squares get the middle where nothing is said.</summary>
    internal ExportSquare Fit => Square == ExportSquare.None && (NeedsSquares || Size is not null) ? ExportSquare.Crop : Square;

    /// <summary>Whether the output is one file.</summary>
    internal bool IsFile => Format is ExportFormat.StyleGan or ExportFormat.Npz;

    private bool NeedsSquares => Squares.Contains(Format);

    /// <summary>Refuses what can't be done, before any work.</summary>
    /// <exception cref="UsageException">Two options don't go together, or one is out of range.</exception>
    public void Check()
    {
        if (Output.Length == 0)
            throw new UsageException("-o is empty; give a folder, or a file for stylegan and npz.");
        if (Split is < 0 or > 0.9 || double.IsNaN(Split))
            throw new UsageException($"--split {Split}: expected a share from 0 to 0.9, such as 0.1.");
        if (Split > 0 && !Split2.Contains(Format))
            throw new UsageException($"--split: {Name(Format)} has no validation part. Formats that have one: "
                + $"{string.Join(", ", Split2.Select(Name))}.");
        if (MaxSide is < 16)
            throw new UsageException($"--max-side {MaxSide}: expected 16 pixels or more.");
        if (Size is < 8 or > 8192)
            throw new UsageException($"--size {Size}: expected 8 to 8192 pixels.");
        CheckSquares();
        if (Repeats < 1)
            throw new UsageException($"--repeats {Repeats}: expected 1 or more.");
        if (Batch < 1)
            throw new UsageException($"--batch {Batch}: expected 1 or more.");
        if (FaceNames && Format != ExportFormat.Kohya)
            throw new UsageException("--face-names is a convention of kohya's scripts; take it with --format kohya.");
        if (Format is ExportFormat.Coco or ExportFormat.Yolo && Taken == ExportWhat.Pack)
            throw new UsageException($"--what pack: a pack's squares have no boxes, which {Name(Format)} is about. Take pictures or "
                + "crops.");
        if (Trigger is not null && (Trigger.Trim().Length == 0 || Trigger.AsSpan().ContainsAny('/', '\n', ',')))
            throw new UsageException($"--trigger '{Trigger}': expected a word, without commas and slashes.");
    }

    private void CheckSquares()
    {
        if (Taken == ExportWhat.Pack)
        {
            if (MaxSide is not null || Square != ExportSquare.None)
                throw new UsageException("--what pack: its squares are taken as they are; --size chooses another pack, and --max-side and "
                    + "--square don't apply.");
        }
        else if (NeedsSquares && Size is null)
        {
            throw new UsageException($"--what {Taken.ToString().ToLowerInvariant()}: in {Name(Format)} all pictures have one size; say "
                + "which with --size.");
        }
        else if (Size is not null && MaxSide is not null)
        {
            throw new UsageException("--size and --max-side exclude each other: the first makes squares of exactly that many pixels.");
        }
    }

    private static string Name(ExportFormat format) => format.ToString().ToLowerInvariant();
}
