using System.Globalization;

namespace Smirk.Dataset.Annotations;

/// <summary>YOLO's labels: a line a box, class, middle across, middle down, width, height, as shares of the picture.</summary>
internal static class YoloNotes
{
    /// <summary>The boxes; null where the text is something else, such as a caption.</summary>
    /// <param name="text">The file.</param>
    /// <param name="names">Names of the classes; those that are missing are told by their number.</param>
    public static List<NotedBox>? Read(string text, IReadOnlyList<string> names)
    {
        var boxes = new List<NotedBox>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 5 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var number) || number < 0)
                return null;
            var shares = new double[4];
            for (var i = 0; i < 4; i++)
            {
                if (!double.TryParse(parts[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out shares[i])
                    || shares[i] is not (>= 0 and <= 1))
                    return null;
            }

            boxes.Add(new NotedBox(shares[0] - (shares[2] / 2), shares[1] - (shares[3] / 2), shares[2], shares[3],
                number < names.Count ? names[number] : number.ToString(CultureInfo.InvariantCulture), IsShare: true));
        }

        return boxes;
    }

    /// <summary>Names of the classes in data.yaml ("names:" as a list or by number) or classes.txt (one a line).</summary>
    public static IReadOnlyList<string> Names(string file, string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (file.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
            return lines;
        var at = Array.FindIndex(lines, line => line.StartsWith("names:", StringComparison.Ordinal));
        if (at < 0)
            return [];
        if (lines[at]["names:".Length..].Trim() is ['[', .. var list, ']'])
            return [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Bare)];
        return [.. lines.Skip(at + 1).TakeWhile(line => line[0] == '-' || char.IsAsciiDigit(line[0]))
            .Select(line => Bare(line[(line[0] == '-' ? 1 : line.IndexOf(':') + 1)..]))];
    }

    private static string Bare(string text) => text.Trim().Trim('"', '\'');
}
