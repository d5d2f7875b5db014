using System.IO.Compression;

namespace Smirk.Collect.Web;

/// <summary>Reads a body under limits: bytes in all (after decompression), silence, and pace.</summary>
internal static class WebBody
{
    /// <summary>The body as a stream, decompressed where the server compressed it although it wasn't asked to.</summary>
    public static async Task<Stream> OpenAsync(WebAnswer answer, CancellationToken cancel)
    {
        var body = await answer.Response.Content.ReadAsStreamAsync(cancel);
        return answer.Header("Content-Encoding")?.Trim().ToLowerInvariant() switch
        {
            null or "" or "identity" => body,
            "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            var other => throw new AddressRefusedException($"is sent compressed as '{other}', which wasn't asked for"),
        };
    }

    /// <summary>All of a text's bytes.</summary>
    /// <exception cref="AddressRefusedException">More than <see cref="WebOptions.LargestText"/>.</exception>
    public static async Task<byte[]> ReadTextAsync(WebAnswer answer, WebOptions options, CancellationToken cancel)
    {
        await using var body = await OpenAsync(answer, cancel);
        using var whole = new MemoryStream();
        var buffer = new byte[1 << 16];
        using var pace = new PaceWatch(options, cancel);
        while (await pace.ReadAsync(body, buffer) is > 0 and var count)
        {
            whole.Write(buffer, 0, count);
            if (whole.Length > options.LargestText)
                throw new AddressRefusedException($"is over {options.LargestText >> 20} MB of text");
        }

        return whole.ToArray();
    }
}
