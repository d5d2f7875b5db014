using System.Formats.Tar;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Drawing;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace;

namespace Smirk.Cli.Tests.Stages;

/// <summary>What a stage needs to work for a second or so: pictures, many copies of one, an archive with gigabytes that nobody wants, and
/// workspaces that hold them.</summary>
public sealed class StageGround : IDisposable
{
    private const int Faces = 24;
    private const int Copies = 12;
    private const long UnwantedBytes = 6L << 30;

    private readonly TemporaryFolder _folder = new();
    private int _workspaces;

    /// <summary>Draws the pictures and imports them once.</summary>
    public StageGround()
    {
        DrawStage.Run(new DrawOptions { Count = Faces, Size = 300 }, Pile, null, CancellationToken.None);
        var first = Drawn(0);
        for (var i = 0; i < Copies; i++)
            _folder.Write($"pile/copies/{i:000}.jpg", PictureWriter.Jpeg(first.Resize(300 - (4 * i), 300 - (4 * i)), 90));
        WriteArchive();
        using var workspace = SmirkWorkspace.Open(Prepared);
        new ImportStage(workspace).Run(new ImportOptions { Sources = [Pile] });
        new ExactStage(workspace).Run();
    }

    /// <summary>The folder of pictures.</summary>
    public string Pile => Path.Combine(_folder.Path, "pile");

    /// <summary>A tar file: a picture, a video of 6 GB (a hole on the disk), a picture.</summary>
    public string Archive => Path.Combine(_folder.Path, "with-a-video.tar");

    /// <summary>A folder that isn't there yet.</summary>
    public string NewFolder => Path.Combine(_folder.Path, $"new{Interlocked.Increment(ref _workspaces)}");

    private string Prepared => Path.Combine(_folder.Path, "prepared");

    /// <summary>A workspace into which the pile was imported and nothing else was done.</summary>
    public SmirkWorkspace Imported()
    {
        var folder = NewFolder;
        foreach (var file in Directory.EnumerateFiles(Prepared, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(folder, Path.GetRelativePath(Prepared, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return SmirkWorkspace.Open(folder);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private Picture Drawn(int number) =>
        PictureReader.DecodeFile(
            Directory.EnumerateFiles(Pile, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(IsWhole)
            .ElementAt(number));

    // Some of a drawn pile are broken on purpose.
    private static bool IsWhole(string path)
    {
        try
        {
            return PictureReader.DecodeFile(path).Width > 100;
        }
        catch (UnusablePictureException)
        {
            return false;
        }
    }

    private void WriteArchive()
    {
        using var file = File.Create(Archive);
        using (var tar = new TarWriter(file, leaveOpen: true))
        {
            Add(tar, "a.png", 1);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "movie.mp4") { DataStream = new Hole(UnwantedBytes, file) });
            Add(tar, "b.png", 2);
        }
    }

    private void Add(TarWriter tar, string name, int number) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(PictureWriter.Png(Drawn(number))) });

    // Bytes that are skipped on the disk instead of written.
    private sealed class Hole(long length, FileStream file) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override void CopyTo(Stream destination, int bufferSize)
        {
            file.Flush();
            file.Seek(length - Position, SeekOrigin.Current);
            Position = length;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
