using Smirk.Gan.Graphs;
using Smirk.Gan.Upscale;
using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Networks;

/// <summary>
/// DCGAN's generator (Radford et al. 2015): latent → linear → 4×4, then transposed convolutions with stride 2, batch norm and ReLU between
/// them, tanh at the end.
/// Where its shape says so, the latent weighs the channels of each level, and an upsampler enlarges what comes out.
/// </summary>
public sealed class GeneratorNetwork : Module
{
    // Radford et al.: all weights from N(0, 0.02).
    private const double InitialDeviation = 0.02;

    private const string UpsamplerName = "upsampler";

    // Numbers that stand for a class beside the latent's. Their vector has length 1, so a class weighs as much as a single number of the
    // latent: where it weighed as much as all of them
    // (added to the latent, as long as it), G made one picture a class within a hundred steps and never left that again (docs/recipes.md).
    private const int ClassNumbers = 32;

    private readonly GeneratorShape _shape;
    private readonly Linear _linear;
    private readonly BatchNorm2d _firstNorm;
    private readonly List<ConvTranspose2d> _layers = [];
    private readonly List<BatchNorm2d> _norms = [];
    private readonly BatchNorm2d[] _allNorms;
    private readonly RefineBlock[] _refine = [];
    private readonly ChannelGates[] _gates = [];
    private readonly ClassTable? _classes;

    // What the class adds to each layer's channels.
    private readonly Linear[] _shifts = [];

    /// <summary>Makes the network with fresh weights from <paramref name="random"/>.</summary>
    public GeneratorNetwork(GeneratorShape shape, Generator random)
    {
        _shape = shape;
        var widths = shape.Widths;
        var inputs = shape.LatentSize + (shape.ClassAtEveryLayer ? shape.Classes : shape.Classes > 0 ? ClassNumbers : 0);
        _linear = AddPart("linear", new Linear(inputs, widths[0] * 16, random, InitialDeviation));
        _firstNorm = AddPart("norm0", new BatchNorm2d(widths[0], random));
        for (var i = 0; i < widths.Count; i++)
        {
            var last = i == widths.Count - 1;
            _layers.Add(AddPart($"layer{i + 1}", new ConvTranspose2d(
                widths[i], last ? shape.Channels : widths[i + 1], shape.Kernel, random, stride: 2, deviation: InitialDeviation)));
            if (!last)
                _norms.Add(AddPart($"norm{i + 1}", new BatchNorm2d(widths[i + 1], random)));
        }

        if (shape.Refine > 0)
            _refine = [.. widths.Skip(1).TakeWhile((_, i) => 8 << i <= shape.Refine).Select((width, i) =>
                AddPart($"refine{i + 1}", new RefineBlock(width, InitialDeviation, random)))];
        _allNorms = [_firstNorm, .. _norms, .. _refine.Select(block => block.Norm)];
        if (shape.Gates > 0)
            _gates = [.. widths.Select((width, i) => AddPart($"gates{i}", new ChannelGates(inputs, shape.Gates, width, random)))];
        if (shape is { Classes: > 0, ClassAtEveryLayer: true })
            _shifts = [.. _layers.Select((layer, i) => AddPart($"classes{i + 1}", ClassShift(shape, (int)layer.Weight.Shape[1], random)))];
        else if (shape.Classes > 0)
            _classes = AddPart("classes", new ClassTable(shape.Classes, ClassNumbers, random));
        if (shape.Upscale is { } upscale)
            Upsampler = AddPart(UpsamplerName, new UpsamplerNetwork(shape.Channels, upscale, random));
    }

    /// <summary>Numbers in a latent.</summary>
    public int LatentSize => _shape.LatentSize;

    /// <summary>Enlarges what <see cref="Small"/> makes; null for nothing.</summary>
    public UpsamplerNetwork? Upsampler { get; }

    /// <summary>Levels whose channels the latent weighs; 0 where it enters at the first layer only.</summary>
    public int Levels => _gates.Length;

    /// <summary>Edge of the pictures, in pixels.</summary>
    public int Size => (4 << _shape.Widths.Count) * (_shape.Upscale?.Factor ?? 1);

    /// <summary>The parameters without the upsampler's.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> SmallParameters() =>
        [.. Parameters().Where(entry => !entry.Name.StartsWith(UpsamplerName + ".", StringComparison.Ordinal))];

    /// <summary>Pictures in −1…1 from latents, enlarged where there is an upsampler.</summary>
    /// <param name="latents">[N, LatentSize].</param>
    /// <param name="classes">One class number a latent; null without classes.</param>
    /// <param name="styles">[N, Levels, LatentSize], see <see cref="Small"/>; null for the latents themselves.</param>
    /// <returns>[N, C, Size, Size].</returns>
    public Tensor Forward(Tensor latents, long[]? classes = null, Tensor? styles = null) => Enlarged(Small(latents, classes, styles));

    /// <summary>What <see cref="Small"/> made, enlarged where there is an upsampler.</summary>
    /// <param name="small">[N, C, S, S].</param>
    /// <returns>[N, C, Size, Size].</returns>
    public Tensor Enlarged(Tensor small) => Upsampler is null ? small : Upsampler.Forward(small);

