using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Graphs;

/// <summary>Takes down what a network computes. Each network has a Describe beside its Forward that says the same to a builder, so that
/// exports know nothing of any network's structure.</summary>
/// <remarks>Batch norms that follow a layer are folded into its weights, and so are plain factors.</remarks>
public sealed class GraphBuilder
{
    private readonly List<GraphInput> _inputs = [];
    private readonly List<GraphWeight> _weights = [];
    private readonly List<GraphConstant> _constants = [];
    private readonly List<GraphNode> _nodes = [];

    /// <summary>Everything that was described.</summary>
    /// <param name="output">What the network ends with.</param>
    /// <param name="name">What the output is to be called.</param>
    public NetworkGraph Finish(GraphValue output, string name)
    {
        var last = _nodes[^1];
        if (last.Output != output.Name)
            throw new InvalidOperationException($"The graph ends with {last.Output}, not with {output.Name}.");
        _nodes[^1] = last with { Output = name };
        return new NetworkGraph(_inputs, _weights, _constants, _nodes, output with { Name = name });
    }

    /// <summary>An input of rows, float [n, <paramref name="width"/>].</summary>
    public GraphValue Row(string name, int width)
    {
        _inputs.Add(new GraphInput(name, ["n", $"{width}"]));
        return new GraphValue(name, width);
    }

    /// <summary>An optional input of <paramref name="count"/> rows in the place of <paramref name="row"/>, float [n, count, width]. Where
    /// it isn't given, or NaN, it is that row.</summary>
    /// <returns>The rows, one a level.</returns>
    public IReadOnlyList<GraphValue> RowsInstead(string name, GraphValue row, int count)
    {
        // ONNX has no input that may be left out but by a constant that stands for it: one that says "as the row" in every place.
        var unset = new GraphConstant(name, [1, count, 1], Floats: [.. Enumerable.Repeat(float.NaN, count)]);
        _inputs.Add(new GraphInput(name, ["styles_n", $"{count}", "styles_width"], Default: unset));
        var isUnset = Node("IsNaN", row.Channels, 0, [name]);
        var plain = Node("Unsqueeze", row.Channels, 0, [row.Name, Integers("axis", [1], 1)]);
        var all = Node("Where", row.Channels, 0, [isUnset.Name, plain.Name, name]); // [n, count, width]
        return [.. Enumerable.Range(0, count).Select(i =>
            Node("Gather", row.Channels, 0, [all.Name, Integers($"{name}_{i}", [], i)], ("axis", 1L)))];
    }

    /// <summary>An input that chooses a row of <paramref name="table"/>, int64 [n].</summary>
    /// <param name="name">Of the input, and of the weight that holds the table.</param>
    /// <param name="table">[choices, width].</param>
    public GraphValue Choice(string name, Tensor table)
    {
        _inputs.Add(new GraphInput(name, ["n"], IsInteger: true));
        var width = (int)table.Shape[1];
        var weight = Weight($"{name}_table", table.Shape, table.ToArray<float>(), axis: 0);
        return Node("Gather", width, 0, [weight, name], ("axis", 0L));
    }

    /// <summary>Rows side by side.</summary>
    public GraphValue Join(GraphValue a, GraphValue b) => Node("Concat", a.Channels + b.Channels, 0, [a.Name, b.Name], ("axis", 1L));

    /// <summary>A linear layer.</summary>
    public GraphValue Linear(string name, GraphValue x, Linear layer) =>
        Gemm(name, x, layer, layer.Weight.ToArray<float>(), Values(layer.Bias, layer.Weight.Shape[0]));

    /// <summary>A linear layer to a map of <paramref name="edge"/> pixels a side, and the batch norm of its channels.</summary>
    public GraphValue LinearToMap(string name, GraphValue x, Linear layer, BatchNorm2d norm, int edge)
    {
        var (weights, bias) = (layer.Weight.ToArray<float>(), Values(layer.Bias, layer.Weight.Shape[0]));
        Fold(norm, weights, bias);
        var flat = Gemm(name, x, layer, weights, bias);
        var channels = bias.Length / (edge * edge);
        return Node("Reshape", channels, edge, [flat.Name, Integers($"{name}_shape", [4], -1, channels, edge, edge)]);
    }

