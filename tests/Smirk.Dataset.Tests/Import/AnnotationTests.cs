using System.Text;
using Smirk.Dataset.Import;
using Smirk.Dataset.Pack;
using Smirk.Workspace;
using Smirk.Workspace.Packs;

namespace Smirk.Dataset.Tests.Import;

/// <summary>What comes with pictures: captions, labels, boxes of other people's sets.</summary>
public sealed class AnnotationTests
{
    [Fact]
    public void Captions_and_tags_beside_pictures_are_notes_and_no_refused_files()
    {
        using var set = new Set();
        set.Picture("a.png", 1).Text("a.txt", "a smug cat\n");
        set.Picture("b.jpg", 2).Text("b.jpg.txt", "solo\nlong_hair\n");
        set.Picture("c.png", 3).Text("c.json", """{"tags": ["x", "y"], "author": "me", "size": 3, "deep": {"not": "this"}}""");
        set.Picture("d.png", 4).Text("d.caption", "  ");
        set.Text("readme.txt", "about these pictures");
        var result = set.Import();
        Assert.Empty(result.Refused);
        Assert.Equal(1, result.OtherFiles["a text"]);
        Assert.Equal("a smug cat", set.Note("a.png", "text"));
        Assert.Equal("solo\nlong_hair", set.Note("b.jpg", "text"));
        Assert.Equal(("x\ny", "me", "3"), (set.Note("c.png", "text"), set.Note("c.png", "author"), set.Note("c.png", "size")));
        Assert.Null(set.Note("d.png", "text"));

        // Again: nothing new, one other file as before; an edited caption is read all the same.
        set.Text("a.txt", "edited");
        var again = set.Import();
        Assert.Equal((0, 5, 1), (again.New, again.Unchanged, again.OtherFiles["a text"]));
        Assert.Equal("edited", set.Note("a.png", "text"));
    }

    [Fact]
    public void Lists_for_whole_sets_are_read_in_every_folder()
    {
        using var set = new Set();
        set.Picture("train/1.png", 1).Picture("train/cat/2.png", 2).Picture("test/1.png", 3);
        set.Text("train/metadata.jsonl", """
            {"file_name": "1.png", "text": "one", "label": 7}
            {"file_name": "cat/2.png", "objects": {"bbox": [[4, 5, 20, 30]], "categories": ["cat"]}}
            {"file_name": "gone.png", "text": "not here"}
            """);
        set.Text("test/metadata.csv", "file_name,text,license\n1.png,\"three, and more\",CC0\n");
        Assert.Empty(set.Import().Refused);
        Assert.Equal(("one", "7"), (set.Note("train/1.png", "text"), set.Note("train/1.png", "label")));
        Assert.Equal(("three, and more", "CC0"), (set.Note("test/1.png", "text"), set.Note("test/1.png", "license")));
        Assert.Equal(["4 5 20 30 cat"], set.Boxes("train/cat/2.png"));
    }

    [Fact]
    public void Boxes_of_COCO_and_YOLO_become_crops_that_the_pack_is_made_of()
    {
        using var set = new Set();
        set.Picture("coco/train2017/1.png", 1).Picture("yolo/images/train/2.png", 2).Picture("yolo/images/train/3.png", 3);
        set.Text("coco/annotations/instances_train2017.json", """
            {"images": [{"id": 9, "file_name": "1.png"}], "categories": [{"id": 3, "name": "head"}],
             "annotations": [{"id": 1, "image_id": 9, "category_id": 3, "bbox": [10, 20, 40, 50]}, {"image_id": 77, "bbox": [1, 1, 1, 1]}]}
            """);
        set.Text("yolo/data.yaml", "train: images/train\nnames:\n  0: person\n  1: face\n");
        set.Text("yolo/labels/train/2.txt", "1 0.5 0.5 0.25 0.5\n").Text("yolo/labels/train/3.txt", "");
        Assert.Empty(set.Import().Refused);
        Assert.Equal(["10 20 40 50 head"], set.Boxes("coco/train2017/1.png"));
        Assert.Equal(["36 24 24 48 face"], set.Boxes("yolo/images/train/2.png"));
        Assert.Empty(set.Boxes("yolo/images/train/3.png"));
        using var workspace = SmirkWorkspace.Open(set.Folder);
        new PackStage(workspace).Run(new PackOptions { Size = 32 });
        using var pack = PackReader.Open(workspace.PackFolder(32));
        Assert.Equal(2, pack.Rows.Count(r => r.Crop is not null));
    }

