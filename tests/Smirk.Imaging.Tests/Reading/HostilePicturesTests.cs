using System.Diagnostics;
using System.Globalization;
using Smirk.Imaging.Reading;

namespace Smirk.Imaging.Tests.Reading;

/// <summary>440 malformed pictures out of fuzzing corpora and bug reports, bombs among them.</summary>
[Collection("Standard error is watched")] // dav1d prints there what it finds wrong with an AVIF
public sealed class HostilePicturesTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private const long MostMemory = 1_000_000_000;

    [Fact]
    public void Decode_takes_or_refuses_every_malformed_picture_quickly_silently_and_in_little_memory()
    {
        var files =
            Directory.GetFiles(TestData.Require("hostile"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Assert.True(files.Count >= 400);
        File.WriteAllText("/proc/self/clear_refs", "5"); // resets the peak
        using var stderr = new NativeStderr();
        var (used, refused, slowest) = (0, 0, TimeSpan.Zero);
        foreach (var file in files)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                var picture = PictureReader.DecodeFile(file);
                Assert.InRange((long)picture.Width * picture.Height, 1, 100_000_000);
                used++;
                output.WriteLine($"{Path.GetFileName(file)}: {picture.Width} × {picture.Height}");
            }
            catch (UnusablePictureException reason)
            {
                Assert.DoesNotContain('\n', reason.Message);
                Assert.InRange(reason.Message.Length, 10, 200);
                refused++;
                output.WriteLine($"{Path.GetFileName(file)}: {reason.Message}");
            }

            var took = Stopwatch.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
            Assert.True(took < Longest, $"{file} took {took.TotalSeconds:0.0} s.");
        }

        output.WriteLine($"{used} used, {refused} refused, slowest {slowest.TotalSeconds:0.00} s, peak {PeakBytes() / 1e6:0} MB");
        Assert.True(used > 100 && refused > 100);
        Assert.True(PeakBytes() < MostMemory, $"{PeakBytes() / 1e6:0} MB at the peak");
        Assert.Equal("", stderr.Text);
    }

    private static long PeakBytes() => File.ReadLines("/proc/self/status").Where(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024).Single();
}
