using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Data;

/// <summary>Some pictures of a set, taken out a few at a time: a pack of gigabytes isn't copied to tell those trained on from those held
/// out.</summary>
/// <param name="All">uint8 [N, C, S, S]; stays its owner's.</param>
/// <param name="Rows">Which of them, in order; null for all.</param>
public sealed record PictureRows(Tensor All, IReadOnlyList<int>? Rows = null)
{
    // A hundred pictures of 128 pixels are 20 MB of numbers in three channels; whoever looks at them makes some copies.
    private const int MostAtATime = 100;
    private const int PixelsAtATime = MostAtATime * 128 * 128;

    /// <summary>Number of pictures.</summary>
    public int Count => Rows?.Count ?? (int)All.Shape[0];

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int Channels => (int)All.Shape[1];

    /// <summary>Edge in pixels.</summary>
    public int Size => (int)All.Shape[2];

    /// <summary>All pictures of a tensor.</summary>
    public static implicit operator PictureRows(Tensor pictures) => new(pictures);

    /// <summary><paramref name="count"/> pictures from place <paramref name="from"/> on, [count, C, S, S].</summary>
    public Tensor Take(int from, int count) =>
        Rows is null ? All.Narrow(0, from, count)
            : All.IndexSelect(0, Tensor.FromArray([.. Enumerable.Range(from, count).Select(place => (long)Rows[place])]));

    /// <summary>The pictures at <paramref name="places"/>, [n, C, S, S].</summary>
    public Tensor Pick(long[] places) =>
        All.IndexSelect(0, Tensor.FromArray(Rows is null ? places : Array.ConvertAll(places, place => (long)Rows[(int)place])));

    /// <summary>At most <paramref name="most"/> of them, chosen at random, in order.</summary>
    public PictureRows Sample(int most, ulong seed)
    {
        if (Count <= most)
            return this;
        int[] places = [.. Enumerable.Range(0, Count)];
        new Random((int)Seed.Derive(seed, "sample of pictures")).Shuffle(places);
        return new PictureRows(All, [.. places.Take(most).Order().Select(place => Rows?[place] ?? place)]);
    }

    /// <summary>How many of them to turn into numbers at a time, so that memory stays flat: 100, fewer of more than 128 pixels.</summary>
    public int AtATime => Math.Clamp(PixelsAtATime / (Size * Size), 1, MostAtATime);

    /// <summary>Where parts of at most <see cref="AtATime"/> pictures begin, and how many they hold.</summary>
    public IEnumerable<(int From, int Count)> Parts() => Parts(AtATime);

    /// <summary>Where parts of at most <paramref name="atATime"/> pictures begin, and how many they hold.</summary>
    public IEnumerable<(int From, int Count)> Parts(int atATime)
    {
        for (var from = 0; from < Count; from += atATime)
            yield return (from, Math.Min(atATime, Count - from));
    }
}
