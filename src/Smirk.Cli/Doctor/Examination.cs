using System.Globalization;
using System.Runtime.InteropServices;
using Smirk.Files.Archives;
using Smirk.Imaging.Native;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Vision;
using Smirk.Torch;
using Smirk.Torch.Errors;

namespace Smirk.Cli.Doctor;

/// <summary>Looks at everything that Smirk stands on. What is missing becomes a finding, never an exception.</summary>
internal static class Examination
{
    // Below these a training run of default size is likely to end early.
    private const double LeastFreeDiskGigabytes = 2;
    private const double LeastFreeMemoryGigabytes = 1.5;

    /// <summary>Everything, in the order it is shown. <paramref name="folder"/> is where a workspace would be.</summary>
    public static IReadOnlyList<Requirement> All(string folder) =>
    [
        new(".NET", true,
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} cores"),
        Look("libtorch", Torch, null),
        Look("CUDA", Cuda, null),
        Look("libvips", Vips, "sudo apt-get install libvips-dev; then run ./smirk doctor"),
        Look("OpenCV", () => new("OpenCV", true, VisionLibrary.Version()), "sudo apt-get install libopencv-dev; then run ./smirk doctor"),
        Look("libarchive", () => new("libarchive", true, ArchiveKinds.LibraryVersion()),
            "sudo apt-get install libarchive-dev; then run ./smirk doctor"),
        Look("disk", () => Disk(folder), null),
        Look("memory", Memory, null),
    ];

    private static Requirement Look(string name, Func<Requirement> look, string? advice)
    {
        try
        {
            return look();
        }
        catch (Exception error)
            when (error is TorchException or DllNotFoundException or EntryPointNotFoundException or VisionException
                or TypeInitializationException or IOException)
        {
            var reason = (error as TypeInitializationException)?.InnerException ?? error;
            return new Requirement(name, false, reason.Message.Split('\n')[0], advice);
        }
    }

    private static Requirement Torch()
    {
        var version = TorchRuntime.Version;
        TorchRuntime.SetThreads();
        return new Requirement("libtorch", true, $"{version}, {TorchRuntime.Threads} threads");
    }

    // The lack of libtorch is one finding, not two.
    private static Requirement Cuda()
    {
        try
        {
            var devices = Enumerable.Range(0, TorchRuntime.CudaDeviceCount).Select(TorchRuntime.CudaDeviceName).ToList();
            return new Requirement("CUDA", true, devices.Count == 0 ? "none; training runs on the CPU" : string.Join(", ", devices));
        }
        catch (TorchMissingException)
        {
            return new Requirement("CUDA", true, "unknown without libtorch");
        }
    }

    private static Requirement Vips()
    {
        var readable = new List<string> { "JPEG", "PNG", "WebP", "GIF", "TIFF", "BMP" };
        if (CanRead([0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0, 0, 0, 0, 0]))
            readable.AddRange(["AVIF", "HEIC"]);
        if (CanRead([0xFF, 0x0A, 0, 0, 0, 0]))
            readable.Add("JPEG XL");
        var text = $"{VipsLibrary.Version()}, reads {string.Join(", ", readable)}";
        return new Requirement("libvips", true, text, readable.Contains("AVIF") ? null
            : "to read AVIF and HEIC: sudo apt-get install libvips42 libheif1 libheif-plugin-libde265 libheif-plugin-dav1d");
    }

    // The parts for HEIF and JPEG XL are modules of their own. Bytes that only begin like such a picture are refused either way, but for
    // another reason.
    private static bool CanRead(byte[] start)
    {
        try
        {
            PictureReader.ReadHeader(start);
            return true;
        }
        catch (UnusablePictureException error)
        {
            return !error.Message.Contains("can't read", StringComparison.Ordinal);
        }
    }

    private static Requirement Disk(string folder)
    {
        var at = Path.GetFullPath(folder);
        while (!Directory.Exists(at))
            at = Path.GetDirectoryName(at) ?? "/";
        var free = new DriveInfo(at).AvailableFreeSpace / 1e9;
        return new Requirement("disk", free >= LeastFreeDiskGigabytes,
            string.Create(CultureInfo.InvariantCulture, $"{free:0.0} GB free at {at}"),
            free >= LeastFreeDiskGigabytes ? null : $"free some space: a run of default size takes up to {LeastFreeDiskGigabytes} GB");
    }

    private static Requirement Memory()
    {
        var line = File.ReadLines("/proc/meminfo").First(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal));
        var free = double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e9;
        return new Requirement("memory", free >= LeastFreeMemoryGigabytes,
            string.Create(CultureInfo.InvariantCulture, $"{free:0.0} GB available"),
            free >= LeastFreeMemoryGigabytes ? null : $"end other programs: training takes about {LeastFreeMemoryGigabytes} GB");
    }
}
