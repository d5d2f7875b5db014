using System.Numerics;
using System.Runtime.Intrinsics.X86;
using Smirk.Imaging.Vision;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near.Candidates;

/// <summary>Which pictures share keypoints with another: an inverted index of binary descriptors. Each is filed four times, under 16 of its
/// bits each time,
/// with 32 others beside it, so that a bucket is sifted without looking anywhere else. 3 KB a picture.</summary>
/// <remarks>Adding and voting must not overlap in time; votes may run on all cores.</remarks>
internal sealed class FeatureIndex
{
    /// <summary>Keypoints of a picture that are filed, its strongest.</summary>
    public const int Filed = 96;

    private const int Tables = 4;

    // Copies differ in about 30 of 256 bits, so in 4 of 32; strangers in 16.
    private const int FarthestCheck = 6;

    private static readonly ulong[][] KeyMasks = new ulong[Tables][];
    private static readonly ulong[][] CheckMasks = new ulong[Tables][];

    private readonly Bucket[] _buckets = new Bucket[Tables << 16];

    static FeatureIndex()
    {
        // Any choice of bits does, as long as it never changes: 4 of each word for the key, 8 others for the check.
        var state = 0x9E3779B97F4A7C15UL;
        for (var table = 0; table < Tables; table++)
        {
            (KeyMasks[table], CheckMasks[table]) = (new ulong[LocalFeatures.Words], new ulong[LocalFeatures.Words]);
            for (var word = 0; word < LocalFeatures.Words; word++)
            {
                KeyMasks[table][word] = Choose(4, 0);
                CheckMasks[table][word] = Choose(8, KeyMasks[table][word]);
            }
        }

        ulong Choose(int bits, ulong taken)
        {
            var mask = 0UL;
            while (BitOperations.PopCount(mask) < bits)
            {
                state = (state * 6364136223846793005UL) + 1442695040888963407UL;
                mask |= (1UL << (int)(state >> 58)) & ~taken;
            }

            return mask;
        }
    }

    /// <summary>How many pictures are filed.</summary>
    public int Count { get; private set; }

    /// <summary>Files the descriptors of <paramref name="count"/> pictures under the next numbers, from <see cref="Count"/> on.</summary>
    /// <param name="count">How many pictures.</param>
    /// <param name="descriptorsOf">The descriptors of each, from 0 to <paramref name="count"/> - 1: four words a keypoint, the strongest
    /// first. Asked from several threads.</param>
    /// <param name="threads">Threads to use; at most one a table.</param>
    public void Add(int count, DescriptorsOf descriptorsOf, int threads)
    {
        AllCores.For(Tables, threads, CancellationToken.None, table => File(table, count, descriptorsOf));
        Count += count;
    }

    /// <summary>Adds to <paramref name="ballot"/> what each picture shares with these descriptors; what many share counts for
    /// less.</summary>
    public void Vote(ReadOnlySpan<ulong> descriptors, Ballot ballot)
    {
        var count = descriptors.Length / LocalFeatures.Words;
        for (var i = 0; i < count; i++)
        {
            var words = descriptors.Slice(i * LocalFeatures.Words, LocalFeatures.Words);
            ballot.BeginKeypoint();
            for (var table = 0; table < Tables; table++)
            {
                var check = Gather(words, CheckMasks[table]);
                foreach (var entry in _buckets[(table << 16) + (int)Gather(words, KeyMasks[table])].Entries)
                {
                    if (BitOperations.PopCount((uint)entry ^ check) <= FarthestCheck)
                        ballot.Mark((int)(entry >> 32));
                }
            }

            ballot.EndKeypoint();
        }
    }

    // A table at a time, and bucket sizes first: what is written to at once fits into the cache then, and no bucket grows again and again
    // (14 s for 100,000 pictures one by one, 2 s so).
    private void File(int table, int count, DescriptorsOf descriptorsOf)
    {
        var buckets = _buckets.AsSpan(table << 16, 1 << 16);
        var coming = new int[1 << 16];
        for (var picture = 0; picture < count; picture++)
        {
            var descriptors = Strongest(descriptorsOf(picture));
            for (var at = 0; at < descriptors.Length; at += LocalFeatures.Words)
                coming[Gather(descriptors[at..], KeyMasks[table])]++;
        }

        for (var key = 0; key < coming.Length; key++)
            buckets[key].Reserve(coming[key]);
        for (var picture = 0; picture < count; picture++)
        {
            var descriptors = Strongest(descriptorsOf(picture));
            for (var at = 0; at < descriptors.Length; at += LocalFeatures.Words)
                buckets[(int)Gather(descriptors[at..], KeyMasks[table])]
                    .Add((uint)(Count + picture), Gather(descriptors[at..], CheckMasks[table]));
        }
    }

    private static ReadOnlySpan<ulong> Strongest(ReadOnlySpan<ulong> descriptors) =>
        descriptors[..Math.Min(descriptors.Length, Filed * LocalFeatures.Words)];

    private static uint Gather(ReadOnlySpan<ulong> words, ulong[] masks)
    {
        var gathered = 0UL;
        for (var i = 0; i < masks.Length; i++)
            gathered = (gathered << BitOperations.PopCount(masks[i])) | Extract(words[i], masks[i]);
        return (uint)gathered;
    }

    private static ulong Extract(ulong word, ulong mask)
    {
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.ParallelBitExtract(word, mask);
        var (result, at) = (0UL, 0);
        for (; mask != 0; mask &= mask - 1)
            result |= ((word >> BitOperations.TrailingZeroCount(mask)) & 1) << at++;
        return result;
    }

    // Picture number in the high half, check bits in the low one.
    private struct Bucket
    {
        private ulong[]? _entries;
        private int _count;

        public readonly ReadOnlySpan<ulong> Entries => _entries.AsSpan(0, _count);

        // Grows by a quarter at least: gaps of half of everything would be the largest part of 100,000 pictures' memory.
        public void Reserve(int more)
        {
            if (_count + more > (_entries?.Length ?? 0))
                Array.Resize(ref _entries, Math.Max(_count + more, _count + (_count / 4)));
        }

        public void Add(uint id, uint check) => _entries![_count++] = ((ulong)id << 32) | check;
    }
}

/// <summary>A picture's descriptors, four words a keypoint.</summary>
internal delegate ReadOnlySpan<ulong> DescriptorsOf(int picture);
