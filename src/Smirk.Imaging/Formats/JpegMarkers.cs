namespace Smirk.Imaging.Formats;

/// <summary>Finds markers in JPEG files (ITU T.81, B.1).</summary>
internal static class JpegMarkers
{
    /// <summary>Where the first marker from <paramref name="at"/> on begins, fill bytes passed over; at or behind the last byte where there
    /// is none.</summary>
    public static int Next(ReadOnlySpan<byte> jpeg, int at)
    {
        while (at + 1 < jpeg.Length && (jpeg[at] != 0xFF || jpeg[at + 1] is 0 or 0xFF))
            at++;
        return at;
    }

    /// <summary>Where coded data that begin at <paramref name="at"/> end: at the next marker that isn't a restart; the file's length where
    /// there is none.</summary>
    public static int ScanEnd(ReadOnlySpan<byte> jpeg, int at)
    {
        while (at + 1 < jpeg.Length)
        {
            var next = jpeg[at..].IndexOf((byte)0xFF);
            if (next < 0)
                return jpeg.Length;
            at += next;
            if (at + 1 < jpeg.Length && jpeg[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
                return at;
            at++;
        }

        return jpeg.Length;
    }
}
