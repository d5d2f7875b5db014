using System.Globalization;
using System.Text;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Collect.History;

/// <summary>credits.md: whose pictures were collected, for a data sheet or a thank-you page.</summary>
public static class CreditsFile
{
    /// <summary>The file's name in the workspace.</summary>
    public const string Name = "credits.md";

    /// <summary>Writes the credits of everything collected so far; nothing where nothing was.</summary>
    public static void Write(SmirkWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var posts = workspace.Catalog.Posts.WithPictures();
        var others = workspace.Catalog.Media.FetchedWithoutPost();
        if (posts.Count + others.Count == 0)
            return;
        AtomicFile.Write(Path.Combine(workspace.Folder, Name), stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine("# Credits");
            writer.WriteLine();
            writer.WriteLine("The pictures of this workspace belong to those who made and posted them. They were collected from:");
            foreach (var group in posts.GroupBy(p => p.Group.Length > 0 ? $"r/{p.Group}" : p.Site))
                WriteGroup(writer, group.Key, group, workspace.Catalog.Media);
            if (others.Count == 0)
                return;
            writer.WriteLine();
            writer.WriteLine("## Addresses given by themselves");
            writer.WriteLine();
            foreach (var media in others)
                writer.WriteLine($"- <{Link(media.Address)}>");
        });
    }

    private static void WriteGroup(StreamWriter writer, string name, IEnumerable<CollectedPost> posts, MediaTable media)
    {
        writer.WriteLine();
        writer.WriteLine($"## {Plain(name)}");
        writer.WriteLine();
        foreach (var post in posts)
        {
            var title = post.Title.Length > 0 ? post.Title : post.Address;
            var author = post.Author.Length > 0 ? $" by {Plain(post.Author)}" : "";
            var date = post.CreatedUnix > 0
                ? $", {DateTimeOffset.FromUnixTimeSeconds(post.CreatedUnix).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "";
            var pictures = media.FetchedOfPost(post.Id);
            var degraded = pictures.Any(p => p.Quality is not "original") ? ", not in original quality" : "";
            writer.WriteLine(
                $"- [{Plain(title)}](<{Link(post.Address)}>){author}{date} ({Counted.Of(pictures.Count, "picture")}{degraded})");
        }
    }

    // Titles are strangers' text: nothing in them may act as markup.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsControl(letter))
                plain.Append(' ');
            else if (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '!' or '&')
                plain.Append('\\').Append(letter);
            else
                plain.Append(letter);
        }

        return plain.ToString();
    }

    private static string Link(string address) => address.Replace(">", "%3E").Replace("<", "%3C").Replace("\n", "").Replace("\r", "");
}
