namespace Smirk.Gan.Evaluate;

/// <summary>Does a conditional generator make what it is asked for? A classifier that learnt from the real training pictures says what each
/// sample shows.</summary>
/// <param name="Metrics">class_accuracy: the classifier's own accuracy on unseen real pictures, what the others can be at most;
/// class_agreement: share of samples that show what was asked for; class_agreement_NAME: the same for one class.</param>
/// <param name="Samples">What was asked for, and what the samples show.</param>
/// <param name="Real">What unseen real pictures are, and what the classifier takes them for: mistakes of its own.</param>
public sealed record ClassAgreement(IReadOnlyDictionary<string, double> Metrics, Confusion Samples, Confusion Real)
{
    /// <summary>Trains the classifier and asks it.</summary>
    /// <param name="training">Real pictures that the generator was trained on.</param>
    /// <param name="real">Unseen real ones.</param>
    /// <param name="fake">Samples, with the classes that were asked for.</param>
    /// <param name="names">The classes.</param>
    /// <param name="cancel">Stops.</param>
    public static ClassAgreement Of(
        Labelled training, Labelled real, Labelled fake, IReadOnlyList<string> names, CancellationToken cancel = default)
    {
        using var classifier = LabelClassifier.Train(training.Pictures, training.Classes, names.Count, cancel);
        var ofReal = Confusion.Of(real.Classes, classifier.Classify(real.Pictures), names);
        var ofSamples = Confusion.Of(fake.Classes, classifier.Classify(fake.Pictures), names);
        var metrics = new Dictionary<string, double> { ["class_accuracy"] = ofReal.Right, ["class_agreement"] = ofSamples.Right };
        foreach (var (number, name) in names.Index())
        {
            if (ofSamples.Counts[number].Any(count => count > 0))
                metrics[$"class_agreement_{name}"] = ofSamples.Share(number, number);
        }

        return new ClassAgreement(metrics, ofSamples, ofReal);
    }
}
