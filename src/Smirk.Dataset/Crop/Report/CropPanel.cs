using System.Text;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Finding;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Pages;

namespace Smirk.Dataset.Crop.Report;

/// <summary>The run report's part about crops: some of all, and those that most deserve a look.</summary>
internal sealed class CropPanel(PictureLoader loader)
{
    private const int Side = 96;

    private const string Style = """
        <style>.crop-cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)); gap: .8rem; margin-bottom: 1rem; }
        .crop-cards figure { margin: 0; } .crop-cards img { border-radius: 4px; display: block; }</style>
        """;

    /// <summary>Safe, self-contained HTML: an even sample of 24 crops, and the 24 most doubtful with the reasons; null where there are none.</summary>
    /// <param name="files">Every picture that was looked at.</param>
    /// <param name="page">The page that shows more.</param>
    /// <param name="cancel">Stops it.</param>
    public string? Html(IReadOnlyList<CroppedFile> files, string page, CancellationToken cancel)
    {
        var chosen = files.SelectMany(f => (f.Found?.Crops ?? []).Where(c => c.IsChosen).Select(c => (File: f, Crop: c))).ToList();
        if (chosen.Count == 0)
            return null;
        var even = EvenSample.Of(chosen, CropReport.SampleSize);
        var doubtful = chosen.Where(c => c.Crop.Rank.Doubt > 0).OrderByDescending(c => c.Crop.Rank.Doubt).Take(CropReport.SampleSize).ToList();
        var html = new StringBuilder($"{Style}<p>{chosen.Count} crops are used for training. An even sample of {even.Count}:</p>");
        Append(html, even, cancel);
        html.Append(doubtful.Count == 0 ? "<p>None are doubtful.</p>" : $"<p>The {doubtful.Count} most doubtful:</p>");
        Append(html, doubtful, cancel);
        return html.Append($"<p>More crops, the pictures that they come from, and what was dropped: {HtmlPage.Text(page)}</p>").ToString();
    }

    private void Append(StringBuilder html, IEnumerable<(CroppedFile File, FoundCrop Crop)> crops, CancellationToken cancel)
    {
        html.Append("<div class=\"crop-cards\">");
        foreach (var (file, crop) in crops)
        {
            cancel.ThrowIfCancellationRequested();
            if (Cut(file, crop) is not { } cut)
                continue;
            html.Append($"<figure>{CropReport.Image(cut, 85)}<figcaption class=\"small\">{HtmlPage.Text(string.Join("; ", crop.Rank.Reasons.Append(Path.GetFileName(file.Path))))}</figcaption></figure>");
        }

        html.Append("</div>");
    }

    // Null for a picture that was damaged since it was searched: the pack says so.
    private Picture? Cut(CroppedFile file, FoundCrop crop)
    {
        try
        {
            return loader.Use(File.ReadAllBytes(file.Stored ?? file.Path), picture => new SeenPicture(picture, file.Found!.Width, file.Found.Height).ToSeen(crop.Recipe).Cut(picture, Side));
        }
        catch (Exception error) when (error is IOException or UnusablePictureException)
        {
            return null;
        }
    }
}
