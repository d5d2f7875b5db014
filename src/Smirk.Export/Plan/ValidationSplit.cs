using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Smirk.Export.Plan;

/// <summary>Which near-duplicate groups are for validation: decided by the group's name alone, so that a picture stays on its side when
/// others are added, and never has a near duplicate on the other.</summary>
internal static class ValidationSplit
{
    /// <summary>The groups in the validation part: about <paramref name="share"/> of them; at least one, and never all, where there are
    /// two.</summary>
    public static IReadOnlySet<string> Of(IEnumerable<string> groups, double share)
    {
        if (share <= 0)
            return new HashSet<string>();
        var drawn = groups.Distinct().Select(group => (Group: group, At: Draw(group))).OrderBy(g => g.At).ToList();
        var count = Math.Clamp(drawn.Count(g => g.At < share), Math.Min(1, drawn.Count / 2), Math.Max(0, drawn.Count - 1));
        return drawn.Take(count).Select(g => g.Group).ToHashSet();
    }

    // 0 to 1.
    private static double Draw(string group) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes("validation " + group))) / (double)ulong.MaxValue;
}