    /// <summary>A convolution, and the batch norm after it where there is one.</summary>
    /// <param name="name">Of its weights.</param>
    /// <param name="x">A map.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="slope">A leaky ReLU that follows; 0 is ReLU, 1 none.</param>
    /// <param name="gain">What the result is multiplied with; above 0.</param>
    /// <param name="norm">The batch norm; null for none.</param>
    public GraphValue Conv(string name, GraphValue x, Conv2d layer, double slope = 1, double gain = 1, BatchNorm2d? norm = null)
    {
        var shape = layer.Weight.Shape; // [outputs, inputs, kernel, kernel]
        var (weights, bias) = (Times(layer.Weight.ToArray<float>(), gain), Times(Values(layer.Bias, shape[0]), gain));
        if (norm is not null)
            Fold(norm, weights, bias);
        var made = Node("Conv", (int)shape[0], x.Edge / (int)layer.Stride,
            [x.Name, Weight($"{name}.weight", shape, weights, axis: 0), Weight($"{name}.bias", [shape[0]], bias, axis: 0)],
            Window(shape[2], layer.Stride, layer.Padding));
        return Rectified(made, slope);
    }

    /// <summary>A transposed convolution and the batch norm after it.</summary>
    /// <param name="name">Of its weights.</param>
    /// <param name="x">A map.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="norm">The batch norm; null for none.</param>
    /// <param name="slope">A leaky ReLU that follows; 0 is ReLU, 1 none.</param>
    public GraphValue UpConv(string name, GraphValue x, ConvTranspose2d layer, BatchNorm2d? norm = null, double slope = 1)
    {
        var shape = layer.Weight.Shape; // [inputs, outputs, kernel, kernel]
        var (weights, bias) = (layer.Weight.ToArray<float>(), Values(layer.Bias, shape[1]));
        if (norm is not null)
        {
            var (scale, shift) = Affine(norm);
            var places = (int)(shape[2] * shape[3]);
            for (var i = 0; i < weights.Length; i++)
                weights[i] *= scale[i / places % bias.Length];
            for (var channel = 0; channel < bias.Length; channel++)
                bias[channel] = bias[channel] * scale[channel] + shift[channel];
        }

        var made = Node("ConvTranspose", bias.Length, x.Edge * (int)layer.Stride,
            [x.Name, Weight($"{name}.weight", shape, weights, axis: 1), Weight($"{name}.bias", [bias.Length], bias, axis: 0)],
            [.. Window(shape[2], layer.Stride, layer.Padding), ("output_padding", new[] { layer.OutputPadding, layer.OutputPadding })]);
        return Rectified(made, slope);
    }

    /// <summary>Each group of <paramref name="factor"/>² channels as one of <paramref name="factor"/> times the edge, as PyTorch's
    /// pixel_shuffle lays them.</summary>
    public GraphValue PixelShuffle(GraphValue x, int factor) => Node("DepthToSpace", x.Channels / (factor * factor), x.Edge * factor,
        [x.Name], ("blocksize", (long)factor), ("mode", "CRD"));

