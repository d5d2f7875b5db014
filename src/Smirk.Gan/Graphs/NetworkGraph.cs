namespace Smirk.Gan.Graphs;

/// <summary>What a network computes in evaluation mode, as a list of operations that other programs can carry out: ONNX's operators, named
/// and defined as there (opset 17).</summary>
/// <param name="Inputs">What is put in, in order.</param>
/// <param name="Weights">Learned numbers.</param>
/// <param name="Constants">Shapes, indices and the like: not learned, never rounded.</param>
/// <param name="Nodes">The operations, each after those that it needs.</param>
/// <param name="Output">What comes out.</param>
public sealed record NetworkGraph(
    IReadOnlyList<GraphInput> Inputs,
    IReadOnlyList<GraphWeight> Weights,
    IReadOnlyList<GraphConstant> Constants,
    IReadOnlyList<GraphNode> Nodes,
    GraphValue Output);

/// <summary>A value on its way from one operation to the next.</summary>
/// <param name="Name">Unique in the graph.</param>
/// <param name="Channels">Channels of a map [n, channels, h, w], or numbers of a row [n, channels].</param>
/// <param name="Edge">Height and width of a map in pixels; 0 for a row.</param>
public sealed record GraphValue(string Name, int Channels, int Edge = 0);

/// <summary>One input.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Sizes: numbers, or names for those that are free.</param>
/// <param name="IsInteger">int64; float otherwise.</param>
/// <param name="Default">What is taken where it isn't given; null where it must be.</param>
public sealed record GraphInput(string Name, IReadOnlyList<string> Shape, bool IsInteger = false, GraphConstant? Default = null);

/// <summary>Learned numbers, which may be stored with fewer bits.</summary>
/// <param name="Name">Unique in the graph.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Values">In row order.</param>
/// <param name="Axis">The dimension of the outputs: each has a scale of its own where numbers are stored as bytes.</param>
public sealed record GraphWeight(string Name, IReadOnlyList<long> Shape, float[] Values, int Axis);

/// <summary>Numbers that belong to an operation.</summary>
/// <param name="Name">Unique in the graph.</param>
/// <param name="Shape">Sizes; none for a single number.</param>
/// <param name="Floats">The numbers, where they are floats.</param>
/// <param name="Integers">The numbers, where they are int64.</param>
public sealed record GraphConstant(string Name, IReadOnlyList<long> Shape, float[]? Floats = null, long[]? Integers = null);

/// <summary>One operation.</summary>
/// <param name="Operator">ONNX's name of it.</param>
/// <param name="Inputs">Names of values, weights and constants; empty ones for optional inputs that are left out.</param>
/// <param name="Output">Name of what it makes.</param>
/// <param name="Attributes">Its settings: long, long[], float or string.</param>
public sealed record GraphNode(
    string Operator, IReadOnlyList<string> Inputs, string Output, IReadOnlyDictionary<string, object> Attributes);
