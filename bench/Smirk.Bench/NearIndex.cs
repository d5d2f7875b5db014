using System.Globalization;
using Smirk.Dataset.Near.Candidates;
using Smirk.Dataset.Near.Hashes;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Vision;

namespace Smirk.Bench;

/// <summary>How the indexes grow: synthetic pictures made of real keypoints (so that bits hang together as they do), each with some bits
/// flipped.</summary>
internal static class NearIndex
{
    private const int FlippedBits = 40;
    private const int Queries = 200;

    public static int Run(string[] args)
    {
        var pool = Pool(args[0]);
        Console.WriteLine("CPU time   file ms   file hash ms   keypoint query ms   hash scan us   hash index us   index MB");
        Measure(3_000, pool); // until all code is compiled as it stays
        foreach (var count in new[] { 10_000, 30_000, 100_000 })
            Measure(count, pool);
        return 0;
    }

    private static void Measure(int count, ulong[][] pool)
    {
        var random = new Random(count);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (features, hashes) = (new FeatureIndex(), new HashIndex());
        var pictures = new ulong[count][];
        for (var i = 0; i < count; i++)
            Fill(pictures[i] = new ulong[FeatureIndex.Filed * LocalFeatures.Words], pool, random);
        var began = Environment.CpuUsage.TotalTime;
        features.Add(count, i => pictures[i], 1);
        var filing = Environment.CpuUsage.TotalTime - began;
        for (var i = 0; i < count; i++)
            hashes.Add(AnyHash(random));
        var hashing = Environment.CpuUsage.TotalTime - began - filing;
        pictures = [];
        var (file, hash) = (filing.TotalMilliseconds / count, hashing.TotalMilliseconds / count);
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) >> 20;
        var query = new ulong[400 * LocalFeatures.Words];
        var ballot = new Ballot();
        var votes = Time(() =>
        {
            Fill(query, pool, random);
            ballot.Clear(features.Count);
            features.Vote(query, ballot);
            _ = ballot.Top(16, 2).Count();
        });
        List<int> found = [];
        var scan = Time(() => hashes.Scan(AnyHash(random), HashIndex.LargestRadius, found));
        var lookup = Time(() => hashes.Search(AnyHash(random), HashIndex.LargestRadius, found));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count,8} {file,9:F3} {hash,14:F3} {votes,19:F2} {scan * 1000,14:F0} {lookup * 1000,15:F0} {memory,10}"));
        GC.KeepAlive(features);
    }

    private static double Time(Action query)
    {
        query();
        var began = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Queries; i++)
            query();
        return (Environment.CpuUsage.TotalTime - began).TotalMilliseconds / Queries;
    }

    private static Hash256 AnyHash(Random random) =>
        new((ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64());

    private static void Fill(ulong[] picture, ulong[][] pool, Random random)
    {
        for (var at = 0; at < picture.Length; at += LocalFeatures.Words)
        {
            pool[random.Next(pool.Length)].CopyTo(picture, at);
            for (var bit = 0; bit < FlippedBits; bit++)
                picture[at + random.Next(LocalFeatures.Words)] ^= 1UL << random.Next(64);
        }
    }

    private static ulong[][] Pool(string folder)
    {
        var pool = new List<ulong[]>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(300))
        {
            try
            {
                var picture = PictureReader.DecodeFile(path);
                var features =
                    LocalFeatures.Detect(GreyPicture.FromRgb(picture.Width, picture.Height, picture.Pixels).Resize(256, 256), 400, 7);
                pool.AddRange(features.Descriptors.Chunk(LocalFeatures.Words));
            }
            catch (UnusablePictureException)
            {
                // Junk has no keypoints.
            }
        }

        return [.. pool];
    }
}
