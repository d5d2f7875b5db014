using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Commands.Tunes;
using Smirk.Cli.Help;
using Smirk.Gan.Sample;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk sample</c>: pictures from a trained generator.</summary>
internal static class SampleCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var run = new RunArgument();
        var count = new Option<int?>("-n", "--count")
        {
            Description = $"number of pictures (default: {SampleOptions.UsualCount}, or all of --latents)",
            HelpName = "n",
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "random seed: the same seed gives the same pictures",
            DefaultValueFactory = _ => 0,
            HelpName = "n",
        };
        var latents = new Option<string?>("--latents")
        {
            Description = "take the latents from this file, as project and --save-latents write it, instead of drawing them",
            HelpName = "file",
        };
        var saveLatents = new Option<string?>("--save-latents")
        {
            Description = "write the latents of the pictures to this file (safetensors)",
            HelpName = "file",
        };
        var grid = new Option<string?>("--grid") { Description = "write one grid", HelpName = "file.png" };
        var folder = new Option<string?>("--out") { Description = "write single pictures to this folder", HelpName = "dir" };
        var sweep = new Option<string?>("--sweep")
        {
            Description = "vary one latent dimension from left to right, one row per latent; all writes a grid per dimension to --out",
            HelpName = "dim|all",
        };
        var interpolate = new Option<int?>("--interpolate")
        {
            Description = "walk through this many latents, as --gif, --webp, --midi or --wav",
            HelpName = "n",
        };
        var gif = new Option<string?>("--gif") { Description = "write the walk as an animated GIF", HelpName = "file.gif" };
        var webp = new Option<string?>("--webp") { Description = "write the walk as an animated WebP", HelpName = "file.webp" };
        var midi = new Option<string?>("--midi")
        {
            Description = "of a generator trained on tunes: write MIDI files to this folder",
            HelpName = "dir",
        };
        var wav = new Option<string?>("--wav")
        {
            Description = "of a generator trained on tunes: write all phrases one after the other as sound",
            HelpName = "file.wav",
        };
        var join = new Option<bool>("--join") { Description = "one MIDI file of all phrases, each followed by the one most like it" };
        var tempo = new Option<double?>("--tempo")
        {
            Description = "quarters a minute; default: the median of the tunes that were learnt from",
            HelpName = "bpm",
        };
        var transpose = new Option<int>("--transpose")
        {
            Description = "play it so many semitones higher, or lower where below 0: tunes are learnt in C or A minor",
            DefaultValueFactory = _ => 0,
            HelpName = "n",
        };
        var average = new Option<bool>("--ema") { Description = "use the moving average of the weights (default)" };
        var raw = new Option<bool>("--raw") { Description = "use the raw weights instead of their moving average" };
        var truncation = new Option<double>("--truncation")
        {
            Description = "below 1: more typical pictures, less variety",
            DefaultValueFactory = _ => 1,
            HelpName = "x",
        };
        var pick = new Option<double?>("--pick")
        {
            Description = "generate more and keep this share, those the discriminator finds most real; reports the recall it costs",
            HelpName = "share",
        };
        var scale = new Option<int>("--scale")
        {
            Description = "enlarge everything written this many times, 1 to 8 (Lanczos)",
            DefaultValueFactory = _ => 1,
            HelpName = "n",
        };
        var onlyClass = new Option<string?>("--class")
        {
            Description = "only this class, or all: a row of each, from a generator trained with --labels",
            HelpName = "name",
        };
        var device = new Option<string>("--device")
        {
            Description = "auto, cpu, cuda or cuda:1",
            DefaultValueFactory = _ => "auto",
            HelpName = "device",
        };
        var command = new Command("sample", """
            Generate pictures.

            Examples:
              smirk sample smug -n 64 --grid faces.png         best snapshot of the newest run in smug
              smirk sample smug/runs/0001 -n 1000 --out faces
              smirk sample smug --pick 0.5 --scale 2 --grid better-half.png
              smirk sample smug --interpolate 8 --gif walk.gif
              smirk sample smug --sweep 3 -n 8 --grid dimension-3.png
              smirk sample smug --pick 0.1 --save-latents best.safetensors
              smirk sample smug --latents best.safetensors --interpolate 6 --gif walk-of-the-best.gif
              smirk sample jazz -n 16 --midi out --wav out.wav --join
            """) { run.Argument };
        command.Under("What to generate", count, seed, latents, truncation, pick, onlyClass, sweep, interpolate);
        command.Under("Where to write it", grid, folder, gif, webp, saveLatents, scale);
        command.Under("Music", midi, wav, join, tempo, transpose);
        command.Under("Generator", average, raw, device);
        command.SetRun((parsed, screen, cancel) =>
        {
            if (parsed.GetValue(average) && parsed.GetValue(raw))
                throw new UsageException("--ema and --raw exclude each other; give one of them.");
            var music = new TuneOutput
            {
                MidiFolder = parsed.GetValue(midi),
                WavPath = parsed.GetValue(wav),
                Join = parsed.GetValue(join),
                Tempo = parsed.GetValue(tempo),
                Transpose = parsed.GetValue(transpose),
            };
            music.Check();
            if (parsed.GetValue(latents) is not null && parsed.GetResult(seed) is { Implicit: false })
                throw new UsageException("--seed and --latents exclude each other: latents are drawn or come from a file.");
            var options = new SampleOptions
            {
                Snapshot = run.Snapshot(parsed),
                Count = parsed.GetValue(count),
                Seed = parsed.GetValue(seed),
                LatentsPath = parsed.GetValue(latents),
                SaveLatentsPath = parsed.GetValue(saveLatents),
                Average = !parsed.GetValue(raw),
                Device = parsed.GetValue(device)!,
                Truncation = parsed.GetValue(truncation),
                Pick = parsed.GetValue(pick),
                Scale = parsed.GetValue(scale),
                Class = parsed.GetValue(onlyClass),
                GridPath = parsed.GetValue(grid),
                OutFolder = parsed.GetValue(folder),
                SweepDimension = Dimension(parsed.GetValue(sweep)),
                Interpolate = parsed.GetValue(interpolate),
                GifPath = parsed.GetValue(gif),
                WebPPath = parsed.GetValue(webp),
                Use = music.IsWanted ? music.Write : null,
            };
            var result = new SampleStage(Encoders.Sample).Run(options, screen, cancel);
            var into = options.OutFolder ?? music.MidiFolder;
            foreach (var file in result.Files.Count <= 4 ? result.Files : [$"{result.Files.Count} files in {into}"])
                screen.Say($"sample: {file}");
            if (result.Picked is { RecallOfAll: { } all, RecallOfChosen: { } chosen } picked)
                screen.Say($"sample: picked {picked.Chosen.Count} of {picked.Candidates}; recall {all:0.00} → {chosen:0.00} "
                    + "(share of the held-out pictures that as many samples reach, without and with picking)");
            if (screen.IsJson)
                CommandRunner.WriteJson(result, SampleJson.Default.SampleResult);
            return ExitCode.Done;
        });
        return command;
    }

    private static int? Dimension(string? text) => text switch
    {
        null => null,
        "all" => -1,
        _ when int.TryParse(text, out var number) && number >= 0 => number,
        _ => throw new UsageException($"--sweep {text}: expected the number of a latent dimension, from 0, or all."),
    };
}

/// <summary>--json, without reflection.</summary>
[JsonSerializable(typeof(SampleResult))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class SampleJson : JsonSerializerContext;
