using Smirk.Collect.Media;
using Smirk.Collect.Web;

namespace Smirk.Collect.Download;

/// <summary>A picture that came, and which of its copies it is.</summary>
/// <param name="File">Its bytes.</param>
/// <param name="Copy">The copy.</param>
public sealed record DownloadedCopy(DownloadedFile File, MediaCopy Copy);

/// <summary>Downloads the best copy of a picture that can be had.</summary>
public sealed class CopyDownload(PictureDownload download)
{
    /// <summary>Asks for the copies in turn until one comes.</summary>
    /// <exception cref="WebFailureException">None came: failed when one of them may another time, else as the first ended.</exception>
    public async Task<DownloadedCopy> GetAsync(IReadOnlyList<MediaCopy> copies, CancellationToken cancel)
    {
        WebFailureException? first = null;
        WebFailureException? passing = null;
        foreach (var copy in copies)
        {
            if (!Uri.TryCreate(copy.Address, UriKind.Absolute, out var address))
                continue;
            try
            {
                return new DownloadedCopy(await download.GetAsync(address, cancel), copy);
            }
            catch (WebFailureException failure)
            {
                first ??= failure;
                if (failure.Kind == WebFailureKind.Failed)
                    passing ??= failure;
                if (failure.Kind == WebFailureKind.Unwanted || (failure.Kind == WebFailureKind.Failed && !failure.IsHostDead))
                    break;
            }
        }

        throw passing ?? first!;
    }

    /// <summary>Removes what was kept of the copies' bytes.</summary>
    public void Forget(IReadOnlyList<MediaCopy> copies)
    {
        foreach (var copy in copies)
            download.Forget(new Uri(copy.Address));
    }
}
