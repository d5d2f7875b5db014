using Smirk.Dataset.Memory;
using Smirk.Files.Strip;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Reading.Doubts;
using Smirk.Workspace;
using Smirk.Workspace.Blobs;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Import;

/// <summary>What was decided about one file, before the catalog knows of it.</summary>
/// <param name="Found">The file.</param>
/// <param name="Sha256">SHA-256 of its bytes; null when they were not read.</param>
/// <param name="Blob">Name of the stored picture; null when it was refused.</param>
/// <param name="Header">Format and upright size of the stored picture; null when it was refused.</param>
/// <param name="Bytes">Length of the stored picture.</param>
/// <param name="Removed">What was stripped off; null for nothing.</param>
/// <param name="Refusal">Why it can't be used; null when it can.</param>
internal sealed record IntakeOutcome(
    Found Found, string? Sha256, string? Blob, PictureHeader? Header, long Bytes, string? Removed, Reason? Refusal)
{
    /// <summary>Whether it is what the catalog already knew, only its time of change is new.</summary>
    public bool IsSameAsBefore { get; init; }

    /// <summary>A sign that it is damaged although it decodes; null for none.</summary>
    public DamageSign? Doubt { get; init; }
}

/// <summary>Takes one file in: read → hash → check → strip → store. Called from all cores at once.</summary>
internal sealed class Intake(SmirkWorkspace workspace, ImportOptions options, MemoryBudget memory)
{
    /// <summary>Works on one file. Throws only what is about the workspace (a full disk), never what is about the file.</summary>
    public IntakeOutcome Take(Found found) => found switch
    {
        FoundNew file => TakeFile(file),
        FoundUnfit unfit => new IntakeOutcome(found, null, null, null, 0, null, unfit.Refusal),
        _ => new IntakeOutcome(found, null, null, null, 0, null, null),
    };

    private IntakeOutcome TakeFile(FoundNew file)
    {
        byte[] bytes;
        try
        {
            bytes = file.Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Refused(file, null, new Reason(Code.Of(ImportFault.Unreadable), Text: error.Message));
        }

        var sha256 = BlobStore.NameOf(bytes);
        if (file.Before is { Status: FileStatus.Used, PictureId: { } pictureId } before && before.Sha256 == sha256
            && workspace.Catalog.Pictures.Find(pictureId) is { } known && workspace.Pictures.Contains(known.Sha256))
            return new IntakeOutcome(file, sha256, known.Sha256, null, known.Bytes, before.Removed, null) { IsSameAsBefore = true };
        try
        {
            var stripped = MetadataStripper.Strip(bytes);
            if (stripped.Status == StripStatus.Refused || !IsStoredAsItIs(stripped.Format))
                return Reencoded(file, sha256, bytes);

            // Where the same stripped bytes were decoded before, the header is enough: the store compares them with what it has.
            var name = stripped.Bytes.Span.SequenceEqual(bytes) ? sha256 : BlobStore.NameOf(stripped.Bytes.Span);
            DamageSign? doubt = null;
            var header = workspace.Catalog.Pictures.Find(name) is null
                ? PictureCheck.Decode(stripped.Bytes.Span, options, memory, out doubt)
                : PictureCheck.ReadHeader(stripped.Bytes.Span, options);
            workspace.Pictures.Add(name, stripped.Bytes.Span);
            var removed = stripped.Removed.Count == 0 ? null : string.Join(", ", stripped.Removed.Select(part => part.Name));
            return new IntakeOutcome(file, sha256, name, Upright(header), stripped.Bytes.Length, removed, null)
            {
                Doubt = doubt,
            };
        }
        catch (UnusablePictureException error)
        {
            return Refused(file, sha256, new Reason(Code.Of(error.Fault), Text: error.Message));
        }
        catch (RefusedException error)
        {
            return Refused(file, sha256, error.Refusal);
        }
    }

    // Of the other formats (TIFF, BMP, AVIF, HEIC, JPEG XL) only the pixels are stored: every later stage decodes them many times, which
    // takes their decoders long, and not every machine that the workspace is moved to has them.
    private static bool IsStoredAsItIs(StripFormat format) =>
        format is StripFormat.Jpeg or StripFormat.Png or StripFormat.WebP or StripFormat.Gif;

    private IntakeOutcome Reencoded(FoundNew file, string sha256, byte[] bytes)
    {
        var (png, header) = PictureCheck.AsPng(bytes, options, memory);
        var name = BlobStore.NameOf(png);
        workspace.Pictures.Add(name, png);
        return new IntakeOutcome(
            file, sha256, name, Upright(header) with { Format = PictureFormat.Png }, png.Length,
            $"all but the pixels ({header.Format} stored as PNG)", null);
    }

    private static PictureHeader Upright(PictureHeader header) =>
        header.IsTurned ? header with { Width = header.Height, Height = header.Width } : header;

    private static IntakeOutcome Refused(FoundNew file, string? sha256, Reason refusal) => new(file, sha256, null, null, 0, null, refusal);
}
