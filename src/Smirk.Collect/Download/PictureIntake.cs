using Smirk.Collect.History;
using Smirk.Dataset.Import;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Collect.Download;

/// <summary>Takes fetched bytes into the workspace: checked, stripped, stored, and written into the catalog together with what became of
/// their address.</summary>
internal sealed class PictureIntake(SmirkWorkspace workspace, Intake intake, CollectTally tally)
{
    private readonly SharedTransactions _transactions = new(workspace);

    /// <summary>Takes a download in. Called from several threads.</summary>
    public Task TakeAsync(MediaAddress media, DownloadedCopy came)
    {
        var found = new FoundNew(media.Address, came.File.Length, 0, came.File.Read, came.File.Length, null);
        return PutAsync(media, intake.Take(found), MediaCopies.NameOf(came.Copy.Quality), came.Copy.Address, came.File.Received);
    }

    /// <summary>Takes bytes in that need no download, such as a file in a git repository.</summary>
    public Task TakeAsync(MediaAddress media, string path, byte[] bytes) =>
        PutAsync(media, intake.Take(new FoundNew(path, bytes.Length, 0, () => bytes, bytes.Length, null)), "original", media.Address, 0);

    private async Task PutAsync(MediaAddress media, IntakeOutcome outcome, string quality, string from, long received)
    {
        var refused = outcome.Refusal is not null;
        var catalog = workspace.Catalog;
        await _transactions.WriteAsync(() =>
        {
            var picture = outcome.Header is { } header
                ? catalog.Pictures.GetOrAdd(
                    outcome.Blob!, header.Format.ToString().ToLowerInvariant(), header.Width, header.Height, outcome.Bytes)
                : null;
            var file = catalog.Files.Put(new SourceFile
            {
                SourceId = catalog.Media.SourceOf(media.Id),
                Path = outcome.Found.Path,
                Size = outcome.Found.Size,
                ModifiedTicks = 0,
                Sha256 = outcome.Sha256,
                PictureId = picture?.Id,
                Status = refused ? FileStatus.Refused : FileStatus.Used,
                Refusal = outcome.Refusal,
                Removed = outcome.Removed,
            });
            catalog.Media.Finish(media with
            {
                State = refused ? MediaState.Refused : MediaState.Fetched,
                Reason = outcome.Refusal is null ? null : RefusalWords.Of(outcome.Refusal),
                Quality = quality,
                FetchedFrom = from,
                Bytes = outcome.Found.Size,
                FileId = file.Id,
            });
        });
        if (refused)
        {
            tally.Receive(received);
            tally.Miss(failed: false, media.Address, RefusalWords.Of(outcome.Refusal!));
        }
        else
        {
            tally.Fetch(received);
        }
    }
}
