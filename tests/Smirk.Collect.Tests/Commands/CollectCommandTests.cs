using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Smirk.Collect.Tests.Played;
using Smirk.Workspace;

namespace Smirk.Collect.Tests.Commands;

/// <summary>The program itself, against the played web.</summary>
public sealed class CollectCommandTests : PlayedWebTests
{
    [Fact]
    public async Task Json_ends_with_the_counts_and_failures_with_3()
    {
        Web.On("h.com/b.png", (context, _) => Status(context, 404));
        Web.On("h.com/c.png", (context, _) => Status(context, 403));
        var (code, output, errors) = await CollectAsync(List("a", "b", "c"), "--json");
        Assert.Equal(3, code);
        Assert.Equal("""{"fetched":1,"already":0,"gone":1,"failed":0,"refused":1,"skipped":{},"bytes":BYTES}"""
            .Replace("BYTES", PlayedPictures.Of("h.com/a.png").Length.ToString()), output.Trim());
        Assert.Contains("warning: https://h.com/c.png: 403 Forbidden", errors);
        Assert.True(File.Exists(Path.Combine(Workspace, "collect-failed.tsv")));
    }

    [Fact]
    public async Task What_was_refused_before_is_left_alone_and_the_person_told_how_to_ask_again()
    {
        Web.On("h.com/a.png", (context, _) => Status(context, 403));
        Assert.Equal(3, (await CollectAsync(List("a"))).ExitCode);
        var (code, output, _) = await CollectAsync(List("a"));
        Assert.Equal(0, code);
        Assert.Contains("1 that were gone, refused or failed in earlier runs were skipped; --retry-failed", output);
    }

    [Fact]
    public async Task Pictures_of_folders_and_archives_count()
    {
        Folder.Write("pile/a.png", PlayedPictures.Of("a"));
        Folder.Write("pile/b.png", PlayedPictures.Of("b"));
        Folder.Write("pile/note.txt", "hello"u8);
        var pile = Path.Combine(Folder.Path, "pile");
        var (code, output, _) = await CollectAsync(pile, List("c"), "--json");
        Assert.Equal(0, code);
        Assert.StartsWith("""{"fetched":3,"already":0,"gone":0,"failed":0,"refused":0,""", output);
        Assert.StartsWith("""{"fetched":0,"already":3,"gone":0,"failed":0,"refused":0,""",
            (await CollectAsync(pile, List("c"), "--json")).Out);
    }

    [Fact]
    public async Task Stopped_with_ctrl_c_what_came_is_kept()
    {
        Web.On("h.com/b.png", (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted)
            .ContinueWith(_ => { }, TaskScheduler.Default));
        using (var smirk = SmirkProcess.Start(Arguments("ws", List("a", "b"))))
        {
            while (Web.Requests.Count < 2)
                await Task.Delay(20);
            await Task.Delay(500);
            smirk.Interrupt();
            var (code, _, errors) = await smirk.End();
            Assert.Equal(130, code);
            Assert.Contains("stopped; what was finished is kept", errors);
        }

        Web.On("h.com/b.png", (context, _) => PlayedPictures.SendAsync(context, "b"));
        Assert.StartsWith("""{"fetched":1,"already":1,""", (await CollectAsync(List("a", "b"), "--json")).Out);
    }

    [Fact]
    public async Task Posts_come_from_standard_input()
    {
        var (code, output, _) =
            await SmirkProcess.RunWith(
                """{"id":"aaa","url":"https://h.com/a.png"}""", ["collect", "-", "-w", Workspace, "--json", .. Common]);
        Assert.Equal(0, code);
        Assert.Equal(1, JsonDocument.Parse(output).RootElement.GetProperty("fetched").GetInt32());
    }

    [Fact]
    public async Task The_list_goes_to_standard_output_one_a_line()
    {
        var (code, output, _) = await SmirkProcess.Run(["collect", List("a", "b"), "--list", .. Common]);
        Assert.Equal((0, "https://h.com/a.png\nhttps://h.com/b.png\n"), (code, output));
        Assert.Empty(Web.Requests);
    }

