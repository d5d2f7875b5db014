using System.Buffers.Binary;

namespace Smirk.Files.Strip.Jpeg.Parts;

/// <summary>The video of a Motion Photo without its metadata: place, device and times are overwritten with zeros where they stand, so that
/// nothing moves (ISO/IEC 14496-12). So are tracks that are neither picture nor sound.</summary>
internal static class MotionVideo
{
    private const int BoxHeader = 8;
    private const int MostDepth = 8;

    /// <summary>The cleaned video, as long as before; null where it can't be taken apart.</summary>
    public static byte[]? Clean(ReadOnlySpan<byte> video)
    {
        var bytes = video.ToArray();
        return CleanBoxes(bytes, 0, bytes.Length, 0) ? bytes : null;
    }

    private static bool CleanBoxes(byte[] bytes, int start, int end, int depth)
    {
        for (var at = start; at < end;)
        {
            if (!TryBox(bytes, at, end, out var box))
                return false;
            switch (box.Type)
            {
                case "ftyp" or "mdat":
                    break;
                case "trak" when !IsPictureOrSound(bytes, box):
                    if (!ClearSamples(bytes, box))
                        return false;
                    Free(bytes, box);
                    break;
                case "moov" or "trak" or "mdia" when depth < MostDepth:
                    if (!CleanBoxes(bytes, box.Content, box.End, depth + 1))
                        return false;
                    break;
                case "mvhd" or "tkhd" or "mdhd":
                    ClearTimes(bytes, box);
                    break;
                case "hdlr":
                    // After version, flags, and twenty bytes the handler's name tells the software.
                    bytes.AsSpan(Math.Min(box.End, box.Content + 24), Math.Max(0, box.End - box.Content - 24)).Clear();
                    break;
                case "minf" or "edts" or "tref" or "iods" or "mvex" or "moof" or "mfra" or "sidx" or "styp" or "vmhd" or "smhd":
                    break;
                default:
                    Free(bytes, box);
                    break;
            }

            at = box.End;
        }

        return true;
    }

    // A box that readers pass over, of the same size.
    private static void Free(byte[] bytes, Box box)
    {
        "free"u8.CopyTo(bytes.AsSpan(box.Start + 4));
        bytes.AsSpan(box.Content, box.End - box.Content).Clear();
    }

    // Version and flags, then creation and change.
    private static void ClearTimes(byte[] bytes, Box box)
    {
        var width = box.Content < box.End && bytes[box.Content] == 1 ? 16 : 8;
        if (box.Content + 4 + width <= box.End)
            bytes.AsSpan(box.Content + 4, width).Clear();
    }

    private static bool IsPictureOrSound(byte[] bytes, Box track) =>
        Find(bytes, track, "mdia", "hdlr") is { } handler && handler.Content + 12 <= handler.End
            && bytes.AsSpan(handler.Content + 8, 4) is var kind && (kind.SequenceEqual("vide"u8) || kind.SequenceEqual("soun"u8));

    // What a track holds lies in chunks all over the file: their places, how many samples are in each, and each sample's size.
    private static bool ClearSamples(byte[] bytes, Box track)
    {
        if (Find(bytes, track, "mdia", "minf", "stbl") is not { } tables || Find(bytes, tables, "stsz") is not { } sizes
            || Find(bytes, tables, "stsc") is not { } runs)
            return false;
        var wide = Find(bytes, tables, "co64");
        if ((wide ?? Find(bytes, tables, "stco")) is not { } places)
            return false;
        var (chunks, count) = (Number(bytes, places, 1), Number(bytes, sizes, 2));
        var (sample, run) = (0L, 0L);
        for (var chunk = 0L; chunk < chunks; chunk++)
        {
            while (run + 1 < Number(bytes, runs, 1) && Number(bytes, runs, 2 + (3 * (run + 1))) <= chunk + 1)
                run++;
            var at = wide is null ? Number(bytes, places, 2 + chunk)
                : (Number(bytes, places, 2 + (2 * chunk)) << 32) | Number(bytes, places, 3 + (2 * chunk));
            for (var i = 0L; i < Number(bytes, runs, 3 + (3 * run)) && sample < count; i++, sample++)
            {
                var size = Number(bytes, sizes, 1) is > 0 and var all ? all : Number(bytes, sizes, 3 + sample);
                if (at < 0 || size < 0 || at + size > bytes.Length)
                    return false;
                bytes.AsSpan((int)at, (int)size).Clear();
                at += size;
            }
        }

        return true;
    }

    // The 32-bit number at a place after the version and flags, which are place 0; −1 beyond the end.
    private static long Number(byte[] bytes, Box box, long place) => box.Content + (4 * (place + 1)) <= box.End
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan((int)(box.Content + (4 * place)))) : -1;

    private static Box? Find(byte[] bytes, Box parent, params string[] path)
    {
        var within = parent;
        foreach (var type in path)
        {
            Box? found = null;
            for (var at = within.Content; found is null && at < within.End && TryBox(bytes, at, within.End, out var box); at = box.End)
                found = box.Type == type ? box : null;
            if (found is not { } next)
                return null;
            within = next;
        }

        return within;
    }

    private static bool TryBox(byte[] bytes, int at, int end, out Box box)
    {
        box = default;
        if (at + BoxHeader > end)
            return false;
        long length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
        var header = BoxHeader;
        if (length == 1 && at + (2 * BoxHeader) <= end)
        {
            length = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at + BoxHeader));
            header = 2 * BoxHeader;
        }
        else if (length == 0)
        {
            length = end - at;
        }

        if (length < header || at + length > end)
            return false;
        box = new Box(at, at + header, (int)(at + length), System.Text.Encoding.Latin1.GetString(bytes, at + 4, 4));
        return true;
    }

    private readonly record struct Box(int Start, int Content, int End, string Type);
}
