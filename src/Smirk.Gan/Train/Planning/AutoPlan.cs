using Smirk.Gan.Data;
using Smirk.Gan.Upscale;
using Smirk.Workspace.Errors;

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

    /// <summary>The folders that the pack's pictures lie in.</summary>
    /// <exception cref="UsageException">There are no two folders to condition on.</exception>
    public static string[] ClassesOf(TrainingPack pack)
    {
        if (pack.Rows.FirstOrDefault(row => row.Folder is null) is { } unknown)
            throw new UsageException(
                $"--labels folder: the pack doesn't say where its picture {unknown.Row} came from. Make it again with: smirk pack");
        var folders = pack.Rows.Select(row => row.Folder!).Distinct().Order(StringComparer.Ordinal).ToArray();
        return folders.Length >= 2
            ? folders
            : throw new UsageException(
                $"--labels folder: all of the pack's pictures lie in {folders[0]}; at least 2 folders are needed. Put each class into a "
                    + "folder of its own.");
    }
}
