using System.Security.Cryptography;
using System.Text;
using Smirk.Dataset.Import;
using Smirk.Workspace;
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
            foreach (var crop in crops[picture.Id].DefaultIfEmpty())
            {
                var part = crop is null ? PackPart.Whole(picture) : PackPart.Of(crop, picture, options);
                var row = new PackRow(
                    items.Count, picture.Sha256, workspace.Relative(SourcePaths.Full(source, file.Path)), workspace.Relative(source.Path),
                    groups.NameOf(picture), part.Side(options) < options.Size, crop is null ? null : part.Box, crop?.Label,
                    part.Recipe is { Angle: not 0 } turned ? turned.Angle : null, fields);
                items.Add(new PackItem(picture, part, row));
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

        // Rolls of before their ruling was kept are packed anew, which takes a second and changes none of their pixels.
        if (PackRolls.Usual(options.Size, Items) is { } roll && PackFolder.RollOf(folder) != roll)
            return false;
        if (fingerprint == Fingerprint)
            return true;

        // Packs of older versions name files in the workspace by their whole path, which may have been another then. Their rows are the
        // same all the same.
        var there = Path.Combine(folder, PackFolder.Lines);
        return fingerprint == FingerprintOf(options, File.ReadAllText(there))
            && PackLines.Read(there).Select(WithoutPaths).SequenceEqual(Items.Select(i => WithoutPaths(i.Row)));
    }

    // Packs of 1:1 are told as before there were others.
    private static string FingerprintOf(PackOptions options, string text)
    {
        var shape = options.Aspect.IsSquare ? "" : $", {options.Aspect}";
        return Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"smirk pack {Version}, {options.Size} px, {options.Fit}{shape}\n{text}")));
    }

    private static string WithoutPaths(PackRow row) => PackLines.Text([row with { File = "", Source = "" }]);
}
