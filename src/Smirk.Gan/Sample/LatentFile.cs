using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Safetensors;

namespace Smirk.Gan.Sample;

/// <summary>Latents as a safetensors file: z [N, latent size], and where they differ from it styles [N, levels, latent size], class [N];
/// names and shapes are those of the shared network's inputs (docs/share.md).</summary>
public static class LatentFile
{
    private const string Z = "z";
    private const string Styles = "styles";
    private const string Class = "class";

    /// <summary>Writes <paramref name="codes"/> to <paramref name="path"/>, atomically.</summary>
    /// <exception cref="ArgumentException">There are none, or they aren't all of one size.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, IReadOnlyList<LatentCode> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        if (codes.Count == 0)
            throw new ArgumentException("There is no latent to write.", nameof(codes));
        var (size, levels) = (codes[0].Z.Length, codes.Max(code => code.Styles?.Length ?? 0));
        var tensors = new List<TensorToWrite>
        {
            new(Z, ElementType.F32, [codes.Count, size], Bytes(codes.SelectMany(code => code.Z))),
        };
        if (levels > 0)
            tensors.Add(new TensorToWrite(Styles, ElementType.F32, [codes.Count, levels, size],
                Bytes(codes.SelectMany(code => (code.Styles ?? Enumerable.Repeat(code.Z, levels)).SelectMany(style => style)))));
        if (codes.All(code => code.Class is not null))
            tensors.Add(new TensorToWrite(Class, ElementType.I64, [codes.Count],
                MemoryMarshal.AsBytes<long>([.. codes.Select(code => (long)code.Class!)]).ToArray()));
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>
        {
            ["smirk.latents"] = codes.Count.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Reads what <see cref="Write"/>, or another program, wrote.</summary>
    /// <exception cref="UnusableInputException">It isn't there, is damaged, or holds other things than latents.</exception>
    public static IReadOnlyList<LatentCode> Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        if (!file.Contains(Z))
            throw new UnusableInputException($"{path} holds no latents: it has no tensor 'z' but "
                + $"{string.Join(", ", file.Names.Take(5))}{(file.Tensors.Count > 5 ? "…" : "")}. smirk sample --save-latents and smirk "
                + "project --latents write such files.");
        var z = Floats(file, Z, dimensions: 2);
        var (count, size) = ((int)file[Z].Shape[0], (int)file[Z].Shape[1]);
        if (count == 0 || size == 0)
            throw new UnusableInputException($"{path} holds no latents: its tensor 'z' is empty.");
        var levels = 0;
        float[] styles = [];
        if (file.Contains(Styles))
        {
            styles = Floats(file, Styles, dimensions: 3);
            levels = (int)file[Styles].Shape[1];
            if (file[Styles].Shape[0] != count || file[Styles].Shape[2] != size)
                throw new UnusableInputException($"{path}: 'styles' has the shape [{string.Join(", ", file[Styles].Shape)}]; to go with "
                    + $"'z' it must be [{count}, levels, {size}].");
        }

        var classes = file.Contains(Class) ? Classes(file, count) : null;
        return
        [
            .. Enumerable.Range(0, count).Select(i => new LatentCode(
                z[(i * size)..((i + 1) * size)],
                levels == 0 ? null : [.. Enumerable.Range(i * levels, levels).Select(row => styles[(row * size)..((row + 1) * size)])],
                classes?[i])),
        ];
    }

    private static float[] Floats(SafetensorsFile file, string name, int dimensions)
    {
        var tensor = file[name];
        if (tensor.Type != ElementType.F32 || tensor.Shape.Count != dimensions)
            throw new UnusableInputException($"{file.Path}: '{name}' is {tensor.Type} [{string.Join(", ", tensor.Shape)}]; latents are F32 "
                + $"with {dimensions} dimensions.");
        float[] values = [.. MemoryMarshal.Cast<byte, float>(file.Bytes(name))];
        return values.All(float.IsFinite) ? values
            : throw new UnusableInputException($"{file.Path}: '{name}' holds numbers that aren't finite.");
    }

    private static int[] Classes(SafetensorsFile file, int count)
    {
        var tensor = file[Class];
        if (tensor.Type != ElementType.I64 || tensor.Shape.Count != 1 || tensor.Shape[0] != count)
            throw new UnusableInputException($"{file.Path}: 'class' is {tensor.Type} [{string.Join(", ", tensor.Shape)}]; to go with 'z' "
                + $"it must be I64 [{count}].");
        var bytes = file.Bytes(Class).ToArray();
        return [.. Enumerable.Range(0, count).Select(i =>
            (int)Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8 * i)), int.MinValue, int.MaxValue))];
    }

    private static byte[] Bytes(IEnumerable<float> values) => MemoryMarshal.AsBytes<float>(values.ToArray()).ToArray();
}
