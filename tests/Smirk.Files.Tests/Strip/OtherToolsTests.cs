using System.Diagnostics;
using System.Text.Json;
using Smirk.Files.Strip;

namespace Smirk.Files.Tests.Strip;

/// <summary>What other people's programs say of stripped files: a second decoder, and the tool that knows every tag.</summary>
public sealed class OtherToolsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenCV_decodes_the_same_pixels_before_and_after()
    {
        const string Include = "/usr/include/opencv4";
        Assert.SkipUnless(File.Exists($"{Include}/opencv2/imgcodecs.hpp"),
            "Needs OpenCV's decoders: apt-get install libopencv-imgcodecs-dev");
        var program = _folder.File("opencv_compare");
        var source = Path.Combine(TestData.Repository, "tests/Smirk.Files.Tests/Strip/opencv_compare.cpp");
        Run("g++", ["-O1", "-o", program, source, $"-I{Include}", "-lopencv_imgcodecs", "-lopencv_core"]);

        var pairs = Stripped("metadata", "pile").ToList();
        var verdicts = Run(program, [], string.Concat(pairs.Select(p => $"{p.Before}\t{p.After}\n")))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(pairs.Count, verdicts.Length);
        Assert.All(pairs.Zip(verdicts), pair => Assert.True(pair.Second == "equal"
            || (pair.Second == "unreadable" && pair.First.Before.EndsWith(".gif", StringComparison.Ordinal)),
            $"{pair.First.Before}: {pair.Second}"));
    }

    [Fact]
    public void Exiftool_finds_nothing_but_facts_of_file_structure_profile_and_orientation()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/exiftool"), "Needs exiftool: apt-get install libimage-exiftool-perl");
        var files = Stripped("metadata", "pile")
            .Where((pair, i) => i % 8 == 0 || pair.Before.Contains("metadata", StringComparison.Ordinal))
            .ToDictionary(p => p.After, p => p.Before);
        using var document = JsonDocument.Parse(Run("/usr/bin/exiftool", ["-j", "-G1", "-a", "-u", "-charset", "filename=utf8", "-@", "-"],
            string.Join('\n', files.Keys)));
        Assert.Equal(files.Count, document.RootElement.GetArrayLength());
        foreach (var file in document.RootElement.EnumerateArray())
        {
            var left = file.EnumerateObject().Select(tag => tag.Name).Where(name => !IsFact(name));
            Assert.True(!left.Any(), $"{files[file.GetProperty("SourceFile").GetString()!]}: {string.Join(", ", left)}");
        }
    }

    private static bool IsFact(string tag) => tag.Split(':') switch
    {
        ["SourceFile"] => true,
        ["ExifTool", not "Warning"] => true,
        ["System", _] => true,
        ["File", "FileType" or "FileTypeExtension" or "MIMEType" or "ExifByteOrder" or "ImageWidth" or "ImageHeight" or "EncodingProcess"
            or "BitsPerSample" or "ColorComponents" or "YCbCrSubSampling"] => true,
        ["JFIF", "JFIFVersion" or "ResolutionUnit" or "XResolution" or "YResolution"] => true,
        ["Adobe", "DCTEncodeVersion" or "APP14Flags0" or "APP14Flags1" or "ColorTransform"] => true,
        ["IFD0", "Orientation"] => true,
        ["PNG", not ("Comment" or "Software" or "Title" or "Author" or "ModifyDate")] => true,
        ["PNG-pHYs", _] => true,
        ["RIFF", "ImageWidth" or "ImageHeight" or "VP8Version" or "HorizontalScale" or "VerticalScale" or "WebP_Flags" or "AlphaIsUsed"
            or "AlphaPreprocessing" or "AlphaFiltering" or "AlphaCompression"] => true,
        ["GIF", not "Comment"] => true,
        ["Composite", "ImageSize" or "Megapixels"] => true,
        [var group, _] => group.StartsWith("ICC", StringComparison.Ordinal),
        _ => false,
    };

    private IEnumerable<(string Before, string After)> Stripped(params string[] folders)
    {
        foreach (var path in folders.SelectMany(
            folder => Directory.EnumerateFiles(TestData.Require(folder), "*", SearchOption.AllDirectories)).Order())
        {
            var outcome = MetadataStripper.Strip(File.ReadAllBytes(path));
            if (outcome.Status == StripStatus.Stripped)
                yield return (path, _folder.Write($"{Guid.NewGuid():n}{Path.GetExtension(path)}", outcome.Bytes.Span));
        }
    }

    private static string Run(string program, IEnumerable<string> arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(
            program, arguments)
        { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var feeding = new Thread(() =>
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        });
        feeding.Start();
        var output = process.StandardOutput.ReadToEnd();
        feeding.Join();
        process.WaitForExit();
        Assert.True(process.ExitCode is 0, $"{program} ended with {process.ExitCode}: {output}");
        return output;
    }
}
