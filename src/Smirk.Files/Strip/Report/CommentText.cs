using System.Text;

namespace Smirk.Files.Strip.Report;

/// <summary>Text out of a picture, made fit for one line of a terminal.</summary>
internal static class CommentText
{
    private const int LongestShown = 200;

    /// <summary>The text; null when there is none in it.</summary>
    public static string? Of(EvidenceKind kind, ReadOnlySpan<byte> bytes)
    {
        if (kind == EvidenceKind.SubBlocks)
            bytes = Join(bytes);
        if (kind == EvidenceKind.KeywordAndText && bytes.IndexOf((byte)0) is > 0 and var end)
            return OneLine($"{Decode(bytes[..end])}: {Decode(bytes[(end + 1)..])}");
        return OneLine(Decode(bytes));
    }

    /// <summary>One line without control characters, cut where it is long; null when nothing is left.</summary>
    public static string? OneLine(string? text)
    {
        if (text is null)
            return null;
        var line = new StringBuilder();
        foreach (var letter in text)
        {
            // Format characters turn the direction of writing round.
            if (!char.IsControl(letter) && char.GetUnicodeCategory(letter) != System.Globalization.UnicodeCategory.Format)
                line.Append(letter);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
            if (line.Length > LongestShown)
                return $"{line.ToString(0, LongestShown)}…";
        }

        var result = line.ToString().Trim();
        return result.Length == 0 ? null : result;
    }

    private static string Decode(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    private static byte[] Join(ReadOnlySpan<byte> subBlocks)
    {
        using var text = new MemoryStream();
        while (subBlocks is [> 0 and var length, ..] && subBlocks.Length > length)
        {
            text.Write(subBlocks.Slice(1, length));
            subBlocks = subBlocks[(1 + length)..];
        }

        return text.ToArray();
    }
}
