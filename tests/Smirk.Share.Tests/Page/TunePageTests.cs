using System.Text.Json;
using Smirk.Gan.Sample;
using Smirk.Gan.Tests;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;
using Smirk.Share.Page;
using Smirk.Tests.Browser;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Packs;

namespace Smirk.Share.Tests.Page;

/// <summary>A page whose generator makes piano rolls: they are drawn as one reads them, played, and saved as MIDI.</summary>
public sealed class TunePageTests(TunePage page, Chromium chromium) : IClassFixture<TunePage>, IClassFixture<Chromium>
{
    private static readonly PackRoll Ruled = new(12, 12, 144);

    [Fact]
    public async Task Rolls_are_drawn_played_and_saved()
    {
        await using var tab = await (await chromium.Open(new Uri(page.Shared.Path).AbsoluteUri)).Ready();
        await tab.Page.WaitForSelectorAsync("#tiles > .drawn");
        Assert.Equal(1.5, await tab.Page.EvaluateAsync<double>(
            "() => { const c = document.querySelector('#picture'); return c.width / c.height; }"));
        Assert.Contains("Tunes that nobody wrote", await tab.Page.InnerTextAsync("#tagline"), StringComparison.Ordinal);
        await tab.Page.ClickAsync("text=▶ Play");
        await tab.Until("parseFloat(document.getElementById('playhead').style.left) > 1");
        await tab.Page.ClickAsync("text=■ Stop");
        await tab.Until("document.getElementById('playhead').hidden");

        // Another one is picked: what plays, ends.
        await tab.Page.ClickAsync("text=▶ Play");
        await tab.Page.ClickAsync("#tiles > :nth-child(4)");
        await tab.Page.WaitForSelectorAsync("text=▶ Play");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.ClickAsync("text='MIDI'"));
        var tune = MidiReader.Read(await File.ReadAllBytesAsync(await download.PathAsync()));
        Assert.All(tune.Notes, note => Assert.InRange(note.Pitch, 36, 99));
        Assert.Equal(144, 60e6 / tune.Tempos[0].MicrosecondsPerQuarter, 0.01);
        Assert.Empty(tab.Complaints);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public async Task The_page_reads_and_draws_a_roll_as_the_program_does(int size)
    {
        var (shape, random) = (RollShape.OfSize(size)!, new Random(size));
        var roll = Roll.Of(
            Enumerable.Range(0, 60).Select(_ => random.Next(shape.Steps - 20)).Select(start => new RollNote(
                start, start + random.Next(1, 20), random.Next(shape.LowestPitch, shape.HighestPitch + 1))), shape.Steps);
        var rgb = RollPixels.ToRgb(roll, shape);
        var rgba = rgb.Chunk(3).SelectMany(pixel => pixel.Append((byte)255)).Select(value => (int)value);
        await using var tab = await chromium.Open("about:blank");
        var script = ModuleJoin.Of("music/tunes.js", PageParts.Text).Replace("\"use strict\";", "", StringComparison.Ordinal)
            + ModuleJoin.Of("music/midi.js", PageParts.Text).Replace("\"use strict\";", "", StringComparison.Ordinal)
                .Replace("module0", "midi", StringComparison.Ordinal);
        var made = await tab.Page.EvaluateAsync<JsonElement>($$"""
            () => {
              {{script}}
              const square = { size: {{size}}, pixels: new Uint8ClampedArray([{{string.Join(',', rgba)}}]) };
              const ruled = { beat: 12, quarter: 12, tempo: 144 }, notes = module0.notesOf(square);
              return { notes: notes.map(n => [n.start, n.end, n.pitch]), midi: [...midi.midiOf(notes, ruled)],
                drawn: [...module0.drawRoll(square, ruled, 2).pixels] };
            }
            """);
        var wanted = roll.Notes(shortest: 2);
        Assert.Equal(wanted.Select(n => $"{n.Start} {n.End} {n.Pitch}"),
            made.GetProperty("notes").EnumerateArray().Select(n => string.Join(' ', n.EnumerateArray())));
        var tune = MidiReader.Read([.. made.GetProperty("midi").EnumerateArray().Select(value => (byte)value.GetInt32())]);
        Assert.True(Roll.Of(wanted, shape.Steps).IsSameAs(Roll.Of(tune.Notes.Select(note => new RollNote(
            (int)(note.Start / 40), (int)(note.End / 40), note.Pitch)), shape.Steps)));

        using var scope = TensorScope.Open();
        var planes = Enumerable.Range(0, 3).SelectMany(c => rgb.Where((_, at) => at % 3 == c)).ToArray();
        var drawn = Grid.Of(new PictureView(Aspect.Square, Ruled).Of(Tensor.FromArray(planes, 1, 3, size, size), 2), 1);
        var pixels = made.GetProperty("drawn").EnumerateArray().Select(value => (byte)value.GetInt32()).ToArray();
        Assert.Equal(drawn.Rgb, pixels.Where((_, at) => at % 4 != 3));
    }

    [Fact]
    public async Task The_report_plays_one_tune_at_a_time()
    {
        const string Tune = """
            <figure class="tune" data-tune='{"size":64,"ruled":{"beat":12,"quarter":12,"tempo":144},"notes":[[0,12,60],[12,24,64]]}'>
            <div style="position:relative"><i class="playhead" style="position:absolute" hidden></i></div><button hidden>▶ Play</button>
            </figure>
            """;
        var path = page.Shared.Write("report.html", $"<body>{Tune}{Tune}<script>{TuneScript.Text}</script></body>");
        await using var tab = await chromium.Open(new Uri(path).AbsoluteUri);
        await tab.Page.ClickAsync("figure:nth-child(1) button");
        await tab.Until("parseFloat(document.querySelector('.playhead').style.left) > 1");
        await tab.Page.ClickAsync("figure:nth-child(2) button");
        await tab.Until("parseFloat(document.querySelectorAll('.playhead')[1].style.left) > 1");
        Assert.Equal(["▶ Play", "■ Stop"], await tab.Page.Locator("button").AllInnerTextsAsync());
        await tab.Page.ClickAsync("figure:nth-child(2) button");
        await tab.Until("[...document.querySelectorAll('.playhead')].every(line => line.hidden)");
        Assert.Empty(tab.Complaints);
    }
}

/// <summary>A page of a generator that learnt what passes for rolls.</summary>
public sealed class TunePage : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TunePage() => Shared = new SharedPage(TinyPack.Write(_folder, size: 64, roll: new PackRoll(12, 12, 144)));

    /// <summary>The page and its snapshot.</summary>
    public SharedPage Shared { get; }

    public void Dispose()
    {
        Shared.Dispose();
        _folder.Dispose();
    }
}
