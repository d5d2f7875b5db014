using System.IO.Compression;

namespace Smirk.Files.Archives;

/// <summary>Pictures in an IDX file (MNIST, Fashion-MNIST and the like), packed with gzip or not, as members: grey PNGs, each in a folder
/// named by its label where the file of labels lies beside it.</summary>
/// <param name="path">The file.</param>
public sealed class IdxArchive(string path) : Archive
{
    // Smaller pictures are padded to this, which is the least that anything here trains at.
    private const int SmallestSide = 32;

    private const int HeaderBytes = 4 * 5;

    /// <inheritdoc/>
    public override IEnumerable<ArchiveMember> Members(
        ArchiveLimits limits, Action<long>? unpacked = null, CancellationToken cancel = default)
    {
        using var file = ArchiveKinds.OpenFile(path, out var gone);
        if (file is null)
        {
            yield return gone!;
            yield break;
        }

        using var plain = Unpacked(file);
        using var metered = new MeteredStream(plain, file.Length, limits, unpacked, cancel);
        var (shape, labels, damage) = Begin(metered, limits);
        if (damage is not null)
            yield return damage;

        // A file of labels belongs to the pictures beside it and holds none itself.
        if (shape is not [var count, var height, var width])
            yield break;
        var modified = File.GetLastWriteTimeUtc(path).Ticks;
        var names = IdxNames.ClassesFor(path);
        var digits = Math.Max(5, (count - 1).ToString().Length);
        var pixels = new byte[height * width];
        for (var i = 0; i < count; i++)
        {
            if (Next(metered, pixels, i, count) is { } end)
            {
                yield return end;
                yield break;
            }

            var name = $"{i.ToString().PadLeft(digits, '0')}.png";
            var png = GreyPng.Encode(pixels, width, height, SmallestSide);
            yield return new ArchiveMember(labels is null ? name : $"{LabelOf(labels[i])}/{name}", png.Length, modified, null, () => png);
        }

        if (Rest(metered) is { } more)
            yield return more;

        string LabelOf(byte number) => number < names.Count ? names[number] : number.ToString();
    }

    private static Stream Unpacked(FileStream file)
    {
        Span<byte> head = stackalloc byte[2];
        var packed = file.ReadAtLeast(head, 2, throwOnEndOfStream: false) == 2 && head.SequenceEqual((ReadOnlySpan<byte>)[0x1F, 0x8B]);
        file.Position = 0;
        return packed ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
    }

    private (int[]? Shape, byte[]? Labels, ArchiveDamage? Damage) Begin(MeteredStream metered, ArchiveLimits limits)
    {
        try
        {
            metered.Allow(HeaderBytes);
            var shape = IdxHeader.ReadShape(metered);
            if (shape.Length == 1)
                return (null, null, null);
            if (shape is not [var count, > 0, > 0])
                return Damaged(
                    ArchiveFault.NoPicture,
                    $"no pictures: an IDX file of {string.Join(" × ", shape)} values; expected pictures × rows × columns");
            if (count > limits.MaxMembers)
                return Damaged(ArchiveFault.TooLarge, $"too large: {count} pictures, at most {limits.MaxMembers} are read");
            if ((long)shape[1] * shape[2] > limits.MaxMemberBytes)
                return Damaged(ArchiveFault.TooLarge, $"too large: pictures of {shape[2]} × {shape[1]} pixels");
            if (IdxNames.LabelsFor(path) is not { } beside)
                return (shape, null, null);
            using var file = File.OpenRead(beside);
            using var labels = Unpacked(file);
            return IdxHeader.ReadShape(labels) is [var labelled] && labelled == count
                ? (shape, BoundedReader.ReadExactly(labels, count), null)
                : Damaged(
                    ArchiveFault.Damaged,
                    $"damaged: {count} pictures, and {Path.GetFileName(beside)} beside them doesn't hold as many labels");
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return (null, null, new ArchiveDamage(ArchiveKinds.Reason(error)));
        }

        static (int[]?, byte[]?, ArchiveDamage?) Damaged(ArchiveFault fault, string words) =>
            (null, null, new ArchiveDamage(new ArchiveRefusal(fault, words)));
    }

    private static ArchiveDamage? Next(MeteredStream metered, byte[] pixels, int picture, int count)
    {
        try
        {
            metered.Allow(pixels.Length);
            var read = metered.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false);
            return read == pixels.Length ? null
                : new ArchiveDamage(new ArchiveRefusal(ArchiveFault.Damaged, $"damaged: cut short after {picture} of {count} pictures"));
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return new ArchiveDamage(ArchiveKinds.Reason(error));
        }
    }

    private static ArchiveDamage? Rest(MeteredStream metered)
    {
        try
        {
            metered.Allow(1);
            return metered.ReadByte() < 0 ? null
                : new ArchiveDamage(new ArchiveRefusal(ArchiveFault.Damaged, "damaged: more values follow than its dimensions say"));
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return new ArchiveDamage(ArchiveKinds.Reason(error));
        }
    }
}
