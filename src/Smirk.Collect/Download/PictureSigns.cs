using Smirk.Collect.Web;
using Smirk.Imaging.Formats;

namespace Smirk.Collect.Download;

/// <summary>What an answer's headers and first bytes say about whether it is the picture that was asked for.</summary>
internal static class PictureSigns
{
    // The ETag (which is the MD5) of imgur's picture "the image you are requesting does not exist".
    private const string ImgurRemoved = "d835884373f4d6c8f24742ceabe74946";

    /// <summary>Throws when the headers say that this isn't to be had or not to be taken.</summary>
    public static void CheckHeaders(WebAnswer answer, WebOptions options)
    {
        if (answer.Address.AbsolutePath.EndsWith("/removed.png") || answer.Header("ETag")?.Contains(ImgurRemoved) == true)
            throw new WebFailureException(WebFailureKind.Gone, "placeholder removed.png");
        if (!options.IgnoreNoAi && answer.Header("X-Robots-Tag") is { } robots && AsksToBeLeftAlone(robots) is { } directive)
            throw new WebFailureException(WebFailureKind.Unwanted, $"asks not to be used for training ({directive})");
        var length = answer.Response.Content.Headers.ContentRange?.Length ?? answer.Response.Content.Headers.ContentLength;
        if (length > options.LargestPicture)
            throw new WebFailureException(
                WebFailureKind.Unwanted, $"over {options.LargestPicture / 1_000_000} MB ({length / 1_000_000} MB)");
    }

    /// <summary>Throws when the first bytes are no picture's, whatever the server calls them.</summary>
    public static void CheckHead(ReadOnlySpan<byte> head)
    {
        if (FormatSniffer.Sniff(head) == PictureFormat.Unknown)
            throw new WebFailureException(WebFailureKind.Refused, $"not a picture but {FormatSniffer.Describe(head)}");
    }

    /// <summary>The directive in a robots header or meta tag ("noai, noimageai", "somebot: noindex") that asks not to train on it; null for
    /// none.</summary>
    public static string? AsksToBeLeftAlone(string robots)
    {
        foreach (var word in robots.Split([',', ' ', ':', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Equals("noai", StringComparison.OrdinalIgnoreCase) || word.Equals("noimageai", StringComparison.OrdinalIgnoreCase))
                return word.ToLowerInvariant();
        }

        return null;
    }
}
