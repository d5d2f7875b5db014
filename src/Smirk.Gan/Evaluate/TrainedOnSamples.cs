namespace Smirk.Gan.Evaluate;

/// <summary>How much of the real variety samples hold: a classifier that has seen samples only is asked about real pictures. One shape a class gives much less than as many real pictures do, however good each sample looks.</summary>
public static class TrainedOnSamples
{
    /// <summary>Samples that the classifier learns from, as a rule.</summary>
    public const int Usual = 5000;

    /// <summary>trained_on_samples: accuracy on unseen real pictures of a classifier that learnt from samples; trained_on_real: of one that learnt from as many real training pictures (or all, where they are fewer).</summary>
    /// <param name="training">Real pictures that the generator was trained on.</param>
    /// <param name="real">Unseen real ones.</param>
    /// <param name="fake">Samples, with the classes that were asked for.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="cancel">Stops.</param>
    public static IEnumerable<KeyValuePair<string, double>> Of(Labelled training, Labelled real, Labelled fake, int classes, CancellationToken cancel = default)
    {
        using (var classifier = LabelClassifier.Train(fake.Pictures, fake.Classes, classes, cancel))
            yield return new("trained_on_samples", classifier.Accuracy(real.Pictures, real.Classes));

        // Evenly spread over the pack, which may be ordered by class.
        var (count, all) = (Math.Min(fake.Pictures.Count, training.Pictures.Count), training.Pictures.Count);
        long[] places = [.. Enumerable.Range(0, count).Select(i => (long)i * all / count)];
        using var some = training.Pictures.Pick(places);
        using (var classifier = LabelClassifier.Train(some, [.. places.Select(place => training.Classes[(int)place])], classes, cancel))
            yield return new("trained_on_real", classifier.Accuracy(real.Pictures, real.Classes));
    }
}
