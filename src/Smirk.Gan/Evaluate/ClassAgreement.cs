namespace Smirk.Gan.Evaluate;

/// <summary>Does a conditional generator make what it is asked for? A classifier that learnt from the real training pictures says what each sample shows.</summary>
public static class ClassAgreement
{
    /// <summary>class_accuracy: the classifier's own accuracy on unseen real pictures, what the others can be at most; class_agreement: share of samples that show what was asked for; class_agreement_NAME: the same for one class.</summary>
    /// <param name="training">Real pictures that the generator was trained on.</param>
    /// <param name="real">Unseen real ones.</param>
    /// <param name="fake">Samples, with the classes that were asked for.</param>
    /// <param name="names">The classes.</param>
    /// <param name="cancel">Stops.</param>
    public static IEnumerable<KeyValuePair<string, double>> Of(Labelled training, Labelled real, Labelled fake, IReadOnlyList<string> names, CancellationToken cancel = default)
    {
        using var classifier = LabelClassifier.Train(training.Pictures, training.Classes, names.Count, cancel);
        yield return new("class_accuracy", classifier.Accuracy(real.Pictures, real.Classes));
        var found = classifier.Classify(fake.Pictures);
        yield return new("class_agreement", found.Zip(fake.Classes).Count(pair => pair.First == pair.Second) / (double)found.Length);
        foreach (var (number, name) in names.Index())
        {
            var asked = found.Where((_, i) => fake.Classes[i] == number).ToArray();
            if (asked.Length > 0)
                yield return new($"class_agreement_{name}", asked.Count(c => c == number) / (double)asked.Length);
        }
    }
}
