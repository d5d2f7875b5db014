using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Gan.Train.Snapshots;
using Smirk.Workspace.Files;

namespace Smirk.Gan.Project;

/// <summary>How near a snapshot comes to pictures that its run held out, kept beside the run:
/// RUN/projections/SNAPSHOT-STEPS.json.</summary>
/// <param name="Version">Of the measure and the search.</param>
/// <param name="Starts">From how many samples each was projected.</param>
/// <param name="Distances">One a picture.</param>
internal sealed record ProjectionRecord(int Version, int Starts, IReadOnlyList<double> Distances)
{
    /// <summary>So many pictures are projected at most: enough to tell in which tenth another lies.</summary>
    public const int Most = 24;

    // Raised whenever the same pictures would come out nearer or less near.
    private const int Now = 1;

    private const string Folder = "projections";

    /// <summary>The distances that are kept for a snapshot and a number of steps; <paramref name="measure"/>d and kept where there are
    /// none.</summary>
    public static IReadOnlyList<double> Of(string snapshot, int steps, int starts, Func<IReadOnlyList<double>> measure)
    {
        var path = Path.Combine(
            Snapshot.RunOf(snapshot), Folder, $"{Path.GetFileNameWithoutExtension(snapshot)}-{steps}.json");
        if (TryRead(path) is { Version: Now } kept && kept.Starts == starts)
            return kept.Distances;
        var distances = measure();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, JsonSerializer.Serialize(
                new ProjectionRecord(Now, starts, distances), ProjectionRecordJson.Default.ProjectionRecord));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A run that can't be written to costs the same time again, nothing else.
        }

        return distances;
    }

    private static ProjectionRecord? TryRead(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllText(path), ProjectionRecordJson.Default.ProjectionRecord) : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // Damaged: it is measured anew.
            return null;
        }
    }
}

/// <summary>What is kept, without reflection.</summary>
[JsonSerializable(typeof(ProjectionRecord))]
internal sealed partial class ProjectionRecordJson : JsonSerializerContext;
