using System.Runtime.InteropServices;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Native;

namespace Smirk.Imaging.Reading.Frames;

/// <summary>The frames of an animation (GIF, WebP, APNG) or the pages of a TIFF or HEIF file, in the order in which they are
/// stored.</summary>
public sealed unsafe class PictureFrames : IDisposable
{
    // A page that is so much smaller than the first is a preview of it.
    private const int PreviewArea = 4;

    private readonly byte[] _bytes;
    private readonly GCHandle _pinned;
    private readonly PictureHeader _header;
    private readonly VipsPicture? _animation;
    private readonly Apng? _apng;
    private readonly List<int> _pages = [];
    private readonly byte[] _canvas = [];
    private int _next;

    private PictureFrames(byte[] bytes, PictureHeader header)
    {
        (_bytes, _header) = (bytes, header);
        if (header.Format == PictureFormat.Png)
        {
            _apng = Apng.Read(bytes) ?? throw new UnusablePictureException(PictureFault.Damaged, "damaged APNG: its frames make no sense");
            _canvas = new byte[checked(_apng.Width * _apng.Height * 4)];
            Delays = [.. Enumerable.Range(0, _apng.Count).Select(_apng.Delay)];
            return;
        }

        if (header.Format is not (PictureFormat.Gif or PictureFormat.WebP))
        {
            _pages.AddRange(Enumerable.Range(0, header.Frames).Where(IsPage));
            Delays = new int[_pages.Count];
            return;
        }

        _pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            _animation = VipsDecoder.Open((byte*)_pinned.AddrOfPinnedObject(), bytes, header.Format, 1, page: -1, out _);
            var delays = new int[header.Frames];
            fixed (int* to = delays)
                VipsCheck.Ensure(NativeMethods.Delays(_animation, to, delays.Length), header.Format, bytes);
            Delays = delays;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How many.</summary>
    public int Count => Delays.Count;

    /// <summary>Milliseconds that each is shown; 0 where the file doesn't say, and for pages.</summary>
    public IReadOnlyList<int> Delays { get; }

    /// <summary>Opens a file that holds several; null for a still picture.</summary>
    /// <exception cref="UnusablePictureException">It can't be decoded, or only its first frame can (AVIF and HEIF sequences).</exception>
    public static PictureFrames? Open(byte[] bytes, DecodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var header = PictureReader.ReadHeader(bytes, options);
        if (header.Frames < 2)
            return null;
        if (header.IsSequence)
            throw new UnusablePictureException(PictureFault.Unsupported, $"an image sequence of {header.Frames} frames, of which only the "
                + "first is read");
        var frames = new PictureFrames(bytes, header);
        if (frames.Count > 1)
            return frames;
        frames.Dispose();
        return null;
    }

    /// <summary>The next frame: upright, sRGB, alpha laid over a ground as <see cref="PictureReader"/> does.</summary>
    /// <exception cref="UnusablePictureException">It can't be decoded.</exception>
    /// <exception cref="InvalidOperationException">There is none left.</exception>
    public Picture Next() => NextStored().Oriented(_header.Orientation);

    /// <summary>The same as stored, not turned.</summary>
    internal Picture NextStored()
    {
        if (_next >= Count)
            throw new InvalidOperationException($"the file has {Count} frames");
        var frame = _next++;
        if (_apng is not null)
            return Flat(_apng.Draw(_bytes, frame, _canvas));
        if (_animation is null)
            return VipsDecoder.Page(_bytes, _header.Format, _pages[frame]);
        var pixels = GC.AllocateUninitializedArray<byte>(checked((int)(_header.Pixels * 3)));
        fixed (byte* to = pixels)
            VipsCheck.Ensure(NativeMethods.ReadFrame(_animation, frame, 3, to), _header.Format, _bytes);
        return new Picture(_header.Width, _header.Height, pixels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _animation?.Dispose();
        if (_pinned.IsAllocated)
            _pinned.Free();
    }

    private bool IsPage(int page)
    {
        if (page == 0)
            return true;
        fixed (byte* at = _bytes)
        {
            using var opened = VipsDecoder.Open(at, _bytes, _header.Format, 1, page, out var header);
            return header.Pixels * PreviewArea > _header.Pixels && header.Pixels <= DecodeOptions.Default.MaxPixels;
        }
    }

    private Picture Flat(byte[] rgba)
    {
        var (white, black) = (new byte[rgba.Length / 4 * 3], new byte[rgba.Length / 4 * 3]);
        for (var (from, to) = (0, 0); from < rgba.Length; from += 4, to += 3)
        {
            var alpha = rgba[from + 3];
            for (var c = 0; c < 3; c++)
            {
                black[to + c] = (byte)(((rgba[from + c] * alpha) + 127) / 255);
                white[to + c] = (byte)(black[to + c] + (255 - alpha));
            }
        }

        return new Picture(_header.Width, _header.Height, Ground.IsBlack(white, black) ? black : white);
    }
}
