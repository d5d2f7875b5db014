namespace Smirk.Dataset.Near.Detail;

/// <summary>How far two pictures' luminance is apart at each pixel, neighbours within a pixel forgiven, and how much structure both share
/// there.</summary>
internal static class LumaResidual
{
    /// <summary>Distance a pixel, 0–255: the first picture's level from the nearest level around the same place of the second, or the other
    /// way round, whichever is further.
    /// A line that lies a pixel off costs nothing; a line that only one of the two has costs all of its contrast.</summary>
    public static byte[] Of(byte[] a, byte[] b, int width, int height)
    {
        var (lowA, highA) = (Spread(a, width, height, 1, least: true), Spread(a, width, height, 1, least: false));
        var (lowB, highB) = (Spread(b, width, height, 1, least: true), Spread(b, width, height, 1, least: false));
        var result = new byte[a.Length];
        for (var i = 0; i < result.Length; i++)
        {
            if (lowA[i] == 0 || lowB[i] == 0)
                continue;
            // Between the least and the greatest level around it there is, in a picture without noise, a place with any level.
            var (fromB, fromA) = (Outside(a[i], lowB[i], highB[i]), Outside(b[i], lowA[i], highA[i]));
            result[i] = (byte)Math.Max(fromA, fromB);
        }

        return result;
    }

    /// <summary>Contrast around each pixel that both pictures have: the smaller of the two differences between the least and the greatest
    /// level within 2 pixels.</summary>
    public static byte[] Structure(byte[] a, byte[] b, int width, int height)
    {
        var (lowA, highA) = (Spread(a, width, height, 2, least: true), Spread(a, width, height, 2, least: false));
        var (lowB, highB) = (Spread(b, width, height, 2, least: true), Spread(b, width, height, 2, least: false));
        var result = new byte[a.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = (byte)Math.Min(highA[i] - lowA[i], highB[i] - lowB[i]);
        return result;
    }

    private static int Outside(int value, int low, int high) => value < low ? low - value : value > high ? value - high : 0;

    // The least or greatest level within so many pixels, each way: rows first, then columns.
    private static byte[] Spread(byte[] pixels, int width, int height, int reach, bool least)
    {
        var (along, all) = (new byte[pixels.Length], new byte[pixels.Length]);
        for (var y = 0; y < height; y++)
        {
            var row = pixels.AsSpan(y * width, width);
            var into = along.AsSpan(y * width, width);
            row.CopyTo(into);
            for (var shift = 1; shift <= Math.Min(reach, width - 1); shift++)
            {
                Narrow(into[shift..], row[..^shift]);
                Narrow(into[..^shift], row[shift..]);
            }
        }

        for (var y = 0; y < height; y++)
        {
            var into = all.AsSpan(y * width, width);
            along.AsSpan(y * width, width).CopyTo(into);
            for (var at = Math.Max(0, y - reach); at <= Math.Min(height - 1, y + reach); at++)
                Narrow(into, along.AsSpan(at * width, width));
        }

        return all;

        void Narrow(Span<byte> into, ReadOnlySpan<byte> other)
        {
            if (least)
                Rows.Min(into, other);
            else
                Rows.Max(into, other);
        }
    }
}
