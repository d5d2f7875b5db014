using Smirk.Files.Strip.Boxes;

namespace Smirk.Files.Strip.Movie;

/// <summary>How samples are coded (stsd). Its entries have fields in which encoders sign.</summary>
internal static class SampleDescription
{
    // Within an entry: after its header, reserved bytes, the data reference, version and revision.
    private const int VendorAt = 20;
    private const int NameAt = 50;
    private const int NameLength = 32;

    /// <summary>The box without signatures; not a bit of what decoders read is another.</summary>
    /// <param name="box">All of it.</param>
    /// <param name="kind">What the track is for.</param>
    /// <param name="removed">Told of signatures.</param>
    public static byte[] Unsigned(ReadOnlySpan<byte> box, uint kind, List<(string Name, long Bytes)> removed)
    {
        var copy = box.ToArray();
        var video = kind == Box.TypeOf("vide"u8);
        if (!video && kind != Box.TypeOf("soun"u8))
            return copy;
        var gone = 0;
        foreach (var entry in BoxReader.Read(box, 16))
        {
            var at = (int)entry.Offset;
            gone += Clear(copy, at + VendorAt, 4, at + entry.Length);
            if (video)
                gone += Clear(copy, at + NameAt, NameLength, at + entry.Length);
        }

        if (gone > 0)
            removed.Add(("encoder names", gone));
        return copy;
    }

    private static int Clear(byte[] bytes, int at, int length, long end)
    {
        if (at + length > end || bytes.AsSpan(at, length).IndexOfAnyExcept((byte)0) < 0)
            return 0;
        bytes.AsSpan(at, length).Clear();
        return length;
    }
}
