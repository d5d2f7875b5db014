using System.Security.Cryptography;
using System.Text;
using Smirk.Dataset.Crop.Recipes;
using Smirk.Dataset.Import;
using Smirk.Workspace;
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
    public static PackPlan Decide(SmirkWorkspace workspace, PackOptions options, IReadOnlySet<long> unreadable)
    {
        var catalog = workspace.Catalog;
        var sources = catalog.Sources.All().ToDictionary(s => s.Id);
        var files = catalog.Files.All().Where(f => f.PictureId is not null).ToLookup(f => f.PictureId!.Value);
        var notes = catalog.Notes.All();
        var crops = catalog.Crops.Chosen().ToLookup(c => c.PictureId);
        var groups = new PictureGroups(catalog);
        var items = new List<PackItem>();
        foreach (var picture in catalog.Pictures.Kept().Where(p => !unreadable.Contains(p.Id)))
        {
            var file = files[picture.Id].First();
            var fields = FileFields.Of(files[picture.Id], notes);
            var source = sources[file.SourceId];
            var whole = new CropRow(0, picture.Id, 0, 0, picture.Width, picture.Height, null, null, "");
            foreach (var part in crops[picture.Id].DefaultIfEmpty(whole))
            {
                var recipe = RecipeOf(part);
                var side = PackItem.SideOf(recipe, part.Width, part.Height, options.Fit);
                var box = recipe?.Square ?? (part == whole ? null : [part.X, part.Y, part.Width, part.Height]);
                var row = new PackRow(
                    items.Count, picture.Sha256, workspace.Relative(SourcePaths.Full(source, file.Path)), workspace.Relative(source.Path),
                    groups.NameOf(picture), side < options.Size, box, part.Label, recipe is { Angle: not 0 } ? recipe.Angle : null, fields);
                items.Add(new PackItem(picture, part.X, part.Y, part.Width, part.Height, row, recipe));
            }
        }

        var text = PackLines.Text(items.Select(item => item.Row));
        return new PackPlan(items, text, FingerprintOf(options, text));
    }

    /// <summary>Whether the pack in <paramref name="folder"/> is one of this plan.</summary>
    public bool IsThere(string folder, PackOptions options)
    {
        if (PackFolder.FingerprintOf(folder) is not { } fingerprint)
            return false;
        if (fingerprint == Fingerprint)
            return true;

        // Packs of older versions name files in the workspace by their whole path, which may have been another then. Their rows are the
        // same all the same.
        var there = Path.Combine(folder, PackFolder.Lines);
        return fingerprint == FingerprintOf(options, File.ReadAllText(there))
            && PackLines.Read(there).Select(WithoutPaths).SequenceEqual(Items.Select(i => WithoutPaths(i.Row)));
    }

    private static string FingerprintOf(PackOptions options, string text) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"smirk pack {Version}, {options.Size} px, {options.Fit}\n{text}")));

    private static string WithoutPaths(PackRow row) => PackLines.Text([row with { File = "", Source = "" }]);

    // A crop with room around it, or a turned one, is a recipe; any other is simply a part of the picture.
    internal static CropRecipe? RecipeOf(CropRow part) => part.Margin == 0 && part.Angle == 0 ? null : CropRecipe.Of(part);
}
