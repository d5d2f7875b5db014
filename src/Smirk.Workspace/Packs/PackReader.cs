using System.Security.Cryptography;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Safetensors;

namespace Smirk.Workspace.Packs;

/// <summary>Some rows of a pack: uint8 [n, C, S, S] from row <paramref name="first"/> on; valid during the call.</summary>
public delegate void PackChunk(int first, ReadOnlySpan<byte> pixels);

/// <summary>Reads a pack a few rows at a time: no more of it than that is in memory, whatever its size.</summary>
public sealed class PackReader : IDisposable
{
    // Large enough that a chunk's overhead is nothing, small enough to hold a copy of.
    private const int ChunkBytes = 16_000_000;

    private readonly SafetensorsFile _file;

    private PackReader(string folder, SafetensorsFile file)
    {
        var info = file[PackFolder.TensorName];
        if (info.Type != ElementType.U8 || info.Shape is not [<= int.MaxValue, 1 or 3, var height and > 0 and <= 16_384, var width]
            || height != width)
            throw new UnusableInputException(
                $"{file.Path}: '{info.Name}' is {info.Type} [{string.Join(", ", info.Shape)}]; expected U8 [N, 1 or 3, S, S]. Make the "
                    + "pack again with: smirk pack");
        (_file, Folder) = (file, folder);
        (Count, Channels, Size) = ((int)info.Shape[0], (int)info.Shape[1], (int)info.Shape[2]);
        Aspect = AspectOf(file);
        Roll = PackRoll.TryParse(file.Metadata.GetValueOrDefault(PackFolder.RollKey));
        var path = Path.Combine(folder, PackFolder.Lines);
        Rows = PackLines.Read(path);
        if (Rows.Count != Count)
            throw new UnusableInputException(
                $"{path} has {Rows.Count} lines and the pack beside it {Count} pictures. Make the pack again with: smirk pack");
    }

    /// <summary>Where the pack lies.</summary>
    public string Folder { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int Channels { get; }

    /// <summary>Edge in pixels.</summary>
    public int Size { get; }

    /// <summary>The shape that the pictures were squeezed from, and are shown in.</summary>
    public Aspect Aspect { get; }

    /// <summary>What its piano rolls have in common; null for other pictures, and in packs of before this was kept.</summary>
    public PackRoll? Roll { get; }

    /// <summary>Where each row comes from.</summary>
    public IReadOnlyList<PackRow> Rows { get; }

    private int RowBytes => Channels * Size * Size;

    /// <summary>Opens the pack in <paramref name="folder"/> and checks that its halves belong together.</summary>
    /// <exception cref="UnusableInputException">There is no pack, or it is damaged.</exception>
    public static PackReader Open(string folder)
    {
        if (!PackFolder.Exists(folder))
            throw new UnusableInputException($"There is no pack at {folder}. Make one with: smirk pack -w WORKSPACE --size SIZE");
        var file = SafetensorsFile.Open(Path.Combine(folder, PackFolder.Pixels));
        try
        {
            return new PackReader(folder, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Hands every row to <paramref name="each"/>, in order and a chunk at a time.</summary>
    /// <returns>The fingerprint of what was read, see <see cref="PackFingerprint"/>.</returns>
    /// <exception cref="OperationCanceledException">Cancelled between two chunks.</exception>
    public string Read(PackChunk each, CancellationToken cancel = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = Math.Max(1, ChunkBytes / RowBytes);
        for (var first = 0; first < Count; first += rows)
        {
            cancel.ThrowIfCancellationRequested();
            var pixels = _file.Bytes(PackFolder.TensorName, (long)first * RowBytes, Math.Min(rows, Count - first) * RowBytes);
            hash.AppendData(pixels);
            each(first, pixels);
        }

        return PackFingerprint.Of(Rows, Channels, Size, Aspect, hash.GetCurrentHash());
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static Aspect AspectOf(SafetensorsFile file)
    {
        if (!file.Metadata.TryGetValue(PackFolder.AspectKey, out var text))
            return Aspect.Square;
        return Aspect.TryParse(text) ?? throw new UnusableInputException(
            $"{file.Path}: {PackFolder.AspectKey} is \"{text}\"; expected such as 2:3, from 1:2 to 2:1. Make the pack again with: smirk "
                + "pack");
    }
}
