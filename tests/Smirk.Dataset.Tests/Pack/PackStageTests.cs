using System.Security.Cryptography;
using System.Text;
using Smirk.Dataset.Import;
using Smirk.Dataset.Pack;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Safetensors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Tests.Pack;

public sealed class PackStageTests
{
    [Fact]
    public void Run_writes_one_row_a_picture_as_planes_with_a_line_that_leads_back()
    {
        using var folder = new TemporaryFolder();
        using var workspace = Imported(folder, [("a.png", DrawnPictures.Draw(1, 200, 128)), ("b.png", DrawnPictures.Draw(2, 40, 128))]);
        var result = new PackStage(workspace).Run(new PackOptions { Size = 64 });
        Assert.Equal((2, 1, false), (result.Rows, result.Small, result.WasThere));
        using var file = SafetensorsFile.Open(Path.Combine(result.Folder, "pack.safetensors"));
        Assert.Equal([2, 3, 64, 64], file["pictures"].Shape);

        // The square in the middle of 200 × 128, halved: what the plain steps give.
        var expected = DrawnPictures.Draw(1, 200, 128).Crop(36, 0, 128, 128).Resize(64, 64);
        Assert.Equal(Planes(expected), file.Bytes("pictures", 0, 3 * 64 * 64).ToArray());
        var lines = Lines(result.Folder);
        Assert.Equal([folder.File("in/a.png"), folder.File("in/b.png")], lines.Select(l => l.File));
        Assert.Equal([false, true], lines.Select(l => l.Small));
        Assert.Equal([0, 1], lines.Select(l => l.Row));
        Assert.All(lines, l => Assert.True(workspace.Pictures.Contains(l.Picture)));
    }

    [Fact]
    public void Pad_keeps_all_of_the_picture_and_mirrors_its_edges()
    {
        var picture = new Picture(2, 4, 0, 0, 0);
        for (var i = 0; i < picture.Pixels.Length; i++)
            picture.Pixels[i] = (byte)(i / 3);
        var padded = SquareFit.PadByReflection(picture, 6);
        Assert.Equal([2, 3, 2, 3, 2, 3], Enumerable.Range(0, 6).Select(x => (int)padded.Row(0)[x * 3]));
        Assert.Equal([2, 0, 2, 4, 6, 4], Enumerable.Range(0, 6).Select(y => (int)padded.Row(y)[0]));
    }

