using Smirk.Gan.Data;
using Smirk.Gan.Upscale;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Gan.Train.Planning;

/// <summary>The recipe "auto": what no option decides. The numbers are those of docs/recipes.md.</summary>
internal static class AutoPlan
{
    // G's channels from 4×4 upwards; D has the same, the other way round.
    private static readonly int[] Widths = [320, 192, 96, 48, 32, 16];

    // The upsampler's largest factor: it can't invent what 8 × 8 pixels hold from one.
    private const int MostEnlarged = 8;

    /// <summary>The plan before options are put into it.</summary>
    public static RecipePlan Begin(RecipePlan plan) => plan with
    {
        Kernel = 4,
        // No momentum (as R3GAN and StyleGAN have it): both networks answer to what the other is now, not to what it was ten steps ago.
        Beta1 = 0,
        Beta2 = 0.99,
        DecayFrom = 0.5,
        FinalRate = 0.1,
        Setbacks = 3,
    };

    /// <summary>The plan with <paramref name="width"/> times the recipe's channels.</summary>
    public static RecipePlan WithWidth(RecipePlan plan, double width)
    {
        int[] widths = [.. Widths.Take(int.Log2(plan.SmallSize) - 2).Select(w => Math.Max(8, (int)(w * width / 8) * 8))];
        return plan with { GeneratorWidths = widths, DiscriminatorWidths = [.. widths.Reverse()] };
    }

    /// <summary>The plan with a generator that makes <paramref name="small"/> pixels, and an upsampler where the pack has more.</summary>
    /// <exception cref="UsageException">There is no such size, or the upsampler can't get from it to the pack's.</exception>
    public static RecipePlan WithSmallSize(RecipePlan plan, int small)
    {
        var sizes = RecipeNames.SmallSizes.Where(size => size <= plan.Size && plan.Size / size <= MostEnlarged).ToArray();
        if (!sizes.Contains(small))
            throw new UsageException(
                $"--small-size {small}: pictures of {plan.Size} pixels are made from ones of {string.Join(" or ", sizes)}.");
        return small == plan.Size ? plan : plan with { Upscale = new UpscalePlan { Factor = plan.Size / small, Share = 0 } };
    }

    /// <summary>The plan with that share of the run for the upsampler.</summary>
    /// <exception cref="UsageException">The share was asked for, and there is none.</exception>
    public static RecipePlan WithUpscaleShare(RecipePlan plan, double share, bool asked)
    {
        if (plan.Upscale is { } upscale)
            return plan with { Upscale = upscale with { Share = share } };
        if (asked)
        {
            throw new UsageException($"--upscale-share: pictures of {plan.Size} pixels are made without an upsampler. "
                + "Leave it out, or name a smaller --small-size.");
        }

        return plan;
    }

    /// <summary>The plan with the classes of the pack's pictures.</summary>
    /// <param name="plan">The plan before.</param>
    /// <param name="labels">What the person said, see <see cref="LabelSource"/>.</param>
    /// <param name="pack">The pictures.</param>
    /// <exception cref="UsageException">There are no two classes to condition on, or a picture has none.</exception>
    public static RecipePlan WithClasses(RecipePlan plan, string labels, TrainingPack pack)
    {
        if (LabelSource.Parse(labels) is not { } source)
            return plan with { Classes = [], Labels = null, ClassCounts = null };
        var isFolder = labels is "folder" or "idx";
        var without = pack.Rows.Where(row => source.Of(row) is null).ToList();
        if (without.Count > 0 && isFolder)
            throw new UsageException(
                $"--labels {labels}: the pack doesn't say where its picture {without[0].Row} came from. Make it again with: smirk pack");
        if (without.Count > 0)
            throw new UsageException(
                $"--labels {labels}: {without.Count} of the pack's {pack.Rows.Count} pictures have no label, the first of them "
                    + $"{without[0].File ?? without[0].Picture}. Label them, or leave them out with: smirk decide");
        var counts = pack.Rows.GroupBy(row => source.Of(row)!).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (counts.Count < 2)
            throw new UsageException(isFolder
                ? $"--labels {labels}: all of the pack's pictures lie in {counts[0].Key}; at least 2 folders are needed. Put each class "
                    + "into a folder of its own."
                : $"--labels {labels}: all of the pack's pictures are of the class {counts[0].Key}; at least 2 classes are needed.");
        return plan with
        {
            Classes = [.. counts.Select(c => c.Key)],
            Labels = isFolder ? null : source.Text,
            ClassCounts = [.. counts.Select(c => c.Count())],
        };
    }
}
