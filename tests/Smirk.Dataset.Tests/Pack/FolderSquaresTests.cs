using Smirk.Dataset.Pack;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Tests.Pack;

public sealed class FolderSquaresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_cant_be_read_is_warned_of_by_name_and_left_out()
    {
        _folder.Write("in/b/1.png", DrawnPictures.Png(1));
        _folder.Write("in/2.png", DrawnPictures.Png(2));
        _folder.Write("in/3.png", DrawnPictures.Png(3)[..200]);
        Shell.Run(_folder.File("in/x")[..^2], "ln -s gone 4.png; mkfifo 5.png; ln -s . round; echo text >6.txt");
        File.Delete(_folder.Write("in/7.png", DrawnPictures.Png(7)));
        var warned = new List<StageWarned>();
        var chunk = Assert.Single(Read(64, warned));
        Assert.Equal(["2.png", "b/1.png"], chunk.Names);
        Assert.Equal(2 * 3 * 64 * 64, chunk.Planes.Length);
        Assert.Equal(["3.png", "4.png", "6.txt"], warned.Select(w => Path.GetFileName(w.Subject)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_that_vanishes_after_it_was_found_is_warned_of()
    {
        _folder.Write("in/1.png", DrawnPictures.Png(1));
        var gone = _folder.Write("in/2.png", DrawnPictures.Png(2));
        var squares = FolderSquares.In(_folder.File("in"), 64, Aspect.Square, null, TestContext.Current.CancellationToken);
        File.Delete(gone);
        var warned = new List<StageWarned>();
        Assert.Equal(["1.png"], Assert.Single(squares.Read(new Warnings(warned), TestContext.Current.CancellationToken)).Names);
        Assert.Equal((gone, "has vanished"), (Assert.Single(warned).Subject, warned[0].Reason));
    }

    [Fact]
    public void Many_pictures_come_in_chunks_that_no_array_is_too_small_for()
    {
        const int size = 2048;
        for (var i = 0; i < 7; i++)
            _folder.Write($"in/{i}.png", DrawnPictures.Png(i));
        var chunks = Read(size, []);
        Assert.Equal([5, 2], chunks.Select(c => c.Names.Count));
        Assert.All(chunks, c => Assert.Equal(c.Names.Count * 3 * size * size, c.Planes.Length));
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"{i}.png"), chunks.SelectMany(c => c.Names));

        // The same pixels as by itself.
        var alone = _folder.Write("alone/6.png", DrawnPictures.Png(6));
        var one = Assert.Single(
            FolderSquares.In(Path.GetDirectoryName(alone)!, size, Aspect.Square, null, TestContext.Current.CancellationToken)
                .Read(null, TestContext.Current.CancellationToken));
        Assert.True(one.Planes.AsSpan().SequenceEqual(chunks[1].Planes.AsSpan(3 * size * size)));
    }

    [Fact]
    public void Of_another_shape_the_middle_of_that_shape_is_squeezed()
    {
        _folder.Write("in/1.png", PictureWriter.Png(DrawnPictures.Draw(1, 240, 180)));
        var squares = FolderSquares.In(_folder.File("in"), 64, Aspect.Parse("2:3"), null, TestContext.Current.CancellationToken);
        var chunk = Assert.Single(squares.Read(null, TestContext.Current.CancellationToken));
        var expected = DrawnPictures.Draw(1, 240, 180).Crop(60, 0, 120, 180).Resize(64, 64).Pixels;
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(i => chunk.Planes[(i % 3 * 64 * 64) + (i / 3)]));
    }

    [Fact]
    public void Sizes_and_folders_that_cant_be_are_refused()
    {
        _folder.Write("texts/a.txt", "text"u8);
        Assert.Throws<UsageException>(
            () => FolderSquares.In(_folder.Path, 40_000, Aspect.Square, null, TestContext.Current.CancellationToken));
        Assert.Throws<UnusableInputException>(
            () => FolderSquares.In(_folder.Path + "/gone", 64, Aspect.Square, null, TestContext.Current.CancellationToken));
        var none = FolderSquares.In(_folder.Path, 64, Aspect.Square, null, TestContext.Current.CancellationToken);
        Assert.Contains("no picture that can be read (1 file)",
            Assert.Throws<UnusableInputException>(() => none.Read(null, TestContext.Current.CancellationToken).Count()).Message,
            StringComparison.Ordinal);
    }

    private List<SquareChunk> Read(int size, List<StageWarned> warned)
    {
        var progress = new Warnings(warned);
        return [.. FolderSquares.In(_folder.File("in"), size, Aspect.Square, progress, TestContext.Current.CancellationToken)
            .Read(progress, TestContext.Current.CancellationToken)];
    }

    private sealed class Warnings(List<StageWarned> warned) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value is not StageWarned warning)
                return;
            lock (warned)
                warned.Add(warning);
        }
    }
}
