using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Smirk.Share.Page;

/// <summary>Puts the page together: one HTML file with everything inside.</summary>
internal static class SharePage
{
    /// <summary>The page's text.</summary>
    /// <param name="facts">What it tells of the generator.</param>
    /// <param name="onnx">The generator.</param>
    public static string Of(PageFacts facts, byte[] onnx)
    {
        var main = ModuleJoin.Of("page/main.js", PageParts.Text);
        var worker = ModuleJoin.Of("page/worker.js", PageParts.Text);
        var style = PageParts.Text("page/page.css");
        var policy = string.Join("; ",
            "default-src 'none'",
            $"script-src {Hash(main)} 'wasm-unsafe-eval'",
            $"style-src {Hash(style)}",
            "img-src blob: data:",
            "media-src blob:",
            "worker-src blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'");
        return Filled(PageParts.Text("page/page.html"), new Dictionary<string, string>
        {
            ["policy"] = policy,
            ["title"] = Workspace.Pages.HtmlPage.Text(facts.Title),
            ["style"] = style,
            ["main"] = main,
            ["worker"] = worker,
            ["facts"] = JsonSerializer.Serialize(facts, PageFactsJson.Default.PageFacts),
            ["kernel"] = Convert.ToBase64String(PageParts.Bytes("kernel/kernel.wasm")),
            ["model"] = Convert.ToBase64String(Zipped(onnx)),
        });
    }

    private static string Filled(string template, Dictionary<string, string> parts)
    {
        var page = new StringBuilder();
        var rest = template.AsSpan();
        for (var at = rest.IndexOf("{{"); at >= 0; at = rest.IndexOf("{{"))
        {
            var end = rest.IndexOf("}}");
            page.Append(rest[..at]).Append(parts[rest[(at + 2)..end].ToString()]);
            rest = rest[(end + 2)..];
        }

        return page.Append(rest).ToString();
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return zipped.ToArray();
    }
}
