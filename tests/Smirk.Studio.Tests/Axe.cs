using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Smirk.Tests.Browser;

namespace Smirk.Studio.Tests;

/// <summary>axe-core, the field's own check of what people who see or point otherwise can use. From npm; tests are skipped where that can't
/// be had.</summary>
internal static class Axe
{
    private const string Package = "axe-core", Version = "4.10.3", Member = "package/axe.min.js";

    private static readonly Lazy<string?> Source = new(Fetch);

    /// <summary>Serious findings on the page as it is.</summary>
    public static async Task<IReadOnlyList<string>> Findings(BrowserTab tab)
    {
        Assert.SkipWhen(Source.Value is null, "npm, or axe-core, can't be had here");
        await tab.Page.EvaluateAsync($"{Source.Value}; 0");
        var found = await tab.Page.EvaluateAsync<string>("""
            async () => {
              const { violations } = await axe.run(document, { resultTypes: ['violations'] });
              return JSON.stringify(violations.filter(v => ['serious', 'critical'].includes(v.impact))
                .map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')}`));
            }
            """);
        return JsonSerializer.Deserialize<List<string>>(found)!;
    }

    private static string? Fetch()
    {
        using var folder = new TemporaryFolder();
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["pack", $"{Package}@{Version}", "--pack-destination", folder.Path])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            if (npm is null || !npm.WaitForExit(60_000) || npm.ExitCode != 0)
                return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        using var file = File.OpenRead(folder.File($"{Package}-{Version}.tgz"));
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == Member)
                return new StreamReader(entry.DataStream!).ReadToEnd();
        }

        return null;
    }
}
