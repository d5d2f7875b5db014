using System.IO.Compression;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Dataset.Merge;
using Smirk.Dataset.Pack;
using Smirk.Dataset.Story;
using Smirk.Music.Compose;
using Smirk.Music.Measures;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Dataset.Tests.Import;

public sealed class MidiTests
{
    [Fact]
    public void Tunes_are_packed_as_the_rolls_they_are_and_held_out_whole()
    {
        using var folder = new TemporaryFolder();
        var files = TunePile.Files(3, i => i).ToList();
        foreach (var (name, bytes) in files)
            folder.Write($"in/{name}", bytes);
        folder.Write("in/again.mid", files[0].Bytes);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var imported = new ImportStage(workspace).Run(
            new ImportOptions { Sources = [folder.File("in")] }, cancel: TestContext.Current.CancellationToken);
        Assert.Empty(imported.Refused);
        var windows = files.SelectMany(f => RollCutter.Cut(MidiReader.Read(f.Bytes), RollCut.Usual).Windows).ToList();
        Assert.Equal(windows.Count + 6, imported.Counts.Out);
        Assert.Equal(6, new ExactStage(workspace).Run().Decisions.Count);

        var pack = new PackStage(workspace).Run(new PackOptions { Size = RollShape.FourBars.Size });
        using var reader = PackReader.Open(pack.Folder);
        Assert.Equal(windows.Count, reader.Count);
        Assert.Equal(3, reader.Rows.Select(row => row.Group).Distinct().Count());
        var rolls = new List<Roll>();
        reader.Read((_, pixels) =>
        {
            for (var at = 0; at < pixels.Length; at += 3 * 64 * 64)
                rolls.Add(RollPixels.FromPlanes(pixels.Slice(at, 3 * 64 * 64), RollShape.FourBars));
        });
        Assert.All(windows, window => Assert.Contains(rolls, window.Roll.IsSameAs));

        // Packed before their ruling was kept: once more, and the same.
        var usual = RollPile.Usual(reader.Rows.Select(row => row.File), RollShape.FourBars)!.Value;
        Assert.Equal(new PackRoll(12, 12, usual.Tempo), reader.Roll);
        var file = SafetensorsFile.Open(Path.Combine(pack.Folder, PackFolder.Pixels));
        var (metadata, packed) = (file.Metadata.Where(pair => pair.Key != PackFolder.RollKey).ToDictionary(), file.Bytes(
            PackFolder.TensorName, 0, reader.Count * 3 * 64 * 64).ToArray());
        file.Dispose();
        PackFolder.Write(
            pack.Folder, new TensorToWrite(PackFolder.TensorName, ElementType.U8, [reader.Count, 3, 64, 64], packed), metadata,
            File.ReadAllText(Path.Combine(pack.Folder, PackFolder.Lines)));
        Assert.Null(PackFolder.RollOf(pack.Folder));
        var again = new PackStage(workspace).Run(new PackOptions { Size = RollShape.FourBars.Size });
        Assert.Equal((false, pack.Fingerprint, reader.Roll), (again.WasThere, again.Fingerprint, PackFolder.RollOf(pack.Folder)));
        Assert.True(new PackStage(workspace).Run(new PackOptions { Size = RollShape.FourBars.Size }).WasThere);
    }

