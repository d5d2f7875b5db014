using System.Runtime.InteropServices;

namespace Smirk.Native;

/// <summary>What a call of one of Smirk's native libraries came to. native/shared/errors.h has the same numbers.</summary>
internal enum NativeStatus
{
    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>There isn't enough memory.</summary>
    OutOfMemory = 1,

    /// <summary>Sizes, types or values that the call can't take.</summary>
    BadArgument = 2,

    /// <summary>An index outside a dimension.</summary>
    BadIndex = 3,

    /// <summary>The library lacks the operation for the type or the device.</summary>
    NotImplemented = 4,

    /// <summary>Any other failure that the library described.</summary>
    Failed = 5,

    /// <summary>A C++ exception of an unknown type.</summary>
    Unknown = 6,

    /// <summary>A picture that can't be decoded: damaged, cut short, of a kind that isn't handled.</summary>
    Unusable = 7,

    /// <summary>A format that this machine's libraries can't read.</summary>
    Unsupported = 8,
}

/// <summary>The text that comes with a failure.</summary>
internal static class NativeMessage
{
    /// <summary>The message at <paramref name="text"/>, which a native library gave as its last error.</summary>
    public static string Read(IntPtr text) =>
        Marshal.PtrToStringUTF8(text)?.Trim() is { Length: > 0 } said ? said : "the library gave no reason";
}
