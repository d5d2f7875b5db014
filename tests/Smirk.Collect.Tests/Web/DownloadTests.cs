using Smirk.Collect.Download;
using Smirk.Collect.Tests.Played;
using Smirk.Collect.Web;

namespace Smirk.Collect.Tests.Web;

/// <summary>Pictures downloaded one at a time from the played web.</summary>
public abstract class DownloadTests : PlayedWebTests
{
    private protected async Task<DownloadedFile> GetAsync(string address, Func<WebOptions, WebOptions>? with = null)
    {
        var options = Web.Options("h.com");
        using var requester = new WebRequester(with?.Invoke(options) ?? options);
        return await new PictureDownload(requester, Folder.Path).GetAsync(new Uri(address), TestContext.Current.CancellationToken);
    }

    private protected Task<WebFailureException> FailAsync(string address, Func<WebOptions, WebOptions>? with = null) =>
        Assert.ThrowsAsync<WebFailureException>(() => GetAsync(address, with));
}
