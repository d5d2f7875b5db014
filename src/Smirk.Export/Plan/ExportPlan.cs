using System.Security.Cryptography;
using System.Text;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Stages;

namespace Smirk.Export.Plan;

/// <summary>What is exported, decided before any pixel is read.</summary>
/// <param name="Items">In catalog order: what is new comes last.</param>
/// <param name="Classes">Names of the classes, in order; empty without labels.</param>
/// <param name="FirstWords">See <see cref="Captions.FirstWords"/>.</param>
/// <param name="Left">Reason → how many kept pictures are left out.</param>
/// <param name="PackFolder">The pack whose squares are taken; null where pictures are decoded.</param>
internal sealed record ExportPlan(
    IReadOnlyList<ExportItem> Items, IReadOnlyList<string> Classes, int FirstWords, IReadOnlyDictionary<string, long> Left,
    string? PackFolder)
{
    // Raised whenever the same item would get other bytes.
    private const int Version = 1;

    /// <summary>The two parts, the first one alone where there is no validation.</summary>
    public IEnumerable<(string Name, IReadOnlyList<ExportItem> Items)> Parts
    {
        get
        {
            yield return ("train", Items.Where(i => !i.IsValidation).ToList());
            if (Items.Any(i => i.IsValidation))
                yield return ("validation", Items.Where(i => i.IsValidation).ToList());
        }
    }

    /// <summary>The number of an item's class; −1 without labels.</summary>
    public int ClassOf(ExportItem item) => item.Label is null ? -1 : _numbers[item.Label];

    private readonly Dictionary<string, int> _numbers = Classes.Index().ToDictionary(c => c.Item, c => c.Index);

    /// <summary>Decides.</summary>
    /// <exception cref="UsageException">Captions or labels can't be read, or a picture has no label.</exception>
    /// <exception cref="UnusableInputException">Nothing is left to export.</exception>
    public static ExportPlan Decide(SmirkWorkspace workspace, ExportOptions options)
    {
        var captions = new Captions(options);
        var labels = LabelSource.Parse(options.Labels);
        var all = options.Taken == ExportWhat.Pack ? new PackedItems(workspace, options) : (ItemSource)new CatalogItems(workspace, options);
        var credits = new Credits(workspace.Catalog);
        var names = new ExportNames();
        var items = new List<ExportItem>();
        foreach (var item in all.Items())
        {
            var (source, author, license) = credits.Of(all.Facts.FilesOf(item.Picture.Id), all.Facts.Notes, all.Facts.Sources);
            items.Add(item with
            {
                Name = names.Take(item.Row.File, item.Picture.Sha256, all.NumberOf(item)),
                Text = captions.Of(item.Row),
                Label = labels?.Of(item.Row),
                Source = source,
                Author = author,
                License = license,
                Key = KeyOf(item, options),
            });
        }

        if (items.Count == 0)
            throw new UnusableInputException(all.NothingIn(workspace.Folder));
        var validation = ValidationSplit.Of(items.Select(i => i.Row.Group ?? i.Picture.Sha256), options.Split);
        items = items.ConvertAll(i => i with { IsValidation = validation.Contains(i.Row.Group ?? i.Picture.Sha256) });
        return new ExportPlan(items, ClassesOf(items, labels), captions.FirstWords, all.Left, all.PackFolder);
    }

    private static IReadOnlyList<string> ClassesOf(List<ExportItem> items, LabelSource? labels)
    {
        if (labels is null)
            return [];
        var without = items.Where(i => i.Label is null).ToList();
        if (without.Count > 0)
            throw new UsageException($"--labels {labels.Text}: {Counted.Of(without.Count, "picture")} of {items.Count} have no label, the "
                + $"first of them {without[0].Row.File ?? without[0].Picture.Sha256}. Label them, or leave them out with: smirk decide");

        // Numbers as numbers: class 10 comes after class 9.
        return [.. items.Select(i => i.Label!).Distinct().OrderBy(l => int.TryParse(l, out var n) ? n : int.MaxValue)
            .ThenBy(l => l, StringComparer.Ordinal)];
    }

    private static string KeyOf(ExportItem item, ExportOptions options)
    {
        var recipe = item.Recipe is { } r ? FormattableString.Invariant($"{r.X} {r.Y} {r.Width} {r.Height} {r.Angle} {r.Margin}") : "";
        var square = options.Taken == ExportWhat.Pack ? $"{string.Join(',', item.Row.Crop ?? [])} {item.Row.Turned}" : "";
        return Code($"{Version} {options.Taken} {item.Picture.Sha256} {item.Geometry} {recipe} {square}");
    }

    /// <summary>A short code for a text: equal for equal ones.</summary>
    public static string Code(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 10));
}
