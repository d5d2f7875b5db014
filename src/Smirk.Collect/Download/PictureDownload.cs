using System.Net;
using System.Net.Http.Headers;
using Smirk.Collect.Web;
using Smirk.Imaging.Formats;

namespace Smirk.Collect.Download;

/// <summary>Downloads one picture: continued where it broke off, checked by length, digest and content.</summary>
public sealed class PictureDownload(WebRequester web, string partFolder)
{
    // Below this a body is kept in memory, without a file of its own: most pictures are smaller, and asking for them again costs little.
    private const int KeptInMemory = 128 << 10;

    // Bytes read at once; the smallest holds every format's beginning.
    private const int SmallestRead = 4 << 10;
    private const int LargestRead = 64 << 10;

    private const int RangeNotSatisfiable = 416;

    /// <summary>Gets the picture at <paramref name="address"/>. Its .part file is left to the caller to <see cref="Forget"/> once the bytes
    /// are safe.</summary>
    /// <exception cref="WebFailureException">It can't be had; the kind says whether to ask again.</exception>
    public async Task<DownloadedFile> GetAsync(Uri address, CancellationToken cancel)
    {
        var part = new PartFile(partFolder, address);
        part.Load();
        if (part.Length > 0 && part.Length == part.Total)
            return new DownloadedFile(null, part.FilePath, part.Length, 0);
        try
        {
            return await AskAsync(address, part, cancel);
        }
        catch (WebFailureException failure) when (failure.Status == RangeNotSatisfiable && part.Length > 0)
        {
            part.Delete(); // The picture became shorter than what is there of it.
            return await AskAsync(address, part, cancel);
        }
    }

    /// <summary>Removes what was kept of <paramref name="address"/>.</summary>
    public void Forget(Uri address) => new PartFile(partFolder, address).Delete();

    private async Task<DownloadedFile> AskAsync(Uri address, PartFile part, CancellationToken cancel)
    {
        long received = 0;
        try
        {
            return await web.GetAsync(
                address, (_, headers) =>
                Prepare(headers, part), answer => ReadAsync(answer, part, () => received, n => received += n, cancel), cancel);
        }
        catch (WebFailureException failure) when (failure.Kind != WebFailureKind.Failed && failure.Status != RangeNotSatisfiable)
        {
            part.Delete();
            throw;
        }
    }

    private static void Prepare(HttpRequestHeaders headers, PartFile part)
    {
        headers.TryAddWithoutValidation("Accept", "image/*");
        headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        part.Load();
        if (part.Length == 0)
            return;
        headers.Range = new RangeHeaderValue(part.Length, null);
        headers.TryAddWithoutValidation("If-Range", part.Validator);
    }

    private async Task<DownloadedFile> ReadAsync(
        WebAnswer answer, PartFile part, Func<long> receivedBefore, Action<int> count, CancellationToken cancel)
    {
        PictureSigns.CheckHeaders(answer, web.Options);
        var range = answer.Response.Content.Headers.ContentRange;
        var resumed = answer.Status == HttpStatusCode.PartialContent;
        if (resumed && (range?.From != part.Length || (part.Total is { } known && range?.Length is { } told && told != known)))
        {
            part.Delete();
            throw new TransientException("the server sent another part than the one asked for");
        }

        var total = resumed ? range?.Length ?? part.Total : answer.Response.Content.Headers.ContentLength;
        var encoded = answer.Header("Content-Encoding") is { Length: > 0 } and not "identity";
        await using var body = await WebBody.OpenAsync(answer, cancel);
        using var sink = new BodySink(part, resumed, Validator(answer, encoded), encoded ? null : total, KeptInMemory);
        using var pace = new PaceWatch(web.Options, cancel);
        var buffer = new byte[Math.Clamp(total ?? LargestRead, SmallestRead, LargestRead)];
        var filled = 0;
        try
        {
            while (await pace.ReadAsync(body, buffer.AsMemory(filled)) is > 0 and var more)
            {
                count(more);
                filled += more;

                // The first bytes decide what it is, before the rest is taken.
                if (sink.Length == 0 && filled < FormatSniffer.HeadLength)
                    continue;
                Take(sink, buffer.AsSpan(0, filled));
                filled = 0;
            }
        }
        catch (Exception error) when (error is not WebFailureException)
        {
            if (sink.Length > 0 || filled >= FormatSniffer.HeadLength)
                sink.Keep(buffer.AsSpan(0, filled));
            throw;
        }

        Take(sink, buffer.AsSpan(0, filled));
        if (!encoded && total is { } expected && sink.Length != expected)
            throw new TransientException($"{sink.Length} bytes came of {expected}");
        var file = sink.Finish(receivedBefore());
        if (!BodyDigest.Matches(file, BodyDigest.Promised(answer)))
        {
            part.Delete();
            throw new TransientException("the bytes don't match the server's digest");
        }

        return file;
    }

    private void Take(BodySink sink, ReadOnlySpan<byte> bytes)
    {
        if (sink.Length == 0)
            PictureSigns.CheckHead(bytes);
        sink.Write(bytes);
        if (sink.Length > web.Options.LargestPicture)
            throw new WebFailureException(WebFailureKind.Unwanted, $"over {web.Options.LargestPicture / 1_000_000} MB");
    }

    // A weak ETag promises the same meaning, not the same bytes; of what was compressed on the way nothing can be continued.
    private static string Validator(WebAnswer answer, bool encoded)
    {
        if (encoded)
            return "";
        return answer.Header("ETag") is { Length: > 0 } tag && !tag.StartsWith("W/") ? tag : answer.Header("Last-Modified") ?? "";
    }
}
