using System.IO.Compression;

namespace Smirk.Files.Archives;

/// <summary>A ZIP file.</summary>
internal sealed class ZipFileArchive(string path) : Archive
{
    private const int UnixTypeMask = 0xF000;
    private const int UnixRegular = 0x8000;
    private const int UnixFolder = 0x4000;

    /// <inheritdoc/>
    public override IEnumerable<ArchiveMember> Members(
        ArchiveLimits limits, Action<long>? unpacked = null, CancellationToken cancel = default)
    {
        ZipArchive? zip = null;
        ArchiveDamage? damage = null;
        try
        {
            zip = ZipFile.OpenRead(path);
            if (zip.Entries.Count > limits.MaxMembers)
                damage = new ArchiveDamage(new ArchiveRefusal(
                    ArchiveFault.TooLarge, $"too large: {zip.Entries.Count} members, at most {limits.MaxMembers} are looked at"));
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            damage = new ArchiveDamage(ArchiveKinds.Reason(error));
        }

        using (zip)
        {
            if (damage is not null)
            {
                yield return damage;
                yield break;
            }

            long total = 0;
            var names = new HashSet<string>();
            foreach (var entry in zip!.Entries.Where(e => !IsFolder(e)))
            {
                cancel.ThrowIfCancellationRequested();
                var refusal = Refusal(entry, limits, ref total);
                var name = MemberName.Clean(entry.FullName.Replace('\\', '/'));
                if (!names.Add(name))
                    continue;
                yield return new ArchiveMember(
                    name, entry.Length, entry.LastWriteTime.UtcTicks, refusal, refusal is null ? () => Read(entry) : null);
                unpacked?.Invoke(total);
                if (total > limits.MaxTotalBytes)
                {
                    yield return new ArchiveDamage(
                        new ArchiveRefusal(ArchiveFault.TooLarge, $"too large: more than {limits.MaxTotalBytes / 1e9:0.##} GB unpacked"));
                    yield break;
                }
            }
        }
    }

    private static bool IsFolder(ZipArchiveEntry entry) => entry.FullName.EndsWith('/') || UnixType(entry) == UnixFolder;

    private static int UnixType(ZipArchiveEntry entry) => (entry.ExternalAttributes >> 16) & UnixTypeMask;

    private static ArchiveRefusal? Refusal(ZipArchiveEntry entry, ArchiveLimits limits, ref long total)
    {
        if (MemberName.Refusal(entry.FullName) is { } unsafeName)
            return unsafeName;
        if (UnixType(entry) is not (0 or UnixRegular))
            return new ArchiveRefusal(ArchiveFault.NoPicture, "no picture: a link or a device");
        if (entry.IsEncrypted)
            return new ArchiveRefusal(ArchiveFault.Encrypted, "encrypted: unpack the archive with its password first");
        if (entry.Length > limits.MaxMemberBytes)
            return new ArchiveRefusal(
                ArchiveFault.TooLong,
                $"too long: {entry.Length / 1e6:0.#} MB unpacked, at most {limits.MaxMemberBytes / 1e6:0.##} MB are read");
        if (entry.Length > limits.RatioFrom && entry.Length / Math.Max(1, entry.CompressedLength) > limits.MaxRatio)
            return new ArchiveRefusal(ArchiveFault.Bomb, $"bomb: {entry.CompressedLength} bytes unpack to {entry.Length}");
        total += entry.Length;
        return null;
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return BoundedReader.ReadExactly(stream, entry.Length);
    }
}
