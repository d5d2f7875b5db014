using System.Runtime.InteropServices;
using System.Text;
using Smirk.Native;

namespace Smirk.Files.Archives.Library;

/// <summary>Reads a file through libarchive, from its beginning to its end. Not thread-safe.</summary>
internal sealed unsafe class LibraryReader : IDisposable
{
    private const int ExpectedAbi = 1;

    private static bool _checked;

    private readonly LibraryHandle _handle;

    /// <summary>Opens it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="raw">It is no archive but one packed member.</param>
    /// <param name="password">For what is encrypted; null for none.</param>
    /// <exception cref="InvalidDataException">It can't be read.</exception>
    /// <exception cref="EncryptedArchiveException">It can't be read without its password, or not at all.</exception>
    /// <exception cref="DllNotFoundException">libsmirk_archive.so or libarchive isn't there, or belongs to another version of
    /// Smirk.</exception>
    public LibraryReader(string path, bool raw, string? password)
    {
        EnsureMatches();
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        fixed (byte* word = password is null ? null : Encoding.UTF8.GetBytes(password + '\0'))
            Check(NativeMethods.Open(name, raw ? 1 : 0, word, out _handle));
    }

    /// <summary>libarchive's version, such as "libarchive 3.6.2".</summary>
    /// <exception cref="DllNotFoundException">It isn't there; the message says what to do.</exception>
    public static string Version()
    {
        EnsureMatches();
        return Marshal.PtrToStringUTF8((IntPtr)NativeMethods.Version()) ?? "";
    }

    /// <summary>The next member and its name's bytes; null after the last one.</summary>
    public (LibraryMember Member, byte[] Name)? Next()
    {
        LibraryMember member;
        int found;
        Check(NativeMethods.Next(_handle, &member, &found));
        return found == 0 ? null : (member, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(member.Name).ToArray());
    }

    /// <summary>The member's next bytes; 0 at its end.</summary>
    public int Read(Span<byte> buffer)
    {
        long read;
        fixed (byte* to = buffer)
            Check(NativeMethods.Read(_handle, to, buffer.Length, &read));
        return (int)read;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static void Check(int status)
    {
        if (status == (int)NativeStatus.Ok)
            return;
        var said = NativeMessage.Read((IntPtr)NativeMethods.LastError()).TrimEnd('.');
        throw (NativeStatus)status switch
        {
            NativeStatus.OutOfMemory => new OutOfMemoryException(said),
            NativeStatus.Unsupported => new EncryptedArchiveException(said),
            _ => new InvalidDataException(said),
        };
    }

    private static void EnsureMatches()
    {
        if (_checked)
            return;
        NativeLocator.Register(typeof(LibraryReader).Assembly, NativeMethods.Library);
        var abi = NativeMethods.Abi();
        if (abi != ExpectedAbi)
            throw new DllNotFoundException(
                $"libsmirk_archive.so has interface version {abi}, this program needs {ExpectedAbi}. "
                    + "Build it: eng/build.sh native archive");
        _checked = true;
    }
}

/// <summary>A member, or the list of members, can't be decrypted.</summary>
internal sealed class EncryptedArchiveException(string reason) : IOException(reason);
