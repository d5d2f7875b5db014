using System.Buffers.Binary;
using System.Text;

namespace Smirk.Files.Strip.Boxes;

/// <summary>A box of an ISO base media file (ISO/IEC 14496-12, 4.2): length, type of four letters, content.</summary>
/// <param name="Type">The letters, as a big-endian number.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="HeaderLength">8, 16 with a long length, and 16 more for a uuid.</param>
/// <param name="Length">All of it, header included.</param>
/// <param name="IsOpen">Its length is told as 0: it reaches to the end of the file.</param>
internal sealed record Box(uint Type, long Offset, int HeaderLength, long Length, bool IsOpen)
{
    /// <summary>Where its content begins.</summary>
    public long Content => Offset + HeaderLength;

    /// <summary>Bytes of its content.</summary>
    public long ContentLength => Length - HeaderLength;

    /// <summary>Where the next one begins.</summary>
    public long End => Offset + Length;

    /// <summary>The type as a person reads it.</summary>
    public string Name => NameOf(Type);

    /// <summary>A type as a number.</summary>
    public static uint TypeOf(ReadOnlySpan<byte> letters) => BinaryPrimitives.ReadUInt32BigEndian(letters);

    /// <summary>A number as letters; what can't be shown as a dot.</summary>
    public static string NameOf(uint type)
    {
        Span<byte> letters = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(letters, type);
        foreach (ref var letter in letters)
        {
            if (letter is < 0x20 or > 0x7E)
                letter = letter == 0xA9 ? letter : (byte)'.';
        }

        return Encoding.Latin1.GetString(letters).Trim();
    }
}
