using System.Globalization;
using System.Text.Json;
using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Train;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Bench;

/// <summary>Trains the recipe auto and measures it, as `smirk train` and `smirk evaluate` do, on a machine that can't read pictures: both sides are packs.</summary>
internal static class Learn
{
    private const int Samples = 2000;

    /// <param name="args">Pack, pack of unseen pictures, folder for the run, minutes, device.</param>
    public static int Run(string[] args)
    {
        var screen = new StandardError();
        var options = new TrainOptions { Device = args[4], Budget = TimeSpan.FromMinutes(double.Parse(args[3], CultureInfo.InvariantCulture)) };
        var trained = TrainStage.Run(options, args[0], new RunFolders(args[2]), new TrainTools(PngEncoder.Encode, TimeProvider.System), screen, CancellationToken.None);
        var measured = EvaluateStage.OfSnapshot(new EvaluateOptions { Count = Samples, Device = args[4] }, trained.Best, (_, grey) => TrainingPack.Open(args[1], grey), screen, CancellationToken.None);
        Console.WriteLine(JsonSerializer.Serialize(new { kimg = trained.Counters.Kimg, seconds = trained.Counters.Seconds, metrics = measured.Metrics }));
        return 0;
    }

    private sealed class StandardError : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value is StageSaid said)
                Console.Error.WriteLine(said.Text);
        }
    }
}
