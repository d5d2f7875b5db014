using System.CommandLine;
using Smirk.Cli.Help;
using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Ranking;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Damage;
using Smirk.Imaging.Faces;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Arguments;

/// <summary>The options that say how faces are found, cut and ranked.</summary>
internal sealed class CropArguments
{
    private readonly Option<string> _kind = new("--kind")
    {
        Description = "drawn faces (anime) or photographed ones",
        HelpName = "anime|photo",
        DefaultValueFactory = _ => "anime",
    };
    private readonly Option<string?> _detector = new("--detector")
    {
        Description =
            "an OpenCV cascade to find faces with (default: lbpcascade_animeface, downloaded on first use; for photos, OpenCV's own)",
        HelpName = "FILE.xml",
    };
    private readonly Option<double> _margin = new("--margin")
    {
        Description = "space around the face, relative to its size: 0.6 makes a crop 1.6 faces wide",
        HelpName = "FACES",
        DefaultValueFactory = _ => new CropOptions().Margin,
    };
    private readonly Option<int> _minFace = new("--min-face")
    {
        Description = "drop faces narrower than this",
        HelpName = "PIXELS",
        DefaultValueFactory = _ => new CropOptions().MinFace,
    };
    private readonly Option<bool> _largest = new("--largest") { Description = "only the largest face of each picture" };
    private readonly Option<bool> _all = new("--all") { Description = "every face of each picture (default)" };
    private readonly Option<string> _noFace = new("--no-face")
    {
        Description = "pictures without a face: keep them whole, drop them, or crop their centre",
        HelpName = "keep|drop|centre",
        DefaultValueFactory = _ => "drop",
    };
    private readonly Option<string?> _drop;
    private readonly bool _damagedToo;

    /// <param name="damagedToo">Whether <c>--drop</c> also takes the word "damaged", for pictures: a command can have only one of that
    /// name.</param>
    public CropArguments(bool damagedToo = false)
    {
        _damagedToo = damagedToo;
        _drop = new Option<string?>("--drop")
        {
            Description = (damagedToo ? "also drop pictures with signs of damage (damaged), or " : "also drop ")
                + "crops like these, optionally with a threshold: grey,blurry,small=96,dark",
            HelpName = "LIST",
        };
        _kind.AcceptOnlyFromAmong("anime", "photo");
        _noFace.AcceptOnlyFromAmong("keep", "drop", "centre");
    }

    /// <summary><c>--crop auto|faces|centre|off</c>; read it with <see cref="ModeOf"/>.</summary>
    public static Option<string> ModeOption()
    {
        var mode = new Option<string>("--crop")
        {
            Description = "what to crop; auto samples the pictures, chooses and says why",
            HelpName = "auto|faces|centre|off",
            DefaultValueFactory = _ => "auto",
        };
        mode.AcceptOnlyFromAmong("auto", "faces", "centre", "off");
        return mode;
    }

    /// <summary>What the text of --crop means.</summary>
    public static CropMode ModeOf(string text) =>
        text switch { "faces" => CropMode.Faces, "centre" => CropMode.Centre, "off" => CropMode.Off, _ => CropMode.Auto };

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command) => command.Under("Crop", _kind, _detector, _margin, _minFace, _largest, _all, _noFace, _drop);

    /// <summary>Whether <c>--drop</c> names damaged pictures.</summary>
    public bool DropsDamaged(ParseResult parsed) => Words(parsed).Contains(DamageDoubts.Kind);

    /// <summary>What was given.</summary>
    /// <exception cref="UsageException">A value is out of range, or two exclude each other.</exception>
    public CropOptions Read(ParseResult parsed)
    {
        if (parsed.GetValue(_largest) && parsed.GetValue(_all))
            throw new UsageException("--largest and --all exclude each other; give one of them.");
        var margin = parsed.GetValue(_margin);
        if (!(margin is >= 0 and <= 5))
            throw new UsageException($"--margin {margin} is out of range; expected 0 to 5 faces, such as 0.6.");
        var minFace = parsed.GetValue(_minFace);
        if (minFace is < 1 or > 10_000)
            throw new UsageException($"--min-face {minFace} is out of range; expected 1 to 10000 pixels, such as 48.");
        return new CropOptions
        {
            Kind = parsed.GetValue(_kind) == "photo" ? FaceKind.Photo : FaceKind.Anime,
            Detector = parsed.GetValue(_detector),
            Margin = margin,
            MinFace = minFace,
            Largest = parsed.GetValue(_largest),
            NoFace = parsed.GetValue(_noFace) switch { "keep" => NoFace.Keep, "centre" => NoFace.Centre, _ => NoFace.Drop },
            Drop = DropRules.Parse(string.Join(',', Words(parsed).Where(word => !_damagedToo || word != DamageDoubts.Kind))),
        };
    }

    private string[] Words(ParseResult parsed) => (parsed.GetValue(_drop) ?? "").Split(',', StringSplitOptions.TrimEntries);
}
