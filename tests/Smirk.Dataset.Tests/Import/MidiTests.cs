using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Dataset.Pack;
using Smirk.Music.Compose;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;
using Smirk.Workspace;
using Smirk.Workspace.Packs;

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
        var windows = files.SelectMany(f => RollCutter.Cut(MidiReader.Read(f.Bytes)).Windows).ToList();
        Assert.Equal(windows.Count + 6, imported.Counts.Out);
        Assert.Equal(6, new ExactStage(workspace).Run().Decisions.Count);

        var pack = new PackStage(workspace).Run(new PackOptions { Size = RollPixels.Size });
        using var reader = PackReader.Open(pack.Folder);
        Assert.Equal(windows.Count, reader.Count);
        Assert.Equal(3, reader.Rows.Select(row => row.Group).Distinct().Count());
        var rolls = new List<Roll>();
        reader.Read((_, pixels) =>
        {
            for (var at = 0; at < pixels.Length; at += 3 * 64 * 64)
                rolls.Add(RollPixels.FromPlanes(pixels.Slice(at, 3 * 64 * 64)));
        });
        Assert.All(windows, window => Assert.Contains(rolls, window.Roll.IsSameAs));
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
