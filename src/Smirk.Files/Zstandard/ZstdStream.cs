using System.Runtime.InteropServices;
using Smirk.Files.Archives;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Zstandard;

/// <summary>Reads a .zst file as a stream, several frames in a row too, with windows up to 2^31 bytes, which reddit's dumps use.</summary>
/// <remarks>A window costs its own size in memory: 2 GiB for the largest dumps. Damaged input throws
/// <see cref="InvalidDataException"/>.</remarks>
public sealed class ZstdStream : ForwardStream
{
    // The dumps are written with --long=31; libzstd refuses more than 2^27 unless told otherwise.
    private const int LargestOfAll = 31;

    private readonly Stream _source;
    private readonly ZstdDecoderHandle _decoder;
    private readonly byte[] _input = new byte[1 << 17];
    private int _start;
    private int _end;
    private bool _inFrame;

    /// <summary>Decompresses <paramref name="source"/>, which is disposed with this stream.</summary>
    /// <param name="source">The compressed bytes.</param>
    /// <param name="largestWindowLog">The largest window that is gone along with, as a power of two: 10 to 31.</param>
    /// <exception cref="MissingDependencyException">libzstd isn't installed.</exception>
    public ZstdStream(Stream source, int largestWindowLog = LargestOfAll)
    {
        _source = source;
        try
        {
            _decoder = NativeMethods.ZSTD_createDCtx();
        }
        catch (DllNotFoundException error)
        {
            throw new MissingDependencyException(
                "Reading .zst needs libzstd, which isn't installed. Install it with: sudo apt-get install libzstd1", error);
        }

        Check(NativeMethods.ZSTD_DCtx_setParameter(_decoder, NativeMethods.WindowLogMax, largestWindowLog));
    }

    /// <inheritdoc/>
    public override unsafe int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        while (true)
        {
            var hasInput = _start < _end || Refill();
            fixed (byte* output = buffer)
            fixed (byte* input = _input)
            {
                var to = new ZstdBuffer { Bytes = output, Size = (nuint)buffer.Length };
                var from = new ZstdBuffer { Bytes = input, Size = (nuint)_end, Position = (nuint)_start };
                if (!hasInput && !_inFrame)
                    return 0;
                var left = Check(NativeMethods.ZSTD_decompressStream(_decoder, &to, &from));
                _start = (int)from.Position;
                _inFrame = left != 0;
                if (to.Position > 0)
                    return (int)to.Position;
                if (!hasInput)
                    throw new InvalidDataException(
                        _inFrame ? "the zstd data ends in the middle of a frame" : "the zstd data ends unexpectedly");
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Refill()
    {
        _start = 0;
        _end = _source.Read(_input);
        return _end > 0;
    }

    private static nuint Check(nuint code)
    {
        if (NativeMethods.ZSTD_isError(code) == 0)
            return code;
        throw new InvalidDataException($"no readable zstd data: {Marshal.PtrToStringUTF8(NativeMethods.ZSTD_getErrorName(code))}");
    }
}
