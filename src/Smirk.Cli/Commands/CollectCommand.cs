using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Cli.Help;
using Smirk.Collect;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk collect</c>: pictures from a subreddit, a repository, an archive, pages or lists of addresses, into a
/// workspace.</summary>
internal static class CollectCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var sources = new Argument<string[]>("SOURCE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description =
                "r/NAME, u/NAME, the URL of a post, album, picture or page, a file of posts (.ndjson, .zst) or of URLs, a git repository, "
                    + "an archive, a folder, or - for posts on standard input",
        };
        var workspace = WorkspaceOption.Create();
        workspace.Required = false; // --list needs none
        var list = new Option<bool>("--list")
        {
            Description = "print the URLs that the sources resolve to, one per line, and download nothing",
        };
        var arguments = new CollectArguments();
        var command = new Command("collect", """
            Download pictures into a workspace, with a record of where each came from. Run it again to fetch only what is new.

            Examples:
              smirk collect r/Smugs -w smug
              smirk collect https://github.com/somebody/smugs urls.txt -w smug
              smirk collect r/Smugs --list
            """);
        command.Arguments.Add(sources);
        command.Under("Data", workspace, list);
        arguments.AddTo(command);
        var limits = new ImportArguments();
        limits.AddTo(command);
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = arguments.Read(parsed, parsed.GetValue(sources) ?? [], limits);
            if (parsed.GetValue(list))
                return List(options, screen, cancel);
            var folder = parsed.GetValue(workspace)
                ?? throw new UsageException("No workspace given. Name one with -w FOLDER; it is created if missing.");
            return Collect(options, folder, screen, cancel);
        });
        return command;
    }

    private static int List(CollectOptions options, Screen screen, CancellationToken cancel)
    {
        var addresses = screen.IsJson ? new List<string>() : null;
        CollectStage.List(options, address =>
        {
            if (addresses is null)
                Console.Out.WriteLine(address);
            else
                addresses.Add(address);
        }, screen, cancel: cancel);
        if (addresses is not null)
            CommandRunner.WriteJson(addresses, CollectJson.Default.ListString);
        return screen.Warnings > 0 ? ExitCode.SomeRefused : ExitCode.Done;
    }

    private static int Collect(CollectOptions options, string folder, Screen screen, CancellationToken cancel)
    {
        CollectStage.Check(options);
        using var workspace = SmirkWorkspace.Open(folder);
        var result = new CollectStage(workspace).Run(options, screen, cancel);
        var report = CollectReport.Of(result);
        if (screen.IsJson)
            CommandRunner.WriteJson(report, CollectJson.Default.CollectReport);
        screen.Say(
            $"collect: {report.Fetched} new ({result.Bytes / 1e6:0.0} MB downloaded), {report.Already} already there, {result.Gone} gone, "
                + $"{result.Failed} failed, {report.Refused} refused");
        if (result.LeftAlone > 0)
            screen.Say(
                $"collect: {result.LeftAlone} that were gone, refused or failed in earlier runs were skipped; --retry-failed tries them "
                    + "again");
        if (result.FailedList is { } failed)
            screen.Say($"collect: failed and refused URLs are listed in {failed}");
        return result.LeftSome ? ExitCode.SomeRefused : ExitCode.Done;
    }
}

/// <summary>The document that <c>collect --json</c> prints.</summary>
/// <remarks>Pictures out of folders and archives count as fetched, without bytes.</remarks>
internal sealed record CollectReport(
    long Fetched, long Already, long Gone, long Failed, long Refused, IReadOnlyDictionary<string, long> Skipped, long Bytes)
{
    /// <summary>The sums over addresses and local files.</summary>
    public static CollectReport Of(CollectResult result)
    {
        var local = result.Import;
        var fetched = local?.NewPictures ?? 0;
        return new CollectReport(
            result.Fetched + fetched, result.Already + (local?.Counts.Out ?? 0) - fetched, result.Gone, result.Failed,
                result.Refused + (local?.Refused.Count ?? 0), result.Skipped, result.Bytes);
    }
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CollectReport))]
[JsonSerializable(typeof(List<string>))]
internal sealed partial class CollectJson : JsonSerializerContext;
