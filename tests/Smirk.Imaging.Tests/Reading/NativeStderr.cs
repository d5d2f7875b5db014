using System.Runtime.InteropServices;

namespace Smirk.Imaging.Tests.Reading;

/// <summary>Catches what native code writes to file descriptor 2 while it lives.</summary>
internal sealed partial class NativeStderr : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly int _kept = Dup(2);

    public NativeStderr()
    {
        using var file = File.OpenHandle(_path, FileMode.Open, FileAccess.Write);
        Assert.True(Dup2((int)file.DangerousGetHandle(), 2) >= 0);
    }

    /// <summary>What was written so far.</summary>
    public string Text => File.ReadAllText(_path);

    public void Dispose()
    {
        Dup2(_kept, 2);
        Close(_kept);
        File.Delete(_path);
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
