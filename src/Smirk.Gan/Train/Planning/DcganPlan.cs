namespace Smirk.Gan.Train.Planning;

/// <summary>The recipe "dcgan": what no option decides of carpedm20/DCGAN-tensorflow's settings.</summary>
internal static class DcganPlan
{
    /// <summary>The plan before options are put into it.</summary>
    public static RecipePlan Begin(RecipePlan plan)
    {
        // 64 channels at half the size, doubling with every halving, to 4×4: 512-256-128-64 at 64 pixels.
        var layers = int.Log2(plan.Size) - 2;
        int[] widths = [.. Enumerable.Range(0, layers).Select(i => 64 << (layers - 1 - i))];
        return plan with
        {
            GeneratorWidths = widths,
            DiscriminatorWidths = [.. widths.Reverse()],
            Beta1 = 0.5,
            Beta2 = 0.999,
            EmaKimg = 10,
        };
    }
}
