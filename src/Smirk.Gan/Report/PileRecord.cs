using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Workspace.Files;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Report;

/// <summary>What the stages before training told of a run's pictures: pile.json beside the report, so that a report written again after
/// more training has it, too.</summary>
/// <param name="Stages">Stage by stage.</param>
/// <param name="Panels">Parts that stages bring along.</param>
internal sealed record PileRecord(IReadOnlyList<PileStage> Stages, IReadOnlyList<ReportPanel> Panels)
{
    /// <summary>Nothing is known.</summary>
    public static PileRecord None { get; } = new([], []);

    /// <summary>What <paramref name="options"/> tell, which is kept with the run; what was kept before where they tell nothing.</summary>
    public static PileRecord Of(ReportOptions options, RunFolder run)
    {
        if (options.Stages.Count == 0)
            return Read(run.PilePath);
        var pile = new PileRecord([.. options.Stages.Select(s => PileStage.Of(s.Stage, s.Counts))], options.Panels);
        AtomicFile.Write(run.PilePath, JsonSerializer.SerializeToUtf8Bytes(pile, PileJson.Default.PileRecord));
        return pile;
    }

    // A damaged one costs the report a table, never the run its report.
    private static PileRecord Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), PileJson.Default.PileRecord) ?? None : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }
}

/// <summary>One stage's counts.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="In">Inputs looked at.</param>
/// <param name="Out">Inputs passed on.</param>
/// <param name="Unit">What is counted, in the plural.</param>
/// <param name="Left">Reason → number, for those not passed on.</param>
internal sealed record PileStage(string Stage, long In, long Out, string Unit, IReadOnlyDictionary<string, long> Left)
{
    public static PileStage Of(string stage, StageCounts counts) => new(stage, counts.In, counts.Out, counts.Unit, counts.Left);
}

/// <summary>Reading and writing of pile.json, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PileRecord))]
internal sealed partial class PileJson : JsonSerializerContext;
