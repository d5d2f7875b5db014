using FsCheck;
using FsCheck.Fluent;
using Smirk.Workspace.Catalog;

namespace Smirk.Workspace.Tests.Catalog;

public sealed class DecisionTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmirkWorkspace _workspace;

    public DecisionTableTests()
    {
        _workspace = SmirkWorkspace.Open(_folder.File("ws"));
        var source = Catalog.Sources.GetOrAdd("folder", "/a");
        foreach (var name in new[] { "1", "2", "3" })
        {
            var picture = Catalog.Pictures.GetOrAdd(name, "png", 3, 4, 5);
            Catalog.Files.Put(new SourceFile
            {
                SourceId = source.Id,
                Path = name,
                Size = 1,
                ModifiedTicks = 1,
                PictureId = picture.Id,
                Status = FileStatus.Used
            });
        }
    }

    private CatalogDatabase Catalog => _workspace.Catalog;

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_latest_entry_counts_and_the_log_keeps_who_when_before_and_after()
    {
        var first = By(Decision.Smirk, 1, "near", "resize");
        Catalog.Decisions.Put(first);
        Catalog.Decisions.Put(first with { Kind = "caption", Reasons = [Reason.Of("larger", 10, 20), new Reason("note", Text: "é \"")] });
        Assert.Equal("caption", Assert.Single(Catalog.Decisions.All()).Kind);
        var history = Catalog.Decisions.History(DecisionSubject.Picture, 1);
        Assert.Equal([null, "resize"], history.Select(c => c.Before?.Kind));
        Assert.Equal(["resize", "caption"], history.Select(c => c.After?.Kind));
        Assert.Equal([new Reason("larger", [10, 20]), new Reason("note", Text: "é \"")], history[1].After!.Reasons);
        Assert.True(history[0].Batch < history[1].Batch);
        Assert.InRange(DateTimeOffset.UtcNow - history[1].At, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Replace_adds_what_is_new_takes_back_what_is_gone_and_leaves_what_is_the_same()
    {
        Catalog.Decisions.Replace("near", [By(Decision.Smirk, 1, "near", "crop"), By(Decision.Smirk, 2, "near", "crop")]);
        Catalog.Decisions.Replace("near", [By(Decision.Smirk, 2, "near", "crop"), By(Decision.Smirk, 3, "near", "crop")]);
        Assert.Equal([2L, 3], Catalog.Decisions.OfStage("near").Select(d => d.SubjectId));
        Assert.Equal([2, 1, 1], new long[] { 1, 2, 3 }.Select(p => Catalog.Decisions.History(DecisionSubject.Picture, p).Count));
        Catalog.Decisions.Replace("near", []);
        Assert.Empty(Catalog.Decisions.All());
        Assert.Equal(3, Catalog.Pictures.Kept().Count);
    }

    [Fact]
    public void A_person_stands_above_every_stage_and_an_alternate_above_its_own_stage_only()
    {
        Catalog.Decisions.Put([By(Decision.Smirk, 1, "near", "crop"), By(Decision.Smirk, 2, "near", "crop"),
            By(Decision.Smirk, 2, "crop", "blurry"), By(Decision.Smirk, 3, "near", "crop")]);
        Assert.Empty(Kept());
        Catalog.Decisions.Put(By(Decision.Person, 1, "near", "keep") with { Verdict = Verdict.Keep });
        Catalog.Decisions.Put([By(Decision.Person, 2, "near", "alternate") with { Verdict = Verdict.Alternate },
            By(Decision.Person, 3, "near", "alternate") with { Verdict = Verdict.Alternate }]);
        Assert.Equal([1L, 3], Kept());
        Catalog.Decisions.Put(By(Decision.Person, 1, "near", "drop"));
        Assert.Equal([3L], Kept());
        Assert.Equal([2L, 3], Catalog.Pictures.Kept(regardless: "crop").Select(p => p.Id));
        Assert.DoesNotContain(Catalog.Decisions.Counting(), d => d is { By: Decision.Smirk, Stage: "near" });
    }

    [Fact]
    public void Undo_takes_back_batch_after_batch_and_then_nothing()
    {
        var drop = By(Decision.Smirk, 1, "near", "crop");
        Catalog.Decisions.Put(drop);
        Catalog.Decisions.Put(
            [By(Decision.Person, 1, "near", "keep") with { Verdict = Verdict.Keep }, By(Decision.Person, 2, "near", "drop")]);
        Catalog.Decisions.Put(By(Decision.Person, 2, "near", "keep") with { Verdict = Verdict.Keep });
        Assert.Equal(("keep", "drop"), (Assert.Single(Undo()).Before!.Kind, Catalog.Decisions.About(DecisionSubject.Picture, 2)[0].Kind));
        Assert.Equal([2L, 1], Undo().Select(c => c.Before!.SubjectId));
        Assert.Equal([drop], Catalog.Decisions.All());
        Assert.Empty(Undo());
        Catalog.Decisions.Put(By(Decision.Person, 1, "near", "drop"));
        Assert.Null(Assert.Single(Undo()).After);
        Assert.Empty(Undo());
    }

    [Fact]
    public void Undoing_everything_ends_where_it_began()
    {
        var word =
            from picture in Gen.Choose(1, 3)
            from kind in Gen.Choose(0, 3)
            from together in Gen.Elements(true, false)
            select (picture, kind, together);
        // Never none at all: the cases share a catalog, so one without a decision would find those that the case before took back.
        Prop.ForAll(word.NonEmptyListOf().ToArbitrary(), words => DecideAndUndo([.. words]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    private void DecideAndUndo(IReadOnlyList<(int Picture, int Word, bool Together)> words)
    {
        var before = Catalog.Decisions.All();
        var batches = new List<List<Decision>>();
        foreach (var (picture, word, together) in words)
        {
            var decision = By(Decision.Person, picture, "near", $"w{word}");
            if (together && batches.Count > 0)
                batches[^1].Add(decision);
            else
                batches.Add([decision]);
        }

        var states = new Stack<IReadOnlyList<Decision>>();
        foreach (var batch in batches)
        {
            var state = Catalog.Decisions.All();
            if (Catalog.Decisions.Put(batch).Count > 0)
                states.Push(state);
        }

        var last = Catalog.Decisions.All();
        var steps = new Stack<IReadOnlyList<Decision>>();
        while (states.TryPop(out var state))
        {
            steps.Push(Catalog.Decisions.All());
            Assert.NotEmpty(Undo());
            Assert.Equal(state, Catalog.Decisions.All());
        }

        Assert.Equal(before, Catalog.Decisions.All());
        Assert.Empty(Undo());

        // There and back again, twice.
        Assert.Equal((0, steps.Count), Catalog.Decisions.Steps(Decision.Person));
        foreach (var state in steps)
        {
            Assert.NotEmpty(Redo());
            Assert.Equal(state, Catalog.Decisions.All());
            Undo();
            Redo();
        }

        Assert.Equal(last, Catalog.Decisions.All());
        Assert.Empty(Redo());
        while (Undo().Count > 0)
        {
        }

        Assert.Equal(before, Catalog.Decisions.All());
    }

    [Fact]
    public void What_was_taken_back_is_not_decided_again_after_something_else_was()
    {
        Catalog.Decisions.Put(By(Decision.Person, 1, "near", "drop"));
        Undo();
        Catalog.Decisions.Put(By(Decision.Person, 2, "near", "drop"));
        Assert.Empty(Redo());
        Assert.Equal((1, 0), Catalog.Decisions.Steps(Decision.Person));
        Assert.Equal((0, 0), Catalog.Decisions.Steps(Decision.Smirk));
    }

    private IReadOnlyList<DecisionChange> Redo() => Catalog.Decisions.RedoLast(Decision.Person);

    private IReadOnlyList<DecisionChange> Undo() => Catalog.Decisions.UndoLast(Decision.Person);

    private IEnumerable<long> Kept() => Catalog.Pictures.Kept().Select(p => p.Id);

    private static Decision By(string by, long picture, string stage, string kind) =>
        new() { Subject = DecisionSubject.Picture, SubjectId = picture, Stage = stage, Verdict = Verdict.Drop, Kind = kind, By = by };
}
