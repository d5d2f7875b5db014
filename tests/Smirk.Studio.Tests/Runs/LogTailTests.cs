using System.Text;
using Smirk.Studio.Runs;
using Smirk.Workspace.Runs;

namespace Smirk.Studio.Tests.Runs;

/// <summary>A log is followed while others write it.</summary>
public sealed class LogTailTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _lines = [];
    private int _anew;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_are_read_once_and_a_half_written_one_when_it_is_whole()
    {
        var path = _folder.File("log.jsonl");
        var tail = new LogTail(path);
        Assert.Equal([], Read(tail));
        File.WriteAllText(path, "one\ntwo\nthr");
        Assert.Equal(["one", "two"], Read(tail));
        Assert.Equal([], Read(tail));
        File.AppendAllText(path, "ee");
        Assert.Equal([], Read(tail));
        File.AppendAllText(path, "ä\nfour\n");
        Assert.Equal(["threeä", "four"], Read(tail));
        Assert.Equal(0, _anew);
    }

    [Fact]
    public void A_file_that_was_cut_or_replaced_is_read_anew()
    {
        var path = _folder.File("log.jsonl");
        File.WriteAllText(path, "one\ntwo\nthree\n");
        var tail = new LogTail(path);
        Read(tail);

        // As a rollback does: fewer lines in a new file.
        File.WriteAllText(path + ".new", "one\ntwo\n");
        File.Move(path + ".new", path, overwrite: true);
        Assert.Equal(["one", "two"], Read(tail));
        Assert.Equal(1, _anew);

        // It has grown beyond where it was before anybody looked.
        File.WriteAllText(path + ".new", "one\n2\n3\nfour\nfive\n");
        File.Move(path + ".new", path, overwrite: true);
        Assert.Equal(["one", "2", "3", "four", "five"], Read(tail));
        Assert.Equal(2, _anew);

        // Nothing was taken off.
        File.WriteAllText(path + ".new", "one\n2\n3\nfour\nfive\nsix\n");
        File.Move(path + ".new", path, overwrite: true);
        Assert.Equal(["six"], Read(tail));
        File.Delete(path);
        Assert.Equal([], Read(tail));
        Assert.Equal(3, _anew);
    }

    [Fact]
    public void A_long_log_is_read_in_parts_and_then_only_what_is_added()
    {
        var path = _folder.File("log.jsonl");
        var all = Enumerable.Range(0, 60_000).Select(i => $"{{\"kimg\":{i},\"seconds\":{4 * i},\"loss_d\":0.5,\"loss_g\":1.25}}").ToList();
        File.WriteAllText(path, string.Join('\n', all) + "\n");
        var tail = new LogTail(path);
        Assert.Equal(all, Read(tail));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
        {
            File.AppendAllText(path, $"{i}\n");
            Assert.Equal([$"{i}"], Read(tail));
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"100 looks took {clock.Elapsed}");
        Assert.Equal(0, _anew);
    }

    [Fact]
    public void A_curve_of_hours_is_thinned_and_keeps_its_peaks()
    {
        var x = Enumerable.Range(0, 50_000).Select(i => (double)i).ToList();
        var y = x.Select(i => (float)Math.Sin(i / 1000)).ToList();
        (y[12_345], y[40_001], y[7]) = (9, -9, float.NaN);
        var thin = CurveThinning.Of(x, y, 0, 1000);
        Assert.InRange(thin.X.Count, 500, 1000);
        Assert.Equal(thin.X.Order(), thin.X);
        Assert.Equal((12_345, 9), thin.X.Zip(thin.Y).MaxBy(p => p.Second));
        Assert.Equal((40_001, -9), thin.X.Zip(thin.Y).MinBy(p => p.Second));
        Assert.DoesNotContain(7.0, thin.X);
        Assert.Equal([49_998.0, 49_999.0], CurveThinning.Of(x, y, 49_998, 1000).X);
        Assert.Equal(0.1, Assert.Single(CurveThinning.Of([1], [0.1f], 0, 2).Y));
    }

    [Fact]
    public void A_log_of_hours_is_told_in_little_and_what_follows_on_it_in_less()
    {
        var run = new RunFolder(1, _folder.File("0001/x")[..^2]);
        var text = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
            text.Append(FormattableString.Invariant(
                $"{{\"kimg\":{i / 10.0},\"seconds\":{4 * i},\"loss_d\":{i % 7},\"loss_g\":1,\"img_per_second\":80}}\n"));
        File.WriteAllText(run.LogPath, text.ToString());
        var history = new RunHistory(run);
        history.Refresh();
        var whole = history.Whole(Row, [], []);
        Assert.InRange(whole.Curves["lossD"].X.Count, 500, 1200);
        Assert.Equal((1999.9, 79_996, 80), history.Now);
        Assert.Null(history.Since(whole.Cursor, null));

        File.AppendAllText(run.LogPath, "damaged\n{\"kimg\":2000,\"seconds\":80000,\"loss_d\":3,\"loss_g\":2}\n"
            + "{\"kimg\":2000,\"seconds\":80000,\"remark\":\"<b>\"}\n");
        history.Refresh();
        var update = history.Since(whole.Cursor, null)!;
        Assert.Equal((whole.Cursor, 3.0), (update.From, Assert.Single(update.Curves["lossD"].Y)));
        Assert.Equal("<b>", Assert.Single(update.Remarks).Text);
        Assert.Null(history.Since(update.Cursor, null));

        // Rolled back: who stood after that has to ask for the whole.
        File.WriteAllText(run.LogPath, "{\"kimg\":1,\"seconds\":4,\"loss_d\":3,\"loss_g\":2}\n");
        history.Refresh();
        Assert.Equal("", history.Since(update.Cursor, null)!.From);
        Assert.Single(history.Whole(Row, [], []).Curves["lossD"].X);
        Assert.Equal("", history.Since("1.x", null)!.From);
    }

    [Fact]
    public void Graphics_cards_are_told_as_their_driver_prints_them()
    {
        var gpus = MachineLoad.ReadGpus("NVIDIA H100 80GB HBM3, 87, 12345, 81559\nNVIDIA GeForce GT 710, [N/A], 100, 2000\n");
        Assert.Equal(("NVIDIA H100 80GB HBM3", 0.87, 12_345L << 20, 81_559L << 20),
            (gpus[0].Name, gpus[0].Busy, gpus[0].UsedBytes, gpus[0].TotalBytes));
        Assert.Equal(0, gpus[1].Busy);
        Assert.Empty(MachineLoad.ReadGpus(""));
    }

    private static RunRow Row => new() { Number = 1, Folder = "0001", Name = "", Notes = "", State = "training" };

    private string[] Read(LogTail tail)
    {
        _lines.Clear();
        tail.Read(() => _anew++, line => _lines.Add(Encoding.UTF8.GetString(line)));
        return [.. _lines];
    }
}
