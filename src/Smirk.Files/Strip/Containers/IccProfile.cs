using System.Buffers.Binary;

namespace Smirk.Files.Strip.Containers;

/// <summary>The little that has to be known of a colour profile (ICC.1:2022, 7.2): whether it is one, and where it ends.</summary>
internal static class IccProfile
{
    /// <summary>The length of a profile's header, the least that can be one.</summary>
    public const int HeaderLength = 128;

    /// <summary>
    /// How many of <paramref name="present"/> bytes belong to the profile that begins with <paramref name="head"/>; null when it isn't a
    /// profile, which no decoder uses.
    /// A profile that claims more than is there is kept whole: Little CMS reads it all the same.
    /// </summary>
    public static long? Length(ReadOnlySpan<byte> head, long present)
    {
        if (present < HeaderLength || head.Length < HeaderLength || !head.Slice(36, 4).SequenceEqual("acsp"u8))
            return null;
        var declared = BinaryPrimitives.ReadUInt32BigEndian(head);
        return declared < HeaderLength ? null : Math.Min(declared, present);
    }
}
