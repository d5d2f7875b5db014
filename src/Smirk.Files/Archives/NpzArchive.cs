using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Archives;

/// <summary>Pictures in NumPy's .npz, as members: arrays of bytes [N, rows, columns] or [N, rows, columns, 1 or 3]. Labels are read from
/// the array named y for x or "labels" for "images" (x_train and y_train), their names from "classes", and become folders.</summary>
/// <param name="path">The file.</param>
internal sealed class NpzArchive(string path) : Archive
{
    // Smaller pictures are padded to this, which is the least that anything here trains at.
    private const int SmallestSide = 32;

    /// <inheritdoc/>
    public override IEnumerable<ArchiveMember> Members(
        ArchiveLimits limits, Action<long>? unpacked = null, CancellationToken cancel = default)
    {
        using var file = ArchiveKinds.OpenFile(path, out var gone);
        var (zip, damage) = file is null ? (null, gone) : Try(() => new ZipArchive(file, ZipArchiveMode.Read));
        using (zip)
        {
            var modified = File.GetLastWriteTimeUtc(path).Ticks;
            var total = 0L;
            foreach (var entry in zip?.Entries.ToList() ?? [])
            {
                cancel.ThrowIfCancellationRequested();
                using var stream = entry.Open();
                var (head, headDamage) = Try(() => NpyHeader.Read(stream));
                if (headDamage is null && (head is not { Type: "|u1", Shape: [> 0, > 0, > 0] or [> 0, > 0, > 0, 1 or 3] }
                    || IsLabels(entry)))
                    continue;
                damage = headDamage ?? Refusal(head!, entry, limits, total);
                var (labels, labelsDamage) = damage is null ? Try(() => LabelsOf(zip!, entry, head!.Shape[0])) : (null, null);
                damage ??= labelsDamage;
                var bytes = damage is null ? new byte[head!.Count / head.Shape[0]] : [];
                for (var i = 0; damage is null && i < head!.Shape[0]; i++)
                {
                    (_, damage) = Try(() =>
                    {
                        stream.ReadExactly(bytes);
                        return bytes;
                    });
                    if (damage is not null)
                        break;
                    var png = Png(bytes, head);
                    var name = i.ToString("00000", CultureInfo.InvariantCulture) + ".png";
                    var label = labels is { Length: > 0 } ? labels[i] + "/" : "";
                    var place = $"{Path.GetFileNameWithoutExtension(entry.Name)}/{label}{name}";
                    yield return new ArchiveMember(place, png.Length, modified, null, () => png);
                    unpacked?.Invoke(total += bytes.Length);
                }

                if (damage is not null)
                    break;
            }
        }

        if (damage is not null)
            yield return damage;
    }

    private static bool IsLabels(ZipArchiveEntry entry) => entry.Name.StartsWith('y') || entry.Name.StartsWith("label",
        StringComparison.Ordinal);

    private static ArchiveDamage? Refusal(NpyHeader head, ZipArchiveEntry entry, ArchiveLimits limits, long total)
    {
        var bytes = head.Count;
        if (head.Shape[0] > limits.MaxMembers)
            return Told(ArchiveFault.TooLarge, $"too large: {head.Shape[0]} pictures, at most {limits.MaxMembers} are read");
        if (bytes / head.Shape[0] > limits.MaxMemberBytes || total + bytes > limits.MaxTotalBytes)
            return Told(ArchiveFault.TooLarge, $"too large: arrays of {string.Join(" × ", head.Shape)} values");
        return bytes > limits.RatioFrom && bytes / Math.Max(1, entry.CompressedLength) > limits.MaxRatio
            ? Told(ArchiveFault.Bomb, $"bomb: {entry.CompressedLength} bytes unpack to {bytes}") : null;
    }

    // x_train → y_train, images → labels; whole numbers of any width, or names.
    private static string[] LabelsOf(ZipArchive zip, ZipArchiveEntry pictures, long count)
    {
        var name = pictures.FullName;
        var beside = name.StartsWith('x') || name.StartsWith('X') ? "y" + name[1..]
            : name.Replace("images", "labels", StringComparison.Ordinal);
        if (beside == name || zip.GetEntry(beside) is not { } entry)
            return [];
        var labels = Values(entry, count);
        var names = zip.GetEntry("classes.npy") is { } classes ? Values(classes, null) : [];
        return [.. labels.Select(l => int.TryParse(l, CultureInfo.InvariantCulture, out var n) && n >= 0 && n < names.Length ? names[n] : l)
            .Select(l => l.Replace('/', '_'))];
    }

    private static string[] Values(ZipArchiveEntry entry, long? expected)
    {
        using var stream = entry.Open();
        var head = NpyHeader.Read(stream);
        var width = head.Type.Length > 2 && int.TryParse(head.Type[2..], CultureInfo.InvariantCulture, out var digits) ? digits : 0;
        var isText = head.Type.StartsWith("<U", StringComparison.Ordinal);
        if (head.Count > 10_000_000 || (expected is { } count && head.Count != count) || width is < 1 or > 1000
            || (!isText && (width > 8 || head.Type[1] is not ('i' or 'u') || head.Type[0] == '>')))
            throw new InvalidDataException($"the array {entry.Name} doesn't hold labels of the pictures beside it");
        var value = new byte[isText ? width * 4 : width];
        var values = new string[head.Count];
        for (var i = 0; i < values.Length; i++)
        {
            stream.ReadExactly(value);
            values[i] = isText ? Encoding.UTF32.GetString(value).TrimEnd('\0') : Number(value).ToString(CultureInfo.InvariantCulture);
        }

        return values;
    }

    private static long Number(ReadOnlySpan<byte> value)
    {
        Span<byte> wide = stackalloc byte[8];
        wide.Fill(value[^1] >= 0x80 && value.Length > 1 ? (byte)0xFF : (byte)0);
        value.CopyTo(wide);
        return BinaryPrimitives.ReadInt64LittleEndian(wide);
    }

    private static byte[] Png(byte[] values, NpyHeader head)
    {
        var (height, width) = ((int)head.Shape[1], (int)head.Shape[2]);
        if (head.Shape.Length == 3 || head.Shape[3] == 1)
            return GreyPng.Encode(values, width, height, SmallestSide);
        return QuickPng.Encode(new Picture(width, height, [.. values]));
    }

    private static (T? Value, ArchiveDamage? Damage) Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return (read(), null);
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return (null, new ArchiveDamage(ArchiveKinds.Reason(error)));
        }
    }

    private static ArchiveDamage Told(ArchiveFault fault, string words) => new(new ArchiveRefusal(fault, words));
}
