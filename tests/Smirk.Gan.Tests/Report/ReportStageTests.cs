using System.Text.RegularExpressions;
using Smirk.Gan.Report;
using Smirk.Gan.Train;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Tests.Report;

public sealed class ReportStageTests
{
    [Fact]
    public void The_page_needs_nothing_beside_it_and_tells_of_every_part()
    {
        using var folder = new TemporaryFolder();
        var options = new TrainOptions { Kimg = 0.1, Batch = 8, Width = 0.1, HeldOut = 0.25, EvaluateEvery = TimeSpan.FromSeconds(1) };
        var result = Trained.Run(options, KnownFeatures.Beside(TinyPack.Write(folder, count: 80), options),
            new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Trained.Nobody, CancellationToken.None);
        var stages =
            new (string, StageCounts)[] { ("import", new StageCounts(100, 80, new Dictionary<string, long> { ["cut <short>"] = 20 })) };
        var path = new ReportStage(TestEncoders.Plain)
            .Run(new ReportOptions
            {
                Run = result.Run,
                Subject = "smug",
                Stages = stages,
                Panels = [new ReportPanel("A panel", "<p>panel text</p>")]
            }, Trained.Nobody, CancellationToken.None).Path;

        var page = File.ReadAllText(path);
        foreach (var part in new[] { "In words", "From pictures to the pack", "20 cut &lt;short&gt;", "Samples over time", "Curves",
            "Is it copying?", "Best and worst", "Settings and reasons", "Make more", "smirk sample smug", "A panel", "panel text" })
            Assert.Contains(part, page);
        Assert.DoesNotContain("http://", page);
        Assert.DoesNotContain("https://", page);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", page);

        // Resumed by train, which knows nothing of the stages before, the page still shows them.
        var again = File.ReadAllText(Trained.Report(result.Run, "smug"));
        Assert.Contains("20 cut &lt;short&gt;", again);
        Assert.Contains("panel text", again);

        // Of the grids through time only the last is seen at first, and hiding one is stronger than how it is laid out.
        var grids = Directory.GetFiles(result.Run.SamplesFolder, "grid-*.png").Length;
        Assert.Equal(Math.Min(grids, 8) - 1, Regex.Count(page, "<img class=\"big\" hidden "));
        Assert.Contains("[hidden] { display: none !important; }", page);
        Assert.Contains("<circle", page);

        // The parts' contents: what the best is marked by, sixteen pairs with the files they come from, words, every option.
        Assert.Contains("class=\"mark\"", page);
        var sources = Regex.Matches(page, "training picture\"[^>]*><p class=\"dim small\">(file[0-9]+\\.png)")
            .Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(16, sources.Count);
        foreach (var words in new[] { "(recall) and come close to", "times as far from training pictures as unseen real pictures are" })
            Assert.Contains(words, page);
        foreach (var option in new[] { "recipe", "seed", "colours", "batch", "augment", "evaluate-every", "channels of G" })
            Assert.Contains($"<td>{option}</td>", page);
    }
}
