using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Smirk.Files.Zstandard;

/// <summary>libzstd's streaming decoder (zstd.h, stable API since 1.4).</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "libzstd.so.1";

    /// <summary>ZSTD_d_windowLogMax.</summary>
    public const int WindowLogMax = 100;

    [LibraryImport(Library)]
    public static partial ZstdDecoderHandle ZSTD_createDCtx();

    [LibraryImport(Library)]
    public static partial nuint ZSTD_freeDCtx(IntPtr decoder);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_DCtx_setParameter(ZstdDecoderHandle decoder, int parameter, int value);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_decompressStream(ZstdDecoderHandle decoder, ZstdBuffer* output, ZstdBuffer* input);

    [LibraryImport(Library)]
    public static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Library)]
    public static partial IntPtr ZSTD_getErrorName(nuint code);
}

/// <summary>ZSTD_inBuffer and ZSTD_outBuffer, which have the same shape.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ZstdBuffer
{
    public byte* Bytes;
    public nuint Size;
    public nuint Position;
}

/// <summary>Owns a ZSTD_DCtx.</summary>
internal sealed class ZstdDecoderHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMethods.ZSTD_freeDCtx(handle);
        return true;
    }
}
