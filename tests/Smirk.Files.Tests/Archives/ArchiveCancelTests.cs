using System.Diagnostics;
using System.Formats.Tar;
using Smirk.Files.Archives;

namespace Smirk.Files.Tests.Archives;

public sealed class ArchiveCancelTests : IDisposable
{
    private static readonly ArchiveLimits NoLimits = new() { MaxTotalBytes = long.MaxValue };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_member_that_takes_a_minute_to_skip_is_told_of_and_left_at_once()
    {
        var archive = ArchiveKinds.Open(HugeTar(200L << 30))!;
        using var stop = new CancellationTokenSource();
        var told = new List<long>();
        var watch = new Stopwatch();
        Assert.ThrowsAny<OperationCanceledException>(() => archive.Members(NoLimits, Note, stop.Token).Count());
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        Assert.Equal(told.Order(), told);

        void Note(long bytes)
        {
            told.Add(bytes);
            if (told.Count < 3 || watch.IsRunning)
                return;
            stop.Cancel();
            watch.Start();
        }
    }

    [Fact]
    public void An_archive_that_vanished_since_it_was_recognised_is_damage_and_no_end_of_the_run()
    {
        var path = HugeTar(1 << 20);
        var archive = ArchiveKinds.Open(path)!;
        File.Delete(path);
        Assert.StartsWith("unreadable: ", Assert.IsType<ArchiveDamage>(Assert.Single(archive.Members(NoLimits))).Refusal!.Words,
            StringComparison.Ordinal);
    }

    // One member of zeros that takes no room on the disk.
    private string HugeTar(long size)
    {
        var path = _folder.File("huge.tar");
        using (var tar = new TarWriter(File.Create(path), TarEntryFormat.Gnu))
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "zeros"));
        using var file = new FileStream(path, FileMode.Open);
        var header = new byte[512];
        file.ReadExactly(header);
        WriteSize(header, size);
        file.Position = 0;
        file.Write(header);
        file.SetLength(512 + size + 1024);
        return path;
    }

    // Sizes over 8 GB are binary: a first bit of 1, then big-endian. The checksum counts its own place as blanks.
    private static void WriteSize(byte[] header, long size)
    {
        header.AsSpan(124, 12).Clear();
        header[124] = 0x80;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128), size);
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = header.Sum(b => b);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
    }
}
