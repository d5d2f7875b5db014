using Smirk.Collect.Download;
using Smirk.Collect.Git;
using Smirk.Collect.History;
using Smirk.Collect.Media;
using Smirk.Collect.Posts;
using Smirk.Collect.Sources;
using Smirk.Collect.Web;
using Smirk.Dataset.Import;
using Smirk.Dataset.Memory;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Collect;

/// <summary>Fetches the pictures that sources name into the workspace: lists first, then fetches what the catalog's history doesn't know
/// yet.</summary>
/// <param name="workspace">Where to.</param>
/// <param name="guard">Judges where connections may go; null for the rules. Tests give their own.</param>
public sealed class CollectStage(SmirkWorkspace workspace, ConnectionGuard? guard = null)
{
    /// <summary>The stage's name.</summary>
    public const string Name = CollectTally.Stage;

    // One transaction for so many listed items: a kill loses less than a second of listing.
    private const int ListBatch = 500;
    private const long MemoryForPixels = 160_000_000;

    /// <summary>Collects what is new in the sources.</summary>
    /// <exception cref="UsageException">A source or option is wrong; nothing was done.</exception>
    /// <exception cref="UnusableInputException">A local source or repository can't be used.</exception>
    public CollectResult Run(CollectOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var sources = SourcesOf(options);
        return RunAsync(sources, options, progress, cancel).GetAwaiter().GetResult();
    }

    /// <summary>Refuses wrong sources and options, before there is a workspace.</summary>
    /// <exception cref="UsageException">A source or option is wrong.</exception>
    public static void Check(CollectOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SourcesOf(options);
    }

    /// <summary>Whether there is more to <paramref name="sources"/> than files and folders to import, or names that are neither.</summary>
    public static bool Concerns(IEnumerable<string> sources) => sources.Any(s => SourceReader.TryRead(s) is not (null or LocalFiles));

    /// <summary>The addresses that the sources resolve to, without fetching a picture or touching a workspace.</summary>
    /// <exception cref="UsageException">A source or option is wrong, or of a kind that names no addresses.</exception>
    public static void List(
        CollectOptions options, Action<string> print, IProgress<StageProgress>? progress =
        null, ConnectionGuard? guard = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(print);
        var sources = SourcesOf(options);
        if (sources.FirstOrDefault(s => s is LocalFiles or GitSource) is { } other)
            throw new UsageException($"--list prints addresses, and '{other.Given}' is taken as files: run collect without --list.");
        using var web = new WebRequester(options.Web, guard: guard);
        var listing = Listing(web, options, new WebLists(web, null), progress);
        ListAsync().GetAwaiter().GetResult();

        async Task ListAsync()
        {
            foreach (var source in sources)
            {
                try
                {
                    await foreach (var item in listing.ListAsync(source, cancel))
                        Print(item.Finding);
                }
                catch (WebFailureException failure)
                {
                    progress?.Report(new StageWarned(Name, source.Given, failure.Message));
                }
            }
        }

        void Print(MediaFinding finding)
        {
            if (finding is FoundPicture picture)
                print(picture.Link.Best.Address);
            else if (finding is FoundUnreadable unreadable)
                progress?.Report(new StageWarned(Name, unreadable.Address, unreadable.Reason));
        }
    }

    private static IReadOnlyList<CollectSource> SourcesOf(CollectOptions options)
    {
        if (options.Sources.Count == 0)
            throw new UsageException(
                "Nothing to collect: give r/NAME, u/NAME, an address, a file of posts or addresses, a git repository, an archive or a "
                    + "folder.");
        RedditPosts.Check(options.PostSources, options.Reddit);
        var sources = options.Sources.Select(SourceReader.Read).DistinctBy(s => s.Name).ToList();
        foreach (var repository in sources.OfType<GitSource>())
            GitIntake.Check(repository.Address, options);
        return sources;
    }

    private static SourceListing Listing(WebRequester web, CollectOptions options, WebLists lists, IProgress<StageProgress>? progress)
    {
        var chosen = options.PostSources.Count > 0 ? options.PostSources : RedditPosts.Default(options.Reddit);
        var reddit = new RedditPosts(web, chosen, options.Reddit, text => progress?.Report(new StageSaid(Name, text)), Warn);
        return new SourceListing(web, options, reddit, lists, Warn);

        void Warn(string subject, string reason) => progress?.Report(new StageWarned(Name, subject, reason));
    }

