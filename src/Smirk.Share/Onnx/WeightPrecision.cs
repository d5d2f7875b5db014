namespace Smirk.Share.Onnx;

/// <summary>How learned numbers are stored; the network computes in float32 with any.</summary>
public enum WeightPrecision
{
    /// <summary>16 bits: half the size, the same pictures to a thousandth.</summary>
    Float16,

    /// <summary>32 bits: exactly what was trained.</summary>
    Float32,

    /// <summary>8 bits with a scale for each output: a quarter of the size.</summary>
    Int8,
}
