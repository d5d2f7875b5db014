using Smirk.Dataset.Decide;
using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Dataset.Story;
using Smirk.Dataset.Tests.Edits;
using Smirk.Drawing.Faces;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Tests.Near;

public sealed class NearStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmirkWorkspace _workspace;

    public NearStageTests()
    {
        Write("a.png", Face(1));
        Write("b.png", PictureEdits.Apply("resize", Face(1), new Random(1)));
        Write("c.png", Face(2));
        _workspace = SmirkWorkspace.Open(_folder.File("ws"));
        Import();
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Switched_off_it_takes_its_decisions_back_and_on_again_it_finds_them_without_a_search()
    {
        Run();
        Assert.Equal(2, Kept().Count);
        Assert.Equal(0, Run(NearCare.Off));
        Assert.Equal(3, Kept().Count);
        Assert.Empty(_workspace.Catalog.Decisions.OfStage(NearStage.Name));
        Assert.Equal(0, Run());
        Assert.Equal(2, Kept().Count);
    }

    [Fact]
    public void A_search_with_another_care_between_changes_nothing()
    {
        Run();
        var before = _workspace.Catalog.Decisions.All();
        Run(NearCare.Careful);
        Run();
        Assert.Equal(before, _workspace.Catalog.Decisions.All());
    }

    [Fact]
    public void A_search_that_is_stopped_leaves_the_earlier_decisions()
    {
        Run();
        var before = _workspace.Catalog.Decisions.All();
        Write("d.png", PictureEdits.Apply("crop", Face(2), new Random(1)));
        Import();
        using var stop = new CancellationTokenSource();
        var stopping = new Progress(stop.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => new NearStage(_workspace).Run(new NearOptions(), stopping, stop.Token));
        Assert.Equal(before, _workspace.Catalog.Decisions.All());
        Run();
        Assert.Equal(2, Kept().Count);
    }

    [Fact]
    public void A_pair_that_a_person_parted_is_compared_again_when_that_is_taken_back()
    {
        Run();
        var dropped = Assert.Single(_workspace.Catalog.Decisions.OfStage(NearStage.Name));
        var word = new PersonsWord(_workspace);
        word.Decide(_workspace.Catalog.Files.OfPicture(dropped.SubjectId)[0].Path, NearWord.NotDuplicate);
        Assert.Equal(3, Kept().Count);
        Run();
        Assert.Equal(3, Kept().Count);
        Assert.Null(Assert.Single(word.Undo()).After);
        Run();
        Assert.Equal(dropped, Assert.Single(_workspace.Catalog.Decisions.OfStage(NearStage.Name)));
        Assert.Equal(2, Kept().Count);
    }

    [Fact]
    public void What_a_person_keeps_stays_and_taking_that_back_counts_at_once()
    {
        Run();
        var word = new PersonsWord(_workspace);
        var member = Assert.Single(_workspace.Catalog.Decisions.OfStage(NearStage.Name));
        var keeper = _workspace.Catalog.Pictures.Find(member.KeeperId!.Value)!;
        word.Decide(keeper.Sha256[..10], NearWord.Keep);
        Assert.Equal(3, Kept().Count);
        var result = new NearStage(_workspace).Run(new NearOptions());
        Assert.Equal((3L, 3L), (result.Counts.In, result.Counts.Out));
        word.Undo();
        Assert.Equal(2, Kept().Count);
    }

    [Fact]
    public void Decisions_hold_codes_and_the_words_are_made_of_them()
    {
        Run();
        var decision = Assert.Single(_workspace.Catalog.Decisions.OfStage(NearStage.Name));
        Assert.Equal("resize", decision.Kind);
        Assert.Contains(decision.Reasons, r => r.Code == "larger" && r.Numbers!.Count == 2);
        var words = new DecisionWords(_workspace.Catalog).Of(decision);
        Assert.StartsWith($"resize of {_folder.File("in/a.png")} (", words, StringComparison.Ordinal);
        Assert.Contains("larger true resolution (256×256)", words, StringComparison.Ordinal);
    }

    // Returns how many pictures were decoded and described.
    private int Run(NearCare care = NearCare.Normal)
    {
        var progress = new Progress(null);
        new NearStage(_workspace).Run(new NearOptions { Care = care }, progress);
        return progress.Read;
    }

    private IReadOnlyList<StoredPicture> Kept() => _workspace.Catalog.Pictures.Kept();

    private void Import() => new ImportStage(_workspace).Run(new ImportOptions { Sources = [_folder.File("in")] });

    private void Write(string name, Picture picture) => _folder.Write($"in/{name}", PictureWriter.Png(picture));

    private static Picture Face(int seed) => FacePainter.Paint(TraitSampler.Sample(new Random(seed)), 256, 256);

    private sealed class Progress(Action? first) : IProgress<StageProgress>
    {
        public int Read { get; private set; }

        public void Report(StageProgress value)
        {
            first?.Invoke();
            if (value is StageAdvanced { Detail: "reading" } advanced)
                Read = (int)advanced.Done;
        }
    }
}
