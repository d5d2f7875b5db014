namespace Smirk.Workspace.Safetensors;

/// <summary>One tensor on its way into a file.</summary>
/// <param name="Name">Its name; unique in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Write">Puts the elements into the stream, little-endian, row-major: exactly as many bytes as type and shape say. Called
/// once.</param>
public sealed record TensorToWrite(string Name, ElementType Type, IReadOnlyList<long> Shape, Action<Stream> Write)
{
    /// <summary>A tensor whose bytes are in memory.</summary>
    public TensorToWrite(string name, ElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes)
        : this(name, type, shape, stream => stream.Write(bytes.Span))
    {
    }
}
