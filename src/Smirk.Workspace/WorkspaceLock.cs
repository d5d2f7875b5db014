using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Interop;

namespace Smirk.Workspace;

/// <summary>One process at a time changes a workspace. The system takes the lock off when its holder dies, kill -9 included; the file holds the holder's process number.</summary>
internal sealed class WorkspaceLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private WorkspaceLock(SafeFileHandle file) => _file = file;

    /// <summary>Takes the lock at <paramref name="path"/>.</summary>
    /// <exception cref="UnusableInputException">Another process has it.</exception>
    public static WorkspaceLock Take(string path, string workspace)
    {
        var descriptor = NativeMethods.Open(path, NativeMethods.OpenReadWrite | NativeMethods.OpenCreate | NativeMethods.OpenCloseOnExec, 0x1B6);
        if (descriptor < 0)
            throw new IOException($"{path} can't be opened: {Marshal.GetLastPInvokeErrorMessage()}.", Marshal.GetLastPInvokeError());
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (NativeMethods.Lock(file, NativeMethods.LockExclusive | NativeMethods.LockDontWait) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            using (file)
            {
                if (error == NativeMethods.WouldBlock)
                    throw new UnusableInputException($"{workspace} is in use by another process{Holder(file)}. Wait until it ends, or give another workspace with -w.");
                throw new IOException($"{path} can't be locked: {Marshal.GetPInvokeErrorMessage(error)}.", error);
            }
        }

        var number = Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture).PadRight(10));
        RandomAccess.Write(file, number, 0);
        return new WorkspaceLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Holder(SafeFileHandle file)
    {
        Span<byte> text = stackalloc byte[10];
        var read = RandomAccess.Read(file, text, 0);
        return int.TryParse(Encoding.ASCII.GetString(text[..read]).Trim(), out var number) ? $" ({number})" : "";
    }
}
