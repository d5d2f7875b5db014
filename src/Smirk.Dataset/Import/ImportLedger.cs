using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Import;

/// <summary>Writes what was decided into the catalog, in the order of the scan, so that rows get the same numbers in every undisturbed
/// run.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="source">The source.</param>
/// <param name="known">What was known of it before, by path.</param>
/// <param name="tally">Told of everything.</param>
internal sealed class ImportLedger(
    CatalogDatabase catalog, Source source, IReadOnlyDictionary<string, SourceFile> known, ImportTally tally)
{
    /// <summary>Writes what was decided about one file; to be called within a transaction.</summary>
    public void Write(IntakeOutcome outcome)
    {
        switch (outcome.Found)
        {
            case FoundKnown { File.Status: FileStatus.Opened }:
                tally.Opened();
                break;
            case FoundKnown { File.Status: FileStatus.Used }:
                tally.Use(unchanged: true);
                break;
            case FoundKnown refused:
                tally.Refuse(Shown(refused.Path), refused.File.Refusal!, unchanged: true);
                break;
            case FoundArchiveEnd:
                catalog.Files.Put(Row(outcome, FileStatus.Opened, null));
                tally.Opened();
                break;
            default:
                WriteFile(outcome);
                break;
        }
    }

    private void WriteFile(IntakeOutcome outcome)
    {
        if (outcome.Refusal is not null)
        {
            Put(Row(outcome, FileStatus.Refused, null));
            tally.Refuse(Shown(outcome.Found.Path), outcome.Refusal, unchanged: false);
            return;
        }

        var picture = outcome.Header is { } header
            ? catalog.Pictures.GetOrAdd(
                outcome.Blob!, header.Format.ToString().ToLowerInvariant(), header.Width, header.Height, outcome.Bytes)
            : catalog.Pictures.Find(outcome.Blob!)!;
        Put(Row(outcome, FileStatus.Used, picture.Id));
        if (outcome.Doubt is { } sign)
            tally.Doubt(picture.Id, sign);
        tally.Use(unchanged: outcome.IsSameAsBefore);
    }

    // The picture that was there goes with the file, unless another file holds it.
    private void Put(SourceFile file)
    {
        catalog.Files.Put(file);
        if (known.GetValueOrDefault(file.Path)?.PictureId is { } before && before != file.PictureId
            && catalog.Files.OfPicture(before).Count == 0)
            tally.Replace();
    }

    private SourceFile Row(IntakeOutcome outcome, FileStatus status, long? pictureId) => new()
    {
        SourceId = source.Id,
        Path = outcome.Found.Path,
        Size = outcome.Found.Size,
        ModifiedTicks = outcome.Found.ModifiedTicks,
        Sha256 = outcome.Sha256,
        PictureId = pictureId,
        Status = status,
        Refusal = outcome.Refusal,
        Removed = outcome.Removed,
    };

    private string Shown(string path) => SourcePaths.Full(source, path);
}
