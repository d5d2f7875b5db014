using System.Diagnostics;
using System.Text;
using Smirk.Files.Posix;
using Smirk.Files.Strip;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Tests.Strip;

/// <summary>A folder of pictures, some with metadata, to strip.</summary>
internal sealed class StripFolder : IDisposable
{
    public static readonly byte[] Clean = PictureWriter.Png(Planted.Picture());
    public static readonly byte[] Dirty =
        Planted.Join([.. Planted.PngParts(Clean)[..2], Planted.Chunk("tEXt", "Comment\0"u8.ToArray(), Planted.Canary),
            .. Planted.PngParts(Clean)[2..]]);

    private static readonly byte[] Damaged = Dirty[..^30];

    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();

    /// <summary>Four files in "in": two with metadata, one clean, one cut short.</summary>
    public void Fill()
    {
        Write("in/a.jpg", Dirty);
        Write("in/deep/er/b.png", Dirty);
        Write("in/clean.png", Clean);
        Write("in/broken.png", Damaged);
    }

    public string Write(string name, ReadOnlySpan<byte> bytes) => _folder.Write(name, bytes);

    /// <summary>A path whose parent folders are there.</summary>
    public string Make(string name) => _folder.File(name);

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public byte[] Read(string name) => File.ReadAllBytes(At(name));

    public RawPath Raw(string name) => RawPath.FromText(At(name));

    public StripStageOptions Options(params string[] names) => new() { Paths = [.. names.Select(Raw)], Threads = 2 };

    public StrippedFile Of(StripResult result, string name) => result.Files.Single(f => f.Path.ToText() == At(name));

    public IEnumerable<string> Names(StripResult result) => result.Files.Select(f => System.IO.Path.GetRelativePath(Path, f.Path.ToText()));

    /// <summary>Every file's content and time.</summary>
    public Dictionary<string, string> Snapshot() => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
        .ToDictionary(f => System.IO.Path.GetRelativePath(Path, f), f =>
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))) + File.GetLastWriteTimeUtc(f).Ticks);

    /// <summary>What a program printed, or null where it isn't there or failed.</summary>
    public static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(
                program, arguments)
            { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
