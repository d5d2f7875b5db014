using System.Runtime.InteropServices;
using System.Text;

namespace Smirk.Files.Tests.Strip;

/// <summary>Extended attributes, by the system's own calls.</summary>
internal static partial class FileAttribute
{
    /// <summary>False where the file system has none.</summary>
    public static bool Set(string path, string name, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return SetAttribute(path, name, bytes, (nuint)bytes.Length, 0) == 0;
    }

    /// <summary>Null where the file has no such attribute.</summary>
    public static string? Get(string path, string name)
    {
        var value = new byte[4096];
        var length = GetAttribute(path, name, value, (nuint)value.Length);
        return length < 0 ? null : Encoding.UTF8.GetString(value, 0, (int)length);
    }

    [LibraryImport("libc", EntryPoint = "setxattr", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetAttribute(string path, string name, byte[] value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "getxattr", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetAttribute(string path, string name, byte[] value, nuint size);
}
