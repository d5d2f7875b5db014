namespace Smirk.Share.Page;

/// <summary>The script that plays tunes in a page: for each element of the class "tune" with a button, a line of the class "playhead", and
/// the notes as JSON in data-tune.</summary>
public static class TuneScript
{
    /// <summary>The script's text, to stand in a script element at the end of such a page.</summary>
    public static string Text { get; } = ModuleJoin.Of("music/tunes.js", PageParts.Text);
}
