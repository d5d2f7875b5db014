using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Parquet;
using Smirk.Dataset.Pack;
using Smirk.Export.Plan;
using Smirk.Imaging.Reading;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Export.Tests;

/// <summary>Each layout is what its readers expect, told by readers that aren't Smirk's own.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void Tar_shards_have_each_pictures_members_side_by_side_and_keys_without_dots()
    {
        using var set = new SmallSet(captions: true);
        set.Export(Of(set, ExportFormat.WebDataset) with { Labels = "folder", Trigger = "smug" });
        string[] names = Shell.Run(set.File2("out"), "tar tf shard-000000.tar").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(24, names.Length);
        foreach (var members in names.Chunk(4))
        {
            var key = members[0][..members[0].IndexOf('.')];
            Assert.Equal([$"{key}.png", $"{key}.txt", $"{key}.cls", $"{key}.json"], members);
        }

        Assert.Contains(Shell.Run(set.File2("out"), $"tar xOf shard-000000.tar {names[2]}"), (string[])["0", "1"]);
    }

    [Fact]
    public void Shards_are_no_longer_than_asked_and_new_pictures_change_the_last_one_alone()
    {
        using var set = new SmallSet();
        var options = Of(set, ExportFormat.WebDataset) with { ShardBytes = 30_000 };
        set.Export(options);
        string[] shards = [.. Directory.GetFiles(set.File2("out"), "*.tar").Order()];
        Assert.True(shards.Length > 1);
        Assert.All(shards, shard => Assert.InRange(new FileInfo(shard).Length, 1, 60_000));
        var before = shards.Select(File.GetLastWriteTimeUtc).ToArray();
        set.Add(6);
        set.Import();
        set.Add(7);
        set.Import();
        var again = set.Export(options);
        Assert.Equal(before[..^1], shards[..^1].Select(File.GetLastWriteTimeUtc));
        Assert.Equal(shards.Length - 1, again.Unchanged);
    }

    [Fact]
    public async Task Parquet_has_pictures_as_structs_and_Hugging_Faces_features()
    {
        using var set = new SmallSet(captions: true);
        set.Export(Of(set, ExportFormat.Parquet) with { Labels = "folder", Split = 0.3 });
        await using var reader = await ParquetReader.CreateAsync(set.File2("out/data/train-00000.parquet"), cancellationToken:
            TestContext.Current.CancellationToken);
        Assert.Equal(["image/bytes", "image/path", "label", "text", "source", "sha256"], reader.Schema.GetDataFields()
            .Select(f => string.Join('/', f.Path.ToList())));
        using var features = JsonDocument.Parse(reader.CustomMetadata["huggingface"]);
        var info = features.RootElement.GetProperty("info").GetProperty("features");
        Assert.Equal("Image", info.GetProperty("image").GetProperty("_type").GetString());
        Assert.Equal(["even", "odd"], info.GetProperty("label").GetProperty("names").EnumerateArray().Select(n => n.GetString()));
        Assert.True(File.Exists(set.File2("out/data/validation-00000.parquet")));
    }

    [Fact]
    public void StyleGans_file_is_stored_square_and_numbered()
    {
        using var set = new SmallSet();
        Pack(set);
        set.Export(new ExportOptions { Output = set.File2("a.zip"), Format = ExportFormat.StyleGan });
        set.Export(new ExportOptions { Output = set.File2("b.zip"), Format = ExportFormat.StyleGan, Labels = "folder" });
        using var zip = ZipFile.OpenRead(set.File2("b.zip"));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"00000/img0000000{i}.png").Append("dataset.json"), zip.Entries.Select(
            e => e.FullName));
        Assert.All(zip.Entries, e => Assert.Equal(e.Length, e.CompressedLength));
        foreach (var entry in zip.Entries.Where(e => e.Name.EndsWith(".png", StringComparison.Ordinal)))
        {
            using var stream = entry.Open();
            var bytes = new byte[entry.Length];
            stream.ReadExactly(bytes);
            var header = PictureReader.ReadHeader(bytes);
            Assert.Equal((32, 32, 3), (header.Width, header.Height, header.Channels));
        }

        Assert.Equal("[[\"00000/img00000000.png\",0],[\"00000/img00000001.png\",0]", Json("b.zip")["{\"labels\":".Length..][..56]);
        Assert.Equal("{\"labels\":null}", Json("a.zip"));

        string Json(string file)
        {
            using var opened = ZipFile.OpenRead(set.File2(file));
            using var reader = new StreamReader(opened.GetEntry("dataset.json")!.Open());
            return reader.ReadToEnd();
        }
    }

    [Fact]
    public void One_file_is_left_as_it_is_when_nothing_changed_and_never_written_over_somebody_elses()
    {
        using var set = new SmallSet();
        Pack(set);
        var options = new ExportOptions { Output = set.File2("a.zip"), Format = ExportFormat.StyleGan };
        Assert.Equal(1, set.Export(options).Written);
        var time = File.GetLastWriteTimeUtc(options.Output);
        Assert.Equal((0, 1), (set.Export(options).Written, set.Export(options).Unchanged));
        Assert.Equal(time, File.GetLastWriteTimeUtc(options.Output));
        File.WriteAllText(set.File2("mine.npz"), "mine");
        Assert.Throws<UsageException>(() => set.Export(new ExportOptions { Output = set.File2("mine.npz"), Format = ExportFormat.Npz }));
        Assert.Equal("mine", File.ReadAllText(set.File2("mine.npz")));
    }

    [Fact]
    public void NumPy_reads_the_arrays()
    {
        using var set = new SmallSet();
        Pack(set);
        set.Export(new ExportOptions { Output = set.File2("a.npz"), Format = ExportFormat.Npz, Labels = "folder", Split = 0.3 });
        Assert.SkipUnless(Shell.Run("/", "/usr/bin/python3 -c 'import numpy' 2>/dev/null && echo yes || true") == "yes\n",
            "Needs NumPy: apt install python3-numpy");
        var said = Shell.Run(set.Folder, $"/usr/bin/python3 -c \"import numpy as n; d = n.load('{set.File2("a.npz")}'); "
            + "print(d['x_train'].dtype, d['x_train'].shape[1:], len(d['x_train']) + len(d['x_test']), d['y_train'].dtype, "
            + "sorted(set(d['y_train']) | set(d['y_test'])), list(d['classes']))\"");
        Assert.Equal("uint8 (32, 32, 3) 6 int64 [0, 1] ['even', 'odd']\n", Regex.Replace(said, @"np\.\w+\(([^)]*)\)", "$1"));
    }

    [Fact]
    public void Boxes_are_where_detectors_look_for_them()
    {
        using var set = new SmallSet(2);
        set.Box(0, 16, 8, 32, 24);
        set.Export(Of(set, ExportFormat.Coco) with { Output = set.File2("coco") });
        using var coco = JsonDocument.Parse(File.ReadAllBytes(set.File2("coco/annotations/instances_train.json")));
        var image = coco.RootElement.GetProperty("images")[0];
        var annotation = Assert.Single(coco.RootElement.GetProperty("annotations").EnumerateArray());
        Assert.True(File.Exists(set.File2("coco/train/" + image.GetProperty("file_name").GetString())));
        Assert.Equal(image.GetProperty("id").GetInt32(), annotation.GetProperty("image_id").GetInt32());
        Assert.Equal([16, 8, 32, 24], annotation.GetProperty("bbox").EnumerateArray().Select(n => n.GetDouble()));
        Assert.Equal((768, 0), (annotation.GetProperty("area").GetDouble(), annotation.GetProperty("iscrowd").GetInt32()));
        Assert.Equal("face", coco.RootElement.GetProperty("categories")[0].GetProperty("name").GetString());

        set.Export(Of(set, ExportFormat.Yolo) with { Output = set.File2("yolo") });
        var texts = Directory.GetFiles(set.File2("yolo/labels/train")).ToDictionary(f => Path.GetFileNameWithoutExtension(f),
            File.ReadAllText);
        Assert.Equal(["", "0 0.5 0.3125 0.5 0.375\n"], texts.Values.Order());
        Assert.All(texts.Keys, name => Assert.True(File.Exists(set.File2($"yolo/images/train/{name}.png"))));
        Assert.Contains("names:\n  0: \"face\"\n", File.ReadAllText(set.File2("yolo/data.yaml")));
    }

    [Fact]
    public void Kohyas_names_end_with_the_face_and_its_folder_begins_with_the_repeats()
    {
        using var set = new SmallSet(2, captions: true);
        set.Box(0, 16, 8, 32, 24);
        set.Export(Of(set, ExportFormat.Kohya) with { Trigger = "smug", Prefix = "anime, girl", Repeats = 7, FaceNames = true });
        string[] names = [.. Directory.GetFiles(set.File2("out/7_smug"), "*.png").Select(f => Path.GetFileNameWithoutExtension(f)!)];
        Assert.All(names, name => Assert.Matches(new Regex("^[0-9a-z-]+_[0-9]+_[0-9]+_[0-9]+_[0-9]+$"), name));
        Assert.Contains(names, name => name.EndsWith("_32_20_32_24", StringComparison.Ordinal));
        Assert.All(names, name => Assert.StartsWith("smug, anime, girl, a picture", File.ReadAllText(set.File2($"out/7_smug/{name}.txt"))));
        var toml = File.ReadAllText(set.File2("out/dataset.toml"));
        Assert.Contains("caption_extension = \".txt\"", toml);
        Assert.Contains("keep_tokens = 3", toml);
    }

    [Fact]
    public void Classes_are_folders_with_a_list_in_each_part()
    {
        using var set = new SmallSet();
        set.Export(Of(set, ExportFormat.ImageFolder) with { Labels = "folder", Split = 0.3 });
        foreach (var part in (string[])["train", "validation"])
        {
            foreach (var line in File.ReadLines(set.File2($"out/{part}/metadata.jsonl")))
            {
                using var json = JsonDocument.Parse(line);
                var file = json.RootElement.GetProperty("file_name").GetString()!;
                Assert.True(File.Exists(set.File2($"out/{part}/{file}")));
                Assert.Equal(json.RootElement.GetProperty("label").GetString(), file[..file.IndexOf('/')]);
            }
        }
    }

    [Fact]
    public void No_group_is_on_both_sides_of_the_split() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<byte>>(),
        groups =>
        {
            string[] names = [.. groups.Get.Select(g => $"group {g % 50}")];
            var validation = ValidationSplit.Of(names, 0.2);
            var different = names.Distinct().Count();
            Assert.InRange(validation.Count, different > 1 ? 1 : 0, Math.Max(0, different - 1));

            // Others that come along move nobody that was drawn.
            var more = ValidationSplit.Of(names.Concat(Enumerable.Range(0, 200).Select(i => $"more {i}")), 0.2);
            if (different > 20)
                Assert.Subset(more.ToHashSet(), validation.ToHashSet());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("solo\nlong_hair\n", "solo, long hair")]
    [InlineData("1girl long_hair smug_face ^_^", "1girl, long hair, smug face, ^_^")]
    [InlineData("a girl with long hair", "a girl with long hair")]
    [InlineData(" long_hair,solo ,, looking at me", "long hair, solo, looking at me")]
    [InlineData("two\nlines of text", "two lines of text")]
    public void Tags_become_what_trainers_take(string given, string expected) => Assert.Equal(expected, Captions.Tidy(given));

    private static ExportOptions Of(SmallSet set, ExportFormat format) => new() { Output = set.File2("out"), Format = format };

    private static void Pack(SmallSet set)
    {
        using var workspace = SmirkWorkspace.Open(set.Folder);
        new PackStage(workspace).Run(new PackOptions { Size = 32 });
    }
}
