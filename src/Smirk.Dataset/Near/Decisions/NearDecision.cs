namespace Smirk.Dataset.Near.Decisions;

/// <summary>What a person said about pictures of folders.</summary>
/// <param name="At">When.</param>
/// <param name="Verdict">What.</param>
/// <param name="Pictures">About which: one or more to be kept, two or more otherwise, each pair of which is meant.</param>
public sealed record NearDecision(DateTimeOffset At, FolderVerdict Verdict, IReadOnlyList<NamedPicture> Pictures);

/// <summary>What a person can say about pictures of folders.</summary>
public enum FolderVerdict
{
    /// <summary>It stays whatever is found, and a group that it is in is kept as this picture.</summary>
    Keep,

    /// <summary>Related, but both stay; the pair is still listed as alternates.</summary>
    Alternate,

    /// <summary>Unrelated: the pair is never listed again.</summary>
    NotDuplicate,
}

/// <summary>A picture by its content, so that it may be renamed or moved.</summary>
/// <param name="Name">What it was called; for the reader.</param>
/// <param name="Sha256">SHA-256 of the file, in lower-case hexadecimal digits.</param>
/// <param name="Pixels">What files have in common that differ in metadata or lossless format only, 32 hexadecimal digits; null when nobody
/// decoded it.</param>
public sealed record NamedPicture(string Name, string Sha256, string? Pixels);
