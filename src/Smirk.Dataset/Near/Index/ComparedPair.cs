using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Smirk.Dataset.Near.Verify;

namespace Smirk.Dataset.Near.Index;

/// <summary>Two pictures that were compared, and how. Pictures with the same pixels give the same answer.</summary>
/// <param name="Member">Pixels of the one that may be a copy.</param>
/// <param name="Keeper">Pixels of the other.</param>
/// <param name="Question">How they were laid on each other.</param>
internal readonly record struct ComparedPair(UInt128 Member, UInt128 Keeper, PairQuestion Question);

/// <summary>How two pictures were laid on each other.</summary>
/// <param name="Code">0 whichever way round fits, 1 straight, 2 mirrored; anything else stands for one placement.</param>
internal readonly record struct PairQuestion(long Code)
{
    /// <summary>Looked for by keypoints.</summary>
    public static PairQuestion Of(bool? mirrored) => new(mirrored is null ? 0 : mirrored.Value ? 2 : 1);

    /// <summary>Laid as another pair says.</summary>
    public static PairQuestion Of(in Placement placement)
    {
        Span<double> numbers = stackalloc double[12];
        placement.Map.CopyTo(numbers);
        (numbers[9], numbers[10], numbers[11]) = (placement.Mirrored ? 1 : 0, placement.From, placement.To);
        var digest = SHA256.HashData(MemoryMarshal.AsBytes(numbers));
        return new(BinaryPrimitives.ReadInt64LittleEndian(digest) | long.MinValue);
    }
}

/// <summary>Two pictures that a search found worth comparing.</summary>
/// <param name="Self">Pixels of the one that was asked about.</param>
/// <param name="Other">Pixels of the other.</param>
/// <param name="Evidence">Keypoints that agree, or what stands for them.</param>
/// <param name="Mirrored">Whether they agree mirrored; null when hashes found the pair.</param>
internal readonly record struct FoundCandidate(UInt128 Self, UInt128 Other, int Evidence, bool? Mirrored);
