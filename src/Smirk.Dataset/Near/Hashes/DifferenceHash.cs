using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Hashes;

/// <summary>dHash: 64 bits, one for each of 8×8 places saying whether it is darker than its right neighbour. Kept to compare with; the
/// stage doesn't rely on it.</summary>
public static class DifferenceHash
{
    /// <summary>The hash of one picture, row after row, first bit highest.</summary>
    public static ulong Hash(GreyPicture picture)
    {
        var small = picture.Resize(9, 8);
        var hash = 0UL;
        for (var y = 0; y < 8; y++)
        {
            for (var x = 0; x < 8; x++)
                hash = (hash << 1) | (small.Pixels[(y * 9) + x] < small.Pixels[(y * 9) + x + 1] ? 1UL : 0UL);
        }

        return hash;
    }
}
