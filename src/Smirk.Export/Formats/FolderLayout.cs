using System.Text;
using Smirk.Export.Output;
using Smirk.Export.Plan;

namespace Smirk.Export.Formats;

/// <summary>Pictures in folders, a caption beside each, and metadata.jsonl: <see cref="ExportFormat.Folder"/> is one flat folder,
/// <see cref="ExportFormat.ImageFolder"/> has a folder a split and, with labels, one a class in it.</summary>
internal static class FolderLayout
{
    /// <summary>Writes it.</summary>
    public static void Write(ExportRun run, OutputTree tree)
    {
        var columns = Columns.Of(run.Plan.Items);
        foreach (var (part, items) in run.Plan.Parts)
        {
            var folder = run.Options.Format == ExportFormat.Folder ? "" : part + "/";
            run.Put(tree, items, item => folder + Below(run, item) + ".png");
            foreach (var item in items.Where(i => i.Text is not null && run.IsUsable(i)))
                tree.PutText($"{folder}{Below(run, item)}.txt", item.Text + "\n");
            tree.PutStream(folder + "metadata.jsonl", null, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
                foreach (var item in items.Where(run.IsUsable))
                    writer.WriteLine(ItemJson.Line(item, Below(run, item) + ".png", columns));
            });
        }
    }

    // Classes are folders where the layout has such.
    private static string Below(ExportRun run, ExportItem item) =>
        run.Options.Format == ExportFormat.ImageFolder && item.Label is { } label ? $"{ClassFolder(label)}/{item.Name}" : item.Name;

    /// <summary>A class's folder: its name, unless that can't be one.</summary>
    public static string ClassFolder(string label) =>
        label.AsSpan().IndexOfAny('/', '\\', '\0') < 0 && label is not ("." or "..") ? label : "class-" + ExportNames.Slug(label);
}
