using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>A folder that several threads look into: closed when the last one is done.</summary>
internal sealed class OpenFolder(int descriptor, int number)
{
    private int _users = 1;

    public int Descriptor { get; } = descriptor;

    /// <summary>Its number in the table.</summary>
    public int Number { get; } = number;

    public OpenFolder Share()
    {
        Interlocked.Increment(ref _users);
        return this;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            _ = NativeMethods.Close(Descriptor);
    }
}
