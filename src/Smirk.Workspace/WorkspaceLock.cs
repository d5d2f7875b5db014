using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Interop;

namespace Smirk.Workspace;

/// <summary>One process at a time changes a workspace. The system takes the lock off when its holder dies, kill -9 included; the file holds
/// the holder's process number.</summary>
internal sealed class WorkspaceLock : IDisposable
{
    // A child process that is being started holds copies of its parent's open files, locks with them, until it has become its own program:
    // that is over in milliseconds.
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SafeFileHandle _file;

    private WorkspaceLock(SafeFileHandle file) => _file = file;

    /// <summary>Takes the lock at <paramref name="path"/>.</summary>
    /// <exception cref="UnusableInputException">Another process has it.</exception>
    public static WorkspaceLock Take(string path, string workspace)
    {
        var descriptor =
            NativeMethods.Open(path, NativeMethods.OpenReadWrite | NativeMethods.OpenCreate | NativeMethods.OpenCloseOnExec, 0x1B6);
        if (descriptor < 0)
            throw new IOException($"{path} can't be opened: {Marshal.GetLastPInvokeErrorMessage()}.", Marshal.GetLastPInvokeError());
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (TryLock(file) is not 0 and var error)
        {
            using (file)
            {
                if (error == NativeMethods.WouldBlock)
                    throw new UnusableInputException(
                        $"{workspace} is in use by another process{Holder(file)}. Wait until it ends, or give another workspace with -w.");
                throw new IOException($"{path} can't be locked: {Marshal.GetPInvokeErrorMessage(error)}.", error);
            }
        }

        var number = Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture).PadRight(10));
        RandomAccess.Write(file, number, 0);
        return new WorkspaceLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // 0, or errno.
    private static int TryLock(SafeFileHandle file)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (NativeMethods.Lock(file, NativeMethods.LockExclusive | NativeMethods.LockDontWait) == 0)
                return 0;
            var error = Marshal.GetLastPInvokeError();
            if (error != NativeMethods.WouldBlock || attempt == Attempts)
                return error;
            Thread.Sleep(Pause);
        }
    }

    private static string Holder(SafeFileHandle file)
    {
        Span<byte> text = stackalloc byte[10];
        var read = RandomAccess.Read(file, text, 0);
        return int.TryParse(Encoding.ASCII.GetString(text[..read]).Trim(), out var number) ? $" ({number})" : "";
    }
}
