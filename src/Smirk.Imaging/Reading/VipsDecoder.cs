namespace Smirk.Imaging;

/// <summary>Decoding through libvips.</summary>
internal static unsafe class VipsDecoder
{
    /// <summary>The header; sizes are those after <paramref name="shrink"/> (JPEG alone: 1, 2, 4, 8).</summary>
    public static PictureHeader ReadHeader(ReadOnlySpan<byte> bytes, PictureFormat format, int shrink)
    {
        VipsLibrary.EnsureMatches();
        fixed (byte* at = bytes)
        {
            Check(NativeMethods.ReadHeader(at, bytes.Length, format, shrink, out var header), format, bytes);
            return new PictureHeader(
                format, header.Width, header.Height, Math.Max(1, header.Frames), header.Orientation, header.Bands, header.Bits, header.HasAlpha != 0, header.HasProfile != 0);
        }
    }

    /// <summary>The first frame as stored, not turned.</summary>
    public static Picture Decode(ReadOnlySpan<byte> bytes, PictureHeader header, int shrink)
    {
        if (shrink > 1)
            header = ReadHeader(bytes, header.Format, shrink);
        var pixels = GC.AllocateUninitializedArray<byte>(checked((int)(header.Pixels * 3)));
        fixed (byte* at = bytes, to = pixels)
            Check(NativeMethods.Decode(at, bytes.Length, header.Format, shrink, header.Width, header.Height, to), header.Format, bytes);
        return new Picture(header.Width, header.Height, pixels);
    }

    private static void Check(int status, PictureFormat format, ReadOnlySpan<byte> bytes)
    {
        if (status == VipsStatus.Ok)
            return;
        var said = VipsStatus.LastError();
        throw status switch
        {
            VipsStatus.Unusable => new UnusablePictureException(Damage.Explain(format, bytes, said)),
            VipsStatus.Unsupported => new UnusablePictureException($"a picture of the format {format}, which the libvips of this machine can't read: {said}"),
            _ => new InvalidOperationException($"libsmirk_vips failed while decoding: {said}"),
        };
    }
}
