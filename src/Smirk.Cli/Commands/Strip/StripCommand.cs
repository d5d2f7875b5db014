using System.CommandLine;
using Smirk.Cli.Help;
using Smirk.Files.Posix;
using Smirk.Files.Strip;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands.Strip;

/// <summary><c>smirk strip PATH...</c>: metadata out of ordinary files, without a change to a pixel.</summary>
internal static class StripCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "files and folders (JPEG, PNG, APNG, WebP, GIF, recognised by content)",
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
    private static readonly Option<string[]> Keep = new("--keep")
    {
        Description = "what would be removed otherwise: motion, the video of a Motion Photo",
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
        command.Under("Options", Drop, Keep, Jobs, FromFile, EndedByNul);
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
            Strip = Wished(parsed.GetValue(Drop) ?? [], parsed.GetValue(Keep) ?? []),
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

    private static StripOptions Wished(string[] drop, string[] keep)
    {
        var (dropped, kept) = (Names("--drop", drop, "icc", "orientation", "gainmap"), Names("--keep", keep, "motion"));
        return new StripOptions
        {
            DropIcc = dropped.Contains("icc"),
            DropOrientation = dropped.Contains("orientation"),
            DropGainMap = dropped.Contains("gainmap"),
            KeepMotion = kept.Contains("motion"),
        };
    }

    private static List<string> Names(string option, string[] lists, params string[] known)
    {
        var names = lists.SelectMany(l => l.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        return names.Find(n => !known.Contains(n)) is { } unknown
            ? throw new UsageException(
                $"{option} {unknown}: expected {string.Join(", ", known)}{(known.Length > 1 ? ", or several" : "")}.")
            : names;
    }
}
