using Smirk.Files.Strip;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Errors;

namespace Smirk.Drawing.Tests;

public sealed class DrawStageTests
{
    private static readonly DrawOptions Few = new() { Count = 60, Seed = 3, Size = 64 };

    [Fact]
    public void Run_draws_the_same_files_from_the_same_seed_and_others_from_another()
    {
        using var folder = new TemporaryFolder();
        DrawStage.Run(Few, folder.File("one"));
        DrawStage.Run(Few, folder.File("two"));
        DrawStage.Run(Few with { Seed = 4 }, folder.File("other"));
        Assert.Equal(Contents(folder.File("one")), Contents(folder.File("two")));
        Assert.Empty(Contents(folder.File("one")).Values.Intersect(Contents(folder.File("other")).Values).Except(Junk(folder.File("one"))));
    }

    [Fact]
    public void Run_says_truly_what_every_file_is()
    {
        using var folder = new TemporaryFolder();
        var result = DrawStage.Run(Few with { Count = 150 }, folder.File("pile"));
        var truth = DrawTruth.Read(result.Folder)!;
        Assert.True(truth.Complete);
        Assert.Equal(Files(result.Folder).Order(StringComparer.Ordinal), truth.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(150, truth.Files.Values.Count(f => f.Edit == "original"));
        Assert.Equal((result.Copies, result.MetadataCopies, result.Broken), (Count("exact"), Count("metadata"), Count("junk")));
        Assert.True(result.Copies > 8 && result.MetadataCopies > 1 && result.Broken > 6);

        var originals = truth.Files.Where(f => f.Value.Edit == "original").ToDictionary(f => f.Value.Source!, f => Read(f.Key));
        foreach (var (path, file) in truth.Files)
        {
            switch (file.Edit)
            {
                case "exact":
                    Assert.Equal(originals[file.Source!], Read(path));
                    break;
                case "metadata":
                    Assert.NotEqual(originals[file.Source!], Read(path));
                    Assert.Equal(Stripped(originals[file.Source!]), Stripped(Read(path)));
                    Assert.Equal(PictureReader.Decode(originals[file.Source!]).Pixels, PictureReader.Decode(Read(path)).Pixels);
                    break;
                case "junk" when file.Why == "pixel":
                    Assert.Equal(1, PictureReader.Decode(Read(path)).Width);
                    break;
                case "junk":
                    Assert.Throws<UnusablePictureException>(() => PictureReader.Decode(Read(path)));
                    break;
            }
        }

        int Count(string edit) => truth.Files.Values.Count(f => f.Edit == edit);
        byte[] Read(string path) => File.ReadAllBytes(Path.Combine(result.Folder, path));
    }

    [Fact]
    public void Run_gives_a_third_of_the_faces_metadata_and_mixes_formats_and_names()
    {
        using var folder = new TemporaryFolder();
        var result = DrawStage.Run(Few with { Count = 150 }, folder.File("pile"));
        var originals = DrawTruth.Read(result.Folder)!.Files.Where(f => f.Value.Edit == "original")
            .Select(f => (f.Key, Bytes: File.ReadAllBytes(Path.Combine(result.Folder, f.Key)))).ToList();
        Assert.InRange(originals.Count(o => o.Bytes.AsSpan().IndexOf("Exif\0\0"u8) > 0 || o.Bytes.AsSpan().IndexOf("eXIf"u8) > 0
            || o.Bytes.AsSpan().IndexOf("EXIF"u8) > 0), 35, 70);
        var formats = originals.CountBy(o => FormatSniffer.Sniff(o.Bytes)).ToDictionary();
        Assert.True(formats[PictureFormat.Jpeg] > 40 && formats[PictureFormat.Png] > 25 && formats[PictureFormat.WebP] > 10);
        Assert.Contains(originals, o => FormatSniffer.Sniff(o.Bytes) == PictureFormat.Png
            && o.Key.EndsWith(".jpg", StringComparison.Ordinal));
        Assert.True(originals.Select(o => Path.GetDirectoryName(o.Key)).Distinct().Count() >= 4);
    }

    [Fact]
    public void Run_finishes_what_was_interrupted_and_leaves_what_is_finished()
    {
        using var folder = new TemporaryFolder();
        var pile = folder.File("pile");
        using var cancel = new CancellationTokenSource();
        var stopper = new Stopper(cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => DrawStage.Run(Few, pile, stopper, cancel.Token));
        Assert.False(DrawTruth.Read(pile)!.Complete);
        Assert.False(DrawStage.Run(Few, pile).WasThere);
        DrawStage.Run(Few, folder.File("undisturbed"));
        Assert.Equal(Contents(folder.File("undisturbed")), Contents(pile));
        Assert.True(DrawStage.Run(Few, pile).WasThere);
    }

    [Fact]
    public void Run_never_draws_over_what_it_did_not_draw()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine/photo.jpg", [1, 2, 3]);
        Assert.Contains("isn't empty", Assert.Throws<UnusableInputException>(() => DrawStage.Run(Few, folder.File("mine"))).Message);
        Assert.Equal(["photo.jpg"], Files(folder.File("mine")));
        DrawStage.Run(Few, folder.File("pile"));
        Assert.Contains("other options", Assert.Throws<UnusableInputException>(
            () => DrawStage.Run(Few with { Seed = 9 }, folder.File("pile"))).Message);
    }

    [Theory]
    [InlineData(1, 128)]
    [InlineData(100, 16)]
    public void Run_refuses_options_out_of_range(int count, int size) =>
        Assert.Throws<UsageException>(() => DrawStage.Run(new DrawOptions { Count = count, Size = size }, "/nowhere"));

    private static byte[] Stripped(byte[] bytes)
    {
        var outcome = MetadataStripper.Strip(bytes, new StripOptions());
        return outcome.Bytes.ToArray();
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f));

    private static IEnumerable<string> Junk(string folder) =>
        DrawTruth.Read(folder)!.Files.Where(f => f.Value.Edit == "junk").Select(f => Hash(Path.Combine(folder, f.Key)));

    private static SortedDictionary<string, string> Contents(string folder) =>
        new(Files(folder).ToDictionary(f => f, f => Hash(Path.Combine(folder, f))), StringComparer.Ordinal);

    private static string Hash(string path) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));

    private sealed class Stopper(CancellationTokenSource cancel) : IProgress<Smirk.Workspace.Stages.StageProgress>
    {
        public void Report(Smirk.Workspace.Stages.StageProgress value)
        {
            if (value is Smirk.Workspace.Stages.StageAdvanced { Done: > 10 })
                cancel.Cancel();
        }
    }
}
