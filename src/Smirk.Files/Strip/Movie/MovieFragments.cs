using System.Buffers.Binary;
using Smirk.Files.Strip.Boxes;

namespace Smirk.Files.Strip.Movie;

/// <summary>Movies in fragments (moof), as streaming and some cameras write them: they are kept as they are, but for the places in the file
/// that they name.</summary>
internal static class MovieFragments
{
    /// <summary>Refuses what can't be taken out of fragments.</summary>
    public static void RefuseUnknown(List<Box> boxes, MovieWriter? movie)
    {
        if (movie?.Tracks.Find(t => !t.IsKept) is { } track)
            throw new UnstrippableException($"its {track.Name} lies in fragments among those of other tracks");
        var first = boxes.FindIndex(b => b.Name == "moof");
        if (boxes.Skip(first).FirstOrDefault(
            b => b.Name is not ("moof" or "mdat" or "mfra" or "styp" or "sidx" or "free" or "skip" or "prft")) is { } other)
            throw new UnstrippableException($"its {other.Name} box lies between fragments");
    }

    /// <summary>Corrects the places in a moof or mfra box.</summary>
    public static void Patch(Box box, byte[] bytes, Func<long, long> inFile)
    {
        foreach (var part in BoxReader.Read(bytes, box.HeaderLength))
        {
            if (part.Name is "udta" or "meta" or "uuid")
                throw new UnstrippableException($"its fragments hold metadata ({part.Name})");
            if (part.Name == "tfra")
                PatchTable(bytes, part, inFile);
            if (part.Name != "traf")
                continue;
            var inside = bytes.AsSpan((int)part.Content, (int)part.ContentLength);
            foreach (var header in BoxReader.Read(inside))
            {
                if (header.Name is "udta" or "meta" or "uuid")
                    throw new UnstrippableException($"its fragments hold metadata ({header.Name})");
                if (header.Name != "tfhd" || header.ContentLength < 16 || (inside[(int)header.Content + 3] & 1) == 0)
                    continue;
                var place = inside.Slice((int)header.Content + 8, 8);
                BinaryPrimitives.WriteInt64BigEndian(place, inFile(BinaryPrimitives.ReadInt64BigEndian(place)));
            }
        }
    }

    // Time and place of each fragment (ISO/IEC 14496-12, 8.8.10).
    private static void PatchTable(byte[] bytes, Box box, Func<long, long> inFile)
    {
        var content = bytes.AsSpan((int)box.Content, (int)box.ContentLength);
        var read = new BoxBytes(content);
        var size = read.Number(1) == 1 ? 8 : 4;
        read.Take(7);
        var lengths = (int)read.Number(4);
        var numbers = ((lengths >> 4) & 3) + ((lengths >> 2) & 3) + (lengths & 3) + 3;
        for (var left = read.Number(4); left > 0; left--)
        {
            read.Take(size);
            var at = content.Length - read.Left.Length;
            var place = inFile(read.Number(size));
            if (size == 4)
                BinaryPrimitives.WriteUInt32BigEndian(content[at..], (uint)MovieWriter.Short(place));
            else
                BinaryPrimitives.WriteInt64BigEndian(content[at..], place);
            read.Take(numbers);
        }
    }
}