    /// <summary>Bilinear enlargement, edges of pixels aligned.</summary>
    public GraphValue Enlarge(GraphValue x, int factor) => Node("Resize", x.Channels, x.Edge * factor,
        [x.Name, "", Floats($"scales_{factor}", [4], 1, 1, factor, factor)],
        ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel"));

    /// <summary>A leaky ReLU; 0 is ReLU, 1 leaves all as it is.</summary>
    public GraphValue Rectified(GraphValue x, double slope) => slope switch
    {
        1 => x,
        0 => Node("Relu", x.Channels, x.Edge, [x.Name]),
        _ => Node("LeakyRelu", x.Channels, x.Edge, [x.Name], ("alpha", (float)slope)),
    };

    /// <summary>tanh.</summary>
    public GraphValue Tanh(GraphValue x) => Node("Tanh", x.Channels, x.Edge, [x.Name]);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public GraphValue Sigmoid(GraphValue x) => Node("Sigmoid", x.Channels, x.Edge, [x.Name]);

    /// <summary>All numbers times one.</summary>
    public GraphValue Times(GraphValue x, float factor) => Node("Mul", x.Channels, x.Edge, [x.Name, Floats($"times_{factor}", [], factor)]);

    /// <summary>All numbers brought between −<paramref name="most"/> and <paramref name="most"/>.</summary>
    public GraphValue Clip(GraphValue x, float most) => Node("Clip", x.Channels, x.Edge,
        [x.Name, Floats($"minus_{most}", [], -most), Floats($"plus_{most}", [], most)]);

    /// <summary>Two maps, or two rows, summed.</summary>
    public GraphValue Add(GraphValue a, GraphValue b) => Node("Add", a.Channels, a.Edge, [a.Name, b.Name]);

    /// <summary>Each channel of a map times the number of its place in a row.</summary>
    public GraphValue Weigh(GraphValue map, GraphValue row) =>
        Node("Mul", map.Channels, map.Edge, [map.Name, PerChannel(row).Name]);

    /// <summary>A number added to each channel of a map, from a linear layer without bias of a row; a batch norm that was folded into what
    /// made the map scales it, too.</summary>
    /// <param name="name">Of the layer's weights.</param>
    /// <param name="map">A map.</param>
    /// <param name="row">A row.</param>
    /// <param name="layer">From the row to the map's channels.</param>
    /// <param name="norm">The batch norm; null for none.</param>
    public GraphValue Shift(string name, GraphValue map, GraphValue row, Linear layer, BatchNorm2d? norm)
    {
        var weights = layer.Weight.ToArray<float>();
        if (norm is not null)
            Fold(norm, weights, bias: []);
        return Node("Add", map.Channels, map.Edge, [map.Name, PerChannel(Gemm(name, row, layer, weights, new float[map.Channels])).Name]);
    }

    // A row as a map of one pixel: ONNX spreads it over another.
    private GraphValue PerChannel(GraphValue row) =>
        Node("Reshape", row.Channels, 1, [row.Name, Integers($"channels_{row.Channels}", [4], -1, row.Channels, 1, 1)]);

    private GraphValue Gemm(string name, GraphValue x, Linear layer, float[] weights, float[] bias) => Node("Gemm", bias.Length, 0,
        [
            x.Name, Weight($"{name}.weight", layer.Weight.Shape, weights, axis: 0), Weight($"{name}.bias", [bias.Length], bias, axis: 0),
        ],
        ("transB", 1L));

    private GraphValue Node(string op, int channels, int edge, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = $"{op.ToLowerInvariant()}{_nodes.Count}";
        _nodes.Add(new GraphNode(op, inputs, output, attributes.ToDictionary(a => a.Name, a => a.Value)));
        return new GraphValue(output, channels, edge);
    }

    private string Weight(string name, IReadOnlyList<long> shape, float[] values, int axis)
    {
        _weights.Add(new GraphWeight(name, [.. shape], values, axis));
        return name;
    }

    private string Integers(string name, long[] shape, params long[] values) =>
        Constant(new GraphConstant(name, shape, Integers: values));

    private string Floats(string name, long[] shape, params float[] values) => Constant(new GraphConstant(name, shape, Floats: values));

    // Layers alike share their shapes.
    private string Constant(GraphConstant constant)
    {
        if (_constants.All(other => other.Name != constant.Name))
            _constants.Add(constant);
        return constant.Name;
    }

    private static (string Name, object Value)[] Window(long kernel, long stride, long padding) =>
    [
        ("kernel_shape", new[] { kernel, kernel }),
        ("strides", new[] { stride, stride }),
        ("pads", new[] { padding, padding, padding, padding }),
    ];

    private static (float[] Scale, float[] Shift) Affine(BatchNorm2d norm)
    {
        var (scale, shift) = norm.Affine();
        return (scale.ToArray<float>(), shift.ToArray<float>());
    }

    // Of layers whose weights, and biases, lie one output after the other, and the outputs of a channel together.
    private static void Fold(BatchNorm2d norm, float[] weights, float[] bias)
    {
        var (scale, shift) = Affine(norm);
        var (taps, places) = (weights.Length / scale.Length, bias.Length / scale.Length);
        for (var i = 0; i < weights.Length; i++)
            weights[i] *= scale[i / taps];
        for (var i = 0; i < bias.Length; i++)
            bias[i] = bias[i] * scale[i / places] + shift[i / places];
    }

    private static float[] Values(Tensor? tensor, long count) => tensor?.ToArray<float>() ?? new float[count];

    private static float[] Times(float[] values, double gain) => gain == 1 ? values : Array.ConvertAll(values, v => (float)(v * gain));
}
