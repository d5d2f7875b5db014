namespace Smirk.Gan.Report;

/// <summary>One thing that was found.</summary>
/// <param name="Text">The finding as a sentence.</param>
/// <param name="Details">What belongs below it.</param>
public sealed record Finding(string Text, params IReadOnlyList<string> Details);

/// <summary>Says in words what metrics say in numbers.</summary>
public static class MetricsInWords
{
    /// <summary>The findings, the most important first; only of what was measured.</summary>
    public static IReadOnlyList<Finding> Of(IReadOnlyDictionary<string, double> metrics)
    {
        var findings = new List<Finding>();
        foreach (var space in new[] { "trained", "random", "inception" })
        {
            if (!metrics.TryGetValue($"frechet_{space}", out var frechet))
                continue;
            findings.Add(new Finding(
                $"Distance from real pictures ({Describe(space)}): Fréchet {frechet:0.0}, kernel {metrics[$"kernel_{space}"]:0.000} (0 would be no difference).",
                $"Variety: reaches {metrics[$"recall_{space}"]:P0} of the unseen real pictures (recall) and has a neighbour for {metrics[$"coverage_{space}"]:P0} (coverage): {Variety(metrics[$"coverage_{space}"])}.",
                $"Believability: {metrics[$"precision_{space}"]:P0} of the samples lie among real ones (precision), density {metrics[$"density_{space}"]:0.00}."));
        }

        if (metrics.TryGetValue("swd", out var swd))
            findings.Add(new Finding($"Patches at every scale: sliced Wasserstein distance {swd:0.0} (×10³)."));
        if (metrics.TryGetValue("ms_ssim", out var similarity))
            findings.Add(new Finding($"Alike among themselves: MS-SSIM {similarity:0.000}, real pictures {metrics["ms_ssim_real"]:0.000}: {(similarity > metrics["ms_ssim_real"] + 0.05 ? "less varied than real ones" : "as varied as real ones")}."));
        if (metrics.TryGetValue("nearest_ratio", out var ratio))
            findings.Add(new Finding($"Copying: samples lie {ratio:0.00} times as far from training pictures as unseen real ones do; {metrics["too_close"]:P0} are nearer than the nearest 5 % of those (chance gives 5 %); C_T {metrics["copying_ct"]:0.0}: {Copies(metrics)}."));
        return findings;
    }

    private static string Describe(string space) => space switch
    {
        "trained" => "features learnt from the pile",
        "random" => "fixed random features",
        _ => "the given network",
    };

    private static string Variety(double coverage) => coverage switch
    {
        >= 0.9 => "as varied as unseen real pictures",
        >= 0.7 => "most kinds of pictures are there",
        >= 0.4 => "many kinds are there, some are missing",
        >= 0.1 => "few kinds of pictures are there",
        _ => "hardly any variety",
    };

    private static string Copies(IReadOnlyDictionary<string, double> metrics) => metrics["nearest_ratio"] switch
    {
        // Averages lie nearer to everything than real pictures do: only what is nearer to training pictures than to unseen ones is copied.
        _ when metrics.GetValueOrDefault("training_bias") > Evaluate.Copying.BiasLimit => "it copies",
        < 0.85 => "blurrier or plainer than real pictures, but not copied",
        _ => "not copied",
    };
}
