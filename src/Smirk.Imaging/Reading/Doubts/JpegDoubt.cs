using Smirk.Imaging.Endings;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Native;
using Smirk.Native;

namespace Smirk.Imaging.Reading.Doubts;

/// <summary>A sign that a picture decodes to something else than what was encoded. No decoder notices: the file is whole.</summary>
public enum DamageSign
{
    /// <summary>Its coded data hold more than the picture needs: codes were misread on the way.</summary>
    Leftover,

    /// <summary>From one block on all that follows is lighter, darker or of another colour.</summary>
    Jump,

    /// <summary>From one block on all that follows is the grey or green that decoders paint where data are missing.</summary>
    Blank,
}

/// <summary>Looks for what one wrong bit does to a JPEG: each block's mean is stored as its difference from the block before, so an error
/// goes on to the end of the picture.</summary>
public static class JpegDoubt
{
    /// <summary>By how much the picture that is looked at is smaller: one pixel a block.</summary>
    public const int Shrink = 8;

    private const int LeastBlocks = 8;

    /// <summary>The plainest sign; null for none, and for what is no JPEG or too small to tell.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="header">What is known of it.</param>
    /// <param name="decoded">The picture, upright.</param>
    /// <param name="isPlain">Whether it was decoded without any objection.</param>
    /// <exception cref="UnusablePictureException">It can't be decoded.</exception>
    public static DamageSign? Find(ReadOnlySpan<byte> bytes, PictureHeader header, Picture decoded, bool isPlain)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(decoded);
        if (header.Format != PictureFormat.Jpeg || header.Width < LeastBlocks * Shrink || header.Height < LeastBlocks * Shrink)
            return null;
        if (!isPlain && HasLeftover(bytes, header))
            return DamageSign.Leftover;
        var (width, height) = header.IsTurned ? (decoded.Height, decoded.Width) : (decoded.Width, decoded.Height);
        if (width != header.Width / Shrink || height != header.Height / Shrink)
            decoded = PictureReader.Decode(bytes, new DecodeOptions { ShrinkTo = Math.Min(header.Width, header.Height) / (2 * Shrink) });

        // As stored: turned back.
        var blocks = decoded.Oriented(header.Orientation switch { 6 => 8, 8 => 6, var other => other });
        if (blocks.Width < LeastBlocks || blocks.Height < LeastBlocks || JpegFrame.Find(bytes) is not { } frame)
            return null;
        var (across, down) = (frame.Components.Max(c => c.Across), frame.Components.Max(c => c.Down));
        if (BlankRest.IsThere(blocks, across, down))
            return DamageSign.Blank;
        return BlockJump.IsThere(blocks, across, down) ? DamageSign.Jump : null;
    }

    // libjpeg warns of bytes that no block needed. It warns once only, so other strays go first.
    private static unsafe bool HasLeftover(ReadOnlySpan<byte> bytes, PictureHeader header)
    {
        if (header.Channels is not (1 or 3))
            return false;
        bytes = JpegStrays.Remove(bytes) is { } tidy ? tidy : bytes;
        var (width, height) = (header.Width / Shrink, header.Height / Shrink);
        var pixels = new byte[width * height * header.Channels];
        fixed (byte* from = bytes, to = pixels)
        {
            var status = NativeMethods.PlainJpeg(from, bytes.Length, Shrink, width, height, header.Channels, to);
            return status != (int)NativeStatus.Ok && !IsPadded(bytes);
        }
    }

    // Some cameras fill up what follows the last block.
    private static bool IsPadded(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]);
        if (end < 0 || PictureEnd.Find(bytes[..end]) is not { } found || found.Kept >= end)
            return false;
        var rest = bytes[found.Kept..end];
        return rest.IndexOfAnyExcept(rest[0]) < 0 && rest[0] is 0 or 0xFF;
    }
}
