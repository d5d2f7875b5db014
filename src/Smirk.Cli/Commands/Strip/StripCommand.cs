using System.CommandLine;
using Smirk.Cli.Help;
using Smirk.Files.Posix;
using Smirk.Files.Strip;
using Smirk.Files.Strip.Tags;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands.Strip;

/// <summary><c>smirk strip PATH...</c>: metadata out of ordinary files, without a change to a pixel.</summary>
internal static class StripCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "files and folders (JPEG, PNG, WebP, GIF, HEIC, AVIF, TIFF, JPEG XL, MP4, MOV; told by content)",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Option<bool> InPlace = new("--in-place")
    {
        Description = "replace the files; without --backup this can't be undone",
    };
    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "write the pictures to this folder instead; refused files are left out",
        HelpName = "DIR",
    };
    private static readonly Option<string?> Backup = new("--backup")
    {
        Description = "with --in-place: keep the originals here",
        HelpName = "DIR",
    };
    private static readonly Option<string[]> Drop = new("--drop")
    {
        Description = "also remove icc, orientation, gainmap, or several of them (icc,orientation)",
        HelpName = "LIST",
        AllowMultipleArgumentsPerToken = false,
    };
    // The one part of a picture that goes although it is no metadata.
    private const string Motion = "motion";

    private static readonly Option<string[]> Keep = new("--keep")
    {
        Description = $"keep some metadata: {TagChoice.Names}; or {Motion}, the video of a Motion Photo",
        HelpName = "LIST",
        AllowMultipleArgumentsPerToken = false,
    };
    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "remove only these, such as gps or gps,time; names as with --keep",
        HelpName = "LIST",
        AllowMultipleArgumentsPerToken = false,
    };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "show what would be done; write nothing" };
    private static readonly Option<bool> Touch = new("--touch") { Description = "don't keep the modification times of the originals" };
    private static readonly Option<int?> Jobs = new("--jobs", "-j")
    {
        Description = "parallel files (default: one per core)",
        HelpName = "N",
    };
    private static readonly Option<string?> FromFile = new("--from-file")
    {
        Description = "read more paths from this file, one per line; - for standard input",
        HelpName = "LIST",
    };
    private static readonly Option<bool> EndedByNul = new("-0", "--null")
    {
        Description = "paths in LIST end with a NUL byte, as from find -print0",
    };

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new Command("strip", """
            Remove metadata (camera, location, time, comments, thumbnails) without changing a pixel.
            By default nothing is written: the files' metadata is listed.

            Examples:
              smirk strip holiday/                 list what the files carry
              smirk strip holiday/ -o clean/       write stripped copies
              smirk strip holiday/ --in-place --backup originals/
            """) { Paths };
        command.Under("Output", Output, InPlace, Backup, DryRun, Touch);
        command.Under("Options", Keep, Only, Drop, Jobs, FromFile, EndedByNul);
        command.SetRun(Run);
        return command;
    }

    private static int Run(ParseResult parsed, Screen screen, CancellationToken cancel)
    {
        var options = OptionsOf(parsed);
        var result = StripStage.Run(options, screen, cancel);
        if (screen.IsJson)
            CommandRunner.WriteJson(StripDocument.Of(result), StripJson.Readable.StripDocument);
        else
            StripReport.Print(result, options, screen);
        return result.Count(StripStatus.Refused) > 0 ? ExitCode.SomeRefused : ExitCode.Done;
    }

    private static StripStageOptions OptionsOf(ParseResult parsed)
    {
        var list = parsed.GetValue(FromFile);
        RawPath[] paths =
        [
            .. PathList.OfArguments(parsed.GetValue(Paths) ?? []),
            .. list is null ? [] : PathList.Read(list, parsed.GetValue(EndedByNul)),
        ];
        if (paths.Length == 0 && list is null)
            throw new UsageException("Name at least one file or folder, such as: smirk strip holiday/");
        if (parsed.GetValue(EndedByNul) && list is null)
            throw new UsageException("-0 needs --from-file LIST: it says how the paths in LIST end.");
        var jobs = parsed.GetValue(Jobs) ?? Environment.ProcessorCount;
        if (jobs is < 1 or > 1024)
            throw new UsageException($"-j {jobs} is out of range; expected 1 to 1024.");
        var (inPlace, output) = (parsed.GetValue(InPlace), parsed.GetValue(Output));
        return new StripStageOptions
        {
            Paths = paths,
            Strip = Dropped(parsed.GetValue(Drop) ?? []) with
            {
                Tags = Chosen(parsed),
                KeepMotion = Names(parsed.GetValue(Keep)).Contains(Motion),
            },
            InPlace = inPlace,
            Output = output is null ? null : PathList.OfArgument(output),
            Backup = parsed.GetValue(Backup) is { } backup ? PathList.OfArgument(backup) : null,
            DryRun = parsed.GetValue(DryRun),
            Touch = parsed.GetValue(Touch),
            Describe = !inPlace && output is null,
            MissingIsRefused = list is not null,
            Threads = jobs,
        };
    }

    private static List<string> Names(string[]? lists) =>
        [.. (lists ?? []).SelectMany(l => l.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static TagChoice Chosen(ParseResult parsed)
    {
        var (keep, only) = (Names(parsed.GetValue(Keep)), Names(parsed.GetValue(Only)));
        if (keep.Count > 0 && only.Count > 0)
            throw new UsageException("--keep and --only exclude each other: all but some, or nothing but some.");
        keep.RemoveAll(name => name == Motion);
        if (keep.Concat(only).FirstOrDefault(name => !TagChoice.IsKnown(name)) is { } unknown)
        {
            throw new UsageException(only.Count > 0 ? $"--only {unknown}: expected {TagChoice.Names}."
                : $"--keep {unknown}: expected {TagChoice.Names}, {Motion}.");
        }

        return keep.Count > 0 ? TagChoice.AllBut(keep) : only.Count > 0 ? TagChoice.NothingBut(only) : TagChoice.All;
    }

    private static StripOptions Dropped(string[] lists)
    {
        var names = Names(lists);
        if (names.Find(n => n is not ("icc" or "orientation" or "gainmap")) is { } unknown)
            throw new UsageException($"--drop {unknown}: expected icc, orientation, gainmap, or several.");
        return new StripOptions
        {
            DropIcc = names.Contains("icc"),
            DropOrientation = names.Contains("orientation"),
            DropGainMap = names.Contains("gainmap"),
        };
    }
}
