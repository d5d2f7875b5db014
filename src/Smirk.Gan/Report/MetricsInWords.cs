namespace Smirk.Gan.Report;

/// <summary>One thing that was found.</summary>
/// <param name="Text">The finding as a sentence.</param>
/// <param name="Details">What belongs below it.</param>
public sealed record Finding(string Text, params IReadOnlyList<string> Details);

/// <summary>Says in words what metrics say in numbers.</summary>
public static class MetricsInWords
{
    // A grid at this strength is just seen over flat areas.
    private const double GridLimit = 1.3;

    /// <summary>The findings, the most important first; only of what was measured.</summary>
    public static IReadOnlyList<Finding> Of(IReadOnlyDictionary<string, double> metrics)
    {
        var findings = new List<Finding>();
        foreach (var space in new[] { "trained", "random", "detail", "inception" })
        {
            if (!metrics.TryGetValue($"frechet_{space}", out var frechet))
                continue;
            findings.Add(new Finding(
                $"Distance from real pictures ({Describe(space)}): Fréchet {frechet:0.0}, kernel {metrics[$"kernel_{space}"]:0.000} (0: "
                    + "no difference).",
                $"Variety: samples reach {metrics[$"recall_{space}"]:P0} of unseen real pictures (recall) and come close to "
                    + $"{metrics[$"coverage_{space}"]:P0} (coverage): {Variety(metrics[$"coverage_{space}"])}.",
                $"Realism: {metrics[$"precision_{space}"]:P0} of samples lie among real pictures (precision), density "
                    + $"{metrics[$"density_{space}"]:0.00}."));
        }

        if (metrics.TryGetValue("swd", out var swd))
            findings.Add(new Finding($"Detail: sliced Wasserstein distance of patches at all scales {swd:0.0} (×10³)."));
        if (metrics.TryGetValue("spectrum_peak", out var peak))
            findings.Add(new Finding(Grid(peak)));
        if (metrics.TryGetValue("ms_ssim", out var similarity))
            findings.Add(new Finding($"Similarity: MS-SSIM between samples {similarity:0.000}, between real pictures "
                + $"{metrics["ms_ssim_real"]:0.000}: "
                + $"{(similarity > metrics["ms_ssim_real"] + 0.05 ? "less varied than real pictures" : "as varied as real pictures")}."));
        if (Copying(metrics) is { } copying)
            findings.Add(new Finding(copying));
        if (metrics.ContainsKey("class_agreement"))
            findings.Add(OfClasses(metrics));
        return findings;
    }

    /// <summary>How near samples come to training pictures; null where that wasn't measured.</summary>
    public static string? Copying(IReadOnlyDictionary<string, double> metrics) => metrics.TryGetValue("nearest_ratio", out var ratio)
        ? $"Copying: samples are {ratio:0.00} times as far from training pictures as unseen real pictures are; "
            + $"{metrics["too_close"]:P0} are closer than the closest 5 % of those (5 % by chance); C_T "
            + $"{metrics["copying_ct"]:0.0}: {Copies(metrics)}."
        : null;

    private static string Grid(double peak) =>
        $"Grid: the strongest peak of the spectrum at periods of 4, 8 and 16 pixels is {peak:0.00} times real pictures': "
        + (peak > GridLimit ? "a grid can be seen." : "no grid.");

    private static Finding OfClasses(IReadOnlyDictionary<string, double> metrics)
    {
        const string prefix = "class_agreement_";
        var worst = metrics.Where(metric => metric.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(metric => metric.Value).Take(3)
            .Select(metric => $"{metric.Key[prefix.Length..]} {metric.Value:P0}");
        var details = new List<string>
        {
            $"Least often right: {string.Join(", ", worst)}.",
            $"Variety within classes: samples differ {metrics["class_diversity"]:0.00} times as much as real pictures do: "
                + $"{VarietyOfClass(metrics["class_diversity"])}.",
        };
        if (metrics.TryGetValue("class_coverage", out var coverage))
            details.Add($"{coverage:P0} of the real pictures of a class have a sample near them (coverage, mean over classes).");
        if (metrics.TryGetValue("trained_on_samples", out var taught))
            details.Add(
                $"A classifier trained on samples alone is right on {taught:P1} of unseen real pictures, one trained on as many real "
                    + $"pictures on {metrics["trained_on_real"]:P1}.");
        return new Finding(
            $"Classes: {metrics["class_agreement"]:P1} of the samples show their class, according to a classifier that is right on "
                + $"{metrics["class_accuracy"]:P1} of unseen real pictures.", details);
    }

    private static string VarietyOfClass(double diversity) => diversity switch
    {
        < 0.25 => "each class has collapsed to one or a few pictures",
        < 0.6 => "less varied than real pictures",
        _ => "about as varied as real pictures",
    };

    private static string Describe(string space) => space switch
    {
        "trained" => "features trained on the data",
        "random" => "fixed random features",
        "detail" => "fixed random features at full size: lines and texture",
        _ => "the given network",
    };

    private static string Variety(double coverage) => coverage switch
    {
        >= 0.9 => "as varied as unseen real pictures",
        >= 0.7 => "most kinds of pictures occur",
        >= 0.4 => "many kinds occur, some are missing",
        >= 0.1 => "few kinds of pictures occur",
        _ => "hardly any variety",
    };

    private static string Copies(IReadOnlyDictionary<string, double> metrics) => metrics["nearest_ratio"] switch
    {
        // Blurry samples are closer to everything: only what is closer to training pictures than to unseen ones is a copy.
        _ when metrics.GetValueOrDefault("training_bias") > Evaluate.Copying.BiasLimit => "training pictures are being copied",
        < 0.85 => "blurrier or plainer than real pictures, but not copied",
        _ => "not copied",
    };
}
