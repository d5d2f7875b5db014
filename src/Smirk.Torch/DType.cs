namespace Smirk.Torch;

/// <summary>The type of a tensor's elements; the values are libtorch's own numbers of the types.</summary>
public enum DType
{
    /// <summary>Unsigned bytes: pixels.</summary>
    UInt8 = 0,

    /// <summary>32-bit integers.</summary>
    Int32 = 3,

    /// <summary>64-bit integers: indices.</summary>
    Int64 = 4,

    /// <summary>IEEE half precision.</summary>
    Float16 = 5,

    /// <summary>Single precision: what networks compute with.</summary>
    Float32 = 6,

    /// <summary>Double precision: statistics.</summary>
    Float64 = 7,

    /// <summary>True and false, one byte each.</summary>
    Bool = 11,

    /// <summary>The upper half of a single-precision number.</summary>
    BFloat16 = 15,
}
