using Smirk.Collect.Media;
using Smirk.Workspace.Catalog;

namespace Smirk.Collect.History;

/// <summary>The places of a picture as the catalog keeps them: the first line is the best copy's quality, then a line for each fallback,
/// "quality address".</summary>
internal static class MediaCopies
{
    public static string Write(MediaLink link) =>
        string.Join('\n', [NameOf(link.Best.Quality), .. link.Fallbacks.Where(f => IsUsable(f.Address))
            .Select(f => $"{NameOf(f.Quality)} {f.Address}")]);

    /// <summary>Whether posts, which are strangers' text, name something that can be asked at all.</summary>
    public static bool IsUsable(string address) =>
        address.Length < 4000 && !address.Any(char.IsControl) && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https";

    /// <summary>The places to ask, the best first.</summary>
    public static IReadOnlyList<MediaCopy> Read(MediaAddress media)
    {
        var lines = media.Fallbacks.Split('\n');
        return [new MediaCopy(media.Address, Parse(lines[0])), .. lines.Skip(1)
            .Select(l => new MediaCopy(l[(l.IndexOf(' ') + 1)..], Parse(l[..l.IndexOf(' ')])))];
    }

    /// <summary>The word for a quality in the catalog and in what people read: "original", "degraded", "last-resort".</summary>
    public static string NameOf(MediaQuality quality) => quality switch
    {
        MediaQuality.Original => "original",
        MediaQuality.Degraded => "degraded",
        _ => "last-resort",
    };

    private static MediaQuality Parse(string name) => name switch
    {
        "degraded" => MediaQuality.Degraded,
        "last-resort" => MediaQuality.LastResort,
        _ => MediaQuality.Original,
    };
}
