using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Imaging;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Dataset.Tests.Import;

public sealed class ImportStageTests
{
    [Fact]
    public void Run_takes_pictures_by_their_bytes_and_names_what_it_refuses()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.jpg", DrawnPictures.Png(1));
        folder.Write("in/deep/er/b", PictureWriter.Jpeg(DrawnPictures.Draw(2)));
        folder.Write("in/c.png", "no picture at all"u8);
        folder.Write("in/empty.png", []);
        folder.Write("in/blank.png", PictureWriter.Png(new Picture(64, 64, 10, 20, 30)));
        folder.Write("in/tiny.png", DrawnPictures.Png(3, 31, 64));
        folder.Write("in/half.png", DrawnPictures.Png(4).AsSpan(0, 200));
        folder.Write("in/.DS_Store", "x"u8);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var result = Run(workspace, folder.File("in"));
        Assert.Equal((7, 2), (result.Counts.In, result.Counts.Out));
        Assert.Equal(result.Counts.In - result.Counts.Out, result.Counts.Left.Values.Sum());
        var reasons = result.Refused.ToDictionary(r => Path.GetRelativePath(folder.File("in"), r.Path), r => r.Reason);
        Assert.Contains("this is a text", reasons["c.png"]);
        Assert.StartsWith("empty", reasons["empty.png"]);
        Assert.StartsWith("blank", reasons["blank.png"]);
        Assert.Contains("31 × 64", reasons["tiny.png"]);
        Assert.StartsWith("cut short", reasons["half.png"]);
        var kept = workspace.Catalog.Pictures.All();
        Assert.Equal(["png", "jpeg"], kept.Select(p => p.Format));
        Assert.All(kept, p => Assert.Equal((96, 96), (p.Width, p.Height)));
        Assert.All(kept, p => PictureReader.Decode(workspace.Pictures.Read(p.Sha256)));
    }

    [Fact]
    public void Run_again_reads_only_what_is_new_or_changed()
    {
        using var folder = new TemporaryFolder();
        var first = folder.Write("in/a.png", DrawnPictures.Png(1));
        var second = folder.Write("in/b.png", DrawnPictures.Png(2));
        folder.Write("in/c.png", "no picture"u8);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        Run(workspace, folder.File("in"));
        var before = workspace.Catalog.Files.All();

        Assert.Equal((0, 3), New(Run(workspace, folder.File("in"))));
        Assert.Equal(before, workspace.Catalog.Files.All());

        // Only the time of change is another: the hash says that it is the same file.
        File.SetLastWriteTimeUtc(first, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal((0, 3), New(Run(workspace, folder.File("in"))));
        Assert.Equal(before[0].PictureId, workspace.Catalog.Files.All()[0].PictureId);

        File.WriteAllBytes(second, DrawnPictures.Png(3));
        File.SetLastWriteTimeUtc(second, new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        folder.Write("in/d.png", DrawnPictures.Png(4));
        Assert.Equal((2, 2), New(Run(workspace, folder.File("in"))));
        Assert.Equal(3, workspace.Catalog.Pictures.All().Count);

        static (long, long) New(ImportResult result) => (result.New, result.Unchanged);
    }

    [Fact]
    public void Run_again_restores_a_blob_that_went_missing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.png", DrawnPictures.Png(1));
        folder.Write("in/b.png", DrawnPictures.Png(2));
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        Run(workspace, folder.File("in"));
        var (before, names) = (workspace.Catalog.Files.All(), workspace.Pictures.Names());
        File.Delete(workspace.Pictures.PathOf(names[0]));
        Assert.Equal(1, Run(workspace, folder.File("in")).New);
        Assert.Equal(before, workspace.Catalog.Files.All());
        Assert.Equal(names, workspace.Pictures.Names());
    }

    [Fact]
    public void Run_learns_nothing_from_what_Smirk_wrote_below_the_source()
    {
        using var folder = new TemporaryFolder();
        folder.Write("pics/a.png", DrawnPictures.Png(1));
        using var workspace = SmirkWorkspace.Open(folder.File("pics/smug"));
        Assert.Equal(1, Run(workspace, folder.File("pics")).Counts.In);
        folder.Write("pics/smug/runs/0001/samples/b.png", DrawnPictures.Png(2));
        OutputFolder.Make(folder.File("pics/samples"));
        folder.Write("pics/samples/c.png", DrawnPictures.Png(3));
        folder.Write("pics/d.png", DrawnPictures.Png(4));
        var again = Run(workspace, folder.File("pics"));
        Assert.Equal((2, 2), (again.Counts.In, again.Counts.Out));
        Assert.Empty(again.Refused);

        // As a source of its own a workspace is a mistake, and its folder of samples is what the person asks for.
        var refused = Assert.Throws<UnusableInputException>(() => Run(workspace, folder.File("pics/smug")));
        Assert.Contains("is a Smirk workspace", refused.Message);
        var samples = Run(workspace, folder.File("pics/samples"));
        Assert.Equal((1, 1), (samples.Counts.In, samples.Counts.Out));
    }

    [Fact]
    public void White_drawings_on_a_transparent_ground_are_pictures_and_each_its_own()
    {
        using var folder = new TemporaryFolder();
        var files = Directory.GetFiles(TestData.Require("faults"), "white-on-clear-*.png");
        foreach (var file in files)
            File.Copy(file, folder.File($"in/{Path.GetFileName(file)}"));
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        Assert.Equal((2, 2), (files.Length, Run(workspace, folder.File("in")).Counts.Out));
        var inputs = files.Select(f => new NearInput(f, 1, default, () => File.ReadAllBytes(f))).ToList();
        Assert.Empty(new NearFinder(new NearOptions(), null, CancellationToken.None).Find(inputs).Groups);
    }

    [Theory]
    [InlineData("no-eoi.jpg")]
    [InlineData("no-eoi-mp4.jpg")]
    [InlineData("stray-bytes.jpg")]
    public void Whole_pictures_without_an_end_mark_or_with_stray_bytes_are_taken(string name)
    {
        using var folder = new TemporaryFolder();
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        Assert.Equal(1, Run(workspace, Path.Combine(TestData.Require("faults"), name)).Counts.Out);
        Assert.Equal("jpeg", Assert.Single(workspace.Catalog.Pictures.All()).Format);
    }

    [Fact]
    public void Run_leaves_the_sources_as_they_are()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.png", DrawnPictures.Png(1));
        var before = Listing();
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        Run(workspace, folder.File("in"));
        Assert.Equal(before, Listing());

        string[] Listing() => [.. Directory.GetFiles(folder.File("in"))
            .Select(f => $"{f} {new FileInfo(f).LastWriteTimeUtc.Ticks} {Convert.ToHexString(File.ReadAllBytes(f))}")];
    }

    [Theory]
    [InlineData(PictureFormat.Tiff)]
    [InlineData(PictureFormat.Bmp)]
    public void Formats_that_cant_be_stripped_are_stored_as_their_pixels_alone(PictureFormat format)
    {
        using var folder = new TemporaryFolder();
        var bytes = format == PictureFormat.Bmp ? Bmp(40, 33) : Tiff(40, 33);
        Assert.Equal(format, FormatSniffer.Sniff(bytes));
        folder.Write("in/a", bytes);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        Run(workspace, folder.File("in"));
        var stored = workspace.Pictures.Read(Assert.Single(workspace.Catalog.Pictures.All()).Sha256);
        Assert.Equal(PictureFormat.Png, FormatSniffer.Sniff(stored));
        Assert.Equal(PictureReader.Decode(bytes).Pixels, PictureReader.Decode(stored).Pixels);
        Assert.DoesNotContain("Secret", System.Text.Encoding.Latin1.GetString(stored));
    }

    [Fact]
    public void Links_are_followed_to_files_but_not_round_in_circles()
    {
        using var folder = new TemporaryFolder();
        var real = folder.Write("in/sub/real.png", DrawnPictures.Png(1));
        File.CreateSymbolicLink(folder.File("in/link.png"), real);
        File.CreateSymbolicLink(folder.File("in/broken.png"), folder.File("gone.png"));
        Directory.CreateSymbolicLink(folder.File("in/sub/up"), folder.File("in"));
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var result = Run(workspace, folder.File("in"));
        Assert.Equal((3, 2), (result.Counts.In, result.Counts.Out));
        Assert.Contains("leads to no file", Assert.Single(result.Refused).Reason);
    }

    [Fact]
    public void Sources_that_cant_be_used_are_told_before_any_work()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.png", DrawnPictures.Png(1));
        Directory.CreateDirectory(folder.File("empty"));
        folder.Write("texts/a.txt", "text"u8);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        Assert.Contains("There is no folder or file", Fails<UnusableInputException>(folder.File("in"), folder.File("gone")));
        Assert.Contains("empty folder", Fails<UnusableInputException>(folder.File("in"), folder.File("empty")));
        Fails<UsageException>();
        Assert.Empty(workspace.Catalog.Files.All());
        Assert.Contains("1 file, none of them usable (1 no picture)", Fails<UnusableInputException>(folder.File("texts")));

        string Fails<T>(params string[] sources) where T : SmirkException => Assert.Throws<T>(() => Run(workspace, sources)).Message;
    }

    [Fact]
    public void Rows_get_the_same_numbers_with_any_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 150; i++)
            folder.Write($"in/{(i * 7919) % 151:000}.png", DrawnPictures.Png(i % 40, 40, 40));
        var all = new[] { 1, 7 }.Select(threads =>
        {
            using var workspace = SmirkWorkspace.Open(folder.File($"ws{threads}"));
            new ImportStage(workspace).Run(new ImportOptions { Sources = [folder.File("in")], Threads = threads });
            return workspace.Catalog.Files.All()
                .Zip(workspace.Catalog.Files.All().Select(f => workspace.Catalog.Pictures.Find(f.PictureId!.Value))).ToList();
        }).ToList();
        Assert.Equal(all[0], all[1]);
        Assert.Equal(150, all[0].Count);
    }

    [Fact]
    public void Pictures_that_are_named_one_by_one_are_taken_in_together()
    {
        using var folder = new TemporaryFolder();
        var files =
            Enumerable.Range(0, 200).Select(i => folder.Write($"in/{i:000}.png", DrawnPictures.Png(i % 50, 40, 40 + (i % 50)))).ToArray();
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var result = Run(workspace, files);
        Assert.Equal((200, 200), (result.Counts.In, result.Counts.Out));
        Assert.Equal(files, workspace.Catalog.Files.All().Select(
            f => SourcePaths.Full(workspace.Catalog.Sources.All().Single(s => s.Id == f.SourceId), f.Path)));
        Assert.Equal((0, 200), (Run(workspace, files).New, Run(workspace, files).Unchanged));
    }

    [Fact]
    public void What_an_older_version_refused_is_looked_at_once_more_and_then_refused_by_code()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/a.png", DrawnPictures.Png(1));
        folder.Write("in/notes.png", "a text"u8);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        Run(workspace, folder.File("in"));
        var refused = workspace.Catalog.Files.All().Single(f => f.Refusal is not null);
        Assert.Equal("no-picture", refused.Refusal!.Code);
        workspace.Catalog.Files.Put(refused with { Refusal = new Reason(Reason.NoteCode, Text: "no picture: this is a text") });
        Assert.Equal(1, Run(workspace, folder.File("in")).New);
        Assert.Equal(refused, workspace.Catalog.Files.Find(refused.Id));
        var again = Run(workspace, folder.File("in"));
        Assert.Equal((0L, 1L), (again.New, again.Counts.Left["no picture"]));
    }

    private static ImportResult Run(SmirkWorkspace workspace, params string[] sources) =>
        new ImportStage(workspace).Run(new ImportOptions { Sources = sources });

    private static byte[] Bmp(int width, int height)
    {
        var stride = ((width * 3) + 3) & ~3;
        var bytes = new byte[54 + (stride * height)];
        using var writer = new BinaryWriter(new MemoryStream(bytes));
        writer.Write("BM"u8);
        writer.Write([bytes.Length, 0, 54, 40, width, height, 1 | (24 << 16), 0, 0, 0, 0, 0, 0]);
        for (var i = 0; i < width * height; i++)
            bytes[54 + (i / width * stride) + (i % width * 3) + (i % 3)] = (byte)i;
        return bytes;
    }

    // Little-endian, one strip, RGB, with an artist's name in it.
    private static byte[] Tiff(int width, int height)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var artist = "Secret\0\0"u8;
        var pixels = Enumerable.Range(0, width * height * 3).Select(i => (byte)(i * 3)).ToArray();
        (int Tag, int Type, int Count, int Value)[] tags =
        [
            (256, 3, 1, width), (257, 3, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 2), (273, 4, 1, 8), (277, 3, 1, 3),
                (278, 3, 1, height),
            (279, 4, 1, pixels.Length), (315, 2, 7, 8 + pixels.Length),
        ];
        writer.Write("II*\0"u8);
        writer.Write(8 + pixels.Length + artist.Length);
        writer.Write(pixels);
        writer.Write(artist);
        writer.Write((short)tags.Length);
        foreach (var (tag, type, count, value) in tags)
        {
            writer.Write((short)tag);
            writer.Write((short)type);
            writer.Write(count);
            writer.Write(value);
        }

        writer.Write(0);
        return stream.ToArray();
    }
}

internal static class BinaryWriterExtensions
{
    public static void Write(this BinaryWriter writer, int[] values)
    {
        foreach (var value in values)
            writer.Write(value);
    }
}
