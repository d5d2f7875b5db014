using System.Buffers.Binary;
using System.Text;
using static Smirk.Files.Tests.Strip.PlantedBoxes;

namespace Smirk.Files.Tests.Strip;

/// <summary>A movie whose samples are known: tracks of any kind, their chunks taking turns in the file, metadata wherever there is
/// room.</summary>
internal sealed record PlantedMovie
{
    public string Brand { get; init; } = "isom";

    public bool IndexFirst { get; init; }

    public bool LongPlaces { get; init; }

    /// <summary>Boxes at the end of moov.</summary>
    public byte[] InMovie { get; init; } = [];

    /// <summary>Boxes between ftyp and the rest.</summary>
    public byte[] Before { get; init; } = [];

    /// <summary>What follows the last box.</summary>
    public byte[] After { get; init; } = [];

    /// <summary>Kind and samples of each track; two samples a chunk.</summary>
    public IReadOnlyList<(string Kind, byte[][] Samples)> Tracks { get; init; } =
        [("vide", Samples('v', 7)), ("soun", Samples('s', 5))];

    public static byte[][] Samples(char letter, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Encoding.ASCII.GetBytes(new string(letter, 3 + (i * 7 % 11)) + i))];

    public byte[] Make()
    {
        var start = Box("ftyp", Encoding.ASCII.GetBytes(Brand), U32(0), Encoding.ASCII.GetBytes(Brand));
        var (data, chunks) = Interleave();
        var media = Box("mdat", data);
        var index = Index(chunks, 0).Length;
        var dataAt = start.Length + Before.Length + (IndexFirst ? index : 0) + 8;
        var movie = Index(chunks, dataAt);
        return IndexFirst ? [.. start, .. Before, .. movie, .. media, .. After] : [.. start, .. Before, .. media, .. movie, .. After];
    }

    /// <summary>Kind and samples of each track of a finished file, read by its own tables.</summary>
    public static List<(string Kind, string Samples)> Read(byte[] file)
    {
        var found = new List<(string, string)>();
        foreach (var (_, track, _) in PlantedBoxes.Read(Find(file, "moov")!).Where(b => b.Type == "trak"))
        {
            var kind = Encoding.ASCII.GetString(Find(track, "mdia/hdlr")!, 8, 4);
            var table = Find(track, "mdia/minf/stbl")!;
            var (sizes, runs) = (Find(table, "stsz")!, Find(table, "stsc")!);
            var (places, width) = Find(table, "co64") is { } large ? (large, 8) : (Find(table, "stco")!, 4);
            var perChunk = Number(runs, 12, 4);
            var samples = new List<string>();
            var next = 0;
            for (var chunk = 0; chunk < Number(places, 4, 4); chunk++)
            {
                var at = Number(places, 8 + (chunk * width), width);
                for (var i = 0; i < perChunk && next < Number(sizes, 8, 4); i++, next++)
                {
                    var length = Number(sizes, 12 + (next * 4), 4);
                    samples.Add(Encoding.ASCII.GetString(file, at, length));
                    at += length;
                }
            }

            found.Add((kind, string.Join(' ', samples)));
        }

        return found;

        static int Number(byte[] bytes, int at, int width) => (int)(width == 8 ? BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at))
            : BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)));
    }

    private (byte[] Data, List<(int Track, int At)> Chunks) Interleave()
    {
        var (data, chunks) = (new List<byte>(), new List<(int, int)>());
        for (var chunk = 0; Tracks.Any(t => t.Samples.Length > chunk * 2); chunk++)
        {
            for (var track = 0; track < Tracks.Count; track++)
            {
                var samples = Tracks[track].Samples.Skip(chunk * 2).Take(2).ToList();
                if (samples.Count == 0)
                    continue;
                chunks.Add((track, data.Count));
                samples.ForEach(data.AddRange);
            }
        }

        return ([.. data], chunks);
    }

    private byte[] Index(List<(int Track, int At)> chunks, int dataAt) => Box("moov",
    [
        Full("mvhd", 0, 0, U32(3_000_000_000), U32(3_000_000_001), U32(1000), U32(1000), new byte[80]),
        .. Tracks.Select((t, i) => Track(i, t.Kind, t.Samples, [.. chunks.Where(c => c.Track == i).Select(c => c.At + dataAt)])),
        InMovie,
    ]);

    private byte[] Track(int number, string kind, byte[][] samples, int[] places)
    {
        var entry = Box(kind == "vide" ? "avc1" : kind == "soun" ? "mp4a" : kind, new byte[12], "ABCD"u8.ToArray(), new byte[26],
            [.. kind == "vide" ? Planted.Canary : [], .. new byte[32]]);
        var table = Box("stbl",
            Full("stsd", 0, 0, U32(1), entry),
            Full("stts", 0, 0, U32(1), U32(samples.Length), U32(10)),
            Full("stsc", 0, 0, U32(1), U32(1), U32(2), U32(1)),
            Full("stsz", 0, 0, U32(0), U32(samples.Length), [.. samples.SelectMany(s => U32(s.Length))]),
            Full(LongPlaces ? "co64" : "stco", 0, 0, U32(places.Length),
                [.. places.SelectMany(p => LongPlaces ? [.. U32(0), .. U32(p)] : U32(p))]));
        return Box("trak",
            Full("tkhd", 0, 7, U32(3_000_000_000), U32(3_000_000_001), U32(number + 1), new byte[68]),
            Box("tref", Box("cdsc", U32(1), U32(3))),
            Box("mdia",
                Full("mdhd", 0, 0, U32(3_000_000_000), U32(3_000_000_001), U32(1000), U32(1000), new byte[4]),
                Full("hdlr", 0, 0, U32(0), Encoding.ASCII.GetBytes(kind), new byte[12], Planted.Canary, [0]),
                Box("minf", Full("vmhd", 0, 1, new byte[8]), Box("dinf", Full("dref", 0, 0, U32(1), Full("url ", 0, 1))), table)),
            Box("udta", Box("name", Planted.Canary)));
    }
}
