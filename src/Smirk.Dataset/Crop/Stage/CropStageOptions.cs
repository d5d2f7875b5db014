namespace Smirk.Dataset.Crop.Stage;

/// <summary>What is cut out of a workspace's pictures.</summary>
public enum CropMode
{
    /// <summary>Looks at what is found in some pictures and takes one of the others, saying why.</summary>
    Auto,

    /// <summary>Faces.</summary>
    Faces,

    /// <summary>The square in the middle.</summary>
    Centre,

    /// <summary>Nothing: pictures stay whole.</summary>
    Off,
}

/// <summary>How <see cref="CropStage"/> works.</summary>
public sealed record CropStageOptions
{
    /// <summary>What is cut.</summary>
    public CropMode Mode { get; init; } = CropMode.Auto;

    /// <summary>How faces are found, cut and ranked.</summary>
    public CropOptions Faces { get; init; } = new();
}

/// <summary>What <see cref="CropStage"/> did.</summary>
/// <param name="Mode">What was cut; never <see cref="CropMode.Auto"/>.</param>
/// <param name="Reason">Why, for the person.</param>
/// <param name="Counts">Pictures in, pictures out, and why the rest did not.</param>
/// <param name="Crops">Crops that go into the training set; 0 where pictures stay whole.</param>
/// <param name="Report">The page with 24 random and the 24 most doubtful crops; null where no faces were cut.</param>
public sealed record CropStageResult(CropMode Mode, string Reason, Smirk.Workspace.Stages.StageCounts Counts, int Crops, string? Report)
{
    /// <summary>The same crops as a part of the run's report: safe, self-contained HTML; null where no faces were cut.</summary>
    public string? Panel { get; init; }
}
