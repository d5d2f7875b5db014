using Microsoft.Data.Sqlite;
using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Index;
using Smirk.Dataset.Tests.Edits;
using Smirk.Drawing.Faces;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Tests.Near.Index;

public sealed class NearIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public NearIndexTests()
    {
        for (var i = 0; i < 4; i++)
        {
            Put($"{i}.png", PictureWriter.Png(Face(i)));
            Put($"{i} small.jpg", PictureWriter.Jpeg(Face(i).Resize(160, 160)));
        }

        Put("0 twin.webp", PictureWriter.WebP(Face(0), lossless: true));
        Put("1 turned.png", PictureWriter.Png(Face(1).MirrorHorizontally()));
        Put("2 open.png", PictureWriter.Png(FacePainter.Paint(Traits(2) with { Mouth = MouthStyle.Open }, 256, 256)));
        Put("note.txt", [1, 2, 3]);
    }

    private string Tree => Path.Combine(_folder.Path, "tree");

    private string Index => _folder.File("cache/near.index");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_look_knows_every_picture_and_says_the_same()
    {
        var without = Text(Look(indexed: false));
        var first = Look();
        Assert.Equal(0, first.Counts["known"]);
        var second = Look();
        Assert.Equal(second.Counts["pictures"], second.Counts["known"]);
        Assert.Equal([without, without], [Text(first), Text(second)]);
    }

    [Fact]
    public void A_second_look_reads_nothing_of_files_that_have_settled()
    {
        // What was written a moment ago could be written again within the same tick of a file system's clock.
        Look(time: new Clock(-1));
        Change("UPDATE contents SET sha256 = randomblob(32)");
        Assert.Equal(0, Look(time: new Clock(1)).Counts["known"]);
        Change("UPDATE contents SET sha256 = randomblob(32)");
        Assert.Equal(11, Look(time: new Clock(1)).Counts["known"]);
    }

    [Fact]
    public void After_any_change_of_the_folder_the_look_says_what_one_without_an_index_says()
    {
        Look();
        Action[] changes =
        [
            () => File.Move(Path.Combine(Tree, "0.png"), Path.Combine(Tree, "renamed.png")),
            () => Put("3 crop.png", PictureWriter.Png(PictureEdits.Apply("crop", Face(3), new Random(1)))),
            () => File.Delete(Path.Combine(Tree, "renamed.png")),
            () => Put("1.png", PictureWriter.Png(Face(7))),
            () => Put("sub/2 gone on.png", PictureWriter.Png(PictureEdits.Apply("caption", Face(2), new Random(1)))),
            () => File.Delete(Path.Combine(Tree, "2.png")),
            () => Put("broken.jpg", [0xFF, 0xD8, 0xFF, 0xE0]),
            () => Put("0.png", PictureWriter.Png(Face(0))),
        ];
        foreach (var change in changes)
        {
            change();
            Assert.Equal(Text(Look(indexed: false)), Text(Look()));
        }
    }

    [Fact]
    public void Folders_that_were_searched_apart_are_compared_when_they_are_searched_together()
    {
        Put("../other/0 small.jpg", PictureWriter.Jpeg(Face(0).Resize(170, 170)));
        Put("../other/9.png", PictureWriter.Png(Face(9)));
        Look();
        Look(paths: "other");
        var both = Look(paths: ["tree", "other"]);
        Assert.Equal(11, both.Counts["known"]);
        Assert.Equal(Text(Look(indexed: false, paths: ["tree", "other"])), Text(both));
        Assert.Equal(13, Look(paths: ["tree", "other"]).Counts["known"]);
    }

    [Fact]
    public void A_file_with_other_bytes_of_the_same_size_and_time_is_another_picture()
    {
        var (one, other) = (Bmp(Face(20)), Bmp(Face(21)));
        var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Put("same.bmp", one);
        Put("20.png", PictureWriter.Png(Face(20)));
        File.SetLastWriteTimeUtc(Path.Combine(Tree, "same.bmp"), time);
        Look(time: new Clock(1));
        Put("same.bmp", other);
        File.SetLastWriteTimeUtc(Path.Combine(Tree, "same.bmp"), time);
        var result = Look(time: new Clock(1));
        Assert.Equal(12, result.Counts["known"]);
        Assert.Equal(Text(Look(indexed: false)), Text(result));
    }

    [Fact]
    public void A_search_that_is_stopped_anywhere_keeps_what_it_found_and_loses_nothing()
    {
        for (var i = 30; i < 100; i++)
            Put($"{i % 7}/{i}.png", PictureWriter.Png(Face(i, 64)));
        var expected = Text(Look(indexed: false));
        foreach (var reports in new[] { 90, 150, 170, 200, 230 })
        {
            using var stop = new CancellationTokenSource();
            var stopping = new StopAfter(reports, stop);
            Assert.ThrowsAny<OperationCanceledException>(() => Look(stopping: stopping, cancel: stop.Token));
        }

        var result = Look();
        Assert.InRange(result.Counts["known"], 64, 81);
        Assert.Equal(expected, Text(result));
    }

    [Theory]
    [InlineData("header")]
    [InlineData("middle")]
    [InlineData("cut")]
    [InlineData("text")]
    public void A_damaged_index_is_made_anew_and_that_is_said(string damage)
    {
        var expected = Text(Look());
        var bytes = File.ReadAllBytes(Index);
        switch (damage)
        {
            case "header":
                bytes.AsSpan(0, 100).Clear();
                break;
            case "middle":
                // Every page but the first.
                bytes.AsSpan(4096).Fill(0xA5);
                break;
            case "cut":
                bytes = bytes[..(bytes.Length / 3)];
                break;
            default:
                bytes = "not an index"u8.ToArray();
                break;
        }

        File.WriteAllBytes(Index, bytes);
        var result = Look();
        Assert.Equal(expected, Text(result));
        Assert.Contains(_said, text => text.Contains("is damaged; it is made anew", StringComparison.Ordinal));
        _said.Clear();
        Assert.Equal(result.Counts["pictures"], Look().Counts["known"]);
        Assert.Empty(_said);
    }

    [Fact]
    public void An_index_of_another_version_is_made_anew_and_answers_of_another_program_are_not_believed()
    {
        var expected = Text(Look());
        Change("UPDATE about SET version = 'near-2/1'");
        Assert.Equal(0, Look().Counts["known"]);
        Assert.Contains("was made by another version of smirk; it is made anew", Assert.Single(_said));
        _said.Clear();
        Change("UPDATE about SET program = 'another'; UPDATE verdicts SET answer = NULL");
        var result = Look();
        Assert.Equal(11, result.Counts["known"]);
        Assert.Equal(expected, Text(result));
        Assert.Contains("pairs are compared again", Assert.Single(_said));
    }

    [Fact]
    public void A_file_that_the_person_names_as_index_and_is_something_else_stays_as_it_is()
    {
        var photo = _folder.Write("photo.jpg", PictureWriter.Jpeg(Face(1)));
        var before = File.ReadAllBytes(photo);
        var error = Assert.Throws<UsageException>(() => Look(index: new NearIndexPlace(photo, IsOurs: false)));
        Assert.Contains("isn't an index of near duplicates", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(photo));

        // Another program's database.
        var database = _folder.File("other.db");
        using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE about (version TEXT)";
            command.ExecuteNonQuery();
        }

        Assert.Throws<UsageException>(() => Look(index: new NearIndexPlace(database, IsOurs: false)));
    }

    [Fact]
    public void Where_no_index_can_be_kept_the_search_does_without_and_says_so()
    {
        var file = _folder.Write("file", [1]);
        var result = Look(index: new NearIndexPlace(Path.Combine(file, "near.index"), IsOurs: true));
        Assert.Contains("searching without an index", Assert.Single(_said));
        Assert.Equal(Text(Look(indexed: false)), Text(result));
    }

    [Fact]
    public void Searches_at_the_same_time_share_the_index()
    {
        for (var i = 30; i < 42; i++)
            Put($"../other/{i % 6} {i}.png", PictureWriter.Png(Face(i % 6, 60 + i)));
        string[][] paths = [["tree"], ["other"], ["tree", "other"], ["other", "tree"]];
        var expected = paths.Select(p => Text(Look(indexed: false, paths: p))).ToList();
        var results = new string[paths.Length];
        Parallel.For(0, paths.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => results[i] = Text(Look(paths: paths[i])));
        Assert.Equal(expected, results);
        Assert.Empty(_said);
        Assert.Equal(expected, paths.Select(p => Text(Look(paths: p))));
    }

    private NearSearchResult Look(
        bool indexed = true, NearIndexPlace? index = null, TimeProvider? time = null, IProgress<StageProgress>? stopping = null,
        CancellationToken cancel = default, params string[] paths)
    {
        var options = new NearOptions
        {
            Index = indexed ? index ?? new NearIndexPlace(Index, IsOurs: true) : null,
            Time = time ?? TimeProvider.System,
            Threads = 1,
        };
        var files = new ExactOptions
        {
            Paths = [.. (paths.Length == 0 ? ["tree"] : paths).Select(p => RawPath.FromText(Path.Combine(_folder.Path, p)))],
            Threads = 1,
        };
        return NearDuplicates.Run(files, options, stopping ?? new Hear(_said), cancel);
    }

    // All that a person is told; in what order pictures were met is left out.
    private static string Text(NearSearchResult result) => string.Join('\n',
    [
        .. result.Groups.Select(g => $"{g.Kind} {g.Keeper.Path} {string.Join(';', g.Reasons)}: " + string.Join(
            ", ", g.Members.Select(m => $"{m.File.Path} {m.Kind} {m.Similarity:0.00} {m.SameBytes}").Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal),
        .. result.Alternates.SelectMany(g => g.Members.Select(m => string.Join(
            " and ", new[] { $"{g.Keeper.Path}", $"{m.File.Path}" }.Order(StringComparer.Ordinal)))).Order(StringComparer.Ordinal),
        .. result.Refused.Select(r => $"{r.Path}: {r.Reason}"),
    ]);

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Index};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Put(string name, byte[] bytes)
    {
        var path = Path.GetFullPath(Path.Combine(Tree, name));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private static FaceTraits Traits(int number) => TraitSampler.Sample(new Random(1003 + number)) with { Mouth = MouthStyle.Line };

    private static Picture Face(int number, int side = 256) => FacePainter.Paint(Traits(number), side, side);

    // Not compressed, so that every picture takes as many bytes.
    private static byte[] Bmp(Picture picture)
    {
        var bytes = new byte[54 + (picture.Width * picture.Height * 3)];
        "BM"u8.CopyTo(bytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(2), bytes.Length);
        bytes[10] = 54;
        bytes[14] = 40;
        BitConverter.TryWriteBytes(bytes.AsSpan(18), picture.Width);
        BitConverter.TryWriteBytes(bytes.AsSpan(22), picture.Height);
        bytes[26] = 1;
        bytes[28] = 24;
        for (var y = 0; y < picture.Height; y++)
        {
            var row = picture.Row(picture.Height - 1 - y);
            for (var x = 0; x < picture.Width; x++)
            {
                for (var channel = 0; channel < 3; channel++)
                    bytes[54 + (((y * picture.Width) + x) * 3) + channel] = row[(x * 3) + 2 - channel];
            }
        }

        return bytes;
    }

    private sealed class Clock(int minutes) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddMinutes(minutes);
    }

    private sealed class Hear(List<string> said) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value is not StageSaid told)
                return;
            lock (said)
                said.Add(told.Text);
        }
    }

    private sealed class StopAfter(int reports, CancellationTokenSource stop) : IProgress<StageProgress>
    {
        private int _left = reports;

        public void Report(StageProgress value)
        {
            if (Interlocked.Decrement(ref _left) == 0)
                stop.Cancel();
        }
    }
}
