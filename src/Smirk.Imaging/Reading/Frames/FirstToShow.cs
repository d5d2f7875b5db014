namespace Smirk.Imaging.Reading.Frames;

/// <summary>Which frame stands for an animation: the first, unless that is blank, as where a picture fades in.</summary>
internal static class FirstToShow
{
    // Mean distance of the samples from their mean, in levels, under which a frame shows nothing yet. A line drawing on white has several.
    private const double Blank = 1;

    // What hasn't shown anything by then is no picture that comes into view.
    private const int MostFrames = 200;

    /// <summary>Whether nearly all of the picture is of one colour.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> pixels, int channels) => Contrast(pixels, channels) < Blank;

    /// <summary>The frame that shows the most, as stored; null where none shows anything.</summary>
    public static Picture? Find(byte[] bytes, DecodeOptions options)
    {
        var (best, most) = ((Picture?)null, Blank);
        try
        {
            using var frames = PictureFrames.Open(bytes, options);
            if (frames is not null)
                Look(frames, ref best, ref most);
        }
        catch (UnusablePictureException)
        {
            // What comes before the damage can be looked at all the same.
        }

        return best;
    }

    private static void Look(PictureFrames frames, ref Picture? best, ref double most)
    {
        var (width, height) = (0, 0);
        for (var i = 0; i < Math.Min(frames.Count, MostFrames); i++)
        {
            var frame = frames.NextStored();
            if (i == 0)
                (width, height) = (frame.Width, frame.Height);
            if (frame.Width == width && frame.Height == height && Contrast(frame.Pixels, 3) is var contrast && contrast > most)
                (best, most) = (frame, contrast);
        }
    }

    private static double Contrast(ReadOnlySpan<byte> pixels, int channels)
    {
        // Every channel by itself: one colour may have three levels. Of large pictures a part of the rows' samples says enough.
        var step = Math.Max(1, pixels.Length / channels / 1_000_000) * channels;
        var most = 0.0;
        for (var channel = 0; channel < channels; channel++)
        {
            var (sum, count) = (0L, 0);
            for (var i = channel; i < pixels.Length; i += step)
            {
                sum += pixels[i];
                count++;
            }

            var (mean, apart) = ((double)sum / count, 0.0);
            for (var i = channel; i < pixels.Length; i += step)
                apart += Math.Abs(pixels[i] - mean);
            most = Math.Max(most, apart / count);
        }

        return most;
    }
}
