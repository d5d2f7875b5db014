using System.Buffers.Binary;
using System.Text;
using Smirk.Drawing.Faces;

namespace Smirk.Drawing.Planting;

/// <summary>EXIF as a phone writes it, GPS included: what the strip stage has to find.</summary>
internal static class ExifBlock
{
    private const ushort Ascii = 2;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Rational = 5;

    /// <summary>A little-endian TIFF block with an owner's camera, time and place, all made up.</summary>
    public static byte[] Make(Random random)
    {
        var time = new DateTime(2019, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMinutes(random.Next(3_000_000));
        var camera = new List<Field>
        {
            new(0x010F, Ascii, Text(random.Pick("Smirkon", "Grinolta", "Leer Optics"))),
            new(0x0110, Ascii, Text($"SG-{random.Next(100, 1000)}")),
            new(0x0112, Short, [1, 0]),
            new(0x0131, Ascii, Text("smirkcam 2.1")),
            new(0x0132, Ascii, Text($"{time:yyyy:MM:dd HH:mm:ss}")),
            new(0x013B, Ascii, Text(random.Pick("A. Smirk", "B. Grin", "C. Leer"))),
        };
        var place = new List<Field>
        {
            new(0x0001, Ascii, Text(random.Pick("N", "S"))),
            new(0x0002, Rational, Degrees(random, 90)),
            new(0x0003, Ascii, Text(random.Pick("E", "W"))),
            new(0x0004, Rational, Degrees(random, 180)),
        };
        // The first directory, 8 bytes in, points to the second, which follows it.
        var placeAt = 8 + Directory([.. camera, new Field(0x8825, Long, new byte[4])], 8).Length;
        byte[] header = [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0];
        return [.. header, .. Directory([.. camera, new Field(0x8825, Long, BitConverter.GetBytes(placeAt))], 8),
            .. Directory(place, placeAt)];
    }

    private static byte[] Text(string text) => [.. Encoding.ASCII.GetBytes(text), 0];

    private static byte[] Degrees(Random random, int most) =>
        [.. UInt32(random.Next(most)), .. UInt32(1), .. UInt32(random.Next(60)), .. UInt32(1), .. UInt32(random.Next(6000)),
            .. UInt32(100)];

    // Values of up to 4 bytes stand in the entry, longer ones behind the directory.
    private static byte[] Directory(IReadOnlyList<Field> fields, int at)
    {
        var entries = new MemoryStream();
        var values = new MemoryStream();
        var valuesAt = at + 2 + (fields.Count * 12) + 4;
        entries.Write(UInt16((ushort)fields.Count));
        foreach (var field in fields)
        {
            entries.Write(UInt16(field.Tag));
            entries.Write(UInt16(field.Type));
            entries.Write(UInt32(field.Value.Length / field.UnitLength));
            if (field.Value.Length <= 4)
            {
                entries.Write([.. field.Value, .. new byte[4 - field.Value.Length]]);
                continue;
            }

            entries.Write(UInt32(valuesAt + (int)values.Length));
            values.Write(field.Value);
            if (values.Length % 2 != 0)
                values.WriteByte(0);
        }

        entries.Write(UInt32(0));
        return [.. entries.ToArray(), .. values.ToArray()];
    }

    private static byte[] UInt16(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] UInt32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private readonly record struct Field(ushort Tag, ushort Type, byte[] Value)
    {
        public int UnitLength => Type switch { Short => 2, Long => 4, Rational => 8, _ => 1 };
    }
}
