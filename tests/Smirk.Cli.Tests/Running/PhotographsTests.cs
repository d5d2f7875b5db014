using System.Text.Json;
using System.Text.RegularExpressions;

namespace Smirk.Cli.Tests.Running;

/// <summary>What isn't drawn and shows no face is learnt from, too.</summary>
public sealed class PhotographsTests
{
    [Fact]
    [Trait("Speed", "slow")]
    public async Task Folder_of_photographs_becomes_a_generator()
    {
        var photographs = TestData.Require("metadata");
        using var folder = new TemporaryFolder();
        var workspace = folder.File("ws");
        var (code, output, errors) =
            await SmirkProcess.Run("make", photographs, "-w", workspace, "--size", "64", "--kimg", "0.5", "--json");
        Assert.True(code is 0 or 3, errors);
        var stages = JsonDocument.Parse(output).RootElement.GetProperty("stages").EnumerateArray()
            .ToDictionary(s => s.GetProperty("stage").GetString()!, s => s.GetProperty("counts"));
        Assert.InRange(stages["pack"].GetProperty("out").GetInt64(), 50, long.MaxValue);
        var report =
            await File.ReadAllTextAsync(Path.Combine(workspace, "runs", "0001", "report.html"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("NaN", Regex.Replace(report, "data:image[^\"]*", ""));

        var (measured, metrics, why) = await SmirkProcess.Run("evaluate", workspace, "-n", "200", "--json");
        Assert.True(measured == 0, why);
        Assert.All(JsonDocument.Parse(metrics).RootElement.GetProperty("metrics").EnumerateObject(), metric =>
            Assert.True(double.IsFinite(metric.Value.GetDouble()), metric.Name));
    }
}
