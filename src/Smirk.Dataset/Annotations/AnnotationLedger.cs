using Smirk.Dataset.Crop;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Annotations;

/// <summary>Writes what came with pictures into the catalog: texts as notes of their files, boxes as crops.</summary>
internal sealed class AnnotationLedger(CatalogDatabase catalog)
{
    private const string Face = "face";

    /// <summary>Writes it for one source; returns how many pictures have something, and how many boxes there are.</summary>
    public (int Pictures, int Boxes) Write(IEnumerable<SourceFile> files, IReadOnlyDictionary<string, PictureNotes> notes)
    {
        var (pictures, boxes) = (0, 0);
        catalog.InTransaction(() =>
        {
            foreach (var file in files.Where(f => f.PictureId is not null && notes.ContainsKey(f.Path)))
            {
                var said = notes[file.Path];
                catalog.Notes.Put(file.Id, said.Fields);
                pictures++;
                if (said.Boxes is not null)
                    boxes += WriteBoxes(catalog.Pictures.Find(file.PictureId!.Value)!, said.Boxes);
            }
        });
        return (pictures, boxes);
    }

    // Faces get the room around them that faces get; what else was marked is cut as it was.
    private int WriteBoxes(StoredPicture picture, List<NotedBox> boxes)
    {
        catalog.Crops.ClearImported(picture.Id);
        var written = 0;
        foreach (var box in boxes)
        {
            var (across, down) = box.IsShare ? (picture.Width, picture.Height) : (1, 1);
            var (x, y) = (Math.Clamp(Round(box.X * across), 0, picture.Width - 1), Math.Clamp(Round(box.Y * down), 0, picture.Height - 1));
            var right = Math.Clamp(Round((box.X + box.Width) * across), x + 1, picture.Width);
            var bottom = Math.Clamp(Round((box.Y + box.Height) * down), y + 1, picture.Height);
            catalog.Crops.Add(new CropRow(0, picture.Id, x, y, right - x, bottom - y, null, box.Label, CropRow.Imported)
            {
                Margin = string.Equals(box.Label, Face, StringComparison.OrdinalIgnoreCase) ? new CropOptions().Margin : 0,
            });
            written++;
        }

        return written;
    }

    private static int Round(double value) => (int)Math.Round(value);
}
