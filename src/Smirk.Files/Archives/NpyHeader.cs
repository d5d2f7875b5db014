using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Smirk.Files.Archives;

/// <summary>How an array begins as NumPy writes it (NPY 1.0 to 3.0): its type and its shape; the values follow, row by row.</summary>
/// <param name="Type">NumPy's word for the type: "|u1" for bytes, "&lt;i8" for whole numbers.</param>
/// <param name="Shape">The dimensions.</param>
internal sealed partial record NpyHeader(string Type, long[] Shape)
{
    private const int Longest = 65_536;

    /// <summary>How many values there are.</summary>
    public long Count => Shape.Aggregate(1L, (product, n) => checked(product * n));

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is no such array, or its values go column by column.</exception>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        stream.ReadExactly(start);
        if (!start.StartsWith<byte>([0x93, .. "NUMPY"u8]))
            throw new InvalidDataException("an array doesn't begin as NumPy's do");
        Span<byte> number = stackalloc byte[4];
        number.Clear();
        stream.ReadExactly(number[..(start[6] == 1 ? 2 : 4)]);
        var length = BinaryPrimitives.ReadInt32LittleEndian(number);
        if (length is <= 0 or > Longest)
            throw new InvalidDataException($"an array's head has {length} bytes");
        var head = new byte[length];
        stream.ReadExactly(head);
        var text = Encoding.UTF8.GetString(head);
        if (TypePattern().Match(text) is not { Success: true } type || ShapePattern().Match(text) is not { Success: true } shape)
            throw new InvalidDataException("an array's head doesn't say its type and shape");
        if (text.Contains("'fortran_order': True", StringComparison.Ordinal))
            throw new InvalidDataException("an array's values go column by column; save it with numpy.ascontiguousarray");
        return new NpyHeader(type.Groups[1].Value, [.. shape.Groups[1].Value
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(n => long.Parse(n, CultureInfo.InvariantCulture))]);
    }

    [GeneratedRegex("'descr': *'([^']+)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'shape': *\(([0-9, ]*)\)")]
    private static partial Regex ShapePattern();
}
