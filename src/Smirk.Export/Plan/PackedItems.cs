using System.Globalization;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Export.Plan;

/// <summary>The squares of a pack.</summary>
internal sealed class PackedItems : ItemSource
{
    private readonly SmirkWorkspace _workspace;
    private readonly IReadOnlyList<PackRow> _rows;
    private readonly int _size;
    private readonly HashSet<string> _cut;

    /// <summary>Opens the pack of the size that was asked for, or the largest one.</summary>
    /// <exception cref="UnusableInputException">There is none.</exception>
    public PackedItems(SmirkWorkspace workspace, ExportOptions options)
        : base(workspace)
    {
        _workspace = workspace;
        var folder = options.Size is { } size ? workspace.PackFolder(size) : Largest(workspace);
        using var pack = PackReader.Open(folder ?? workspace.PackFolder(64));
        (PackFolder, _rows, _size) = (pack.Folder, pack.Rows, pack.Size);
        _cut = [.. _rows.GroupBy(r => r.Picture).Where(g => g.Count() > 1 || g.First().Crop is not null).Select(g => g.Key)];
    }

    /// <inheritdoc/>
    public override string? PackFolder { get; }

    /// <inheritdoc/>
    public override IEnumerable<ExportItem> Items()
    {
        var pictures = _workspace.Catalog.Pictures.All().ToDictionary(p => p.Sha256);
        foreach (var row in _rows)
        {
            var picture = pictures.GetValueOrDefault(row.Picture)
                ?? throw new UnusableInputException($"{PackFolder} holds a picture that the catalog doesn't know any more ({row.Picture}). "
                    + "Make the pack again with: smirk pack");
            var geometry = new Geometry(0, 0, _size, _size, _size, _size);
            var known = Facts.RowOf(picture);
            yield return new ExportItem(picture, row with { Fields = known.Fields, Group = row.Group ?? known.Group }, "", geometry);
        }
    }

    /// <inheritdoc/>
    public override int NumberOf(ExportItem item)
    {
        if (!_cut.Contains(item.Row.Picture))
            return 0;
        var first = item.Row.Row;
        while (first > 0 && _rows[first - 1].Picture == item.Row.Picture)
            first--;
        return item.Row.Row - first + 1;
    }

    /// <inheritdoc/>
    public override string NothingIn(string folder) => $"The pack {PackFolder} is empty. Make it again with: smirk pack -w {folder}";

    private static string? Largest(SmirkWorkspace workspace)
    {
        var packs = Path.Combine(workspace.Folder, WorkspaceFiles.Packs);
        return !Directory.Exists(packs) ? null : Directory.EnumerateDirectories(packs)
            .Where(Workspace.Packs.PackFolder.Exists)
            .MaxBy(f => int.TryParse(Path.GetFileName(f), CultureInfo.InvariantCulture, out var size) ? size : 0);
    }
}
