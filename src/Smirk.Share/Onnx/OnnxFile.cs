using System.Runtime.InteropServices;
using Smirk.Gan.Graphs;

namespace Smirk.Share.Onnx;

/// <summary>Writes a network as an ONNX model: IR 8, opset 17, what python3-onnx 1.12 and newer check and every runtime reads.</summary>
public static class OnnxFile
{
    private const long IrVersion = 8, Opset = 17;

    // TensorProto.DataType.
    private const long Float = 1, SignedByte = 3, Integer = 7, HalfFloat = 10;

    // AttributeProto.AttributeType.
    private const long FloatAttribute = 1, IntegerAttribute = 2, StringAttribute = 3, IntegersAttribute = 7;

    // Fewer numbers, such as biases and the last layer, aren't worth the loss of rounding them.
    private const int FewestRounded = 4096;

    /// <summary>The model's bytes.</summary>
    /// <param name="graph">What it computes.</param>
    /// <param name="precision">How weights are stored.</param>
    /// <param name="version">Smirk's version.</param>
    /// <param name="about">Name and value of what readers are told of the model.</param>
    public static byte[] Bytes(
        NetworkGraph graph, WeightPrecision precision, string version, IEnumerable<KeyValuePair<string, string>> about)
    {
        var stored = graph.Weights.Select(weight => Store(weight, precision)).ToList();
        var defaults = graph.Inputs.Where(input => input.Default is not null).Select(input => Constant(input.Default!));
        var main = new ProtoMessage() // GraphProto
            .PutAll(1, stored.SelectMany(s => s.Unpack).Concat(graph.Nodes.Select(Node)), node => node)
            .Put(2, "smirk")
            .PutAll(5, stored.SelectMany(s => s.Tensors).Concat(graph.Constants.Select(Constant)).Concat(defaults), tensor => tensor)
            .PutAll(11, graph.Inputs, input => Value(input.Name, input.IsInteger ? Integer : Float, input.Shape))
            .Put(12, Value(graph.Output.Name, Float, ["n", $"{graph.Output.Channels}", $"{graph.Output.Edge}", $"{graph.Output.Edge}"]));
        return new ProtoMessage() // ModelProto
            .Put(1, IrVersion)
            .Put(2, "Smirk")
            .Put(3, version)
            .Put(7, main)
            .Put(8, new ProtoMessage().Put(1, "").Put(2, Opset))
            .PutAll(14, about, entry => new ProtoMessage().Put(1, entry.Key).Put(2, entry.Value))
            .ToBytes();
    }

    private static (IReadOnlyList<ProtoMessage> Tensors, IReadOnlyList<ProtoMessage> Unpack) Store(
        GraphWeight weight, WeightPrecision precision)
    {
        if (precision == WeightPrecision.Float32 || weight.Values.Length < FewestRounded)
            return ([Tensor(weight.Name, Float, weight.Shape, MemoryMarshal.AsBytes(weight.Values.AsSpan()))], []);
        if (precision == WeightPrecision.Int8)
            return StoreAsBytes(weight);
        var halves = Array.ConvertAll(weight.Values, value => (Half)value);
        var name = $"{weight.Name}_f16";
        return ([Tensor(name, HalfFloat, weight.Shape, MemoryMarshal.AsBytes(halves.AsSpan()))],
            [Node(new GraphNode("Cast", [name], weight.Name, new Dictionary<string, object> { ["to"] = Float }))]);
    }

    private static (IReadOnlyList<ProtoMessage> Tensors, IReadOnlyList<ProtoMessage> Unpack) StoreAsBytes(GraphWeight weight)
    {
        var rounded = RoundedWeight.Of(weight);
        var (name, scale, zero) = ($"{weight.Name}_i8", $"{weight.Name}_scale", $"{weight.Name}_zero");
        long[] outputs = [rounded.Scales.Length];
        return (
            [
                Tensor(name, SignedByte, weight.Shape, MemoryMarshal.AsBytes(rounded.Values.AsSpan())),
                Tensor(scale, Float, outputs, MemoryMarshal.AsBytes(rounded.Scales.AsSpan())),
                Tensor(zero, SignedByte, outputs, new byte[rounded.Scales.Length]),
            ],
            [Node(new GraphNode("DequantizeLinear", [name, scale, zero], weight.Name,
                new Dictionary<string, object> { ["axis"] = (long)weight.Axis }))]);
    }

    private static ProtoMessage Constant(GraphConstant constant) => constant.Integers is { } integers
        ? Tensor(constant.Name, Integer, constant.Shape, MemoryMarshal.AsBytes(integers.AsSpan()))
        : Tensor(constant.Name, Float, constant.Shape, MemoryMarshal.AsBytes(constant.Floats.AsSpan()));

    // TensorProto; bytes are little-endian, as this machine's are.
    private static ProtoMessage Tensor(string name, long type, IReadOnlyList<long> shape, ReadOnlySpan<byte> bytes) =>
        new ProtoMessage().PutAll(1, shape).Put(2, type).Put(8, name).Put(9, bytes);

    // NodeProto.
    private static ProtoMessage Node(GraphNode node) => new ProtoMessage()
        .PutAll(1, node.Inputs).PutAll(2, [node.Output]).Put(3, node.Output).Put(4, node.Operator)
        .PutAll(5, node.Attributes, attribute => Attribute(attribute.Key, attribute.Value));

    // AttributeProto.
    private static ProtoMessage Attribute(string name, object value)
    {
        var message = new ProtoMessage().Put(1, name);
        return value switch
        {
            float number => message.Put(2, number).Put(20, FloatAttribute),
            long number => message.Put(3, number).Put(20, IntegerAttribute),
            string text => message.Put(4, text).Put(20, StringAttribute),
            long[] numbers => message.PutAll(8, numbers).Put(20, IntegersAttribute),
            _ => throw new InvalidOperationException($"The attribute {name} has a type without a place in ONNX: {value.GetType()}."),
        };
    }

    // ValueInfoProto: sizes are numbers, or names where they are free.
    private static ProtoMessage Value(string name, long type, IReadOnlyList<string> shape)
    {
        var sizes = new ProtoMessage().PutAll(1, shape, size =>
            long.TryParse(size, out var number) ? new ProtoMessage().Put(1, number) : new ProtoMessage().Put(2, size));
        var tensor = new ProtoMessage().Put(1, type).Put(2, sizes);
        return new ProtoMessage().Put(1, name).Put(2, new ProtoMessage().Put(1, tensor));
    }
}
