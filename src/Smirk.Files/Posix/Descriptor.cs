using System.Runtime.InteropServices;
using System.Text;

namespace Smirk.Files.Posix;

/// <summary>An open file or folder, closed when disposed; or the errno for which it isn't open.</summary>
internal sealed unsafe class Descriptor : IDisposable
{
    private FileStat _status;

    private Descriptor(int result)
    {
        Value = Math.Max(result, -1);
        Error = result < 0 ? -result : 0;
        if (Error == 0)
            Refresh();
    }

    /// <summary>For system calls; −1 when it isn't open.</summary>
    public int Value { get; private set; }

    /// <summary>Why it isn't open; 0 when it is.</summary>
    public int Error { get; private set; }

    /// <summary>As it was when it was opened, or <see cref="Refresh"/>ed.</summary>
    public ref readonly FileStat Status => ref _status;

    public FolderIdentity Folder => _status.Folder;

    /// <summary>The path by which the system knows it now; null where that can't be said.</summary>
    public RawPath? RealPath => SymbolicLink.Read($"/proc/self/fd/{Value}");

    /// <summary>Opens a folder, links followed.</summary>
    public static Descriptor OpenFolder(RawPath path) =>
        new(FileCalls.Open(path.Terminated, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NonBlocking | OpenFlags.CloseOnExec));

    /// <summary>Opens a folder in another, making it where it isn't there; links aren't followed.</summary>
    public static Descriptor MakeFolder(Descriptor parent, ReadOnlySpan<byte> name)
    {
        fixed (byte* start = new RawPath(name).Terminated)
        {
            if (NativeMethods.MakeFolder(parent.Value, start, 0x1FF) != 0 && Marshal.GetLastPInvokeError() is var error
                && error != Errno.Exists)
                return new Descriptor(-error);
            return new Descriptor(FileCalls.OpenAt(parent.Value, start,
                OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow | OpenFlags.CloseOnExec));
        }
    }

    /// <summary>Opens a file in a folder; never follows a link.</summary>
    public static Descriptor OpenFile(Descriptor folder, ReadOnlySpan<byte> name, int flags, uint mode = 0)
    {
        fixed (byte* start = new RawPath(name).Terminated)
            return new Descriptor(FileCalls.OpenAt(folder.Value, start,
                flags | OpenFlags.NoFollow | OpenFlags.NonBlocking | OpenFlags.NoControllingTerminal | OpenFlags.CloseOnExec, mode));
    }

    /// <summary>Which file the name in the folder is now, links not followed; null where there is none.</summary>
    public static FileIdentity? IdentityOf(Descriptor folder, ReadOnlySpan<byte> name)
    {
        fixed (byte* start = new RawPath(name).Terminated)
            return FileCalls.StatusAt(folder.Value, start, AtFlags.SymlinkNoFollow, out var status) == 0 ? status.Identity : null;
    }

    /// <summary>Whether something has that path, were it a link that leads nowhere.</summary>
    public static bool Exists(RawPath path)
    {
        using var folder = OpenFolder(path.Folder);
        return folder.Error == 0 && IdentityOf(folder, path.Name) is not null;
    }

    /// <summary>Looks again; 0 or errno.</summary>
    public int Refresh() => Error = -FileCalls.Status(Value, out _status);

    public void Dispose()
    {
        if (Value >= 0)
            _ = NativeMethods.Close(Value);
        Value = -1;
    }
}

/// <summary>Where a symbolic link leads.</summary>
internal static unsafe class SymbolicLink
{
    /// <summary>The link's text; null when it can't be read.</summary>
    public static RawPath? Read(string path)
    {
        var buffer = new byte[16 * 1024];
        fixed (byte* start = Encoding.UTF8.GetBytes(path + "\0"), into = buffer)
        {
            var length = (int)NativeMethods.ReadLink(start, into, (nuint)buffer.Length);
            return length > 0 && length < buffer.Length ? new RawPath(buffer.AsSpan(0, length)) : null;
        }
    }
}
