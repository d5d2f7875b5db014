using Smirk.Collect.History;
using Smirk.Collect.Web;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Collect.Download;

/// <summary>Fetches all addresses that wait for this run: so many at once, a few a host, each into the catalog as soon as it is
/// there.</summary>
/// <remarks>Holds only the next few addresses of each host in memory; the catalog is the queue.</remarks>
internal sealed class FetchRun(
    SmirkWorkspace workspace, WebRequester web, PictureIntake intake, CollectOptions options, CollectTally tally, long run)
{
    private const int ReadAhead = 64;

    // Stripping, decoding and syncing to disk: many more at once than cores, because a sync waits for the disk and the disk serves several
    // in one go.
    private readonly SemaphoreSlim _intakePlaces = new(Math.Max(16, Environment.ProcessorCount * 2));

    private readonly string _parts = Path.Combine(workspace.Folder, "collect", "parts");
    private readonly CopyDownload _download = new(new PictureDownload(web, Path.Combine(workspace.Folder, "collect", "parts")));

    /// <summary>Fetches until nothing waits.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var hosts = workspace.Catalog.Media.WaitingHosts(run).Select(h => new HostQueue(workspace.Catalog.Media, run, h.Host)).ToList();
        var busy = new Dictionary<Task, HostQueue>();
        try
        {
            while (true)
            {
                Start(hosts, busy, stop.Token);
                if (busy.Count == 0)
                    break;
                var done = await Task.WhenAny(busy.Keys);
                var host = busy[done];
                busy.Remove(done);
                host.Active--;
                if (host.IsDone)
                    hosts.Remove(host);
                await done;
            }
        }
        finally
        {
            // A full disk or Ctrl-C: those under way end first, so that nobody writes into a catalog that is closed.
            await stop.CancelAsync();
            await Task.WhenAll(busy.Keys)
                .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        PartFile.Clean(_parts, () => workspace.Catalog.Media.Unfinished().SelectMany(MediaCopies.Read).Select(c => new Uri(c.Address)));
    }

    // Round the hosts, so that one with thousands of addresses doesn't keep the others waiting.
    private void Start(List<HostQueue> hosts, Dictionary<Task, HostQueue> busy, CancellationToken cancel)
    {
        for (var started = true; started && busy.Count < options.Downloads;)
        {
            started = false;
            foreach (var host in hosts)
            {
                if (busy.Count >= options.Downloads)
                    return;
                if (host.Active >= options.Web.MostPerHost || host.Next() is not { } media)
                    continue;
                host.Active++;
                busy.Add(FetchAsync(media, cancel), host);
                started = true;
            }
        }
    }

    private async Task FetchAsync(MediaAddress media, CancellationToken cancel)
    {
        var copies = MediaCopies.Read(media);
        try
        {
            var came = await _download.GetAsync(copies, cancel);
            await _intakePlaces.WaitAsync(cancel);
            try
            {
                await Task.Run(() => intake.TakeAsync(media, came), CancellationToken.None);
            }
            finally
            {
                _intakePlaces.Release();
            }

            _download.Forget(copies);
        }
        catch (WebFailureException failure)
        {
            Note(media, failure);
        }
    }

    private void Note(MediaAddress media, WebFailureException failure)
    {
        var state = failure.Kind switch
        {
            WebFailureKind.Gone => MediaState.Gone,
            WebFailureKind.Failed => MediaState.Failed,
            _ => MediaState.Refused,
        };

        // Being offline for a while is no reason to give addresses up; and where no connection comes about, asking again costs next to
        // nothing.
        var counts = state == MediaState.Failed && !failure.IsHostDead;
        workspace.Catalog.Media.Finish(media with { State = state, Reason = failure.Message, Tries = media.Tries + (counts ? 1 : 0) });
        if (state == MediaState.Gone)
            tally.Gone();
        else
            tally.Miss(state == MediaState.Failed, media.Address, failure.Message);
    }

    /// <summary>One host's addresses, read from the catalog a few at a time.</summary>
    private sealed class HostQueue(MediaTable media, long run, string host)
    {
        private readonly Queue<MediaAddress> _ahead = new();
        private long _last;
        private bool _ended;

        public int Active { get; set; }

        public bool IsDone => _ended && Active == 0 && _ahead.Count == 0;

        public MediaAddress? Next()
        {
            if (_ahead.Count == 0 && !_ended)
            {
                foreach (var row in media.Waiting(run, host, _last, ReadAhead))
                    _ahead.Enqueue(row);
                _ended = _ahead.Count < ReadAhead;
            }

            if (!_ahead.TryDequeue(out var next))
                return null;
            _last = next.Id;
            return next;
        }
    }
}
