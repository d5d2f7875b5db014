using System.Collections.Concurrent;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Pack;

/// <summary>All pictures below a folder as squares of one size, in memory: what measuring against a folder needs. No workspace, no catalog.</summary>
/// <param name="Size">Edge in pixels.</param>
/// <param name="Names">Paths below the folder, in order.</param>
/// <param name="Planes">Bytes of [N, 3, Size, Size], RGB planes.</param>
public sealed record FolderSquares(int Size, IReadOnlyList<string> Names, byte[] Planes)
{
    /// <summary>Decodes, takes the middle square and resizes, on all cores. What can't be decoded is warned of and left out.</summary>
    /// <exception cref="UnusableInputException">There is no such folder, or no picture in it.</exception>
    public static FolderSquares Load(string folder, int size, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
            throw new UnusableInputException($"There is no folder {folder}.");
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var squares = new ConcurrentDictionary<string, Picture>();
        AllCores.For(files.Length, AllCores.Threads(0), cancel, i =>
        {
            try
            {
                var picture = PictureReader.DecodeFile(files[i]);
                var side = Math.Min(picture.Width, picture.Height);
                squares[files[i]] = picture.Crop((picture.Width - side) / 2, (picture.Height - side) / 2, side, side).Resize(size, size);
            }
            catch (UnusablePictureException error)
            {
                progress?.Report(new StageWarned("evaluate", files[i], error.Message));
            }
        });
        if (squares.IsEmpty)
            throw new UnusableInputException($"{folder} holds no picture that can be read ({files.Length} files).");
        var used = files.Where(squares.ContainsKey).ToArray();
        var planes = new byte[used.Length * 3 * size * size];
        for (var i = 0; i < used.Length; i++)
            Planar(squares[used[i]].Pixels, planes.AsSpan(i * 3 * size * size, 3 * size * size));
        return new FolderSquares(size, [.. used.Select(f => Path.GetRelativePath(folder, f))], planes);
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
