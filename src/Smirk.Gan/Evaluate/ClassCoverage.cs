using Smirk.Torch;

namespace Smirk.Gan.Evaluate;

/// <summary>Coverage (Naeem et al. 2020, k = 5) of each class by itself: whether samples of a class reach all of its real pictures, or always the same few.</summary>
internal static class ClassCoverage
{
    private const int K = 5;

    // Fewer real pictures haven't got neighbourhoods that say anything.
    private const int Fewest = 30;

    /// <summary>class_coverage: the mean over classes; class_coverage_NAME: of one. Classes with fewer than 30 real pictures or samples are left out.</summary>
    /// <param name="space">Where distances are taken.</param>
    /// <param name="real">Unseen real pictures.</param>
    /// <param name="fake">Samples, with the classes that were asked for.</param>
    /// <param name="names">The classes.</param>
    public static IReadOnlyDictionary<string, double> Of(FeatureSpace space, Labelled real, Labelled fake, IReadOnlyList<string> names)
    {
        var found = new Dictionary<string, double>();
        foreach (var (number, name) in names.Index())
        {
            var (ofReal, ofFake) = (Rows(real, number), Rows(fake, number));
            if (ofReal.Length < Fewest || ofFake.Length < Fewest)
                continue;
            using var scope = TensorScope.Open();
            var (known, made) = (space.Of(real.Pictures.Pick(ofReal)), space.Of(fake.Pictures.Pick(ofFake)));
            var deviation = known.Variance([0], keep: true).Sqrt() + 1e-6;
            found[$"class_coverage_{name}"] = DensityCoverage.Of(new Neighbourhoods(known / deviation, made / deviation, K)).Coverage;
        }

        if (found.Count > 0)
            found["class_coverage"] = found.Values.Average();
        return found;
    }

    private static long[] Rows(Labelled pictures, long number) => [.. Enumerable.Range(0, pictures.Classes.Count).Where(i => pictures.Classes[i] == number).Select(i => (long)i)];
}
