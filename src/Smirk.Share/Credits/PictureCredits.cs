using Smirk.Gan.Train.Planning;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Share.Credits;

/// <summary>The pictures that a generator learnt from.</summary>
/// <param name="Pictures">How many.</param>
/// <param name="Places">How many places they came from.</param>
/// <param name="Sources">The places, those with most pictures first; none where they aren't to be told.</param>
public sealed record PictureCredits(int Pictures, int Places, IReadOnlyList<CreditedSource> Sources)
{
    /// <summary>What the pack and the workspace's catalog know; null where the pack is gone or nothing is to be told.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="run">The run's folder.</param>
    /// <param name="detail">How much.</param>
    public static PictureCredits? Of(RecipePlan plan, string run, CreditDetail detail)
    {
        if (detail == CreditDetail.None)
            return null;
        var rows = PackLines.Read(Path.Combine(PackPlace.Find(plan.Pack, run), PackFolder.Lines));
        if (rows.Count == 0)
            return null;
        using var catalog = new CreditedFiles(Path.GetFullPath(Path.Combine(run, "..", "..")));
        var sources = rows.GroupBy(catalog.Of)
            .Select(group => group.Key with { Pictures = group.Select(row => row.Picture).Distinct().Count() })
            .OrderByDescending(source => source.Pictures).ThenBy(source => source.Name, StringComparer.Ordinal)
            .ToList();
        var places = sources.DistinctBy(source => source.Name).Count();
        return new PictureCredits(
            rows.Select(row => row.Picture).Distinct().Count(), places, detail == CreditDetail.Sources ? sources : []);
    }

    /// <summary>The credits as one line of text.</summary>
    public string InWords()
    {
        var total = $"{Pictures:N0} pictures from {(Places == 1 ? "one place" : $"{Places:N0} places")}";
        return Sources.Count == 0 ? $"{total}." : $"{total}: {string.Join("; ", Sources.Select(source => source.InWords()))}.";
    }

    // Looks pictures up in the workspace's catalog, where there is one.
    private sealed class CreditedFiles : IDisposable
    {
        private readonly SmirkWorkspace? _workspace;

        public CreditedFiles(string folder)
        {
            try
            {
                _workspace = File.Exists(Path.Combine(folder, WorkspaceFiles.Catalog)) ? SmirkWorkspace.OpenToRead(folder) : null;
            }
            catch (UnusableInputException)
            {
                // A damaged or newer catalog costs the posts' names; the pack still knows how many pictures there are.
            }
        }

        public CreditedSource Of(PackRow row) => PostOf(row.Picture) is { } post
            ? new CreditedSource(post.Group.Length > 0 ? $"r/{post.Group}" : post.Site, post.Author, post.Address)
            : new CreditedSource(NameOf(row.Source), "", IsWeb(row.Source) ? row.Source! : "");

        public void Dispose() => _workspace?.Dispose();

        private CollectedPost? PostOf(string sha256)
        {
            if (_workspace?.Catalog is not { } catalog || catalog.Pictures.Find(sha256) is not { } picture)
                return null;
            return catalog.Files.OfPicture(picture.Id).SelectMany(file => catalog.Media.OfFile(file.Id))
                .SelectMany(media => catalog.Posts.OfMedia(media.Id)).FirstOrDefault();
        }

        // Of the person's own disk only the last name is told: the folders above are nobody's business.
        private static string NameOf(string? source) => source is null ? "unknown"
            : IsWeb(source) ? source : Path.GetFileName(Path.TrimEndingDirectorySeparator(source));

        private static bool IsWeb(string? source) => Uri.TryCreate(source, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https" or "ssh" or "git";
    }
}

/// <summary>One place, and who put the pictures there.</summary>
/// <param name="Name">A subreddit, a site, an address, or the last name of a folder.</param>
/// <param name="Author">Who made the post; empty where unknown.</param>
/// <param name="Address">A post or place on the web; empty for what isn't there.</param>
public sealed record CreditedSource(string Name, string Author, string Address)
{
    /// <summary>Pictures that came from there.</summary>
    public int Pictures { get; init; }

    /// <summary>The source as text.</summary>
    public string InWords() => $"{Pictures:N0} from {Name}{(Author.Length > 0 ? $", posted by {Author}" : "")}";
}
