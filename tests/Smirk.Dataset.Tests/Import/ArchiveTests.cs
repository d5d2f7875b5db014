using System.Formats.Tar;
using System.IO.Compression;
using Smirk.Dataset.Import;
using Smirk.Files.Archives;
using Smirk.Workspace;

namespace Smirk.Dataset.Tests.Import;

public sealed class ArchiveTests
{
    private const int UnixLink = 0xA1FF << 16;

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar")]
    [InlineData("a.tar.gz")]
    public void Members_are_taken_as_files_are_and_an_unchanged_archive_is_not_opened_again(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File($"in/{name}");
        Pack(path, [("one.png", DrawnPictures.Png(1)), ("deep/two.png", DrawnPictures.Png(2)), ("note.txt", "hello"u8.ToArray()),
            ("empty.png", [])]);
        folder.Write("in/z.png", DrawnPictures.Png(1));
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var result = Run(workspace, folder.File("in"));
        Assert.Equal((5, 3, 5), (result.Counts.In, result.Counts.Out, result.New));
        Assert.Equal([$"{path}!empty.png"], result.Refused.Select(r => r.Path));
        Assert.Equal(1, result.OtherFiles["a text"]);
        Assert.Equal(2, workspace.Catalog.Pictures.All().Count);
        var before = workspace.Catalog.Files.All();
        var again = Run(workspace, folder.File("in"));
        Assert.Equal((5, 3, 0), (again.Counts.In, again.Counts.Out, again.New));
        Assert.Equal(before, workspace.Catalog.Files.All());

        // By itself it is a source of its own.
        Assert.Equal((4, 2), Sums(Run(workspace, path)));

        static (long, long) Sums(ImportResult counted) => (counted.Counts.In, counted.Counts.Out);
    }

    [Theory]
    [InlineData("../evil.png", "climbs out")]
    [InlineData("a/../../evil.png", "climbs out")]
    [InlineData("..\\evil.png", "climbs out")]
    [InlineData("/etc/evil.png", "root of the disk")]
    [InlineData("C:\\evil.png", "root of the disk")]
    [InlineData("bad\u0007name.png", "control characters")]
    public void Names_that_climb_out_are_refused_by_name(string name, string reason)
    {
        using var folder = new TemporaryFolder();
        foreach (var archive in new[] { "a.zip", "a.tar" })
            Pack(folder.File($"in/{archive}"), [(name, DrawnPictures.Png(1)), ("good.png", DrawnPictures.Png(2))]);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var result = Run(workspace, folder.File("in"));
        Assert.Equal(2, result.Refused.Count);
        Assert.All(result.Refused, r => Assert.Contains(reason, r.Reason));
        Assert.Single(workspace.Catalog.Pictures.All());
        Assert.False(File.Exists(folder.File("evil.png")));
    }

    [Fact]
    public void Links_and_devices_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        using (var zip = ZipFile.Open(folder.File("in/a.zip"), ZipArchiveMode.Create))
        {
            var link = zip.CreateEntry("link.png");
            link.ExternalAttributes = UnixLink;
            using (var stream = link.Open())
                stream.Write("/etc/passwd"u8);
            using var good = zip.CreateEntry("good.png").Open();
            good.Write(DrawnPictures.Png(1));
        }

        using (var tar = new TarWriter(File.Create(folder.File("in/b.tar"))))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "soft.png") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, "hard.png") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.CharacterDevice, "zero.png"));
        }

        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var result = Run(workspace, folder.File("in"));
        Assert.Equal(1, result.Counts.Out);
        Assert.Equal(4, result.Refused.Count(r => r.Reason == "no picture: a link or a device"));
    }

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar.gz")]
    public void Bombs_are_refused_without_being_unpacked(string name)
    {
        using var folder = new TemporaryFolder();
        Pack(folder.File($"in/{name}"), [("good.png", DrawnPictures.Png(1)), ("bomb.bmp", new byte[40_000_000])]);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        var result = Run(workspace, folder.File("in"));
        Assert.Equal(1, result.Counts.Out);
        Assert.NotEmpty(result.Refused);
        Assert.All(result.Refused, r => Assert.StartsWith("bomb", r.Reason));
    }

    [Fact]
    public void Limits_on_members_and_bytes_hold()
    {
        using var folder = new TemporaryFolder();
        Pack(folder.File("in/a.zip"), [.. Enumerable.Range(0, 5).Select(i => ($"{i}.png", DrawnPictures.Png(i)))]);
        Pack(folder.File("in/b.tar"), [.. Enumerable.Range(0, 5).Select(i => ($"{i}.png", DrawnPictures.Png(i)))]);
        folder.Write("in/c.png", DrawnPictures.Png(9));
        foreach (var limits in new ArchiveLimits[] { new() { MaxMembers = 3 }, new() { MaxTotalBytes = 100 } })
        {
            using var workspace = SmirkWorkspace.Open(folder.File($"ws{limits.MaxMembers}"));
            var result = new ImportStage(workspace).Run(new ImportOptions { Sources = [folder.File("in")], Archives = limits });
            Assert.Equal(2, result.Counts.Left["too large"]);
        }
    }

    [Fact]
    public void An_archive_cut_short_anywhere_or_changed_in_any_byte_costs_at_most_itself()
    {
        using var folder = new TemporaryFolder();
        folder.Write("in/good.png", DrawnPictures.Png(0, 32, 32));
        var random = new Random(1);
        foreach (var name in new[] { "a.zip", "a.tar", "a.tar.gz" })
        {
            var path = folder.File($"in/{name}");
            Pack(path, [("one.png", DrawnPictures.Png(1, 32, 32)), ("two.png", DrawnPictures.Png(2, 32, 32))]);
            var whole = File.ReadAllBytes(path);
            for (var i = 0; i < 120; i++)
            {
                var damaged = i % 2 == 0 ? whole[..random.Next(whole.Length)] : whole.ToArray();
                for (var flips = 0; i % 2 == 1 && flips < 3; flips++)
                    damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
                File.WriteAllBytes(path, damaged);
                using var workspace = SmirkWorkspace.Open(folder.File("ws"));
                Assert.True(Run(workspace, folder.File("in")).Counts.Out >= 1);
            }

            File.Delete(path);
        }
    }

    [Fact]
    public void An_archive_in_an_archive_is_named_and_not_opened()
    {
        using var folder = new TemporaryFolder();
        Pack(folder.File("inner.zip"), [("one.png", DrawnPictures.Png(1))]);
        Pack(folder.File("in/a.zip"), [("inner.zip", File.ReadAllBytes(folder.File("inner.zip"))), ("two.png", DrawnPictures.Png(2))]);
        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        Assert.Contains("ZIP archive", Assert.Single(Run(workspace, folder.File("in")).Refused).Reason);
    }

    private static ImportResult Run(SmirkWorkspace workspace, string source) =>
        new ImportStage(workspace).Run(new ImportOptions { Sources = [source] });

    private static void Pack(string path, (string Name, byte[] Bytes)[] members)
    {
        if (path.EndsWith(".zip", StringComparison.Ordinal))
        {
            File.Delete(path);
            using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
            foreach (var (name, bytes) in members)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(bytes);
            }

            return;
        }

        using var file = File.Create(path);
        using Stream packed = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Optimal) : file;
        using var tar = new TarWriter(packed, TarEntryFormat.Pax);
        foreach (var (name, bytes) in members)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(bytes),
                ModificationTime = DateTimeOffset.UnixEpoch
            });
    }
}