    [Fact]
    public void Eight_bars_make_rolls_of_128_pixels_and_a_workspace_has_rolls_of_one_shape()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, bytes) in TunePile.Files(3, i => i))
            folder.Write($"in/{name}", bytes);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        Assert.Null(WorkspaceRolls.Of(workspace));
        var eight = new ImportOptions { Sources = [folder.File("in")], Rolls = RollShape.EightBars };
        var imported = new ImportStage(workspace).Run(eight, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(new RollCut(RollShape.EightBars, InC: true), WorkspaceRolls.Of(workspace));

        // Again, and with a tune more: cut as the others are.
        folder.Write("in/more.mid", TunePile.Files(4, i => i).Last().Bytes);
        var more = new ImportStage(workspace).Run(eight with { Rolls = null }, cancel: TestContext.Current.CancellationToken);
        Assert.True(more.Counts.Out > imported.Counts.Out);
        var error = Assert.Throws<UsageException>(() => new ImportStage(workspace).Run(eight with { Rolls = RollShape.FourBars }));
        Assert.Contains(
            "holds rolls of 8 bars (128 pixels) in C; rolls of 4 bars (64 pixels) in C can't", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<UsageException>(() => new ImportStage(workspace).Run(eight with { RollsInC = false }));
        Assert.Contains("rolls of 8 bars (128 pixels) in the tunes' own keys can't", error.Message, StringComparison.Ordinal);

        new ExactStage(workspace).Run();
        error = Assert.Throws<UsageException>(() => new PackStage(workspace).Run(new PackOptions { Size = 64 }));
        Assert.StartsWith("--size 64: the workspace's tunes are rolls of 128 pixels", error.Message, StringComparison.Ordinal);
        var pack = new PackStage(workspace).Run(new PackOptions { Size = 128 });
        using var reader = PackReader.Open(pack.Folder);
        Assert.All(
            reader.Rows, row => Assert.Equal((128, RollShape.EightBars), (row.RollSize, RollWindow.Read(row.File!)!.Value.Cut.Shape)));
        Assert.Contains(reader.Rows, row => row.File!.Contains("more.mid!", StringComparison.Ordinal));
        reader.Read((_, pixels) => Assert.All(pixels.ToArray(), value => Assert.True(value is 0 or 255)));
    }

    [Fact]
    public void Workspaces_whose_rolls_were_cut_otherwise_are_not_merged()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, bytes) in TunePile.Files(1, i => i))
            folder.Write($"in/{name}", bytes);
        foreach (var (name, inC) in new[] { ("a", true), ("b", false), ("c", true) })
        {
            using var one = SmirkWorkspace.Open(folder.File(name));
            new ImportStage(one).Run(new ImportOptions { Sources = [folder.File("in")], RollsInC = inC });
        }

        using var workspace = SmirkWorkspace.Open(folder.File("all"));
        var error = Assert.Throws<UsageException>(() => new MergeStage(workspace).Run([folder.File("a"), folder.File("b")]));
        Assert.Contains("in C, and", error.Message, StringComparison.Ordinal);
        Assert.Contains("--bars and --key", error.Message, StringComparison.Ordinal);
        Assert.Equal(6, new MergeStage(workspace).Run([folder.File("a"), folder.File("c")]).Pictures);
    }

    [Fact]
    public void A_window_that_is_another_in_another_key_is_learnt_once()
    {
        using var folder = new TemporaryFolder();
        var tune = MidiReader.Read(TunePile.Files(1, i => i).Single().Bytes);
        folder.Write("in/a.mid", MidiWriter.Write(tune));
        folder.Write("in/b in D.mid", MidiWriter.Write(tune with { Notes = [.. tune.Notes.Select(n => n with { Pitch = n.Pitch + 2 })] }));
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        new ImportStage(workspace).Run(
            new ImportOptions { Sources = [folder.File("in")], RollsInC = false }, cancel: TestContext.Current.CancellationToken);
        List<Roll> windows = [.. RollCutter.Cut(tune, new RollCut(RollShape.FourBars, InC: false)).Windows.Select(w => w.Roll)];
        windows.AddRange(windows.Select(w => w.Shifted(2)).OfType<Roll>().ToList());
        var distinct = windows.Select(Copies.InAnyKey).Distinct().Count();
        Assert.InRange(distinct, 1, (windows.Count / 2) + 1);
        var decisions = new ExactStage(workspace).Run().Decisions;
        Assert.All(decisions, d => Assert.Equal(ExactStage.TransposedKind, d.Kind));
        Assert.EndsWith("in another key", new DecisionWords(workspace.Catalog).Of(decisions[0]), StringComparison.Ordinal);

        var pack = new PackStage(workspace).Run(new PackOptions { Size = RollShape.FourBars.Size });
        using var reader = PackReader.Open(pack.Folder);
        Assert.Equal(distinct, reader.Count);

        // Once more: what was decided before stays decided.
        Assert.Equal(decisions, new ExactStage(workspace).Run().Decisions);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public void Tunes_in_an_archive_are_the_same_rolls_as_beside_it(string kind)
    {
        using var folder = new TemporaryFolder();
        var files = TunePile.Files(2, i => i).ToList();
        foreach (var (name, bytes) in files)
            folder.Write($"in/jazz/{name}", bytes);
        folder.Write("in/jazz/cut.mid", files[0].Bytes[..200]);
        folder.Write("in/jazz/no tune.mid", "words"u8);
        var archive = folder.File($"jazz.{kind}");
        if (kind == "zip")
            ZipFile.CreateFromDirectory(folder.File("in"), archive);
        else
            Shell.Run(folder.Path, $"tar czf jazz.{kind} -C in jazz");
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var imported = new ImportStage(workspace).Run(
            new ImportOptions { Sources = [archive] }, cancel: TestContext.Current.CancellationToken);
        var windows = files.SelectMany(f => RollCutter.Cut(MidiReader.Read(f.Bytes), RollCut.Usual).Windows).ToList();
        Assert.Equal(windows.Count, imported.Counts.Out);
        var refused = Assert.Single(imported.Refused);
        Assert.EndsWith("!jazz/cut.mid", refused.Path, StringComparison.Ordinal);
        Assert.StartsWith("cut short", refused.Reason, StringComparison.Ordinal);
        new ExactStage(workspace).Run();
        var pack = new PackStage(workspace).Run(new PackOptions { Size = RollShape.FourBars.Size });
        using var reader = PackReader.Open(pack.Folder);
        Assert.Equal(2, reader.Rows.Select(row => row.Group).Distinct().Count());
        Assert.All(reader.Rows, row => Assert.Equal((true, 64), (row.IsRoll, row.RollSize)));
        Assert.All(reader.Rows, row => Assert.NotNull(RollWindow.Read(row.File!)));
    }

    [Fact]
    public void What_cannot_be_used_is_refused_by_name_and_stops_nothing()
    {
        using var folder = new TemporaryFolder();
        var bytes = TunePile.Files(1, i => i).Single().Bytes;
        folder.Write("in/good.mid", bytes);
        folder.Write("in/cut.mid", bytes[..200]);
        folder.Write("in/five.mid", MidiWriter.Write(MidiReader.Read(bytes) with { Metres = [new MetreChange(0, new Metre(5, 4))] }));
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var result = new ImportStage(workspace).Run(
            new ImportOptions { Sources = [folder.File("in")] }, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(6, result.Counts.Out);
        Assert.Collection(
            result.Refused.OrderBy(r => r.Path),
            cut => Assert.StartsWith("cut short", cut.Reason, StringComparison.Ordinal),
            five => Assert.StartsWith("no roll: it is in 5/4", five.Reason, StringComparison.Ordinal));
    }
}
