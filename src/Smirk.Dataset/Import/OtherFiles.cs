using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Import;

/// <summary>Files of a known kind that lie among pictures and aren't named like one: texts, sidecars, videos, archives. They are counted,
/// and nobody is warned of them.</summary>
internal static class OtherFiles
{
    private const string Start = "no picture: this is ";

    /// <summary>The kind of a refused file, such as "a JSON text"; null where the person has to hear of it.</summary>
    public static string? KindOf(string path, Reason refusal)
    {
        if (refusal.Code != Code.Of(PictureFault.NoPicture) || refusal.Text is not { } text
            || !text.StartsWith(Start, StringComparison.Ordinal) || PictureExtension.IsOf(path))
            return null;
        var kind = text[Start.Length..];
        var end = kind.IndexOf(';');
        kind = end < 0 ? kind : kind[..end];

        // What is packed may hold pictures, and those aren't taken.
        var isPacked = kind.EndsWith("archive", StringComparison.Ordinal) || kind.Contains("packed", StringComparison.Ordinal);
        return FormatSniffer.IsKnownKind(kind) && !isPacked ? kind : null;
    }

    /// <summary>One line for all of them.</summary>
    public static string Sentence(IReadOnlyDictionary<string, long> kinds) =>
        $"{Counted.Of(kinds.Values.Sum(), "file")} aren't pictures and were left out: "
            + string.Join(", ", kinds.OrderByDescending(k => k.Value).Select(k => $"{k.Value:N0} × {k.Key}"));
}
