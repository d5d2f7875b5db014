using Smirk.Workspace.Packs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Gan.Tests;

/// <summary>Packs of simple drawn pictures: bright discs of random place, size and colour on dark ground. Enough to learn something from in
/// seconds.</summary>
internal static class TinyPack
{
    /// <summary>Writes a pack and returns its folder.</summary>
    public static string Write(
        TemporaryFolder folder, int count = 40, int size = 32, int seed = 1, string name = "pack", Func<int, string?>? label = null,
        string? aspect = null, PackRoll? roll = null)
    {
        var pixels = new byte[count * 3 * size * size];
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
            Disc(pixels.AsSpan(i * 3 * size * size, 3 * size * size), size, random);
        Dictionary<string, string> metadata = [];
        if (aspect is not null)
            metadata[PackFolder.AspectKey] = aspect;
        if (roll is not null)
            metadata[PackFolder.RollKey] = roll.ToString();
        return Write(folder, name, pixels, count, size, label, metadata);
    }

    /// <summary>Writes a pack of <paramref name="count"/> flat pictures, in each of <paramref name="values"/> in turn.</summary>
    public static string WriteFlat(TemporaryFolder folder, int count, int size, params byte[] values)
    {
        var pixels = new byte[count * 3 * size * size];
        for (var i = 0; i < count; i++)
            pixels.AsSpan(i * 3 * size * size, 3 * size * size).Fill(values[i % values.Length]);
        return Write(folder, "flat", pixels, count, size, null, []);
    }

    private static string Write(
        TemporaryFolder folder, string name, byte[] pixels, int count, int size, Func<int, string?>? label,
        Dictionary<string, string> metadata)
    {
        var path = Path.Combine(folder.Path, name);
        var rows = Enumerable.Range(0, count)
            .Select(i => new PackRow(i, $"picture{i}", Path.Combine(label?.Invoke(i) ?? "", $"file{i}.png"), Group: $"group{i / 2}"));
        PackFolder.Write(path, new TensorToWrite(PackFolder.TensorName, ElementType.U8, [count, 3, size, size], pixels), metadata,
            PackLines.Text(rows));
        return path;
    }

    private static void Disc(Span<byte> planes, int size, Random random)
    {
        var (x, y, radius) = (random.Next(size / 4, 3 * size / 4), random.Next(size / 4, 3 * size / 4), random.Next(size / 6, size / 3));
        for (var c = 0; c < 3; c++)
        {
            var (bright, dark) = (random.Next(150, 256), random.Next(0, 60));
            for (var i = 0; i < size * size; i++)
                planes[c * size * size + i] =
                    (byte)((i % size - x) * (i % size - x) + (i / size - y) * (i / size - y) < radius * radius ? bright : dark);
        }
    }
}
