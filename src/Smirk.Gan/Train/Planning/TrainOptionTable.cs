using Smirk.Gan.Augment;
using Smirk.Gan.Upscale;
using Smirk.Torch;
using static Smirk.Gan.Train.Planning.RecipeNames;

namespace Smirk.Gan.Train.Planning;

/// <summary>The options of training, each in one row: a new one needs a row here, a property in <see cref="TrainOptions"/> and one in
/// <see cref="RecipePlan"/>.</summary>
public static class TrainOptionTable
{
    private static readonly TimeSpan SnapshotEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan EvaluateEvery = TimeSpan.FromMinutes(4);

    // DiffAugment's own strength of colour lets G get colours wrong unseen: half of it gave a sixth more coverage or better
    // (docs/recipes.md).
    // For the same reason the last quarter of a run goes without: its pictures' colours and contrasts come out nearer to the dataset's.
    private static readonly AugmentPolicy Augmentation = AugmentPolicy.Usual with { Colour = 0.5, ColourUntil = 0.75 };

    /// <summary>Every option, in the order of --help and of the report.</summary>
    public static readonly IReadOnlyList<TrainOption> All =
    [
        new TrainOption<string>
        {
            Name = "recipe",
            Help = "auto: learns from a thousand pictures; dcgan: faithful to carpedm20/DCGAN-tensorflow",
            HelpName = string.Join('|', RecipeNames.All),
            Usual = Auto,
            Get = o => Given(o.Recipe),
            Set = (o, value) => o with { Recipe = value },
            Range = OptionRange.OneOf(RecipeNames.All),
            Plan = (p, value, _) => p with { Recipe = value },
            Default = c => new(c.Recipe, Reason.Usual),
        },
        new TrainOption<TimeSpan>
        {
            Name = "budget",
            Help = "time to train, such as 20m or 1h30m; the schedule ends well at that time (30m when neither this nor --kimg is given)",
            HelpName = "time",
            ChangesOnResume = true,
            Get = o => Given(o.Budget),
            Set = (o, value) => o with { Budget = value },
            Range = OptionRange.Time(TimeSpan.FromTicks(1)),
        },
        new TrainOption<double>
        {
            Name = "kimg",
            Help = "thousands of pictures to show, instead of a time; repeatable bit for bit on CPU",
            ChangesOnResume = true,
            Get = o => Given(o.Kimg),
            Set = (o, value) => o with { Kimg = value },
            Range = OptionRange.Above(0),
        },
        new TrainOption<ulong>
        {
            Name = "seed",
            Help = "makes the run repeatable",
            Usual = "0",
            Get = o => Given(o.Seed),
            Set = (o, value) => o with { Seed = value },
            Range = new("a whole number from 0", _ => true),
            Plan = (p, value, _) => p with { Seed = value },
            Default = _ => new(0, Reason.Usual),
        },
        new TrainOption<string>
        {
            Name = "device",
            Help = "auto, cpu, cuda or cuda:1",
            HelpName = "device",
            Usual = "auto",
            ChangesOnResume = true,
            Get = o => Given(o.Device),
            Set = (o, value) => o with { Device = value },
            Range = new("auto, cpu, cuda or cuda:N", _ => true),
            Plan = (p, _, c) => p with { Device = c.Device.ToString() },
            Default = c => c.Device.IsCuda
                ? new(c.Device.ToString(), Reason.CudaFound, With(("gpu", TorchRuntime.CudaDeviceName())))
                : new(c.Device.ToString(), Reason.NoCuda),
        },
        new TrainOption<bool>
        {
            Name = "grey",
            Help = "train on greyscale pictures",
            IsFlag = true,
            Get = o => Given(o.Grey),
            Set = (o, value) => o with { Grey = value },
            Range = new("true or false", _ => true),
        },
        new TrainOption<int>
        {
            Name = "batch",
            Help = "pictures a step",
            Get = o => Given(o.Batch),
            Set = (o, value) => o with { Batch = value },
            Range = OptionRange.Between(2, 65_536),
            Plan = (p, value, _) => p with { Batch = value },
            Defaults =
            {
                [Auto] = c => c.Device.IsCuda ? new(64, Reason.GpuBusy) : new(16, Reason.SmallSteps),
                [Dcgan] = _ => new(64, Reason.Original),
            },
        },
        new TrainOption<double>
        {
            Name = "learning-rate",
            Help = "Adam's learning rate",
            HelpName = "x",
            ChangesOnResume = true,
            Get = o => Given(o.LearningRate),
            Set = (o, value) => o with { LearningRate = value },
            Range = new("a number above 0", value => value > 0 && double.IsFinite(value)),
            Plan = (p, value, _) => p with { LearningRate = value },
            Defaults = { [Auto] = _ => new(1.2e-3, Reason.BestOfThree), [Dcgan] = _ => new(2e-4, Reason.Original) },
        },
        new TrainOption<double>
        {
            Name = "gamma",
            Help = "weight of the gradient penalties R1 and R2; 0 for none",
            HelpName = "x",
            Get = o => Given(o.Gamma),
            Set = (o, value) => o with { Gamma = value },
            Range = OptionRange.From(0.0),
            Plan = (p, value, _) => p with { Gamma = value },
            Defaults = { [Auto] = c => new(0.05 * (c.SmallSize / 64.0) * (c.SmallSize / 64.0), Reason.GrowsWithPixels) },
        },
        new TrainOption<int>
        {
            Name = "penalty-every",
            Help = "steps from one gradient penalty to the next",
            Get = o => Given(o.PenaltyEvery),
            Set = (o, value) => o with { PenaltyEvery = value },
            Range = OptionRange.From(1),
            Plan = (p, value, _) => p with { PenaltyEvery = value },
            Defaults = { [Auto] = _ => new(8, Reason.CheaperPenalty) },
        },
        new TrainOption<double>
        {
            Name = "ema-kimg",
            Help = "half-life of the generator's moving average (EMA), in thousands of pictures",
            Get = o => Given(o.EmaKimg),
            Set = (o, value) => o with { EmaKimg = value },
            Range = OptionRange.Above(0),
            Plan = (p, value, _) => p with { EmaKimg = value },
            Defaults = { [Auto] = _ => new(20, Reason.BetweenStaleAndNoise) },
        },
        new TrainOption<int>
        {
            Name = "small-size",
            Help = "edge of what the generator itself makes, at most 64 by itself; an upsampler enlarges it to the pack's size",
            Get = o => Given(o.SmallSize),
            Set = (o, value) => o with { SmallSize = value },
            Range = OptionRange.OneOf(RecipeNames.SmallSizes),
            Plan = (p, value, _) => AutoPlan.WithSmallSize(p, value),
            Defaults =
            {
                [Auto] = c => c.SmallSize == c.Pack.Size
                    ? new(c.SmallSize, Reason.Usual)
                    : new(c.SmallSize, Reason.LearntFast, With(("size", $"{c.Pack.Size}"))),
            },
        },
        new TrainOption<double>
        {
            Name = "upscale-share",
            Help = "share of the run, at its end, in which the upsampler learns",
            HelpName = "share",
            Get = o => Given(o.UpscaleShare),
            Set = (o, value) => o with { UpscaleShare = value },
            Range = new("a number above 0 and below 1", value => value is > 0 and < 1),
            Plan = (p, value, c) => AutoPlan.WithUpscaleShare(p, value, asked: c.Options.UpscaleShare is not null),
            Defaults =
            {
                [Auto] = c => c.SmallSize == c.Pack.Size
                    ? new(0, Reason.Usual)
                    : new(UpscalePlan.ShareOf(byTime: c.Options.Kimg is null), Reason.ThirdOfTime),
            },
        },
        new TrainOption<double>
        {
            Name = "width",
            Help = "multiplies the channels of every layer",
            HelpName = "x",
            Get = o => Given(o.Width),
            Set = (o, value) => o with { Width = value },
            Range = new("a number above 0, at most 64", value => value is > 0 and <= 64),
            Plan = (p, value, _) => AutoPlan.WithWidth(p, value),
            Defaults = { [Auto] = c => c.Device.IsCuda ? new(2, Reason.RoomOnGpu) : new(1, Reason.MinutesOnCpu) },
        },
        new TrainOption<int>
        {
            Name = "gates",
            Help = "hidden units of the generator's self-modulation, through which a latent weighs its channels; 0 for none",
            Get = o => Given(o.Gates),
            Set = (o, value) => o with { Gates = value },
            Range = OptionRange.Between(0, 4096),
            Plan = (p, value, _) => p with { Gates = value },
            Defaults = { [Auto] = _ => new(32, Reason.LatentAtEveryLevel) },
        },
        new TrainOption<int>
        {
            Name = "thumbnail",
            Help = "edge of the thumbnail that the discriminator judges beside the picture: 4, 8, 16 or 32; 0 for none",
            Get = o => Given(o.Thumbnail),
            Set = (o, value) => o with { Thumbnail = value },
            Range = OptionRange.OneOf(0, 4, 8, 16, 32),
            Plan = (p, value, _) => p with { Thumbnail = value },
            Defaults = { [Auto] = _ => new(8, Reason.FarPartsTogether) },
        },
        new TrainOption<int>
        {
            Name = "z-dim",
            Help = "latent dimension",
            Get = o => Given(o.LatentSize),
            Set = (o, value) => o with { LatentSize = value },
            Range = OptionRange.Between(1, 65_536),
            Plan = (p, value, _) => p with { LatentSize = value },
            Defaults = { [Auto] = _ => new(100, Reason.Enough), [Dcgan] = _ => new(100, Reason.Original) },
        },
        new TrainOption<string>
        {
            Name = "augment",
            Help = "differentiable augmentation: auto, on, off, or parts with strengths such as colour:0.5,translation,cutout,noise:0.1 (colour:0.5:0.75 ends after three quarters of the run)",
            HelpName = "policy",
            Usual = "auto",
            Off = "off",
            Get = o => Given(o.Augment),
            Set = (o, value) => o with { Augment = value },
            Range = new("a policy", value => value == "auto" || AugmentPolicy.Parse(value) is not null),
            Plan = (p, value, _) => p with { Augment = AugmentPolicy.Parse(value) },
            Defaults = { [Auto] = c => new(Augmentation.ToString(), Reason.FewPictures, With(("pictures", $"{c.Pack.Count}"))) },
        },
        new TrainOption<string>
        {
            Name = "mirror",
            Help = "show mirrored pictures too (auto: decided by the data)",
            HelpName = "auto|on|off",
            Usual = "auto",
            Off = "off",
            Get = o => Given(o.Mirror),
            Set = (o, value) => o with { Mirror = value },
            Range = OptionRange.OneOf("auto", "on", "off"),
            Plan = (p, value, _) => p with { Mirror = value == "on" },
            Defaults = { [Auto] = c => MirrorTest.Decide(c.Pack.Pictures) },
        },
        new TrainOption<string>
        {
            Name = "labels",
            Help = "folder makes a generator that can be asked for a class, the folder that a picture lies in; idx: the labels beside IDX files",
            HelpName = "none|folder|idx",
            Usual = "none",
            Get = o => Given(o.Labels),
            Set = (o, value) => o with { Labels = value },
            Range = OptionRange.OneOf("none", "folder", "idx"),
            Plan = (p, value, c) => p with { Classes = value != "none" ? AutoPlan.ClassesOf(c.Pack) : [] },
            Defaults = { [Auto] = _ => new("none", Reason.Usual) },
        },
        new TrainOption<int>
        {
            Name = "kernel",
            Help = "kernel edge, 4 or 5",
            Get = o => Given(o.Kernel),
            Set = (o, value) => o with { Kernel = value },
            Range = OptionRange.OneOf(4, 5),
            Plan = (p, value, _) => p with { Kernel = value },
            Defaults = { [Dcgan] = _ => new(5, Reason.Original) },
        },
        new TrainOption<int>
        {
            Name = "g-steps",
            Help = "generator updates a step",
            Get = o => Given(o.GeneratorSteps),
            Set = (o, value) => o with { GeneratorSteps = value },
            Range = OptionRange.Between(1, 1000),
            Plan = (p, value, _) => p with { GeneratorSteps = value },
            Defaults = { [Dcgan] = _ => new(2, Reason.Original) },
        },
        new TrainOption<double>
        {
            Name = "held-out",
            Help = "share of the pictures that training never sees, to measure on",
            HelpName = "share",
            Get = o => Given(o.HeldOut),
            Set = (o, value) => o with { HeldOut = value },
            Range = OptionRange.Between(0, 0.5),
            Plan = (p, value, _) => p with { HeldOut = value },
            Defaults = { [Auto] = _ => new(0.1, Reason.ToMeasureOn), [Dcgan] = _ => new(0, Reason.OriginalLearnsFromAll) },
        },
        new TrainOption<TimeSpan>
        {
            Name = "snapshot-every",
            Help = "time between snapshots (5m)",
            HelpName = "time",
            ChangesOnResume = true,
            Get = o => Given(o.SnapshotEvery),
            Set = (o, value) => o with { SnapshotEvery = value },
            Range = OptionRange.Time(TimeSpan.Zero),
            Plan = (p, value, _) => p with { SnapshotSeconds = value.TotalSeconds },
            Default = _ => new(SnapshotEvery, Reason.Usual),
        },
        new TrainOption<TimeSpan>
        {
            Name = "evaluate-every",
            Help = "time between measurements on held-out pictures (4m); 0 for none",
            HelpName = "time",
            ChangesOnResume = true,
            Get = o => Given(o.EvaluateEvery),
            Set = (o, value) => o with { EvaluateEvery = value },
            Range = OptionRange.Time(TimeSpan.Zero),
            Plan = (p, value, _) => p with { EvaluateSeconds = value.TotalSeconds },
            Defaults = { [Dcgan] = c => new(c.Options.HeldOut > 0 ? EvaluateEvery : TimeSpan.Zero, Reason.Usual) },
            Default = _ => new(EvaluateEvery, Reason.Usual),
        },
    ];

    /// <summary>The options that can change when a run is resumed, for a message: "--kimg, --budget…".</summary>
    internal static string NamesOnResume => string.Join(", ", All.Where(option => option.ChangesOnResume).Select(option => $"--{option.Name}"));

    private static (bool, T) Given<T>(T? value)
        where T : struct => (value.HasValue, value.GetValueOrDefault());

    private static (bool, string) Given(string? value) => (value is not null, value ?? "");

    private static Dictionary<string, string> With(params (string Name, string Value)[] values) => values.ToDictionary(value => value.Name, value => value.Value);
}
