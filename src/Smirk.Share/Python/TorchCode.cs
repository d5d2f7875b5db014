using System.Globalization;
using System.Text;
using Smirk.Gan.Graphs;

namespace Smirk.Share.Python;

/// <summary>Writes a graph as PyTorch code: one line for what is used more than once, or would grow too long.</summary>
internal sealed class TorchCode
{
    // A line of code is read, not scrolled.
    private const int MostLength = 130;

    private readonly NetworkGraph _graph;
    private readonly Dictionary<string, string> _expressions = [];
    private readonly Dictionary<string, GraphConstant> _constants;
    private readonly Dictionary<string, int> _uses;
    private readonly StringBuilder _lines = new();

    private TorchCode(NetworkGraph graph)
    {
        _graph = graph;
        _constants = graph.Constants.ToDictionary(constant => constant.Name);
        _uses = graph.Nodes.SelectMany(node => node.Inputs).CountBy(name => name).ToDictionary();
        foreach (var weight in graph.Weights)
            _expressions[weight.Name] = $"w[\"{weight.Name}\"]";
        foreach (var input in graph.Inputs)
            _expressions[input.Name] = NameOf(input.Name);
    }

    /// <summary>The body of a function of the graph's inputs that returns its output, indented by four.</summary>
    public static string Of(NetworkGraph graph) => new TorchCode(graph).Write();

    /// <summary>What an input is called in Python.</summary>
    public static string NameOf(string input) => input == "class" ? "classes" : input;

    private string Write()
    {
        var lines = 0;
        foreach (var node in _graph.Nodes)
        {
            var expression = Expression(node);
            var isLast = node.Output == _graph.Output.Name;
            if (isLast || _uses[node.Output] > 1 || expression.Length > MostLength)
            {
                var name = isLast ? "image" : $"x{++lines}";
                _lines.Append($"    {name} = {Unwrapped(expression)}\n");
                expression = name;
            }

            _expressions[node.Output] = expression;
        }

        return _lines.Append("    return image\n").ToString();
    }

    private string Expression(GraphNode node)
    {
        string[] x = [.. node.Inputs.Select(name => _expressions.GetValueOrDefault(name, ""))];
        return node.Operator switch
        {
            "IsNaN" => $"torch.isnan({x[0]})",
            "Unsqueeze" => $"{x[0]}.unsqueeze({_constants[node.Inputs[1]].Integers![0]})",
            "Where" => $"torch.where({x[0]}, {x[1]}, {x[2]})",
            "Gather" => _constants.TryGetValue(node.Inputs[1], out var index) ? $"{x[0]}[:, {index.Integers![0]}]" : $"{x[0]}[{x[1]}]",
            "Concat" => $"torch.cat([{x[0]}, {x[1]}], {node.Attributes["axis"]})",
            "Gemm" => $"F.linear({Unwrapped(x[0])}, {x[1]}, {x[2]})",
            "Reshape" => $"{x[0]}.reshape({string.Join(", ", _constants[node.Inputs[1]].Integers!)})",
            "Relu" => $"F.relu({Unwrapped(x[0])})",
            "LeakyRelu" => $"F.leaky_relu({Unwrapped(x[0])}, {Number((float)node.Attributes["alpha"])})",
            "Sigmoid" => $"torch.sigmoid({x[0]})",
            "Clip" => $"{x[0]}.clamp({Number(_constants[node.Inputs[1]].Floats![0])}, {Number(_constants[node.Inputs[2]].Floats![0])})",
            "Tanh" => $"torch.tanh({Unwrapped(x[0])})",
            "Add" => $"({x[0]} + {x[1]})",
            "Mul" => $"({x[0]} * {(_constants.TryGetValue(node.Inputs[1], out var factor) ? Number(factor.Floats![0]) : x[1])})",
            "Conv" => $"F.conv2d({Unwrapped(x[0])}, {x[1]}, {x[2]}, stride={First(node, "strides")}, padding={First(node, "pads")})",
            "ConvTranspose" => $"F.conv_transpose2d({Unwrapped(x[0])}, {x[1]}, {x[2]}, stride={First(node, "strides")}, "
                + $"padding={First(node, "pads")}, output_padding={First(node, "output_padding")})",
            "DepthToSpace" => $"F.pixel_shuffle({Unwrapped(x[0])}, {node.Attributes["blocksize"]})",
            "Resize" => $"F.interpolate({Unwrapped(x[0])}, scale_factor={Number(_constants[node.Inputs[2]].Floats![3])}, "
                + "mode=\"bilinear\", align_corners=False)",
            _ => throw new InvalidOperationException($"{node.Operator} has no counterpart in PyTorch here."),
        };
    }

    // Without the parentheses that only a sum or product within another needs.
    private static string Unwrapped(string expression)
    {
        if (!expression.StartsWith('('))
            return expression;
        var depth = 0;
        for (var i = 0; i < expression.Length; i++)
        {
            depth += expression[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
                return i == expression.Length - 1 ? expression[1..^1] : expression;
        }

        return expression;
    }

    private static long First(GraphNode node, string attribute) => ((long[])node.Attributes[attribute])[0];

    private static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);
}
