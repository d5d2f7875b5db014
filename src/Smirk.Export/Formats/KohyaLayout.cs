using System.Globalization;
using System.Text;
using Smirk.Export.Output;
using Smirk.Export.Plan;

namespace Smirk.Export.Formats;

/// <summary>N_trigger/ with a caption beside each picture, and dataset.toml for kohya's sd-scripts.</summary>
internal static class KohyaLayout
{
    /// <summary>Writes it.</summary>
    public static void Write(ExportRun run, OutputTree tree)
    {
        var options = run.Options;
        var folder = $"{options.Repeats.ToString(CultureInfo.InvariantCulture)}_{FolderWord(options.Trigger)}";
        run.Put(tree, run.Plan.Items, item => $"{folder}/{NameOf(item, options.FaceNames)}.png");
        foreach (var item in run.Plan.Items.Where(i => i.Text is not null && run.IsUsable(i)))
            tree.PutText($"{folder}/{NameOf(item, options.FaceNames)}.txt", item.Text + "\n");
        tree.PutText("dataset.toml", Toml(run, folder));
    }

    // The scripts take the words after the number for a caption where a picture has none.
    private static string FolderWord(string? trigger) => trigger?.Trim() is { Length: > 0 } word ? word : "pictures";

    private static string NameOf(ExportItem item, bool withFace)
    {
        if (!withFace)
            return item.Name;

        // The largest face; the middle where there is none, for the scripts want numbers in every name.
        var whole = new ExportBox(0, 0, item.Geometry.FullWidth, item.Geometry.FullHeight, "");
        var face = item.Boxes.MaxBy(b => b.Width * b.Height) ?? whole;
        return string.Create(CultureInfo.InvariantCulture,
            $"{item.Name}_{face.X + (face.Width / 2):0}_{face.Y + (face.Height / 2):0}_{face.Width:0}_{face.Height:0}");
    }

    private static string Toml(ExportRun run, string folder)
    {
        var edges = run.Plan.Items.Select(i => Math.Sqrt((double)i.Geometry.FullWidth * i.Geometry.FullHeight)).Order().ToList();
        var usual = edges[edges.Count / 2];
        var resolution = usual >= 900 ? 1024 : usual >= 640 ? 768 : 512;
        var words = new StringBuilder();
        words.Append(CultureInfo.InvariantCulture, $"""
            [general]
            caption_extension = ".txt"
            shuffle_caption = true
            keep_tokens = {run.Plan.FirstWords}
            flip_aug = false

            [[datasets]]
            resolution = {resolution}
            batch_size = {run.Options.Batch}
            enable_bucket = true
            bucket_no_upscale = true

              [[datasets.subsets]]
              # A path as it is seen from where the training is started.
              image_dir = "{folder}"
              num_repeats = {run.Options.Repeats}

            """);
        if (run.Options.Trigger is { } trigger)
            words.Append(CultureInfo.InvariantCulture, $"  class_tokens = \"{Quoted(trigger.Trim())}\"\n");
        if (run.Options.FaceNames)
            words.Append("  face_crop_aug_range = \"2.0,4.0\"\n  random_crop = false\n");
        return words.ToString();
    }

    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"",
        StringComparison.Ordinal);
}
