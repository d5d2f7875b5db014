using System.CommandLine;
using Smirk.Cli.Help;
using Smirk.Dataset.Import;
using Smirk.Music.Rolls;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Arguments;

/// <summary>What pictures have to be like to be taken in: the options that <c>import</c>, <c>collect</c> and <c>make</c> share.</summary>
internal sealed class ImportArguments
{
    private static readonly ImportOptions Usual = new() { Sources = [] };

    private readonly Option<long?> _maxBytes = new("--max-bytes")
    {
        Description = $"longest file that is read (default: {ByteSizes.Short(Usual.MaxBytes)})",
        HelpName = "SIZE",
        CustomParser = ByteSizes.ParseArgument,
    };
    private readonly Option<double> _maxPixels = new("--max-pixels")
    {
        Description = "largest picture that is decoded, in megapixels; each takes 3 MB of memory",
        HelpName = "N",
        DefaultValueFactory = _ => Usual.MaxPixels / 1e6,
    };
    private readonly Option<int> _minSide = new("--min-side")
    {
        Description = "smallest width and height that is taken, in pixels",
        HelpName = "N",
        DefaultValueFactory = _ => Usual.SmallestSide,
    };
    private readonly Option<bool> _followLinks = new("--follow-links")
    {
        Description = "follow links to files out of the folders given, too",
    };

    private readonly Option<string?> _password = new("--password")
    {
        Description = "password of encrypted ZIP files",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "key of the rolls that tunes become: c (each tune is moved into C major or A minor, so that there is one key to "
            + "learn) or own (default: as the workspace has it, or c)",
        HelpName = "c|own",
    };

    private readonly Option<int?>? _bars;

    /// <param name="bars">Whether there is an option for how much of a tune a roll shows; <c>make</c> says that by its size.</param>
    public ImportArguments(bool bars = true) => _bars = !bars ? null : new Option<int?>("--bars")
    {
        Description = "bars of a tune that one roll shows: 4 (64 pixels) or 8 (128 pixels) (default: those of the workspace, or 4)",
        HelpName = "4|8",
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Under("Pictures", _minSide, _maxPixels, _maxBytes, _followLinks, _password);
        command.Under("Tunes", [.. _bars is null ? [] : (Option[])[_bars], _key]);
    }

    /// <summary>What the person chose for <paramref name="sources"/>.</summary>
    /// <exception cref="UsageException">A value is out of range.</exception>
    public ImportOptions Read(ParseResult parsed, IReadOnlyList<string> sources)
    {
        var (bytes, pixels, side) = (parsed.GetValue(_maxBytes) ?? Usual.MaxBytes, parsed.GetValue(_maxPixels), parsed.GetValue(_minSide));

        // A file is read as a whole, into an array.
        Require(bytes is >= 1 and <= 2_000_000_000, $"--max-bytes {bytes} is out of range; expected 1 byte to 2 GB.");
        Require(pixels is > 0 and <= 700, $"--max-pixels {pixels} is out of range; expected more than 0, at most 700 megapixels.");
        Require(side is >= 1 and <= 65_535, $"--min-side {side} is out of range; expected 1 to 65535 pixels.");
        return new ImportOptions
        {
            Sources = sources,
            MaxBytes = bytes,
            MaxPixels = (long)(pixels * 1e6),
            SmallestSide = side,
            Password = parsed.GetValue(_password),
            FollowLinks = parsed.GetValue(_followLinks),
            RollsInC = parsed.GetValue(_key) switch
            {
                null => null,
                "c" => true,
                "own" => false,
                var key => throw new UsageException($"--key {key}: expected c or own."),
            },
            Rolls = _bars is not null && parsed.GetValue(_bars) is { } bars ? RollsOf(bars) : null,
        };
    }

    private static RollShape RollsOf(int bars) => RollShape.OfBars(bars) ?? throw new UsageException(
        $"--bars {bars}: expected {string.Join(" or ", RollShape.All.Select(shape => shape.Bars))}.");

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw new UsageException(message);
    }
}
