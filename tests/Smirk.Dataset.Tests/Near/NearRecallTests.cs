using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Drawing.Faces;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Tests.Near;

public sealed class NearRecallTests
{
    [Theory]
    [InlineData(Verdict.Alternate, "the same template as a.png with other content (82 % alike)", "first of the template")]
    [InlineData(Verdict.Drop, "caption of a.png (90 % alike), which stays: no border or caption", "no border or caption")]
    public void What_an_earlier_run_found_keeps_its_reason(Verdict verdict, string stored, string reason)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("in"));
        foreach (var seed in new[] { 1, 2 })
            File.WriteAllBytes(folder.File($"in/{seed}.png"), PictureWriter.Png(FacePainter.Paint(TraitSampler.Sample(new Random(seed)), 64, 64)));
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        new ImportStage(workspace).Run(new ImportOptions { Sources = [folder.File("in")] });
        var pictures = workspace.Catalog.Pictures.All();
        workspace.Catalog.Decisions.Put(new Decision { Subject = DecisionSubject.Picture, SubjectId = pictures[1].Id, Stage = NearStage.Name, Verdict = verdict, Kind = "caption", Reason = stored, KeeperId = pictures[0].Id, Score = 0.82 });

        var memory = new NearRecall(workspace.Catalog, pictures, new NearOptions()).Memory;
        Assert.Equal([reason], Assert.Single(verdict == Verdict.Drop ? memory.Groups : memory.Alternates).Reasons);
    }
}
