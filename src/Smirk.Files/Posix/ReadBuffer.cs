using System.Runtime.InteropServices;

namespace Smirk.Files.Posix;

/// <summary>Page-aligned memory for reading, outside the garbage collector's care.</summary>
internal sealed unsafe class ReadBuffer(int size) : IDisposable
{
    public byte* Start { get; } = (byte*)NativeMemory.AlignedAlloc((nuint)size, 4096);

    public int Size => size;

    public void Dispose() => NativeMemory.AlignedFree(Start);
}
