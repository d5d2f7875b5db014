using System.Globalization;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Export.Plan;

/// <summary>The pictures of a pack, in the shape that they are shown in.</summary>
internal sealed class PackedItems : ItemSource
{
    private readonly SmirkWorkspace _workspace;
    private readonly IReadOnlyList<PackRow> _rows;
    private readonly Geometry _geometry;
    private readonly HashSet<string> _cut;

    /// <summary>Opens the pack of the size that was asked for, or the largest one.</summary>
    /// <exception cref="UnusableInputException">There is none.</exception>
    /// <exception cref="UsageException">The format needs squares, and the pack's pictures have another shape.</exception>
    public PackedItems(SmirkWorkspace workspace, ExportOptions options)
        : base(workspace)
    {
        _workspace = workspace;
        var folder = options.Size is { } size ? workspace.PackFolder(size) : Largest(workspace);
        using var pack = PackReader.Open(folder ?? workspace.PackFolder(64));
        if (options.Format == ExportFormat.StyleGan && !pack.Aspect.IsSquare)
            throw new UsageException($"--format stylegan: its networks learn squares, and {pack.Folder} holds pictures of {pack.Aspect}. "
                + $"Cut squares with --what pictures --size {pack.Size}, or make a square pack with: smirk pack --aspect 1:1");
        var (width, height) = pack.Aspect.Shown(pack.Size);
        (PackFolder, _rows, _geometry) = (pack.Folder, pack.Rows, new Geometry(0, 0, width, height, width, height));
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
            var known = Facts.RowOf(picture);
            yield return new ExportItem(picture, row with { Fields = known.Fields, Group = row.Group ?? known.Group }, "", _geometry);
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
