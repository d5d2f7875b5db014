using Smirk.Torch;
using static Smirk.Gan.Train.Planning.RecipeNames;

namespace Smirk.Gan.Train.Planning;

/// <summary>The options of training, each in one row: a new one needs a row here, a property in <see cref="TrainOptions"/> and one in
/// <see cref="RecipePlan"/>.</summary>
public static partial class TrainOptionTable
{
    private static readonly TimeSpan SnapshotEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan EvaluateEvery = TimeSpan.FromMinutes(4);

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
            Help = "time to train, such as 20m or 1h30m; the schedule adapts to it (30m when neither this nor --kimg is given)",
            HelpName = "time",
            ChangesOnResume = true,
            Get = o => Given(o.Budget),
            Set = (o, value) => o with { Budget = value },
            Range = OptionRange.Time(TimeSpan.FromTicks(1)),
        },
        new TrainOption<double>
        {
            Name = "kimg",
            Help = "thousands of pictures to show, instead of a time; repeatable on CPU",
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
        new TrainOption<string>
        {
            Name = "threads",
            Help = "threads on the CPU: a number, or auto, as many as are fastest at the moment (the default with --budget; with --kimg it "
                + "is one a core, because other numbers round differently)",
            HelpName = "n|auto",
            ChangesOnResume = true,
            Get = o => Given(o.Threads),
            Set = (o, value) => o with { Threads = value },
            Range = new($"auto or a whole number from 1 to {MostThreads}", IsThreads),
            Plan = (p, value, _) => p with { Threads = ThreadsOf(value) },
            Default = c => (c.Device.IsCuda, c.Options.Kimg) switch
            {
                (true, _) => new(OneACore, Reason.Usual),
                (false, not null) => new(OneACore, Reason.Repeatable),
                _ => new("auto", Reason.Fastest),
            },
        },
        new TrainOption<int>
        {
            Name = "nice",
            Help = "how far training steps back for other programs on the CPU and the disk, 0 (not at all) to 19 (5)",
            ChangesOnResume = true,
            Get = o => Given(o.Nice),
            Set = (o, value) => o with { Nice = value },
            Range = OptionRange.Between(0, 19),
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
            Help = "pictures per step",
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
        new TrainOption<string>
        {
            Name = "clip-updates",
            Help = "make a layer's step smaller where its gradients are suddenly larger than usual",
            HelpName = "auto|on|off",
            Usual = "auto",
            Off = "off",
            Get = o => Given(o.ClipUpdates),
            Set = (o, value) => o with { ClipUpdates = value },
            Range = OptionRange.OneOf("auto", "on", "off"),
            Plan = (p, value, _) => p with { ClipUpdates = value == "on" },
            Defaults = { [Auto] = c => c.Pack.IsRolls ? new("on", Reason.NoJumps) : new("off", Reason.Usual) },
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
            Defaults =
            {
                [Auto] = c => c.Pack.IsRolls ? new(40 * UsualGamma(c), Reason.NotesAreSteps) : new(UsualGamma(c), Reason.GrowsWithPixels),
            },
        },
        new TrainOption<int>
        {
            Name = "penalty-every",
            Help = "steps between gradient penalties",
            Get = o => Given(o.PenaltyEvery),
            Set = (o, value) => o with { PenaltyEvery = value },
            Range = OptionRange.From(1),
            Plan = (p, value, _) => p with { PenaltyEvery = value },
            Defaults = { [Auto] = c => c.Pack.IsRolls ? new(1, Reason.NothingInBetween) : new(8, Reason.CheaperPenalty) },
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
        .. Networks(),
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

    private const string OneACore = "one a core";
    private const int MostThreads = 1024;

    private static bool IsThreads(string text) => text is "auto" || int.TryParse(text, out var count) && count is >= 1 and <= MostThreads;

    private static int? ThreadsOf(string text) => text switch
    {
        OneACore => null,
        "auto" => 0,
        _ => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The options that can change when a run is resumed, for a message: "--kimg, --budget…".</summary>
    internal static string NamesOnResume =>
        string.Join(", ", All.Where(option => option.ChangesOnResume).Select(option => $"--{option.Name}"));

    private static double UsualGamma(PlanContext context) => 0.05 * (context.SmallSize / 64.0) * (context.SmallSize / 64.0);

    private static (bool, T) Given<T>(T? value)
        where T : struct => (value.HasValue, value.GetValueOrDefault());

    private static (bool, string) Given(string? value) => (value is not null, value ?? "");

    private static Dictionary<string, string> With(params (string Name, string Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value);
}
