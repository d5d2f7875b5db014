using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>Where a path leads when all links on the way are followed.</summary>
internal static class LinkTarget
{
    private const int PathOnly = 0x200000;

    /// <summary>The absolute path without links; null when it leads nowhere.</summary>
    public static RawPath? Of(RawPath path)
    {
        var descriptor = FileCalls.Open(path.Terminated, PathOnly | OpenFlags.CloseOnExec);
        if (descriptor < 0)
            return null;
        var target = SymbolicLink.Read($"/proc/self/fd/{descriptor}");
        _ = NativeMethods.Close(descriptor);
        return target;
    }

    /// <summary>Whether the path is <paramref name="folder"/> or below it; both absolute and without links.</summary>
    public static bool IsWithin(RawPath path, RawPath folder)
    {
        var start = folder.Bytes.TrimEnd((byte)'/');
        return path.Bytes.StartsWith(start) && (path.Bytes.Length == start.Length || path.Bytes[start.Length] == '/');
    }
}
