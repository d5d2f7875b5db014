using Smirk.Gan.Augment;
using Smirk.Gan.Upscale;
using Smirk.Workspace.Packs;
using static Smirk.Gan.Train.Planning.RecipeNames;

namespace Smirk.Gan.Train.Planning;

public static partial class TrainOptionTable
{
    // What the networks are made of and what they see.
    private static TrainOption[] Networks() =>
    [
        new TrainOption<int>
        {
            Name = "small-size",
            Help = "edge of what the generator itself makes, at most 64; an upsampler enlarges it to the size of the pack",
            Get = o => Given(o.SmallSize),
            Set = (o, value) => o with { SmallSize = value },
            Range = OptionRange.OneOf(RecipeNames.SmallSizes),
            Plan = (p, value, _) => AutoPlan.WithSmallSize(p, value),
            Defaults =
            {
                [Auto] = c => c.SmallSize == c.Pack.Size
                    ? new(c.SmallSize, c.Pack.IsRolls && c.SmallSize > UpscaleNeeds.SmallSize ? Reason.PitchIsARow : Reason.Usual)
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
            Name = "refine",
            Help = "largest edge of the maps that the generator refines by a residual convolution: 8, 16 or 32; 0 for none",
            Get = o => Given(o.Refine),
            Set = (o, value) => o with { Refine = value },
            Range = OptionRange.OneOf(0, 8, 16, 32),
            Plan = (p, value, _) => p with { Refine = value },
            Defaults = { [Auto] = c => c.IsFlat ? new(0, Reason.VarietyOfFlat) : new(16, Reason.NeighboursAgree) },
        },
        new TrainOption<double>
        {
            Name = "overshoot",
            Help = "how far the generator reaches beyond black and white, where it is clipped: 1 (not at all) to 2 times the range",
            HelpName = "x",
            Get = o => Given(o.Overshoot),
            Set = (o, value) => o with { Overshoot = value },
            Range = OptionRange.Between(1.0, 2.0),
            Plan = (p, value, _) => p with { Overshoot = value },
            Defaults =
            {
                [Auto] = c => !c.IsFlat ? new(1, Reason.NoFlatAreas)
                    : c.HasClasses ? new(1, Reason.ClassesDoWithout) : new(1.1, Reason.WhiteIsWhite),
            },
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
            Name = "look",
            Help = "what the pictures look like, where auto finds the wrong one: flat (line art, sprites, scans) or shaded (paintings, "
                + "photographs); decides how they are augmented",
            HelpName = "auto|flat|shaded",
            Usual = "auto",
            Get = o => Given(o.Look),
            Set = (o, value) => o with { Look = value },
            Range = OptionRange.OneOf("auto", AugmentChoice.Flat, AugmentChoice.Shaded),
            Plan = (p, _, _) => p,
            Defaults = { [Auto] = c => new("auto", Reason.Usual) },
        },
        new TrainOption<string>
        {
            Name = "augment",
            Help =
                "differentiable augmentation: auto, on, off, or parts with strengths such as colour:0.5,translation,cutout,noise:0.1 "
                    + "(colour:0.5:0.75 ends after three quarters of the run); pitch transposes piano rolls",
            HelpName = "policy",
            Usual = "auto",
            Off = "off",
            Get = o => Given(o.Augment),
            Set = (o, value) => o with { Augment = value },
            Range = new("a policy", value => value == "auto" || AugmentPolicy.Parse(value) is not null),
            Plan = (p, value, _) => p with { Augment = AugmentPolicy.Parse(value) },
            Defaults = { [Auto] = AugmentChoice.Decide },
        },
        new TrainOption<double>
        {
            Name = "augment-target",
            Help = "the discriminator's loss below which more pictures are augmented, and above which fewer are; 0 augments all, always",
            HelpName = "loss",
            Get = o => Given(o.AugmentTarget),
            Set = (o, value) => o with { AugmentTarget = value },
            Range = OptionRange.Between(0.0, 2.0),
            Plan = (p, value, _) => p with { AugmentTarget = value > 0 && p.Augment != AugmentPolicy.None ? value : null },
            Defaults = { [Auto] = AugmentChoice.Target },
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
            Defaults = { [Auto] = c => MirrorTest.Decide(c.Pack) },
        },
        new TrainOption<string>
        {
            Name = "labels",
            Help = "makes a generator that can be asked for a class: folder (where a picture lies), idx (labels beside IDX files), "
                + "metadata:FIELD, or a CSV file",
            HelpName = "none|folder|idx",
            Usual = "none",
            Get = o => Given(o.Labels),
            Set = (o, value) => o with { Labels = value },
            Range = new("none, folder, idx, metadata:FIELD, or a file .csv, .tsv or .jsonl", LabelSource.IsOne),
            Plan = (p, value, c) => AutoPlan.WithClasses(p, value, c.Pack),
            Defaults = { [Auto] = _ => new("none", Reason.Usual), [Dcgan] = _ => new("none", Reason.Usual) },
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
            Help = "generator updates per step",
            Get = o => Given(o.GeneratorSteps),
            Set = (o, value) => o with { GeneratorSteps = value },
            Range = OptionRange.Between(1, 1000),
            Plan = (p, value, _) => p with { GeneratorSteps = value },
            Defaults = { [Dcgan] = _ => new(2, Reason.Original) },
        },
    ];
}
