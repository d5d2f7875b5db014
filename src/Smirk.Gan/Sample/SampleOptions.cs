namespace Smirk.Gan.Sample;

/// <summary>What to make with a trained generator.</summary>
public sealed record SampleOptions
{
    /// <summary>The snapshot's file.</summary>
    public string Snapshot { get; init; } = "";

    /// <summary>Pictures that are made unless told otherwise.</summary>
    public const int UsualCount = 64;

    /// <summary>How many pictures; columns of a sweep are as many again. Null for <see cref="UsualCount"/>, or all of
    /// <see cref="LatentsPath"/>.</summary>
    public int? Count { get; init; }

    /// <summary>Which latents: the same seed gives the same pictures.</summary>
    public ulong Seed { get; init; }

    /// <summary>Take the latents from this file (<see cref="LatentFile"/>) instead of drawing them; null draws.</summary>
    public string? LatentsPath { get; init; }

    /// <summary>Write the latents of the pictures to this file; null doesn't.</summary>
    public string? SaveLatentsPath { get; init; }

    /// <summary>Use averaged weights (EMA); the raw ones otherwise.</summary>
    public bool Average { get; init; } = true;

    /// <summary>"auto", "cpu", "cuda"…</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Pulls latents towards the middle: 1 is the generator's whole variety, less is safer and duller.</summary>
    public double Truncation { get; init; } = 1;

    /// <summary>What <see cref="Class"/> says for a row of each class.</summary>
    public const string EachClass = "all";

    /// <summary>Only this class, or a row of each; null for all in turn. Only for generators with classes.</summary>
    public string? Class { get; init; }

    /// <summary>Make more pictures and keep this share of them, the ones that D takes for real most readily (0…1); null keeps
    /// all.</summary>
    public double? Pick { get; init; }

    /// <summary>Enlarges everything that is written, grids and single pictures, this many times with a Lanczos kernel; 1 to 8.</summary>
    public int Scale { get; init; } = 1;

    /// <summary>Write one grid here; null for none.</summary>
    public string? GridPath { get; init; }

    /// <summary>Write single pictures into this folder; null for none.</summary>
    public string? OutFolder { get; init; }

    /// <summary>Show what one number of the latent does: the grid's rows are latents, its columns that number from −2 to 2. Null for none;
    /// −1 sweeps every number, one grid a number.</summary>
    public int? SweepDimension { get; init; }

    /// <summary>Walk between this many latents and back to the first; null for none.</summary>
    public int? Interpolate { get; init; }

    /// <summary>Where the walk goes as an animated GIF; null for nowhere.</summary>
    public string? GifPath { get; init; }

    /// <summary>Where the walk goes as an animated WebP; null for nowhere.</summary>
    public string? WebPPath { get; init; }

    /// <summary>Makes files of the pictures in another way, or of the walk's steps, and says which; null for none.</summary>
    public Func<SampledPictures, IReadOnlyList<string>>? Use { get; init; }

    /// <summary>Pictures from one latent to the next that <see cref="Use"/> gets.</summary>
    public int StepsOfUse { get; init; } = 4;

    /// <summary>Frames from one latent to the next.</summary>
    public int FramesPerStep { get; init; } = 16;
}
