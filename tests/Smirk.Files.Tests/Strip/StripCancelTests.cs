using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Hashing;
using Smirk.Files.Strip;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Tests.Strip;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class StripCancelTests : IDisposable
{
    private const int ChunkBytes = 1 << 28;
    private const int Chunks = 200;

    private readonly StripFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_picture_of_50_GB_is_left_at_once_and_as_it_was()
    {
        var path = HugePng();
        var before = File.GetLastWriteTimeUtc(path);
        using var stop = new CancellationTokenSource();
        var reports = 0;
        var watch = new Stopwatch();
        var progress = new Told(() =>
        {
            if (++reports != 5)
                return;
            watch.Start();
            stop.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(
            () => StripStage.Run(_folder.Options("in") with { InPlace = true }, progress, stop.Token));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        Assert.Equal([path], Directory.GetFiles(_folder.At("in")));
        Assert.Equal(before, File.GetLastWriteTimeUtc(path));
    }

    // A PNG with 200 chunks of image data that are holes, each with its right CRC.
    private string HugePng()
    {
        var parts = Planted.PngParts(StripFolder.Clean);
        var path = _folder.Make("in/huge.png");
        var crc = new Crc32();
        crc.Append("IDAT"u8);
        var zeros = new byte[1 << 20];
        for (var i = 0; i < ChunkBytes; i += zeros.Length)
            crc.Append(zeros);
        Span<byte> head = [0, 0, 0, 0, .. "IDAT"u8];
        BinaryPrimitives.WriteInt32BigEndian(head, ChunkBytes);
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(tail, crc.GetCurrentHashAsUInt32());

        using var file = File.Create(path);
        file.Write(parts[0]);
        file.Write(parts[1]);
        for (var i = 0; i < Chunks; i++)
        {
            file.Write(head);
            file.Seek(ChunkBytes, SeekOrigin.Current);
            file.Write(tail);
        }

        file.Write(Planted.Chunk("tEXt", "Comment\0secret"u8.ToArray()));
        file.Write(parts[^1]);
        return path;
    }

    private sealed class Told(Action tell) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value is StageAdvanced { Stage: "strip" })
                tell();
        }
    }
}
