using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Smirk.Files.Names;

namespace Smirk.Files.Archives;

/// <summary>A ZIP file.</summary>
/// <param name="path">The file.</param>
/// <param name="password">For encrypted members; null for none.</param>
internal sealed class ZipFileArchive(string path, string? password) : Archive
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
        List<ZipName>? names = null;
        try
        {
            // As Latin-1 every byte of a name that isn't marked as UTF-8 stays what it is.
            zip = ZipFile.Open(path, ZipArchiveMode.Read, Encoding.Latin1);
            names = ZipDirectory.Read(path, zip.Entries.Count);
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
            // .NET unpacks what nearly all programs write; the rest is libarchive's, such as bzip2, LZMA, and what is encrypted.
            if (damage is null && (names?.Exists(name => !name.IsOrdinary) == true
                || (password is not null && zip!.Entries.Any(e => e.IsEncrypted))))
            {
                foreach (var member in new LibraryArchive(path, password).Members(limits, unpacked, cancel))
                    yield return member;
                yield break;
            }

            if (damage is not null)
            {
                yield return damage;
                yield break;
            }

            long total = 0;
            var texts = TextsOf(zip!.Entries, names);
            var unique = new UniqueNames();
            foreach (var (number, entry) in zip.Entries.Index().Where(e => !IsFolder(e.Item)))
            {
                cancel.ThrowIfCancellationRequested();
                var refusal = Refusal(entry, texts[number], limits, ref total);
                var name = unique.Take(MemberName.Clean(texts[number].Replace('\\', '/')));
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

    // What says that it is Unicode is taken at its word; the rest are read together, as one program wrote them.
    private static string[] TextsOf(IReadOnlyList<ZipArchiveEntry> entries, List<ZipName>? names)
    {
        names ??= [.. entries.Select(e => new ZipName(Encoding.Latin1.GetBytes(e.FullName), IsLatin1(e.FullName) ? null : e.FullName))];
        var reader = new NameReader(ofOneWriter: true);
        foreach (var name in names.Where(n => n.Unicode is null))
            reader.Add(name.Bytes);
        return [.. names.Select(n => n.Unicode ?? reader.Read(n.Bytes))];
    }

    private static bool IsLatin1(string name) => name.All(c => c <= 0xFF);

    private static bool IsFolder(ZipArchiveEntry entry) => entry.FullName.EndsWith('/') || UnixType(entry) == UnixFolder;

    private static int UnixType(ZipArchiveEntry entry) => (entry.ExternalAttributes >> 16) & UnixTypeMask;

    private static ArchiveRefusal? Refusal(ZipArchiveEntry entry, string name, ArchiveLimits limits, ref long total)
    {
        if (MemberName.Refusal(name) is { } unsafeName)
            return unsafeName;
        if (UnixType(entry) is not (0 or UnixRegular))
            return new ArchiveRefusal(ArchiveFault.NoPicture, "no picture: a link or a device");
        if (entry.IsEncrypted)
            return new ArchiveRefusal(ArchiveFault.Encrypted, "encrypted: a password is needed; give it with --password");
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
        var bytes = BoundedReader.ReadExactly(stream, entry.Length);
        var crc = Crc32.HashToUInt32(bytes);
        return crc == entry.Crc32 ? bytes
            : throw new InvalidDataException($"its bytes have the CRC {crc:X8}, and {entry.Crc32:X8} is what the archive says");
    }
}
