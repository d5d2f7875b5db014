using Smirk.Files.Names;

namespace Smirk.Files.Archives;

/// <summary>A tar file, packed or not.</summary>
/// <param name="path">The file.</param>
/// <param name="unpack">Gives the tar in the opened file.</param>
/// <param name="judgesAtEnd">Whether what unpacks it tells only after its last byte that it failed.</param>
internal sealed class TarArchive(string path, Func<Stream, Stream> unpack, bool judgesAtEnd = false) : Archive
{
    // What tar programs fill the last block up with, and more.
    private const int MostPadding = 64 << 10;

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

        using var plain = unpack(file);
        using var metered = new MeteredStream(plain, file.Length, limits, unpacked, cancel);
        var reader = new TarReader(metered);
        var shown = new NameReader();
        var names = new UniqueNames();
        for (var count = 0; ; count++)
        {
            var (header, damage) = Next(reader);
            if (count >= limits.MaxMembers)
                damage = new ArchiveDamage(new ArchiveRefusal(ArchiveFault.TooLarge, $"too large: more than {limits.MaxMembers} members"));
            if (damage is null && header is null && judgesAtEnd)
                damage = End(metered);
            if (damage is not null)
                yield return damage;
            if (damage is not null || header is null)
                yield break;
            if (reader.Skipped is { } skipped)
                yield return new ArchiveMember(names.Take("damaged header"), 0, 0, new ArchiveRefusal(ArchiveFault.Damaged, skipped), null);
            if (header.IsFolder)
                continue;

            shown.Add(header.Name);
            var text = shown.Read(header.Name);
            var refusal = Refusal(header, text, limits);
            yield return new ArchiveMember(
                names.Take(MemberName.Clean(text)), header.Size, header.ModifiedTicks, refusal, refusal is null ? reader.ReadData : null);
        }
    }

    private static (TarHeader? Header, ArchiveDamage? Damage) Next(TarReader reader)
    {
        try
        {
            return (reader.Next(), null);
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

    private static ArchiveRefusal? Refusal(TarHeader header, string name, ArchiveLimits limits)
    {
        if (MemberName.Refusal(name) is { } unsafeName)
            return unsafeName;
        if (!header.IsFile)
            return new ArchiveRefusal(
                ArchiveFault.NoPicture, header.Type == 'S' ? "no picture: a sparse file" : "no picture: a link or a device");
        return header.Size > limits.MaxMemberBytes
            ? new ArchiveRefusal(
                ArchiveFault.TooLong,
                $"too long: {header.Size / 1e6:0.#} MB unpacked, at most {limits.MaxMemberBytes / 1e6:0.##} MB are read")
            : null;
    }
}
