using System.Globalization;

namespace Smirk.Files.Archives;

/// <summary>Pictures in a Parquet file as Hugging Face's datasets write it, as members: the bytes of each row's picture, and after it a
/// JSON file of the same name with the row's other columns.</summary>
/// <param name="path">The file.</param>
internal sealed class ParquetArchive(string path) : Archive
{
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

        var modified = File.GetLastWriteTimeUtc(path).Ticks;
        var (table, damage) = Try(() => ParquetTable.Open(file));
        var (total, number) = (0L, 0);
        for (var group = 0; damage is null && group < table!.Groups; group++)
        {
            cancel.ThrowIfCancellationRequested();
            (var rows, damage) = Try(() => table.Read(group, limits.MaxTotalBytes - total));
            foreach (var row in rows ?? [])
            {
                if (number >= limits.MaxMembers)
                {
                    damage = Told(ArchiveFault.TooLarge, $"too large: more than {limits.MaxMembers} pictures");
                    break;
                }

                var name = NameOf(row.Name, number++);
                total += row.Picture.Length;
                var refusal = row.Picture.Length <= limits.MaxMemberBytes ? null : new ArchiveRefusal(
                    ArchiveFault.TooLong, $"too long: {row.Picture.Length / 1e6:0.#} MB, at most {limits.MaxMemberBytes / 1e6:0.##} MB are "
                        + "read");
                yield return new ArchiveMember(name, row.Picture.Length, modified, refusal, refusal is null ? () => row.Picture : null);
                if (row.Fields.Count == 0)
                    continue;
                var json = System.Text.Encoding.UTF8.GetBytes(row.Fields.ToJsonString());
                yield return new ArchiveMember(Path.ChangeExtension(name, ".json"), json.Length, modified, null, () => json);
            }

            unpacked?.Invoke(total);
        }

        if (damage is not null)
            yield return damage;
    }

    // Two rows may call their pictures alike, and a path of somebody's disk is no name.
    private static string NameOf(string? name, int number)
    {
        var digits = number.ToString("00000", CultureInfo.InvariantCulture);
        var bare = Path.GetFileName(name?.Replace('\\', '/'));
        return bare is { Length: > 0 and < 200 } && MemberName.Refusal(bare) is null && Path.GetFileNameWithoutExtension(bare).Length > 0
            ? $"{digits}/{MemberName.Clean(bare)}" : $"{digits}.png";
    }

    private static (T? Value, ArchiveDamage? Damage) Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return (read(), null);
        }
        catch (Exception error)
        {
            // The library wasn't written for damaged files: what it throws over them may be anything.
            return (null, Told(ArchiveFault.Damaged, $"damaged: {error.Message.TrimEnd('.')}"));
        }
    }

    private static ArchiveDamage Told(ArchiveFault fault, string words) => new(new ArchiveRefusal(fault, words));
}
