using Smirk.Files.Archives.Library;
using Smirk.Files.Names;

namespace Smirk.Files.Archives;

/// <summary>A 7z or RAR file, or a ZIP file of a kind that .NET doesn't read, through libarchive.</summary>
/// <param name="path">The file.</param>
/// <param name="password">For encrypted members; null for none.</param>
internal sealed class LibraryArchive(string path, string? password) : Archive
{
    // A fraction of a second's worth.
    private const long TellEvery = 16_000_000;

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

        var (reader, closed) = Try(() => new LibraryReader(path, raw: false, password));
        using var opened = reader;
        var shown = new NameReader();
        var names = new UniqueNames();
        var (total, told) = (0L, 0L);
        for (var count = 0; closed is null; count++)
        {
            cancel.ThrowIfCancellationRequested();
            var (next, damage) = Try(() => opened!.Next() is { } found ? Found.Of(found.Member, found.Name) : null);
            if (count >= limits.MaxMembers)
                damage = new ArchiveDamage(new ArchiveRefusal(ArchiveFault.TooLarge, $"too large: more than {limits.MaxMembers} members"));

            // What isn't taken is unpacked, too, to get at what comes behind it.
            if (next is not null)
                damage ??= Bomb(total += Math.Max(0, next.Size), file.Length, limits);
            if (damage is not null)
                yield return damage;
            if (damage is not null || next is null)
                yield break;
            if (total - told >= TellEvery)
                unpacked?.Invoke(told = total);
            if (next.IsFolder)
                continue;

            shown.Add(next.Name);
            var text = shown.Read(next.Name).Replace('\\', '/');
            var refusal = Refusal(next, text, limits);
            yield return new ArchiveMember(names.Take(MemberName.Clean(text)), Math.Max(0, next.Size), next.Modified, refusal,
                refusal is null ? () => Read(opened!, next, limits, cancel) : null);
        }

        yield return closed!;
    }

    private sealed record Found(long Size, long Modified, int Kind, bool IsEncrypted, byte[] Name)
    {
        public static Found Of(LibraryMember member, byte[] name) =>
            new(member.Size, member.Modified, member.Kind, member.Encrypted != 0, name);

        public bool IsFolder => Kind == 1;

        public bool IsFile => Kind == 0;
    }

    private static (T? Value, ArchiveDamage? Damage) Try<T>(Func<T?> get)
        where T : class
    {
        try
        {
            return (get(), null);
        }
        catch (EncryptedArchiveException error)
        {
            return (null, new ArchiveDamage(Encrypted(error.Message)));
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return (null, new ArchiveDamage(ArchiveKinds.Reason(error)));
        }
    }

    private static ArchiveDamage? Bomb(long total, long packed, ArchiveLimits limits)
    {
        if (total > limits.MaxTotalBytes)
            return new ArchiveDamage(
                new ArchiveRefusal(ArchiveFault.TooLarge, $"too large: more than {limits.MaxTotalBytes / 1e9:0.##} GB unpacked"));
        return total > limits.RatioFrom && total / Math.Max(1, packed) > limits.MaxRatio
            ? new ArchiveDamage(new ArchiveRefusal(ArchiveFault.Bomb, $"bomb: {packed} bytes unpack to more than {total}")) : null;
    }

    private static ArchiveRefusal Encrypted(string said) =>
        new(ArchiveFault.Encrypted, $"encrypted: {said}; --password gives a ZIP file's, others have to be unpacked first");

    private ArchiveRefusal? Refusal(Found member, string name, ArchiveLimits limits)
    {
        if (MemberName.Refusal(name) is { } unsafeName)
            return unsafeName;
        if (!member.IsFile)
            return new ArchiveRefusal(ArchiveFault.NoPicture, "no picture: a link or a device");
        if (member.IsEncrypted && password is null)
            return Encrypted("a password is needed");
        return member.Size > limits.MaxMemberBytes
            ? new ArchiveRefusal(
                ArchiveFault.TooLong,
                $"too long: {member.Size / 1e6:0.#} MB unpacked, at most {limits.MaxMemberBytes / 1e6:0.##} MB are read")
            : null;
    }

    // What a member says of its length is believed no further than the limits.
    private static byte[] Read(LibraryReader reader, Found member, ArchiveLimits limits, CancellationToken cancel)
    {
        using var bytes = new MemoryStream((int)Math.Clamp(member.Size, 0, limits.MaxMemberBytes));
        var buffer = new byte[256 << 10];
        for (int read; (read = reader.Read(buffer)) > 0; bytes.Write(buffer, 0, read))
        {
            cancel.ThrowIfCancellationRequested();
            if (bytes.Length + read > limits.MaxMemberBytes)
                throw new ArchiveTooMuchException(
                    ArchiveFault.TooLong, $"too long: more than {limits.MaxMemberBytes / 1e6:0.##} MB unpacked");
        }

        return member.Size < 0 || bytes.Length == member.Size ? bytes.ToArray()
            : throw new InvalidDataException($"{bytes.Length} bytes where the archive says {member.Size}");
    }
}
