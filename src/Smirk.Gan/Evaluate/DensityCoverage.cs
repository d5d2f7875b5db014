namespace Smirk.Gan.Evaluate;

/// <summary>Precision and recall that single outliers can't stretch (Naeem et al. 2020).</summary>
/// <param name="Density">Real neighbourhoods that a generated picture lies in, by k: about 1 for equal sets, may be above.</param>
/// <param name="Coverage">Share of real pictures with a generated one in their neighbourhood: 0…1.</param>
public sealed record DensityCoverage(double Density, double Coverage)
{
    /// <summary>Counts both.</summary>
    internal static DensityCoverage Of(Neighbourhoods space)
    {
        long inside = 0;
        var covered = 0;
        for (var i = 0; i < space.RealCount; i++)
        {
            var near = 0;
            for (var j = 0; j < space.FakeCount; j++)
                near += space.Between[i * space.FakeCount + j] <= space.RealRadius[i] ? 1 : 0;
            inside += near;
            covered += near > 0 ? 1 : 0;
        }

        return new DensityCoverage((double)inside / ((double)space.K * space.FakeCount), (double)covered / space.RealCount);
    }
}