    [Fact]
    public void What_came_with_a_picture_is_in_the_pack_for_training_to_label_by()
    {
        using var set = new Set();
        set.Picture("a.png", 1).Text("a.json", """{"character": "alice"}""").Picture("b.png", 2).Text("b.json", """{"character": "bob"}""");
        set.Import();
        using var workspace = SmirkWorkspace.Open(set.Folder);
        new PackStage(workspace).Run(new PackOptions { Size = 32 });
        using var pack = PackReader.Open(workspace.PackFolder(32));
        Assert.Equal(["alice", "bob"], pack.Rows.Select(LabelSource.Parse("metadata:character")!.Of));
        File.WriteAllText(set.Path("labels.csv"), "a,first\nb.png,second\n");
        Assert.Equal(["first", "second"], pack.Rows.Select(LabelSource.Parse(set.Path("labels.csv"))!.Of));
    }

    [Theory]
    [InlineData("metadata.jsonl", "{\"file_name\": \"a.png\"")]
    [InlineData("a.json", "[1, 2")]
    [InlineData("metadata.csv", "file_name,text\na.png,\"never ends\n")]
    [InlineData("annotations.json", "{\"images\": 3}}")]
    public void Damaged_lists_are_told_of_and_cost_no_picture(string name, string text)
    {
        using var set = new Set();
        set.Picture("a.png", 1).Text(name, text);
        var told = new List<string>();
        Assert.Equal(1, set.Import(told).Counts.Out);
        Assert.Contains(told, line => line.Contains(name) && line.Contains("can't be read"));
    }

    private sealed class Set : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public string Folder => _folder.File("ws");

        public string Path(string name) => _folder.File(name);

        public Set Picture(string name, int number)
        {
            _folder.Write("in/" + name, DrawnPictures.Png(number));
            return this;
        }

        public Set Text(string name, string text)
        {
            _folder.Write("in/" + name, Encoding.UTF8.GetBytes(text));
            return this;
        }

        public ImportResult Import(List<string>? told = null)
        {
            using var workspace = SmirkWorkspace.Open(Folder);
            return new ImportStage(workspace).Run(new ImportOptions { Sources = [_folder.File("in")] }, told is null ? null
                : new Told(told));
        }

        public string? Note(string path, string field)
        {
            using var workspace = SmirkWorkspace.OpenToRead(Folder);
            var file = workspace.Catalog.Files.All().Single(f => f.Path == path);
            return workspace.Catalog.Notes.All().GetValueOrDefault(file.Id)?.GetValueOrDefault(field);
        }

        public IEnumerable<string> Boxes(string path)
        {
            using var workspace = SmirkWorkspace.OpenToRead(Folder);
            var file = workspace.Catalog.Files.All().Single(f => f.Path == path);
            return [.. workspace.Catalog.Crops.Chosen().Where(c => c.PictureId == file.PictureId)
                .Select(c => $"{c.X} {c.Y} {c.Width} {c.Height} {c.Label}")];
        }

        public void Dispose() => _folder.Dispose();
    }

    private sealed class Told(List<string> lines) : IProgress<Workspace.Stages.StageProgress>
    {
        public void Report(Workspace.Stages.StageProgress value)
        {
            if (value is Workspace.Stages.StageWarned warned)
                lines.Add($"{warned.Subject}: {warned.Reason}");
        }
    }
}
