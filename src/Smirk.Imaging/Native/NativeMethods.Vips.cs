using System.Runtime.InteropServices;
using Smirk.Imaging.Formats;

namespace Smirk.Imaging.Native;

/// <summary>libsmirk_vips's exports. Each returns a status that <see cref="VipsCheck"/> turns into an exception.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Vips = "smirk_vips";

    /// <summary>Header in native/vips/decode.cpp.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Header
    {
        public int Width, Height, Frames, Orientation, Bands, Bits, HasAlpha, HasProfile;
    }

    static NativeMethods() => Smirk.Native.NativeLocator.Register(typeof(NativeMethods).Assembly, Vips);

    [LibraryImport(Vips, EntryPoint = "smirk_vips_abi")]
    internal static partial int Abi();

    [LibraryImport(Vips, EntryPoint = "smirk_vips_last_error")]
    internal static partial byte* LastError();

    [LibraryImport(Vips, EntryPoint = "smirk_vips_version")]
    internal static partial byte* Version();

    [LibraryImport(Vips, EntryPoint = "smirk_vips_open")]
    internal static partial int Open(
        byte* bytes, long length, PictureFormat format, int shrink, int page, out Header header, out VipsPicture picture);

    [LibraryImport(Vips, EntryPoint = "smirk_vips_read")]
    internal static partial int Read(VipsPicture picture, int channels, byte* pixels);

    [LibraryImport(Vips, EntryPoint = "smirk_vips_delays")]
    internal static partial int Delays(VipsPicture picture, int* delays, int count);

    [LibraryImport(Vips, EntryPoint = "smirk_vips_read_frame")]
    internal static partial int ReadFrame(VipsPicture picture, int frame, int channels, byte* pixels);

    [LibraryImport(Vips, EntryPoint = "smirk_vips_samples")]
    internal static partial int Samples(VipsPicture picture, byte* samples, long length);

    [LibraryImport(Vips, EntryPoint = "smirk_vips_close")]
    internal static partial void Close(IntPtr picture);

    [LibraryImport(Vips, EntryPoint = "smirk_vips_plain_jpeg")]
    internal static partial int PlainJpeg(byte* bytes, long length, int shrink, int width, int height, int channels, byte* pixels);

    [LibraryImport(Vips, EntryPoint = "smirk_vips_plain_png")]
    internal static partial int PlainPng(byte* bytes, long length, int width, int height, byte* pixels);

    [LibraryImport(Vips, EntryPoint = "smirk_vips_plain_webp")]
    internal static partial int PlainWebP(byte* bytes, long length, int width, int height, byte* pixels);

    [LibraryImport(Vips, EntryPoint = "smirk_vips_encode")]
    internal static partial int Encode(
        byte* pixels, int width, int height, int frames, PictureFormat format, int quality, int lossless, int delay,
        out VipsBytes encoded, out long length);

    [LibraryImport(Vips, EntryPoint = "smirk_vips_free")]
    internal static partial void Free(IntPtr encoded);
}
