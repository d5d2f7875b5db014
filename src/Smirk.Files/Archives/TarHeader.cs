using System.Globalization;
using System.Text;

namespace Smirk.Files.Archives;

/// <summary>What the header blocks of a tar's member say (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar's manual, "Basic Tar
/// Format").</summary>
/// <param name="Name">In whatever encoding, most often UTF-8.</param>
/// <param name="Size">Bytes of data that follow.</param>
/// <param name="ModifiedTicks">Last change, ticks of 100 ns, as near as .NET's dates come to it.</param>
/// <param name="Type">The type flag.</param>
internal sealed record TarHeader(byte[] Name, long Size, long ModifiedTicks, char Type)
{
    /// <summary>Bytes of a header, and what data are filled up to.</summary>
    public const int BlockLength = 512;

    /// <summary>Whether it is a file with content.</summary>
    public bool IsFile => Type is '0' or '\0' or '7' && !IsFolder;

    /// <summary>Whether data follow: those of a link are elsewhere, whatever size it claims.</summary>
    public bool HasData => Type is not (>= '1' and <= '6');

    /// <summary>Whether it is a folder; the oldest archives mark it by a slash.</summary>
    public bool IsFolder => Type is '5' or 'D' || (Type is '0' or '\0' && Name is [.., (byte)'/']);

    /// <summary>Whether it describes another member, or the archive.</summary>
    public bool IsAboutOthers => Type is 'x' or 'X' or 'g' or 'L' or 'K' or 'V' or 'N';

    /// <summary>The header in a block; null where its check sum is wrong, so that it is none.</summary>
    public static TarHeader? Read(ReadOnlySpan<byte> block)
    {
        var (sum, signedSum) = (0L, 0L);
        for (var i = 0; i < BlockLength; i++)
        {
            var value = i is >= 148 and < 156 ? (byte)' ' : block[i];
            sum += value;
            signedSum += (sbyte)value;
        }

        // Some old programs added up signed bytes.
        var stored = Number(block.Slice(148, 8));
        if (stored is null || (stored != sum && stored != signedSum) || Number(block.Slice(124, 12)) is not { } size)
            return null;
        var name = Text(block[..100]);
        var prefix = block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(block.Slice(345, 155)) : [];
        if (prefix.Length > 0)
            name = [.. prefix, (byte)'/', .. name];
        return new TarHeader(name, size, Ticks(Number(block.Slice(136, 12)) ?? 0), (char)block[156]);
    }

    /// <summary>The header with what a pax record says about it: "length key=value" lines.</summary>
    public TarHeader With(ReadOnlySpan<byte> pax)
    {
        var header = this;
        while (pax.IndexOf((byte)' ') is > 0 and var space
            && int.TryParse(pax[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length > space + 1 && length <= pax.Length)
        {
            var line = pax[(space + 1)..(length - 1)];
            pax = pax[length..];
            if (line.IndexOf((byte)'=') is > 0 and var equals)
                header = header.With(Encoding.ASCII.GetString(line[..equals]), line[(equals + 1)..]);
        }

        return header;
    }

    /// <summary>Text up to the NUL that ends it.</summary>
    public static byte[] Text(ReadOnlySpan<byte> field) =>
        field.IndexOf((byte)0) is >= 0 and var end ? field[..end].ToArray() : field.ToArray();

    private TarHeader With(string key, ReadOnlySpan<byte> value)
    {
        var culture = CultureInfo.InvariantCulture;
        return key switch
        {
            "path" => this with { Name = value.ToArray() },
            "size" when long.TryParse(value, NumberStyles.None, culture, out var size) => this with { Size = size },
            "mtime" when decimal.TryParse(value, NumberStyles.Float, culture, out var time) => this with { ModifiedTicks = Ticks(time) },
            // The data are a map and pieces then.
            "GNU.sparse.major" or "GNU.sparse.map" or "GNU.sparse.size" => this with { Type = 'S' },
            _ => this,
        };
    }

    // Far dates are somebody's clock, and no reason to do without the picture.
    private static long Ticks(decimal seconds)
    {
        const long second = TimeSpan.TicksPerSecond;
        var epoch = DateTime.UnixEpoch.Ticks;
        return epoch + (long)(Math.Clamp(seconds, 0, (DateTime.MaxValue.Ticks - epoch) / second) * second);
    }

    // Octal digits among spaces and NULs; a large number is written in binary, with the highest bit set.
    private static long? Number(ReadOnlySpan<byte> field)
    {
        var value = 0L;
        if ((field[0] & 0x80) != 0)
        {
            // Nothing here is negative but dates, and those are cut off at 1970.
            if ((field[0] & 0x40) != 0)
                return 0;
            for (var i = field.Length - 8; i < field.Length; i++)
                value = (value << 8) | (i == 0 ? (byte)(field[0] & 0x7F) : field[i]);
            return value >= 0 ? value : null;
        }

        foreach (var digit in field.Trim((ReadOnlySpan<byte>)[(byte)' ', 0]))
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return null;
            value = (value << 3) | (long)(digit - '0');
        }

        return value;
    }
}
