using System.Security.Cryptography;
using System.Text;
using Smirk.Dataset.Crop.Recipes;
using Smirk.Dataset.Import;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Packs;

namespace Smirk.Dataset.Pack;

/// <summary>Which rows a pack has, decided before any pixel is read.</summary>
/// <param name="Items">One a row, in order.</param>
/// <param name="Text">The whole of pack.jsonl.</param>
/// <param name="Fingerprint">SHA-256 over all that decides the pack's bytes.</param>
internal sealed record PackPlan(IReadOnlyList<PackItem> Items, string Text, string Fingerprint)
{
    // Raised whenever the same rows would get other bytes, such as by another way to shrink.
    private const int Version = 2;

    /// <summary>Decides: every kept picture, but the ones in <paramref name="unreadable"/>; those with crops give one row a crop.</summary>
    public static PackPlan Decide(CatalogDatabase catalog, PackOptions options, IReadOnlySet<long> unreadable)
    {
        var sources = catalog.Sources.All().ToDictionary(s => s.Id);
        var files = new Dictionary<long, SourceFile>();
        foreach (var file in catalog.Files.All().Where(f => f.PictureId is not null))
            files.TryAdd(file.PictureId!.Value, file);
        var crops = catalog.Crops.Chosen().ToLookup(c => c.PictureId);
        var groups = new PictureGroups(catalog);
        var items = new List<PackItem>();
        foreach (var picture in catalog.Pictures.Kept().Where(p => !unreadable.Contains(p.Id)))
        {
            var file = files[picture.Id];
            var source = sources[file.SourceId];
            var whole = new CropRow(0, picture.Id, 0, 0, picture.Width, picture.Height, null, null, "");
            foreach (var part in crops[picture.Id].DefaultIfEmpty(whole))
            {
                var recipe = RecipeOf(part);
                var side = recipe?.Side ?? (options.Fit == PackFit.Crop ? Math.Min(part.Width, part.Height) : Math.Max(part.Width, part.Height));
                var box = recipe?.Square ?? (part == whole ? null : [part.X, part.Y, part.Width, part.Height]);
                var row = new PackRow(
                    items.Count, picture.Sha256, SourcePaths.Full(source, file.Path), source.Path, groups.NameOf(picture), side < options.Size, box, part.Label, recipe is { Angle: not 0 } ? recipe.Angle : null);
                items.Add(new PackItem(picture, part.X, part.Y, part.Width, part.Height, row, recipe));
            }
        }

        var text = PackLines.Text(items.Select(item => item.Row));
        var fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes($"smirk pack {Version}, {options.Size} px, {options.Fit}\n{text}"));
        return new PackPlan(items, text, Convert.ToHexStringLower(fingerprint));
    }

    // A crop with room around it, or a turned one, is a recipe; any other is simply a part of the picture.
    private static CropRecipe? RecipeOf(CropRow part) =>
        part.Margin == 0 && part.Angle == 0 ? null : new CropRecipe(part.X, part.Y, part.Width, part.Height, part.Angle, part.Margin);
}
