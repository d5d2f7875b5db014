using System.Text.Json;
using Smirk.Collect.Tests.Played;

namespace Smirk.Collect.Tests.Commands;

/// <summary>From recorded posts to a generator, with the one command.</summary>
public sealed class MakeFromPostsTests
{
    [Fact]
    [Trait("Speed", "slow")]
    public async Task A_subreddit_becomes_a_generator_and_why_tells_where_a_picture_came_from()
    {
        var posts = RecordedReddit.NdjsonPath;
        await using var web = await PlayedWeb.StartAsync();
        using var folder = new TemporaryFolder();
        var workspace = Path.Combine(folder.Path, "smug");
        var maps = web.MapEntries(RecordedReddit.Hosts(posts)).SelectMany(m => new[] { "--map", m });
        var (code, output, errors) = await SmirkProcess.Run(
            ["make", "r/Smugs", "--posts", $"file:{posts}", "--rate", "0", "-w", workspace, "--size", "32", "--kimg", "0.1", "--json",
                .. maps]);
        Assert.True(code == 0, errors);
        var stages = JsonDocument.Parse(output).RootElement.GetProperty("stages").EnumerateArray()
            .ToDictionary(s => s.GetProperty("stage").GetString()!, s => s.GetProperty("counts"));
        Assert.True(stages["collect"].GetProperty("out").GetInt64() > 300);
        Assert.True(stages["pack"].GetProperty("out").GetInt64() > 300);

        var (found, story, _) = await SmirkProcess.Run(["why", "https://i.redd.it/8pnwbvvts3c51.png", "-w", workspace]);
        Assert.Equal(0, found);
        Assert.Contains("address   https://i.redd.it/8pnwbvvts3c51.png", story);
        Assert.Contains("post      post hux6du by [author], 2020-07-21, score 1", story);
        Assert.Contains("packed    packs/32 row", story);
        Assert.Contains("r/TEST", (await File.ReadAllTextAsync(
            Path.Combine(workspace, "credits.md"), TestContext.Current.CancellationToken)).Replace("\\", "").Replace("<", "")
            .Replace("_SUBREDDIT>", ""));
    }
}
