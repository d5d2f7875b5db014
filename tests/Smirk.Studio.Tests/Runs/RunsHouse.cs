using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smirk.Gan.Log;
using Smirk.Workspace.Runs;

namespace Smirk.Studio.Tests.Runs;

/// <summary>A studio on a workspace with a pack and two finished runs of a few seconds, made by the real program: the first was resumed
/// and drew grids at 1.024, 1.120 and 1.312 kimg; the second has another weight of the penalties. Measurements of the first are lines
/// added to its log: to learn the features that they need takes longer than both runs.</summary>
[CollectionDefinition(nameof(RunsHouse))]
public sealed class RunsHouse : IAsyncLifetime, ICollectionFixture<RunsHouse>
{
    /// <summary>Options of a run that trains fast; --nice 0, because tests wait for it.</summary>
    public static readonly string[] Tiny = ["--size", "32", "--width", "0.1", "--batch", "32", "--nice", "0"];

    /// <summary>Options of a run that isn't measured.</summary>
    public static readonly string[] Unmeasured = ["--evaluate-every", "0", "--held-out", "0"];

    /// <summary>The studio.</summary>
    public StudioHouse Studio { get; private set; } = null!;

    /// <summary>The workspace's runs.</summary>
    public RunFolders Runs => new(Path.Combine(Studio.Workspace, "runs"));

    public async ValueTask InitializeAsync()
    {
        Studio = await StudioHouse.Open(groups: 1);
        Studio.Pack();
        await Train([.. Tiny, .. Unmeasured, "--kimg", "1.1"]);
        await Train("--resume", "1", "--kimg", "1.3", "--nice", "0");
        await Train([.. Tiny, .. Unmeasured, "--kimg", "0.3", "--gamma", "0.2"]);
        using var log = Runs.Open(1).OpenLog();
        log.Append(Measured(1.024, 40).ToJson());
        log.Append(Measured(1.312, 30).ToJson());
    }

    // What a failed test left behind would train on.
    public ValueTask DisposeAsync()
    {
        foreach (var run in Runs.All().Where(run => run.Trainer() is not null))
            new RunRequests(run).Ask(RunRequest.Stop);
        return Studio.DisposeAsync();
    }

    /// <summary>Trains a run to its end.</summary>
    public async Task Train(params string[] more)
    {
        var trained = await SmirkProcess.Run(["train", "-w", Studio.Workspace, .. more]);
        Assert.True(trained.ExitCode == 0, trained.Error);
    }

    /// <summary>Starts a training in a process that the studio knows nothing of, and waits until it has written a line.</summary>
    internal async Task<(SmirkProcess Process, RunFolder Run)> StartElsewhere(params string[] more)
    {
        var before = Runs.All().Count;
        var process = SmirkProcess.Start(["train", "-w", Studio.Workspace, .. Tiny, .. more]);
        await Until(() => process.HasExited || (Runs.All().Count > before && File.Exists(Runs.Latest()!.LogPath)
            && new FileInfo(Runs.Latest()!.LogPath).Length > 0), "the training writes its first line", 120);
        Assert.False(process.HasExited, "the training ended at once");
        return (process, Runs.Latest()!);
    }

    private static LogLine Measured(double kimg, double distance) => new()
    {
        Kimg = kimg,
        Seconds = 1,
        Metrics = new Dictionary<string, double>
        {
            ["frechet_trained"] = distance,
            ["kernel_trained"] = 0.5,
            ["recall_trained"] = 0.25,
            ["coverage_trained"] = 0.5,
            ["precision_trained"] = 0.75,
            ["density_trained"] = 0.9,
            ["swd"] = 12.5,
        },
    };

    /// <summary>Asks the studio for JSON.</summary>
    public static async Task<JsonNode> Get(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Sends the studio JSON.</summary>
    public static async Task<(HttpStatusCode Status, string Text)> Post(HttpClient client, string path, object? body = null)
    {
        using var content = StudioHouse.Json(JsonSerializer.Serialize(body ?? new { }));
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>How the studio says that a run stands.</summary>
    public static async Task<string> State(HttpClient client, int run) => (string)(await Get(client, $"/api/runs/{run}"))["row"]!["state"]!;

    /// <summary>Waits until something is so.</summary>
    public static async Task Until(Func<bool> isSo, string what, int seconds = 60)
    {
        for (var i = 0; i < seconds * 10; i++)
        {
            if (isSo())
                return;
            await Task.Delay(100);
        }

        Assert.Fail($"not within {seconds} seconds: {what}");
    }
}
