using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Pack;

/// <summary>All pictures below a folder as squares of one size: what measuring against a folder needs. No workspace, no catalog.</summary>
/// <remarks>Comes in chunks: one array holds no more than 2 GB, which 11,000 pictures of 256×256 have.</remarks>
public sealed class FolderSquares
{
    // Enough to keep all cores busy, little beside the pixels that the caller collects.
    private const int ChunkBytes = 64 << 20;

    private const string Stage = "evaluate";

    private readonly string _folder;
    private readonly PackOptions _like;
    private readonly IReadOnlyList<FoundFile> _files;
    private readonly int _rowBytes;

    private FolderSquares(string folder, int size, Aspect aspect, IReadOnlyList<FoundFile> files)
    {
        (_folder, Size, _files, _rowBytes) = (folder, size, files, 3 * size * size);
        _like = new PackOptions { Size = size, Aspect = aspect };
    }

    /// <summary>Longest edge, in pixels, that squares can be asked for.</summary>
    public const int LargestSize = 8192;

    /// <summary>Edge in pixels.</summary>
    public int Size { get; }

    /// <summary>No more pictures than this can come: files below the folder.</summary>
    public int Most => _files.Count;

    /// <summary>Finds the files below <paramref name="folder"/>, by name; links are followed. What can't be looked at is warned
    /// of.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="size">Edge in pixels.</param>
    /// <param name="aspect">The shape of the part in their middle that is taken, and squeezed into the square.</param>
    /// <param name="progress">Told of what can't be looked at.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="UsageException"><paramref name="size"/> isn't between 1 and <see cref="LargestSize"/>.</exception>
    /// <exception cref="UnusableInputException">There is no such folder.</exception>
    public static FolderSquares In(
        string folder, int size, Aspect aspect, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        if (size is < 1 or > LargestSize)
            throw new UsageException($"A size of {size} pixels: between 1 and {LargestSize} are possible.");
        if (!Directory.Exists(folder))
            throw new UnusableInputException($"There is no folder {folder}.");
        var walk = FileWalk.Run(new WalkOptions { Paths = [RawPath.FromText(folder)], Links = LinkRule.Follow }, progress, cancel);
        foreach (var refused in walk.Refused)
            progress?.Report(new StageWarned(Stage, refused.Path.ToString(), refused.Reason));
        return new FolderSquares(folder, size, aspect, walk.Files);
    }

    /// <summary>Decodes, takes the middle and resizes, on all cores. What can't be read or decoded is warned of and left
    /// out.</summary>
    /// <exception cref="UnusableInputException">No file was a picture that can be read; thrown at the end.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<SquareChunk> Read(IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var most = Math.Max(1, ChunkBytes / _rowBytes);
        long found = 0;
        long done = 0;
        for (var from = 0; from < _files.Count; from += most)
        {
            var squares = new Picture?[Math.Min(most, _files.Count - from)];
            var start = from;
            AllCores.For(squares.Length, AllCores.Threads(0), cancel, i =>
            {
                squares[i] = Square(_files[start + i], progress);
                progress?.Report(new StageAdvanced(Stage, Interlocked.Increment(ref done), _files.Count, "files", "reading pictures"));
            });
            var chunk = Gather(squares, from);
            found += chunk.Names.Count;
            if (chunk.Names.Count > 0)
                yield return chunk;
        }

        if (found == 0)
            throw new UnusableInputException($"{_folder} holds no picture that can be read ({Counted.Of(_files.Count, "file")}).");
    }

    private Picture? Square(FoundFile file, IProgress<StageProgress>? progress)
    {
        try
        {
            if (file.Identity.Size > DecodeOptions.Default.MaxBytes)
                throw new UnusablePictureException(
                    PictureFault.TooLong,
                    $"too long: {file.Identity.Size / 1e6:0.#} MB, at most {DecodeOptions.Default.MaxBytes / 1e6:0.##} MB are read");
            var picture = PictureReader.Decode(FileContent.Read(file));
            return SquareFit.Fit(picture, picture.Width, picture.Height, [0, 0, picture.Width, picture.Height], _like);
        }
        catch (Exception error) when (error is UnusablePictureException or IOException)
        {
            progress?.Report(new StageWarned(Stage, file.Path.ToString(), error.Message));
            return null;
        }
    }

    private SquareChunk Gather(Picture?[] squares, int from)
    {
        var names = new List<string>();
        var planes = new byte[squares.Count(square => square is not null) * _rowBytes];
        for (var i = 0; i < squares.Length; i++)
        {
            if (squares[i] is not { } square)
                continue;
            Planar(square.Pixels, planes.AsSpan(names.Count * _rowBytes, _rowBytes));
            names.Add(_files[from + i].Below.ToText());
        }

        return new SquareChunk(names, planes);
    }

    private static void Planar(ReadOnlySpan<byte> interleaved, Span<byte> planes)
    {
        var pixels = planes.Length / 3;
        for (var i = 0; i < pixels; i++)
        {
            planes[i] = interleaved[i * 3];
            planes[pixels + i] = interleaved[(i * 3) + 1];
            planes[(2 * pixels) + i] = interleaved[(i * 3) + 2];
        }
    }
}

/// <summary>Some squares.</summary>
/// <param name="Names">Their paths below the folder, in order.</param>
/// <param name="Planes">Bytes of [N, 3, Size, Size], RGB planes.</param>
public sealed record SquareChunk(IReadOnlyList<string> Names, byte[] Planes);
