namespace Smirk.Files.Strip;

/// <summary>What became of a picture's metadata.</summary>
public enum StripStatus
{
    /// <summary>It had some, and the bytes are new.</summary>
    Stripped,

    /// <summary>It had none; the bytes are as they were.</summary>
    Clean,

    /// <summary>It is damaged or of a format that can't be stripped; the bytes are as they were.</summary>
    Refused,
}

/// <summary>One kind of thing that was removed.</summary>
/// <param name="Name">What it is, as the person reads it: "Exif", "comment", "bytes after the end".</param>
/// <param name="Bytes">How many bytes of it went, what frames them included.</param>
public sealed record StrippedPart(string Name, long Bytes);

/// <summary>A picture with its metadata gone, or the reason why it could not be done.</summary>
/// <param name="Status">Whether something was removed.</param>
/// <param name="Reason">Why it was refused; null otherwise.</param>
/// <param name="Format">The format that the bytes are in, whatever the file's name says.</param>
/// <param name="Removed">What went, in the order of first sight; empty unless stripped.</param>
/// <param name="Bytes">The picture: new when stripped, else the input itself.</param>
public sealed record StripOutcome(
    StripStatus Status, string? Reason, StripFormat Format, IReadOnlyList<StrippedPart> Removed, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>True when it was refused for being damaged; false when strip just doesn't know the format.</summary>
    public bool IsDamaged =>
        Status == StripStatus.Refused && Format is not (StripFormat.Unknown or StripFormat.Bmp);
}
