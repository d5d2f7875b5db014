using System.CommandLine;
using Smirk.Files.Posix;
using Smirk.Files.Strip;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands.Strip;

/// <summary><c>smirk strip PATH...</c>: metadata out of ordinary files, without a change to a pixel.</summary>
internal static class StripCommand
{
    private static readonly Argument<string[]> Paths = new("PATH") { Description = "files and folders (JPEG, PNG, APNG, WebP, GIF; told by their bytes)", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> InPlace = new("--in-place") { Description = "replace each file by its stripped form; without --backup there is no way back" };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "write stripped and clean pictures to this folder; refused ones are not written", HelpName = "DIR" };
    private static readonly Option<string?> Backup = new("--backup") { Description = "with --in-place: keep the originals in this folder", HelpName = "DIR" };
    private static readonly Option<string[]> Drop = new("--drop") { Description = "remove these too: icc, orientation", HelpName = "LIST", AllowMultipleArgumentsPerToken = false };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "say what would be done, and write nothing" };
    private static readonly Option<bool> Touch = new("--touch") { Description = "give written files the present as their time, not the original's" };
    private static readonly Option<int?> Jobs = new("--jobs", "-j") { Description = "files worked on at once (default: one a core)", HelpName = "N" };
    private static readonly Option<string?> FromFile = new("--from-file") { Description = "read more paths from this file, one a line; - is stdin", HelpName = "LIST" };
    private static readonly Option<bool> EndedByNul = new("-0", "--null") { Description = "paths in LIST end with a NUL byte, as find -print0 writes them" };

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new Command("strip", "Remove metadata (camera, place, time, comments, thumbnails) without touching a pixel. Writes nothing unless told to: it tells what the files carry.\n\n"
            + "Example: smirk strip holiday/ -o clean/")
        {
            Paths, InPlace, Output, Backup, Drop, DryRun, Touch, Jobs, FromFile, EndedByNul,
        };
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
            throw new UsageException("-0 says how the paths in --from-file LIST end; there is no LIST.");
        var jobs = parsed.GetValue(Jobs) ?? Environment.ProcessorCount;
        if (jobs is < 1 or > 1024)
            throw new UsageException($"-j is {jobs}; 1 to 1024 are possible.");
        var (inPlace, output) = (parsed.GetValue(InPlace), parsed.GetValue(Output));
        return new StripStageOptions
        {
            Paths = paths,
            Strip = Dropped(parsed.GetValue(Drop) ?? []),
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

    private static StripOptions Dropped(string[] lists)
    {
        var names = lists.SelectMany(l => l.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (names.Find(n => n is not ("icc" or "orientation")) is { } unknown)
            throw new UsageException($"--drop doesn't know '{unknown}'; it can be icc, orientation, or both with a comma between.");
        return new StripOptions { DropIcc = names.Contains("icc"), DropOrientation = names.Contains("orientation") };
    }
}
