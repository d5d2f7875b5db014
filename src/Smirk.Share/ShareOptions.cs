using Smirk.Share.Credits;
using Smirk.Share.Onnx;

namespace Smirk.Share;

/// <summary>What to make of a trained generator for others.</summary>
public sealed record ShareOptions
{
    /// <summary>The snapshot's file.</summary>
    public required string Snapshot { get; init; }

    /// <summary>Where the page goes; null for none.</summary>
    public string? PagePath { get; init; }

    /// <summary>Where the network goes as ONNX; null for nowhere.</summary>
    public string? OnnxPath { get; init; }

    /// <summary>The folder for safetensors and sample.py; null for none.</summary>
    public string? PythonFolder { get; init; }

    /// <summary>Shown at the top of the page and kept in the ONNX file.</summary>
    public string Title { get; init; } = "Smirk";

    /// <summary>Terms under which the generator is given away; empty for none stated.</summary>
    public string Licence { get; init; } = "";

    /// <summary>How the weights of the ONNX file and the page are stored.</summary>
    public WeightPrecision Precision { get; init; } = WeightPrecision.Float16;

    /// <summary>What is told of the pictures that it learnt from.</summary>
    public CreditDetail Credits { get; init; } = CreditDetail.Counts;

    /// <summary>Number of a direction, from 1, and the name that its slider gets.</summary>
    public IReadOnlyDictionary<int, string> DirectionNames { get; init; } = new Dictionary<int, string>();

    /// <summary>Smirk's version, for the files to name.</summary>
    public string Version { get; init; } = "";
}
