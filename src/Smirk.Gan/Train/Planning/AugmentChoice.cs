using Smirk.Gan.Augment;
using Smirk.Gan.Upscale;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Train.Planning;

/// <summary>How pictures are augmented, by what they are. Few: as DiffAugment has it, with colours at half strength. Few and flat (line
/// art, sprites, digits, scans): with noise that fades besides, or D would tell them by what G can only come near to, areas of
/// one value and edges from one pixel to the next. Many: not at all. Piano rolls of tunes: by noise that fades, by light, and with parts
/// cut out, never moved, however many they are.</summary>
internal static class AugmentChoice
{
    /// <summary>What a person may say of the pictures' look, beside <c>auto</c>.</summary>
    internal const string Flat = "flat", Shaded = "shaded";

    // A run of an hour shows so many pictures a few times at most, too seldom to learn them by heart (docs/recipes.md).
    private const int Many = 20_000;

    // Enough for shares that are told to a hundredth.
    private const int Pictures = 400;

    // Differences that compression makes are none.
    private const int Same = 2;

    // Digits and clothes keep D there by themselves; on line art it is at .1 (docs/recipes.md).
    private const double LossOfAGoodMatch = 0.35;

    // Photographs are below .2, shaded drawings about .3; sprites, line art and digits above .7 (docs/recipes.md).
    internal const double Limit = 0.5;

    // DiffAugment's own strength of colour lets G get colours wrong unseen: half of it gave a sixth more coverage or better
    // (docs/recipes.md).
    // For the same reason the last quarter of a run goes without: its pictures' colours and contrasts come out nearer to the dataset's.
    private static readonly AugmentPolicy Usual = AugmentPolicy.Usual with { Colour = 0.5, ColourUntil = 0.75 };
    private static readonly AugmentPolicy ForFlat = Usual with { Noise = 0.3 };

    // Moved, a note is another note at another time, and saturation mixes moments (docs/jazz.md).
    private static readonly AugmentPolicy ForRolls = AugmentPolicy.None with { Light = 0.5, Cutout = 0.5, Noise = 0.3 };

    /// <summary>By what the person said of the pictures' look, or by what the pack holds, at the size that D sees: enlarged, any picture is
    /// flat.</summary>
    /// <returns>How they are augmented, as <see cref="AugmentPolicy.Parse"/> reads it.</returns>
    public static Chosen<string> Decide(PlanContext context)
    {
        if (AreMany(context))
            return new(AugmentPolicy.None.ToString(), Reason.ManyPictures, Facts());
        return context.Options.Look switch
        {
            Flat => new(ForFlat.ToString(), Reason.FlatAsSaid),
            Shaded => new(Usual.ToString(), Reason.ShadedAsSaid),
            _ when context.Pack.IsRolls => new(ForRolls.ToString(), Reason.PianoRolls),
            _ when context.IsFlat => new(ForFlat.ToString(), Reason.FlatPictures, Facts()),
            _ => new(Usual.ToString(), Reason.FewPictures, Facts()),
        };

        Dictionary<string, string> Facts() => new()
        {
            ["pictures"] = $"{context.Pack.Count}",
            ["same"] = FormattableString.Invariant($"{context.ShareOfSame * 100:0} %"),
        };
    }

    /// <summary>D's loss that augmentation is steered to, from none: for flat pictures with classes, such as digits, which D can't tell
    /// apart for long. Without classes it wins before augmentation comes (docs/recipes.md).</summary>
    /// <returns>0 where augmentation is always the same.</returns>
    public static Chosen<double> Target(PlanContext context) => context.Options.Augment is not (null or "auto")
        ? new(0, Reason.AugmentedAsAsked)
        : context.IsFlat && !AreMany(context) && context.HasClasses
            ? new(LossOfAGoodMatch, Reason.AsFarAsNeeded)
            : new(0, Reason.AlwaysTheSame);

    /// <summary>Share of pixels that are as their left neighbour is, in every channel, 0…1.</summary>
    /// <param name="pictures">uint8 [N, C, S, S].</param>
    /// <param name="size">What they are shrunk to first, in pixels.</param>
    internal static double ShareOfSame(Tensor pictures, int size)
    {
        using var scope = TensorScope.Open();
        var count = pictures.Shape[0];
        var used = Math.Min(Pictures, count);
        long[] rows = [.. Enumerable.Range(0, (int)used).Select(i => i * count / used)];
        var some = Shrink.Of(pictures.IndexSelect(0, Tensor.FromArray(rows)), (int)pictures.Shape[3] / size).To(DType.Float32);
        var difference = (some.Narrow(3, 1, size - 1) - some.Narrow(3, 0, size - 1)).Abs().Max([1]); // [n, S, S − 1]
        return difference.LessOrEqual(Same).To(DType.Float32).Mean().ToDouble();
    }

    private static bool AreMany(PlanContext context) => context.Pack.Count >= Many && !context.Pack.IsRolls;
}
