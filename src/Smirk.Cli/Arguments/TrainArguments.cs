using System.CommandLine;
using Smirk.Gan.Train;

namespace Smirk.Cli.Arguments;

/// <summary>The options of training, the same for `train` and `make`.</summary>
internal sealed class TrainArguments
{
    private readonly Option<string> _recipe = new("--recipe") { Description = "auto: learns from a thousand pictures; dcgan: faithful to carpedm20/DCGAN-tensorflow", DefaultValueFactory = _ => "auto", HelpName = "auto|dcgan" };
    private readonly Option<TimeSpan?> _budget = new("--budget") { Description = "time to train, such as 20m or 1h30m; the schedule ends well at that time (30m when neither this nor --kimg is given)", CustomParser = Durations.ParseArgument, HelpName = "time" };
    private readonly Option<double?> _kimg = new("--kimg") { Description = "thousands of pictures to show instead of a time; repeatable bit for bit on CPU", HelpName = "n" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "makes the run repeatable", DefaultValueFactory = _ => 0, HelpName = "n" };
    private readonly Option<string> _device = new("--device") { Description = "auto, cpu, cuda or cuda:1", DefaultValueFactory = _ => "auto", HelpName = "device" };
    private readonly Option<int?> _batch = new("--batch") { Description = "pictures a step", HelpName = "n" };
    private readonly Option<double?> _learningRate = new("--learning-rate") { Description = "Adam's step size", HelpName = "x" };
    private readonly Option<double?> _gamma = new("--gamma") { Description = "auto: weight of the gradient penalties R1 and R2", HelpName = "x" };
    private readonly Option<int?> _penaltyEvery = new("--penalty-every") { Description = "auto: steps from one gradient penalty to the next", HelpName = "n" };
    private readonly Option<double?> _emaKimg = new("--ema-kimg") { Description = "auto: half-life of the generator's moving average, in thousands of pictures", HelpName = "n" };
    private readonly Option<double?> _width = new("--width") { Description = "auto: multiplies the channels of every layer", HelpName = "x" };
    private readonly Option<int?> _gates = new("--gates") { Description = "auto: hidden units of the networks through which a latent weighs the generator's channels; 0 for none", HelpName = "n" };
    private readonly Option<int?> _thumbnail = new("--thumbnail") { Description = "auto: edge of the thumbnail that the discriminator judges beside the picture: 4, 8, 16 or 32; 0 for none", HelpName = "n" };
    private readonly Option<int?> _latentSize = new("--z-dim") { Description = "numbers in a latent", HelpName = "n" };
    private readonly Option<string> _augment = new("--augment") { Description = "auto: differentiable augmentation: auto, on, off, or parts with strengths such as colour:0.5,translation,cutout (colour:0.5:0.75 ends after three quarters of the run)", DefaultValueFactory = _ => "auto", HelpName = "policy" };
    private readonly Option<string> _mirror = new("--mirror") { Description = "auto: show mirrored pictures too (auto: decided by the data)", DefaultValueFactory = _ => "auto", HelpName = "auto|on|off" };
    private readonly Option<string> _labels = new("--labels") { Description = "auto: folder makes a generator that can be asked for a class, the folder that a picture lies in", DefaultValueFactory = _ => "none", HelpName = "none|folder" };
    private readonly Option<int?> _kernel = new("--kernel") { Description = "dcgan: kernel edge, 4 or 5", HelpName = "n" };
    private readonly Option<int?> _generatorSteps = new("--g-steps") { Description = "dcgan: generator updates a step", HelpName = "n" };
    private readonly Option<double?> _heldOut = new("--held-out") { Description = "share of the pictures that training never sees, to measure on", HelpName = "share" };
    private readonly Option<TimeSpan?> _snapshotEvery = new("--snapshot-every") { Description = "time between snapshots (5m)", CustomParser = Durations.ParseArgument, HelpName = "time" };
    private readonly Option<TimeSpan?> _evaluateEvery = new("--evaluate-every") { Description = "time between measurements on held-out pictures (4m); 0 for none", CustomParser = Durations.ParseArgument, HelpName = "time" };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _recipe, _budget, _kimg, _seed, _device, _batch, _learningRate, _gamma, _penaltyEvery, _emaKimg, _width, _gates, _thumbnail, _latentSize, _augment, _mirror, _labels, _kernel, _generatorSteps, _heldOut, _snapshotEvery, _evaluateEvery })
            command.Options.Add(option);
    }

    /// <summary>What the person asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="grey">One channel.</param>
    public TrainOptions Read(ParseResult parsed, bool grey) => new TrainOptions() with
    {
        Recipe = parsed.GetValue(_recipe)!,
        Budget = parsed.GetValue(_budget),
        Kimg = parsed.GetValue(_kimg),
        Seed = parsed.GetValue(_seed),
        Device = parsed.GetValue(_device)!,
        Grey = grey,
        Batch = parsed.GetValue(_batch),
        LearningRate = parsed.GetValue(_learningRate),
        Gamma = parsed.GetValue(_gamma),
        PenaltyEvery = parsed.GetValue(_penaltyEvery),
        EmaKimg = parsed.GetValue(_emaKimg),
        Width = parsed.GetValue(_width),
        Gates = parsed.GetValue(_gates),
        Thumbnail = parsed.GetValue(_thumbnail),
        LatentSize = parsed.GetValue(_latentSize),
        Augment = parsed.GetValue(_augment)!,
        Mirror = parsed.GetValue(_mirror)!,
        Labels = parsed.GetValue(_labels)!,
        Kernel = parsed.GetValue(_kernel),
        GeneratorSteps = parsed.GetValue(_generatorSteps),
        HeldOut = parsed.GetValue(_heldOut),
        SnapshotEvery = parsed.GetValue(_snapshotEvery) ?? new TrainOptions().SnapshotEvery,
        EvaluateEvery = parsed.GetValue(_evaluateEvery) ?? new TrainOptions().EvaluateEvery,
    };

    /// <summary>The end that was asked for on resuming: kimg, or time, or neither.</summary>
    public (double? Kimg, TimeSpan? Budget) ReadEnd(ParseResult parsed) => (parsed.GetValue(_kimg), parsed.GetValue(_budget));
}
