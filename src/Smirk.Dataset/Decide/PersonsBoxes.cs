using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Stage;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Decide;

/// <summary>A person's boxes: a decision in the log says which they are, and the crops are made of it. They stay when the faces are
/// searched again.</summary>
/// <param name="catalog">The catalog, open to write.</param>
internal sealed class PersonsBoxes(CatalogDatabase catalog)
{
    /// <summary>The kind of a decision that says what to cut.</summary>
    public const string Kind = "boxes";

    private const string BoxCode = "box";

    /// <summary>The decision that makes <paramref name="boxes"/> the only crops of the picture.</summary>
    /// <exception cref="UsageException">One of them doesn't lie in the picture.</exception>
    public static Decision Word(StoredPicture picture, IReadOnlyList<PersonsBox> boxes)
    {
        if (boxes.FirstOrDefault(b => b.X + b.Width > picture.Width || b.Y + b.Height > picture.Height) is { Width: > 0 } box)
            throw new UsageException(
                $"--box {box.X},{box.Y},{box.Width},{box.Height} doesn't lie in the picture, which has {picture.Width} × {picture.Height} "
                    + "pixels.");
        return new Decision
        {
            Subject = DecisionSubject.Picture,
            SubjectId = picture.Id,
            Stage = CropStage.Name,
            Verdict = Verdict.Keep,
            Kind = Kind,
            Reasons = [.. boxes.Select(b => b.Angle == 0 ? Reason.Of(BoxCode, b.X, b.Y, b.Width, b.Height)
                : Reason.Of(BoxCode, b.X, b.Y, b.Width, b.Height, b.Angle))],
            By = Decision.Person,
        };
    }

    /// <summary>Makes the crops what the log says now. To be called in the transaction that changed it.</summary>
    public void Follow(IEnumerable<DecisionChange> changes)
    {
        foreach (var change in changes.Where(c => (c.After ?? c.Before)!.Stage == CropStage.Name))
        {
            var picture = (change.After ?? change.Before)!.SubjectId;
            catalog.Crops.ClearPerson(picture);
            foreach (var box in change.After?.Reasons ?? Reasons.None)
            {
                var (x, y, width, height) = ((int)box[0], (int)box[1], (int)box[2], (int)box[3]);
                catalog.Crops.Add(new CropRow(0, picture, x, y, width, height, null, "face",
                    Decision.Person)
                { Margin = new CropOptions().Margin, Angle = box.Numbers!.Count > 4 ? box[4] : 0 });
            }
        }
    }
}
