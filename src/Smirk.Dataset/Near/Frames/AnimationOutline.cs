using Smirk.Dataset.Near.Detail;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Reading.Frames;

namespace Smirk.Dataset.Near.Frames;

/// <summary>One frame of an animation, small.</summary>
/// <param name="Number">Its place in the file, from 0.</param>
/// <param name="Start">When it appears, as a share of the whole, 0–1.</param>
/// <param name="Picture">What it shows.</param>
internal sealed record OutlinedFrame(int Number, double Start, DetailPicture Picture);

/// <summary>All frames of an animation or pages of a file, small; a frame that is like the one before it is left out.</summary>
internal sealed class AnimationOutline
{
    private const int LongestSide = 96;

    // Longer ones would take minutes: they are equal to nothing but the same bytes.
    private const int MostFrames = 600;
    private const long MostPixels = 1_000_000_000;

    private AnimationOutline(List<OutlinedFrame> frames) => Frames = frames;

    /// <summary>At least one, in order.</summary>
    public IReadOnlyList<OutlinedFrame> Frames { get; }

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => Frames.Sum(f => f.Picture.Bytes);

    /// <summary>Decodes all frames; null for a still picture.</summary>
    /// <exception cref="UnusablePictureException">A frame can't be decoded, or there are too many.</exception>
    public static AnimationOutline? Of(byte[] bytes, CancellationToken cancel)
    {
        using var frames = PictureFrames.Open(bytes);
        if (frames is null)
            return null;
        if (frames.Count > MostFrames || frames.Count * PictureReader.ReadHeader(bytes).Pixels > MostPixels)
            throw new UnusablePictureException(PictureFault.TooLarge, $"{frames.Count} frames, at most {MostFrames} are compared");
        var outlined = new List<OutlinedFrame>();
        double all = frames.Delays.Sum(Shown), before = 0;
        for (var i = 0; i < frames.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var picture = DetailPicture.OfFrame(frames.Next(), LongestSide);
            if (outlined.Count == 0 || !picture.Planes.Pixels.AsSpan().SequenceEqual(outlined[^1].Picture.Planes.Pixels))
                outlined.Add(new OutlinedFrame(i, before / all, picture));
            before += Shown(frames.Delays[i]);
        }

        return new AnimationOutline(outlined);
    }

    /// <summary>The place of the frame that is shown at a share of the whole time.</summary>
    public int At(double time)
    {
        var place = 0;
        while (place + 1 < Frames.Count && Frames[place + 1].Start <= time)
            place++;
        return place;
    }

    /// <summary>The middle of the time that a frame is shown.</summary>
    public double MiddleOf(int place) => (Frames[place].Start + (place + 1 < Frames.Count ? Frames[place + 1].Start : 1)) / 2;

    // Browsers show what asks for no time at all for a tenth of a second.
    private static int Shown(int delay) => delay <= 10 ? 100 : delay;
}