    /// <summary>Pictures in −1…1 from latents, at the size that the layers end with.</summary>
    /// <param name="latents">[N, LatentSize].</param>
    /// <param name="classes">One class number a latent, for a generator with classes; null for one without.</param>
    /// <param name="styles">[N, Levels, LatentSize]: what weighs the channels of each level in the latent's place; null for the latent
    /// itself. Only where levels are weighed.</param>
    /// <returns>[N, C, S, S].</returns>
    public Tensor Small(Tensor latents, long[]? classes = null, Tensor? styles = null)
    {
        var input = WithClasses(latents, classes);
        var x = _linear.Forward(input).Reshape(-1, _shape.Widths[0], 4, 4).Contiguous(MemoryFormat.ChannelsLast); // [N, w0, 4, 4]
        x = Gated(_firstNorm.Forward(x, slope: 0), Style(0), level: 0);
        for (var i = 0; i < _norms.Count; i++)
        {
            x = _norms[i].Forward(Shifted(_layers[i].Forward(x), i), slope: 0); // [N, w, 2h, 2h]
            x = Gated(i < _refine.Length ? _refine[i].Forward(x) : x, Style(i + 1), i + 1);
        }

        return Clipped(Shifted(_layers[^1].Forward(x), _layers.Count - 1).Tanh()); // [N, C, S, S]

        Tensor Shifted(Tensor map, int layer) => _shifts.Length == 0 ? map
            : map + _shifts[layer].Forward(OneHot(classes!, map.Device)).Reshape(map.Shape[0], -1, 1, 1);

        Tensor Style(int level) => styles is null ? input : WithClasses(styles.Select(1, level), classes);
    }

    /// <summary>What <see cref="Forward"/> computes in evaluation mode, with one latent a level where levels are weighed. Inputs z [n,
    /// LatentSize], styles [n, levels, LatentSize] (optional, each in the place of z at one level), class [n]; output image.</summary>
    public NetworkGraph Describe()
    {
        using var noGradient = Autograd.NoGradient();
        using var scope = TensorScope.Open();
        var graph = new GraphBuilder();
        var z = graph.Row("z", LatentSize);
        var styles = _gates.Length == 0 ? [] : graph.RowsInstead("styles", z, _gates.Length);
        var chosen = _classes is not null ? graph.Choice("class", Unit(_classes.Table))
            : _shifts.Length > 0 ? graph.Choice("class", OneHot([.. Enumerable.Range(0, _shape.Classes).Select(i => (long)i)], Device.Cpu))
            : null;
        var x = graph.Rectified(graph.LinearToMap("linear", WithClass(z), _linear, _firstNorm, edge: 4), slope: 0);
        x = Gated(x, level: 0);
        for (var i = 0; i < _norms.Count; i++)
        {
            x = graph.Rectified(Shifted(graph.UpConv($"layer{i + 1}", x, _layers[i], _norms[i]), i, _norms[i]), slope: 0);
            x = Gated(i < _refine.Length ? _refine[i].Describe(graph, $"refine{i + 1}", x) : x, i + 1);
        }

        x = graph.Tanh(Shifted(graph.UpConv($"layer{_layers.Count}", x, _layers[^1]), _layers.Count - 1, null));
        if (_shape.Overshoot > 1)
            x = graph.Clip(graph.Times(x, (float)_shape.Overshoot), 1);
        return graph.Finish(Upsampler is null ? x : Upsampler.Describe(graph, UpsamplerName, x), "image");

        GraphValue WithClass(GraphValue latents) => chosen is null ? latents : graph.Join(latents, chosen);

        GraphValue Shifted(GraphValue map, int layer, BatchNorm2d? norm) =>
            _shifts.Length == 0 ? map : graph.Shift($"classes{layer + 1}", map, chosen!, _shifts[layer], norm);

        GraphValue Gated(GraphValue map, int level) =>
            _gates.Length == 0 ? map : _gates[level].Describe(graph, $"gates{level}", map, WithClass(styles[level]));
    }

    /// <summary>How latents weigh the channels of all levels, [N, channels of all levels]; null where they don't.</summary>
    /// <param name="latents">[N, LatentSize].</param>
    /// <param name="classes">One class number a latent; null without classes.</param>
    public Tensor? Gains(Tensor latents, long[]? classes = null)
    {
        var input = WithClasses(latents, classes);
        return _gates.Length == 0 ? null : Tensor.Cat([.. _gates.Select(gates => gates.Gains(input))], 1);
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
            Small(batch, classes);
        }

        foreach (var norm in _allNorms)
            norm.Momentum = BatchNorm2d.DefaultMomentum;
        Train(false);
    }

    // White is white then, as it is in pictures that have areas of it: D doesn't learn to tell them by that. The gradient takes no notice
    // (a straight-through estimator, Bengio et al. 2013), so what was clipped can come back.
    private Tensor Clipped(Tensor x)
    {
        if (_shape.Overshoot <= 1)
            return x;
        var plain = x.Detach();
        return x + ((plain * _shape.Overshoot).Clamp(-1, 1) - plain);
    }

    private Tensor WithClasses(Tensor latents, long[]? classes) => _shifts.Length > 0
        ? Tensor.Cat([latents, OneHot(classes!, latents.Device)], 1)
        : _classes is null ? latents : Tensor.Cat([latents, Unit(_classes.Forward(Tensor.FromArray(classes!).To(latents.Device)))], 1);

    // A sum over a window of N(0, 0.02).
    private static Linear ClassShift(GeneratorShape shape, int channels, Generator random) =>
        new(shape.Classes, channels, random, InitialDeviation * shape.Kernel, bias: false);

    // 1 at the class, 0 elsewhere, [N, classes].
    private Tensor OneHot(IReadOnlyList<long> classes, Device device)
    {
        var values = new float[classes.Count * _shape.Classes];
        foreach (var (row, number) in classes.Index())
            values[row * _shape.Classes + number] = 1;
        return Tensor.FromArray(values, classes.Count, _shape.Classes).To(device);
    }

    // Each row at length 1, [N, width].
    private static Tensor Unit(Tensor rows) => rows * (rows.Square().Sum([1], keep: true) + 1e-8).Rsqrt();

    private Tensor Gated(Tensor x, Tensor latents, int level) => _gates.Length == 0 ? x : _gates[level].Forward(x, latents);
}
