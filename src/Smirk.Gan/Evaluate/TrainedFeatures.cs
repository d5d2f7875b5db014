using System.Security.Cryptography;
using System.Text;
using Smirk.Gan.Augment;
using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Optimisers;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Safetensors;
using Smirk.Workspace.Seeds;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Evaluate;

/// <summary>Features of a small network that learns, from the training pictures alone, to tell them apart whatever is done to them
/// (NT-Xent over two augmented views, Chen et al. 2020). Fixed recipe and seed.</summary>
public sealed class TrainedFeatures : FeatureSpace
{
    private const int InputEdge = 32;
    private const int Steps = 250;
    private const int Batch = 128;
    private const double Temperature = 0.2;

    // Raised whenever the same pictures would give another network; 1 was kept without its number.
    private const int RecipeVersion = 2;
    private const string VersionKey = "smirk.features";

    private readonly FeatureNetwork _network;

    private TrainedFeatures(FeatureNetwork network) => _network = network;

    /// <inheritdoc/>
    public override string Name => "trained";

    /// <summary>Where in <paramref name="folder"/> the network for a training split is kept: another file for other pixels, another
    /// split, grey pictures, or another recipe.</summary>
    public static string CachePath(string folder, TrainingPack pack, HeldOutSplit split)
    {
        var learntFrom = SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{RecipeVersion} {pack.Fingerprint} {pack.Channels} {string.Join(' ', split.HeldOut)}"));
        return Path.Combine(folder, $"features-{Convert.ToHexStringLower(learntFrom)[..16]}.safetensors");
    }

    /// <summary>Reads the network from <paramref name="cachePath"/>, or trains it and writes it there.</summary>
    /// <param name="training">Only what generators may train on.</param>
    /// <param name="cachePath">A safetensors file; null keeps nothing.</param>
    /// <param name="progress">Told how far the training is; null for nobody.</param>
    /// <param name="cancel">Stops the training; nothing is written.</param>
    public static TrainedFeatures Of(
        PictureRows training, string? cachePath, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        using var random = new Generator(Seed.Derive(0, "features"));
        var network = new FeatureNetwork(training.Channels, random);
        try
        {
            if (cachePath is null || !TryRead(network, cachePath))
            {
                Train(network, training, random, progress, cancel);
                if (cachePath is not null)
                    Write(network, cachePath);
            }
        }
        catch
        {
            network.Dispose();
            throw;
        }

        network.SetRequiresGradient(false);
        network.Train(false);
        return new TrainedFeatures(network);
    }

    /// <inheritdoc/>
    public override void Dispose() => _network.Dispose();

    /// <inheritdoc/>
    protected override Tensor Prepare(Tensor pictures) => pictures.Shape[2] == InputEdge ? pictures : Resize(pictures, InputEdge);

    /// <inheritdoc/>
    protected override Tensor Describe(Tensor pictures) => _network.Features(pictures);

    // A damaged file, or one of another recipe, is learnt anew: it can be had again, and must not stop a run.
    private static bool TryRead(FeatureNetwork network, string path)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            using var file = SafetensorsFile.Open(path);
            if (file.Metadata.GetValueOrDefault(VersionKey) != $"{RecipeVersion}")
                return false;
            using var scope = TensorScope.Open();
            network.LoadState(file.Tensors.ToDictionary(t => t.Name, t =>
                Tensor.FromBytes(file.Bytes(t.Name), DType.Float32, [.. t.Shape])));
            return true;
        }
        catch (Exception error) when (error is UnusableInputException or StateMismatchException)
        {
            return false;
        }
    }

    private static void Write(FeatureNetwork network, string path) => SafetensorsFile.Write(
        path,
        [.. network.StateDict().Select(e => new TensorToWrite(e.Key, ElementType.F32, e.Value.Shape, e.Value.ToBytes()))],
        new Dictionary<string, string> { [VersionKey] = $"{RecipeVersion}" });

    private static void Train(
        FeatureNetwork network, PictureRows training, Generator random, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        using var scope = TensorScope.Open();
        var batch = Math.Min(Batch, training.Count);
        using var optimiser = new Adam(network.Parameters(), new AdamOptions { LearningRate = 1e-3, Beta2 = 0.99 });
        for (var step = 0; step < Steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = TensorScope.Open();
            optimiser.LearningRate = 1e-3 * 0.5 * (1 + Math.Cos(Math.PI * step / Steps));
            var pictures = Shrink(training.Pick(Tensor.RandomPermutation(training.Count, random).Narrow(0, 0, batch).ToArray<long>()));
            var both = Tensor.Cat([pictures, pictures.Flip(3)], 0);
            var views = network.Project(DiffAugment.Apply(both, AugmentPolicy.Usual, random)); // [2B, P]
            network.ClearGradients();
            Autograd.Backward(Contrast(views, batch));
            optimiser.Step();
            progress?.Report(new StageAdvanced("features", step + 1, Steps, "steps", "learning features of the pictures, to measure with"));
        }
    }

    // Each view must find its partner, B rows away, among all others.
    private static Tensor Contrast(Tensor views, int batch)
    {
        var unit = views / (views.Square().Sum([1], keep: true) + 1e-8).Sqrt();
        var self = Tensor.Arange(0, 2 * batch).Reshape(-1, 1).Equal(Tensor.Arange(0, 2 * batch).Reshape(1, -1)).To(DType.Float32);
        var similarity = unit.MatMul(unit.Transpose(0, 1)) / Temperature - self * 1e4; // [2B, 2B]
        var partners = Tensor.Arange(0, 2 * batch, type: DType.Int64).Roll(batch, 0).Reshape(-1, 1);
        return -similarity.LogSoftmax(1).Gather(1, partners).Mean();
    }

    private static Tensor Shrink(Tensor pictures)
    {
        var values = pictures.To(DType.Float32) / 127.5 - 1;
        return pictures.Shape[2] == InputEdge ? values : Resize(values, InputEdge); // [N, C, 32, 32]
    }

    /// <summary>Four convolutions with stride 2 and batch norm, 128 features, and a projection that only training uses.</summary>
    private sealed class FeatureNetwork : Module
    {
        private static readonly int[] Widths = [32, 64, 128];
        private const int FeatureCount = 128;
        private const int ProjectionCount = 64;

        private readonly List<Conv2d> _layers = [];
        private readonly List<BatchNorm2d> _norms = [];
        private readonly Linear _features;
        private readonly Linear _projection;

        public FeatureNetwork(int channels, Generator random)
        {
            foreach (var width in Widths)
            {
                _layers.Add(AddPart($"layer{_layers.Count}",
                    new Conv2d(channels, width, 4, random, stride: 2, deviation: Math.Sqrt(2.0 / (channels * 16)))));
                _norms.Add(AddPart($"norm{_norms.Count}", new BatchNorm2d(width, random)));
                channels = width;
            }

            var flat = channels * (InputEdge >> Widths.Length) * (InputEdge >> Widths.Length);
            _features = AddPart("features", new Linear(flat, FeatureCount, random, 1 / Math.Sqrt(flat)));
            _projection = AddPart("projection", new Linear(FeatureCount, ProjectionCount, random, 1 / Math.Sqrt(FeatureCount)));
        }

        public Tensor Features(Tensor x)
        {
            for (var i = 0; i < _layers.Count; i++)
                x = _norms[i].Forward(_layers[i].Forward(x), slope: 0.2); // [n, width, h/2, h/2]
            return _features.Forward(x.Reshape(x.Shape[0], -1)); // [n, 128]
        }

        public Tensor Project(Tensor x) => _projection.Forward(Features(x).Relu()); // [n, 64]
    }
}
