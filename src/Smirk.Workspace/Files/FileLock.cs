using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Interop;

namespace Smirk.Workspace.Files;

/// <summary>Keeps other processes from changing something. The system takes the lock off when its holder dies, kill -9 included; the file
/// holds the holder's process number.</summary>
public sealed class FileLock : IDisposable
{
    // A child process that is being started holds copies of its parent's open files, locks with them, until it has become its own program:
    // that is over in milliseconds.
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <summary>Takes the lock at <paramref name="path"/>, a file that is made for it.</summary>
    /// <param name="path">The lock's file.</param>
    /// <param name="what">What is locked, as the person knows it.</param>
    /// <param name="advice">What to do when it is taken.</param>
    /// <exception cref="UnusableInputException">Another process has it.</exception>
    public static FileLock Take(string path, string what, string advice)
    {
        var file = Open(path);
        if (TryLock(file, Attempts) is not 0 and var error)
        {
            using (file)
            {
                if (error == NativeMethods.WouldBlock)
                    throw new UnusableInputException($"{what} is in use by another process{Holder(file)}. {advice}");
                throw CantLock(path, error);
            }
        }

        return new FileLock(file).Signed();
    }

    /// <summary>Takes the lock at <paramref name="path"/>, or returns null where another process has it.</summary>
    public static FileLock? TryTake(string path)
    {
        var file = Open(path);
        if (TryLock(file, Attempts) is not 0 and var error)
        {
            file.Dispose();
            return error == NativeMethods.WouldBlock ? null : throw CantLock(path, error);
        }

        return new FileLock(file).Signed();
    }

    /// <summary>The number of the process that holds the lock at <paramref name="path"/>, without taking it; 0 for a holder that can't be
    /// told, null where nobody holds it or there is no such file.</summary>
    public static int? HolderOf(string path)
    {
        // A shared lock is refused while somebody holds the whole one. It is held for a moment only, which whoever takes the lock just
        // then waits for; it leaves the holder's number as it is.
        var descriptor = NativeMethods.Open(path, NativeMethods.OpenReadOnly | NativeMethods.OpenCloseOnExec, 0);
        if (descriptor < 0)
            return null;
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (NativeMethods.Lock(file, NativeMethods.LockShared | NativeMethods.LockDontWait) == 0)
            return null;
        return Marshal.GetLastPInvokeError() == NativeMethods.WouldBlock ? NumberIn(file) ?? 0 : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string path)
    {
        var descriptor =
            NativeMethods.Open(path, NativeMethods.OpenReadWrite | NativeMethods.OpenCreate | NativeMethods.OpenCloseOnExec, 0x1B6);
        if (descriptor < 0)
            throw new IOException($"{path} can't be opened: {Marshal.GetLastPInvokeErrorMessage()}.", Marshal.GetLastPInvokeError());
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static IOException CantLock(string path, int error) =>
        new($"{path} can't be locked: {Marshal.GetPInvokeErrorMessage(error)}.", error);

    private FileLock Signed()
    {
        var number = Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture).PadRight(10));
        RandomAccess.Write(_file, number, 0);
        return this;
    }

    // 0, or errno.
    private static int TryLock(SafeFileHandle file, int attempts)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (NativeMethods.Lock(file, NativeMethods.LockExclusive | NativeMethods.LockDontWait) == 0)
                return 0;
            var error = Marshal.GetLastPInvokeError();
            if (error != NativeMethods.WouldBlock || attempt == attempts)
                return error;
            Thread.Sleep(Pause);
        }
    }

    private static string Holder(SafeFileHandle file) => NumberIn(file) is { } number ? $" ({number})" : "";

    private static int? NumberIn(SafeFileHandle file)
    {
        Span<byte> text = stackalloc byte[10];
        var read = RandomAccess.Read(file, text, 0);
        return int.TryParse(Encoding.ASCII.GetString(text[..read]).Trim(), out var number) ? number : null;
    }
}
