using System.Text.Json;

namespace Smirk.Cli.Tests.Commands;

/// <summary>The command as people type it, on a run of Smirk 0.1 whose pictures are whole.</summary>
public sealed class ProjectCommandTests
{
    [Fact]
    public async Task Project_writes_the_nearest_picture_and_a_latent_that_sample_makes_it_from_again()
    {
        using var folder = new TemporaryFolder();
        var (ws, picture) = Copy(folder);
        var (png, latents, again) = (folder.File("out.png"), folder.File("me.safetensors"), folder.File("again.png"));
        var output = await SmirkProcess.Run(
            "project", picture, "-w", ws, "-o", png, "--latents", latents, "--steps", "5", "--no-compare", "--json");
        Assert.True(output.ExitCode == 0, output.Error);
        var document = JsonDocument.Parse(output.Out).RootElement;
        Assert.Equal("whole", document.GetProperty("cut_by").GetString());
        Assert.True(document.GetProperty("distance").GetDouble() <= document.GetProperty("nearest_sample").GetDouble());
        Assert.Equal([png, latents], document.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        var sampled = await SmirkProcess.Run("sample", ws, "--latents", latents, "--grid", again);
        Assert.True(sampled.ExitCode == 0, sampled.Error);
        Assert.Equal(File.ReadAllBytes(png), File.ReadAllBytes(again));
        Assert.DoesNotContain(Directory.GetDirectories(Path.Combine(ws, "runs", "0001")), path => path.EndsWith("projections"));
    }

    [Fact]
    public async Task Project_takes_a_box_of_the_picture_and_shows_it_beside_the_projection()
    {
        using var folder = new TemporaryFolder();
        var (ws, picture) = Copy(folder);
        var png = folder.File("out.png");
        var output = await SmirkProcess.Run("project", picture, "-w", ws, "--run", "1", "-o", png, "--beside", "--box", "-2,3,20,20",
            "--steps", "2", "--no-compare");
        Assert.True(output.ExitCode == 0, output.Error);
        Assert.Contains("project: the box -2,3,20,20", output.Out);
        Assert.Contains("two pictures of the pack are 1 apart", output.Out);
        var header = File.ReadAllBytes(png).AsSpan(16, 8).ToArray();
        Assert.Equal(2 * header[7], header[3] + (256 * header[2]));
    }

    [Theory]
    [InlineData("", 2, "Nothing to write: give -o FILE.png, --latents FILE, or both.")]
    [InlineData("-o x.png --box 1,2,3", 2, "--box 1,2,3: expected x,y,width,height in pixels")]
    [InlineData("-o x.png --box 9000,0,10,10", 2, "lies outside the picture")]
    [InlineData("-o x.png --box 0,0,10,10 --no-crop", 2, "exclude each other")]
    [InlineData("-o x.png --steps 0", 2, "--steps 0: expected 1 to 10000")]
    [InlineData("-o x.png --class cat", 2, "trained without labels")]
    [InlineData("-o x.png --run 7", 1, "There is no run 0007")]
    [InlineData("--beside --latents x", 2, "--beside goes with -o FILE.png")]
    public async Task Project_refuses_what_cannot_be(string options, int code, string expected)
    {
        using var folder = new TemporaryFolder();
        var (ws, picture) = Copy(folder);
        var output = await SmirkProcess.Run(
            ["project", picture, "-w", ws, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(code, output.ExitCode);
        Assert.Contains(expected, output.FailureLine);
    }

    [Fact]
    public async Task Project_says_which_picture_cannot_be_used_and_why()
    {
        using var folder = new TemporaryFolder();
        var (ws, _) = Copy(folder);
        Assert.Contains("There is no picture", (await Run(folder.File("none.png"))).FailureLine);
        var junk = folder.Write("junk.png", "not a picture"u8);
        Assert.Contains($"{junk} can't be used: ", (await Run(junk)).FailureLine);
        var without = await SmirkProcess.Run("project", junk, "-o", folder.File("x.png"));
        Assert.Equal((2, true), (without.ExitCode, without.FailureLine.Contains("No generator given.")));

        Task<SmirkOutput> Run(string picture) => SmirkProcess.Run("project", picture, "-w", ws, "-o", folder.File("x.png"));
    }

    private static (string Workspace, string Picture) Copy(TemporaryFolder folder)
    {
        var from = Path.Combine(TestData.Repository, "tests", "fixtures", "workspace-0.1");
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, folder.File(Path.Combine("smug", Path.GetRelativePath(from, file))));
        var ws = Path.Combine(folder.Path, "smug");
        return (ws, Directory.GetFiles(Path.Combine(ws, "pictures"), "*", SearchOption.AllDirectories).Order().First());
    }
}
