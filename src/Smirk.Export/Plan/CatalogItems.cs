using Smirk.Dataset.Crop.Recipes;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Export.Plan;

/// <summary>Whole kept pictures, or the crops of them.</summary>
internal sealed class CatalogItems(SmirkWorkspace workspace, ExportOptions options) : ItemSource(workspace)
{
    private readonly SmirkWorkspace _workspace = workspace;
    private readonly ILookup<long, CropRow> _crops = workspace.Catalog.Crops.Chosen().ToLookup(c => c.PictureId);

    /// <inheritdoc/>
    public override IEnumerable<ExportItem> Items()
    {
        foreach (var picture in _workspace.Catalog.Pictures.Kept())
        {
            if (options.Taken == ExportWhat.Pictures)
            {
                yield return Whole(picture);
                continue;
            }

            if (!_crops[picture.Id].Any())
                Left["without a crop"] = Left.GetValueOrDefault("without a crop") + 1;
            foreach (var (number, crop) in _crops[picture.Id].Index())
                yield return Cut(picture, crop, number);
        }
    }

    /// <inheritdoc/>
    public override int NumberOf(ExportItem item) => options.Taken == ExportWhat.Crops ? item.Row.Row + 1 : 0;

    /// <inheritdoc/>
    public override string NothingIn(string folder) => Left.Count > 0
        ? $"No picture of {folder} has a crop. Cut faces with: smirk crop -w {folder}"
        : $"{folder} keeps no picture. Import some with: smirk import SOURCE -w {folder}";

    private ExportItem Whole(StoredPicture picture)
    {
        var geometry = Geometry.Of(0, 0, picture.Width, picture.Height, options);
        return new ExportItem(picture, Facts.RowOf(picture), "", geometry)
        {
            Boxes = [.. _crops[picture.Id].Where(c => c.Label is not (null or "centre"))
                .Select(c => geometry.Map(c.X, c.Y, c.Width, c.Height, c.Label!)).OfType<ExportBox>()],
        };
    }

    private ExportItem Cut(StoredPicture picture, CropRow crop, int number)
    {
        var row = Facts.RowOf(picture) with { Row = number, Label = crop.Label };
        if (crop.Margin == 0 && crop.Angle == 0)
        {
            var (left, top) = (Math.Clamp(crop.X, 0, picture.Width - 1), Math.Clamp(crop.Y, 0, picture.Height - 1));
            var (right, bottom) =
                (Math.Clamp(crop.X + crop.Width, left + 1, picture.Width), Math.Clamp(crop.Y + crop.Height, top + 1, picture.Height));
            var part = Geometry.Of(left, top, right - left, bottom - top, options);
            return new ExportItem(picture, row with { Crop = [left, top, right - left, bottom - top] }, "", part)
            {
                Boxes = part.Map(crop.X, crop.Y, crop.Width, crop.Height, crop.Label ?? "crop") is { } whole ? [whole] : [],
            };
        }

        var recipe = CropRecipe.Of(crop);
        var side = Math.Max(1, (int)Math.Round(recipe.Side));
        var geometry = Geometry.Of(0, 0, side, side, options);

        // The crop is turned so that the face is upright: then it stands straight below the crop's middle.
        var (x, y) = recipe.Centre;
        var up = Math.Sqrt(Math.Pow(x - (crop.X + (crop.Width / 2.0)), 2) + Math.Pow(y - (crop.Y + (crop.Height / 2.0)), 2));
        var (across, down) = ((side - crop.Width) / 2.0, ((side - crop.Height) / 2.0) + up);
        var face = geometry.Map(across, down, crop.Width, crop.Height, crop.Label ?? "face");
        return new ExportItem(picture, row with { Crop = recipe.Square, Turned = crop.Angle == 0 ? null : crop.Angle }, "", geometry)
        {
            Recipe = recipe,
            Boxes = face is null ? [] : [face],
        };
    }
}
