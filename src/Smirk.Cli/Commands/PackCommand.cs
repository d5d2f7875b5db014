using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Serialization;
using Smirk.Dataset.Pack;
using Smirk.Gan.Upscale;
using Smirk.Workspace;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk pack -w WS</c>: makes the training set of one size.</summary>
internal static class PackCommand
{
    // Larger ones are made only when asked for: they take hours to learn.
    internal static readonly int[] AutoSizes = [32, 64, 128, 256];

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var workspace = WorkspaceOption.Create();
        var size = SizeOption();
        var aspect = AspectOption();
        var fit = FitOption();
        var command = new Command("pack", """
            Make a pack, the training set at one size, from the pictures that a workspace keeps.

            Examples:
              smirk pack -w smug --size 128 --fit pad
              smirk pack -w posters --size 256 --aspect 2:3      pictures are learnt as squares and shown as 210×315
            """) { workspace, size, aspect, fit };
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = new PackOptions
            {
                Aspect = Aspect.Parse(parsed.GetRequiredValue(aspect)),
                Fit = FitOf(parsed.GetRequiredValue(fit)),
            };
            if (parsed.GetValue(size) is { } asked)
                PackOptions.CheckSize((options = options with { Size = asked }).Size);
            using var opened = SmirkWorkspace.Open(parsed.GetRequiredValue(workspace));
            if (parsed.GetValue(size) is null)
            {
                var choice = SizeChoice.FromPictures(new PackStage(opened).Edges(options), AutoSizes, options.Aspect);
                screen.Say($"pack: size {choice.Size}: {choice.Reason}");
                options = options with { Size = choice.Size };
            }

            var result = new PackStage(opened).Run(options, screen, cancel);
            screen.Say($"pack: {Counted.Of(result.Rows, "row")} in {result.Folder}{(result.WasThere ? " (unchanged)" : "")}");
            if (!options.Aspect.IsSquare)
                screen.Say($"pack: squeezed from {options.Aspect} to squares; shown as {options.Aspect.ShownInWords(options.Size)} pixels");
            if (screen.IsJson)
                CommandRunner.WriteJson(result, PackResultJson.Default.PackResult);
            return result.Counts.Left.Count > 0 ? ExitCode.SomeRefused : ExitCode.Done;
        });
        return command;
    }

    /// <summary><c>--size N</c>.</summary>
    public static Option<int?> SizeOption() => SizeOption(PackOptions.Sizes, "auto: the size that most pictures have");

    /// <summary><c>--size</c>, of which only <paramref name="sizes"/> are of use; null for auto.</summary>
    /// <param name="sizes">Sizes that can be asked for.</param>
    /// <param name="auto">What auto does.</param>
    public static Option<int?> SizeOption(IEnumerable<int> sizes, string auto) => new("--size")
    {
        Description = $"picture size in pixels: {string.Join(", ", sizes)}; {auto} (default)",
        HelpName = "auto|PIXELS",
        CustomParser = ParseSize,
    };

    private static int? ParseSize(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (text == "auto")
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size))
            return size;
        result.AddError($"--size {text}: expected auto or a number of pixels.");
        return null;
    }

    /// <summary><c>--aspect W:H</c>; read it with <see cref="Aspect.Parse"/>.</summary>
    public static Option<string> AspectOption() => new("--aspect")
    {
        Description = "shape of the pictures, width to height, from 1:2 to 2:1: cut or padded to it, learnt as squares, shown in it again",
        HelpName = "W:H",
        DefaultValueFactory = _ => Aspect.Square.ToString(),
    };

    /// <summary><c>--fit crop|pad</c>; read it with <see cref="FitOf"/>.</summary>
    public static Option<string> FitOption()
    {
        var fit = new Option<string>("--fit")
        {
            Description = "bring pictures to that shape: crop keeps the middle, pad mirrors the edges",
            HelpName = "crop|pad",
            DefaultValueFactory = _ => "crop",
        };
        fit.AcceptOnlyFromAmong("crop", "pad");
        return fit;
    }

    /// <summary>What the text of --fit means.</summary>
    public static PackFit FitOf(string text) => text == "pad" ? PackFit.Pad : PackFit.Crop;
}

/// <summary>What <c>pack --json</c> prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PackResult))]
internal sealed partial class PackResultJson : JsonSerializerContext;
