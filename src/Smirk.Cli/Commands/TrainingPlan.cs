using System.Text.Json.Serialization;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>train --plan</c>: what a training would be, and why; nothing is made.</summary>
internal static class TrainingPlan
{
    /// <summary>Prints the plan.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="pack">The pack's folder.</param>
    /// <param name="screen">Where it is said.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="UsageException">A run is to be resumed: its plan is in its report.</exception>
    public static int Show(TrainOptions options, string pack, Screen screen, CancellationToken cancel)
    {
        if (options.Resume is not null)
            throw new UsageException("--plan is for a new run; leave --resume out. What a run was planned as is in its report.html.");
        var plan = TrainStage.Plan(options with { Pack = pack }, cancel);
        var choices = PlanInWords.Of(plan).Select(choice => new PlannedSetting(choice.Name, choice.Value, choice.InWords)).ToList();
        foreach (var choice in choices)
            screen.Say($"{choice.Name} {choice.Value}{(choice.Why.Length > 0 ? $": {choice.Why}" : "")}");
        if (screen.IsJson)
            CommandRunner.WriteJson(new PlanDocument(choices), PlanJson.Default.PlanDocument);
        return ExitCode.Done;
    }
}

/// <summary>What <c>train --plan --json</c> prints.</summary>
internal sealed record PlanDocument(IReadOnlyList<PlannedSetting> Choices);

/// <summary>A setting and its reason.</summary>
internal sealed record PlannedSetting(string Name, string Value, string Why);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class PlanJson : JsonSerializerContext;
