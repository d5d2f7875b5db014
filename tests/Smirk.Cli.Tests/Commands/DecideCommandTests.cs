using Smirk.Cli.Tests.Running;

namespace Smirk.Cli.Tests.Commands;

public sealed class DecideCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Workspace => _folder.File("ws");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Decisions_are_told_by_why_and_undo_takes_back_one_command_after_the_other()
    {
        await Import();
        Assert.Equal("0001.png: dropped by hand", Last(await Decide("0001.png", "drop")));
        Assert.DoesNotContain("  kept", (await Why()).Out);
        Assert.Equal("0001.png: kept by hand", Last(await Decide("0001.png", "keep", "--box", "3,4,30,31")));
        var boxed = await Why();
        Assert.Contains("keep      near: kept by hand (by person)", boxed.Out);
        Assert.Contains("keep      crop: 1 box by hand (by person)", boxed.Out);

        Assert.Contains("0001.png: dropped by hand", Said(await Decide("--undo")));
        var back = await Why();
        Assert.Contains("drop      near: dropped by hand (by person)", back.Out);
        Assert.DoesNotContain("box", back.Out);
        Assert.Equal("0001.png: no longer dropped by hand", Last(await Decide("--undo")));
        Assert.Contains("  kept", (await Why()).Out);
        var nothing = await Decide("--undo");
        Assert.Equal(1, nothing.ExitCode);
        Assert.Contains("could be taken back", nothing.FailureLine);
    }

    [Theory]
    [InlineData("Decide what?")]
    [InlineData("Decide what?", "0001.png")]
    [InlineData("'perhaps' is not a verdict", "0001.png", "perhaps")]
    [InlineData("it needs no picture", "0001.png", "drop", "--undo")]
    [InlineData("doesn't lie in the picture", "0001.png", "keep", "--box", "60,60,30,30")]
    [InlineData("--box needs the verdict keep", "0001.png", "drop", "--box", "0,0,30,30")]
    public async Task What_makes_no_sense_is_wrong_usage_and_decides_nothing(string expected, params string[] arguments)
    {
        await Import();
        var output = await Decide(arguments);
        Assert.Equal(2, output.ExitCode);
        Assert.Contains(expected, output.FailureLine);
        Assert.Contains("could be taken back", (await Decide("--undo")).FailureLine);
    }

    private async Task Import()
    {
        for (var i = 0; i < 3; i++)
            _folder.Write($"in/{i:0000}.png", Pile.Png(i, 64));
        Assert.Equal(0, (await SmirkProcess.Run("import", _folder.File("in"), "-w", Workspace)).ExitCode);
    }

    private Task<SmirkOutput> Decide(params string[] arguments) => SmirkProcess.Run(["decide", Workspace, .. arguments]);

    private Task<SmirkOutput> Why() => SmirkProcess.Run("why", "0001.png", "-w", Workspace);

    private string Last(SmirkOutput output) => Said(output).Last(line => line.StartsWith("0001.png", StringComparison.Ordinal));

    private List<string> Said(SmirkOutput output) =>
        [.. (output.Out + output.Error).Replace(_folder.File("in") + "/", "", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
