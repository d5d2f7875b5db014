using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Collect.Tests.Played;

/// <summary>Pictures made on the fly: the same for the same address, different for different ones.</summary>
internal static class PlayedPictures
{
    private static readonly ConcurrentDictionary<string, byte[]> Made = new();

    /// <summary>The picture that <paramref name="address"/> gives: a 64 × 48 PNG of noise, some 9 KB.</summary>
    public static byte[] Of(string address) => Made.GetOrAdd(address, a => PictureWriter.Png(Noise(a, 64, 48)));

    /// <summary>A larger one, some 700 KB, so that a transfer can break off in its middle.</summary>
    public static byte[] LargeOf(string address) => Made.GetOrAdd($"large {address}", a => PictureWriter.Png(Noise(a, 512, 460)));

    /// <summary>Sends it as a good server does: ETag, length, ranges.</summary>
    public static Task SendAsync(HttpContext context, string address) => SendAsync(context, Of(address));

    public static async Task SendAsync(HttpContext context, byte[] bytes)
    {
        var tag = TagOf(bytes);
        var response = context.Response;
        response.Headers.ETag = tag;
        response.Headers.AcceptRanges = "bytes";
        response.ContentType = "image/png";
        var from = 0;
        if (context.Request.Headers.Range.ToString() is { Length: > 6 } range && context.Request.Headers.IfRange == tag)
        {
            from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
            response.StatusCode = 206;
            response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
        }

        response.ContentLength = bytes.Length - from;
        await response.Body.WriteAsync(bytes.AsMemory(from));
    }

    public static string TagOf(byte[] bytes) => $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"";

    private static Picture Noise(string name, int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name)))).NextBytes(pixels);
        return new Picture(width, height, pixels);
    }
}
