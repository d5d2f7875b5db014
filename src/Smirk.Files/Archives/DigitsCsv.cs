using System.Globalization;

namespace Smirk.Files.Archives;

/// <summary>Digits as a table, as Kaggle and others hand MNIST out: a line a picture, its label and then its grey values, with or without
/// a head. Pictures are square, padded to 32 pixels, and lie in folders named by their labels.</summary>
/// <param name="path">The file.</param>
internal sealed class DigitsCsv(string path) : Archive
{
    // Fewer values are a table about something else.
    private const int FewestValues = 64;
    private const int SmallestSide = 32;

    // 256 × 256 values of three digits.
    private const int LongestLine = 300_000;

    /// <summary>Whether a file begins like one: with many numbers, or the names that such tables give their columns.</summary>
    public static bool IsOne(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("label,pixel0,pixel1,"u8) || head.StartsWith("label,1x1,1x2,"u8) || head.StartsWith("label,pixel1,pixel2,"u8))
            return true;
        return head.Length > 200 && !head.ContainsAnyExcept("0123456789,"u8) && head.Count((byte)',') > FewestValues;
    }

    /// <inheritdoc/>
    public override IEnumerable<ArchiveMember> Members(
        ArchiveLimits limits, Action<long>? unpacked = null, CancellationToken cancel = default)
    {
        using var file = ArchiveKinds.OpenFile(path, out var gone);
        if (file is null)
        {
            yield return gone!;
            yield break;
        }

        using var text = new StreamReader(file);
        var modified = File.GetLastWriteTimeUtc(path).Ticks;
        var number = 0;
        while (ReadLine(text) is { } line)
        {
            cancel.ThrowIfCancellationRequested();
            if (line.Length == 0 || (number == 0 && line.StartsWith("label", StringComparison.Ordinal)))
                continue;
            if (number >= limits.MaxMembers)
            {
                yield return Told(ArchiveFault.TooLarge, $"too large: more than {limits.MaxMembers} pictures");
                yield break;
            }

            if (Read(line) is not var (label, pixels, side))
            {
                yield return Told(ArchiveFault.Damaged,
                    $"damaged: line {number + 1} isn't a label and the values of a square picture, 0 to 255");
                yield break;
            }

            var png = GreyPng.Encode(pixels, side, side, SmallestSide);
            var name = $"{label}/{number.ToString("00000", CultureInfo.InvariantCulture)}.png";
            yield return new ArchiveMember(name, png.Length, modified, null, () => png);
            number++;
            unpacked?.Invoke(number * (long)pixels.Length);
        }
    }

    // Never more of a line than a picture can have.
    private static string? ReadLine(StreamReader text)
    {
        var line = new System.Text.StringBuilder();
        for (int c; (c = text.Read()) >= 0;)
        {
            if (c == '\n')
                return line.ToString();
            if (c != '\r' && line.Length < LongestLine)
                line.Append((char)c);
        }

        return line.Length > 0 ? line.ToString() : null;
    }

    private static (int Label, byte[] Pixels, int Side)? Read(string line)
    {
        string[] values = line.Split(',');
        var side = (int)Math.Sqrt(values.Length - 1);
        if (side * side != values.Length - 1 || side == 0 || !int.TryParse(values[0], CultureInfo.InvariantCulture, out var label)
            || label < 0)
            return null;
        var pixels = new byte[side * side];
        for (var i = 0; i < pixels.Length; i++)
        {
            if (!byte.TryParse(values[i + 1], CultureInfo.InvariantCulture, out pixels[i]))
                return null;
        }

        return (label, pixels, side);
    }

    private static ArchiveDamage Told(ArchiveFault fault, string words) => new(new ArchiveRefusal(fault, words));
}
