using System.Net;
using System.Text.Json.Nodes;

namespace Smirk.Studio.Tests.Runs;

/// <summary>What the studio tells of runs, and does with them, over HTTP; trainings are the real program's.</summary>
[Collection(nameof(RunsHouse))]
public sealed class RunsRoomTests(RunsHouse house)
{
    private static readonly Dictionary<string, string> Tiny = new()
    {
        ["budget"] = "10m",
        ["width"] = "0.1",
        ["batch"] = "32",
        ["evaluate-every"] = "0",
        ["nice"] = "0",
    };

    private StudioHouse Studio => house.Studio;

    [Fact]
    public async Task Runs_are_told_from_their_own_files()
    {
        using var client = await Studio.Client();
        var rows = (await RunsHouse.Get(client, "/api/runs")).AsArray();
        var first = rows.Single(row => (int)row!["number"]! == 1)!;
        Assert.Equal(("done", 32, 1.0), ((string)first["state"]!, (int)first["size"]!, (double)first["progress"]!));
        Assert.NotNull(first["started"]);
        Assert.Equal(30, (double)first["bestDistance"]!);

        var run = await RunsHouse.Get(client, "/api/runs/1");
        Assert.Contains("1.3", run["settings"]!.AsArray().Single(s => (string)s!["name"]! == "length")!["value"]!.ToString());
        Assert.Contains("asked for", run["settings"]!.AsArray().Single(s => (string)s!["name"]! == "batch")!["why"]!.ToString());
        Assert.NotEmpty(run["curves"]!["lossD"]!["x"]!.AsArray());
        var measured = run["measured"]!.AsArray();
        Assert.Contains(measured[^1]!["words"]!.AsArray(), words => ((string)words!["text"]!).StartsWith("Distance from real pictures"));
        var grids = run["grids"]!.AsArray();
        Assert.True(grids.Count >= 2);

        var grid = await client.GetByteArrayAsync(new Uri($"/api/runs/1/grids/{grids[^1]!["name"]}", UriKind.Relative));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], grid[..4]);
    }

    [Theory]
    [InlineData("/api/runs/1/grids/..%2foptions.json")]
    [InlineData("/api/runs/1/grids/options.json")]
    [InlineData("/api/runs/1/grids/grid-999999.000kimg.png")]
    [InlineData("/api/runs/77")]
    [InlineData("/api/runs/-1")]
    [InlineData("/api/runs/1x")]
    [InlineData("/api/runs/events?watch=1")]
    [InlineData("/api/runs/events?watch=1:a:b")]
    public async Task What_there_is_not_is_refused(string path)
    {
        using var client = await Studio.Client();
        using var answer = await client.GetAsync(new Uri(Studio.Server.Origin + path, new UriCreationOptions
        {
            DangerousDisablePathAndQueryCanonicalization = true,
        }));
        Assert.InRange((int)answer.StatusCode, 400, 499);
    }

    [Fact]
    public async Task A_training_is_started_followed_asked_for_a_snapshot_stopped_and_made_longer()
    {
        using var client = await Studio.Client();
        var (status, text) = await RunsHouse.Post(client, "/api/runs/start", new
        {
            size = 32,
            name = "from <b>here</b>",
            options = Tiny,
        });
        Assert.True(status == HttpStatusCode.OK, text);
        var number = (int)JsonNode.Parse(text)!["number"]!;
        var run = await RunsHouse.Get(client, $"/api/runs/{number}");
        Assert.Equal(("training", "from <b>here</b>"), ((string)run["row"]!["state"]!, (string)run["row"]!["name"]!));

        await using (var events = await Events.Follow(client, $"{number}:{run["cursor"]}"))
        {
            // Lines come every four seconds.
            var cursor = (string)run["cursor"]!;
            await events.Until(e =>
            {
                if (e["updates"]!.AsArray() is not [{ } update])
                    return null;
                Assert.Equal(cursor, (string)update["from"]!);
                cursor = (string)update["cursor"]!;
                return update["curves"]!["lossD"];
            });
            var load = await events.Until(e => e["load"]?["trainings"]?[$"{number}"]?["cores"] is null ? null : e["load"]);
            Assert.True((double)load["trainings"]![$"{number}"]!["cores"]! > 0);
            Assert.True((long)load["trainings"]![$"{number}"]!["bytes"]! > 10_000_000);
            Assert.InRange((double)load["busy"]!, 0.01, 1);

            Assert.Equal(HttpStatusCode.OK, (await RunsHouse.Post(client, $"/api/runs/{number}/snapshot")).Status);
            var grids = await events.Until(e => e["updates"]!.AsArray().FirstOrDefault(u => u!["grids"]?.AsArray().Count > 0));
            Assert.NotEmpty(grids["grids"]!.AsArray());
            Assert.Equal(HttpStatusCode.OK, (await RunsHouse.Post(client, $"/api/runs/{number}/stop")).Status);
            await events.Until(e => e["list"]?.AsArray()
                .FirstOrDefault(r => (int)r!["number"]! == number && (string)r["state"]! == "stopped"));
        }

        (status, text) = await RunsHouse.Post(client, "/api/runs/start", new
        {
            resume = number,
            options = new Dictionary<string, string> { ["kimg"] = "0.1", ["learning-rate"] = "0.001", ["nice"] = "0" },
        });
        Assert.True(status == HttpStatusCode.OK, text);
        await RunsHouse.Until(() => house.Runs.Open(number).Trainer() is null, "the run ends");
        Assert.Equal("done", await RunsHouse.State(client, number));
    }

    [Fact]
    public async Task A_run_of_another_process_is_followed_and_stopped_and_not_deleted_while_it_trains()
    {
        using var client = await Studio.Client();
        var (process, run) = await house.StartElsewhere([.. RunsHouse.Unmeasured, "--budget", "10m"]);
        using (process)
        {
            Assert.Equal("training", await RunsHouse.State(client, run.Number));
            var (status, text) = await RunsHouse.Post(client, $"/api/runs/{run.Number}/delete", new { folder = run.Name });
            Assert.Equal((HttpStatusCode.Conflict, true), (status, text.Contains("Stop it first", StringComparison.Ordinal)));
            Assert.Equal(HttpStatusCode.OK, (await RunsHouse.Post(client, $"/api/runs/{run.Number}/stop")).Status);
            Assert.Equal(130, (await process.End()).ExitCode);
        }

        Assert.Equal("stopped", await RunsHouse.State(client, run.Number));
        var refused = await RunsHouse.Post(client, $"/api/runs/{run.Number}/stop");
        Assert.Contains("isn't being trained", refused.Text);

        Assert.Contains("snapshot", (await RunsHouse.Get(client, $"/api/runs/{run.Number}/contents"))["lines"]![0]!.ToString());
        var delete = $"/api/runs/{run.Number}/delete";
        Assert.Equal(HttpStatusCode.BadRequest, (await RunsHouse.Post(client, delete, new { folder = "1" })).Status);
        Assert.True(Directory.Exists(run.Path));
        Assert.Equal(HttpStatusCode.OK, (await RunsHouse.Post(client, delete, new { folder = run.Name })).Status);
        Assert.False(Directory.Exists(run.Path));
        Assert.DoesNotContain((await RunsHouse.Get(client, "/api/runs")).AsArray(), row => (int)row!["number"]! == run.Number);
    }

    [Fact]
    public async Task A_run_that_was_killed_is_interrupted_and_its_half_written_line_is_no_trouble()
    {
        using var client = await Studio.Client();
        var (process, run) = await house.StartElsewhere([.. RunsHouse.Unmeasured, "--budget", "10m"]);
        using (process)
        {
            process.Kill();
            await process.End();
        }

        File.AppendAllText(run.LogPath, "{\"kimg\":99,\"seco");
        var told = await RunsHouse.Get(client, $"/api/runs/{run.Number}");
        Assert.Equal("interrupted", (string)told["row"]!["state"]!);
        Assert.True((double)told["row"]!["kimg"]! < 99);
        await RunsHouse.Post(client, $"/api/runs/{run.Number}/delete", new { folder = run.Name });
    }

    [Fact]
    public async Task A_training_that_cannot_start_says_why_in_a_sentence()
    {
        using var client = await Studio.Client();
        var runs = house.Runs.All().Count;
        await Refused("--batch 1: expected a whole number from 2", new { options = Option("batch", "1") });
        await Refused("Training has no option --wings", new { options = Option("wings", "2") });
        await Refused("There is no pack at", new { size = 64, options = Option("budget", "1m") });
        await Refused("There is no run 0077", new { resume = 77, options = Option("budget", "1m") });
        await Refused("--batch can't change when a run is resumed", new { resume = 1, options = Option("batch", "16") });
        await Refused("A run's name is one line", new { name = new string('x', 100), options = Option("budget", "1m") });
        Assert.Equal(runs, house.Runs.All().Count);

        async Task Refused(string why, object order)
        {
            var (status, text) = await RunsHouse.Post(client, "/api/runs/start", order);
            Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict && text.Contains(why), $"{status} {text}");
        }

        static Dictionary<string, string> Option(string name, string value) => new() { [name] = value };
    }

    [Fact]
    public async Task What_a_training_would_be_is_told_with_reasons()
    {
        using var client = await Studio.Client();
        var choices = await RunsHouse.Get(client, "/api/runs/choices");
        Assert.Equal(("32", "40"), (choices["packs"]![0]!["size"]!.ToString(), choices["packs"]![0]!["pictures"]!.ToString()));
        Assert.Contains(choices["options"]!.AsArray(), o => (string)o!["name"]! == "grey" && (bool)o["isFlag"]!);
        var (status, text) = await RunsHouse.Post(client, "/api/runs/plan",
            new { size = 32, options = new Dictionary<string, string> { ["budget"] = "5m", ["gamma"] = "0.3" } });
        Assert.True(status == HttpStatusCode.OK, text);
        var plan = JsonNode.Parse(text)!["choices"]!.AsArray();
        Assert.Equal("asked for", (string)plan.Single(c => (string)c!["name"]! == "gamma")!["why"]!);
        Assert.Contains("many small steps", (string)plan.Single(c => (string)c!["name"]! == "batch")!["why"]!);
        Assert.Contains("expected", (await RunsHouse.Post(client, "/api/runs/plan", new { options = new { gamma = "much" } })).Text);
    }

    [Fact]
    public async Task Names_and_notes_stay_with_the_run()
    {
        using var client = await Studio.Client();
        const string script = "<script>alert(1)</script>";
        Assert.Equal(HttpStatusCode.OK, (await RunsHouse.Post(client, "/api/runs/2/note", new { name = script, notes = "a\nb" })).Status);
        var row = (await RunsHouse.Get(client, "/api/runs/2"))["row"]!;
        Assert.Equal((script, "a\nb"), ((string)row["name"]!, (string)row["notes"]!));
        Assert.Equal(HttpStatusCode.BadRequest, (await RunsHouse.Post(client, "/api/runs/2/note", new { name = "a\nb" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await RunsHouse.Post(client, "/api/runs/2/note", new { })).Status);
    }

    [Fact]
    public async Task A_training_goes_on_when_the_studio_ends()
    {
        await using var other = await StudioHouse.Open(groups: 1);
        other.Pack();
        int number;
        using (var client = await other.Client())
        {
            var (status, text) = await RunsHouse.Post(client, "/api/runs/start", new
            {
                options = Tiny,
            });
            Assert.True(status == HttpStatusCode.OK, text);
            number = (int)JsonNode.Parse(text)!["number"]!;
        }

        await other.Restart();
        using var again = await other.Client();
        Assert.Equal("training", await RunsHouse.State(again, number));
        Assert.Equal(HttpStatusCode.OK, (await RunsHouse.Post(again, $"/api/runs/{number}/stop")).Status);
        var run = new Smirk.Workspace.Runs.RunFolders(Path.Combine(other.Workspace, "runs")).Open(number);
        await RunsHouse.Until(() => run.Trainer() is null, "the training ends");
        Assert.Equal("stopped", await RunsHouse.State(again, number));
    }
}
