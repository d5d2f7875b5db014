using Smirk.Files.Posix;
using Smirk.Files.Strip.Report;

namespace Smirk.Files.Strip;

/// <summary>What became of one file, or would have where nothing was to be written.</summary>
/// <param name="Path">The file, as it was named or found.</param>
/// <param name="Status">Whether it had metadata.</param>
/// <param name="Reason">Why it was refused, or what else has to be known of it (hard links); null where there is nothing to say.</param>
/// <param name="Format">What its bytes are.</param>
/// <param name="Removed">What went.</param>
/// <param name="BytesBefore">Its size.</param>
/// <param name="BytesAfter">Its size when stripped; the same as before where it is not.</param>
public sealed record StrippedFile(
    RawPath Path, StripStatus Status, string? Reason, StripFormat Format, IReadOnlyList<StrippedPart> Removed, long BytesBefore,
    long BytesAfter)
{
    /// <summary>What its metadata says; null where that was not asked for or there is none.</summary>
    public CarriedMetadata? Carried { get; init; }
}

/// <summary>What became of all files.</summary>
/// <param name="Files">Every file, by path.</param>
public sealed record StripResult(IReadOnlyList<StrippedFile> Files)
{
    /// <summary>How many files have the status.</summary>
    public int Count(StripStatus status) => Files.Count(f => f.Status == status);

    /// <summary>Bytes that went, or would go.</summary>
    public long BytesRemoved
    {
        get
        {
            var sum = 0L;
            foreach (var file in Files)
                sum += file.BytesBefore - file.BytesAfter;
            return sum;
        }
    }
}
