using System.Buffers.Binary;

namespace Smirk.Files.Archives;

/// <summary>How an array of bytes begins as MNIST's authors write them (IDX): two zero bytes, the type (8: unsigned byte), the number of dimensions, each dimension as a big-endian 32-bit number. The values follow, row by row.</summary>
internal static class IdxHeader
{
    private const byte UnsignedByte = 8;
    private const int MostDimensions = 4;

    /// <summary>Whether a file's first four bytes, unpacked, are an IDX file's of unsigned bytes.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head is [0, 0, UnsignedByte, >= 1 and <= MostDimensions, ..];

    /// <summary>Reads the dimensions: [N, rows, columns] of pictures, [N] of labels.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or cut short.</exception>
    public static int[] ReadShape(Stream stream)
    {
        Span<byte> number = stackalloc byte[4];
        if (stream.ReadAtLeast(number, 4, throwOnEndOfStream: false) < 4 || !Begins(number))
            throw new InvalidDataException("it doesn't begin as an IDX file of unsigned bytes does: 0, 0, 8, number of dimensions");
        var shape = new int[number[3]];
        for (var i = 0; i < shape.Length; i++)
        {
            if (stream.ReadAtLeast(number, 4, throwOnEndOfStream: false) < 4)
                throw new InvalidDataException("it ends within its dimensions");
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(number);
            if (shape[i] < 0)
                throw new InvalidDataException($"dimension {i + 1} is {shape[i]}");
        }

        return shape;
    }
}
