namespace Smirk.Files.Archives;

/// <summary>What is wrong with a member, or with the archive.</summary>
public enum ArchiveFault
{
    /// <summary>A member is no file.</summary>
    NoPicture,

    /// <summary>A member's name tries to get out of the archive.</summary>
    UnsafeName,

    /// <summary>A password is needed.</summary>
    Encrypted,

    /// <summary>A member has too many bytes.</summary>
    TooLong,

    /// <summary>The archive has too many members or bytes.</summary>
    TooLarge,

    /// <summary>It unpacks to far more than any real one.</summary>
    Bomb,

    /// <summary>It can't be unpacked.</summary>
    Damaged,

    /// <summary>Its file can't be opened.</summary>
    UnreadableArchive,
}

/// <summary>Why something isn't taken out of an archive.</summary>
/// <param name="Fault">What is wrong, to count and sort by.</param>
/// <param name="Words">The same for a person, in one line.</param>
public sealed record ArchiveRefusal(ArchiveFault Fault, string Words);

/// <summary>One member of an archive.</summary>
/// <param name="Name">Its name, with '/', as a person may see it (control characters replaced).</param>
/// <param name="Size">Bytes, unpacked, as the archive says.</param>
/// <param name="ModifiedTicks">Last change, ticks of 100 ns.</param>
/// <param name="Refusal">Why it isn't taken; null when it is.</param>
/// <param name="Read">Gives its bytes; only until the next member is asked for. Null when refused.</param>
public record ArchiveMember(string Name, long Size, long ModifiedTicks, ArchiveRefusal? Refusal, Func<byte[]>? Read);

/// <summary>The archive itself can't be read further; always the last thing that comes.</summary>
/// <param name="Reason">Why.</param>
public sealed record ArchiveDamage(ArchiveRefusal Reason) : ArchiveMember("", 0, 0, Reason, null);
