using System.Text;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Finding;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Pages;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Crop.Report;

/// <summary>The run report's part about crops: some of all, and those that most deserve a look.</summary>
internal sealed class CropPanel(PictureLoader loader, Func<long, string>? nameOf)
{
    private const int Side = 96;

    private const string Style = """
        <style>.crop-cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)); gap: .8rem; margin-bottom: 1rem; }
        .crop-cards figure { margin: 0; } .crop-cards img { border-radius: 4px; display: block; }</style>
        """;

    /// <summary>Safe, self-contained HTML: an even sample of 24 crops, and the 24 most doubtful with the reasons; null where there are
    /// none.</summary>
    /// <param name="files">Every picture that was looked at.</param>
    /// <param name="page">The page that shows more.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Stops it.</param>
    public string? Html(IReadOnlyList<CroppedFile> files, string page, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var chosen = files.SelectMany(f => (f.Found?.Crops ?? []).Where(c => c.IsChosen).Select(c => (File: f, Crop: c))).ToList();
        if (chosen.Count == 0)
            return null;
        var even = EvenSample.Of(chosen, CropReport.SampleSize);
        var doubtful =
            chosen.Where(c => c.Crop.Rank.Doubt > 0).OrderByDescending(c => c.Crop.Rank.Doubt).Take(CropReport.SampleSize).ToList();
        var html = new StringBuilder($"{Style}<p>{chosen.Count} crops are used for training. An even sample of {even.Count}:</p>");
        Append(html, even, progress, cancel);
        html.Append(doubtful.Count == 0 ? "<p>None are doubtful.</p>" : $"<p>The {doubtful.Count} most doubtful:</p>");
        Append(html, doubtful, progress, cancel);
        return html.Append($"<p>More crops, the pictures that they come from, and what was dropped: {HtmlPage.Text(page)}</p>").ToString();
    }

    private void Append(StringBuilder html, IReadOnlyList<(CroppedFile File, FoundCrop Crop)> crops, IProgress<StageProgress>? progress,
        CancellationToken cancel)
    {
        html.Append("<div class=\"crop-cards\">");
        for (var i = 0; i < crops.Count; i++)
        {
            var (file, crop) = crops[i];
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new StageAdvanced("crop: report", i, crops.Count, "crops"));
            if (Cut(file, crop) is not { } cut)
                continue;
            var caption = string.Join("; ", CropWords.Of(crop.Rank, nameOf).Append(Path.GetFileName(file.Path)));
            html.Append($"<figure>{CropReport.Image(cut, 85)}<figcaption class=\"small\">{HtmlPage.Text(caption)}</figcaption></figure>");
        }

        html.Append("</div>");
    }

    // Null for a picture that was damaged since it was searched: the pack says so.
    private Picture? Cut(CroppedFile file, FoundCrop crop)
    {
        try
        {
            return loader.Use(File.ReadAllBytes(file.Stored ?? file.Path), picture =>
                new SeenPicture(picture, file.Found!.Width, file.Found.Height).ToSeen(crop.Recipe).Cut(picture, Side));
        }
        catch (Exception error) when (error is IOException or UnusablePictureException)
        {
            return null;
        }
    }
}
