namespace Smirk.Files.Strip.Jpeg;

/// <summary>Whether the segments that decoding needs are exactly as long as what they say is in them, so that nothing else hides there
/// (ITU-T T.81, B.2).</summary>
internal static class JpegTables
{
    /// <summary>True when it fits, and for segments that have no rule.</summary>
    public static bool Fit(byte marker, ReadOnlySpan<byte> parameters) => marker switch
    {
        JpegMarker.Dqt => FitQuantization(parameters),
        JpegMarker.Dht => FitHuffman(parameters),
        JpegMarker.Dac => parameters.Length % 2 == 0,
        JpegMarker.Dri or JpegMarker.Dnl => parameters.Length == 2,
        JpegMarker.Sos => parameters.Length >= 1 && parameters.Length == 4 + (2 * parameters[0]),
        _ when JpegMarker.IsFrame(marker) => parameters.Length >= 6 && parameters[5] > 0 && parameters.Length == 6 + (3 * parameters[5]),
        _ => true,
    };

    private static bool FitQuantization(ReadOnlySpan<byte> left)
    {
        while (left.Length > 0)
        {
            var table = 1 + ((left[0] >> 4) == 0 ? 64 : 128);
            if (table > left.Length)
                return false;
            left = left[table..];
        }

        return true;
    }

    private static bool FitHuffman(ReadOnlySpan<byte> left)
    {
        while (left.Length > 0)
        {
            if (left.Length < 17)
                return false;
            var table = 17;
            foreach (var codes in left[1..17])
                table += codes;
            if (table > left.Length)
                return false;
            left = left[table..];
        }

        return true;
    }
}