    private async Task<CollectResult> RunAsync(
        IReadOnlyList<CollectSource> sources, CollectOptions options, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        // Each download that is taken in blocks a thread while its row is written; the pool grows too slowly by itself.
        ThreadPool.SetMinThreads(Math.Max(32, Environment.ProcessorCount), 8);
        var run = workspace.Time.GetUtcNow().Ticks;
        var tally = new CollectTally(progress, workspace.Time);
        await using var pulse = tally.Pulse();
        using var web = new WebRequester(options.Web, guard: guard);
        var intake = new PictureIntake(workspace, new Intake(
            workspace, options.Import with { MaxBytes = options.Web.LargestPicture }, new MemoryBudget(MemoryForPixels)), tally);

        // List: what the sources name goes into the catalog, with what this run is to ask for.
        var history = new CollectHistory(workspace.Catalog, run, options.RetryFailed, tally);
        var listing = Listing(web, options, new WebLists(web, workspace.Catalog.Lists), progress);
        foreach (var source in sources.Where(s => s is not (LocalFiles or GitSource)))
            await ListAsync(source, listing, history, tally, cancel);

        // Fetch.
        await new FetchRun(workspace, web, intake, options, tally, run).RunAsync(cancel);

        // What needs no address by address: repositories, then folders and archives.
        var repositories = new GitIntake(workspace, intake, history, options, tally, guard);
        foreach (var source in sources.OfType<GitSource>())
        {
            try
            {
                await repositories.RunAsync(source, cancel);
            }
            catch (UnusableInputException error) when (sources.Count > 1)
            {
                tally.Miss(failed: true, source.Given, error.Message);
            }
        }

        await pulse.DisposeAsync(); // An import says itself how far it is.
        var import = Import(sources, options, tally, progress, cancel);

        // The last pictures' names, too, are on the disk when this run is over.
        workspace.Pictures.Flush();

        // Say what came, from whom, and what didn't.
        CreditsFile.Write(workspace);
        var failedList = FailedFile.Write(workspace, tally.Unfetched);
        return tally.End(quiet: sources.All(s => s is LocalFiles)) with { FailedList = failedList, Import = import };
    }

    // One source that holds nothing is an error by itself, and a line in the list of failures among others.
    private ImportResult? Import(
        IReadOnlyList<CollectSource> sources, CollectOptions options, CollectTally tally, IProgress<StageProgress>? progress,
        CancellationToken cancel)
    {
        var local = sources.OfType<LocalFiles>().Select(s => s.Given).ToList();
        if (local.Count == 0)
            return null;
        try
        {
            return new ImportStage(workspace).Run(options.Import with { Sources = local }, progress, cancel);
        }
        catch (UnusableInputException error) when (sources.Count > local.Count)
        {
            tally.Miss(failed: false, string.Join(", ", local), error.Message);
            return null;
        }
    }

    private async Task ListAsync(
        CollectSource source, SourceListing listing, CollectHistory history, CollectTally tally, CancellationToken cancel)
    {
        var row = workspace.Catalog.Sources.GetOrAdd(source.Kind, source.Name);
        var batch = new List<ListedItem>();
        tally.Do($"listing {source.Given}");
        try
        {
            await foreach (var item in listing.ListAsync(source, cancel))
            {
                tally.Posts = listing.Posts;
                batch.Add(item);
                if (batch.Count >= ListBatch)
                    Flush();
            }
        }
        catch (WebFailureException failure)
        {
            // What was named until then is fetched all the same.
            tally.Miss(failed: failure.Kind == WebFailureKind.Failed, source.Given, failure.Message);
            if (source is RedditListing or RedditPost)
                tally.Say("posts can be read elsewhere, too: --posts oauth with an app of yours, --posts file:PATH with a dump");
        }

        Flush();

        void Flush()
        {
            workspace.Catalog.InTransaction(() => history.Write(row, batch));
            batch.Clear();
        }
    }
}
