using Smirk.Files.Posix;
using Smirk.Files.Strip;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Tests.Strip;

/// <summary>What strip reads, what it tells, and what it writes to another folder.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class StripStageTests : IDisposable
{
    private readonly StripFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_without_a_place_to_write_to_only_tells()
    {
        _folder.Fill();
        var before = _folder.Snapshot();
        var result = StripStage.Run(_folder.Options("in") with { Describe = true });
        Assert.Equal(before, _folder.Snapshot());
        Assert.Equal((2, 1, 1), (result.Count(StripStatus.Stripped), result.Count(StripStatus.Clean), result.Count(StripStatus.Refused)));
        var told = result.Files.First(f => f.Status == StripStatus.Stripped);
        Assert.Equal(["text"], told.Removed.Select(r => r.Name));
        Assert.Equal(["Comment: canary-7f3a91c2"], told.Carried!.Comments);
        Assert.Equal((StripFolder.Dirty.Length, StripFolder.Clean.Length), (told.BytesBefore, told.BytesAfter));
        Assert.Equal(["in/a.jpg", "in/broken.png", "in/clean.png", "in/deep/er/b.png"], _folder.Names(result));
    }

    [Fact]
    public void Run_describes_a_camera_and_a_place()
    {
        var result = StripStage.Run(new StripStageOptions
        {
            Paths = [
            RawPath.FromText(Path.Combine(TestData.Require("metadata"), "exiftool/GPS.jpg"))],
            Describe = true
        });
        var carried = Assert.Single(result.Files).Carried!;
        Assert.Equal("FUJIFILM FinePixS1Pro", carried.Camera);
        Assert.Equal("Adobe Photoshop 7.0", carried.Software);
        Assert.Equal(54.98966, carried.Position!.Value.Latitude, 0.0001);
        Assert.Equal(-1.91416, carried.Position!.Value.Longitude, 0.0001);
        Assert.True(carried.Thumbnail && carried.Iptc && !carried.Xmp);
    }

    [Fact]
    public void Run_describes_every_real_file()
    {
        foreach (var folder in new[] { "metadata", "hostile" })
            Assert.All(StripStage.Run(new StripStageOptions
            {
                Paths = [RawPath.FromText(TestData.Require(folder))],
                Describe = true
            }).Files, f => Assert.Equal(f.Status == StripStatus.Stripped, f.Carried is not null));
    }

    [Fact]
    public void Run_writes_stripped_and_clean_pictures_to_the_output_with_their_times()
    {
        _folder.Fill();
        var then = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder.At("in/a.jpg"), then);
        File.SetUnixFileMode(_folder.At("in/a.jpg"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var before = _folder.Snapshot();
        var result = StripStage.Run(_folder.Options("in") with { Output = _folder.Raw("out") });
        Assert.Equal(1, result.Count(StripStatus.Refused));
        Assert.Equal(["out/.smirk-output", "out/a.jpg", "out/clean.png", "out/deep/er/b.png"],
            _folder.Snapshot().Keys.Except(before.Keys).Order(StringComparer.Ordinal));
        Assert.All(["out/a.jpg", "out/clean.png", "out/deep/er/b.png"], (string f) => Assert.Equal(StripFolder.Clean, _folder.Read(f)));
        Assert.Equal(then, File.GetLastWriteTimeUtc(_folder.At("out/a.jpg")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.At("out/a.jpg")));
        Assert.All(before, pair => Assert.Equal(pair.Value, _folder.Snapshot()[pair.Key]));
    }

    [Fact]
    public void Output_below_a_link_that_leads_nowhere_is_refused_before_any_work()
    {
        _folder.Fill();
        File.CreateSymbolicLink(_folder.At("l"), _folder.At("gone"));
        var error =
            Assert.Throws<UnusableInputException>(() => StripStage.Run(_folder.Options("in") with { Output = _folder.Raw("l/out") }));
        Assert.Contains("l/out can't be created", error.Message, StringComparison.Ordinal);
        Assert.Throws<UnusableInputException>(() => StripStage.Run(_folder.Options("in") with { Output = _folder.Raw("l") }));
        Assert.Throws<UnusableInputException>(
            () => StripStage.Run(_folder.Options("in") with { InPlace = true, Backup = _folder.Raw("l/a/b") }));
        Assert.Equal(StripFolder.Dirty, _folder.Read("in/a.jpg"));
    }

    [Fact]
    public void Output_folders_that_cant_be_made_cost_only_the_files_that_go_there()
    {
        _folder.Fill();
        Directory.CreateDirectory(_folder.At("out"));
        File.CreateSymbolicLink(_folder.At("out/deep"), _folder.At("gone"));
        var result = StripStage.Run(_folder.Options("in") with { Output = _folder.Raw("out") });
        Assert.Contains("out/deep/er can't be created", _folder.Of(result, "in/deep/er/b.png").Reason, StringComparison.Ordinal);
        Assert.Equal(StripFolder.Clean, _folder.Read("out/a.jpg"));
    }

    [Fact]
    public void Run_never_writes_over_a_file_in_the_output_but_goes_on_where_it_was_stopped()
    {
        _folder.Fill();
        _folder.Write("out/a.jpg", StripFolder.Clean.AsSpan(0, 40));
        _folder.Write("out/clean.png", "mine"u8);
        _folder.Write("out/deep/er/b.png", StripFolder.Clean);
        var result = StripStage.Run(_folder.Options("in") with { Output = _folder.Raw("out") });
        Assert.Equal(StripFolder.Clean, _folder.Read("out/a.jpg"));
        Assert.Equal("mine"u8, _folder.Read("out/clean.png"));
        Assert.Contains("already exists and differs", _folder.Of(result, "in/clean.png").Reason, StringComparison.Ordinal);
        Assert.Equal(StripStatus.Stripped, _folder.Of(result, "in/deep/er/b.png").Status);
    }

    [Fact]
    public void Run_dry_writes_nothing()
    {
        _folder.Fill();
        var before = _folder.Snapshot();
        StripStage.Run(_folder.Options("in") with { InPlace = true, Backup = _folder.Raw("kept"), DryRun = true });
        StripStage.Run(_folder.Options("in") with { Output = _folder.Raw("out"), DryRun = true });
        Assert.Equal(before, _folder.Snapshot());
        Assert.False(Directory.Exists(_folder.At("kept")) || Directory.Exists(_folder.At("out")));
    }

    [Fact]
    public void Run_works_on_large_files_through_a_window()
    {
        // Larger than what is read whole, so that parts straddle the window's edges.
        var text = Planted.Chunk("tEXt", Planted.Canary, new byte[700_000]);
        var data = Enumerable.Range(0, 40).Select(i => Planted.Chunk("IDAT", new byte[90_000 + i])).ToArray();
        var parts = Planted.PngParts(StripFolder.Clean);
        byte[] clean = Planted.Join([.. parts[..2], .. data, parts[^1]]);
        _folder.Write("in/large.png", Planted.Join([.. parts[..2], text, .. data, text, parts[^1], Planted.Canary]));
        var jpeg = Planted.JpegParts(PictureWriter.Jpeg(Planted.Picture()));
        byte[] scan = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 7)).Select(b => b == 0xFF ? (byte)0xFE : b)];
        byte[] stuffed = [.. scan.SelectMany((b, i) => i % 1000 == 0 ? new byte[] { 0xFF, 0x00 } : [b])];
        _folder.Write("in/large.jpg", Planted.Join([.. jpeg[..^1], stuffed, Planted.Segment(0xFE, Planted.Canary), jpeg[^1],
            Planted.Canary]));
        var result = StripStage.Run(_folder.Options("in") with { Output = _folder.Raw("out") });
        Assert.Equal(2, result.Count(StripStatus.Stripped));
        Assert.Equal(clean, _folder.Read("out/large.png"));
        Assert.Equal(Planted.Join([.. jpeg[..^1], stuffed, jpeg[^1]]), _folder.Read("out/large.jpg"));
        Assert.Equal(StripStatus.Stripped, StripStage.Run(_folder.Options("in") with { Output = _folder.Raw("out") }).Files[0].Status);
    }

    [Fact]
    public void Run_refuses_what_would_go_to_the_same_place_or_was_named_twice()
    {
        _folder.Write("one/a.png", StripFolder.Dirty);
        _folder.Write("two/a.png", StripFolder.Clean);
        var result = StripStage.Run(new StripStageOptions
        {
            Paths = [
            _folder.Raw("one"), _folder.Raw("two"), _folder.Raw("one"), _folder.Raw("one/a.png")],
            Output = _folder.Raw("out")
        });
        Assert.Equal(2, result.Files.Count);
        Assert.Contains("already", _folder.Of(result, "two/a.png").Reason, StringComparison.Ordinal);
        Assert.Equal(StripFolder.Clean, _folder.Read("out/a.png"));
    }

    [Fact]
    public void Run_never_reads_what_it_writes()
    {
        _folder.Fill();
        Assert.Equal(4, StripStage.Run(_folder.Options("in") with { Output = _folder.Raw("in/out") }).Files.Count);
        Assert.Equal(4, StripStage.Run(_folder.Options("in") with { Output = _folder.Raw("in/out") }).Files.Count);
        Assert.Throws<UsageException>(() => StripStage.Run(_folder.Options("in") with { Output = _folder.Raw("in") }));
    }

    [Fact]
    public void Run_stops_before_it_starts_when_the_options_are_wrong()
    {
        _folder.Fill();
        var before = _folder.Snapshot();
        Assert.Contains("There is no", Assert.Throws<UsageException>(
            () => StripStage.Run(_folder.Options("in", "missing") with { InPlace = true })).Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => StripStage.Run(_folder.Options("in") with { InPlace = true, Output = _folder.Raw("out") }));
        Assert.Throws<UsageException>(() => StripStage.Run(_folder.Options("in") with { Backup = _folder.Raw("out") }));
        Assert.Equal(before, _folder.Snapshot());
        Assert.Equal(StripStatus.Refused, Assert.Single(StripStage.Run(
            _folder.Options("missing") with { MissingIsRefused = true }).Files).Status);
    }
}
