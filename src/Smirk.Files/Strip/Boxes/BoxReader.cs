using System.Buffers.Binary;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Boxes;

/// <summary>Takes a file, or the content of a box, apart into boxes.</summary>
internal static class BoxReader
{
    // A long movie in fragments of a second has tens of thousands.
    private const int MostBoxes = 500_000;

    // What is read into memory as a whole: tables of samples, never the samples.
    private const int MostContent = 256 << 20;

    // Those that hold what a file is about.
    private static readonly HashSet<string> Large = ["mdat", "moov", "meta", "moof", "jxlc", "jxlp"];

    /// <summary>The boxes of a file. What can't be one behind the last box is left over: the second value says where it begins.</summary>
    /// <exception cref="UnstrippableException">A box is cut short, or there are none.</exception>
    public static (List<Box> Boxes, long End) ReadFile(ByteSource source)
    {
        var boxes = new List<Box>();
        var at = 0L;
        while (at < source.Length)
        {
            if (source.Length - at < 8 || Read(source, at) is not { } box)
                break;
            if (box.End > source.Length)
            {
                // Junk that looks like a box's beginning is told from a box that is cut short by its type.
                if (!Large.Contains(box.Name))
                    break;
                throw new UnstrippableException(
                    $"cut short: its {box.Name} box at byte {at} has {box.Length} bytes, but the file ends at byte {source.Length}");
            }

            if (!IsLetters(box.Type))
                break;
            boxes.Add(box);
            if (boxes.Count > MostBoxes)
                throw new UnstrippableException($"more than {MostBoxes} boxes, which no real file has");
            at = box.End;
        }

        return (boxes, at);
    }

    /// <summary>The content of a box of the file, in memory.</summary>
    public static byte[] ContentOf(ByteSource source, Box box) => box.ContentLength <= MostContent
        ? source.Read(box.Content, (int)box.ContentLength).ToArray()
        : throw new UnstrippableException($"its {box.Name} box has {box.ContentLength} bytes, which no real file has");

    /// <summary>A box of the file with its header, in memory.</summary>
    public static byte[] WholeOf(ByteSource source, Box box) => box.Length <= MostContent
        ? source.Read(box.Offset, (int)box.Length).ToArray()
        : throw new UnstrippableException($"its {box.Name} box has {box.Length} bytes, which no real file has");

    /// <summary>The boxes in <paramref name="content"/> from <paramref name="from"/> on; offsets are within it.</summary>
    /// <exception cref="UnstrippableException">They don't fit into it.</exception>
    public static List<Box> Read(ReadOnlySpan<byte> content, int from = 0)
    {
        var boxes = new List<Box>();
        for (var at = from; at < content.Length;)
        {
            // QuickTime ends some lists of boxes with four zero bytes.
            if (content.Length - at < 8)
            {
                if (content[at..].IndexOfAnyExcept((byte)0) < 0)
                    break;
                throw new UnstrippableException($"{content.Length - at} bytes where a box is expected");
            }

            var length = (long)BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            var type = BinaryPrimitives.ReadUInt32BigEndian(content[(at + 4)..]);
            var header = 8;
            if (length == 1 && content.Length - at >= 16)
                (length, header) = ((long)BinaryPrimitives.ReadUInt64BigEndian(content[(at + 8)..]), 16);
            if (length == 0)
                length = content.Length - at;
            if (length < header || length > content.Length - at)
                throw new UnstrippableException($"its {Box.NameOf(type)} box of {length} bytes doesn't fit into what holds it");
            boxes.Add(new Box(type, at, header, length, false));
            if (boxes.Count > MostBoxes)
                throw new UnstrippableException($"more than {MostBoxes} boxes, which no real file has");
            at += (int)length;
        }

        return boxes;
    }

    private static Box? Read(ByteSource source, long at)
    {
        var head = source.Read(at, (int)Math.Min(16, source.Length - at));
        var length = (long)BinaryPrimitives.ReadUInt32BigEndian(head);
        var type = BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        if (length == 0)
            return new Box(type, at, 8, source.Length - at, true);
        if (length != 1)
            return length < 8 ? null : new Box(type, at, 8, length, false);
        if (head.Length < 16)
            return null;
        var large = BinaryPrimitives.ReadUInt64BigEndian(head[8..]);
        return large is < 16 or > long.MaxValue / 2 ? null : new Box(type, at, 16, (long)large, false);
    }

    private static bool IsLetters(uint type)
    {
        for (var shift = 0; shift < 32; shift += 8)
        {
            if ((byte)(type >> shift) is not ((>= 0x20 and <= 0x7E) or 0xA9))
                return false;
        }

        return true;
    }
}
