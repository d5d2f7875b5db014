using System.Text;

namespace Smirk.Workspace.Tables;

/// <summary>Reads tables of text (RFC 4180): fields in quotes may hold separators, quotes and line breaks. The separator is a comma, a
/// semicolon or a tab, whichever the first line has most of.</summary>
public static class CsvFile
{
    /// <summary>The records of the text in order, without empty lines; a byte order mark is passed over.</summary>
    /// <exception cref="FormatException">A quoted field never ends.</exception>
    public static IEnumerable<IReadOnlyList<string>> Records(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Peek() == '\uFEFF')
            _ = text.Read();
        var separator = '\0';
        while (text.ReadLine() is { } line)
        {
            if (line.Length == 0)
                continue;
            if (separator == '\0')
                separator = new[] { ',', ';', '\t' }.MaxBy(c => Outside(line).Count(l => l == c));
            yield return Record(line, separator, text);
        }
    }

    // What isn't in quotes: of a line's parts every other one.
    private static string Outside(string line) => string.Concat(line.Split('"').Where((_, i) => i % 2 == 0));

    private static List<string> Record(string line, char separator, TextReader text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var at = 0; ; at++)
        {
            if (at >= line.Length)
            {
                if (!quoted)
                    break;
                line = text.ReadLine() ?? throw new FormatException("a quoted field never ends");
                field.Append('\n');
                at = -1;
                continue;
            }

            var c = line[at];
            if (quoted && c == '"' && at + 1 < line.Length && line[at + 1] == '"')
            {
                field.Append('"');
                at++;
            }
            else if (c == '"' && (quoted || field.Length == 0))
            {
                quoted = !quoted;
            }
            else if (c == separator && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
