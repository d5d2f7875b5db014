using System.Formats.Tar;

namespace Smirk.Files.Archives;

/// <summary>A tar file, packed or not.</summary>
/// <param name="path">The file.</param>
/// <param name="unpack">Gives the tar in the opened file.</param>
/// <param name="judgesAtEnd">Whether what unpacks it tells only after its last byte that it failed.</param>
internal sealed class TarArchive(string path, Func<Stream, Stream> unpack, bool judgesAtEnd = false) : Archive
{
    // What tar programs fill the last block up with, and more.
    private const int MostPadding = 64 << 10;

    // Long names and the like, which the reader takes into memory before a member is seen.
    private const long MostHeaderBytes = 4_000_000;

    /// <inheritdoc/>
    public override IEnumerable<ArchiveMember> Members(
        ArchiveLimits limits, Action<long>? unpacked = null, CancellationToken cancel = default)
    {
        using var file = Open(out var gone);
        if (file is null)
        {
            yield return gone!;
            yield break;
        }

        using var plain = unpack(file);
        using var metered = new MeteredStream(plain, file.Length, limits, unpacked, cancel);
        using var tar = new TarReader(metered, leaveOpen: true);
        var names = new HashSet<string>();
        for (var count = 0; ; count++)
        {
            var (entry, damage) = Next(tar, metered);
            if (count >= limits.MaxMembers)
                damage = new ArchiveDamage(new ArchiveRefusal(ArchiveFault.TooLarge, $"too large: more than {limits.MaxMembers} members"));
            if (damage is null && entry is null && judgesAtEnd)
                damage = End(metered);
            if (damage is not null)
                yield return damage;
            if (damage is not null || entry is null)
                yield break;

            var member = Member(entry, limits, metered);
            if (member is not null && names.Add(member.Name))
                yield return member;

            // What the consumer left unread is skipped here, where bytes are counted as a member's and not as a header's.
            if (Skip(entry, metered, limits) is { } broken)
            {
                yield return broken;
                yield break;
            }
        }
    }

    // It was there a moment ago, when its kind was told.
    private FileStream? Open(out ArchiveDamage? gone)
    {
        gone = null;
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            gone = new ArchiveDamage(new ArchiveRefusal(ArchiveFault.UnreadableArchive, $"unreadable: {error.Message.TrimEnd('.')}"));
            return null;
        }
    }

    private static (TarEntry? Entry, ArchiveDamage? Damage) Next(TarReader tar, MeteredStream metered)
    {
        try
        {
            metered.Allow(MostHeaderBytes);
            return (tar.GetNextEntry(), null);
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return (null, new ArchiveDamage(ArchiveKinds.Reason(error)));
        }
    }

    private static ArchiveDamage? End(MeteredStream metered)
    {
        try
        {
            metered.Allow(MostPadding);
            _ = metered.ReadAtLeast(new byte[MostPadding], MostPadding, throwOnEndOfStream: false);
            return null;
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return new ArchiveDamage(ArchiveKinds.Reason(error));
        }
    }

    private static ArchiveMember? Member(TarEntry entry, ArchiveLimits limits, MeteredStream metered)
    {
        if (entry.EntryType is TarEntryType.Directory or TarEntryType.DirectoryList or TarEntryType.GlobalExtendedAttributes)
            return null;
        var (modified, refusal) = (entry.ModificationTime.UtcTicks, Refusal(entry, limits));
        return new ArchiveMember(MemberName.Clean(entry.Name), entry.Length, modified, refusal, refusal is null ? Read : null);

        byte[] Read()
        {
            metered.Allow(entry.Length + 1024);
            return entry.DataStream is null ? [] : BoundedReader.ReadExactly(entry.DataStream, entry.Length);
        }
    }

    private static ArchiveRefusal? Refusal(TarEntry entry, ArchiveLimits limits)
    {
        if (MemberName.Refusal(entry.Name) is { } unsafeName)
            return unsafeName;
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
            return new ArchiveRefusal(ArchiveFault.NoPicture, "no picture: a link or a device");
        return entry.Length > limits.MaxMemberBytes
            ? new ArchiveRefusal(
                ArchiveFault.TooLong,
                $"too long: {entry.Length / 1e6:0.#} MB unpacked, at most {limits.MaxMemberBytes / 1e6:0.##} MB are read")
            : null;
    }

    private static ArchiveDamage? Skip(TarEntry entry, MeteredStream metered, ArchiveLimits limits)
    {
        try
        {
            metered.Allow(Math.Min(entry.Length, limits.MaxTotalBytes) + 1024);
            entry.DataStream?.CopyTo(Stream.Null);
            return null;
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return new ArchiveDamage(ArchiveKinds.Reason(error));
        }
    }
}
