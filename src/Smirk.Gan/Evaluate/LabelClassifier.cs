using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Optimisers;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Evaluate;

/// <summary>Learns which class a picture belongs to, from labelled pictures. Fixed recipe and seed: the same pictures give the same
/// classifier.</summary>
public sealed class LabelClassifier : IDisposable
{
    // Each picture is seen twenty times, but for many pictures two thousand steps are enough: two epochs of MNIST.
    private const int Epochs = 20;
    private const int FewestSteps = 100;
    private const int MostSteps = 2000;
    private const int Batch = 64;
    private const double LearningRate = 2e-3;
    private const int AtATime = 500;

    private readonly LabelNetwork _network;

    private LabelClassifier(LabelNetwork network) => _network = network;

    /// <summary>Trains on <paramref name="pictures"/>.</summary>
    /// <param name="pictures">What it learns from.</param>
    /// <param name="labels">One a picture, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="cancel">Stops.</param>
    public static LabelClassifier Train(PictureRows pictures, IReadOnlyList<long> labels, int classes, CancellationToken cancel = default)
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(Seed.Derive(0, "classifier"));
        var network = new LabelNetwork(pictures.Channels, classes, random);
        using var optimiser = new Adam(network.Parameters(), new AdamOptions { LearningRate = LearningRate, Beta2 = 0.99 });
        var steps = Math.Clamp((int)((long)pictures.Count * Epochs / Batch), FewestSteps, MostSteps);
        for (var step = 0; step < steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = TensorScope.Open();
            optimiser.LearningRate = LearningRate * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
            var places = Tensor.RandomIntegers([Batch], 0, pictures.Count, random).ToArray<long>();
            var wanted = Tensor.FromArray(Array.ConvertAll(places, place => labels[(int)place])).Reshape(-1, 1);
            var loss = -network.Forward(Prepare(pictures.Pick(places))).LogSoftmax(1).Gather(1, wanted).Mean();
            network.ClearGradients();
            Autograd.Backward(loss);
            optimiser.Step();
        }

        network.SetRequiresGradient(false);
        network.Train(false);
        return new LabelClassifier(network);
    }

    /// <summary>The class that each of <paramref name="pictures"/> looks like most.</summary>
    public long[] Classify(PictureRows pictures)
    {
        using var noGradient = Autograd.NoGradient();
        var found = new List<long>();
        foreach (var (from, count) in pictures.Parts(AtATime))
        {
            using var scope = TensorScope.Open();
            found.AddRange(_network.Forward(Prepare(pictures.Take(from, count))).ArgMax(1).ToArray<long>());
        }

        return [.. found];
    }

    /// <summary>Share of <paramref name="pictures"/> that are taken for what their label says, 0…1.</summary>
    public double Accuracy(PictureRows pictures, IReadOnlyList<long> labels) =>
        Classify(pictures).Zip(labels).Count(pair => pair.First == pair.Second) / (double)labels.Count;

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    // uint8 of any edge → float32 [n, C, 32, 32] in −1…1.
    private static Tensor Prepare(Tensor pictures)
    {
        var x = pictures.To(DType.Float32) / 127.5 - 1;
        var size = pictures.Shape[2];
        if (size == LabelNetwork.Edge)
            return x;
        return size % LabelNetwork.Edge == 0 ? x.AvgPool2d(size / LabelNetwork.Edge)
            : x.Interpolate(LabelNetwork.Edge, LabelNetwork.Edge, Interpolation.Bilinear);
    }
}
