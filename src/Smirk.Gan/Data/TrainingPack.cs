using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Data;

/// <summary>The pictures to learn from: a pack (WS/packs/SIZE) in memory.</summary>
public sealed class TrainingPack : IDisposable
{
    private TrainingPack(
        string folder, Tensor pictures, IReadOnlyList<PackRow> rows, Aspect aspect, string fingerprint, PackRoll? roll = null) =>
        (Folder, Pictures, Rows, Aspect, Fingerprint, Roll) = (folder, pictures, rows, aspect, fingerprint, roll);

    /// <summary>Where the pack lies.</summary>
    public string Folder { get; }

    /// <summary>uint8 [N, C, S, S], 0…255.</summary>
    public Tensor Pictures { get; }

    /// <summary>One a picture, in the order of <see cref="Pictures"/>.</summary>
    public IReadOnlyList<PackRow> Rows { get; }

    /// <summary>The shape that the pictures were squeezed from, and are shown in.</summary>
    public Aspect Aspect { get; }

    /// <summary>What the pack holds: its pixels and what made them, see <see cref="PackFingerprint"/>. Empty for pictures that came from
    /// no pack.</summary>
    public string Fingerprint { get; }

    /// <summary>Whether the pictures are piano rolls that were made of tunes: a row is a pitch, a column a moment.</summary>
    public bool IsRolls => Rows.Count > 0 && Rows.All(row => row.RollSize == Size);

    /// <summary>How its piano rolls are ruled and played; null for other pictures, and in packs of before this was kept.</summary>
    public PackRoll? Roll { get; }

    /// <summary>Number of pictures.</summary>
    public int Count => (int)Pictures.Shape[0];

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int Channels => (int)Pictures.Shape[1];

    /// <summary>Edge in pixels.</summary>
    public int Size => (int)Pictures.Shape[2];

    /// <summary>Reads the pack in <paramref name="folder"/>.</summary>
    /// <param name="folder">Holds pack.safetensors and pack.jsonl.</param>
    /// <param name="grey">Turn RGB into one channel (Rec. 601 luma); null does so where every picture is grey.</param>
    /// <param name="cancel">Stops between two parts.</param>
    /// <exception cref="UnusableInputException">No pack, a damaged one, or fewer than two pictures.</exception>
    public static TrainingPack Open(string folder, bool? grey = false, CancellationToken cancel = default)
    {
        using var reader = PackReader.Open(folder);
        if (reader.Count < 2)
            throw new UnusableInputException(
                $"{folder} holds {Counted.Of(reader.Count, "picture")}; learning needs at least 2 and starts to work at a few hundred.");
        var toGrey = grey == true && reader.Channels == 3;
        var isGrey = grey is null && reader.Channels == 3;
        var pictures = Tensor.Empty([reader.Count, toGrey ? 1 : reader.Channels, reader.Size, reader.Size], DType.UInt8);
        try
        {
            var fingerprint = reader.Read(
                (first, pixels) =>
                {
                    Put(pictures, first, pixels, toGrey);
                    isGrey = isGrey && IsGrey(pixels, reader.Size);
                },
                cancel);
            return new TrainingPack(folder, isGrey ? FirstChannel(pictures) : pictures, reader.Rows, reader.Aspect, fingerprint,
                reader.Roll);
        }
        catch
        {
            pictures.Dispose();
            throw;
        }
    }

    /// <summary>A pack of pictures that are in memory already.</summary>
    /// <param name="pictures">uint8 [N, C, S, S]; owned by the pack from now on.</param>
    /// <param name="names">One a picture.</param>
    /// <param name="aspect">The shape that they were squeezed from; null for 1:1.</param>
    public static TrainingPack FromPictures(Tensor pictures, IReadOnlyList<string> names, Aspect? aspect = null) =>
        new("", pictures, [.. names.Select((name, row) => new PackRow(row, name, name))], aspect ?? Aspect.Square, "");

    /// <summary>A pack of pictures that come a few at a time, such as a folder's that are decoded for evaluation.</summary>
    /// <param name="most">At most so many will come; only the room of those that do is used.</param>
    /// <param name="size">Edge in pixels.</param>
    /// <param name="aspect">The shape that they were squeezed from.</param>
    /// <param name="grey">Turn RGB into one channel.</param>
    /// <param name="read">Hands the pictures (RGB planes) to its argument, and returns a name for each.</param>
    public static TrainingPack Collect(int most, int size, Aspect aspect, bool grey, Func<PackChunk, IReadOnlyList<string>> read)
    {
        using var room = Tensor.Empty([most, grey ? 1 : 3, size, size], DType.UInt8);
        var names = read((first, pixels) => Put(room, first, pixels, grey));
        return FromPictures(room.Narrow(0, 0, names.Count), names, aspect);
    }

    /// <inheritdoc/>
    public void Dispose() => Pictures.Dispose();

    /// <summary>How many of the pictures differ from each other at 16×16 pixels and 16 levels.</summary>
    public int CountDifferent()
    {
        using var scope = TensorScope.Open();
        var seen = new HashSet<string>();
        for (long from = 0; from < Count; from += 500)
        {
            var small = Pictures.Narrow(0, from, Math.Min(500, Count - from)).To(DType.Float32).AvgPool2d(Size / 16);
            var bytes = (small / 16).To(DType.UInt8).ToBytes();
            foreach (var picture in bytes.Chunk(Channels * 16 * 16))
                seen.Add(Convert.ToBase64String(picture));
        }

        return seen.Count;
    }

    /// <summary>The pictures of <paramref name="rows"/>, without a copy of them.</summary>
    public PictureRows Of(IReadOnlyList<int> rows) => new(Pictures, rows);

    // A part at a time, so that colours and greys of the whole pack are never in memory together.
    private static void Put(Tensor pictures, int first, ReadOnlySpan<byte> pixels, bool toGrey)
    {
        using var scope = TensorScope.Open();
        var (channels, size) = (toGrey ? 3 : pictures.Shape[1], pictures.Shape[2]);
        var count = pixels.Length / (channels * size * size);
        var part = Tensor.FromBytes(pixels, DType.UInt8, [count, channels, size, size]);
        pictures.Narrow(0, first, count).CopyFrom(toGrey ? ToGrey(part) : part);
    }

    // Whether red, green and blue are the same in every pixel of planes [n, 3, size, size].
    private static bool IsGrey(ReadOnlySpan<byte> planes, int size)
    {
        var area = size * size;
        for (var at = 0; at < planes.Length; at += 3 * area)
        {
            var red = planes.Slice(at, area);
            if (!red.SequenceEqual(planes.Slice(at + area, area)) || !red.SequenceEqual(planes.Slice(at + (2 * area), area)))
                return false;
        }

        return true;
    }

    private static Tensor FirstChannel(Tensor rgb)
    {
        using (rgb)
        using (var scope = TensorScope.Open())
            return scope.Keep(rgb.Narrow(1, 0, 1).Contiguous());
    }

    /// <summary>Rec. 601 luma of uint8 [N, 3, S, S], as [N, 1, S, S].</summary>
    internal static Tensor ToGrey(Tensor rgb)
    {
        var weights = Tensor.FromArray([0.299f, 0.587f, 0.114f], 1, 3, 1, 1);
        return ((rgb.To(DType.Float32) * weights).Sum([1], keep: true) + 0.5).Clamp(0, 255).To(DType.UInt8); // [N, 1, S, S]
    }
}
