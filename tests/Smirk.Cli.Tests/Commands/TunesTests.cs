using System.Text.Json;
using Smirk.Music.Measures;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;

namespace Smirk.Cli.Tests.Commands;

/// <summary>From drawn tunes to generated ones, through the real program.</summary>
public sealed class TunesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tunes_go_in_and_tunes_come_out()
    {
        var (tunes, workspace) = (_folder.File("tunes"), _folder.File("ws"));
        await Done("draw", "--tunes", tunes, "-n", "8");
        Assert.Equal(8, Directory.GetFiles(tunes, "*.mid").Length);
        Assert.Contains("already holds these tunes", Said(await Done("draw", "--tunes", tunes, "-n", "8")), StringComparison.Ordinal);
        var made = await Done("make", tunes, "-w", workspace, "--kimg", "0.1", "--evaluate-every", "0s", "--held-out", "0.5",
            "--seed", "1", "--share", "--width", "0.25");
        Assert.All(
            ["rolls of 4 bars", "augment light:0.5,cutout,noise:", "penalty-every 1:", "clip-updates on:", "gamma 2: forty times"],
            words => Assert.Contains(words, Said(made), StringComparison.Ordinal));
        var run = Path.Combine(workspace, "runs", "0001");
        Assert.All(["smirk.html", "generator.onnx"], file => Assert.True(File.Exists(Path.Combine(run, "share", file)), file));
        var report = await File.ReadAllTextAsync(Path.Combine(run, "report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("share/smirk.html", report, StringComparison.Ordinal);
        Assert.Contains("played backwards they are no music", report, StringComparison.Ordinal);
        Assert.Equal(12, report.Split("class=\"tune\" data-tune").Length - 1);
        await MusicIsMeasured(tunes, workspace);

        var (midi, wav) = (_folder.File("midi"), _folder.File("out.wav"));
        await Done("sample", workspace, "-n", "3", "--midi", midi, "--wav", wav);
        Assert.Equal(3, Directory.GetFiles(midi, "seed0-*.mid").Select(file => MidiReader.Read(File.ReadAllBytes(file))).Count());
        Assert.Equal("RIFF"u8.ToArray(), (await File.ReadAllBytesAsync(wav, TestContext.Current.CancellationToken))[..4]);
        var low = MidiReader.Read(File.ReadAllBytes(Path.Combine(midi, "seed0-0000.mid")));
        await Done("sample", workspace, "-n", "3", "--midi", midi, "--transpose", "-3");
        var lower = MidiReader.Read(File.ReadAllBytes(Path.Combine(midi, "seed0-0000.mid")));
        Assert.Equal(low.Notes.Select(n => (n.Start, n.Pitch - 3)).Order(), lower.Notes.Select(n => (n.Start, n.Pitch)).Order());
        await Done("sample", workspace, "-n", "3", "--midi", midi, "--join", "--tempo", "90");
        var joined = MidiReader.Read(File.ReadAllBytes(Path.Combine(midi, "seed0-joined.mid")));
        Assert.Equal(90, 60e6 / joined.Tempos[0].MicrosecondsPerQuarter, 1);
        await Done("sample", workspace, "--interpolate", "2", "--midi", midi);
        Assert.True(File.Exists(Path.Combine(midi, "seed0-walk.mid")));
    }

    [Fact]
    public async Task Tunes_of_eight_bars_are_learnt_whole()
    {
        var (tunes, workspace, midi) = (_folder.File("tunes"), _folder.File("ws"), _folder.File("midi"));
        await Done("draw", "--tunes", tunes, "-n", "6");
        var odd = await SmirkProcess.Run("make", tunes, "-w", workspace, "--size", "256");
        Assert.Contains("64 pixels (4 bars) or 128 pixels (8 bars)", odd.FailureLine, StringComparison.Ordinal);
        var made = await Done("make", tunes, "-w", workspace, "--size", "128", "--kimg", "0.02", "--width", "0.25", "--held-out", "0",
            "--evaluate-every", "0s");
        Assert.Contains("rolls of 8 bars", Said(made), StringComparison.Ordinal);
        Assert.Contains("two pitches would share a row", Said(made), StringComparison.Ordinal);
        await Done("sample", workspace, "-n", "2", "--midi", midi);
        Assert.Equal(2, Directory.GetFiles(midi, "*.mid").Length);
        var four = await SmirkProcess.Run("import", tunes, "-w", workspace, "--bars", "4");
        Assert.Contains("holds rolls of 8 bars", four.FailureLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--join is about music", "sample", "x", "--join", "--grid", "a.png")]
    [InlineData("--transpose 30: expected −24 to 24", "sample", "x", "--transpose", "30", "--midi", "m")]
    [InlineData("--transpose is about music", "sample", "x", "--transpose", "3", "--grid", "a.png")]
    [InlineData("--tempo 5: expected 20 to 400", "sample", "x", "--tempo", "5", "--midi", "m")]
    [InlineData("--bars 5: expected 4 or 8", "import", "x", "-w", "ws", "--bars", "5")]
    [InlineData("--style is about pictures", "draw", "--tunes", "x", "--style", "rolls")]
    public async Task What_makes_no_sense_is_refused(string words, params string[] arguments)
    {
        using var snapshot = new TemporaryFolder();
        snapshot.Write("x", [1]);
        var output = await SmirkProcess.RunIn(snapshot.Path, arguments);
        Assert.NotEqual(0, output.ExitCode);
        Assert.Contains(words, output.FailureLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_something_else_is_left_alone()
    {
        _folder.Write("tunes/notes.txt", "mine"u8);
        var output = await SmirkProcess.Run("draw", "--tunes", _folder.File("tunes"), "-n", "2");
        Assert.NotEqual(0, output.ExitCode);
        Assert.Equal([_folder.File("tunes/notes.txt")], Directory.GetFiles(_folder.File("tunes")));
    }

    private static async Task MusicIsMeasured(string tunes, string workspace)
    {
        var measured = await Done("evaluate", workspace, "-n", "24", "--json");
        using var json = JsonDocument.Parse(measured.Out);
        var metrics = json.RootElement.GetProperty("metrics").EnumerateObject()
            .Where(m => m.Name.StartsWith("music_", StringComparison.Ordinal)).ToDictionary(m => m.Name, m => m.Value.GetDouble());

        // What was learnt: each window once, in whatever key.
        var windows = Directory.GetFiles(tunes, "*.mid").Order(StringComparer.Ordinal)
            .SelectMany(file => RollCutter.Cut(MidiReader.Read(File.ReadAllBytes(file)), RollCut.Usual).Windows).Select(w => w.Roll)
            .DistinctBy(Copies.InAnyKey).ToList();
        var corpus = RollMeasures.Of(windows);
        Assert.Equal(corpus.Notes, metrics["music_notes_corpus"], 6);
        Assert.Equal(corpus.ScaleConsistency, metrics["music_scale_consistency_corpus"], 6);
        Assert.Equal(corpus.Polyphony, metrics["music_polyphony_corpus"], 6);
        Assert.Equal((9 * 4) + 2, metrics.Count);
        Assert.Equal(0, metrics["music_copies_held_out"]);
        Assert.InRange(metrics["music_scale_consistency_joined"], 0.3, corpus.ScaleConsistency);

        // A network that has seen a hundred windows makes no notes of two steps.
        var table = (await Done("evaluate", workspace, "-n", "24")).Out.Split('\n');
        Assert.Contains(table, line => line.StartsWith("music ", StringComparison.Ordinal)
            && line.EndsWith("samples should be", StringComparison.Ordinal));
        Assert.Contains(table, line => line.StartsWith("qualified notes", StringComparison.Ordinal)
            && line.EndsWith("0.900 to 1.000: too low", StringComparison.Ordinal));
    }

    private static async Task<SmirkOutput> Done(params string[] arguments)
    {
        var output = await SmirkProcess.Run(arguments);
        Assert.True(output.ExitCode == 0, Said(output));
        return output;
    }

    private static string Said(SmirkOutput output) => output.Out + output.Error;
}
