using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Annotations;

/// <summary>A box that came with a picture.</summary>
/// <param name="X">Left edge, pixels; a share of the width where <paramref name="IsShare"/>.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Label">What it shows.</param>
/// <param name="IsShare">Whether the numbers are shares of the picture's size.</param>
internal sealed record NotedBox(double X, double Y, double Width, double Height, string Label, bool IsShare = false);

/// <summary>What came with one picture's file.</summary>
internal sealed class PictureNotes
{
    // Nobody's caption is longer; a page of text is no caption.
    private const int LongestText = 10_000;

    /// <summary>Name → text.</summary>
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Boxes; null where none were spoken of.</summary>
    public List<NotedBox>? Boxes { get; set; }

    /// <summary>Notes a text; an empty one says nothing.</summary>
    public void Put(string name, string? text)
    {
        if (text?.Trim() is { Length: > 0 and <= LongestText } tidy)
            Fields[name] = tidy;
    }

    /// <summary>Notes a caption.</summary>
    public void Caption(string? text) => Put(NoteTable.Text, text);
}