    [Fact]
    public void Run_again_does_nothing_until_something_changes()
    {
        using var folder = new TemporaryFolder();
        using var workspace =
            Imported(folder, [("a.png", DrawnPictures.Draw(1)), ("b.png", DrawnPictures.Draw(2)), ("c.png", DrawnPictures.Draw(3))]);
        var stage = new PackStage(workspace);
        var first = stage.Run(new PackOptions());
        var written = File.GetLastWriteTimeUtc(Path.Combine(first.Folder, "pack.safetensors"));
        Assert.True(stage.Run(new PackOptions()).WasThere);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(first.Folder, "pack.safetensors")));
        Assert.False(stage.Run(new PackOptions { Fit = PackFit.Pad }).WasThere);
        Assert.False(stage.Run(new PackOptions()).WasThere);
        var dropped = workspace.Catalog.Pictures.All()[1];
        workspace.Catalog.Decisions.Put(
            new Decision
            {
                Subject = DecisionSubject.Picture,
                SubjectId = dropped.Id,
                Stage = "near",
                Verdict = Verdict.Drop,
                Kind = "near",
                KeeperId = 1
            });
        Assert.Equal((2, false), (stage.Run(new PackOptions()).Rows, false));
        Assert.DoesNotContain(Lines(first.Folder), l => l.Picture == dropped.Sha256);

        // A pack cut short is made anew.
        using (var file = File.OpenWrite(Path.Combine(first.Folder, "pack.safetensors")))
            file.SetLength(1000);
        Assert.False(stage.Run(new PackOptions()).WasThere);
        Assert.Equal(2, Directory.GetFiles(first.Folder).Length);
    }

    [Fact]
    public void The_pack_is_the_same_with_any_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        using var workspace = Imported(folder, [.. Enumerable.Range(0, 70).Select(i => ($"{i}.png", DrawnPictures.Draw(i, 64 + i, 70)))]);
        var packs = new[] { 1, 5 }.Select(threads =>
        {
            var result = new PackStage(workspace).Run(new PackOptions { Size = 32, Threads = threads });
            var bytes = File.ReadAllBytes(Path.Combine(result.Folder, "pack.safetensors"));
            Directory.Delete(result.Folder, recursive: true);
            return bytes;
        }).ToList();
        Assert.Equal(packs[0], packs[1]);
    }

    [Fact]
    public void Crops_take_the_pictures_place_and_keepers_name_the_group()
    {
        using var folder = new TemporaryFolder();
        using var workspace = Imported(folder, [("a.png", DrawnPictures.Draw(1, 200, 200)), ("b.png", DrawnPictures.Draw(2, 200, 200)),
            ("c.png", DrawnPictures.Draw(3))]);
        var pictures = workspace.Catalog.Pictures.All();
        workspace.Catalog.Crops.Add(new CropRow(0, pictures[0].Id, 10, 20, 64, 64, 0.9, "face", "smirk"));
        workspace.Catalog.Crops.Add(new CropRow(0, pictures[0].Id, 100, 100, 32, 32, 0.8, "face", "smirk"));
        workspace.Catalog.Decisions.Put(
            new Decision
            {
                Subject = DecisionSubject.Picture,
                SubjectId = pictures[1].Id,
                Stage = "near",
                Verdict = Verdict.Keep,
                Kind = "crop",
                KeeperId = pictures[0].Id
            });
        var result = new PackStage(workspace).Run(new PackOptions());
        Assert.Equal(4, result.Rows);
        var lines = Lines(result.Folder);
        Assert.Equal([10, 20, 64, 64], lines[0].Crop!);
        Assert.Equal("face", lines[0].Label);
        Assert.Equal([false, true, false, false], lines.Select(l => l.Small));
        Assert.Equal([pictures[0].Sha256, pictures[0].Sha256, pictures[0].Sha256, pictures[2].Sha256], lines.Select(l => l.Group));
        using var file = SafetensorsFile.Open(Path.Combine(result.Folder, "pack.safetensors"));
        Assert.Equal(Planes(DrawnPictures.Draw(1, 200, 200).Crop(10, 20, 64, 64)), file.Bytes("pictures", 0, 3 * 64 * 64).ToArray());
    }

    [Fact]
    public void Fewer_than_two_pictures_and_unknown_sizes_are_refused()
    {
        using var folder = new TemporaryFolder();
        using var workspace = Imported(folder, [("a.png", DrawnPictures.Draw(1))]);
        Assert.Contains("has 1 usable picture;", Assert.Throws<UnusableInputException>(
            () => new PackStage(workspace).Run(new PackOptions())).Message);
        Assert.Contains("no size 65", Assert.Throws<UsageException>(
            () => new PackStage(workspace).Run(new PackOptions { Size = 65 })).Message);
    }

    [Fact]
    public void A_blob_that_was_damaged_since_is_left_out_and_named()
    {
        using var folder = new TemporaryFolder();
        using var workspace =
            Imported(folder, [("a.png", DrawnPictures.Draw(1)), ("b.png", DrawnPictures.Draw(2)), ("c.png", DrawnPictures.Draw(3))]);
        File.WriteAllText(workspace.Pictures.PathOf(workspace.Catalog.Pictures.All()[1].Sha256), "gone bad");
        var said = new Said();
        var result = new PackStage(workspace).Run(new PackOptions(), said);
        Assert.Equal((2, 1), (result.Rows, result.Counts.Left["damaged in the workspace"]));
        Assert.Equal(folder.File("in/b.png"), Assert.Single(said.All.OfType<StageWarned>()).Subject);
    }

    [Fact]
    public void All_damaged_blobs_are_found_in_one_go()
    {
        using var folder = new TemporaryFolder();
        using var workspace =
            Imported(folder, [.. Enumerable.Range(0, 140).Select(i => ($"{i:000}.png", DrawnPictures.Draw(i, 40, 40 + i)))]);
        var pictures = workspace.Catalog.Pictures.All();
        foreach (var i in new[] { 0, 70, 139 })
            File.WriteAllText(workspace.Pictures.PathOf(pictures[i].Sha256), "gone bad");
        var said = new Said();
        var result = new PackStage(workspace).Run(new PackOptions { Size = 32, Threads = 1 }, said);
        Assert.Equal((137, 3), (result.Rows, result.Counts.Left["damaged in the workspace"]));
        Assert.Equal(3, said.All.OfType<StageWarned>().Count());
        Assert.Equal(2, said.All.OfType<StageAdvanced>().Count(a => a.Done == a.Total));
    }

    [Fact]
    public void A_workspace_that_was_moved_has_the_same_pack_and_its_own_files_are_named_relative_to_it()
    {
        using var folder = new TemporaryFolder();
        foreach (var i in new[] { 1, 2 })
            folder.Write($"ws/drawn/{i}.png", DrawnPictures.Png(i));
        folder.Write("outside/3.png", DrawnPictures.Png(3));
        var ws = folder.File("ws");
        SmirkWorkspace.Open(folder.File("new")).Dispose();
        File.Move(folder.File("new/smirk.db"), Path.Combine(ws, "smirk.db"));
        PackResult before;
        using (var workspace = SmirkWorkspace.Open(ws))
        {
            new ImportStage(workspace).Run(new ImportOptions { Sources = [Path.Combine(ws, "drawn"), folder.File("outside")] });
            before = new PackStage(workspace).Run(new PackOptions());
            Assert.Equal(["drawn/1.png", "drawn/2.png", folder.File("outside/3.png")], Lines(before.Folder).Select(l => l.File));
        }

        Directory.Move(ws, folder.File("moved"));
        using var moved = SmirkWorkspace.Open(folder.File("moved"));
        var again = new ImportStage(moved).Run(new ImportOptions { Sources = [folder.File("moved/drawn")] });
        Assert.Equal((0, 2), (again.New, again.Unchanged));
        var after = new PackStage(moved).Run(new PackOptions());
        Assert.Equal((before.Fingerprint, true), (after.Fingerprint, after.WasThere));
    }

    [Fact]
    public void A_pack_of_before_paths_were_relative_is_taken_for_what_it_is()
    {
        using var folder = new TemporaryFolder();
        using var workspace = Imported(folder, [("a.png", DrawnPictures.Draw(1)), ("b.png", DrawnPictures.Draw(2))]);
        var made = new PackStage(workspace).Run(new PackOptions());

        // As if it had been made where the workspace was before: other paths, and a fingerprint over these.
        var older =
            File.ReadAllText(Path.Combine(made.Folder, "pack.jsonl")).Replace(folder.Path, "/another/place", StringComparison.Ordinal);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("smirk pack 2, 64 px, Crop\n" + older)));
        using (var file = SafetensorsFile.Open(Path.Combine(made.Folder, "pack.safetensors")))
        {
            var pixels = file.Bytes("pictures").ToArray();
            SafetensorsFile.Write(file.Path + "2", [new TensorToWrite("pictures", ElementType.U8, [2, 3, 64, 64], pixels)],
                new Dictionary<string, string> { ["smirk.fingerprint"] = fingerprint });
        }

        File.Move(Path.Combine(made.Folder, "pack.safetensors2"), Path.Combine(made.Folder, "pack.safetensors"), overwrite: true);
        File.WriteAllText(Path.Combine(made.Folder, "pack.jsonl"), older);
        var again = new PackStage(workspace).Run(new PackOptions());
        Assert.Equal((fingerprint, true), (again.Fingerprint, again.WasThere));
        Assert.False(new PackStage(workspace).Run(new PackOptions { Fit = PackFit.Pad }).WasThere);
    }

    private static SmirkWorkspace Imported(TemporaryFolder folder, (string Name, Picture Picture)[] pictures)
    {
        foreach (var (name, picture) in pictures)
            folder.Write($"in/{name}", PictureWriter.Png(picture));
        var workspace = SmirkWorkspace.Open(folder.File("ws"));
        new ImportStage(workspace).Run(new ImportOptions { Sources = [folder.File("in")] });
        return workspace;
    }

    private static IReadOnlyList<PackRow> Lines(string pack) => PackLines.Read(Path.Combine(pack, PackFolder.Lines));

    private static byte[] Planes(Picture picture) =>
        [.. Enumerable.Range(0, 3)
            .SelectMany(c => Enumerable.Range(0, picture.Width * picture.Height).Select(i => picture.Pixels[(i * 3) + c]))];

    private sealed class Said : IProgress<StageProgress>
    {
        public List<StageProgress> All { get; } = [];

        public void Report(StageProgress value)
        {
            lock (All)
                All.Add(value);
        }
    }
}
