namespace Smirk.Files.Archives;

/// <summary>One member of an archive.</summary>
/// <param name="Name">Its name, with '/', as a person may see it (control characters replaced).</param>
/// <param name="Size">Bytes, unpacked, as the archive says.</param>
/// <param name="ModifiedTicks">Last change, ticks of 100 ns.</param>
/// <param name="Refusal">Why it isn't taken; null when it is.</param>
/// <param name="Read">Gives its bytes; only until the next member is asked for. Null when refused.</param>
public record ArchiveMember(string Name, long Size, long ModifiedTicks, string? Refusal, Func<byte[]>? Read);

/// <summary>The archive itself can't be read further; always the last thing that comes.</summary>
/// <param name="Reason">Why.</param>
public sealed record ArchiveDamage(string Reason) : ArchiveMember("", 0, 0, Reason, null);
