using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Import;

/// <summary>Something the scan of a source came upon, in a stable order.</summary>
/// <param name="Path">Path inside the source, with '/'; archive!member for members.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModifiedTicks">Last change, ticks of 100 ns (UTC).</param>
internal abstract record Found(string Path, long Size, long ModifiedTicks);

/// <summary>A file that is new or has changed.</summary>
/// <param name="Path">Path inside the source.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModifiedTicks">Last change.</param>
/// <param name="Read">Gives the bytes; may be called from any thread, once.</param>
/// <param name="Held">Bytes that already lie in memory for it: archive members, which can only be read in turn.</param>
/// <param name="Before">What was known of the file under that path; null for a new one.</param>
internal sealed record FoundNew(string Path, long Size, long ModifiedTicks, Func<byte[]> Read, long Held, SourceFile? Before)
    : Found(Path, Size, ModifiedTicks);

/// <summary>A file that is as it was.</summary>
/// <param name="File">What is known of it.</param>
internal sealed record FoundKnown(SourceFile File) : Found(File.Path, File.Size, File.ModifiedTicks);

/// <summary>Something that isn't even read.</summary>
/// <param name="Path">Path inside the source.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModifiedTicks">Last change.</param>
/// <param name="Refusal">Why.</param>
internal sealed record FoundUnfit(string Path, long Size, long ModifiedTicks, Reason Refusal) : Found(Path, Size, ModifiedTicks);

/// <summary>The end of an archive, after all its members: it need not be opened again while it stays as it is.</summary>
/// <param name="Path">Path inside the source.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModifiedTicks">Last change.</param>
internal sealed record FoundArchiveEnd(string Path, long Size, long ModifiedTicks) : Found(Path, Size, ModifiedTicks);
