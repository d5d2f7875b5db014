using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Commands.Tunes;
using Smirk.Drawing;
using Smirk.Imaging.Writing;
using Smirk.Music.Compose;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk draw DIR</c>: a folder of cartoon faces to try everything with.</summary>
internal static class DrawCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "folder to draw into: a new one, or one that smirk draw started" };
        var count = new Option<int>("--count", "-n")
        {
            Description = "number of different pictures; duplicates and broken files of faces come on top",
            HelpName = "N",
            DefaultValueFactory = _ => new DrawOptions().Count,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "random seed: the same seed draws the same files",
            HelpName = "N",
            DefaultValueFactory = _ => new DrawOptions().Seed,
        };
        var size = new Option<int>("--size")
        {
            Description = "typical size in pixels, 32 to 1024; faces vary from 0.9 to 1.5 times that",
            HelpName = "PIXELS",
            DefaultValueFactory = _ => new DrawOptions().Size,
        };
        var variants = new Option<int>("--variants")
        {
            Description =
                "also draw N sets of 3 pictures that differ only in a mouth, eyes, brows or colours: no duplicates, each saved twice",
            HelpName = "N",
        };
        var style = new Option<DrawStyle>("--style")
        {
            Description =
                "what to draw: faces, sprites (pixel art), lines (line art), gradients, glyphs or rolls (piano rolls); all but faces are "
                    + "a plain folder of PNGs",
            HelpName = "STYLE",
        };
        style.AcceptOnlyFromAmong([.. Enum.GetNames<DrawStyle>().Select(name => name.ToLowerInvariant())]);
        var tunes = new Option<bool>("--tunes")
        {
            Description = "make up jazz instead, as MIDI files: blues, rhythm changes, cadences; "
                + $"{TunePile.Count} tunes unless -n says otherwise",
        };
        var sheet = new Option<string?>("--sheet")
        {
            Description = "also write the first 32 pictures as a contact sheet",
            HelpName = "FILE.png",
        };
        var command = new Command("draw", """
            Draw a folder of smirking cartoon faces to try Smirk with, as messy as a real one: formats, metadata, duplicates, broken files.

            Examples:
              smirk draw pile -n 1200 --seed 7
              smirk draw sprites --style sprites --size 64
              smirk draw --tunes tunes
            """)
        {
            folder, style, count, seed, size, variants, tunes, sheet,
        };
        command.SetRun((parsed, screen, cancel) =>
        {
            if (parsed.GetValue(tunes))
            {
                Option[] others = [style, size, variants, sheet];
                if (others.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } other)
                    throw new UsageException($"{other.Name} is about pictures, and --tunes makes none. Leave one of them out.");
                var wanted = parsed.GetResult(count) is { Implicit: false } ? parsed.GetValue(count) : TunePile.Count;
                var into = parsed.GetRequiredValue(folder);
                var written = DrawnTunes.Write(into, wanted, parsed.GetValue(seed), screen, cancel);
                screen.Say(written == 0 ? $"{into} already holds these tunes" : $"{Counted.Of(wanted, "tune")} in {into}");
                if (screen.IsJson)
                    CommandRunner.WriteJson(new DrawnTunesDocument(into, wanted, written), DrawResultJson.Default.DrawnTunesDocument);
                return ExitCode.Done;
            }

            var options = new DrawOptions
            {
                Style = parsed.GetValue(style),
                Count = parsed.GetValue(count),
                Seed = parsed.GetValue(seed),
                Size = parsed.GetValue(size),
                Variants = parsed.GetValue(variants),
            };
            var result = DrawStage.Run(options, parsed.GetRequiredValue(folder), screen, cancel);
            screen.Say(result.WasThere
                ? $"{result.Folder} already holds these pictures: {Counted.Of(result.Files, "file")}"
                : options.Style != DrawStyle.Faces
                ? $"{options.Count} {options.Style.ToString().ToLowerInvariant()} in {result.Folder}"
                : $"{Counted.Of(result.Files, "file")} in {result.Folder}: {Counted.Of(options.Count, "face")}, {result.Copies} copies, "
                    + $"{result.MetadataCopies} that differ only in metadata, {result.Broken} broken; {result.Truth} lists which is which");
            if (parsed.GetValue(sheet) is { } path)
                AtomicFile.Write(path, PictureWriter.Png(ContactSheet.Paint(options)));
            if (screen.IsJson)
                CommandRunner.WriteJson(result, DrawResultJson.Default.DrawResult);
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary>What <c>draw --tunes --json</c> prints.</summary>
internal sealed record DrawnTunesDocument(string Folder, int Tunes, int Written);

/// <summary>What <c>draw --json</c> prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DrawResult))]
[JsonSerializable(typeof(DrawnTunesDocument))]
internal sealed partial class DrawResultJson : JsonSerializerContext;
