using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Safetensors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Data;

/// <summary>The pictures to learn from: a pack (WS/packs/SIZE) in memory.</summary>
public sealed class TrainingPack : IDisposable
{
    private TrainingPack(string folder, Tensor pictures, IReadOnlyList<PackRow> rows) => (Folder, Pictures, Rows) = (folder, pictures, rows);

    /// <summary>Where the pack lies.</summary>
    public string Folder { get; }

    /// <summary>uint8 [N, C, S, S], 0…255.</summary>
    public Tensor Pictures { get; }

    /// <summary>One a picture, in the order of <see cref="Pictures"/>.</summary>
    public IReadOnlyList<PackRow> Rows { get; }

    /// <summary>SHA-256 over what the pack's rows are, in hexadecimal digits: another one when pictures came, went or moved.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Rows.Select(row => $"{row.Picture} {row.Group}")))));

    /// <summary>Number of pictures.</summary>
    public int Count => (int)Pictures.Shape[0];

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int Channels => (int)Pictures.Shape[1];

    /// <summary>Edge in pixels.</summary>
    public int Size => (int)Pictures.Shape[2];

    /// <summary>Reads the pack in <paramref name="folder"/>.</summary>
    /// <param name="folder">Holds pack.safetensors and pack.jsonl.</param>
    /// <param name="grey">Turn RGB into one channel (Rec. 601 luma).</param>
    /// <exception cref="UnusableInputException">No pack, a damaged one, or fewer than two pictures.</exception>
    public static TrainingPack Open(string folder, bool grey = false)
    {
        var path = Path.Combine(folder, "pack.safetensors");
        if (!File.Exists(path))
            throw new UnusableInputException($"There is no pack at {folder}. Make one with: smirk pack -w WORKSPACE --size SIZE");
        using var file = SafetensorsFile.Open(path);
        var info = file["pictures"];
        if (info.Type != ElementType.U8 || info.Shape is not [_, 1 or 3, var height, var width] || height != width)
            throw new UnusableInputException($"{path}: 'pictures' is {info.Type} [{string.Join(", ", info.Shape)}]; expected U8 [N, 1 or 3, S, S]. Make the pack again with: smirk pack");
        if (info.Shape[0] < 2)
            throw new UnusableInputException($"{folder} holds {Counted.Of(info.Shape[0], "picture")}; learning needs at least 2 and starts to work at a few hundred.");
        var pictures = Tensor.FromBytes(file.Bytes("pictures"), DType.UInt8, [.. info.Shape]);
        if (grey && info.Shape[1] == 3)
            pictures = ToGrey(pictures);
        return new TrainingPack(folder, pictures, ReadRows(Path.Combine(folder, "pack.jsonl"), (int)info.Shape[0]));
    }

    /// <summary>A pack of pictures that are in memory already, such as a folder's that was decoded for evaluation.</summary>
    /// <param name="pictures">uint8 [N, C, S, S]; owned by the pack from now on.</param>
    /// <param name="names">One a picture.</param>
    /// <param name="grey">Turn RGB into one channel.</param>
    public static TrainingPack FromPictures(Tensor pictures, IReadOnlyList<string> names, bool grey = false) =>
        new("", grey && pictures.Shape[1] == 3 ? ToGrey(pictures) : pictures, [.. names.Select((name, row) => new PackRow(row, name, name))]);

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

    private static Tensor ToGrey(Tensor rgb)
    {
        using (rgb)
        using (var scope = TensorScope.Open())
        {
            var weights = Tensor.FromArray([0.299f, 0.587f, 0.114f], 1, 3, 1, 1);
            return scope.Keep(((rgb.To(DType.Float32) * weights).Sum([1], keep: true) + 0.5).Clamp(0, 255).To(DType.UInt8)); // [N, 1, S, S]
        }
    }

    private static List<PackRow> ReadRows(string path, int count)
    {
        var rows = new List<PackRow>(count);
        foreach (var line in File.Exists(path) ? File.ReadLines(path).Where(line => line.Length > 0) : [])
        {
            try
            {
                rows.Add(JsonSerializer.Deserialize(line, PackRowJson.Default.PackRow) ?? throw new JsonException("null"));
            }
            catch (JsonException error)
            {
                throw new UnusableInputException($"{path}, line {rows.Count + 1}, is damaged: {error.Message.TrimEnd('.')}. Make the pack again with: smirk pack", error);
            }
        }

        if (rows.Count != count)
            throw new UnusableInputException($"{path} has {Counted.Of(rows.Count, "line")}, the pack beside it {Counted.Of(count, "picture")}. Make the pack again with: smirk pack");
        return rows;
    }
}