    [Theory]
    [InlineData("nonsense", "is no source")]
    [InlineData("r/Smugs --posts oauth", "new API apps need its approval")]
    [InlineData("r/Smugs --posts json", "Reddit closed its listings")]
    [InlineData("r/Smugs --posts file:/nowhere", "there is no such file")]
    [InlineData("r/Smugs --map here", "HOST=BASEURL")]
    [InlineData("r/Smugs --rate -1", "--rate")]
    public async Task Wrong_usage_is_told_in_one_line(string arguments, string part)
    {
        var (code, _, errors) = await SmirkProcess.Run(["collect", .. arguments.Split(' '), "-w", Workspace]);
        Assert.Equal(2, code);
        Assert.Contains(part, errors);
        Assert.DoesNotContain("   at ", errors);
        Assert.False(Directory.Exists(Workspace));
    }

    [Fact]
    public async Task Killed_in_the_middle_and_run_again_the_catalog_is_that_of_an_undisturbed_run() => await KillAsync(200, kills: 2);

    [Fact]
    [Trait("Speed", "slow")]
    public async Task Killed_in_the_middle_of_two_thousand_and_run_again_the_catalog_is_that_of_an_undisturbed_run() =>
        await KillAsync(2000, kills: 5);

    private async Task KillAsync(int pictures, int kills)
    {
        // Every tenth is large enough to break off in its middle.
        var names = Enumerable.Range(0, pictures).Select(i => $"p{i}").ToArray();
        var large = names.Where((_, i) => i % 10 == 0).ToHashSet();
        foreach (var name in large)
            Web.On($"h.com/{name}.png", (context, _) => SlowlyAsync(context, PlayedPictures.LargeOf(name)));
        var list = List(names);
        await CollectAsync(list);
        var undisturbed = Story(Workspace);
        var asked = Web.Requests.Count;

        for (var i = 1; i <= kills; i++)
        {
            var until = asked + (pictures * i / (kills + 1));
            using var smirk = SmirkProcess.Start(Arguments("killed", list));
            while (Web.Requests.Count < until)
                await Task.Delay(2, TestContext.Current.CancellationToken);
            smirk.Kill();
            await smirk.End();
        }

        var (code, _, errors) = await SmirkProcess.Run(Arguments("killed", list));
        Assert.True(code == 0, errors);
        Assert.Equal(undisturbed, Story(Path.Combine(Folder.Path, "killed")));

        // What was under way when it was killed is asked again; nothing else is.
        Assert.InRange(Web.Requests.Count - asked, pictures, pictures + (kills * 40));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Folder.Path, "killed", "collect", "parts")));
    }

    private static async Task SlowlyAsync(HttpContext context, byte[] bytes)
    {
        await Task.Delay(5, context.RequestAborted);
        await PlayedPictures.SendAsync(context, bytes);
    }

    // All that the catalog says of what was collected, but for the numbers of rows, which follow the order in which downloads end.
    private static List<string> Story(string folder)
    {
        using var workspace = SmirkWorkspace.OpenToRead(folder);
        var pictures = workspace.Catalog.Pictures.All().ToDictionary(p => p.Id);
        var files = workspace.Catalog.Files.All().ToDictionary(f => f.Id);
        Assert.Equal(workspace.Pictures.Names(), pictures.Values.Select(p => p.Sha256).Order(StringComparer.Ordinal));
        return [.. workspace.Catalog.Media.All().Select(m =>
        {
            var file = files[m.FileId!.Value];
            var picture = pictures[file.PictureId!.Value];
            return $"{m.Address} {m.State} {m.Quality} {m.FetchedFrom} {m.Bytes} {m.Tries} {file.Path} {file.Sha256} {file.Status} "
                + $"{picture.Sha256} {picture.Format} {picture.Width}x{picture.Height}";
        }).Order(StringComparer.Ordinal)];
    }

    private string Workspace => Path.Combine(Folder.Path, "ws");

    private IEnumerable<string> Common =>
        ["--rate", "0", "--per-host", "16", .. Web.MapEntries(["h.com"]).SelectMany(m => new[] { "--map", m })];

    private IEnumerable<string> Arguments(string workspace, params string[] arguments) =>
        ["collect", .. arguments, "-w", Path.Combine(Folder.Path, workspace), .. Common];

    private Task<SmirkOutput> CollectAsync(params string[] arguments) => SmirkProcess.Run(Arguments("ws", arguments));

    private string List(params string[] names) =>
        Folder.Write("links.txt", Encoding.UTF8.GetBytes(string.Concat(names.Select(n => $"https://h.com/{n}.png\n"))));
}
