using Smirk.Workspace.Catalog;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Tables;

namespace Smirk.Export.Plan;

/// <summary>What is written beside each picture: trigger, prefix, then what its source or the person said.</summary>
internal sealed class Captions
{
    // ^_^ and >_< are no two words.
    private const int ShortestWord = 4;

    private readonly string _first;
    private readonly bool _fromSidecars;
    private readonly NamedTexts? _texts;

    /// <summary>Reads the file of captions, where one was named.</summary>
    /// <exception cref="Workspace.Errors.UsageException">It isn't there, or holds none.</exception>
    public Captions(ExportOptions options)
    {
        _first = string.Join(", ", new[] { options.Trigger?.Trim(), options.Prefix?.Trim().Trim(',').Trim() }
            .Where(word => word is { Length: > 0 }));
        _fromSidecars = options.Captions == "sidecar";
        _texts = options.Captions is "sidecar" or "none" ? null : NamedTexts.Read(options.Captions, "text", "caption", "prompt", "tags");
    }

    /// <summary>Words at the beginning that a trainer which shuffles tags must leave where they are.</summary>
    public int FirstWords => _first.Length == 0 ? 0 : _first.Split(',').Length;

    /// <summary>The picture's caption; null for none.</summary>
    public string? Of(PackRow row)
    {
        var text = _texts?.Of(row) ?? (_fromSidecars ? row.Fields?.GetValueOrDefault(NoteTable.Text) : null);
        var tidy = text is null ? "" : Tidy(text);
        if (tidy.Length == 0)
            return _first.Length > 0 ? _first : null;

        // An export that is exported once more has them already.
        return _first.Length == 0 || tidy == _first || tidy.StartsWith(_first + ", ", StringComparison.Ordinal) ? tidy
            : $"{_first}, {tidy}";
    }

    /// <summary>A caption on one line. Tags as boorus have them, a line each or separated by blanks with underscores for blanks, become
    /// tags with commas and blanks, as trainers take them.</summary>
    public static string Tidy(string text)
    {
        string[] lines = [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        if (lines.Length == 0)
            return "";
        if (lines.Length > 1 && lines.All(line => !line.Contains(' ') && !line.Contains(',')))
            return string.Join(", ", lines.Select(Tag));
        var line = string.Join(' ', lines);
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!line.Contains(',') && words.Any(IsTag))
            return string.Join(", ", words.Select(Tag));
        return line.Contains(',')
            ? string.Join(", ", line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(part => part.Contains(' ') ? part : Tag(part)))
            : string.Join(' ', words);
    }

    private static bool IsTag(string word) => word.Length >= ShortestWord && word.AsSpan(1, word.Length - 2).Contains('_');

    private static string Tag(string word) => word.Length >= ShortestWord ? word.Replace('_', ' ').Trim() : word;
}
