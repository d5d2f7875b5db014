using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Networks;

/// <summary>DCGAN's generator (Radford et al. 2015): latent → linear → 4×4, then transposed convolutions with stride 2, batch norm and ReLU
/// between them, tanh at the end. Where its shape says so, the latent weighs the channels of each level.</summary>
public sealed class GeneratorNetwork : Module
{
    // Radford et al.: all weights from N(0, 0.02).
    private const double InitialDeviation = 0.02;

    private readonly GeneratorShape _shape;
    private readonly Linear _linear;
    private readonly BatchNorm2d _firstNorm;
    private readonly List<ConvTranspose2d> _layers = [];
    private readonly List<BatchNorm2d> _norms = [];
    private readonly BatchNorm2d[] _allNorms;
    private readonly ChannelGates[] _gates = [];

    /// <summary>Makes the network with fresh weights from <paramref name="random"/>.</summary>
    public GeneratorNetwork(GeneratorShape shape, Generator random)
    {
        _shape = shape;
        var widths = shape.Widths;
        _linear = AddPart("linear", new Linear(shape.LatentSize, widths[0] * 16, random, InitialDeviation));
        _firstNorm = AddPart("norm0", new BatchNorm2d(widths[0], random));
        for (var i = 0; i < widths.Count; i++)
        {
            var last = i == widths.Count - 1;
            _layers.Add(AddPart($"layer{i + 1}", new ConvTranspose2d(
                widths[i], last ? shape.Channels : widths[i + 1], shape.Kernel, random, stride: 2, deviation: InitialDeviation)));
            if (!last)
                _norms.Add(AddPart($"norm{i + 1}", new BatchNorm2d(widths[i + 1], random)));
        }

        _allNorms = [_firstNorm, .. _norms];
        if (shape.Gates > 0)
            _gates = [.. widths.Select((width, i) => AddPart($"gates{i}", new ChannelGates(shape.LatentSize, shape.Gates, width, random)))];
        if (shape.Classes > 0)
            AddParameter("classes", Tensor.RandomNormal([shape.Classes, shape.LatentSize], random));
    }

    /// <summary>Numbers in a latent.</summary>
    public int LatentSize => _shape.LatentSize;

    /// <summary>Pictures in −1…1 from latents.</summary>
    /// <param name="latents">[N, LatentSize].</param>
    /// <param name="classes">One class number a latent; null without classes.</param>
    /// <returns>[N, C, S, S].</returns>
    public Tensor Forward(Tensor latents, long[]? classes = null)
    {
        var input = classes is null ? latents : latents + Parameter(0).IndexSelect(0, Tensor.FromArray(classes).To(latents.Device));
        var x = _linear.Forward(input).Reshape(-1, _shape.Widths[0], 4, 4).Contiguous(MemoryFormat.ChannelsLast); // [N, w0, 4, 4]
        x = Gated(_firstNorm.Forward(x, slope: 0), input, level: 0);
        for (var i = 0; i < _norms.Count; i++)
            x = Gated(_norms[i].Forward(_layers[i].Forward(x), slope: 0), input, i + 1); // [N, w, 2h, 2h]
        return _layers[^1].Forward(x).Tanh(); // [N, C, S, S]
    }

    /// <summary>Fits the running statistics of all batch norms to the present weights: averaged weights need statistics of their
    /// own.</summary>
    /// <param name="latents">Batches of latents; each must hold a few dozen at least.</param>
    public void FitStatistics(IEnumerable<(Tensor Latents, long[]? Classes)> latents)
    {
        using var noGradient = Autograd.NoGradient();
        Train();
        var batches = 0;
        foreach (var (batch, classes) in latents)
        {
            using var scope = TensorScope.Open();

            // A momentum of 1, 1/2, 1/3 … makes the running value the plain mean of all batches.
            var momentum = 1.0 / ++batches;
            foreach (var norm in _allNorms)
                norm.Momentum = momentum;
            Forward(batch, classes);
        }

        foreach (var norm in _allNorms)
            norm.Momentum = BatchNorm2d.DefaultMomentum;
        Train(false);
    }

    private Tensor Gated(Tensor x, Tensor latents, int level) => _gates.Length == 0 ? x : _gates[level].Forward(x, latents);
}
