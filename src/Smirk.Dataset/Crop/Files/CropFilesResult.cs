using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Crop.Files;

/// <summary>What <see cref="CropFiles"/> decided and did.</summary>
/// <param name="Files">One for each file, in order.</param>
/// <param name="Counts">Files in, files with at least one crop out, and why the rest has none.</param>
/// <param name="Written">Files written, in order; empty on a dry run or without a folder to write to.</param>
public sealed record CropFilesResult(IReadOnlyList<CroppedFile> Files, StageCounts Counts, IReadOnlyList<string> Written)
{
    /// <summary>Crops that go on.</summary>
    public int Crops => Files.Sum(f => f.Chosen);
}
