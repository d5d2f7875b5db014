using Smirk.Files.Strip;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Tests.Strip;

/// <summary>Strip where the files are: what changes, and above all what stays as it was.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class StripInPlaceTests : IDisposable
{
    private readonly StripFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_in_place_keeps_permissions_times_and_attributes_and_leaves_the_rest_alone()
    {
        _folder.Fill();
        var then = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetUnixFileMode(_folder.At("in/a.jpg"), UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherExecute);
        File.SetLastWriteTimeUtc(_folder.At("in/a.jpg"), then);
        var hasAttribute = FileAttribute.Set(_folder.At("in/a.jpg"), "user.smirk", "kept");
        var before = _folder.Snapshot();
        var result = StripStage.Run(_folder.Options("in") with { InPlace = true });
        var after = _folder.Snapshot();
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.Equal(["in/a.jpg", "in/deep/er/b.png"], before.Keys.Where(k => before[k] != after[k]).Order());
        Assert.Equal(StripFolder.Clean, _folder.Read("in/a.jpg"));
        Assert.Equal(then, File.GetLastWriteTimeUtc(_folder.At("in/a.jpg")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherExecute,
            File.GetUnixFileMode(_folder.At("in/a.jpg")));
        if (hasAttribute)
            Assert.Equal("kept", FileAttribute.Get(_folder.At("in/a.jpg"), "user.smirk"));
        Assert.Equal(2, result.Count(StripStatus.Stripped));
        Assert.Equal(3, StripStage.Run(_folder.Options("in") with { InPlace = true }).Count(StripStatus.Clean));
    }

    [Theory]
    [InlineData("user.xdg.origin.url", true)]
    [InlineData("user.xdg.referrer.url", true)]
    [InlineData("user.xdg.origin.email.from", true)]
    [InlineData("user.Zone.Identifier", true)]
    [InlineData("user.xdg.tags", false)]
    public void Attributes_that_say_where_a_file_comes_from_are_metadata(string name, bool goes)
    {
        const string Value = "https://example.org/secret";
        _folder.Write("in/clean.png", StripFolder.Clean);
        _folder.Write("in/dirty.png", StripFolder.Dirty);
        foreach (var file in new[] { "in/clean.png", "in/dirty.png" })
        {
            Assert.SkipUnless(FileAttribute.Set(_folder.At(file), name, Value), "this file system has no attributes");
        }

        var looked = StripStage.Run(_folder.Options("in") with { Describe = true });
        Assert.Equal(goes ? StripStatus.Stripped : StripStatus.Clean, _folder.Of(looked, "in/clean.png").Status);
        Assert.Equal(goes ? [Value] : [], _folder.Of(looked, "in/dirty.png").Carried!.Origins);
        StripStage.Run(_folder.Options("in") with { InPlace = true, Backup = _folder.Raw("kept") });
        foreach (var file in new[] { "clean.png", "dirty.png" })
        {
            Assert.Equal(StripFolder.Clean, _folder.Read($"in/{file}"));
            Assert.Equal(goes ? null : Value, FileAttribute.Get(_folder.At($"in/{file}"), name));
        }

        Assert.Equal(goes, File.Exists(_folder.At("kept/clean.png")));
        Assert.Equal(2, StripStage.Run(_folder.Options("in")).Count(StripStatus.Clean));
    }

    [Fact]
    public void Run_with_touch_gives_the_present_as_time()
    {
        _folder.Fill();
        var then = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder.At("in/a.jpg"), then);
        StripStage.Run(_folder.Options("in") with { InPlace = true, Touch = true });
        Assert.True(File.GetLastWriteTimeUtc(_folder.At("in/a.jpg")) > then.AddYears(1));
    }

    [Fact]
    public void Run_with_backup_keeps_the_originals_and_never_replaces_one()
    {
        _folder.Fill();
        StripStage.Run(_folder.Options("in") with { InPlace = true, Backup = _folder.Raw("kept") });
        Assert.Equal(StripFolder.Clean, _folder.Read("in/a.jpg"));
        Assert.Equal(StripFolder.Dirty, _folder.Read("kept/a.jpg"));
        Assert.Equal(StripFolder.Dirty, _folder.Read("kept/deep/er/b.png"));
        Assert.False(File.Exists(_folder.At("kept/clean.png")));
        File.WriteAllBytes(_folder.At("in/a.jpg"), Planted.Join([StripFolder.Dirty, Planted.Canary]));
        Assert.Contains("already exists", _folder.Of(StripStage.Run(
            _folder.Options("in") with { InPlace = true, Backup = _folder.Raw("kept") }), "in/a.jpg").Reason, StringComparison.Ordinal);
        Assert.Equal(StripFolder.Dirty, _folder.Read("kept/a.jpg"));
        Assert.True(Planted.HasCanary(_folder.Read("in/a.jpg")));
    }

    [Fact]
    public void Run_follows_no_link_out_of_what_was_named()
    {
        _folder.Write("in/a.png", StripFolder.Dirty);
        _folder.Write("else/b.png", StripFolder.Dirty);
        File.CreateSymbolicLink(_folder.At("in/inside.png"), "a.png");
        File.CreateSymbolicLink(_folder.At("in/outside.png"), _folder.At("else/b.png"));
        Directory.CreateSymbolicLink(_folder.At("in/folder"), _folder.At("else"));
        Directory.CreateSymbolicLink(_folder.At("in/loop"), ".");
        File.CreateSymbolicLink(_folder.At("in/nowhere.png"), "missing");
        var result = StripStage.Run(_folder.Options("in") with { InPlace = true });
        Assert.Equal(StripFolder.Dirty, _folder.Read("else/b.png"));
        Assert.Equal(StripFolder.Clean, _folder.Read("in/a.png"));
        Assert.NotNull(new FileInfo(_folder.At("in/inside.png")).LinkTarget);
        Assert.Equal(["in/a.png", "in/folder", "in/nowhere.png", "in/outside.png"], _folder.Names(result));
        Assert.Contains("out of what was named", _folder.Of(result, "in/outside.png").Reason, StringComparison.Ordinal);

        // A link that the person names is meant: its file is replaced, the link stays.
        StripStage.Run(_folder.Options("in/outside.png") with { InPlace = true });
        Assert.Equal(StripFolder.Clean, _folder.Read("else/b.png"));
        Assert.NotNull(new FileInfo(_folder.At("in/outside.png")).LinkTarget);
    }

    [Fact]
    public void Run_reports_hard_links()
    {
        _folder.Write("in/a.png", StripFolder.Dirty);
        Assert.NotNull(StripFolder.Run("ln", _folder.At("in/a.png"), _folder.Make("else/b.png")));
        var warned = new List<StageWarned>();
        var result = StripStage.Run(_folder.Options("in") with { InPlace = true }, new Collector(warned));
        Assert.Equal(StripFolder.Dirty, _folder.Read("else/b.png"));
        Assert.Equal(StripStatus.Stripped, Assert.Single(result.Files).Status);
        Assert.Contains("2 names (hard links)", Assert.Single(warned).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_takes_names_that_are_no_text()
    {
        byte[] name = [.. "-n\n'\xFF"u8[..4], 0xFF, (byte)'x'];
        var path = _folder.Raw("in").Combine(name);
        Directory.CreateDirectory(_folder.At("in"));
        // .NET can't make such a name, a shell can.
        Assert.NotNull(
            StripFolder.Run(
                "sh", "-c",
                $"cd '{_folder.At("in")}' && cp '{_folder.Write("a.png", StripFolder.Dirty)}' ./\"$(printf "
                    + $"'{string.Concat(name.Select(b => $"\\{Convert.ToString(b, 8).PadLeft(3, '0')}"))}')\""));
        var result = StripStage.Run(_folder.Options("in") with { InPlace = true });
        Assert.Equal(path, Assert.Single(result.Files).Path);
        Assert.Equal(StripStatus.Stripped, result.Files[0].Status);
        Assert.Equal(StripStatus.Clean, StripStage.Run(new StripStageOptions { Paths = [path] }).Files[0].Status);
    }

    [Fact]
    public void Run_names_a_temporary_file_that_a_killed_run_left()
    {
        _folder.Write("in/.smirk-strip-12-1.tmp", StripFolder.Dirty);
        Assert.Contains("can be deleted", Assert.Single(StripStage.Run(_folder.Options("in") with { InPlace = true }).Files).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_cancelled_leaves_whole_files_and_nothing_else()
    {
        for (var i = 0; i < 300; i++)
            _folder.Write($"in/{i}.png", StripFolder.Dirty);
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => StripStage.Run(_folder.Options("in") with { InPlace = true, Threads = 1 }, new CancelOn(cancel), cancel.Token));
        var files = Directory.GetFiles(_folder.At("in"));
        Assert.Equal(300, files.Length);
        Assert.All(files, f => Assert.True(File.ReadAllBytes(f) is var bytes
            && (bytes.AsSpan().SequenceEqual(StripFolder.Clean) || bytes.AsSpan().SequenceEqual(StripFolder.Dirty))));
    }

    private sealed class Collector(List<StageWarned> warned) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value is StageWarned one)
                warned.Add(one);
        }
    }

    private sealed class CancelOn(CancellationTokenSource cancel) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value is StageAdvanced)
                cancel.Cancel();
        }
    }
}
