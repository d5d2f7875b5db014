using System.Text.Json;
using System.Text.RegularExpressions;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Export.Tests;

/// <summary>The flat folder, and what all folders have in common: nothing is written twice, and nothing of the person's is lost.</summary>
public sealed class FolderTests
{
    [Fact]
    public void Pictures_are_plain_PNGs_under_names_that_every_trainer_takes_with_a_line_each()
    {
        using var set = new SmallSet(captions: true);
        var result = set.Export(new ExportOptions { Output = set.File2("out"), Trigger = "smug" });
        Assert.Equal(6, result.Counts.Out);
        var names = Directory.GetFiles(set.File2("out"), "*.png").Select(Path.GetFileName).ToList();
        Assert.Equal(6, names.Count);
        Assert.All(names, name => Assert.Matches(new Regex("^[0-9a-z-]+\\.png$"), name));
        var pixels = new List<string>();
        foreach (var line in File.ReadLines(set.File2("out/metadata.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var file = json.RootElement.GetProperty("file_name").GetString()!;
            var bytes = File.ReadAllBytes(set.File2("out/" + file));
            var header = PictureReader.ReadHeader(bytes);
            Assert.Equal((PictureFormat.Png, 3, 8, false), (header.Format, header.Channels, header.BitsPerChannel, header.HasAlpha));
            pixels.Add(SmallSet.Fingerprint(PictureReader.Decode(bytes)));
            var text = json.RootElement.GetProperty("text").GetString()!;
            Assert.StartsWith("smug, a picture, number ", text);
            Assert.Equal(text + "\n", File.ReadAllText(set.File2("out/" + Path.ChangeExtension(file, ".txt"))));
            Assert.Equal(64, json.RootElement.GetProperty("sha256").GetString()!.Length);
            Assert.StartsWith(SmallSet.Class(int.Parse(text.Split(' ')[^1])) + "/Pic ", json.RootElement.GetProperty("source").GetString());
        }

        Assert.Equal(set.Pixels(), pixels.Order());
        Assert.False(Directory.Exists(set.File2("out/.smirk-incoming")));
    }

    [Fact]
    public void Again_nothing_is_written_and_then_only_what_is_new_while_what_was_dropped_goes()
    {
        using var set = new SmallSet();
        var options = new ExportOptions { Output = set.File2("out"), Trigger = "smug" };
        set.Export(options);
        var before = Times(set.File2("out"));
        var again = set.Export(options);
        Assert.Equal((0, 13), (again.Written, again.Unchanged));
        Assert.Equal(before, Times(set.File2("out")));
        set.Add(6);
        set.Import();
        set.Drop(0);
        var third = set.Export(options);

        // A picture and its caption more, the list anew; a picture and its caption less.
        Assert.Equal((3, 10, 2), (third.Written, third.Unchanged, third.Removed));
        var after = Times(set.File2("out"));
        Assert.Equal(10, before.Count(f => after.TryGetValue(f.Key, out var time) && time == f.Value));
        Assert.Equal(6, Directory.GetFiles(set.File2("out"), "*.png").Length);
    }

    [Fact]
    public void A_caption_edited_by_hand_stays()
    {
        using var set = new SmallSet();
        var options = new ExportOptions { Output = set.File2("out"), Trigger = "smug" };
        set.Export(options);
        var caption = Directory.GetFiles(set.File2("out"), "*.txt").Order().First();
        File.WriteAllText(caption, "what I say");
        var again = set.Export(options with { Trigger = "other" });
        Assert.Equal(1, again.Kept);
        Assert.Equal("what I say", File.ReadAllText(caption));
        Assert.Equal(5, Directory.GetFiles(set.File2("out"), "*.txt").Count(f => File.ReadAllText(f) == "other\n"));
    }

    [Fact]
    public void A_folder_that_holds_something_else_is_refused_and_left_alone()
    {
        using var set = new SmallSet(2);
        File.WriteAllText(set.File2("out/mine.txt"), "mine");
        var error = Assert.Throws<UsageException>(() => set.Export(new ExportOptions { Output = set.File2("out") }));
        Assert.Contains("mine.txt", error.Message);
        Assert.Single(Directory.GetFileSystemEntries(set.File2("out")));
        set.Export(new ExportOptions { Output = set.File2("kohya"), Format = ExportFormat.Kohya });
        var other = Assert.Throws<UsageException>(() => set.Export(new ExportOptions { Output = set.File2("kohya") }));
        Assert.Contains("format kohya", other.Message);
    }

    [Fact]
    public void A_damaged_picture_is_left_out_everywhere()
    {
        using var set = new SmallSet();
        using (var workspace = SmirkWorkspace.Open(set.Folder))
            File.WriteAllBytes(workspace.Pictures.PathOf(workspace.Catalog.Pictures.All()[0].Sha256), [1, 2, 3]);
        var result = set.Export(new ExportOptions { Output = set.File2("out"), Trigger = "smug" });
        Assert.Equal(1, result.Counts.Left[ExportStage.Damaged]);
        Assert.Equal(5, File.ReadLines(set.File2("out/metadata.jsonl")).Count());
        Assert.Equal(5, Directory.GetFiles(set.File2("out"), "*.txt").Length);
        Assert.Equal(5, Directory.GetFiles(set.File2("out"), "*.png").Length);
    }

    [Fact]
    public void Longest_side_and_squares_are_what_was_asked_for_and_boxes_go_along()
    {
        using var set = new SmallSet(2);
        set.Box(0, 10, 20, 30, 24);
        set.Export(new ExportOptions { Output = set.File2("small"), MaxSide = 32 });
        set.Export(new ExportOptions { Output = set.File2("pad"), Square = ExportSquare.Pad });
        set.Export(new ExportOptions { Output = set.File2("crop"), Size = 40 });
        Assert.All(Sizes("small"), s => Assert.Equal(32, Math.Max(s.Width, s.Height)));
        Assert.All(Sizes("pad"), s => Assert.Equal(s.Width, s.Height));
        Assert.All(Sizes("crop"), s => Assert.Equal((40, 40), s));

        // 64 × 64 → 32 × 32.
        Assert.Equal([5, 10, 15, 12], BoxOf("small"));
        Assert.Equal([10 * 0.625, 20 * 0.625, 30 * 0.625, 15], BoxOf("crop"), (a, b) => Math.Abs(a - b) < 0.11);

        IEnumerable<(int Width, int Height)> Sizes(string folder) => Directory.GetFiles(set.File2(folder), "*.png")
            .Select(f => PictureReader.ReadHeader(File.ReadAllBytes(f))).Select(h => (h.Width, h.Height));
        double[] BoxOf(string folder) => File.ReadLines(set.File2(folder + "/metadata.jsonl"))
            .Select(l => JsonDocument.Parse(l).RootElement.GetProperty("objects").GetProperty("bbox")).Where(b => b.GetArrayLength() > 0)
            .Select(b => b[0].EnumerateArray().Select(n => n.GetDouble()).ToArray()).Single();
    }

    [Fact]
    public void Crops_are_cut_at_full_resolution_with_the_face_in_them()
    {
        using var set = new SmallSet(3);
        set.Box(0, 20, 20, 24, 24);
        var result = set.Export(new ExportOptions { Output = set.File2("out"), What = ExportWhat.Crops });
        Assert.Equal(2, result.Counts.Left["without a crop"]);
        var file = Assert.Single(Directory.GetFiles(set.File2("out"), "*.png"));
        Assert.EndsWith("-1.png", file);
        Assert.Equal(36, PictureReader.ReadHeader(File.ReadAllBytes(file)).Width);
        using var json = JsonDocument.Parse(File.ReadLines(set.File2("out/metadata.jsonl")).Single());

        // The face's 24 pixels in 36, and the square's middle a little above the face's.
        Assert.Equal([6, 7.2, 24, 24],
            json.RootElement.GetProperty("objects").GetProperty("bbox")[0].EnumerateArray().Select(n => n.GetDouble()));
    }

    private static Dictionary<string, (DateTime, long)> Times(string folder) =>
        new DirectoryInfo(folder).GetFiles().Where(f => f.Name[0] != '.').ToDictionary(f => f.Name, f => (f.LastWriteTimeUtc, f.Length));
}
