using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Dataset.Pack;
using Smirk.Gan.Train;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Music.Compose;
using Smirk.Music.Midi;
using Smirk.Tests.Browser;
using Smirk.Workspace;
using Smirk.Workspace.Stages;

namespace Smirk.Studio.Tests.Explore;

/// <summary>A generator of tunes: seen as one reads them, heard, and saved as MIDI.</summary>
public sealed class TunesTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task The_picked_tune_is_played_and_saved()
    {
        using var folder = new TemporaryFolder();
        await using var studio = await StudioHouse.Open(groups: 1);
        Train(Packed(folder), studio.Workspace);
        await using var tab = await chromium.Open(studio.Server.Invite(), 1280, 860);
        await tab.Page.GotoAsync($"{studio.Server.Origin}/#explore");
        await tab.Until("document.querySelectorAll('.grid button img').length >= 12");
        Assert.Equal(1.5, await tab.Page.EvaluateAsync<double>(
            "() => { const tile = document.querySelector('.grid img'); return tile.naturalWidth / tile.naturalHeight; }"));
        await tab.Page.ClickAsync("text=▶ Play");
        await tab.Until("parseFloat(document.querySelector('.explore .playhead').style.left) > 1");
        Assert.Equal([], await Axe.Findings(tab));

        // Another is picked: what plays, ends.
        await tab.Page.ClickAsync(".grid button:nth-child(5)");
        await tab.Page.WaitForSelectorAsync("text=▶ Play");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.ClickAsync("text='MIDI'"));
        var tune = MidiReader.Read(await File.ReadAllBytesAsync(await download.PathAsync()));
        Assert.All(tune.Notes, note => Assert.InRange(note.Pitch, 36, 99));
        Assert.Empty(tab.Complaints);
    }

    private static string Packed(TemporaryFolder folder)
    {
        foreach (var (name, bytes) in TunePile.Files(4, i => i))
            folder.Write($"tunes/{name}", bytes);
        using var workspace = SmirkWorkspace.Open(folder.File("tunes-ws"));
        new ImportStage(workspace).Run(new ImportOptions { Sources = [folder.File("tunes")] });
        new ExactStage(workspace).Run();
        return new PackStage(workspace).Run(new PackOptions { Size = 64 }).Folder;
    }

    private static void Train(string pack, string into)
    {
        using var workspace = SmirkWorkspace.Open(into);
        var tools = new TrainTools((width, height, rgb) => PictureWriter.Png(new Picture(width, height, rgb)), TimeProvider.System);
        var options = new TrainOptions { Pack = pack, Kimg = 0.1, Batch = 8, Seed = 1, EvaluateEvery = TimeSpan.Zero };
        new TrainStage(workspace.Runs, tools).Run(options, new Nobody(), CancellationToken.None);
    }

    private sealed class Nobody : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
        }
    }
}
