using Smirk.Gan.Evaluate;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Evaluate;

/// <summary>The classifier that judges conditional generators, on drawn bars: upright ones are class 0, flat ones class 1.</summary>
public sealed class LabelClassifierTests
{
    private static readonly string[] Names = ["upright", "flat"];

    [Theory]
    [InlineData(32, 1)]
    [InlineData(64, 3)]
    public void Classes_are_learnt_at_any_size_and_number_of_channels(int size, int channels)
    {
        using var scope = TensorScope.Open();
        using var classifier =
            LabelClassifier.Train(Bars(200, size, channels, seed: 1).Pictures, Bars(200, size, channels, seed: 1).Classes, 2);
        var unseen = Bars(100, size, channels, seed: 2);
        Assert.InRange(classifier.Accuracy(unseen.Pictures, unseen.Classes), 0.9, 1);
    }

    [Fact]
    public void Samples_that_show_another_class_than_was_asked_for_do_not_agree()
    {
        using var scope = TensorScope.Open();
        var (training, unseen, right) = (Bars(200, 32, 1, seed: 1), Bars(100, 32, 1, seed: 2), Bars(100, 32, 1, seed: 3));
        var wrong = right with { Classes = [.. right.Classes.Select((c, i) => i < 25 ? 1 - c : c)] };
        var good = ClassAgreement.Of(training, unseen, right, Names).Metrics;
        var (bad, confusion, _) = ClassAgreement.Of(training, unseen, wrong, Names);
        Assert.InRange(good["class_agreement"], 0.9, 1);
        Assert.InRange(bad["class_agreement"], 0.66, 0.8);
        Assert.InRange(good["class_accuracy"], 0.9, 1);
        Assert.InRange(good["class_agreement_upright"], 0.85, 1);
        Assert.Equal(100, confusion.Counts.Sum(row => row.Sum()));
        Assert.Equal(bad["class_agreement"], confusion.Right);
        Assert.InRange(confusion.Share(0, 1), 0.1, 0.5);
    }

    [Fact]
    public void One_shape_a_class_teaches_less_about_real_pictures_than_real_ones_do()
    {
        using var scope = TensorScope.Open();
        var (training, unseen) = (Bars(200, 32, 1, seed: 1), Bars(200, 32, 1, seed: 2));

        // Every sample is right, but always the same two pictures.
        var rows = Enumerable.Range(0, 200).Select(i => training.Classes.ToList().IndexOf(i % 2)).Select(row => (long)row).ToArray();
        var collapsed = new Labelled(training.Pictures.Pick(rows), [.. rows.Select(row => training.Classes[(int)row])]);
        var metrics = TrainedOnSamples.Of(training, unseen, collapsed, 2).ToDictionary();
        Assert.InRange(metrics["trained_on_real"], 0.9, 1);
        Assert.InRange(metrics["trained_on_samples"], 0, 0.85);
    }

    // Bars of random place, length, thickness and brightness.
    private static Labelled Bars(int count, int size, int channels, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * channels * size * size];
        var classes = new long[count];
        for (var i = 0; i < count; i++)
        {
            classes[i] = random.Next(2);
            var (x, y, length, thickness) =
                (random.Next(size / 2), random.Next(size / 2), random.Next(size / 3, size / 2), random.Next(2, size / 8));
            var (width, height) = classes[i] == 0 ? (thickness, length) : (length, thickness);
            var brightness = (byte)random.Next(100, 256);
            for (var c = 0; c < channels; c++)
            {
                for (var row = y; row < y + height; row++)
                    pixels.AsSpan(((i * channels + c) * size + row) * size + x, width).Fill(brightness);
            }
        }

        return new Labelled(Tensor.FromBytes(pixels, DType.UInt8, [count, channels, size, size]), classes);
    }
}
