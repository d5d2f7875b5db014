using System.Globalization;
using System.Text.Json;
using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Train;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Bench;

/// <summary>Trains the recipe auto and measures it, as `smirk train` and `smirk evaluate` do, on a machine that can't read pictures: both
/// sides are packs.</summary>
internal static class Learn
{
    private const int Samples = 2000;

    /// <param name="args">Pack, pack of unseen pictures, folder for the run, minutes, device.</param>
    public static int Run(string[] args)
    {
        var screen = new StandardError();
        var options = new TrainOptions
        {
            Pack = args[0],
            Device = args[4],
            Budget = TimeSpan.FromMinutes(double.Parse(args[3], CultureInfo.InvariantCulture)),
        };
        var trained = new TrainStage(new RunFolders(args[2]), new TrainTools(PngEncoder.Encode, TimeProvider.System))
            .Run(options, screen, CancellationToken.None);
        var measured = new EvaluateStage((folder, _, grey, _, cancel) => TrainingPack.Open(folder, grey, cancel))
            .Run(new EvaluateOptions { Snapshot = trained.Best, Real = args[1], Count = Samples, Device = args[4] }, screen,
                CancellationToken.None);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            kimg = trained.Counters.Kimg,
            seconds = trained.Counters.Seconds,
            metrics = measured.Metrics
        }));
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
