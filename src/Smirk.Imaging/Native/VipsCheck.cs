using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Native;

namespace Smirk.Imaging.Native;

/// <summary>Turns the status of a call of libsmirk_vips into a typed exception.</summary>
internal static unsafe class VipsCheck
{
    /// <summary>Throws the exception that belongs to <paramref name="status"/>; does nothing for 0.</summary>
    /// <param name="status">What the call returned.</param>
    /// <param name="format">The format that was read or written.</param>
    /// <param name="bytes">The file that was read, to explain what is wrong with it.</param>
    /// <exception cref="UnusablePictureException">The picture is damaged or of a kind that isn't handled.</exception>
    /// <exception cref="ArgumentException">A size or a value that the call can't take.</exception>
    public static void Ensure(int status, PictureFormat format, ReadOnlySpan<byte> bytes = default)
    {
        if (status == (int)NativeStatus.Ok)
            return;
        var said = NativeMessage.Read((IntPtr)NativeMethods.LastError());
        throw (NativeStatus)status switch
        {
            NativeStatus.Unusable => Damage.Explain(format, bytes, said),
            NativeStatus.Unsupported => new UnusablePictureException(
                PictureFault.Unsupported,
                $"a picture of the format {format}, which the libvips of this machine can't read: {said}"),
            NativeStatus.BadArgument => new ArgumentException($"{format}: {said}"),
            NativeStatus.OutOfMemory => new InsufficientMemoryException($"{format}: {said}"),
            _ => new InvalidOperationException($"libsmirk_vips failed on a picture of the format {format}: {said}"),
        };
    }
}
