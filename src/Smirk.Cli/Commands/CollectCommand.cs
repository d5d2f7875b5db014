using System.CommandLine;
using System.Text.Json.Serialization;
using Smirk.Cli.Arguments;
using Smirk.Collect;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk collect</c>: pictures from a subreddit, a repository, an archive, pages or lists of addresses, into a workspace.</summary>
internal static class CollectCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var sources = new Argument<string[]>("SOURCE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "r/NAME, u/NAME, a post's, album's, picture's or page's address, a file of posts (.ndjson, .zst) or of addresses, a git repository, an archive, a folder, or - for posts from standard input",
        };
        var workspace = WorkspaceOption.Create();
        workspace.Required = false; // --list needs none
        var list = new Option<bool>("--list") { Description = "print the addresses that the sources resolve to, one a line, and fetch nothing" };
        var arguments = new CollectArguments();
        var command = new Command("collect", "Fetch the pictures that sources name into a workspace. Run again, only what is new is fetched.\n\nExample: smirk collect r/Smugs https://github.com/somebody/smugs -w faces");
        command.Arguments.Add(sources);
        command.Options.Add(workspace);
        command.Options.Add(list);
        foreach (var option in arguments.All)
            command.Options.Add(option);
        command.SetRun((parsed, screen, cancel) =>
        {
            var options = arguments.Read(parsed, parsed.GetValue(sources) ?? []);
            if (parsed.GetValue(list))
                return List(options, screen, cancel);
            var folder = parsed.GetValue(workspace) ?? throw new UsageException("No workspace given: name a folder with -w, new or used before.");
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
        screen.Say($"collect: {report.Fetched} fetched ({result.Bytes / 1e6:0.0} MB over the network), {report.Already} known, {result.Gone} gone, {result.Failed} failed, {report.Refused} refused");
        if (result.LeftAlone > 0)
            screen.Say($"collect: {result.LeftAlone} that were gone, refused or failed before weren't asked again; --retry-failed does that");
        if (result.FailedList is { } failed)
            screen.Say($"collect: those that failed or were refused are in {failed}");
        return result.LeftSome ? ExitCode.SomeRefused : ExitCode.Done;
    }
}

/// <summary>The document that <c>collect --json</c> prints.</summary>
/// <remarks>Pictures out of folders and archives count as fetched, without bytes.</remarks>
internal sealed record CollectReport(long Fetched, long Already, long Gone, long Failed, long Refused, IReadOnlyDictionary<string, long> Skipped, long Bytes)
{
    /// <summary>The sums over addresses and local files.</summary>
    public static CollectReport Of(CollectResult result)
    {
        var local = result.Import;
        var fetched = local?.NewPictures ?? 0;
        return new CollectReport(
            result.Fetched + fetched, result.Already + (local?.Counts.Out ?? 0) - fetched, result.Gone, result.Failed, result.Refused + (local?.Refused.Count ?? 0), result.Skipped, result.Bytes);
    }
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CollectReport))]
[JsonSerializable(typeof(List<string>))]
internal sealed partial class CollectJson : JsonSerializerContext;
